"""Build the style sheets from NL Design System's packages, our tokens and our own CSS.

For old phones on slow connections each side gets one small file: the component style sheets that it
uses, its own CSS, and of the 2,780 custom properties of the example theme only those that a rule
reads, directly or through another property. docs/decisions/0006 says why lightningcss and PurgeCSS
do not do this.

A partnership's theme (static/themes/*.css) is a separate tokens file that the page links after
this one, so that a municipality can add its own.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from welzijn.design_system import font_cuts, pictures

_NLDS = "@nl-design-system-candidate/{name}-css/dist/{name}.css"
_UTRECHT = "@utrecht/{name}-css/dist/index.min.css"
THEME = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
FONT = "@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-{cut}.woff2"

FONT_CUTS = ("latin-400-normal", "latin-700-normal", "latin-ext-400-normal", "latin-ext-700-normal")

_BOTH_SIDES = (
    *(_NLDS.format(name=n) for n in ("paragraph", "heading", "link", "button", "skip-link")),
    *(
        _UTRECHT.format(name=n)
        for n in (
            "document",
            "page-header",
            "page-body",
            "page-footer",
            "alert",
            "link-list",
            "data-list",
            "form-label",
            "form-field",
            "form-field-description",
            "form-field-error-message",
            "form-fieldset",
            "textbox",
            "textarea",
            "select",
            "checkbox",
            "radio-button",
            "status-badge",
        )
    ),
)
_STAFF_ONLY = (
    _NLDS.format(name="data-badge"),
    *(_UTRECHT.format(name=n) for n in ("table", "pagination", "breadcrumb-nav", "separator")),
)
_OWN_BOTH = ("elements", "components", "forms")
# Variants that no page uses, and classes that show a state in style guides only.
_UNUSED = re.compile(
    r"\.(?:nl-button|utrecht-[a-z-]+)--"
    r"(?:pressed|positive|icon-only|busy|hover|focus|focus-visible|active|read-only|inactive"
    r"|url|password|numeric|placeholder-ltr|placeholder-rtl|[a-z-]+-size)(?![a-z-])"
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NOT = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet: its name, the packages' files and our own files, in cascade order."""

    name: str
    packages: tuple[str, ...]
    tokens: tuple[str, ...]
    own: tuple[str, ...]


SHEETS = (
    Sheet("resident.css", _BOTH_SIDES, ("tokens",), (*_OWN_BOTH, "resident", "ask", "print")),
    Sheet(
        "staff.css",
        (*_BOTH_SIDES, *_STAFF_ONLY),
        ("tokens", "tokens-staff"),
        (*_OWN_BOTH, "data", "staff", "print"),
    ),
)


class MissingPackageError(FileNotFoundError):
    """A file of an npm package is missing: run `npm ci`."""


def build(root: Path) -> list[Path]:
    """Write every sheet and font to `root`/static_built and return their paths.

    Reads `root`/node_modules and `root`/static. Raises MissingPackageError where a package is not
    installed. Unchanged files are not rewritten, so that collectstatic skips them.
    """
    out = root / "static_built"
    (out / "fonts").mkdir(parents=True, exist_ok=True)
    written = [_write(out / sheet.name, compose(root, sheet)) for sheet in SHEETS]
    for cut in FONT_CUTS:
        source = root / "node_modules" / FONT.format(cut=cut)
        target = out / "fonts" / f"atkinson-{cut}.woff2"
        if not source.is_file():
            raise MissingPackageError(f"{source.relative_to(root)} is missing: run npm ci first")
        if not target.is_file() or target.stat().st_size != source.stat().st_size:
            shutil.copyfile(source, target)
        written.append(target)
    return written + _build_for_some_pages(root, out)


def _build_for_some_pages(root: Path, out: Path) -> list[Path]:
    """Write what only some pages fetch: letters of some languages, and the pictures."""
    packages = root / "node_modules"
    sheet = minify(_read(root / "static/look/arabic.css", root))
    written = [_write(out / "arabic.css", f"{sheet}\n")]
    try:
        written += [font_cuts.write(cut, packages, out / "fonts") for cut in font_cuts.cuts()]
        written.append(_write(out / pictures.FILE, pictures.sprite(packages)))
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).relative_to(root)
        raise MissingPackageError(f"{missing} is missing: run npm ci first") from None
    return written


def compose(root: Path, sheet: Sheet) -> str:
    """Return the CSS of one sheet: fonts, the tokens it needs, components, own CSS."""
    packages = "".join(minify(_read(root / "node_modules" / p, root)) for p in sheet.packages)
    # Empty required fields match :invalid; only the server's validation may mark a field.
    packages = packages.replace(":invalid", "[aria-invalid=true]")
    packages = without_unused(packages)
    own = "".join(minify(_read(root / "static/look" / f"{n}.css", root)) for n in sheet.own)
    tokens: dict[str, str] = {}
    # Our tokens override those of the example theme, whose sizes are in pixels.
    tokens.update(declarations(_read(root / "node_modules" / THEME, root)))
    for name in sheet.tokens:
        tokens.update(declarations(_read(root / "static/look" / f"{name}.css", root)))
    needed = reachable(tokens, referenced(packages + own))
    custom = ";".join(f"{name}:{tokens[name]}" for name in sorted(needed))
    fonts = minify(_read(root / "static/look/fonts.css", root))
    return f"{fonts}:root{{{custom}}}{packages}{own}\n"


def without_unused(css: str) -> str:
    """Remove the selectors of unused variants from `css`, and rules that have none left.

    Expects minified CSS of the packages. Keeps selectors that name a variant only in a `:not()`.
    """

    def kept(rule: re.Match[str]) -> str:
        selectors = re.split(r",(?![^()]*\))", rule[1])
        left = [one for one in selectors if not _UNUSED.search(_NOT.sub("", one))]
        if len(left) == len(selectors):
            return rule[0]
        return f"{','.join(left)}{{{rule[2]}}}" if left else ""

    return _RULE.sub(kept, css)


def declarations(css: str) -> dict[str, str]:
    """Return the custom properties in `css` with their values; the last of a name wins."""
    found = re.findall(r"(--[\w-]+)\s*:\s*([^;{}]+)[;}]", _without_comments(css))
    return {name: " ".join(value.split()) for name, value in found}


def referenced(css: str) -> set[str]:
    """Return the names of the custom properties that `css` reads with var()."""
    return set(re.findall(r"var\(\s*(--[\w-]+)", css))


def reachable(tokens: Mapping[str, str], wanted: Iterable[str]) -> set[str]:
    """Return the names of `tokens` that `wanted` needs, directly or through other tokens."""
    todo = [name for name in wanted if name in tokens]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        todo.extend(n for n in referenced(tokens[name]) if n in tokens and n not in seen)
    return seen


def minify(css: str) -> str:
    """Remove comments, charset and needless white space; keep the single spaces of calc()."""
    css = _without_comments(css)
    css = re.sub(r'@charset\s+"[^"]*";', "", css)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r":\s+(?=[^{}]*[;}])", ":", css)
    return css.replace(";}", "}").strip()


def _without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def _read(path: Path, root: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingPackageError(
            f"{path.relative_to(root)} is missing: run npm ci first"
        ) from None


def _write(path: Path, text: str) -> Path:
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return path
