"""Budgets for what one input may cost, checked before pixels are made."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_LIMITS", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one document; what lies above raises ``TooLargeError`` or lowers the resolution.

    Attributes:
        file_bytes: Size of one file.
        pages: Pages of one document.
        page_pixels: Pixels of one rendered page. A page that would need more is rendered at a lower resolution, with
            a warning. A1 at 300 dpi and A3 at 600 fit, in 240 MB.
        page_side: Pixels of one side of a rendered page; Tesseract refuses more than 32,767.
        image_pixels: Pixels of all images of one page, their masks included. A 438 kB stream can unfold to
            60,000 x 60,000 pixels: pdfium then takes 600 MB and 3 s before it draws anything.
        content_bytes: Unpacked size of one page's drawing commands.
        form_draws: How often forms (parts that commands draw by name) are drawn on one page, forms in forms included.
        layer_characters: Characters of one page's text layer; a full page of tables has about 10,000.
    """

    file_bytes: int = 1 << 30
    pages: int = 5_000
    page_pixels: int = 80_000_000
    page_side: int = 32_767
    image_pixels: int = 300_000_000
    content_bytes: int = 256 << 20
    form_draws: int = 100_000
    layer_characters: int = 100_000


DEFAULT_LIMITS = Limits()
