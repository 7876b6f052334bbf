"""Items that the outline of a guideline lost: a letter whose mark OCR broke ("c¢)") between b) and d)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extract.numerals import letter_follows
from extract.record import Where

__all__ = ["OpenItem", "with_missing_items"]

# A mark of up to three signs that no reader takes for one, before words that begin with a capital.
_BROKEN_MARK = regex.compile(r"\n[ \t]{0,8}(?P<mark>[^\s\-–+*•]{1,3}?\s?[).])\s{1,3}(?=\p{Lu})")


@dataclass(slots=True)
class OpenItem:
    """An item whose end is not known yet; ``sign`` is that of a dash, empty for numbered ones."""

    number: str | None
    sign: str
    level: str
    start: int
    body: int
    title_end: int
    children: list[OpenItem] = field(default_factory=list)
    where: tuple[Where, ...] = ()
    confidence: float = 1.0


def with_missing_items(text: str, items: Sequence[OpenItem], end: int) -> list[OpenItem]:
    """``items`` with those put in whose numbers are missing in their sequence and whose broken marks stand there.

    Args:
        text: The guideline.
        items: Siblings in the order of the text.
        end: Where the last of them ends.
    """
    whole: list[OpenItem] = []
    for at, item in enumerate(items):
        following = items[at + 1] if at + 1 < len(items) else None
        stop = following.start if following else end
        item.children = with_missing_items(text, item.children, stop)
        whole.append(item)
        missing = _between(item.number, following.number if following else None)
        broken = _BROKEN_MARK.search(text, item.body, stop) if missing else None
        if missing and broken:
            whole.append(_split_off(item, missing, broken))
    return whole


def _between(before: str | None, after: str | None) -> str | None:
    """The one number that stands between two: c for b and d, 3.2 for 3.1 and 3.3, 3 for 2 and 4."""
    if before is None or after is None:
        return None
    *above, last = before.split(".")
    *others, next_ = after.split(".")
    if above != others:
        return None
    if last.isdecimal() and next_.isdecimal():
        return ".".join([*above, str(int(last) + 1)]) if int(next_) == int(last) + 2 else None
    if len(last) == len(next_) == 1 and last.islower() and next_.islower() and not above:
        return next(
            (c for c in "abcdđeghiklmnopqrstuvxy" if letter_follows(last, c) and letter_follows(c, next_)), None
        )
    return None


def _split_off(item: OpenItem, number: str, broken: regex.Match[str]) -> OpenItem:
    """The rest of ``item`` from the broken mark on, as an item of its own."""
    start = broken.start("mark")
    line_end = broken.string.find("\n", broken.end())
    rest = [child for child in item.children if child.start > start]
    item.children = [child for child in item.children if child.start < start]
    return OpenItem(number, "", item.level, start, broken.end(), line_end, rest, (), 0.6)
