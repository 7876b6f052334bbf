"""Fonts on this machine by their kind, and which of them are kept from training to measure with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from PIL import ImageFont

__all__ = ["KINDS", "Faces", "load"]

KINDS: Final = {
    "times": re.compile(r"^(Tinos|texgyretermes|FreeSerif|stix-two|LinLibertine)", re.IGNORECASE),
    "sans": re.compile(
        r"^(Arimo|DejaVuSans|FreeSans|LinBiolinum|be-vietnam|k2d|open-sans|roboto|texgyre(adventor|heros)|arsenal)",
        re.IGNORECASE,
    ),
    "script": re.compile(
        r"^(alex|allura|babylonica|birth|bonheur|caramel|carattere|charm|comforter|corinthia|dancing|ephesis|estonia"
        r"|explora|festive|fleur|fuggles|great|grey-qo|gwendolyn|hurricane|imperial|inspiration|island|italianno|itim"
        r"|kolker|licorice|lobster|love|luxurious|mansalva|marked|mea-culpa|meow|montecarlo|moon|ms-madi|my-soul|oooh"
        r"|pacifico|passions|patrick|pinyon|playball|puppies|qwitcher|ruthie|sassy|send|splash|square|sriracha|stamp|style"
        r"|texgyrechorus|the-nautigal|twinkle|updock|vujahday|water|whisper|windsong)",
        re.IGNORECASE,
    ),
    "serif": re.compile(r"."),
}
_SHARES: Final = {"times": 0.42, "sans": 0.09, "script": 0.40, "serif": 0.09}
_HELD_OUT: Final = re.compile(r"^(FreeSerif|open-sans|allura|stamp-allura|marked-tangerine|crimson)", re.IGNORECASE)
_BOLD: Final = re.compile(r"Bold|-700-|-bold|_RB|_RZ")
# What most documents are set in and most name stamps cut in: every other strip.
_USUAL: Final = (
    "Tinos",
    "texgyretermes",
    "great-vibes",
    "pinyon",
    "alex-brush",
    "ephesis",
    "italianno",
    "texgyrechorus",
    "playball",
    "style-script",
    "imperial",
    "montecarlo",
)
_STAMPS: Final = ("stamp-",)  # of ``stamp_fonts.py``; every other of the usual script strips
_BOLD_SHARE: Final = 0.7


@dataclass(frozen=True)
class Faces:
    """Font files by kind, regular and bold apart."""

    files: dict[str, tuple[list[Path], list[Path]]]

    @classmethod
    def find(cls, folder: Path, *, held_out: bool) -> Faces:
        """Those of ``folder`` that training may use, or those it may not."""
        files: dict[str, tuple[list[Path], list[Path]]] = {kind: ([], []) for kind in KINDS}
        for path in sorted(folder.iterdir()):
            if bool(_HELD_OUT.match(path.name)) is held_out:
                kind = next(kind for kind, pattern in KINDS.items() if pattern.match(path.name))
                files[kind][bool(_BOLD.search(path.name))].append(path)
        return cls(files)

    def draw_kind(self, rng: np.random.Generator) -> str:
        """One of the kinds, as often as names are set in them."""
        return str(rng.choice(list(_SHARES), p=list(_SHARES.values())))

    def draw(self, rng: np.random.Generator, kind: str) -> Path:
        """A file of ``kind``."""
        plain, bold = self.files[kind]
        chosen = bold if bold and rng.random() < _BOLD_SHARE else plain
        if kind == "script":  # few of them have a bold one
            chosen = [*plain, *bold]
        if rng.random() < 0.5:
            usual = _STAMPS if kind == "script" and rng.random() < 0.5 else _USUAL
            chosen = [path for path in chosen if path.name.startswith(usual)] or chosen
        return chosen[rng.integers(len(chosen))]


@lru_cache(maxsize=1024)
def load(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """The font at ``size`` pixels."""
    return ImageFont.truetype(str(path), size)
