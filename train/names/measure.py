"""Measure the name reader on strips drawn anew, with fonts it never saw, beside Tesseract.

python -m train.names.measure FONTS LISTS --count 200 --seed 99 [--seen] [--tesseract]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from ocr.engine import GrayImage, Segmentation
from ocr.name_reader import read_name
from ocr.tesseract import TesseractEngine
from train.names.drawing import Drawer
from train.names.faces import KINDS

Reading = tuple[str, float]  # text and the confidence of its weakest word


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("fonts", type=Path)
    parser.add_argument("lists", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=99)
    parser.add_argument("--seen", action="store_true", help="with the fonts of the training")
    parser.add_argument("--tesseract", action="store_true", help="Tesseract too")
    given = parser.parse_args()
    readers: dict[str, Callable[[GrayImage], Reading]] = {"network": _by_network}
    if given.tesseract:
        readers["tesseract"] = _by_tesseract
    drawer = Drawer(given.fonts, given.lists, given.seed, held_out=not given.seen)
    for kind in KINDS:
        strips = [drawer.draw(kind) for _ in range(given.count)]
        for name, reader in readers.items():
            _report(f"{kind:7} {name:9}", [(reader(image), text) for image, text in strips])


def _by_network(image: GrayImage) -> Reading:
    words = read_name(image)
    return " ".join(word.text for word in words), min((word.confidence for word in words), default=0.0)


def _by_tesseract(image: GrayImage) -> Reading:
    framed = np.pad(image, 14, constant_values=255)
    words = TesseractEngine().read(framed, dpi=300, segmentation=Segmentation.LINE, seconds=30)
    return " ".join(word.text for word in words), min((word.confidence for word in words), default=0.0)


def _report(label: str, results: list[tuple[Reading, str]]) -> None:
    wrong = sum(Levenshtein.distance(read, text) for (read, _), text in results)
    letters = sum(len(text) for _, text in results)
    exact = [read == text for (read, _), text in results]
    sure = [right for right, ((_, confidence), _) in zip(exact, results, strict=True) if confidence >= 0.8]
    print(
        f"{label} CER {wrong / letters:6.1%}  exact {np.mean(exact):6.1%}"
        f"  sure (0.8) {len(sure) / len(exact):5.1%}, of these exact {np.mean(sure) if sure else 0:6.1%}",
        flush=True,
    )


if __name__ == "__main__":
    main()
