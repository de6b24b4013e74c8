"""The built style sheets: complete, small, and without what a strict policy refuses."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from welzijn.design_system import stylesheet_build

ROOT = Path(settings.BASE_DIR)
SHEETS = {sheet.name: sheet for sheet in stylesheet_build.SHEETS}
# A resident's first visit may cost 60 KB: the sheet, two fonts, the icon, a theme and the page.
PAGE_AND_HEADERS = 10 * 1024


@pytest.fixture(scope="module")
def resident() -> str:
    """The residents' sheet."""
    return stylesheet_build.compose(ROOT, SHEETS["resident.css"])


def test_only_tokens_that_something_needs_are_shipped(resident: str) -> None:
    declared = set(re.findall(r"(--[\w-]+):", resident.partition(":root{")[2].split("}")[0]))
    all_tokens = stylesheet_build.declarations(
        (ROOT / "node_modules" / stylesheet_build.THEME).read_text(encoding="utf-8")
    )
    unused = declared - stylesheet_build.referenced(resident)
    assert unused == set()
    assert 300 < len(declared) < len(all_tokens) / 2


def test_every_token_of_our_own_css_exists() -> None:
    known = set()
    used = set()
    for path in (ROOT / "static/look").glob("*.css"):
        css = path.read_text(encoding="utf-8")
        known |= set(stylesheet_build.declarations(css))
        used |= {n for n in stylesheet_build.referenced(css) if not n.startswith("--_")}
    theme = (ROOT / "node_modules" / stylesheet_build.THEME).read_text(encoding="utf-8")
    known |= set(stylesheet_build.declarations(theme))
    # A page may set these for a part of itself; a fallback stands beside each use.
    assert used - known - {"--vd-field-gap"} == set()


def test_our_own_css_takes_its_colours_from_tokens() -> None:
    hard = {}
    for path in (ROOT / "static/look").glob("*.css"):
        if path.stem.startswith("tokens") or path.stem == "print":
            continue
        css = re.sub(r'url\("data:[^"]*"\)', "", path.read_text(encoding="utf-8"))
        if found := re.findall(r"#[0-9a-f]{3,8}\b", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
            hard[path.name] = found
    assert hard == {}


def test_a_field_that_nobody_touched_is_not_drawn_as_wrong(resident: str) -> None:
    assert ":invalid" not in resident


def test_a_resident_downloads_little_enough(resident: str) -> None:
    fonts = sum(
        (ROOT / "node_modules" / stylesheet_build.FONT.format(cut=cut)).stat().st_size
        for cut in ("latin-400-normal", "latin-700-normal")
    )
    themes = max(
        len(gzip.compress(path.read_bytes())) for path in (ROOT / "static/themes").glob("*.css")
    )
    icon = (ROOT / "static/favicon.svg").stat().st_size
    sheet = len(gzip.compress(resident.encode(), 9))
    assert sheet + fonts + themes + icon + PAGE_AND_HEADERS < 60 * 1024


def test_minifying_keeps_the_spaces_that_mean_something() -> None:
    css = (
        "/* a */ .a  .b > c {\n width: calc(1px + 2px);\n}\n@media (min-width: 1px) { a { b: c } }"
    )
    assert stylesheet_build.minify(css) == (
        ".a .b > c{width:calc(1px + 2px)}@media (min-width: 1px){a{b:c}}"
    )


def test_a_token_brings_those_it_leans_on() -> None:
    tokens = {"--a": "var(--b)", "--b": "calc(var(--c) * 2)", "--c": "1px", "--d": "2px"}
    assert stylesheet_build.reachable(tokens, ["--a", "--unknown"]) == {"--a", "--b", "--c"}


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(stylesheet_build.MissingPackageError, match=r"node_modules/.* run npm ci"):
        stylesheet_build.build(tmp_path)


def test_templates_use_only_classes_that_have_a_look() -> None:
    """A class that no sheet knows is a typing error, or a package that is not built in."""
    css = "".join(stylesheet_build.compose(ROOT, sheet) for sheet in stylesheet_build.SHEETS)
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", css))
    unknown = {}
    for path in (ROOT / "templates").rglob("*.html"):
        if path.match("templates/notifications/*/*.html"):
            continue  # mails carry their own style
        # A name that is put together from parts can't be told; its other uses can.
        text = re.sub(r"[\w-]*\{%.*?%\}[\w-]*", " ", path.read_text(encoding="utf-8"))
        text = re.sub(r"[\w-]*\{\{.*?\}\}[\w-]*", " ", text)
        used = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split()}
        if strange := used - known - {"vd-resident"}:
            unknown[path.name] = sorted(strange)
    assert unknown == {}


def test_variants_that_no_page_has_stay_out_and_what_shares_their_rule_stays() -> None:
    css = (
        ".nl-button:hover,.nl-button--hover{a:b}.nl-button--pressed{c:d}"
        "@media print{.utrecht-textbox--iban-size{e:f}.nl-button:not(.nl-button--busy){g:h}}"
    )
    assert stylesheet_build.without_unused(css) == (
        ".nl-button:hover{a:b}@media print{.nl-button:not(.nl-button--busy){g:h}}"
    )
