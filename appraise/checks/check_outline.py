"""Whether a report has the headings that it should have. One that is missing is a remark, never a defect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex
from rapidfuzz import fuzz

from appraise.appraisal import AppraisedCandidate, Check, Evidence
from appraise.checks.check_basis import Basis
from appraise.checks.check_papers import reports_of
from appraise.checks.verdict import Verdict, check_of
from appraise.dossier import DossierPaper
from appraise.guideline.phrases import data_file
from extract.record import Heading
from normalize.folding import fold

__all__ = ["check_movement_reports", "check_report_form"]

_ALIKE = 80.0  # of 100, by rapidfuzz: headings are shortened and reworded
_LONGEST_LINE = 120
_MOVEMENT = ("tong ket", "so ket")
_MARK = regex.compile(r"^[\s\W]{0,4}(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])\s{0,2}[.)/:-]\s{0,3}")


@cache
def _form() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((heading["name"], tuple(heading["says"])) for heading in data_file("report_forms.toml")["heading"])


def check_report_form(candidate: AppraisedCandidate, basis: Basis) -> Iterator[Check]:
    """The headings of the report form, in the candidate's own report."""
    for report in reports_of(candidate, basis.dossier)[:1]:
        lines = _heading_lines(report)
        missing = [name for name, phrases in _form() if not any(p in line for line in lines for p in phrases)]
        yield check_of(_verdict(report, missing, len(_form())), "outline.form", "Bố cục báo cáo thành tích (mẫu)")


def check_movement_reports(basis: Basis) -> Iterator[Check]:
    """The guideline's own outline, in reports on the movement (báo cáo tổng kết) that came with the dossier."""
    wanted = [item.title for item in basis.rules.report_outline]
    if not wanted:
        return
    for report in basis.dossier.papers:
        if _is_movement_report(report):
            lines = _heading_lines(report)
            missing = [title for title in wanted if not any(_alike(title, line) for line in lines)]
            yield check_of(_verdict(report, missing, len(wanted)), "outline.report", "Bố cục báo cáo theo đề cương")


def _is_movement_report(paper: DossierPaper) -> bool:
    kind, subject = paper.record.document.type, paper.record.document.subject
    said = fold(str(subject.value)) if subject is not None else ""
    return kind is not None and fold(str(kind.value)) == "bao cao" and any(word in said for word in _MOVEMENT)


def _verdict(report: DossierPaper, missing: Sequence[str], wanted: int) -> Verdict:
    where = [Evidence(file=report.file, page=report.pages[0])]
    figures = {"wanted": wanted, "missing": list(missing)}
    if not missing:
        return Verdict("met", "có đủ các mục", figures, where)
    # OCR loses headings, and authors give them other words: nothing is concluded from silence
    return Verdict("person", f"không thấy mục: {'; '.join(missing)} (nhận xét, không phải thiếu sót)", figures, where)


def _heading_lines(report: DossierPaper) -> list[str]:
    """Folded headings of the outline, and all short lines: a heading without a number is no item of the outline."""
    lines = [line for line in report.text[slice(*report.span)].splitlines() if 0 < len(line) <= _LONGEST_LINE]
    return [_MARK.sub("", fold(line)).strip() for line in [*_titles(report.record.outline), *lines]]


def _titles(headings: Sequence[Heading]) -> Iterator[str]:
    for heading in headings:
        yield heading.title
        yield from _titles(heading.children)


def _alike(title: str, line: str) -> bool:
    return fuzz.ratio(fold(title), line) >= _ALIKE
