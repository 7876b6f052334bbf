"""The foot of a page with the round seals on it, for those who read again what these cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocr.engine import GrayImage, RawWord
from ocr.foot import is_signing_line
from ocr.phrases import form_phrases, starts_with
from ocr.prepared import PreparedPage
from ocr.rows import Row, group
from ocr.seal_rings import SealRings, find_seal_rings
from ocr.tree import Ink

__all__ = ["SealedFoot", "find_sealed_foot", "recipient_rows", "signing_rows"]

# Inches above and below the lines of a foot between which the centres of its seals lie.
_ABOVE = 1.0
_BELOW = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class SealedFoot:
    """A page's layers and the seals at its foot, each with the ink of its layer.

    Attributes:
        layers: Dark ink on white.
        seals: Black ones, then red ones.
        dpi: Of the layers.
        height: Typical height of a word in pixels.
    """

    layers: dict[Ink, GrayImage]
    seals: tuple[tuple[Ink, SealRings], ...]
    dpi: int
    height: float


def find_sealed_foot(prepared: PreparedPage, words: Sequence[RawWord], height: float) -> SealedFoot:
    """The foot of a page; one without a line that signs and without recipients has no seals.

    Args:
        prepared: The page.
        words: What is read on it.
        height: Typical height of a word in pixels.
    """
    coloured = {Ink.BLACK: prepared.gray, Ink.RED: prepared.red, Ink.BLUE: prepared.blue}
    layers = {ink: layer for ink, layer in coloured.items() if layer is not None}
    # A heading ("CHỦ TỊCH ỦY BAN NHÂN DÂN") may be the last line that seems to sign: a seal covers the one that does.
    lines = (signing_rows(words, height), recipient_rows(words, height))
    last = [max(row.y0 for row in rows) for rows in lines if rows]
    if not last:
        return SealedFoot(layers, (), prepared.dpi, height)
    top = max(0, round(min(last) - _ABOVE * prepared.dpi))
    bottom = min(prepared.gray.shape[0], round(max(last) + _BELOW * prepared.dpi))
    seals = [
        (ink, seal)
        for ink in (Ink.BLACK, Ink.RED)
        if ink in layers
        for seal in find_seal_rings(layers[ink], prepared.dpi, top, bottom)
    ]
    return SealedFoot(layers, tuple(seals), prepared.dpi, height)


def signing_rows(words: Sequence[RawWord], height: float) -> list[Row]:
    """Lines as over signatures, headings of organs and posts among them."""
    return [row for row in group(list(words), 1.2 * height, height) if is_signing_line(row.text)]


def recipient_rows(words: Sequence[RawWord], height: float) -> list[Row]:
    """Lines that begin with "Nơi nhận", which stand beside titles."""
    return [row for row in group(list(words), 1.2 * height, height) if starts_with(row.text, form_phrases().recipients)]
