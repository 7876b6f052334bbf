"""What decisions and confirmations in a dossier say of a candidate whom they name."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from appraise.appraisal import AppraisedCandidate, Claim, Evidence
from appraise.dossier import DossierPaper
from appraise.guideline.award_words import award_named
from appraise.reading.gift_claims import gifts_told
from appraise.reading.name_reading import read_name
from appraise.reading.statements import Statement, says, statements_of
from extract.record import TableRow
from normalize.folding import fold_aligned

__all__ = ["claims_of_decision"]

_STANDARD = regex.compile(r"\bdat\s{1,3}chuan\b|\bnong\s{1,3}thon\s{1,3}moi\b")
_COMMUNES = {"commune", "difficult_commune"}


def claims_of_decision(paper: DossierPaper, candidate: AppraisedCandidate) -> Iterator[Claim]:
    """Claims of a recognition, an award, a confirmation or the minutes of a gift of land."""
    named = _naming(paper, candidate)
    if named is None:
        return
    if paper.kind == "recognition":
        yield from _recognition(paper, candidate, named)
    elif paper.kind == "award":
        subject = paper.record.document.subject
        award = award_named(_award_words(str(subject.value))) if subject is not None else None
        yield _claim(paper, "award", award.award if award else None, named)
    elif paper.kind in {"confirmation", "land_gift"} and isinstance(named, Statement):
        for statement in statements_of(paper):
            yield from gifts_told(statement, given=paper.kind == "land_gift")


def _award_words(subject: str) -> str:
    """The subject from the award on: words before it ("về việc tặng") are those of earlier awards elsewhere."""
    match = regex.search(r"(?i)(?:bằng|giấy|bang|giay)\s{1,3}khen.*", " ".join(subject.split()))
    return match.group() if match else subject


def _recognition(paper: DossierPaper, candidate: AppraisedCandidate, named: Statement | TableRow) -> Iterator[Claim]:
    subject = paper.record.document.subject
    said = str(subject.value) if subject is not None else ""
    if says("residential", said) and candidate.class_ in _COMMUNES | {"hamlet"}:
        yield _claim(paper, "residential_area", 1, named).model_copy(update={"unit": "khu"})
    elif _STANDARD.search(fold_aligned(said)) and candidate.class_ in _COMMUNES | {"district"}:
        code = paper.record.document.code
        yield _claim(paper, "recognition", code.value if code is not None else None, named).model_copy(
            update={"unit": "xã đạt chuẩn nông thôn mới"}
        )


def _naming(paper: DossierPaper, candidate: AppraisedCandidate) -> Statement | TableRow | None:
    """The row or sentence of a paper that names a candidate."""
    keys = {_key(name) for name in candidate.names_read} - {None}
    for table in paper.record.tables:
        for row in table.rows:
            if any(_key(cell.text) in keys for cell in row.cells if row.kind == "data"):
                return row
    names = {key[1] for key in keys if key}
    kinds = {key[0] for key in keys if key}
    if kinds & {"commune", "hamlet", "district"}:  # a proper name alone is that of a village as well
        place = {"commune": "xa", "hamlet": "thon", "district": "huyen"}
        names = {f"{place.get(kind, '')} {name}".strip() for kind, name in (key for key in keys if key)}
    return next(
        (s for s in statements_of(paper) if any(regex.search(rf"\b{regex.escape(n)}\b", s.folded) for n in names)), None
    )


def _key(name: str) -> tuple[str, str] | None:
    read = read_name(name)
    if read is None or read.class_ is None:
        return None
    class_ = "commune" if read.class_ in _COMMUNES else "person" if read.class_ == "family" else read.class_
    return class_, " ".join(fold_aligned(read.core).split())


def _claim(paper: DossierPaper, kind: str, value: object, named: Statement | TableRow) -> Claim:
    issued, code, subject = (getattr(paper.record.document, name) for name in ("issue_date", "code", "subject"))
    day = str(issued.value) if issued is not None and issued.value else None
    said = [str(field.value) for field in (code, subject) if field is not None and field.value]
    if isinstance(named, Statement):
        where, quote = named.where(), named.text
    else:
        quote = " | ".join(" ".join(cell.text.split()) for cell in named.cells)
        where = [
            Evidence(file=paper.file, page=place.page, box=place.box, quote=quote)
            for place in (named.cells[0].where if named.cells else ())
        ] or [Evidence(file=paper.file, page=named.page, quote=quote)]
    return Claim(
        kind=kind,
        value=value,
        year=int(day[:4]) if day else None,
        date=day,
        text=" ".join([*said, f"({quote})"]),
        paper=paper.kind or paper.name,
        where=where,
        confidence=issued.confidence if issued is not None else 1.0,
    )
