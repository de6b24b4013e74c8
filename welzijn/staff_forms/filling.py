"""Put a draft back into the forms of a rendered page, without knowing the forms.

Works on the page's own HTML: only the values of fields change, every other byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

from welzijn.staff_forms.drafts import Draft

_TYPED = {"text", "search", "tel", "email", "url", "number", "date", "time", "datetime-local"}
# Whether it is worth looking for a draft at all.
HAS_FIELDS = re.compile(
    rb'<textarea|<select|<input[^>]{1,400}type="(?:%s|radio|checkbox)"'
    % "|".join(sorted(_TYPED)).encode()
)
_VALUE = re.compile(r"""\svalue(?:=(?:"[^"]*"|'[^']*'|[^\s>]+))?(?=[\s/>])""")


def _without(tag: str, name: str) -> str:
    return re.sub(rf'\s{name}(?:="[^"]*")?(?=[\s/>])', "", tag)


def _with(tag: str, attribute: str) -> str:
    end = "/>" if tag.endswith("/>") else ">"
    return f"{tag[: -len(end)].rstrip()} {attribute}{end}"


class _Filler(HTMLParser):
    """Collects the edits of one page."""

    def __init__(self, html: str, page: str, drafts: dict[str, Draft]) -> None:
        super().__init__(convert_charrefs=False)
        self.page, self.drafts = page, drafts
        self.edits: list[tuple[int, int, str]] = []
        self.filled: dict[int, Draft] = {}  # where a filled form begins
        # The parser counts "\n" only.
        self._lines = [0, *(found.end() for found in re.finditer("\n", html))]
        self._draft: Draft | None = None
        self._form_at = 0
        self._nth: dict[str, int] = {}
        self._select = ""
        self._textarea: tuple[int, str] | None = None
        self.feed(html)
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _edit(self, start: int, end: int, text: str) -> None:
        self.edits.append((start, end, text))
        if self._draft is not None:
            self.filled[self._form_at] = self._draft

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.page, found.get("action", "")) or self.page
            posts = found.get("method", "").lower() == "post"
            self._draft = self.drafts.get(action) if posts else None
            self._form_at, self._nth = self._at(), {}
        if self._draft is None:
            return
        raw, at = self.get_starttag_text() or "", self._at()
        if tag == "textarea":
            self._textarea = (at + len(raw), found.get("name", ""))
        elif tag == "select":
            self._select = found.get("name", "")
        elif tag == "option" and self._select in self._draft.fields:
            chosen = found.get("value", "") in self._draft.fields[self._select]
            self._mark(raw, at, "selected", chosen, "selected" in found)
        elif tag == "input":
            self._input(raw, at, found)

    def _input(self, raw: str, at: int, found: dict[str, str]) -> None:
        assert self._draft is not None
        name, kind = found.get("name", ""), found.get("type", "text").lower()
        if kind in {"checkbox", "radio"}:
            values = self._draft.fields.get(name, [])
            self._mark(raw, at, "checked", found.get("value", "on") in values, "checked" in found)
        elif kind in _TYPED:
            value = self._next(name)
            if value is not None and value != found.get("value", ""):
                new = _with(_VALUE.sub("", raw), f'value="{escape(value)}"')
                self._edit(at, at + len(raw), new)

    def _mark(self, raw: str, at: int, attribute: str, wanted: bool, now: bool) -> None:
        if wanted == now:
            return
        new = _with(raw, attribute) if wanted else _without(raw, attribute)
        self._edit(at, at + len(raw), new)

    def _next(self, name: str) -> str | None:
        """Return the next value of a name that several fields may have."""
        assert self._draft is not None
        values, n = self._draft.fields.get(name, []), self._nth.get(name, 0)
        self._nth[name] = n + 1
        return values[n] if n < len(values) else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea is not None:
            (start, name), self._textarea = self._textarea, None
            value = self._next(name)
            before = self.rawdata[start : self._at()]
            # A browser drops the first line break; the sent one has "\r\n".
            text = "\n" + escape((value or "").replace("\r\n", "\n"), quote=False)
            if value is not None and text.strip() != before.strip():
                self._edit(start, self._at(), text)
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._draft = None


def put_back(html: str, *, page: str, drafts: list[Draft], notice: Callable[[Draft], str]) -> str:
    """Return the page with the drafts in its forms, and a notice before each form that changed."""
    filler = _Filler(html, page, {draft.action: draft for draft in drafts})
    edits = filler.edits + [(at, at, notice(draft)) for at, draft in filler.filled.items()]
    for start, end, text in sorted(edits, reverse=True):
        html = html[:start] + text + html[end:]
    return html
