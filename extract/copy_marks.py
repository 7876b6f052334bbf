"""Copies: SAO Y, SAO LỤC, TRÍCH SAO with their own number, date, organ and signer; BẢN SAO.

A paper copy has a block below the text (or a stamp), an electronic one a line at the top of the first page (NĐ
30/2020/NĐ-CP, box 14): form of the copy, organ, time. None of it is the document's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extract.clock import moment_in
from extract.codes import codes_in
from extract.evidence import reading
from extract.organs import begins_organ
from extract.people import find_person
from extract.record import Reading
from extract.tokens import TextLine, TokenisedText
from extract.zones import is_capitals
from ocr.tree import Role

__all__ = ["read_copy_mark"]

_FORM = regex.compile(
    r"\W{0,3}(?:(?P<y>sao\s?y)|(?P<luc>sao\s?luc)|(?P<trich>trich\s?sao)|(?P<ban>ban\s?sao))\b"
    r"(?:\s{1,3}(?:tu\s{1,3})?(?:ban\s{1,3}(?:chinh|goc|sao)|dien\s{1,3}tu))?(?P<rest>[^\n]{0,160})"
)
_NAMES = {"y": "SAO Y", "luc": "SAO LỤC", "trich": "TRÍCH SAO", "ban": "BẢN SAO"}
_ALONE = regex.compile(r"\W{0,6}$")
_NUMBERED = regex.compile(r"[^\n]{0,12}\bso\s?[:.]")
_LONGEST_BLOCK = 14  # lines


def read_copy_mark(tokens: TokenisedText) -> Reading | None:
    """The first copy mark of a document; its value has ``form``, ``code``, ``date``, ``organ`` and ``signer``."""
    for at, line in enumerate(tokens.lines):
        form = _form(tokens, line)
        if form is not None:
            return _read(tokens, form, list(_block(tokens.lines[at : at + _LONGEST_BLOCK])))
    return None


def _form(tokens: TokenisedText, line: TextLine) -> str | None:
    """The form of copy that a line names: in a block or box of its own, else in capitals on a line of its own."""
    match = _FORM.match(tokens.folded, line.start, line.end)
    if match is None:
        return None
    capitals = line.text.lstrip(" .:-|[(")[:4].isupper()
    alone = _ALONE.match(match["rest"]) is not None or _NUMBERED.match(match["rest"]) is not None
    placed = line.role in {Role.COPY_BLOCK, Role.SIGNATURE_BOX}
    if not (placed or (capitals and alone)) or line.cell is not None:
        return None
    return next(name for group, name in _NAMES.items() if match[group])


def _block(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """The lines that belong to a mark: of the same role on the same page, in plain text those that follow."""
    for line in lines:
        if line.page != lines[0].page or line.role is not lines[0].role:
            return
        yield line


def _read(tokens: TokenisedText, form: str, block: Sequence[TextLine]) -> Reading:
    start, end = block[0].start, block[-1].end
    text, folded = tokens.text[start:end], tokens.folded[start:end]
    codes = codes_in(text)
    name = next((found for line in reversed(block[1:]) if (found := find_person(line.text))), None)
    value = {
        "form": form,
        "code": next((code.code for code in codes), None),
        "date": moment_in(text, folded),
        "organ": _organ(tokens, block),
        "signer": name.value if name else None,
    }
    return reading(tokens, value, [(line.start, line.end) for line in block], "copy.mark", strength=0.85)


def _organ(tokens: TokenisedText, block: Sequence[TextLine]) -> str | None:
    """The organ that copied: behind a colon in the box of an electronic copy, on a line of its own in a block."""
    for piece in block[0].text.split(":")[1:]:
        if begins_organ(tokens.folded[block[0].start : block[0].end].partition(":")[2].strip()):
            return " ".join(piece.split()).strip(" ,;") or None
    for line in block[1:]:
        folded = tokens.folded[line.start : line.end].strip()
        if begins_organ(folded) and (is_capitals(line.text) or line.role is Role.SIGNATURE_BOX):
            return " ".join(line.text.split())
    return None
