"""What is put on a printed page afterwards: seals, rubber stamps, signatures, digital signature boxes."""

from __future__ import annotations

from dataclasses import replace

from numpy.random import Generator

from corpus.synthesis.documents import Document, Seal, Signing, Zone
from corpus.synthesis.drawing import PEN, SCALE, Paper, in_points
from corpus.synthesis.handwriting import draw_strokes, initials_strokes, signature_strokes
from corpus.synthesis.seals import draw_seal
from corpus.synthesis.sheets import Sheet, Spot
from corpus.synthesis.stamps import Patch, incoming_patch, name_patch, signature_box_patch, urgency_patch, worn
from ocr.tree import Ink

__all__ = ["press_marks"]


def press_marks(document: Document, sheet: Sheet, paper: Paper, rng: Generator) -> None:
    """Put every mark of ``document`` that belongs on ``sheet`` on ``paper``."""
    spots = {spot.what: spot for spot in sheet.spots}
    for side, signing, zone in (
        ("left", document.foot.left, Zone.FOOT_LEFT),
        ("right", document.foot.right, Zone.FOOT_RIGHT),
    ):
        if signing and (spot := spots.get(f"signature_{side}")):
            _sign(signing, spot, paper, rng)
        if signing and (spot := spots.get(f"name_{side}")):
            _stamp(paper, name_patch(signing.name, zone), spot.x, spot.y, rng)
    if (spot := spots.get("annex")) and document.foot.right.seal:
        _seal(document.foot.right.seal, spot.x, spot.y, paper, rng)
    if spot := spots.get("initials"):
        strokes = initials_strokes(22 * SCALE, rng)
        draw_strokes(paper.inks[Ink.BLUE], strokes, spot.x * SCALE, spot.y * SCALE, PEN)
    if spot := spots.get("under_number"):
        _mark_head(document, spot, paper, rng)


def _mark_head(document: Document, under_number: Spot, paper: Paper, rng: Generator) -> None:
    y = under_number.y + 6
    if document.urgency:
        _stamp(paper, urgency_patch(document.urgency), under_number.x, y + 12, rng)
        y += 30
    if document.incoming:
        _stamp(paper, incoming_patch(document.incoming, rng), under_number.x - 55, y + 27, rng)
    if document.signature_box:
        patch = signature_box_patch(document.signature_box)
        height, width = patch.shape
        low = rng.uniform(3, 14)  # low ones touch the motto, as in real scans
        _press(paper, patch, paper.width - 14 - width / SCALE / 2, low + height / SCALE / 2)


def _sign(signing: Signing, spot: Spot, paper: Paper, rng: Generator) -> None:
    width = rng.uniform(85, 115) * SCALE
    x, y = (spot.x + rng.uniform(-8, 14)) * SCALE, (spot.y + rng.uniform(-4, 8)) * SCALE
    draw_strokes(paper.inks[signing.ink], signature_strokes(width, rng), x, y, PEN * rng.uniform(1.2, 2.0))
    if signing.seal:
        # The seal covers about a third of the signature, at its left (NĐ 30/2020, annex I, box 8).
        _seal(signing.seal, spot.x - rng.uniform(48, 62), spot.y + rng.uniform(-6, 8), paper, rng)


def _seal(seal: Seal, x: float, y: float, paper: Paper, rng: Generator) -> None:
    patch = Patch({Ink.RED: draw_seal(seal)}).turned(float(rng.normal(0, 7)))
    _press(paper, _worn(patch, rng), x, y)


def _stamp(paper: Paper, patch: Patch, x: float, y: float, rng: Generator) -> None:
    """Set a rubber stamp down by hand, a little askew."""
    _press(paper, _worn(patch.turned(float(rng.normal(0, 1.5))), rng), x, y)


def _worn(patch: Patch, rng: Generator) -> Patch:
    """``patch`` with uneven stamp ink; what the pen wrote (blue) stays even."""
    return replace(patch, masks={i: m if i is Ink.BLUE else worn(m, rng) for i, m in patch.masks.items()})


def _press(paper: Paper, patch: Patch, x: float, y: float) -> None:
    """Put ``patch`` on ``paper`` with its centre at (x, y) points, and its words among the page's."""
    height, width = patch.shape
    left, top = round(x * SCALE - width / 2), round(y * SCALE - height / 2)
    for ink, mask in patch.masks.items():
        paper.press(mask, left, top, ink)
    for word in patch.words:
        box = word.box
        moved = in_points(box.x0 + left, box.y0 + top, box.x1 + left, box.y1 + top)
        paper.words.append(replace(word, box=moved))
