"""Count the steps that Python's backtracking matcher takes, so that a test need not measure time.

`count` walks the parsed pattern as `re` does: from each place in the text, alternatives in order,
greedy repeats from long to short, back to the last choice when the rest fails. Each comparison of
one character, and each choice, is a step.
"""

import re
import unicodedata
from collections.abc import Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any


class TooManyStepsError(Exception):
    """The pattern took more steps than allowed."""


class _Counter:
    def __init__(self, text: str, flags: int, most: int) -> None:
        self.text = text
        self.ignore_case = bool(flags & re.IGNORECASE)
        self.dot_all = bool(flags & re.DOTALL)
        self.multi_line = bool(flags & re.MULTILINE)
        self.steps = 0
        self.most = most
        self.groups: dict[int, tuple[int, int]] = {}

    def step(self) -> None:
        self.steps += 1
        if self.steps > self.most:
            raise TooManyStepsError(self.steps)

    def ends(self, items: Sequence[Any], at: int) -> Any:
        """Yield each place where these items can end, in the order in which `re` tries them."""
        if not items:
            yield at
            return
        stack = [self.one(items[0], at)]
        while stack:
            place = next(stack[-1], None)
            if place is None:
                stack.pop()
            elif len(stack) == len(items):
                yield place
            else:
                stack.append(self.one(items[len(stack)], place))

    def one(self, item: Any, at: int) -> Any:
        self.step()
        kind, value = item
        match kind:
            case op.LITERAL | op.NOT_LITERAL | op.IN | op.ANY:
                if at < len(self.text) and self.fits(kind, value, self.text[at]):
                    yield at + 1
            case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
                least, most, inner = value
                yield from self.repeat(kind, least, most, inner, at)
            case op.SUBPATTERN:
                number, _on, _off, inner = value
                for place in self.ends(inner, at):
                    if number is not None:
                        self.groups[number] = (at, place)
                    yield place
            case op.ATOMIC_GROUP:
                place = next(self.ends(value, at), None)
                if place is not None:
                    yield place
            case op.BRANCH:
                for branch in value[1]:
                    yield from self.ends(branch, at)
            case op.ASSERT | op.ASSERT_NOT:
                direction, inner = value
                start = at if direction > 0 else at - inner.getwidth()[0]
                found = start >= 0 and next(self.ends(inner, start), None) is not None
                if found == (kind is op.ASSERT):
                    yield at
            case op.AT:
                if self.stands_at(value, at):
                    yield at
            case op.GROUPREF:
                start, end = self.groups.get(value, (0, 0))
                if self.text.startswith(self.text[start:end], at):
                    yield at + end - start
            case _:
                raise NotImplementedError(str(kind))

    def repeat(self, kind: Any, least: int, most: Any, inner: Any, at: int) -> Any:
        if kind is op.POSSESSIVE_REPEAT:
            place, times = at, 0
            while most is op.MAXREPEAT or times < most:
                further = next(self.ends(inner, place), None)
                if further is None or further == place:
                    break
                place, times = further, times + 1
            if times >= least:
                yield place
            return
        lazy = kind is op.MIN_REPEAT
        # A frame per repetition: its place, and where the next repetition can end.
        frames = [(at, self.ends(inner, at))]
        if lazy and least == 0:
            yield at
        while frames:
            place, further = frames[-1]
            self.step()
            done = len(frames) - 1
            following = None
            if most is op.MAXREPEAT or done < most:
                following = next(further, None)
                if following == place:
                    following = None
            if following is not None:
                frames.append((following, self.ends(inner, following)))
                if lazy and done + 1 >= least:
                    yield following
                continue
            frames.pop()
            if not lazy and done >= least:
                yield place

    def fits(self, kind: Any, value: Any, char: str) -> bool:
        if kind is op.ANY:
            return self.dot_all or char != "\n"
        variants = {char, char.lower(), char.upper()} if self.ignore_case else {char}
        if kind is op.IN:
            return any(self.in_set(value, c) for c in variants if len(c) == 1)
        found = chr(value) in variants
        return found if kind is op.LITERAL else not found

    @staticmethod
    def in_set(items: Sequence[Any], char: str) -> bool:
        negated = items[0][0] is op.NEGATE
        found = False
        for kind, value in items[negated:]:
            match kind:
                case op.LITERAL:
                    found = ord(char) == value
                case op.RANGE:
                    found = value[0] <= ord(char) <= value[1]
                case op.CATEGORY:
                    found = _category(value, char)
            if found:
                break
        return found != negated

    def stands_at(self, where: Any, at: int) -> bool:
        text = self.text
        match where:
            case op.AT_BEGINNING | op.AT_BEGINNING_STRING:
                line = self.multi_line and where is op.AT_BEGINNING
                return at == 0 or (line and text[at - 1] == "\n")
            case op.AT_END | op.AT_END_STRING:
                if where is op.AT_END and self.multi_line:
                    return at == len(text) or text[at] == "\n"
                return at == len(text) or (where is op.AT_END and text[at:] == "\n")
        before = at > 0 and _category(op.CATEGORY_WORD, text[at - 1])
        after = at < len(text) and _category(op.CATEGORY_WORD, text[at])
        return (before != after) == (where is op.AT_BOUNDARY)


def _category(which: Any, char: str) -> bool:
    match which:
        case op.CATEGORY_DIGIT:
            return char.isdecimal()
        case op.CATEGORY_NOT_DIGIT:
            return not char.isdecimal()
        case op.CATEGORY_SPACE:
            return char.isspace()
        case op.CATEGORY_NOT_SPACE:
            return not char.isspace()
        case op.CATEGORY_WORD:
            return char.isalnum() or char == "_"
    return not (char.isalnum() or char == "_")


def count(pattern: re.Pattern[str], text: str, *, most: int, whole: bool = False) -> int:
    """Return the steps of finding every match (whole: of one `fullmatch`).

    Raises TooManyStepsError beyond `most`.
    """
    items = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    counter = _Counter(text, pattern.flags, most)
    if whole:
        for place in counter.ends(items, 0):
            if place == len(text):
                break
        return counter.steps
    at = 0
    while at <= len(text):
        end = next(counter.ends(items, at), None)
        at = end if end is not None and end > at else at + 1
    return counter.steps


def characters(pattern: re.Pattern[str]) -> list[str]:
    """Return a few characters of each kind that a pattern tells apart."""
    found: dict[str, None] = {}

    def visit(value: Any) -> None:
        if isinstance(value, tuple) and len(value) == 2 and value[0] in _LEAVES:
            kind, arg = value
            if kind is op.RANGE:
                found[chr(arg[0])] = None
            elif kind is op.CATEGORY:
                found.update(dict.fromkeys(c for c in "a1 -" if _category(arg, c)))
            else:
                found[chr(arg)] = None
        elif isinstance(value, list | tuple | parser.SubPattern):
            for part in value:
                visit(part)

    visit(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    return [*[c for c in found if unicodedata.category(c) != "Cs"][:12], "!"]


def repeats_without_bound(pattern: re.Pattern[str]) -> bool:
    """Return whether a part may repeat without limit; without one, steps can't outgrow the text."""

    def visit(value: Any) -> bool:
        if isinstance(value, tuple) and value and value[0] in _REPEATS:
            return value[1][1] is op.MAXREPEAT or visit(value[1][2])
        if isinstance(value, list | tuple | parser.SubPattern):
            return any(visit(part) for part in value)
        return False

    return visit(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}
_LEAVES = {op.LITERAL, op.NOT_LITERAL, op.RANGE, op.CATEGORY}
