"""Figures and facts that differ between papers of one dossier, and those that the records of papers hold already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from appraise.appraisal import AppraisedCandidate, Claim, Contradiction, Evidence
from appraise.checks.criteria_growth import level_year
from appraise.checks.gifts import gifts_of
from appraise.checks.office_lists import OfficeLists
from appraise.checks.verdict import amount, evidence_of, plain, raw_number, source_of, years_in
from appraise.dossier import Dossier, DossierPaper
from extract.record import Contradiction as RecordedContradiction

__all__ = ["find_contradictions", "misread_dates"]

# Checks of a record that hold two dates of one paper against each other.
_OF_DATES = ("two_dates", "annex_date", "reference_after_document", "date_after_signature", "signed_long_after_date")
# What one candidate can have but one of in a year; gifts are many and compared as sums.
_ONE_A_YEAR = {
    "criteria_level": ("số tiêu chí đạt", "tiêu chí"),
    "baseline": ("số tiêu chí đạt", "tiêu chí"),
    "criteria_gain": ("mức tăng tiêu chí", "tiêu chí"),
    "rating": ("xếp loại", None),
    "income": ("thu nhập", "đồng"),
}


def find_contradictions(
    candidates: Sequence[AppraisedCandidate], dossier: Dossier, lists: OfficeLists
) -> list[Contradiction]:
    """All of them: of each candidate, then those of single papers."""
    found = [item for candidate in candidates for item in _of_candidate(candidate, lists)]
    return found + list(_of_papers(dossier))


def _of_candidate(candidate: AppraisedCandidate, lists: OfficeLists) -> Iterator[Contradiction]:
    yield from _by_year(candidate)
    yield from _sums(candidate)
    yield from _votes(candidate)
    yield from _against_list(candidate, lists)


def _by_year(candidate: AppraisedCandidate) -> Iterator[Contradiction]:
    """Two numbers for one thing in one year."""
    groups: dict[tuple[str, int], list[Claim]] = {}
    for claim in candidate.claims:
        year = level_year(claim)
        if claim.kind in _ONE_A_YEAR and year is not None:
            name, _ = _ONE_A_YEAR[claim.kind]
            groups.setdefault((name, year), []).append(claim)
    for (name, year), claims in groups.items():
        unit = _ONE_A_YEAR[claims[0].kind][1]
        values = dict.fromkeys(_printed(claim, unit) for claim in claims if _is_exact(claim))
        if len(values) > 1:
            yield Contradiction(
                what=f"{name} năm {year}", candidate=candidate.name, values=list(values), where=evidence_of(claims)
            )


def _is_exact(claim: Claim) -> bool:
    value = amount(claim)
    return claim.kind == "rating" or (value is not None and value.exact)


def _printed(claim: Claim, unit: str | None) -> str:
    return plain(raw_number(claim), unit) if raw_number(claim) is not None else str(claim.value or claim.text).lower()


def _sums(candidate: AppraisedCandidate) -> Iterator[Contradiction]:
    """Papers that each tell all gifts, with different sums."""
    gifts = gifts_of(candidate.claims, None)
    if len(gifts.sums) > 1:
        yield Contradiction(
            what="tổng giá trị đóng góp giữa các giấy tờ",
            candidate=candidate.name,
            values=[plain(value, "đồng") for value in gifts.sums],
            where=evidence_of(gifts.counted),
        )


def _votes(candidate: AppraisedCandidate) -> Iterator[Contradiction]:
    claims = [c for c in candidate.claims if c.kind == "votes" and isinstance(c.value, dict) and c.value.get("of")]
    told = dict.fromkeys(f"{c.value['for']}/{c.value['of']}" for c in claims)
    if len(told) > 1 and len({source_of(claim) for claim in claims}) > 1:
        yield Contradiction(what="số phiếu bầu", candidate=candidate.name, values=list(told), where=evidence_of(claims))


def _against_list(candidate: AppraisedCandidate, lists: OfficeLists) -> Iterator[Contradiction]:
    """Criteria reached as the dossier tells and as the office's list has them."""
    if candidate.class_ not in {"commune", "difficult_commune"} or not lists.criteria:
        return
    listed = {e.year: e for e in lists.criteria_of(candidate.commune or candidate.name, candidate.district)}
    for claim in candidate.claims:
        year = level_year(claim) if claim.kind in {"criteria_level", "baseline"} else None
        entry = listed.get(year) if year is not None else None
        value = amount(claim)
        if entry and value and not value.low <= entry.reached <= value.high:
            yield Contradiction(
                what=f"số tiêu chí đạt năm {year}: hồ sơ và danh sách của Văn phòng",
                candidate=candidate.name,
                values=[plain(raw_number(claim), "tiêu chí"), plain(entry.reached, "tiêu chí")],
                where=[*claim.where, Evidence(file=entry.place.partition(", dòng ")[0], page=1, quote=entry.place)],
            )


def _of_papers(dossier: Dossier) -> Iterator[Contradiction]:
    """What the record of one paper found: totals, percentages, announced counts."""
    for paper, found in _recorded(dossier):
        if not _is_misread_date(found, dossier):
            places = [Evidence(file=paper.file, page=place.page, box=place.box) for place in found.places]
            yield Contradiction(
                what=found.message,
                values=found.values,
                where=places or [Evidence(file=paper.file, page=paper.pages[0])],
            )


def misread_dates(dossier: Dossier) -> list[str]:
    """Dates that differ within a paper because one of them cannot be: named, and no contradiction of the sender's."""
    return [
        f"{paper.file} trang {paper.pages[0]}: có ngày sau ngày nhận hồ sơ, có thể đọc sai: {'; '.join(found.values)}"
        for paper, found in _recorded(dossier)
        if _is_misread_date(found, dossier)
    ]


def _recorded(dossier: Dossier) -> Iterator[tuple[DossierPaper, RecordedContradiction]]:
    return ((paper, found) for paper in dossier.papers for found in paper.record.contradictions)


def _is_misread_date(found: RecordedContradiction, dossier: Dossier) -> bool:
    """Whether two dates differ and one is of a year when the dossier was long received: "2091" of 2021."""
    if dossier.received is None or found.check not in _OF_DATES:
        return False
    return any(year > int(dossier.received[:4]) for value in found.values for year in years_in(value))
