"""What reports of officials state year by year: ratings, and awards received before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from appraise.appraisal import Claim, Evidence
from appraise.dossier import DossierPaper
from appraise.guideline.award_words import award_named
from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.reading.claim_years import years_listed
from appraise.reading.statements import Statement, says
from extract.record import Table
from normalize.folding import fold_aligned

__all__ = ["awards_in", "awards_told", "rating_named", "ratings_in_table", "ratings_told"]

_AWARD = regex.compile(
    r"\b(?:b[aă]ng\s{1,3}khen|giay\s{1,3}khen|huan\s{1,3}chuong|co\s{1,3}thi\s{1,3}dua|ky\s{1,3}niem\s{1,3}chuong|chien\s{1,3}si\s{1,3}thi\s{1,3}dua)\b"
)
_YEARS_OF_RATING = regex.compile(
    r"(?P<count>\d{1,2})\s{1,3}nam\s{1,3}(?:lien\s{1,3}tuc\s{1,3})?(?:deu\s{1,3})?(?:duoc\s{1,3})?(?:danh\s{1,3}gia\s{1,3}|xep\s{1,3}loai\s{1,3})?$"
)
_BETWEEN = regex.compile(r"[.;]")


@cache
def _ratings() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple((entry["value"], phrase_pattern(entry["names"])) for entry in data_file("claim_words.toml")["rating"])


def rating_named(text: str) -> str | None:
    """The rating that words name, the highest first; None where they name none."""
    folded = fold_aligned(text)
    return next((value for value, names in _ratings() if names.search(folded)), None)


def ratings_told(statement: Statement) -> Iterator[Claim]:
    """Ratings of a sentence: "Năm 2016, 2017 hoàn thành xuất sắc nhiệm vụ; các năm 2018-2019 hoàn thành tốt"."""
    if statement.says("plan"):
        return
    low = 0
    for start, end, value in _named(statement.folded):
        counted = _YEARS_OF_RATING.search(statement.folded, low, start)
        years = years_listed(statement.folded[low:start]) or ([statement.year] if statement.year else [])
        text = statement.paper.text[statement.start + low : statement.start + end]
        words = " ".join(text.split()).lstrip(" ,;:.-–+•*")
        where = statement.where(statement.start + low, statement.start + end)
        if counted is not None and not years:
            yield _claim("years_of_rating", int(counted["count"]), None, f"{words}", statement.paper, where, unit="năm")
        for year in years:
            yield _claim("rating", value, year, words, statement.paper, where)
        low = end


def _named(folded: str) -> list[tuple[int, int, str]]:
    """All ratings of a text; where two names overlap the longer one."""
    found = sorted((m.start(), -m.end(), value) for value, names in _ratings() for m in names.finditer(folded))
    kept: list[tuple[int, int, str]] = []
    for start, minus_end, value in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, -minus_end, value))
    return kept


def ratings_in_table(paper: DossierPaper, table: Table) -> Iterator[Claim]:
    """Ratings of a table with a year in each row and a level beside it."""
    for row in table.rows:
        if row.kind not in {"data", "total"}:
            continue
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        rated = [(cell, value) for cell in row.cells if (value := rating_named(cell.text)) is not None]
        years = years_listed(" ".join(cells))
        if len(rated) != 1 or not years:
            continue
        cell, value = rated[0]
        quote = " | ".join(cells)
        where = [
            Evidence(file=paper.file, page=place.page, box=place.box, quote=quote, confidence=cell.confidence)
            for place in cell.where
        ] or [Evidence(file=paper.file, page=row.page, quote=quote, confidence=cell.confidence)]
        for year in years:
            claim = _claim("rating", value, year, quote, paper, where)
            yield claim.model_copy(update={"confidence": min(c.confidence for c in row.cells)})


def awards_told(statement: Statement) -> Iterator[Claim]:
    """Awards received before; those asked for now, and those not received, are none."""
    below = says("kept_awards", statement.heading)
    for match in _AWARD.finditer(statement.folded):
        low = max(0, match.start() - 60)
        before = statement.folded[low : match.start()]
        if any(statement.says(words, low, match.start()) for words in ("no_award", "asked_award")) or statement.says(
            "plan"
        ):
            continue
        if not below and not regex.search(
            r"\b(?:da\s{1,3})?duoc\s{1,3}(?:\w{1,8}\s{1,3}){0,8}$|\b(?:nhan|tang)\s{1,3}(?:\d{1,2}\s{1,3})?$", before
        ):
            continue
        yield from awards_in(statement, match.start())


def awards_in(statement: Statement, position: int) -> Iterator[Claim]:
    """The award named at ``position`` of a statement, one claim for each year it names."""
    stop = _AWARD.search(statement.folded, position + 4)
    end = stop.start() if stop else len(statement.folded)
    text = statement.paper.text[statement.start + position : statement.start + end]
    named = award_named(" ".join(text.split()))
    cited = next(
        (v for v in statement.of_kind("reference") if v.span and position <= v.span[0] - statement.start < end), None
    )
    day = cited.value["date"] if cited is not None else None
    own = [
        v
        for v in statement.of_kind("date")
        if v.span and (cited is None or cited.span is None or not cited.span[0] <= v.span[0] < cited.span[1])
    ]
    before = [v for v in own if v.span and v.span[0] - statement.start < position]
    after = [v for v in own if v.span and position <= v.span[0] - statement.start < end]
    year = next((int(str(v.value)[:4]) for v in (*after[:1], *reversed(before))), statement.year)
    yield Claim(
        kind="award",
        value=named.award if named else None,
        year=year if year is not None else (int(day[:4]) if day else None),
        date=day,
        text=statement.text,
        paper=statement.paper.kind or statement.paper.name,
        where=statement.where(),
        confidence=cited.confidence if cited is not None else 1.0,
    )


def _claim(
    kind: str,
    value: object,
    year: int | None,
    text: str,
    paper: DossierPaper,
    where: list[Evidence],
    unit: str | None = None,
) -> Claim:
    return Claim(
        kind=kind,
        value=value,
        unit=unit,
        year=year,
        text=text,
        paper=paper.kind or paper.name,
        where=where,
        confidence=min((place.confidence for place in where), default=1.0),
    )
