"""What there is to do stands on the first screen of a phone, and how high each page is.

Measured at 320 x 568 and 360 px; the heights lie in build/heights.json. Oss has the most pages.
"""

import json

from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import Address, Clock
from tests.browser.pages import press
from tests.browser.partnerships import from_its_file
from tests.support import factories as make

SCREEN = {"width": 320, "height": 568}
_FIRST = """() => {
    const shown = (e) => e.getBoundingClientRect().height > 0 && !e.closest(".vd-back, .vd-leave");
    const main = document.querySelector("main");
    const first = [...main.querySelectorAll("textarea, input, select, .nl-button, a, summary")]
        .find((e) => e.type !== "hidden" && shown(e));
    const demo = document.querySelector(".vd-demo");
    const above = demo ? demo.getBoundingClientRect().height : 0;
    const target = first.closest(".vd-option, .vd-choice") || first;
    return [Math.round(target.getBoundingClientRect().bottom + scrollY - above),
            Math.round(document.documentElement.scrollHeight - above)];
}"""


def test_one_screen_of_a_phone_before_the_first_thing_to_do(
    phone: Page, address: Address, clock: Clock
) -> None:
    from_its_file("oss")
    clock(make.TUESDAY)
    found: dict[str, list[int]] = {}

    def measure(name: str) -> None:
        for width in (320, 360):
            phone.set_viewport_size({"width": width, "height": SCREEN["height"]})
            found[f"{name} {width}"] = phone.evaluate(_FIRST)

    for path in ("/", "/vraag/bel-mij/", "/volg/"):
        phone.goto(address("oss", path))
        measure(path)
    phone.goto(address("oss", "/vraag/"))
    measure("begin")
    press(phone, "Begin")
    answers: list[tuple[str, str]] = [
        ("words", "brief van deurwaarder snap nie"),
        *[("opening", "")] * 3,
        ("about", "self"),
        ("domains", ""),
        ("age_band", "27-66"),
        ("ways", "phone"),
        ("phone", "06 12345678"),
        ("name", "Ria"),
    ]
    for number, (name, value) in enumerate(answers, start=2):
        expect(phone).to_have_title(f"Stap {number} van {11 if number < 10 else 12} · Voordeur")
        measure(f"{number} {name}")
        field = phone.locator(f"[name={name}]")
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            if value:
                phone.locator(f"[name={name}][value='{value}']").check()
        else:
            field.fill(value)
        press(phone)
    expect(phone.get_by_role("heading", name="Klopt het zo?")).to_be_visible()
    measure("check")
    kept = settings.BASE_DIR / "build" / "heights.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(found, indent=1))
    too_low = {name: low for name, (low, _high) in found.items() if low > SCREEN["height"]}
    assert not too_low
