"""A list that follows a submission within one document: its title was hidden by a stamp, so nothing parted them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from appraise.dossier import DossierPaper
from appraise.reading.papers import named_paper, paper_tabled
from appraise.reading.stretches import begins, stretch
from extract.record import Quality, Table
from normalize.folding import fold_aligned

__all__ = ["with_annexed_lists"]

_LISTS = ("list", "summary")
_SENT_BY = "submission"
_END = regex.compile(r"\bno[il1] nhan\b")  # "Nơi nhận": nothing but a signature follows in the submission itself
_LEAST_COLUMNS = 3


def with_annexed_lists(paper: DossierPaper) -> Iterator[DossierPaper]:
    """The paper; a submission that ends before one of its pages, and the list on that page and those behind it."""
    table = _first_behind(paper) if paper.kind == _SENT_BY and len(paper.pages) > 1 else None
    if table is None:
        yield paper
        return
    start, end = paper.span
    cut = paper.text.rfind("\f", start, begins(table, start)) + 1
    page = 1 + paper.text.count("\f", 0, cut)
    annexed = paper_tabled(table, _LISTS) or named_paper("list")
    for kind, name, span, pages in (
        (paper.kind, paper.name, (start, cut), tuple(number for number in paper.pages if number < page)),
        (annexed.id, annexed.name, (cut, end), tuple(number for number in paper.pages if number >= page)),
    ):
        tables = [one for one in paper.record.tables if span[0] <= begins(one, start) < span[1]]
        record = stretch(paper.record, tables, *span)
        read = Quality(pages=[each for each in record.quality.pages if each.page in pages])
        if kind != _SENT_BY:  # its fields are the submission's; a list has none that could be told apart
            record = record.model_copy(update={"document": type(record.document)()})
        record = record.model_copy(update={"quality": read})
        yield replace(paper, kind=kind, name=name, pages=pages, span=span, record=record)


def _first_behind(paper: DossierPaper) -> Table | None:
    """The first table on a page behind the one on which the submission ends."""
    folded = fold_aligned(paper.text)
    ends = _END.search(folded, *paper.span)
    if ends is None:
        return None
    behind = paper.text.find("\f", ends.end(), paper.span[1])
    tables = [one for one in paper.record.tables if begins(one, 0) > behind and len(one.columns) >= _LEAST_COLUMNS]
    return min(tables, key=lambda one: begins(one, 0), default=None) if behind >= 0 else None
