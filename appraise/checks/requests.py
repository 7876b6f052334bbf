"""What to ask the sender for: papers that are missing, copies and figures that are unclear, papers that contradict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from appraise.appraisal import AppraisedCandidate, Check, Contradiction, FoundPaper, Request

__all__ = ["requests_for"]

# Checks that the sender cannot help with: the office's own lists, the guideline, the appraiser's judgement.
_OWN_WORK = ("exclusion", "deadline", "criterion", "similar_report", "outline")
_OWN_SUFFIX = ("difficult", "left_to_units", "merit", "share_of_communes", "average_growth")


def requests_for(
    papers: Sequence[FoundPaper], candidates: Sequence[AppraisedCandidate], contradictions: Sequence[Contradiction]
) -> list[Request]:
    """Requests, papers first, each once."""
    asked = [*_papers(papers), *(r for c in candidates for r in _figures(c)), *_contradicting(contradictions)]
    return list({(request.what, request.candidate): request for request in asked}.values())


def _papers(papers: Sequence[FoundPaper]) -> Iterator[Request]:
    for paper in papers:
        if paper.state == "not_met":
            yield Request(what=f"Bổ sung: {paper.name}", reason=paper.reason)
        elif paper.state == "unknown" and not _is_not_asked_for(paper):
            what = "Xác nhận số bản" if 0 < paper.scans < (paper.required or 0) else "Làm rõ"
            yield Request(what=f"{what}: {paper.name}", reason=paper.reason)


def _is_not_asked_for(paper: FoundPaper) -> bool:
    """A paper that is there while nobody knows what the dossier needs: no copies of it can be asked for."""
    return paper.required is None and paper.scans > 0


def _figures(candidate: AppraisedCandidate) -> Iterator[Request]:
    for check in candidate.checks:
        if check.state == "unknown" and not _is_own_work(check):
            yield Request(what=f"Bổ sung, làm rõ: {check.name}", candidate=candidate.name, reason=check.reason)
        elif check.state == "not_met" and check.id.startswith("papers."):
            yield Request(what=f"Bổ sung: {check.name}", candidate=candidate.name, reason=check.reason)


def _is_own_work(check: Check) -> bool:
    parts = check.id.split(".")
    return parts[0] in _OWN_WORK or any(part in _OWN_SUFFIX for part in parts[1:])


def _contradicting(contradictions: Sequence[Contradiction]) -> Iterator[Request]:
    for found in contradictions:
        reason = f"các giấy tờ ghi khác nhau: {'; '.join(found.values)}"
        yield Request(what=f"Làm rõ: {found.what}", candidate=found.candidate, reason=reason)
