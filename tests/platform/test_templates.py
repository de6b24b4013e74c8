"""No line of a template strings several tags together until nobody can read it.

The formatter breaks a line only where a browser shows no difference, so it leaves some lines long.
One tag of Django must stand on one line, and a line break inside a blocktranslate would change the
message: a line that is one such tag may be as long as its sentence.
"""

import re

from tests.platform.processes import CHECKOUT

LONGEST = 250  # characters
TAG = r"\{% (?:(?!%\}).)* %\}"
TEXT = r"(?:(?!\{% ).)*"
PLURAL = rf"(\{{% plural %\}}{TEXT})?"
SENTENCE = rf"\{{% blocktranslate\b{TEXT}{PLURAL}\{{% endblocktranslate %\}}"
ONE_TAG = re.compile(rf"\s*({SENTENCE}|{TAG})\s*")


def test_no_template_line_is_too_long() -> None:
    assert [
        f"{path.relative_to(CHECKOUT)}:{number}"
        for path in sorted((CHECKOUT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > LONGEST and not ONE_TAG.fullmatch(line)
    ] == []
