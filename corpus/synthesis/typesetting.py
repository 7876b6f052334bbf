"""Sets a document on A4 sheets by the page rules of NĐ 30/2020/NĐ-CP, annex I.

Everything is measured in points with the font that will be drawn, so that the truth of a word's place is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from corpus.synthesis.documents import Align, Block, Document, Foot, Head, Paragraph, Signing, Table, Zone
from corpus.synthesis.markup import Atom, Face, atoms_of
from corpus.synthesis.sheets import (
    PageRules,
    Placed,
    Rule,
    Sheet,
    Spot,
    balanced_lines,
    break_lines,
    group_width,
    space_width,
)
from corpus.synthesis.table_setting import CELL_PADDING, SetRow, set_rows
from ocr.tree import Role

__all__ = ["typeset"]

_LEFT_SHARE = 0.39  # of the text width for the issuer's column; the motto takes the rest (diagram of annex I)
_SIGNATURE_ROOM = 80.0  # points between title and name: a seal of 34 mm overlaps both
_STAMP_ROOM = 20.0  # more space above the title where the incoming stamp comes to stand left of it
_FOOT_GAP = 12.0
_INSET = 0.28  # of the text width, left of a list of addressees
_SINGLE = 1.17  # single line spacing in ems of a Times-metric font
_ROLES = {
    Zone.TOP_NUMBER: Role.PAGE_NUMBER,
    Zone.HEAD_LEFT: Role.HEAD_LEFT,
    Zone.HEAD_RIGHT: Role.HEAD_RIGHT,
    Zone.FOOT_LEFT: Role.FOOT_LEFT,
    Zone.FOOT_RIGHT: Role.FOOT_RIGHT,
    Zone.BOTTOM_NUMBER: Role.PAGE_NUMBER,
}


def typeset(document: Document, rules: PageRules) -> list[Sheet]:
    """Lay ``document`` out on sheets: head, body, foot, annex, page numbers."""
    pen = _Pen(rules)
    pen.head(document.head)
    if document.incoming:
        pen.y += _STAMP_ROOM
    pen.body(document.blocks[:-1])
    pen.last_words(document.blocks[-1], document.foot)
    if document.initials:
        pen.spot("initials", pen.last_x + 24, pen.y - 6)
    pen.foot(document.foot)
    if document.annex:
        pen.turn_page()
        pen.spot("annex", rules.left + rules.text_width * 0.36, pen.y + 44)
        pen.body(document.annex)
    pen.number_pages()
    return pen.sheets


class _Pen:
    """Where typesetting stands: the current sheet, the height reached on it, the next line number."""

    def __init__(self, rules: PageRules) -> None:
        self.rules = rules
        self.sheets = [Sheet(rules, 1)]
        self.y = rules.top
        self.last_x = rules.left
        self.line_numbers = count(1)

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def turn_page(self) -> None:
        self.sheets.append(Sheet(self.rules, len(self.sheets) + 1))
        self.y = self.rules.top

    def spot(self, what: str, x: float, y: float) -> None:
        self.sheet.spots.append(Spot(what, x, y))

    def line(
        self,
        groups: Sequence[Sequence[Atom]],
        left: float,
        width: float,
        baseline: float,
        *,
        align: Align,
        zone: Zone = Zone.BODY,
        number: int | None = None,
        role: Role | None = None,
    ) -> float:
        """Place one line; returns the x where it ends."""
        blanks = [space_width(group[0].face) for group in groups[1:]]
        natural = sum(group_width(group) for group in groups) + sum(blanks)
        x = left + {Align.CENTRE: (width - natural) / 2, Align.INSET: width * _INSET}.get(align, 0.0)
        stretch = (width - natural) / len(blanks) if blanks and align is Align.JUSTIFY else 0.0
        line = next(self.line_numbers) if number is None else number
        for index, group in enumerate(groups):
            x += blanks[index - 1] + stretch if index else 0.0
            for atom in group:
                wide = group_width([atom])
                role_here = role or _ROLES.get(zone, Role.BODY)
                self.sheet.words.append(Placed(atom, x, baseline, zone, line, role_here))
                x += wide
        return x

    def column(
        self, texts: Iterable[tuple[str, Face]], left: float, width: float, y: float, zone: Zone, align: Align
    ) -> float:
        """Short lines one under the other, wrapped where too long; returns the y below the last."""
        for text, face in texts:
            for groups in break_lines(atoms_of(text, face), width):
                y += face.size * _SINGLE
                self.line(groups, left, width, y - face.size * 0.22, align=align, zone=zone)
        return y

    def head(self, head: Head) -> None:
        """Issuer at the left, motto at the right; number and place-date on one line below."""
        rules, size = self.rules, self.rules.head_size
        upright, bold = Face(size), Face(size, bold=True)
        right_width = max(rules.text_width * (1 - _LEFT_SHARE), self._width_of(head.motto[0], bold) + 1)
        left_width = rules.text_width - right_width - 6
        right = rules.left + left_width + 6
        organs = [(organ, upright) for organ in head.parents] + [(organ, bold) for organ in head.organs]
        y_left = self.column(organs, rules.left, left_width, self.y, Zone.HEAD_LEFT, Align.CENTRE)
        if organs:
            self._rule_under(rules.left + left_width / 2, left_width * 0.36, y_left + 2)
        motto = [(head.motto[0], bold), (head.motto[1], Face(size + 0.5, bold=True))]
        y_right = self.column(motto, right, right_width, self.y, Zone.HEAD_RIGHT, Align.CENTRE)
        self._rule_under(right + right_width / 2, self._width_of(*motto[1]), y_right + 2)
        level = max(y_left, y_right) + 10
        self.y = level
        if head.number:
            after = self.column([(head.number, upright)], rules.left, left_width, level, Zone.HEAD_LEFT, Align.CENTRE)
            self.y = after
            if head.about:
                face = Face(size - 1)
                self.y = self.column(
                    [(head.about, face)], rules.left, left_width, after + 4, Zone.HEAD_LEFT, Align.CENTRE
                )
        if head.place_date:
            face = Face(size, italic=True)
            below = self.column([(head.place_date, face)], right, right_width, level, Zone.HEAD_RIGHT, Align.CENTRE)
            self.y = max(self.y, below)
        self.spot("under_number", rules.left + left_width / 2, self.y)
        self.y += 10

    def _width_of(self, text: str, face: Face) -> float:
        groups = break_lines(atoms_of(text, face), 1e6)[0]
        return sum(group_width(group) for group in groups) + space_width(face) * (len(groups) - 1)

    def _rule_under(self, centre: float, width: float, y: float) -> None:
        self.sheet.rules.append(Rule(centre - width / 2, y, centre + width / 2, y))

    def body(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.paragraph(block)
            else:
                self.table(block)

    def last_words(self, block: Block, foot: Foot) -> None:
        """The last block; it goes to the next page with the foot, which never stands alone on a page."""
        if isinstance(block, Paragraph):
            height = len(self._lines_of(block)) * self.rules.leading + self.rules.gap + _FOOT_GAP
            if self.y + height + self._foot_height(foot) > self.rules.floor:
                self.turn_page()
        self.body((block,))

    def _lines_of(self, paragraph: Paragraph) -> list[list[list[Atom]]]:
        atoms = atoms_of(paragraph.text, Face(paragraph.size or self.rules.size))
        match paragraph.align:
            case Align.CENTRE:
                return balanced_lines(atoms, self.rules.text_width)
            case Align.INSET:
                return break_lines(atoms, self.rules.text_width * (1 - _INSET))
        return break_lines(atoms, self.rules.text_width, self._indent_of(paragraph))

    def _indent_of(self, paragraph: Paragraph) -> float:
        return self.rules.indent if paragraph.indent and paragraph.align is Align.JUSTIFY else 0.0

    def paragraph(self, paragraph: Paragraph) -> None:
        """Running text; a line that does not fit goes to the next page."""
        rules = self.rules
        indent, lines = self._indent_of(paragraph), self._lines_of(paragraph)
        leading = rules.leading * (paragraph.size or rules.size) / rules.size
        gap = rules.gap if paragraph.space < 0 else paragraph.space
        needed = leading * (min(2, len(lines)) + (2 if paragraph.keep_with_next else 0))
        if self.y + gap + needed > rules.floor:
            self.turn_page()
        elif self.y > rules.top:
            self.y += gap
        for index, groups in enumerate(lines):
            if self.y + leading > rules.floor:
                self.turn_page()
            self.y += leading
            first = indent if index == 0 else 0.0
            align = Align.LEFT if paragraph.align is Align.JUSTIFY and index == len(lines) - 1 else paragraph.align
            left, width = rules.left + first, rules.text_width - first
            self.last_x = self.line(groups, left, width, self.y - leading * 0.25, align=align)
        if paragraph.rule_below:
            self._rule_under(rules.left + rules.text_width / 2, rules.text_width * 0.2, self.y + 3)
            self.y += 10

    def table(self, table: Table) -> None:
        """Rows with rules around the cells; the heading again on each page."""
        heading, *rows = set_rows(table, self.rules.text_width)
        if self.y + heading.height + rows[0].height + 2 * self.rules.gap > self.rules.floor:
            self.turn_page()
        self.y += 2 * self.rules.gap
        self._row(heading)
        for row in rows:
            if self.y + row.height > self.rules.floor:
                self.turn_page()
                self._row(heading)
            self._row(row)

    def _row(self, row: SetRow) -> None:
        top, bottom = self.y, self.y + row.height
        number = next(self.line_numbers)
        x = self.rules.left
        for cell in row.cells:
            y = top + (row.height - len(cell.lines) * row.leading) / 2
            for groups in cell.lines:
                y += row.leading
                left, width = x + CELL_PADDING, cell.width - 2 * CELL_PADDING
                self.line(groups, left, width, y - row.leading * 0.26, align=cell.align, number=number, role=Role.TABLE)
            self.sheet.rules.append(Rule(x, top, x, bottom))
            x += cell.width
        self.sheet.rules.append(Rule(x, top, x, bottom))
        self.sheet.rules += [Rule(self.rules.left, y, x, y) for y in (top, bottom)]
        self.y = bottom

    def foot(self, foot: Foot) -> None:
        """Recipients (or a second signature) and the signature block side by side, on one page."""
        rules = self.rules
        left_width = rules.text_width * 0.47
        right, right_width = rules.left + left_width, rules.text_width - left_width
        if self.y + _FOOT_GAP + self._foot_height(foot) > rules.floor:
            self.turn_page()
        top = self.y + _FOOT_GAP
        recipients = [("Nơi nhận:", Face(12, bold=True, italic=True))] if foot.recipients else []
        recipients += [(text, Face(11)) for text in foot.recipients]
        low = self.column(recipients, rules.left, left_width, top, Zone.FOOT_LEFT, Align.LEFT)
        if foot.left:
            low = max(low, self._signing(foot.left, rules.left, left_width, top, Zone.FOOT_LEFT))
        self.y = max(low, self._signing(foot.right, right, right_width, top, Zone.FOOT_RIGHT))

    def _foot_height(self, foot: Foot) -> float:
        rows = len(foot.right.lines) + 1 + bool(foot.right.note)
        list_height = (len(foot.recipients) + 1) * 11 * _SINGLE * 1.25  # some wrap
        return max(rows * self.rules.size * _SINGLE + _SIGNATURE_ROOM, list_height)

    def _signing(self, signing: Signing, left: float, width: float, y: float, zone: Zone) -> float:
        size = self.rules.size
        bold = Face(size if size < 14 else 13.5, bold=True)
        y = self.column([(line, bold) for line in signing.lines], left, width, y, zone, Align.CENTRE)
        if signing.note:
            note = Face(size - 1.5, italic=True)
            y = self.column([(signing.note, note)], left, width, y, zone, Align.CENTRE)
        side = "left" if zone is Zone.FOOT_LEFT else "right"
        self.spot(f"signature_{side}", left + width / 2, y + _SIGNATURE_ROOM / 2)
        y += _SIGNATURE_ROOM
        if signing.name_stamped:
            self.spot(f"name_{side}", left + width / 2, y + size * 0.6)
            return y + size * _SINGLE
        return self.column([(signing.name, Face(size, bold=True))], left, width, y, zone, Align.CENTRE)

    def number_pages(self) -> None:
        """Page numbers from page 2 on: centred in the top margin, or bottom right under the rules before 2020."""
        rules, face = self.rules, Face(13)
        for sheet in self.sheets[1:]:
            atom = Atom(str(sheet.number), face)
            wide = group_width([atom])
            if rules.number_at_top:
                x, y, zone = rules.left + (rules.text_width - wide) / 2, rules.top - 16, Zone.TOP_NUMBER
            else:
                x, y, zone = rules.width - rules.right - wide, rules.height - rules.bottom + 24, Zone.BOTTOM_NUMBER
            sheet.words.append(Placed(atom, x, y, zone, 0, Role.PAGE_NUMBER))
