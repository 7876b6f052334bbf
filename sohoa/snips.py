"""Picture snips: the stretch of a page around a place where something was read, cut from the original."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from appraise.appraisal import Evidence
from normalize.errors import SohoaError
from ocr.limits import Limits
from ocr.sources import open_source

__all__ = ["Snips"]

_DPI: Final = 150  # legible in print, about 40 kB a line
_ABOVE: Final = 12.0  # points above and below the place
_BESIDE: Final = 28.0  # points left and right of it
_NARROWEST: Final = 320.0  # points, most of a line: the words beside a figure say what it is
_FRAME: Final = (214, 90, 0)
_MOST_PAGES: Final = 4  # kept drawn; an A4 page takes 6.5 MB


class Snips:
    """Cuts pictures out of the files of one dossier; draws each page once as long as calls come page by page.

    Args:
        paths: The pages or the one file behind each name that evidence goes by.
        limits: What is refused before it is drawn.
    """

    def __init__(self, paths: Mapping[str, Sequence[Path]], limits: Limits) -> None:
        self._paths = paths
        self._limits = limits
        self._pages: dict[tuple[str, int], tuple[Image.Image, float] | None] = {}

    def __call__(self, where: Evidence) -> bytes | None:
        """The PNG of a place, framed; None without a box, for plain text, for a page that cannot be drawn."""
        drawn = self._page(where.file, where.page) if where.box is not None else None
        if drawn is None or where.box is None:
            return None
        page, scale = drawn
        x0, y0, x1, y1 = (edge * scale for edge in where.box)
        above, beside = _ABOVE * scale, max(_BESIDE * scale, (_NARROWEST * scale - (x1 - x0)) / 2)
        cut = (
            max(0, round(x0 - beside)),
            max(0, round(y0 - above)),
            min(page.width, round(x1 + beside)),
            min(page.height, round(y1 + above)),
        )
        if cut[0] >= cut[2] or cut[1] >= cut[3]:
            return None  # a box that is not on the page
        picture = page.crop(cut)
        frame = (x0 - cut[0] - 3, y0 - cut[1] - 3, x1 - cut[0] + 3, y1 - cut[1] + 3)
        ImageDraw.Draw(picture).rectangle(frame, outline=_FRAME, width=2)
        data = BytesIO()
        picture.save(data, "PNG", dpi=(_DPI, _DPI))
        return data.getvalue()

    def _page(self, file: str, number: int) -> tuple[Image.Image, float] | None:
        """A drawn page and its pixels per point."""
        key = file, number
        if key not in self._pages:
            while len(self._pages) >= _MOST_PAGES:
                self._pages.pop(next(iter(self._pages)))
            self._pages[key] = self._draw(file, number)
        return self._pages[key]

    def _draw(self, file: str, number: int) -> tuple[Image.Image, float] | None:
        paths = self._paths.get(file)
        if not paths:
            return None
        with ExitStack() as stack:
            try:
                source = stack.enter_context(open_source(paths, limits=self._limits))
                if number > source.page_count:
                    return None
                page = stack.enter_context(source.page(number))
                image = Image.fromarray(page.render(_DPI)).convert("RGB")
            except SohoaError:
                return None  # reading has told of it; the quote stands without its picture
            return image, image.width / page.width
