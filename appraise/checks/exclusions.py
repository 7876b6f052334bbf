"""Earlier awards that bar a candidate, from the office's registry and from what the dossier itself tells.

Found in the registry: ``not_met`` with the entry. A name that is only near, a person without place, an award of no
known year: for a person. Where the rule names an award, only that one bars. No registry, or one that tells nothing of
the period: unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appraise.appraisal import AppraisedCandidate, Check, Claim, Evidence
from appraise.checks.barred_awards import BarredAward, barred_award, clause_of, is_other_award, names_awards
from appraise.checks.check_basis import Basis
from appraise.checks.movements import is_of_other_movement, movement_words
from appraise.checks.registry import EarlierAward, Registry
from appraise.checks.verdict import Verdict, check_of, evidence_of, is_weak, said, years_in
from appraise.reading.names_alike import alike, same_place
from appraise.rules import CandidateClass, Criterion, Exclusion, Window
from corpus.attention import WEAK_CONFIDENCE
from normalize.folding import fold

__all__ = ["check_exclusions", "registry_of"]

_PEOPLE: frozenset[CandidateClass | None] = frozenset(
    {"family", "official", "individual", "worker", "entrepreneur", None}
)
_IN_DISTRICT: frozenset[CandidateClass | None] = frozenset({"commune", "difficult_commune", "hamlet"})
# Of the province or above: what a guideline means by "đã được khen thưởng" at least.
_CERTIFICATES = (
    "bang_khen_tinh",
    "bang_khen_thu_tuong",
)


@dataclass(frozen=True, slots=True)
class _Bar:
    """Earlier awards that bar.

    Attributes:
        period: When they were given.
        award: Which one, where the rule or an answer to its question says so.
        like: The standard's own award where nothing says which: another one is for a person.
        movement: Words of the guideline's movement; None: merits of any bar.
    """

    period: Window
    award: BarredAward | None
    like: BarredAward | None
    movement: tuple[str, ...] | None


def check_exclusions(criterion: Criterion, candidate: AppraisedCandidate, basis: Basis) -> Iterator[Check]:
    """One check for each period that bars the candidates of a criterion, and for those of its neighbours that may."""
    for exclusion in criterion.exclusions:
        verdict = _excluded(_bar(criterion, exclusion, basis), candidate, basis)
        yield _check(criterion, exclusion, verdict)
    for neighbour, exclusion in _of_neighbours(criterion, basis.rules.criteria):
        verdict = _excluded(_bar(neighbour, exclusion, basis), candidate, basis)
        if exclusion.reach in {"letter", "item"}:
            yield _check(criterion, exclusion, verdict)
        elif verdict.state in {"not_met", "person"}:
            reason = f"{verdict.reason}; loại trừ ghi ở {neighbour.place.item}, chưa rõ có áp dụng cho tiêu chuẩn này"
            yield _check(criterion, exclusion, Verdict("person", reason, verdict.figures, verdict.where))


def _bar(criterion: Criterion, exclusion: Exclusion, basis: Basis) -> _Bar:
    clause = exclusion.text or clause_of(criterion.quote, exclusion.period.first)
    named = barred_award(clause)
    answer = basis.barring.get(criterion.id)
    if answer == "any":
        return _Bar(exclusion.period, named, None, None)
    movement = movement_words(basis.rules)
    own = BarredAward(criterion.award, by_whom=criterion.award != "giay_khen")
    if answer == "same":
        return _Bar(exclusion.period, named or own, None, movement)
    return _Bar(exclusion.period, named, None if names_awards(clause) else own, movement)


def registry_of(basis: Basis) -> Registry | None:
    """The registry given, and the list of earlier awards in the folder of lists, as one."""
    given = [registry for registry in (basis.registry, basis.lists.awards) if registry is not None]
    if len(given) < 2:
        return given[0] if given else None
    first, second = given
    return Registry(
        (*first.entries, *second.entries), (*first.files, *second.files), (*first.warnings, *second.warnings)
    )


def _check(criterion: Criterion, exclusion: Exclusion, verdict: Verdict) -> Check:
    period = f"{exclusion.period.first}-{exclusion.period.last}"
    return check_of(
        verdict,
        f"exclusion.{criterion.id}.{period}",
        f"Không thuộc diện đã được khen thưởng giai đoạn {period}",
        rule=criterion.id,
        confirmed=criterion.status == "confirmed",
    )


def _of_neighbours(criterion: Criterion, criteria: Sequence[Criterion]) -> Iterator[tuple[Criterion, Exclusion]]:
    """Exclusions of other criteria that may reach this one: of the same letter, or of the same item."""
    own = {(e.period.first, e.period.last) for e in criterion.exclusions}
    seen: set[tuple[int, int]] = set()
    for other in criteria:
        if other.id == criterion.id:
            continue
        for exclusion in other.exclusions:
            period = (exclusion.period.first, exclusion.period.last)
            if exclusion.reach != "dash" and period not in own | seen and _reaches(exclusion, other, criterion):
                seen.add(period)
                yield other, exclusion


def _reaches(exclusion: Exclusion, other: Criterion, criterion: Criterion) -> bool:
    """Whether both stand in one letter (III.3.2.1.d of III.3.2.1.d.-3), or in one item if it reaches so far."""
    theirs, own = _above(other.place.item), _above(criterion.place.item)
    if not theirs or not own:
        return False
    if exclusion.reach == "item":
        return theirs.rpartition(".")[0] == own.rpartition(".")[0]
    return theirs == own


def _above(path: str) -> str:
    """The letter that an item stands in: itself where it is one, else what its dash stands below."""
    head, _, last = path.rpartition(".")
    return head if last[:1] in {"-", "+", "*"} else path


def _excluded(bar: _Bar, candidate: AppraisedCandidate, basis: Basis) -> Verdict:
    period, registry = bar.period, registry_of(basis)
    in_registry = _in_registry(bar, candidate, registry) if registry else None
    in_dossier = _in_dossier(bar, candidate)
    verdicts = [verdict for verdict in (in_registry, in_dossier) if verdict is not None]
    for state in ("not_met", "person"):
        found = [verdict for verdict in verdicts if verdict.state == state]
        if found:
            where = [place for verdict in found for place in verdict.where]
            return Verdict(found[0].state, "; ".join(v.reason for v in found), found[0].figures, where)
    if registry is None:
        return Verdict("unknown", "chưa có danh sách khen thưởng trước đây để tra")
    if candidate.where and max(place.confidence for place in candidate.where) < WEAK_CONFIDENCE:
        return Verdict("person", "tên đọc chưa chắc nên chưa tra được danh sách", {}, candidate.where)
    files = ", ".join(registry.files)
    told = registry.years
    if told is None or told[1] < period.first or told[0] > period.last:
        return Verdict("unknown", f"danh sách {files} không có mục nào của giai đoạn {period.first}-{period.last}")
    figures = {"entries": len(registry.entries), "first_year": told[0], "last_year": told[1]}
    return Verdict("met", f"không thấy trong danh sách {files} (năm {told[0]}-{told[1]})", figures)


def _in_registry(bar: _Bar, candidate: AppraisedCandidate, registry: Registry) -> Verdict | None:
    """The entry that bars the candidate, or may."""
    names = [candidate.name, *candidate.names_read]
    doubtful: list[tuple[EarlierAward, str]] = []
    for entry in registry.near(names):
        likeness = {alike(name, entry.name) for name in names}
        if likeness == {"other"} or _other_place(candidate, entry) or _outside(entry, bar.period):
            continue
        other = is_other_award(bar.award, entry.award)
        if other:
            continue
        why = _doubt(candidate, entry, certain="same" in likeness, period=bar.period)
        why = why or ("chưa rõ có phải hình thức khen thưởng mà quy định nêu" if other is None else "")
        if why := why or _unlike(entry, bar):
            doubtful.append((entry, why))
        else:
            reason = f"đã được khen thưởng: {entry.told()} ({entry.place})"
            return Verdict("not_met", reason, {"entry": entry.place}, [_at(entry)])
    if doubtful:
        reason = "; ".join(f"{entry.told()} ({entry.place}): {why}" for entry, why in doubtful[:3])
        return Verdict("person", reason, {"entry": doubtful[0][0].place}, [_at(entry) for entry, _ in doubtful])
    return None


def _outside(entry: EarlierAward, period: Window) -> bool:
    return entry.years is not None and (entry.years[1] < period.first or entry.years[0] > period.last)


def _other_place(candidate: AppraisedCandidate, entry: EarlierAward) -> bool:
    """Whether the entry is of another place: another district, or for people another commune."""
    if same_place(entry.district, candidate.district) is False:
        return True
    return candidate.class_ in _PEOPLE and same_place(entry.commune, candidate.commune) is False


def _doubt(candidate: AppraisedCandidate, entry: EarlierAward, *, certain: bool, period: Window) -> str:
    """Why a person must look at an entry; "" where it surely is the candidate's."""
    if not certain:
        return "tên gần giống"
    if entry.years is None:
        return "không rõ năm khen thưởng"
    if entry.years[0] < period.first or entry.years[1] > period.last:
        return "giai đoạn khen thưởng không trùng hẳn"
    if candidate.class_ in _PEOPLE and not _same_home(candidate, entry):
        return "trùng tên, chưa rõ có phải cùng một người"
    if candidate.class_ in _IN_DISTRICT and not same_place(entry.district, candidate.district):
        return "trùng tên, chưa rõ huyện"
    return ""


def _unlike(entry: EarlierAward, bar: _Bar) -> str:
    """Why an entry may not be what the rule means, which names neither award nor merit."""
    if is_other_award(bar.like, entry.award):
        return "hình thức khen thưởng khác, quy định không nêu hình thức nào"
    if bar.movement and is_of_other_movement(entry.merit, bar.movement):
        return "thành tích trong phong trào khác"
    return ""


def _same_home(candidate: AppraisedCandidate, entry: EarlierAward) -> bool:
    if same_place(entry.commune, candidate.commune):
        return True
    unit, told = fold(entry.unit), [fold(part) for part in (candidate.unit, candidate.commune) if part]
    return bool(unit) and any(part in unit or unit in part for part in told)


def _at(entry: EarlierAward) -> Evidence:
    file, _, line = entry.place.partition(", dòng ")
    return Evidence(file=file, page=1, quote=f"dòng {line}: {entry.told()}")


def _in_dossier(bar: _Bar, candidate: AppraisedCandidate) -> Verdict | None:
    """Awards of the period that the dossier tells: barred for sure only by a certificate for this movement."""
    awards = [
        claim
        for claim in candidate.claims
        if claim.kind == "award" and claim.value is not False and not is_other_award(bar.award, claim.text)
    ]
    period = bar.period
    inside = [c for c in awards if any(period.first <= year <= period.last for year in _told_years(c))]
    undated = [claim for claim in awards if not _told_years(claim)]
    if not inside and undated:
        told = "; ".join(dict.fromkeys(claim.text for claim in undated))
        return Verdict("person", f"hồ sơ ghi đã được khen, không rõ năm: {told}", {}, evidence_of(undated))
    if not inside:
        return None
    told = "; ".join(dict.fromkeys(claim.text for claim in inside))
    for claim in inside:
        sure = is_other_award(bar.award, claim.text) is False and not is_weak(claim)
        sure = sure and claim.value in _CERTIFICATES and not is_other_award(bar.like, claim.text)
        if sure and (bar.movement is None or said(claim.text, bar.movement)):
            return Verdict("not_met", f"hồ sơ ghi đã được khen thưởng: {claim.text}", {}, evidence_of([claim]))
    reason = f"hồ sơ ghi đã được khen: {told}; chưa rõ có thuộc diện loại trừ"
    return Verdict("person", reason, {}, evidence_of(inside))


def _told_years(claim: Claim) -> set[int]:
    return {claim.year} if claim.year is not None else years_in(claim.text)
