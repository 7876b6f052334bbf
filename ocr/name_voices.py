"""What a strip with a name says, by several readings: the engine's before and again, the network's.

Nothing is put in that no reading has. A word that both kinds of reader have is sure; one that they read differently, or
that only one of them has, is not sure enough to be asserted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import regex

from normalize.family_names import MIDDLE_NAMES, family_names, family_names_by_letters
from normalize.folding import fold_aligned
from ocr.engine import GrayImage, RawWord, Segmentation
from ocr.name_cuts import NameStrip
from ocr.name_reader import NameWord, read_name
from ocr.name_rows import is_name_word, tidied

__all__ = ["Read", "best_reading"]

Read = Callable[[GrayImage, Segmentation], list[RawWord]]
Reading = list[RawWord]

_LIKELY: Final = 0.3
_SURE: Final = 0.85
_SIZES: Final = (1.0, 1.5)
_PAPER: Final = 14  # pixels of white round a strip
_WIDEST_SPACE: Final = 1.0  # in heights of the name
_LEAST_UNREAD: Final = 0.65  # confidence of every word of a name where none was read before
_DIFFERS: Final = 0.6  # confidence left to a word that only one reading has
_STRANGE: Final = 0.4  # and to one that is no syllable, or begins the name and is no family name
# At most, for a word that only the network has: of 27 names in doubt on 80 synthetic documents 22 were right.
_ONE_VOICE: Final = 0.75
_HALF: Final = 0.5  # of the network's likelihood
# Either may err however sure it is.
_LEAST_SHARE: Final = 0.04
_MOST_SURE: Final = 0.97
_DOUBT: Final = 0.4  # what the engine leaves to others where the network may choose another word
_ENGINE: Final = "names"
_RANK: Final = regex.compile(r"^(?:(?:P?GS|T[Hh]?[Ss]|BS|KS|CN|LS|NG[NƯ][DT])\.)+")


def best_reading(strip: NameStrip, read: Read) -> Reading:
    """The best reading of a strip in pixels of it; empty where the first was no worse and is not doubted."""
    before = [tidied(_moved(word, -strip.left, -strip.top)) for word in strip.row.words]
    seen = [_without_rank(place) for place in read_name(strip.printed)]  # used to seals, it reads worse without them
    heard = [before] if before else []
    if (strip.lost and not _agree(before, seen)) or len(seen) > len(before):
        heard += _by_engine(strip, read, heard)
    best = _most_whole(heard, _words(seen, strip))
    if _has_hole(best) or sum(is_name_word(word.text) for word in best) < 2:
        return []
    found = [
        _decided(word, _heard_at(word, before, heard, first=word is best[0]), _seen_at(word, seen)) for word in best
    ]
    if not before and (_begins_as_name(found) < 1.0 or _weakest(found) < _LEAST_UNREAD):
        return []
    return [] if found == before else found


def _most_whole(heard: Sequence[Reading], seen: Reading) -> Reading:
    """The engine's best reading, or the network's where it alone begins with a family name or it has more words."""
    best = max(heard, key=lambda words: _score(words, [*heard, seen]), default=[])
    goes_on = len(seen) > len(best) and [word.text for word in seen[-len(best) :]] == [word.text for word in best]
    begins, began = _begins_as_name(seen) == 1.0, _begins_as_name(best) == 1.0
    return seen if goes_on or (begins and (not began or len(seen) > len(best))) else best


def _without_rank(place: NameWord) -> NameWord:
    shares: dict[str, float] = defaultdict(float)
    for text, share in place.shares.items():
        shares[_RANK.sub("", text).strip(".,")] += share
    return replace(place, shares=shares)


def _words(places: Sequence[NameWord], strip: NameStrip) -> Reading:
    top, bottom = strip.row.top - strip.top, strip.row.bottom - strip.top
    words = (RawWord(p.text, p.x0, top, p.x1, bottom, p.confidence, engine=_ENGINE) for p in places)
    return [word for word in words if _is_worth(word)]


def _by_engine(strip: NameStrip, read: Read, others: Sequence[Reading]) -> list[Reading]:
    """The engine's readings of the strip without the seal, until one is sure and shared."""
    readings: list[Reading] = []
    for size in _SIZES:
        readings += [_read(image, size, read) for image in strip.cleaned]
        shared = [words for words in readings if _shares(words, [*others, *readings]) > 1]
        if any(_begins_as_name(words) == 1.0 and _weakest(words) > _SURE for words in shared):
            break
    return readings


def _read(image: GrayImage, size: float, read: Read) -> Reading:
    """Words of the strip read at another size, in pixels of the strip, without marks round them."""
    scaled = cv2.resize(image, None, fx=size, fy=size, interpolation=cv2.INTER_CUBIC) if size != 1 else image
    framed = cv2.copyMakeBorder(scaled, _PAPER, _PAPER, _PAPER, _PAPER, cv2.BORDER_CONSTANT, value=255)
    words = []
    for word in read(np.asarray(framed, np.uint8), Segmentation.LINE):
        tidy = tidied(word)
        if _is_worth(tidy):
            x0, y0, x1, y1 = ((edge - _PAPER) / size for edge in (word.x0, word.y0, word.x1, word.y1))
            words.append(replace(tidy, x0=x0, y0=y0, x1=x1, y1=y1))
    return words


def _is_worth(word: RawWord) -> bool:
    return sum(char.isalpha() for char in word.text) > 1 and not (len(word.text) < 4 and word.confidence < _LIKELY)


def _agree(before: Reading, seen: Sequence[NameWord]) -> bool:
    """Whether the network has read surely what the engine read at first."""
    same = [word.text for word in before] == [place.text for place in seen]
    return bool(before) and same and min(place.confidence for place in seen) > _SURE


def _heard_at(word: RawWord, before: Reading, heard: Sequence[Reading], *, first: bool) -> dict[str, float]:
    """What the engine read in the place of a word, and how surely.

    Less where only one of its readings has it or it can be no such word; and where it doubted it at first it stays in
    doubt: what misled it once misleads it again.
    """
    sure: dict[str, list[float]] = defaultdict(list)
    for words in heard:
        for other in words:
            if _same_place(other, word):
                sure[other.text].append(other.confidence)
    doubts = {other.text: other.confidence for other in before if _same_place(other, word)}
    return {
        text: min(max(all_), doubts.get(text, 1.0))
        * (1.0 if len(all_) > 1 or len(heard) == 1 else _DIFFERS)
        * (1.0 if is_name_word(text) and (not first or text in family_names()) else _STRANGE)
        for text, all_ in sure.items()
    }


def _seen_at(word: RawWord, seen: Sequence[NameWord]) -> Mapping[str, float]:
    """What the network sees in the place of a word, with the shares."""
    places = (place for place in seen if word.x0 < (place.x0 + place.x1) / 2 < word.x1)
    return next((place.shares for place in places), {})


def _decided(word: RawWord, heard: Mapping[str, float], seen: Mapping[str, float]) -> RawWord:
    """The likeliest word in a place, its confidence what both kinds of reader give it together.

    They err for different reasons: what each gives is multiplied. The network alone changes no word that the engine was
    fairly sure of, and none that it puts in, or reads otherwise itself, is sure enough to be asserted.
    """
    if not heard:
        return replace(word, confidence=min(word.confidence, _ONE_VOICE))
    rest = 1 - min(max(heard.values()), _MOST_SURE)
    engine = {text: min(sure, _MOST_SURE) * max(seen.get(text, 0.0), _LEAST_SHARE) for text, sure in heard.items()}
    network = {text: rest * share for text, share in seen.items() if text not in heard and is_name_word(text)}
    offered = engine | network if rest > _DOUBT else engine
    best = max(offered, key=offered.__getitem__)
    whole = sum(engine.values()) + rest * max(1 - sum(seen.get(text, 0.0) for text in heard), _LEAST_SHARE)
    likeliest = max(seen, key=seen.__getitem__, default=best)
    agreed = best in heard and (likeliest == best or seen[likeliest] < _HALF)
    confidence = min(offered[best] / whole, 1.0 if agreed else _ONE_VOICE)
    return replace(word, text=best, confidence=round(confidence, 3))


def _same_place(one: RawWord, other: RawWord) -> bool:
    return one.x0 < (other.x0 + other.x1) / 2 < one.x1 or other.x0 < (one.x0 + one.x1) / 2 < other.x1


def _moved(word: RawWord, across: float, down: float) -> RawWord:
    return replace(word, x0=word.x0 + across, x1=word.x1 + across, y0=word.y0 + down, y1=word.y1 + down)


def _score(words: Reading, readings: Sequence[Reading]) -> float:
    """How much a reading looks like the name: sure, whole, beginning with a family name, shared by others."""
    if not words:
        return 0.0
    sure = _weight(words) / _letters(words)
    whole = 0.2 * min(len([word for word in words if is_name_word(word.text)]), 3)
    shared = 0.3 * (_shares(words, readings) > 1)
    return sure + whole + shared + 0.6 * _begins_as_name(words) - _has_hole(words)


def _has_hole(words: Reading) -> bool:
    """Whether a word is missing between others: "Ngô Ngọc Nguyệt" with room for a "Thị"."""
    tall = max((word.height for word in words), default=0.0)
    return any(right.x0 - left.x1 > _WIDEST_SPACE * tall for left, right in pairwise(words))


def _shares(words: Reading, readings: Sequence[Reading]) -> int:
    text = [word.text for word in words]
    return sum([word.text for word in reading] == text for reading in readings)


def _begins_as_name(words: Reading) -> float:
    """1 for a family name at the beginning, 0.5 for one but for its marks."""
    first = words[0].text if words else ""
    if first in MIDDLE_NAMES:
        return 0.0
    if first in family_names():
        return 1.0
    return 0.5 if first[:1].isupper() and fold_aligned(first) in family_names_by_letters() else 0.0


def _letters(words: Reading) -> int:
    return sum(len(word.text) for word in words)


def _weight(words: Reading) -> float:
    return sum(len(word.text) * word.confidence for word in words)


def _weakest(words: Reading) -> float:
    return min((word.confidence for word in words), default=0.0)
