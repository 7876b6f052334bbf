"""Consistency: printed places of one record that cannot all be right, each contradiction with all its places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from extract.check_dates import DATE_CHECKS
from extract.check_heads import annex_against_head
from extract.check_lists import LIST_CHECKS
from extract.check_numbers import NUMBER_CHECKS
from extract.check_scope import Locate, Scope
from extract.check_tables import TABLE_CHECKS
from extract.patterns import Source
from extract.record import Contradiction, Record

__all__ = ["contradiction_warnings", "find_contradictions"]

_CHECKS: tuple[Callable[[Scope], Iterator[Contradiction]], ...] = (*DATE_CHECKS, *NUMBER_CHECKS, *TABLE_CHECKS)
_NO_TEXT = Source("", "")
_MOST = 200  # a table read askew may disagree in every cell; nobody reads more


def find_contradictions(record: Record, source: Source = _NO_TEXT, locate: Locate | None = None) -> list[Contradiction]:
    """Everything in a record that contradicts something else in it, in the order of the checks.

    Args:
        record: Fields, values and tables as read.
        source: The text that their spans count in (``text.txt``); without it, checks of words between values are left
            out.
        locate: Gives the places of a stretch of the text on its pages; without it, only values have places.
    """
    text, folded = source.text, source.folded
    documents = record.parts or (record,)
    scopes = [Scope(item.document, item.values, item.tables, text, folded, locate) for item in documents]
    tables = [table for scope in scopes for table in scope.tables]
    # lists are often in an annex of their own
    whole = Scope(record.document, record.values, tables, text, folded, locate)
    found = chain(
        annex_against_head(scopes),
        *(check(scope) for check in _CHECKS for scope in scopes),
        *(check(whole) for check in LIST_CHECKS),
    )
    return list(islice(found, _MOST))


def contradiction_warnings(contradictions: Sequence[Contradiction]) -> list[str]:
    """Lines for ``record.warnings``: the check, and the values with their pages."""
    return [f"{item.check}: {' / '.join(item.values[:4])}{_pages(item)}" for item in contradictions]


def _pages(item: Contradiction) -> str:
    pages = sorted({place.page for place in item.places})
    return f" (page {', '.join(map(str, pages))})" if pages else ""
