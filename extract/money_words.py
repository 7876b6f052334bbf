"""Amounts of money in words, which offices print behind the figures as a check: "(Bằng chữ: Hai trăm triệu đồng)"."""

from __future__ import annotations

import regex

from extract.number_words import NUMBER_WORDS, number_from_words

__all__ = ["LABEL", "WORDS", "words_after"]

LABEL = r"(?:(?:viet|ghi|doc|so\s{1,4}tien)\s{1,4}){0,2}bang\s{1,4}chu\s?[:;]?\s{0,4}"
WORDS = rf"(?P<words>{NUMBER_WORDS})(?=dong\b)"
_AFTER = regex.compile(rf"[\s,;:./]{{0,8}}(?:[(\[]\s{{0,4}}(?:{LABEL})?|{LABEL}){WORDS}")


def words_after(folded: str, position: int) -> tuple[int, int] | None:
    """(amount, end) of words in brackets or behind "bằng chữ" at ``position``; None where none are well formed."""
    match = _AFTER.match(folded, position)
    amount = number_from_words(match["words"]) if match else None
    return None if match is None or amount is None else (amount, match.end() + len("dong"))
