"""A list and the summary of merits that stand on one page, each with its own title and table, are two papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from appraise.dossier import DossierPaper
from appraise.reading.papers import named_paper, paper_tabled, paper_titled
from appraise.reading.stretches import begins, stretch

__all__ = ["two_of_one_page"]

_PAIR = ("list", "summary")
_LINE = regex.compile(r"(?m)(?<![^\n\f])[^\S\n\f]{0,60}(?P<title>\p{Lu}[^\n\f\t|]{5,90})$")


def two_of_one_page(paper: DossierPaper) -> Iterator[DossierPaper]:
    """The paper; where the other's title and table stand below its own title and table, both of them."""
    titles = [*_stamped_over(paper), *_titles(paper)] if paper.kind in _PAIR else []
    titles.sort()
    first = titles[0] if titles else None
    second = next((title for title in titles if first is not None and title[1] != first[1]), None)
    if first is None or second is None:
        yield paper
        return
    at = second[0]
    above = [table for table in paper.record.tables if begins(table, paper.span[0]) < at]
    below = [table for table in paper.record.tables if table not in above]
    if not above or not below:
        yield paper
        return
    start, end = paper.span
    cut = 1 + paper.text.count("\f", 0, at)
    upper = [page for page in paper.pages if page <= cut]
    lower = [page for page in paper.pages if page >= cut]
    yield replace(
        paper,
        kind=first[1],
        name=first[2],
        pages=tuple(upper or paper.pages),
        span=(start, at),
        record=stretch(paper.record, above, start, at),
    )
    yield replace(
        paper,
        kind=second[1],
        name=second[2],
        pages=tuple(lower or paper.pages),
        span=(at, end),
        record=stretch(paper.record, below, at, end),
    )


def _titles(paper: DossierPaper) -> Iterator[tuple[int, str, str]]:
    """Lines in capitals that are the title of one of the two: (where, kind, name)."""
    for match in _LINE.finditer(paper.text, *paper.span):
        title = " ".join(match["title"].split())
        known = paper_titled(title, _PAIR) if title.isupper() else None
        if known is not None:
            yield match.start("title"), known.id, known.name


def _stamped_over(paper: DossierPaper) -> Iterator[tuple[int, str, str]]:
    """The list's title that a stamp hides: told by the columns of the first table, or by its place above the other."""
    first = min(paper.record.tables, key=lambda table: begins(table, paper.span[0]), default=None)
    known = paper_tabled(first, _PAIR) if first is not None else None
    titled = next(_titles(paper), None)
    if known is not None and paper.kind != known.id:
        yield paper.span[0], known.id, known.name
    elif first is not None and titled is not None and titled[1] == "summary" and begins(first, 0) < titled[0]:
        yield paper.span[0], "list", named_paper("list").name
