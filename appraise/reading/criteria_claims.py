"""Criteria of nông thôn mới: levels with their dates, gains with what they are counted from, lost ones, plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import regex

from appraise.appraisal import Claim
from appraise.reading.claim_years import day_before
from appraise.reading.statements import Statement
from extract.record import ValueField

__all__ = ["criteria_told"]

_SINCE = regex.compile(
    r"\b(?:so\s{1,3}voi|ke\s{1,3}tu|tu)\s{1,3}(?:cuoi\s{1,3}|dau\s{1,3}|thoi\s{1,3}diem\s{1,3})?(?:nam\s{1,3})?(?P<year>(?:19|20)\d\d)"
)
_INCLUDING = regex.compile(
    r"\btrong\s{1,3}do\s{1,3}(?:co\s{1,3}|gom\s{1,3})?(?:cac\s{1,3})?tieu\s{1,3}chi\s{1,3}(?:ve\s{1,3}|so\s{1,3})?(?P<names>[^.;]{3,160})"
)
_FROM = regex.compile(
    r"\btu\s{1,3}(?P<low>\d{1,2})(?:\s?/\s?\d{1,2})?(?:\s{1,3}tieu\s{1,3}chi)?\s{1,3}len\s{1,3}(?:dat\s{1,3})?$"
)
_BEHIND = regex.compile(
    r"[\s,(]{0,3}(?:vao|tinh\s{1,3}den|tai\s{1,3}thoi\s{1,3}diem|thoi\s{1,3}diem)\s{1,3}(?:het\s{1,3}|cuoi\s{1,3})?(?:ngay\s{1,3}|thang\s{1,3}|nam\s{1,3})?"
)
_UNIT = "tiêu chí"


def criteria_told(statements: Sequence[Statement], issued: str | None) -> Iterator[Claim]:
    """What statements say of criteria.

    Args:
        statements: Those of a paper in their order, or of a cell; a gain is counted from the level told first in its
            paragraph.
        issued: ISO date of the paper, which "hiện nay" means.
    """
    levels: list[Claim] = []
    paragraph = -1
    for statement in statements:
        if statement.paragraph != paragraph:
            levels, paragraph = [], statement.paragraph
        for value in statement.of_kind("criteria"):
            claim = _claim(statement, value, levels, issued)
            for one in _from_level_to_level(statement, value, claim) if claim is not None else ():
                if one.kind in {"criteria_level", "baseline"}:
                    levels.append(one)
                yield one
        yield from _stated_facts(statement)


def _from_level_to_level(statement: Statement, value: ValueField, claim: Claim) -> Iterator[Claim]:
    """The claim itself; of "tăng từ 08 lên 18 tiêu chí" both levels and their difference."""
    before = _FROM.search(statement.folded, 0, value.span[0] - statement.start) if value.span else None
    if claim.kind != "criteria_gain" or before is None:
        yield claim
        return
    low, high = int(before["low"]), int(claim.value["count"])
    if low >= high:
        return  # misread
    since = claim.value.get("baseline")
    rest = {key: part for key, part in claim.value.items() if key in {"of", "set"}}
    year = {"year": since, "date": str(since) if since else None}
    yield claim.model_copy(update={"kind": "criteria_level", "value": {**rest, "count": low}, **year})
    yield claim.model_copy(update={"kind": "criteria_level", "value": {**rest, "count": high}})
    yield claim.model_copy(update={"value": {**claim.value, "count": high - low}})


def _stated_facts(statement: Statement) -> Iterator[Claim]:
    """That nothing was lost, and which criteria are among those gained."""
    if statement.says("nothing_lost") and not statement.says("plan"):
        yield _stated(statement, "lost_criteria", 0)
    including = _INCLUDING.search(statement.folded)
    if including and not statement.says("plan"):
        low, high = including.span("names")
        names = statement.paper.text[statement.start + low : statement.start + high]
        yield _stated(statement, "including_criteria", " ".join(names.split())).model_copy(update={"unit": None})


def _stated(statement: Statement, kind: str, value: Any) -> Claim:
    return Claim(
        kind=kind,
        value=value,
        unit=_UNIT,
        text=statement.text,
        paper=statement.paper.kind or statement.paper.name,
        where=statement.where(),
    )


def _claim(statement: Statement, value: ValueField, levels: Sequence[Claim], issued: str | None) -> Claim | None:
    sense, span = value.value["sense"], value.span
    if span is None or sense in {None, "threshold", "average"}:
        return None
    said = {key: value.value[key] for key in ("count", "of", "set") if value.value.get(key) is not None}
    day = day_before(statement, span[0]) or _now(statement, span[0], issued)
    if sense == "level":
        day = day or _day_behind(statement, span[1])
    if sense != "plan" and _is_planned(statement, span[0] - statement.start):
        kind = "plan"
    elif sense == "gain":
        kind = "criteria_gain"
        since = _SINCE.search(statement.folded, span[1] - statement.start)
        first = next((level for level in levels if level.year is not None), None)
        if since is not None:
            said["baseline"] = int(since["year"])
        elif first is not None and len(levels) > 1:
            said["baseline"] = first.year
    elif sense == "lost":
        kind = "lost_criteria"
    elif sense == "plan":
        kind = "plan"
    else:
        kind = "baseline" if _is_first(statement, span[0] - statement.start) else "criteria_level"
    return Claim(
        kind=kind,
        value=said,
        unit=_UNIT,
        relation=value.value["relation"],
        year=int(day[:4]) if day else None,
        date=day,
        text=statement.text,
        paper=statement.paper.kind or statement.paper.name,
        where=statement.where(statement.start, span[1]),
        confidence=value.confidence,
    )


def _is_planned(statement: Statement, position: int) -> bool:
    """Whether a verb of planning governs what stands at ``position``: all behind it, up to words of a result."""
    verb = statement.last("plan_verbs", 0, position)
    return verb >= 0 and not statement.says("result_verbs", verb, position)


def _day_behind(statement: Statement, position: int) -> str | None:
    """The date right behind a level: "đạt 17/19 tiêu chí vào tháng 5/2021"."""
    for value in statement.of_kind("date"):
        between = statement.folded[position - statement.start : (value.span or (0, 0))[0] - statement.start]
        if value.span and value.span[0] >= position and _BEHIND.fullmatch(f"{between}"):
            return str(value.value)
    return None


def _is_first(statement: Statement, position: int) -> bool:
    """Whether a level is that of the beginning: "mới đạt 06/19", "xuất phát điểm"."""
    return statement.says("first_level", max(0, position - 60), position)


def _now(statement: Statement, position: int, issued: str | None) -> str | None:
    """The paper's day, where a level is told of "now"."""
    before = position - statement.start
    return issued if statement.says("now", max(0, before - 60), before) else None
