"""Finding fonts: a Times-metric family with Vietnamese letters for the text, a sans family for rubber stamps."""

from __future__ import annotations

import os
import sys
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from corpus.synthesis.markup import Face
from normalize.errors import MissingDependencyError

__all__ = ["find_font", "find_stamp_font", "ink_box", "load_font"]

# Per family: regular, bold, italic, bold italic. All have the advance widths of Times New Roman, so that lines break
# at the same words whichever is installed, and all letters of Vietnamese.
_TIMES = (
    ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"),
    (
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationSerif-Italic.ttf",
        "LiberationSerif-BoldItalic.ttf",
    ),
    (
        "texgyretermes-regular.otf",
        "texgyretermes-bold.otf",
        "texgyretermes-italic.otf",
        "texgyretermes-bolditalic.otf",
    ),
    ("FreeSerif.ttf", "FreeSerifBold.ttf", "FreeSerifItalic.ttf", "FreeSerifBoldItalic.ttf"),
    ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),  # Windows
    (
        "Times New Roman.ttf",
        "Times New Roman Bold.ttf",
        "Times New Roman Italic.ttf",
        "Times New Roman Bold Italic.ttf",
    ),  # macOS
)
_STAMP = (
    "Arimo-Bold.ttf",
    "LiberationSans-Bold.ttf",
    "texgyreheros-bold.otf",
    "FreeSansBold.ttf",
    "arialbd.ttf",
    "Arial Bold.ttf",
)


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        return [
            Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"),
            home / "AppData/Local/Microsoft/Windows/Fonts",
        ]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]


@cache
def _installed() -> dict[str, Path]:
    wanted = {name for family in _TIMES for name in family} | set(_STAMP)
    found: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.name in wanted:
                found.setdefault(path.name, path)
    return found


@cache
def find_font(*, bold: bool = False, italic: bool = False) -> Path:
    """Path of a Times-metric font with Vietnamese letters.

    Raises:
        MissingDependencyError: None of the known families is installed with all four cuts.
    """
    for family in _TIMES:
        if all(name in _installed() for name in family):
            return _installed()[family[bold + 2 * italic]]
    raise MissingDependencyError(
        "No Times-metric font with Vietnamese letters is installed.",
        "On Debian and Ubuntu run `sudo apt-get install fonts-croscore` (Tinos); macOS and Windows bring theirs.",
    )


@cache
def find_stamp_font() -> Path:
    """Path of a bold sans font, as rubber stamps have; the bold text font where there is none."""
    return next((_installed()[name] for name in _STAMP if name in _installed()), find_font(bold=True))


@cache
def load_font(face: Face, dpi: int, *, stamp: bool = False) -> ImageFont.FreeTypeFont:
    """The font of ``face`` at ``dpi``. Basic layout, so that widths do not depend on an optional shaping library."""
    path = find_stamp_font() if stamp else find_font(bold=face.bold, italic=face.italic)
    return ImageFont.truetype(str(path), face.size * dpi / 72, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=20_000)
def ink_box(text: str, face: Face, dpi: int, *, stamp: bool = False) -> tuple[int, int, int, int]:
    """Extent of the ink of ``text`` in pixels, seen from the left end of its base line.

    Pillow's own ``getbbox`` reaches to the advance width, up to a tenth of an em beyond the ink.
    """
    mask, offset = load_font(face, dpi, stamp=stamp).getmask2(text, "L", anchor="ls")
    x0, y0, x1, y1 = mask.getbbox() or (0, 0, 0, 0)
    return x0 + offset[0], y0 + offset[1], x1 + offset[0], y1 + offset[1]
