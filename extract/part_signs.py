"""Signs by which a document begins or ends: motto, Party head, title, "Phụ lục", "(Kèm theo ...", signature block."""

from __future__ import annotations

import regex
from rapidfuzz.fuzz import partial_ratio

from extract.document_types import title_pattern
from extract.posts import begins_post
from extract.tokens import TextLine, TokenisedText
from extract.zones import is_capitals
from ocr.tree import Role

__all__ = [
    "ends_document",
    "has_blanks",
    "is_annex_mark",
    "is_attached",
    "is_form_mark",
    "is_motto",
    "is_number_line",
    "is_prose",
    "is_title",
]

_MOTTO = "conghoaxahoichunghiavietnam"
_SLOGAN = "doclaptudohanhphuc"
_PARTY = "dangcongsanvietnam"
_MOTTO_WORD = regex.compile(r"c[o0]ng|h[o0]a|vi[eé]t|nghia|d\w?[o0]c|hanh|phuc|t[uw] d[o0]|\bx[ar] h")  # one survives
_ALIKE = 80.0  # of 100; "CONG HOAXA !HU NGHIA VIET NAM" has 92, "CÔNG TY CỔ PHẦN NGHĨA NAM" has 58
_LEAST_MOTTO = 14  # letters: of a motto that a stamp covers in part
_LONGEST_MOTTO = 110  # characters, an organ on the same line
_ANNEX = regex.compile(r"\W{0,3}(?:phu\s{0,2}luc|phu\s{0,2}bieu)\b\s{0,3}(?P<rest>[^\n]{0,120})")
_ANNEX_NUMBER = regex.compile(r"(?:so\s{0,2})?(?:[ivxl\d]{1,4}|[a-z])?(?:[.\-]\d{1,2})?\s{0,2}[.:\-–]?\s{0,2}$")
_FORM = regex.compile(r"\W{0,3}(?:bieu\s{1,2}mau|mau|bieu)\s{1,3}(?:so\s{0,2})?[:\d][^\n]{0,40}$")
_ATTACHED = regex.compile(
    r"\W{0,3}(?:\(\W{0,2}(?:duoc\s{1,3})?(?:ban\s{1,3}hanh\s{1,3})?|(?:ban\s{1,3}hanh\s{1,3})?)(?:dinh\s{1,3})?kem\s{1,3}(?:theo\b|cong\b|to\b|quyet\b)"
)
_NUMBER_LINE = regex.compile(r"\W{0,3}s[o06e]\s{0,3}[:.;]?\s{0,3}[^\n]{0,24}[/\-][^\n]{0,40}$")
_BLANKS = regex.compile(r"[.…_]{4,}|…{2,}|(?:\.\s){4,}")
_PROSE = 70  # characters: lines of text are longer, lines of heads and titles mostly shorter
_ENDS = regex.compile(r"\W{0,3}(?:n[oe]i\s{1,3}nh\wn\b|da\s{1,2}ky\b)|(?:t/?m|k/?t|t/?l|t/?uq|tuq)\s?[.,]\s{0,2}[a-z]")
_LISTS = regex.compile(r"\W{0,3}(?:danh\s{1,3}sach|bang\s|bieu\s|de\s{1,3}cuong)")


def is_motto(tokens: TokenisedText, line: TextLine) -> bool:
    """Quốc hiệu, tiêu ngữ or the Party's name as a head has them, whole or half covered, alone or beside an organ."""
    if len(line.text) > _LONGEST_MOTTO or any(mark in line.text for mark in "“”"):  # a rule that quotes the motto
        return False
    if not _MOTTO_WORD.search(tokens.folded, line.start, line.end):
        return False
    letters = "".join(char for char in tokens.folded[line.start : line.end] if char.isalpha())
    if len(letters) < _LEAST_MOTTO:
        return False
    if is_capitals(line.text):
        return max(partial_ratio(_MOTTO, letters), partial_ratio(_PARTY, letters)) >= _ALIKE
    hyphens = sum(char in "-–—~" for char in line.text)
    return hyphens >= 1 and line.text[:1].isupper() and partial_ratio(_SLOGAN, letters) >= _ALIKE


def is_annex_mark(tokens: TokenisedText, line: TextLine) -> bool:
    """A line "PHỤ LỤC II", "Phụ lục", "PHỤ LỤC DANH MỤC HỒ SƠ", not "Phụ lục kèm theo ..." in a sentence."""
    match = _ANNEX.match(tokens.folded, line.start, line.end)
    if match is None or not line.text.lstrip("([ ")[:1].isupper():
        return False
    return is_capitals(line.text) or _ANNEX_NUMBER.match(match["rest"]) is not None


def is_form_mark(tokens: TokenisedText, line: TextLine) -> bool:
    """The mark of a form above its head: "Mẫu số 02/PLI", "Biểu mẫu 1"."""
    return _FORM.match(tokens.folded, line.start, line.end) is not None


def is_attached(tokens: TokenisedText, line: TextLine) -> bool:
    """The line below the title of an annex that says whose it is: "(Kèm theo Tờ trình số ..."."""
    if _ATTACHED.match(tokens.folded, line.start, line.end) is None:
        return False
    printed = line.text.lstrip("“\"' ")
    return printed.startswith("(") or printed[:1].isupper()


def is_title(tokens: TokenisedText, line: TextLine, *, lists: bool = True) -> bool:
    """The name of a type of document in capitals at the beginning of a line, "QUYẾT ĐỊNH:" left out."""
    if not is_capitals(line.text) or line.text.rstrip().endswith(":"):
        return False
    named = title_pattern().match(tokens.folded, line.start, line.end)
    return named is not None or (lists and _LISTS.match(tokens.folded, line.start, line.end) is not None)


def is_number_line(tokens: TokenisedText, line: TextLine) -> bool:
    """The number line of a head, "Số: 12/TTr-UBND", also without its number."""
    return _NUMBER_LINE.match(tokens.folded, line.start, line.end) is not None


def has_blanks(line: TextLine) -> bool:
    """Dotted lines that a form leaves for the pen."""
    return _BLANKS.search(line.text) is not None


def is_prose(line: TextLine) -> bool:
    """A line of running text, as no head has above its motto."""
    return len(line.text) >= _PROSE and not is_capitals(line.text)


def ends_document(tokens: TokenisedText, line: TextLine) -> bool:
    """Signature block or "Nơi nhận"."""
    if line.role is Role.FOOT_RIGHT:
        return True
    if line.role not in {None, Role.BODY, Role.FOOT_LEFT}:
        return False
    if _ENDS.match(tokens.folded, line.start, line.end) is not None:
        return True
    return line.role is None and is_capitals(line.text) and begins_post(tokens.folded[line.start : line.end].strip())
