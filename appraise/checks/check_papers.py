"""The papers of a dossier against the set that the guideline asks for, and each candidate's report with its copies.

A paper that is not seen is missing only where everything was read: a file that could not be opened, or a paper whose
kind could not be told, may be the one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from appraise.appraisal import AppraisedCandidate, Check, Evidence, FoundPaper, State
from appraise.checks.check_basis import Basis
from appraise.checks.verdict import Verdict, check_of
from appraise.dossier import Dossier, DossierPaper
from appraise.guideline.phrases import data_file
from appraise.reading.names_alike import alike
from appraise.rules import DossierSet, RequiredPaper, RuleBook

__all__ = ["check_papers", "check_reports", "paper_pages", "reports_of", "sets_for"]

_REPORT = "achievement_report"
_FARMERS = ("family", "worker")
_WORST_FIRST: tuple[State, ...] = ("not_met", "unknown", "person", "met")


def sets_for(candidates: Sequence[AppraisedCandidate], rules: RuleBook) -> list[DossierSet]:
    """The compositions that the candidates' awards and classes ask for, each once, in the order of the rules."""
    wanted = {name for candidate in candidates for name in _set_names(candidate, rules)}
    return [held for held in rules.dossier_sets if held.for_ in wanted]


def check_papers(candidates: Sequence[AppraisedCandidate], basis: Basis) -> list[FoundPaper]:
    """Papers asked for, with their state; then those that came along (kèm theo), which nobody asked for."""
    dossier = basis.dossier
    required = _required(sets_for(candidates, basis.rules))
    found = [_held_against(paper, candidates, basis) for paper in required.values()]
    for kind, papers in dossier.by_kind.items():
        if kind not in required:
            found.append(_came_along(kind, papers, known=bool(required)))
    found += [_unrecognised(paper) for paper in dossier.papers if paper.kind is None]
    return found


def check_reports(
    candidate: AppraisedCandidate, candidates: Sequence[AppraisedCandidate], basis: Basis
) -> Iterator[Check]:
    """Whether the candidate has a report of his own, in as many copies as his set asks for.

    Args:
        candidate: One of them.
        candidates: All: a report that is nobody's may be his.
        basis: The dossier and the rules.
    """
    for held in sets_for([candidate], basis.rules):
        for paper in held.papers:
            if paper.kind == _REPORT:
                paper = paper if paper.copies is not None else paper.model_copy(update={"copies": held.sets})
                verdict = _own_reports(paper, candidate, candidates, basis.dossier)
                confirmed = held.status == "confirmed"
                yield check_of(verdict, f"papers.{_REPORT}", "Báo cáo thành tích của đối tượng", confirmed=confirmed)


def reports_of(candidate: AppraisedCandidate, dossier: Dossier) -> list[DossierPaper]:
    """Reports on the candidate: those in which he was found as the one whom they are about."""
    places = {(place.file, place.page) for place in candidate.where}
    return [
        paper for paper in dossier.by_kind.get(_REPORT, ()) if any((paper.file, page) in places for page in paper.pages)
    ]


def paper_pages(papers: Sequence[DossierPaper]) -> list[Evidence]:
    """First page of each scan of the papers."""
    copies = [copy for paper in papers for copy in (paper.copies or ((paper.file, paper.pages[0]),))]
    return [Evidence(file=file, page=page) for file, page in dict.fromkeys(copies)]


def _set_names(candidate: AppraisedCandidate, rules: RuleBook) -> list[str]:
    names = {held.for_ for held in rules.dossier_sets}
    if candidate.award == "bang_khen_thu_tuong":
        return ["prime_minister"]
    if candidate.award == "bang_khen_tinh":
        farmers = candidate.class_ in _FARMERS and "farmers_families" in names
        return ["farmers_families" if farmers else "province"]
    return ["other"] if candidate.award == "other" else []


def _required(sets: Sequence[DossierSet]) -> dict[str, RequiredPaper]:
    """Each kind once, with the largest number of copies; what comes with a paper is asked for too."""
    required: dict[str, RequiredPaper] = {}
    for held in sets:
        for asked in held.papers:
            # "02 bộ, mỗi bộ gồm ..." without copies: one in each
            paper = asked if asked.copies is not None else asked.model_copy(update={"copies": held.sets})
            with_it = [RequiredPaper(kind=kind, copies=paper.copies, text=paper.text) for kind in paper.with_]
            for one in (paper, *with_it):
                known = required.get(one.kind)
                if known is None or (one.copies or 0) > (known.copies or 0):
                    required[one.kind] = one
    return required


def _held_against(required: RequiredPaper, candidates: Sequence[AppraisedCandidate], basis: Basis) -> FoundPaper:
    dossier = basis.dossier
    papers = dossier.by_kind.get(required.kind, ())
    if required.kind == _REPORT and candidates:
        verdict = _all_reports(candidates, basis)
    else:
        verdict = _counted(required, papers, dossier)
        if not papers and (table := _in_submission(required.kind, dossier)):
            verdict = table
    return FoundPaper(
        kind=required.kind,
        name=papers[0].name if papers else _name_of(required),
        files=list(dict.fromkeys(paper.file for paper in papers)),
        pages=paper_pages(papers),
        scans=_scans(papers),
        required=required.copies,
        state=verdict.state,
        reason=verdict.reason,
    )


def _name_of(required: RequiredPaper) -> str:
    names = {paper["id"]: paper["name"] for paper in data_file("papers.toml")["paper"]}
    return str(names.get(required.kind, required.text or required.kind))


def _counted(required: RequiredPaper, papers: Sequence[DossierPaper], dossier: Dossier) -> Verdict:
    """Scans against the copies asked for: as many or more are met, one alone says nothing of the others."""
    scans, copies = _scans(papers), required.copies or 1
    figures: dict[str, object] = {"scans": scans, "required": required.copies}
    where = paper_pages(papers)
    if not scans:
        return _not_seen(dossier, figures)
    told = f"có {scans} bản quét, quy định {copies:02d} bản"
    state: State
    if max(map(_copies, papers)) >= copies:
        state, reason = "met", told
    elif scans >= copies:
        state, reason = "person", f"{told}, nhưng các bản không giống nhau: cần xem có phải cùng một văn bản"
    elif scans == 1:
        state, reason = "unknown", f"{told}: chưa rõ số bản giấy"
    elif _unseen(dossier):
        state, reason = "unknown", f"{told}; {_unseen(dossier)}"
    else:
        state, reason = "not_met", f"{told}: thiếu {copies - scans} bản"
    return Verdict(state, reason, figures, where)


def _own_reports(
    required: RequiredPaper, candidate: AppraisedCandidate, candidates: Sequence[AppraisedCandidate], dossier: Dossier
) -> Verdict:
    reports = reports_of(candidate, dossier)
    verdict = _counted(required, reports, dossier)
    owned = [paper for other in candidates for paper in reports_of(other, dossier)]
    orphans = [paper for paper in dossier.by_kind.get(_REPORT, ()) if paper not in owned]
    if not reports and orphans:
        names = ", ".join(f"{paper.file} trang {paper.pages[0]}" for paper in orphans)
        return Verdict("unknown", f"có báo cáo chưa rõ của ai: {names}", verdict.figures, paper_pages(orphans))
    others = [other for other in candidates if other is not candidate]
    namesakes = [other for other in others if alike(candidate.name, other.name) != "other"]
    theirs = [paper for other in namesakes for paper in reports_of(other, dossier)]
    if not reports and theirs:
        reason = f"có báo cáo của {namesakes[0].name}, tên gần giống: chưa rõ có phải cùng một đối tượng"
        return Verdict("unknown", reason, verdict.figures, paper_pages(theirs))
    return verdict


def _all_reports(candidates: Sequence[AppraisedCandidate], basis: Basis) -> Verdict:
    """The reports of all candidates, each against his own set; the worst of them tells the state."""
    checks = [(c.name, check) for c in candidates for check in check_reports(c, candidates, basis)]
    state = min((check.state for _, check in checks), key=_WORST_FIRST.index)
    open_ones = [f"{name} ({check.reason})" for name, check in checks if check.state != "met"]
    reason = f"{len(checks) - len(open_ones)}/{len(checks)} đối tượng có đủ số bản"
    return Verdict(state, f"{reason}; cần xem: {'; '.join(open_ones)}" if open_ones else reason)


def _scans(papers: Sequence[DossierPaper]) -> int:
    return sum(map(_copies, papers))


def _copies(paper: DossierPaper) -> int:
    return max(1, len(paper.copies))


def _not_seen(dossier: Dossier, figures: dict[str, object]) -> Verdict:
    if unseen := _unseen(dossier):
        return Verdict("unknown", f"không thấy trong phần đã đọc được; {unseen}", figures)
    return Verdict("not_met", "không thấy trong hồ sơ đã quét", figures)


def _unseen(dossier: Dossier) -> str:
    """What was not read and may be what is missing; "" where all was."""
    told = []
    if dossier.unread:
        told.append(f"không đọc được tệp {', '.join(name for name, _ in dossier.unread)}")
    pages = [
        f"{file.name} trang {page.page}"
        for file in dossier.files
        for page in file.record.quality.pages
        if any(warning.partition(":")[0] == "failed" for warning in page.warnings)
    ]
    if pages:
        told.append(f"không đọc được {', '.join(pages)}")
    unknown = [f"{paper.file} trang {paper.pages[0]}" for paper in dossier.papers if paper.kind is None]
    if unknown:
        told.append(f"chưa nhận ra loại giấy tờ ở {', '.join(unknown)}")
    return "; ".join(told)


def _in_submission(kind: str, dossier: Dossier) -> Verdict | None:
    """A list or summary that may stand inside the submission: it has a table."""
    if kind not in {"list", "summary"}:
        return None
    papers = [*dossier.by_kind.get("submission", ()), *dossier.by_kind.get("list", ())]
    tables = [Evidence(file=p.file, page=table.pages[0]) for p in papers for table in p.record.tables]
    if not tables:
        return None
    reason = "không có văn bản riêng; có bảng trong tờ trình hoặc danh sách, cần xem"
    return Verdict("person", reason, {}, tables)


def _came_along(kind: str, papers: Sequence[DossierPaper], *, known: bool) -> FoundPaper:
    return FoundPaper(
        kind=kind,
        name=papers[0].name,
        files=list(dict.fromkeys(paper.file for paper in papers)),
        pages=paper_pages(papers),
        scans=_scans(papers),
        state="met" if known else "unknown",
        reason="kèm theo, quy định không yêu cầu" if known else "chưa rõ hồ sơ thuộc loại nào nên chưa đối chiếu được",
    )


def _unrecognised(paper: DossierPaper) -> FoundPaper:
    return FoundPaper(
        kind="unknown",
        name=paper.name,
        files=[paper.file],
        pages=paper_pages([paper]),
        scans=_scans([paper]),
        state="person",
        reason="chưa nhận ra loại giấy tờ",
    )
