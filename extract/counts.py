"""All that is counted, in one grammar: votes, criteria, ratios, copies, people and units, areas, percentages.

The order decides where two fit: "15/15 phiếu" is a vote before it is a ratio, "05 xã đạt chuẩn" a count of communes
that reached the standard before it is one of communes.
"""

from __future__ import annotations

from extract.areas import AREA_GRAMMAR
from extract.copies import COPIES_GRAMMAR
from extract.criteria import CRITERIA_GRAMMAR
from extract.patterns import Found, Source, find_all
from extract.shares import PERCENTAGE_GRAMMAR, RATIO_GRAMMAR
from extract.tallies import TALLY_GRAMMAR
from extract.votes import VOTE_GRAMMAR

__all__ = ["COUNT_GRAMMAR", "find_counts"]

COUNT_GRAMMAR = (
    *VOTE_GRAMMAR,
    *CRITERIA_GRAMMAR,
    *RATIO_GRAMMAR,
    *COPIES_GRAMMAR,
    *TALLY_GRAMMAR,
    *AREA_GRAMMAR,
    *PERCENTAGE_GRAMMAR,
)


def find_counts(source: Source) -> list[Found]:
    """All counts, shares, copies, votes and areas of a text."""
    return find_all(source, COUNT_GRAMMAR)
