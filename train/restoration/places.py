"""Collect the names of administrative units: ``python places.py LISTS LANGUAGE.npz OUT.npz``.

Kept: for every two syllables that follow each other in the name of a commune, district or province (2019 to 2025), in
which provinces there is such a name.
"""

from __future__ import annotations

import csv
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

from normalize.canonical import canonical
from normalize.restoration.language import LanguageModel

TYPES = ("xã", "phường", "thị trấn", "huyện", "quận", "thị xã", "thành phố", "tỉnh", "đặc khu")


def syllables(name: str) -> list[str]:
    """Those of a unit's name, without its type."""
    name = canonical(name).lower()
    kind = next((kind for kind in TYPES if name.startswith(kind + " ")), "")
    return name.removeprefix(kind).replace("-", " ").split()


def main() -> None:
    """Read the lists and write."""
    lists, number = Path(sys.argv[1]), LanguageModel(Path(sys.argv[2])).number
    units: set[tuple[tuple[str, ...], str]] = set()
    for path in ("dvhc_history_2019_2025.tsv", "dvhc_2025_34tinh.tsv"):
        with (lists / path).open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                units.add((tuple(syllables(row["name"])), " ".join(syllables(row["province"] or row["name"]))))
    provinces = sorted({province for _, province in units})
    pairs: dict[tuple[int, int], int] = {}
    for name, province in units:
        for pair in pairwise(name):
            if all(word in number for word in pair):
                key = number[pair[0]], number[pair[1]]
                pairs[key] = pairs.get(key, 0) | 1 << provinces.index(province)
    words = np.array(sorted(pairs), np.uint16)
    masks = np.array([pairs[pair] for pair in sorted(pairs)], np.uint64)
    np.savez_compressed(Path(sys.argv[3]), words=words, provinces=masks)
    print("pairs", len(words), "provinces", len(provinces))


if __name__ == "__main__":
    main()
