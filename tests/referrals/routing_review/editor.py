"""The form of the rule editor as a browser posts it, and what a page says."""

from typing import Any

from django.utils.html import strip_tags


def rule_form(target: str, **fields: Any) -> dict[str, Any]:
    """The form of the rule about money, with another target."""
    return {
        "name": "geld",
        "target": target,
        "reason": "het over geld gaat",
        "r0-level": "0",
        "r0-row": "all",
        "r1-level": "1",
        "r1-row": "is",
        "r1-kind": "life_domains_any",
        "r1-values": ["geld"],
        "doe": "bewaar",
        **fields,
    }


def text_of(html: str) -> str:
    """What a page says, with a space between one cell and the next."""
    return " ".join(strip_tags(html.replace("<", " <")).split())
