"""Templates can be read, and their layout changes no sentence.

The formatter breaks a line only where a browser shows no difference, so it leaves some lines long.
One tag of Django must stand on one line, and a line break inside a blocktranslate would change the
message: a line that is one such tag may be as long as its sentence.
"""

import re
from pathlib import Path

from tests.platform.processes import CHECKOUT

LONGEST = 250  # characters
TAG = r"\{% (?:(?!%\}).)* %\}"
TEXT = r"(?:(?!\{% ).)*"
PLURAL = rf"(\{{% plural %\}}{TEXT})?"
SENTENCE = rf"\{{% blocktranslate\b{TEXT}{PLURAL}\{{% endblocktranslate %\}}"
ONE_TAG = re.compile(rf"\s*({SENTENCE}|{TAG})\s*")
# What stands before a sign that ends or joins a word: whitespace, and tags that show nothing.
LOGIC = r"\{% (?:if|elif|else|endif|for|endfor|with|endwith)\b[^%]*%\}"
BEFORE_SIGN = re.compile(rf"((?:{LOGIC}|\s)+)[.,:;!?)](?=\s|<|\{{|$)")
NOT_SHOWN = re.compile(
    r"<style.*?</style>|\{#.*?#\}|<(?:[^<>{]|\{%.*?%\}|\{\{.*?\}\})*>", re.DOTALL
)


def _shown(path: Path) -> str:
    """Return the template with what no browser shows taken out, line for line."""
    text = path.read_text(encoding="utf-8")
    return NOT_SHOWN.sub(lambda match: "<" + "\n" * match[0].count("\n") + ">", text)


def test_no_space_stands_before_a_comma_full_stop_or_colon() -> None:
    assert [
        f"{path.relative_to(CHECKOUT)}:{text.count(chr(10), 0, before.end()) + 1}"
        for path in sorted((CHECKOUT / "templates").rglob("*.html"))
        for text in [_shown(path)]
        for before in BEFORE_SIGN.finditer(text)
        if re.sub(LOGIC, "", before[1])
    ] == []


def test_no_template_line_is_too_long() -> None:
    assert [
        f"{path.relative_to(CHECKOUT)}:{number}"
        for path in sorted((CHECKOUT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > LONGEST and not ONE_TAG.fullmatch(line)
    ] == []
