"""Fixed phrases of an administrative page found in text that an OCR engine may have damaged."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz

from normalize.folding import fold_aligned
from ocr.engine import RawWord

__all__ = ["FormPhrases", "caps_share", "form_phrases", "key", "phrase_span", "starts_with"]

# Of 100. A phrase of 30 letters read by an English model ("CQNG HOA XA HQI") scores about 90.
LEAST_SCORE = 78.0


@dataclass(frozen=True, slots=True)
class FormPhrases:
    """Keys (see ``key``) of the phrases in ``form_phrases.toml``, titles as printed too."""

    state: str
    party: str
    motto: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    titles: tuple[str, ...]
    printed_titles: tuple[str, ...]
    box_strong: tuple[str, ...]
    box_weak: tuple[str, ...]
    incoming: str
    incoming_long: tuple[str, ...]
    incoming_labels: tuple[str, ...]
    copies: tuple[str, ...]
    kinds: tuple[str, ...]


@cache
def form_phrases() -> FormPhrases:
    """The phrases, read once."""
    data: dict[str, Any] = tomllib.loads(files("ocr").joinpath("form_phrases.toml").read_text(encoding="utf-8"))

    def keys(table: str, name: str) -> tuple[str, ...]:
        return tuple(key(phrase) for phrase in data[table][name])

    return FormPhrases(
        state=key(data["head"]["state"]),
        party=key(data["head"]["party"]),
        motto=key(data["head"]["motto"]),
        addressees=keys("head", "addressees"),
        recipients=keys("foot", "recipients"),
        authority=keys("foot", "authority"),
        titles=keys("foot", "titles"),
        printed_titles=tuple(data["foot"]["titles"]),
        box_strong=keys("signature_box", "strong"),
        box_weak=keys("signature_box", "weak"),
        incoming=key(data["incoming_stamp"]["name"]),
        incoming_long=keys("incoming_stamp", "long_name"),
        incoming_labels=keys("incoming_stamp", "labels"),
        copies=keys("copy", "forms"),
        kinds=keys("title", "kinds"),
    )


def key(text: str) -> str:
    """Letters and digits of ``text`` without case and marks, one space between groups."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold_aligned(text)).split())


def caps_share(text: str) -> float:
    """Share of capitals among the letters, 0 without letters."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) / len(letters) if letters else 0.0


def starts_with(text: str, phrases: Sequence[str], least: float = LEAST_SCORE) -> bool:
    """True when ``text`` begins with one of ``phrases`` (keys), a few letters misread."""
    wanted = key(text)
    for phrase in phrases:
        head = wanted[: len(phrase)]
        if len(phrase) <= 4:
            # So short a phrase leaves no room for misreadings: "TM", "KT", "Số".
            if head == phrase and not wanted[len(phrase) : len(phrase) + 1].isalpha():
                return True
        elif len(head) >= len(phrase) - 1 and fuzz.ratio(head, phrase) >= least:
            return True
    return False


def phrase_span(words: Sequence[RawWord], phrase: str, least: float = LEAST_SCORE) -> tuple[int, int] | None:
    """First and last + 1 of the words that hold ``phrase`` (a key), or None."""
    starts: list[int] = []
    text = ""
    for word in words:
        text += " " if text else ""
        starts.append(len(text))
        text += key(word.text)
    if len(text) < 0.7 * len(phrase):
        return None
    found = fuzz.partial_ratio_alignment(phrase, text, score_cutoff=least)
    # A text shorter than the phrase would match with any of its letters.
    if found is None or found.dest_end - found.dest_start < 0.7 * len(phrase):
        return None
    first = max(i for i, start in enumerate(starts) if start <= found.dest_start + 1)
    last = max(i for i, start in enumerate(starts) if start < found.dest_end - 1)
    return first, max(first, last) + 1
