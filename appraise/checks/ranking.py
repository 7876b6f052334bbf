"""Data for a ranking sheet over all districts ("cao nhất, nhì"): what dossiers tell and what the office's list gives.

One dossier never proves a rank, so nothing here is a verdict: rows are sorted, gaps stay gaps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from appraise.appraisal import Appraisal, Evidence
from appraise.checks.office_lists import CommuneYear, OfficeLists
from appraise.checks.verdict import raw_number
from appraise.reading.names_alike import bare_name
from appraise.rules import Window
from extract.place_lists import place_key

__all__ = ["RankingRow", "ranking"]


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One district. ``told_*`` from its dossier, ``listed_*`` computed from the list of criteria; None: no data.

    Attributes:
        district: Its name.
        told_share: Percent of communes that reached the standard.
        told_growth: Average gain of criteria a commune.
        listed_share: The same from the list: communes with all criteria, of those listed for the last year.
        listed_growth: The same from the list, over communes listed for both years.
        communes: How many communes the list has for the last year.
        where: Where the dossier tells it.
    """

    district: str
    told_share: float | None = None
    told_growth: float | None = None
    listed_share: float | None = None
    listed_growth: float | None = None
    communes: int = 0
    where: tuple[Evidence, ...] = ()


def ranking(appraisals: Iterable[Appraisal], lists: OfficeLists, window: Window | None = None) -> list[RankingRow]:
    """A row for each district that a dossier proposes or the list names, highest average gain first.

    Args:
        appraisals: Of the round; read once.
        lists: Of the office; without the list of criteria only the dossiers' own figures are there.
        window: The gain is counted from the year before it to its last year that the list has.
    """
    names, told = _told(appraisals)
    listed: dict[str, list[CommuneYear]] = {}
    for entry in lists.criteria or ():
        key = _key(entry.district or "")
        names.setdefault(key, entry.district or "")
        listed.setdefault(key, []).append(entry)
    rows = [_row(name, told.get(key, {}), listed.get(key, []), window) for key, name in names.items() if key]
    return sorted(rows, key=lambda row: (-(row.listed_growth or row.told_growth or 0), row.district))


def _told(appraisals: Iterable[Appraisal]) -> tuple[dict[str, str], dict[str, dict[str, tuple[float, list[Evidence]]]]]:
    names: dict[str, str] = {}
    told: dict[str, dict[str, tuple[float, list[Evidence]]]] = {}
    for appraisal in appraisals:
        for candidate in appraisal.candidates:
            if candidate.class_ != "district":
                continue
            key = _key(candidate.name)
            names.setdefault(key, candidate.name)
            for claim in candidate.claims:
                number = raw_number(claim)
                if claim.kind in {"share_of_communes", "average_growth"} and number is not None:
                    told.setdefault(key, {}).setdefault(claim.kind, (number, claim.where))
    return names, told


def _row(
    name: str, told: dict[str, tuple[float, list[Evidence]]], listed: list[CommuneYear], window: Window | None
) -> RankingRow:
    years = sorted({e.year for e in listed if window is None or window.first - 1 <= e.year <= window.last})
    last = {e.commune: e for e in listed if years and e.year == years[-1]}
    first_year = window.first - 1 if window else (years[0] if years else None)
    first = {e.commune: e for e in listed if e.year == first_year}
    both = [commune for commune in last if commune in first] if years and years[-1] != first_year else []
    whole = [e for e in last.values() if e.of]
    return RankingRow(
        district=name,
        told_share=told["share_of_communes"][0] if "share_of_communes" in told else None,
        told_growth=told["average_growth"][0] if "average_growth" in told else None,
        listed_share=round(100 * sum(e.reached == e.of for e in whole) / len(whole), 2) if whole else None,
        listed_growth=round(sum(last[c].reached - first[c].reached for c in both) / len(both), 3) if both else None,
        communes=len(last),
        where=tuple(place for _, places in told.values() for place in places),
    )


def _key(district: str) -> str:
    return place_key(bare_name(district))
