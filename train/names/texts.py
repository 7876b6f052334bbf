"""What is written on drawn strips: names composed at random, and now and then something else."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import numpy as np

from normalize.family_names import family_names
from normalize.syllables import is_syllable
from ocr.name_reader import ALPHABET

__all__ = ["Texts"]

_TITLES: Final = (
    "TS.",
    "ThS.",
    "PGS.TS.",
    "GS.TS.",
    "BS.",
    "KS.",
    "Ths.",
    "TS",
    "Ông",
    "Bà",
    "Đại tá",
    "Thượng tá",
    "Ông:",
)
_OTHER: Final = (
    "CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "Nơi nhận:",
    "(Đã ký)",
    "HIỆU TRƯỞNG",
    "KT. CHỦ TỊCH",
)
_FLAT: Final = 0.6  # power of the frequencies: rare names must be read as well as Nguyễn


class Texts:
    """Draws names; parts by their frequency, flattened.

    Args:
        lists: Folder with ``name_surname_freq.tsv``, ``name_middle_freq.tsv``, ``name_given_freq.tsv`` (part, count)
            and ``dvhc_2025_34tinh.tsv``, whose names give other syllables.
        rng: Chooses.
    """

    def __init__(self, lists: Path, rng: np.random.Generator) -> None:
        self._rng = rng
        self._family = _weighted(lists / "name_surname_freq.tsv", family_names())
        self._middle = _weighted(lists / "name_middle_freq.tsv", ())
        self._given = _weighted(lists / "name_given_freq.tsv", ())
        with (lists / "dvhc_2025_34tinh.tsv").open(encoding="utf-8") as file:
            words = {word for row in csv.DictReader(file, delimiter="\t") for word in row["name"].split()}
        self._syllables = sorted(word.lower() for word in words if is_syllable(word.lower()))

    def draw(self) -> str:
        """A name in 17 of 20 cases; else other words, single ones, or a line that signs."""
        kind = self._rng.random()
        if kind < 0.03:
            return str(self._rng.choice(_OTHER))
        if kind < 0.15:
            words = [str(word).capitalize() for word in self._rng.choice(self._syllables, self._rng.integers(1, 5))]
            text = " ".join(words)
        else:
            text = self._name()
        style = self._rng.random()
        if style < 0.08:
            return text.upper()
        if style < 0.16:
            return (
                f"{self._rng.choice(_TITLES)} {text}"
                if self._rng.random() < 0.7
                else f"{self._rng.choice(_TITLES)}{text}"
            )
        return text

    def _name(self) -> str:
        count = self._rng.choice(4, p=(0.14, 0.7, 0.15, 0.01))
        middle = [self._part(self._middle) for _ in range(count)]
        if self._rng.random() < 0.1:
            middle = [self._part(self._given) for _ in range(count)]
        given = self._part(self._given)
        if self._rng.random() < 0.15:
            given = str(self._rng.choice(self._syllables)).capitalize()
        return " ".join([self._part(self._family), *middle, given])

    def _part(self, parts: tuple[list[str], np.ndarray]) -> str:
        return str(self._rng.choice(parts[0], p=parts[1]))


def _weighted(path: Path, more: tuple[str, ...]) -> tuple[list[str], np.ndarray]:
    with path.open(encoding="utf-8") as file:
        counts = {part: float(count) for part, count in csv.reader(file, delimiter="\t")}
    counts = {part: count for part, count in counts.items() if set(part) <= set(ALPHABET)}
    for part in more:
        counts.setdefault(part, 2.0)
    weights = np.array(list(counts.values())) ** _FLAT
    return list(counts), weights / weights.sum()
