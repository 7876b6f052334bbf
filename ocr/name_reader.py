"""A small network that reads a line with a person's name: a second voice beside the engine's for names under seals.

It was trained on drawn names under rings, seal text and strokes (``train/names/``). It gives likelihoods of letters,
through which the likeliest text is looked for; how much of the likelihood speaks for a word is its confidence.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import regex
from numpy.typing import NDArray

from normalize.family_names import family_names
from normalize.name_parts import name_parts
from normalize.network import open_network
from normalize.syllables import is_syllable
from ocr.engine import GrayImage

__all__ = ["ALPHABET", "HEIGHT", "NameWord", "read_name", "strip_as_input"]

ALPHABET: Final = (
    " aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆFGHIÌỈĨÍỊJKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVWXYỲỶỸÝỴZ.,-()/:0123456789"
)
"""What the network's outputs from 1 on stand for; output 0 is none."""

HEIGHT: Final = 40
"""Pixels of the network's input, the line's letters with their marks filling half to all of it."""

_WORD: Final = regex.compile(r"[^ ]+")
_COLUMN: Final = 4  # pixels of input that one output stands for
_WIDEST: Final = 1600
_BEAMS: Final = 16
_TEMPER: Final = 1.4  # of 121 words given 0.85 to 0.95 at 1.5 0.88 are right, of 87 at 1.0 0.79
_LEAST_LIKELY: Final = 0.002
# So much less likely than the letters alone say are: a word that cannot be Vietnamese, one that is no usual part of a
# name, a name without a family name.
_NO_SYLLABLE: Final = 0.1
_NO_PART: Final = 0.4
_NO_FAMILY: Final = 0.05


_Text = tuple[str, tuple[int, ...], float]  # its letters' columns, its share of the likelihood


@dataclass(frozen=True, slots=True)
class NameWord:
    """A place in a line: which words may stand there, with their shares of the likelihood (0..1); pixels."""

    shares: Mapping[str, float]
    x0: float
    x1: float

    @property
    def text(self) -> str:
        """The likeliest word."""
        return max(self.shares, key=self.shares.__getitem__)

    @property
    def confidence(self) -> float:
        return self.shares[self.text]


@dataclass(slots=True)
class _Path:
    """Likelihood of a text up to a column, by whether a letter was the last output; and at which column each came."""

    letter: float = 0.0
    none: float = 0.0
    columns: tuple[int, ...] = ()

    @property
    def both(self) -> float:
        return self.letter + self.none


def read_name(image: GrayImage) -> list[NameWord]:
    """The words of a strip that holds one line, left to right.

    Args:
        image: Dark ink on white, the line's letters with their marks half to all of its height.
    """
    strip = strip_as_input(image)
    outputs = _network().run(None, {"strips": strip[None, None]})[0][0]
    likely = np.exp((outputs - outputs.max(axis=1, keepdims=True)) / _TEMPER)
    texts = _texts(likely / likely.sum(axis=1, keepdims=True))
    return _words(texts, _COLUMN * image.shape[1] / strip.shape[1])


def strip_as_input(image: GrayImage) -> NDArray[np.float32]:
    """The strip ``HEIGHT`` pixels high, 0 for paper and 1 for its darkest ink; ``HEIGHT`` x width."""
    high, wide = image.shape
    width = min(_WIDEST, max(8, round(wide * HEIGHT / high)))
    way = cv2.INTER_AREA if high > HEIGHT else cv2.INTER_CUBIC
    small = cv2.resize(image, (width, HEIGHT), interpolation=way).astype(np.float32)
    dark, light = np.percentile(small, (1, 95))
    return np.asarray(np.clip((light - small) / max(float(light - dark), 40.0), 0.0, 1.0), np.float32)


@cache
def _network() -> Any:
    return open_network(Path(__file__).with_name("models") / "names.onnx")


def _texts(likely: NDArray[np.float32]) -> list[_Text]:
    """The likeliest texts, the best first (prefix beam search)."""
    beams: dict[str, _Path] = {"": _Path(none=1.0)}
    for column, shares in enumerate(likely):
        following: dict[str, _Path] = defaultdict(_Path)
        outputs = [int(output) for output in np.flatnonzero(shares > _LEAST_LIKELY) if output]
        for text, path in beams.items():
            same = following[text]
            same.none += path.both * float(shares[0])
            same.columns = same.columns or path.columns
            for output in outputs:
                letter, share = ALPHABET[output - 1], float(shares[output])
                if text[-1:] == letter:
                    same.letter += path.letter * share
                more = path.none if text[-1:] == letter else path.both
                if more > 0:
                    longer = following[text + letter]
                    longer.letter += more * share
                    longer.columns = longer.columns or (*path.columns, column)
        best = heapq.nlargest(_BEAMS, following.items(), key=lambda item: item[1].both)
        whole = sum(path.both for _, path in best)
        beams = {text: _Path(path.letter / whole, path.none / whole, path.columns) for text, path in best}
    weighed = [(text, path.columns, path.both * _believed(text)) for text, path in beams.items()]
    whole = sum(share for *_, share in weighed)
    return sorted(((text, columns, share / whole) for text, columns, share in weighed), key=lambda item: -item[2])


def _believed(text: str) -> float:
    """What the letters do not tell: names begin with a family name, a usual one more often, and hold known parts."""
    words = text.rstrip(".").rpartition(".")[2].split()
    family = _family_weights().get(words[0], _NO_FAMILY) if len(words) > 1 else 1.0
    return family * math.prod(_part_weight(word) for word in words[1:])


def _part_weight(word: str) -> float:
    if word.lower() in _name_parts():
        return 1.0
    return _NO_PART if is_syllable(word) else _NO_SYLLABLE


@cache
def _family_weights() -> dict[str, float]:
    """Flatter than their frequency: the 40th is a fourth as likely as the first, and thirty times as rare."""
    return {name: 1 / (1 + place / 13) for place, name in enumerate(family_names())}


@cache
def _name_parts() -> frozenset[str]:
    """Middle and given names that more than one person in some thousands has, in small letters."""
    return frozenset(name_parts()["middle"]) | frozenset(name_parts()["given"])


def _words(texts: list[_Text], scale: float) -> list[NameWord]:
    """Places of the likeliest text; what other texts have in the same place counts for these other words."""
    words = []
    for first, last, _ in _spans(texts[0]):
        shares: dict[str, float] = defaultdict(float)
        for text in texts:
            inside = [word for start, end, word in _spans(text) if start <= last and end >= first]
            shares[" ".join(inside)] += text[2]
        words.append(NameWord(dict(shares), (first - 1) * scale, (last + 2) * scale))
    return words


def _spans(text: _Text) -> list[tuple[int, int, str]]:
    """The words of a text with the columns of their first and last letters."""
    return [(text[1][m.start()], text[1][m.end() - 1], m.group()) for m in _WORD.finditer(text[0])]
