"""Words that annotations draw on a page: signing programs put a letter's number and day there.

On three of four digitally signed letters the text layer has blanks where number and day show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import accumulate
from typing import Final

import pikepdf
import regex
from pikepdf import Array, Dictionary, Name, Object, Page, Stream

from normalize.errors import TooLargeError
from ocr.pdf_geometry import PageGeometry
from ocr.pdf_triage import written
from ocr.pdfium import PdfiumDocument
from ocr.text_layer import TextLayer
from ocr.tree import Box, Word

__all__ = ["ENGINE", "with_annotations"]

ENGINE: Final = "pdf annotation"
_NOT_SHOWN: Final = 2 | 32  # PDF 32000-1, table 165: hidden, no view; as pdfium draws the page
_MOST_NOTES: Final = 200  # annotations of a page that are looked at
_MOST_FORMS: Final = 1_000  # forms in forms of one annotation; signing programs nest three
_MOST_CHARACTERS: Final = 10_000
# Leaders of a blank, alone or in a word: "....../UBND-VX", "ngày……tháng".
_LEADERS: Final = regex.compile(r"([.…_]{2,200}+|…)")
_WIDE: Final = {".": 0.5, "…": 2.0}  # in widths of a letter, as in Times
_ON: Final = 0.3  # share of a drawn word that lies on a printed one


def with_annotations(printed: Sequence[Word], page: Page, geometry: PageGeometry) -> list[Word]:
    """``printed`` and the words that the annotations of ``page`` show, in displayed points.

    What is printed at the same place as well comes once; the leaders of a blank that an annotation fills are left out.

    Raises:
        TooLargeError: More than 10,000 characters.
        Exception: Anything that pikepdf and pdfminer raise on damaged annotations.
    """
    look = _drawn(page, geometry)
    count = _characters(look) if look else 0
    if look is None or count == 0:
        return list(printed)
    if count > _MOST_CHARACTERS:
        raise TooLargeError(f"The page's annotations have {count} characters.")
    places: dict[str, list[Box]] = {}
    for word in printed:
        places.setdefault(word.text, []).append(word.box)
    words = TextLayer(look, engine=ENGINE).page(0, geometry).words
    drawn = [word for word in words if not any(box.holds(*word.box.centre) for box in places.get(word.text, ()))]
    return [*(part for word in printed for part in _less_filled_blanks(word, drawn)), *drawn]


def _less_filled_blanks(word: Word, drawn: Sequence[Word]) -> Iterator[Word]:
    """The word, or what is left of it beside the leaders of a blank that one of ``drawn`` stands on."""
    parts = _LEADERS.split(word.text)
    if len(parts) == 1 or not any(word.box.intersection_area(w.box) > _ON * w.box.area for w in drawn):
        yield word
        return
    ends = list(accumulate(sum(_WIDE.get(char, 1.0) for char in part) for part in parts))
    scale = word.box.width / ends[-1]
    for part, start, end in zip(parts[::2], (0.0, *ends[1::2]), ends[::2], strict=True):  # the others are leaders
        if part:
            x0, x1 = (word.box.x0 + at * scale for at in (start, end))
            yield replace(word, text=part, box=replace(word.box, x0=x0, x1=x1))


def _drawn(page: Page, geometry: PageGeometry) -> BytesIO | None:
    """A PDF of one page with what the annotations show, at its place; None where none of them has a font."""
    shown = list(_shown(page, geometry.rotation))
    if not shown:
        return None
    with pikepdf.new() as pdf:
        alone = pdf.add_blank_page()
        alone.obj.MediaBox = Array([geometry.left, geometry.bottom, geometry.right, geometry.top])
        looks = {name: pdf.copy_foreign(look) for name, look, _ in shown}
        alone.obj.Resources = Dictionary(XObject=Dictionary(looks))
        alone.obj.Contents = pdf.make_stream(b"".join(commands for _, _, commands in shown))
        return written(pdf)


def _shown(page: Page, rotation: int) -> Iterator[tuple[str, Object, bytes]]:
    """Name, look and drawing commands of each annotation that shows text."""
    notes = page.obj.get(Name.Annots)
    for index, note in enumerate(list(notes)[:_MOST_NOTES] if isinstance(notes, Array) else ()):
        # An optional part may be switched off; a pop-up shows when somebody points at its note.
        if not isinstance(note, Dictionary) or Name.OC in note or note.get(Name.Subtype) == Name.Popup:
            continue
        annotation = pikepdf.Annotation(note)
        look = annotation.get_appearance_stream(Name.N)
        if isinstance(look, Stream) and _has_font(look):
            name = f"/A{index}"
            commands = annotation.get_page_content_for_appearance(Name(name), rotation, 0, _NOT_SHOWN)
            if commands:
                yield name, look, commands


def _has_font(form: Stream) -> bool:
    """Whether the form, or one that it can draw, has a font: pictures of signatures have none."""
    todo: list[Object] = [form]
    seen: set[tuple[int, int]] = set()
    while todo and len(seen) < _MOST_FORMS:
        item = todo.pop()
        resources = item.get(Name.Resources) if isinstance(item, Stream) and item.objgen not in seen else None
        seen.add(item.objgen)
        if not isinstance(resources, Dictionary):
            continue
        if isinstance(resources.get(Name.Font), Dictionary):
            return True
        inner = resources.get(Name.XObject)
        todo += inner.values() if isinstance(inner, Dictionary) else ()
    return False


def _characters(drawn: BytesIO) -> int:
    """Pdfium counts in no time what pdfminer would take long to read."""
    document = PdfiumDocument(drawn, "annotations")
    try:
        with document.page(0) as page:
            return page.characters()
    finally:
        document.close()
        drawn.seek(0)
