"""Of whom an achievement report (báo cáo thành tích) tells: a line below its title, "Họ và tên", its closing words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from appraise.appraisal import Evidence
from appraise.dossier import DossierPaper
from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.reading.name_reading import NameRead, read_name
from appraise.reading.report_known import known_subject
from extract.record import Heading, Reading
from normalize.folding import fold_aligned

__all__ = ["ReportSubject", "labelled", "report_subject"]

_TITLED, _LABELLED, _CLOSING, _KNOWN, _ISSUER = 0.95, 0.95, 0.9, 0.85, 0.6
_TITLE_LINES = 8
_LONGEST_TITLE = 900  # characters between the head and the first heading
_REPORT_OF = regex.compile(
    r"\b(?:bao\s{1,3}cao\s{1,3})?(?:tom\s{1,3}tat\s{1,3})?thanh\s{1,3}tich\s{1,3}(?:\w{1,6}\s{1,3}){0,8}?cua\s{1,3}(?P<who>[^.;]{4,140})"
)
_END_OF_NAME = regex.compile(
    r"\s{0,2},?\s{1,3}(?:de nghi|kinh de nghi|trong phong trao|da|duoc|giai doan|trong giai)\b|\./?\.?$"
)
_LEAD = regex.compile(r"^[\W\d]{0,4}(?:[Cc]ủa|[Đđ]ối với|[Cc]ho|CỦA|ĐỐI VỚI|CHO)\s{1,3}")
_SENTENCE = regex.compile(
    r"(?!(?:th[oô]n|x[aã]|b[aả]n|x[oó]m|huy[eệ]n|t[iỉ]nh|khu|t[oổ]|sinh|tr[uú]|ch[uứ]|ph[oó]|"
    r"tr[uư]|gi[aá]m|b[ií] th|c[oô]ng|thu[oộ]c))\p{Ll}"
)
_OF_PEOPLE = regex.compile(
    r"\b(?:ho\s{1,3}va\s{1,3}ten|sinh\s{1,3}(?:nam|ngay)|gia\s{1,3}dinh\s{1,3}(?:ong|ba|toi)|ban\s{1,3}than)\b"
)
_TITLE = regex.compile(r"\bthanh\s{1,3}tich\b")


@dataclass(frozen=True, slots=True)
class ReportSubject:
    """The candidate of a report; ``detail`` is what stands beside the name and below "Nơi thường trú" and the like."""

    name: NameRead
    confidence: float
    where: tuple[Evidence, ...]
    detail: str


def report_subject(paper: DossierPaper, known: Sequence[NameRead] = ()) -> ReportSubject | None:
    """The candidate that a report names; None where nothing tells, for a report of nobody known is of nobody.

    Args:
        paper: The report.
        known: Whom the lists of the dossier name: looked for where the report has no line of its own that names one.
    """
    detail = ", ".join(
        value for labels in ("post_labels", "unit_labels", "place_labels") for value, _ in labelled(paper, labels)
    )
    for text, start, confidence in _tellings(paper):
        name = read_name(_LEAD.sub("", text))
        if name is None or name.class_ is None:
            continue
        if confidence != _TITLED or not _is_sentence(name.rest):
            beside = ", ".join(part for part in (name.rest, detail) if part)
            return ReportSubject(name, confidence, (_evidence(paper, text, start),), beside)
    first = _first_heading(paper)
    listed = known_subject(paper, known, first, of_people=_OF_PEOPLE)
    if listed is not None:
        return ReportSubject(listed.name, _KNOWN, (_evidence(paper, listed.text, listed.start),), detail)
    issuer = paper.record.document.issuer
    if issuer is not None and issuer.value:
        text, start = str(issuer.value), issuer.span[0] if issuer.span else paper.span[0]
        name = read_name(text)
        if name is not None and name.class_ and _is_of_its_issuer(paper, name.class_):
            beside = ", ".join(part for part in (name.rest, detail) if part)
            return ReportSubject(name, _ISSUER, (_evidence(paper, text, start),), beside)
    return None


def _is_sentence(rest: str) -> bool:
    """Whether a line goes on behind the name as a sentence does: it tells of somebody and is no title."""
    return _SENTENCE.match(rest) is not None


def labelled(paper: DossierPaper, labels: str) -> list[tuple[str, int]]:
    """What stands behind labels of data/candidate_names.toml ("Chức vụ: ..."), with where it begins."""
    start, end = paper.span
    folded = fold_aligned(paper.text)
    return [
        (" ".join(paper.text[match.start("value") : match.end("value")].split()).rstrip(" ."), match.start("value"))
        for match in _labels(labels).finditer(folded, start, end)
    ]


@cache
def _labels(name: str) -> regex.Pattern[str]:
    phrases = "|".join(r"\s{1,3}".join(phrase.split()) for phrase in data_file("candidate_names.toml")[name])
    return regex.compile(
        rf"(?m)^[^\S\n]{{0,8}}(?:[-+•*]\s{{0,3}}|\(?\w{{1,2}}[.)]\s{{0,3}})?(?:{phrases})(?:\s{{0,3}}\([^)\n]{{1,40}}\))?\s{{0,3}}:\s{{0,3}}(?P<value>[^\n]{{2,200}})$"
    )


def _tellings(paper: DossierPaper) -> Iterator[tuple[str, int, float]]:
    """Texts that may begin with the candidate's name, surest first: (text, where it begins, confidence)."""
    for value, at in labelled(paper, "labels"):
        yield value, at, _LABELLED
    for line, at in _title_lines(paper):
        yield line, at, _TITLED
    folded = fold_aligned(paper.text)
    for match in reversed(list(_REPORT_OF.finditer(folded, *paper.span))):
        who = match["who"]
        stop = _END_OF_NAME.search(" ".join(who.split()))
        said = " ".join(paper.text[match.start("who") : match.end("who")].split())
        yield said[: stop.start()] if stop else said, match.start("who"), _CLOSING


def _is_of_its_issuer(paper: DossierPaper, class_: str) -> bool:
    """Whether a report tells of the organ that wrote it: nobody's birth or household is told.

    An office must tell of criteria reached, for it may report of a family; an enterprise reports of itself.
    """
    if _OF_PEOPLE.search(fold_aligned(paper.text[slice(*paper.span)])):
        return False
    return class_ == "enterprise" or any(value.kind == "criteria" for value in paper.record.values)


def _title_lines(paper: DossierPaper) -> list[tuple[str, int]]:
    """Lines between the title and the first heading; a title itself is none."""
    start, end = paper.span
    subject = paper.record.document.subject
    first = _first_heading(paper)
    begin = subject.span[0] if subject is not None and subject.span else start
    title = _TITLE.search(fold_aligned(paper.text), start, min(end, start + _LONGEST_TITLE))
    begin = min(begin, title.end()) if title else begin
    stop = min(first if first is not None else end, begin + _LONGEST_TITLE, end)
    lines: list[tuple[str, int]] = []
    at = begin
    for line in paper.text[begin:stop].split("\n"):
        if _headings().search(fold_aligned(line)) or len(lines) == _TITLE_LINES:
            break
        if line.strip()[:1].isupper():
            lines.append((" ".join(line.split()), at))
        at += len(line) + 1
    return lines


@cache
def _headings() -> regex.Pattern[str]:
    papers = data_file("papers.toml")["paper"]
    return phrase_pattern(next(paper["headings"] for paper in papers if paper["id"] == "achievement_report"))


def _first_heading(paper: DossierPaper) -> int | None:
    spans = [heading.span[0] for heading in paper.record.outline if _is_section(heading) and heading.span]
    found = regex.search(r"(?m)^\s{0,8}(?:i|1)\s?[.)]\s", fold_aligned(paper.text[slice(*paper.span)]))
    return min([*spans, *([paper.span[0] + found.start()] if found else [])], default=None)


def _is_section(heading: Heading) -> bool:
    return heading.level != "dash"


def _evidence(paper: DossierPaper, text: str, start: int) -> Evidence:
    """The place of some words: boxes are known of readings only, so that of the field they stand in."""
    page = 1 + paper.text.count("\f", 0, start)
    for _, field in paper.record.document:
        if isinstance(field, Reading) and field.span and field.where and field.span[0] <= start < field.span[1]:
            return Evidence(file=paper.file, page=field.where[0].page, box=field.where[0].box, quote=text)
    return Evidence(file=paper.file, page=page, quote=text)
