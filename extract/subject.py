"""The subject (trích yếu) below a title: the centred rows from the title to the rule, addressees or text.

A subject ends where the text begins: at its opening words, behind a gap, off the centre, or at a paragraph. Seals tear
its rows into pieces, which are joined on their base line; what was read across two rows is noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from statistics import median

import regex

from extract.evidence import Span, confidence_of
from extract.tokens import TextLine, TokenisedText
from extract.zones import is_capitals
from ocr.tree import Box

__all__ = ["TitlePlace", "subject_spans"]

_STOP = regex.compile(
    r"\W{0,3}(?:kinh\s{1,3}gui|can\s{1,3}cu\b|dieu\s{1,3}1\b|hom\s{1,3}nay|tren\s{1,3}co\s{1,3}so|xet\s{1,3}de\s{1,3}nghi|"
    r"theo\s{1,3}de\s{1,3}nghi|phan\s{1,3}(?:i|thu)\b|chuong\s{1,3}i\b|(?:i|1|a)\s{0,2}[.)/\-]\s|"
    r"\(|so\s{0,2}:|thoi\s{1,3}gian\s|dia\s{1,3}diem|chung\s{1,3}toi|email|nguoi\s{1,3}ky|co\s{1,3}quan\s?:|thoi\s{1,3}gian\s{1,3}ky)"
)
# Opening words of a body that may open a subject too: they stop it only behind a gap.
_WEAK_STOP = regex.compile(
    r"\W{0,3}(?:thuc\s{1,3}hien|trien\s{1,3}khai|nham|trong|nam\s\d|ngay\s\d|de\s|sau\s{1,3}khi|nhan)\b"
)
_AUTHOR = regex.compile(
    r"\W{0,3}(?:(?:pho\s)?(?:thu\stuong|chu\stich|bo\struong|tong\sgiam|giam\sdoc|cuc\struong|hieu\struong|chanh|truong\sban|"
    r"chu\snhiem|vien\struong|tong\scuc|ban\sthuong|ban\schap)|uy\sban|uy\sban\snhan|toa\san|vien\skiem\ssat|hoi\sdong|quoc\shoi|chinh\sphu)\b"
)
_KINDS = {"thanh tich", "tom tat thanh tich", "lien nganh", "lien tich", "lien bo", "lien so"}
_ABOUT = regex.compile(r"\W*(?:v\s?/\s?v|ve\s|de\s)")
_MOST_ROWS = 8
_FAINT = 0.4  # below it lines under stamps are noise
_LONG_LINE = 55  # characters; centred lines of a subject are mostly shorter than lines of text
_SHORT_PIECE = 20  # characters
_CENTRED = 0.06  # of the page width
# Row distances are 1.0 to 1.3 times the text's in subjects; the text below begins 1.8 times and more further down.
_GAP = 1.65
_INDENT = 10.0  # points; paragraphs have 28 to 36, centred rows differ on both sides
_OVERPRINT = 0.25  # of the smaller line's area
_CLEARER = 0.15  # rows of a curved page overlap too, but are read alike


@dataclass(frozen=True, slots=True)
class TitlePlace:
    """Where the name of the type stands: ``text[start:end]``; ``box`` around it and the rest of its ``line``."""

    line: TextLine
    start: int
    end: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class _Row:
    """Pieces on one base line, left to right."""

    pieces: tuple[TextLine, ...]

    @property
    def box(self) -> Box | None:
        boxes = [piece.box for piece in self.pieces if piece.box]
        return Box.around(boxes) if boxes else None

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Group:
    """Pieces of one row as they are gathered, and how high and low they reach."""

    lines: list[TextLine]
    boxes: list[Box]
    top: float
    low: float

    def add(self, line: TextLine, box: Box) -> None:
        self.lines.append(line)
        self.boxes.append(box)
        self.top, self.low = min(self.top, box.y0), max(self.low, box.y1)


def subject_spans(tokens: TokenisedText, lines: Sequence[TextLine], title: TitlePlace) -> list[Span]:
    """Rest of the title line and the centred rows below it.

    Args:
        tokens: The text.
        lines: Head and body of the page.
        title: The type's name among them.
    """
    rest = _trim(tokens.text, title.end, title.line.end)
    if rest and _AUTHOR.match(tokens.folded, rest[0]):
        rest = None
    below: list[Span] = []
    pitch = _pitch(lines)
    rows = _rows_below(tokens, lines, title)
    before = _Row((title.line,))
    for row, following in zip_longest(rows, rows[1:]):
        if _stands_aside(title, row) and not _STOP.match(tokens.folded, row.pieces[0].start):
            continue
        first = not below and rest is None
        if _ends(tokens, title, before, row, first=first, pitch=pitch) or _opens_paragraph(row, following, lines):
            break
        spans = [span for piece in row.pieces if (span := _trim(tokens.text, piece.start, piece.end))]
        if spans and confidence_of(tokens, spans) >= _FAINT:
            below.extend(spans)
            before = row
    if rest and below and _only_names_the_kind(tokens, rest, below[0]):
        return below
    return [rest, *below] if rest else below


def _only_names_the_kind(tokens: TokenisedText, rest: Span, below: Span) -> bool:
    """True in "BÁO CÁO THÀNH TÍCH" / "Đề nghị tặng ...", not in "BIÊN BẢN KIỂM TRA" / "Thực tế ..."."""
    kind = " ".join(tokens.folded[slice(*rest)].split())
    return kind in _KINDS or _ABOUT.match(tokens.folded, *below) is not None


def _rows_below(tokens: TokenisedText, lines: Sequence[TextLine], title: TitlePlace) -> list[_Row]:
    """The first rows below the title, from the top."""
    if title.box is None:
        at = next(index for index, line in enumerate(lines) if line.index == title.line.index)
        return [_Row((line,)) for line in lines[at + 1 : at + 1 + _MOST_ROWS]]
    below = [line for line in lines if line.box and line.box.centre[1] > title.box.y1 and line is not title.line]
    clean = _without_overprints(tokens, below)
    middle = title.box.centre[0]
    groups: list[_Group] = []
    for line in sorted(clean, key=lambda line: not (line.box and line.box.x0 < middle < line.box.x1)):
        if line.box is None:
            continue
        box, level = line.box, [group for group in groups if group.top < line.box.y1 and group.low > line.box.y0]
        beside = next((group for group in level if _goes_on(group.boxes, box, middle)), None)
        if beside is not None:
            beside.add(line, box)
        else:
            groups.append(_Group([line], [box], box.y0, box.y1))
    printed = [group.lines for group in groups if any(line.cell is None for line in group.lines)]  # not of tables
    rows = [_Row(tuple(sorted(group, key=lambda line: line.box.x0 if line.box else 0.0))) for group in printed]
    rows.sort(key=lambda row: row.box.centre[1] if row.box else 0.0)
    return rows[:_MOST_ROWS]


def _goes_on(boxes: Sequence[Box], box: Box, middle: float) -> bool:
    """True for a piece on the base line of others and next to one of them, that makes the row better centred."""
    if not any(_beside(other, box) for other in boxes):
        return False
    torn = Box.around(boxes).centre[0]
    return abs(Box.around([*boxes, box]).centre[0] - middle) < abs(torn - middle)


def _beside(first: Box, second: Box) -> bool:
    if first.y1 <= second.y0 or second.y1 <= first.y0:
        return False
    height = min(first.height, second.height)
    level = min(first.y1, second.y1) - max(first.y0, second.y0) > 0.6 * height
    apart = max(first.x0, second.x0) - min(first.x1, second.x1)
    return level and -0.3 * height < apart < 2.5 * height


def _without_overprints(tokens: TokenisedText, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines but for what was read across a better read one: print shining through, edges of stamps."""
    boxed = sorted(((line.box, line) for line in lines if line.box), key=lambda item: item[0].y0)
    sure: dict[int, float] = {}
    worse: set[int] = set()
    for at, (box, line) in enumerate(boxed):
        for other, below in boxed[at + 1 :]:
            if other.y0 >= box.y1:
                break
            if box.intersection_area(other) > _OVERPRINT * min(box.area, other.area):
                one, two = (_sure_of(tokens, item, sure) for item in (line, below))
                if two > one + _CLEARER:
                    worse.add(line.index)
                elif one > two + _CLEARER:
                    worse.add(below.index)
    return [line for line in lines if line.index not in worse]


def _sure_of(tokens: TokenisedText, line: TextLine, known: dict[int, float]) -> float:
    if line.index not in known:
        known[line.index] = confidence_of(tokens, [(line.start, line.end)])
    return known[line.index]


def _pitch(lines: Sequence[TextLine]) -> float | None:
    """Typical distance of the page's lines in points; None for plain text and short pages."""
    centres = sorted(line.box.centre[1] for line in lines if line.box and len(line.text) > _LONG_LINE)
    steps = [below - above for above, below in pairwise(centres) if 8.0 < below - above < 40.0]
    return median(steps) if len(steps) >= 4 else None


def _ends(
    tokens: TokenisedText, title: TitlePlace, before: _Row, row: _Row, *, first: bool, pitch: float | None
) -> bool:
    start, end = row.pieces[0].start, row.pieces[-1].end
    folded = tokens.folded[start:end]
    if _STOP.match(folded) or (_AUTHOR.match(folded) and is_capitals(row.text)):
        return True
    if row.box and before.box and title.box:
        width = tokens.frames[row.pieces[0].page].width
        usual = pitch or max(min(row.box.height, 22.0), 8.0) * 1.3
        apart = row.box.centre[1] - before.box.centre[1] > _GAP * usual and not first
        return apart or abs(row.box.centre[0] - title.box.centre[0]) > _CENTRED * width
    blank = tokens.text.count("\n", before.pieces[-1].end, start) > 1
    ended = before.text.rstrip().endswith((".", ";")) and not first
    weak = _WEAK_STOP.match(folded) is not None
    long = len(row.text) > _LONG_LINE
    return ended or (not first and ((blank and (weak or long)) or (weak and long)))


def _stands_aside(title: TitlePlace, row: _Row) -> bool:
    """True for a short piece left or right of the middle, such as the date of a stamp."""
    if title.box is None or row.box is None or len(row.text) > _SHORT_PIECE:
        return False
    return not row.box.x0 < title.box.centre[0] < row.box.x1


def _opens_paragraph(row: _Row, following: _Row | None, lines: Sequence[TextLine]) -> bool:
    """True for an indented row that reaches the right margin, the next one beginning at the left margin."""
    if row.box is None or following is None or following.box is None:
        return False
    boxes = [line.box for line in lines if line.box and len(line.text) > _LONG_LINE]
    full = bool(boxes) and row.box.x1 > max(box.x1 for box in boxes) - _INDENT
    return full and following.box.x0 < row.box.x0 - _INDENT and following.box.x1 < row.box.x1 + _INDENT / 2


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and not (text[start].isalnum() or text[start] in "“\"(‘'"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "”\")’',"):
        end -= 1
    return (start, end) if sum(char.isalpha() for char in text[start:end]) >= 2 else None
