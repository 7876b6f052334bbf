r"""One copy of a guideline as it is read for rules: its text, its items with their paths, and where each stands.

Everything that reads a guideline works on a :class:`GuidelineText`. Offsets count in ``text``, which is restored where
the copy was broken; quotes and boxes come from the copy as it was read.

>>> from extract.read_record import extract_text
>>> raw = "HƯỚNG DẪN\n\nI. HỒ SƠ\n\n1. Gồm:\n\n- Tờ trình: 01 bản;\n\n- Biên bản: 01 bản.\n"
>>> guideline = guideline_text(ReadFile("x.txt", Path("x.txt"), raw, extract_text(raw, "x.txt")))
>>> [(item.path, guideline.words_of(item)) for item in guideline.walk()]
[('I', 'HỒ SƠ'), ('I.1', 'Gồm:'), ('I.1.-1', 'Tờ trình: 01 bản;'), ('I.1.-2', 'Biên bản: 01 bản.')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import regex

from appraise.dossier import ReadFile
from appraise.guideline.guideline_outline import OpenItem, with_missing_items
from appraise.rules import Place
from extract.outline_marks import marks_of
from extract.record import DocumentFields, Heading, Part, Record, Table, Where
from extract.restored_text import RestoredText, canonical_text, restored_text
from normalize.folding import fold_aligned

__all__ = ["GuidelineItem", "GuidelineText", "guideline_text"]

_LONGEST_MARK = 60  # characters
_LONGEST_QUOTE = 1200
_DASHES = {"*": "*", "+": "+"}
_FOOT = regex.compile(r"\n\s{0,40}noi\s{1,3}nhan\s{0,3}[:.]|\./\.|\n\s{0,40}(?:kt|tm|tl|tuq)\.\s{0,3}[a-z]")


@dataclass(frozen=True, slots=True)
class GuidelineItem:
    """One item of the outline.

    Attributes:
        path: Its numbers from the top: ``III.3.2.1.d``; a dash is numbered within what it stands below, from 1
            (``III.3.2.1.d.-2``), stars and pluses likewise (``*1``, ``+1``).
        number: As in :class:`extract.record.Heading`, None for dashes.
        level: As there.
        start: Where its mark begins.
        body: Where its words begin.
        title_end: Where its first paragraph ends, as far as the record's heading goes.
        own_end: Where its own words end: where its first child begins, else ``end``.
        end: Where it ends, children included.
        depth: 0 for those at the top.
        annex: 0 in the guideline itself, else which document of the file (1 for the first annex).
        children: The items below it.
        where: Its heading's boxes, one a line; empty for plain text.
        confidence: Of its heading.
    """

    path: str
    number: str | None
    level: str
    start: int
    body: int
    title_end: int
    own_end: int
    end: int
    depth: int
    annex: int
    children: tuple[GuidelineItem, ...] = ()
    where: tuple[Where, ...] = ()
    confidence: float = 1.0

    @property
    def is_dash(self) -> bool:
        """True for dashes, stars and pluses."""
        return self.number is None


@dataclass(frozen=True)
class GuidelineText:
    """One copy.

    Attributes:
        source: The copy's name, as the rules show it.
        text: What is read; offsets count in it.
        restored: The way back from ``text`` to the copy as it was read.
        record: The copy's record; its spans count in the copy as read (see :meth:`forth`).
        items: Top items of all documents of the file in order; ``annex`` tells which document.
        tables: Tables of all documents of the file.
    """

    source: str
    text: str
    restored: RestoredText
    record: Record
    items: tuple[GuidelineItem, ...]
    tables: tuple[Table, ...] = field(default=())

    @cached_property
    def folded(self) -> str:
        """``text`` in lower ASCII letters, offsets unchanged."""
        return fold_aligned(self.text)

    @cached_property
    def cell_spans(self) -> list[tuple[int, int]]:
        """Where the cells of all tables stand in ``text``, in its order."""
        cells = (cell for table in self.tables for row in table.rows for cell in row.cells)
        return sorted((self.forth(cell.span[0]), self.forth(cell.span[1])) for cell in cells if cell.span)

    @property
    def document(self) -> DocumentFields:
        """Head and foot of the guideline itself."""
        return self.record.document

    def walk(self) -> Iterator[GuidelineItem]:
        """All items in the order of the text."""
        yield from _walk(self.items)

    @cached_property
    def _above(self) -> dict[int, GuidelineItem]:
        return {child.start: item for item in self.walk() for child in item.children}

    def above(self, item: GuidelineItem) -> tuple[GuidelineItem, ...]:
        """The items that ``item`` stands below, the nearest first."""
        way = []
        parent = self._above.get(item.start)
        while parent is not None:
            way.append(parent)
            parent = self._above.get(parent.start)
        return tuple(way)

    def item_at(self, offset: int) -> GuidelineItem | None:
        """The smallest item that holds ``text[offset]``."""
        found = None
        for item in self.walk():
            if item.start <= offset < item.end:
                found = item
        return found

    def words_of(self, item: GuidelineItem) -> str:
        """An item's own words on one line, without its mark and its children."""
        return self.words(item.body, item.own_end)

    def words(self, start: int, end: int) -> str:
        """``text[start:end]`` on one line."""
        return " ".join(self.text[start:end].split())

    def quote(self, start: int, end: int) -> str:
        """What the copy has there, as it was read, on one line."""
        left, right = self.restored.back(start, end)
        return " ".join(self.restored.as_read[left:right].split())[:_LONGEST_QUOTE]

    def forth(self, offset: int) -> int:
        """Where ``offset`` of the copy as read (a span of the record) stands in ``text``."""
        return _forth(self.restored, offset)

    def page_at(self, offset: int) -> int:
        """The page of ``text[offset]``, form feeds counted."""
        return self.text.count("\f", 0, offset) + 1

    def place(
        self,
        item: GuidelineItem | None,
        start: int | None = None,
        end: int | None = None,
        where: Sequence[Where] | None = None,
    ) -> Place:
        """Where a rule stands.

        Args:
            item: Its item, whose path and box are given.
            start: Where the words quoted begin; those of the item, if None.
            end: Where they end; likewise.
            where: Boxes to give instead of the item's.
        """
        first = start if start is not None else (item.body if item else 0)
        last = end if end is not None else (item.own_end if item else first)
        places = where if where is not None else (item.where if item else ())
        page = places[0].page if places else self.page_at(first)
        boxes = [place.box for place in places if place.page == page]
        return Place(
            item=item.path if item else "",
            source=self.source,
            page=page,
            box=_around(boxes) if boxes else None,
            quote=self.quote(first, last),
        )


def guideline_text(copy: ReadFile, restored: RestoredText | None = None) -> GuidelineText:
    """A copy of a guideline, ready to be read for rules.

    Args:
        copy: The file as read.
        restored: Its text, where the caller has restored it already (that of a long broken copy takes seconds).
    """
    if restored is None:
        was_broken = any(warning.startswith("restored:") for warning in copy.record.warnings)
        restored = restored_text(copy.text) if was_broken else canonical_text(copy.text)
    parts = copy.record.parts or [_only_part(copy.record)]
    items: list[GuidelineItem] = []
    for annex, part in enumerate(parts):
        opened = [_open(restored, heading) for heading in part.outline]
        end = _end_of(restored, parts, annex)
        items += _closed(with_missing_items(restored.text, opened, end), end, "", annex, 0)
    tables = tuple(table for part in parts for table in part.tables)
    return GuidelineText(copy.name, restored.text, restored, copy.record, tuple(items), tables)


def _around(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _walk(items: Sequence[GuidelineItem]) -> Iterator[GuidelineItem]:
    for item in items:
        yield item
        yield from _walk(item.children)


def _only_part(record: Record) -> Part:
    return Part(pages=[], document=record.document, outline=record.outline, tables=record.tables)


def _forth(restored: RestoredText, offset: int) -> int:
    return restored.forth(_forth(restored.before, offset) if restored.before else offset)


def _open(restored: RestoredText, heading: Heading) -> OpenItem:
    """A heading with its mark measured in the restored text; where it ends is known only with its neighbours."""
    span = heading.span or (0, 0)
    start = _forth(restored, span[0])
    line = restored.text[start : start + _LONGEST_MARK].split("\n", 1)[0]
    marks = marks_of(line)
    fitting = [mark for mark in marks if (mark.number or None) == heading.number] or marks
    sign = line[:1] if heading.number is None else ""
    return OpenItem(
        number=heading.number,
        sign=_DASHES.get(sign, "-") if heading.number is None else "",
        level=heading.level,
        start=start,
        body=start + (fitting[0].end if fitting else 0),
        title_end=_forth(restored, span[1]),
        children=[_open(restored, child) for child in heading.children],
        where=tuple(heading.where),
        confidence=heading.confidence,
    )


def _end_of(restored: RestoredText, parts: Sequence[Part], annex: int) -> int:
    """Where a document's body ends: before its foot, or the next document."""
    text = restored.text
    following = [h.span[0] for part in parts[annex + 1 :] for h in part.outline[:1] if h.span]
    end = _forth(restored, following[0]) if following else len(text)
    headings = parts[annex].outline
    if not headings or headings[-1].span is None:
        return end
    last = headings[-1]
    while last.children:
        last = last.children[-1]
    foot = _FOOT.search(fold_aligned(text), _forth(restored, last.span[0] if last.span else 0), end)
    return foot.start() if foot else end


def _closed(items: Sequence[OpenItem], end: int, above: str, annex: int, depth: int) -> list[GuidelineItem]:
    """Items with their ends and paths."""
    closed: list[GuidelineItem] = []
    counts: dict[str, int] = {}
    for at, item in enumerate(items):
        stop = items[at + 1].start if at + 1 < len(items) else end
        counts[item.sign] = counts.get(item.sign, 0) + 1
        own = item.number if item.number is not None else f"{item.sign}{counts[item.sign]}"
        path = _joined(above, own)
        children = _closed(item.children, stop, path, annex, depth + 1)
        closed.append(
            GuidelineItem(
                path=path,
                number=item.number,
                level=item.level,
                start=item.start,
                body=item.body,
                title_end=item.title_end,
                own_end=children[0].start if children else stop,
                end=stop,
                depth=depth,
                annex=annex,
                children=tuple(children),
                where=item.where,
                confidence=item.confidence,
            )
        )
    return closed


def _joined(above: str, number: str) -> str:
    """Put ``number`` below ``above``: 3.2.1 below III.3.2 gives III.3.2.1, d below it III.3.2.1.d."""
    parts, own = above.split(".") if above else [], number.split(".")
    for size in range(min(len(parts), len(own) - 1), 0, -1):
        if parts[-size:] == own[:size]:
            return ".".join([*parts[:-size], *own])
    return ".".join([*parts, number])
