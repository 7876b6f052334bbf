"""Facts that a report tells: recognition, model residential areas, advanced plan, linkage, jobs, communes helped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from appraise.appraisal import Claim
from appraise.reading.claim_years import day_before
from appraise.reading.statements import Statement, says
from extract.record import ValueField
from normalize.folding import fold

__all__ = ["merits_told"]

_RECOGNISED = regex.compile(r"\bcong\s{1,3}nhan\b")
_STANDARD = regex.compile(r"\bdat\s{1,3}chuan\b|\b(?:xa|huyen)\s{1,3}(?:nong\s{1,3}thon\s{1,3}moi|ntm)\b")
_OTHER_TITLES = regex.compile(
    r"\b(?:gia\s{1,3}dinh|thon|ban|khu\s{1,3}dan\s{1,3}cu|truong|co\s{1,3}quan)\s{1,3}(?:\w{1,8}\s{1,3}){0,4}?(?:van\s{1,3}hoa|kieu\s{1,3}mau|chuan\s{1,3}quoc)"
)
_HAMLET = regex.compile(r"\b(?:thon|ban|xom|khu|ap|buon|lang|khoi)\s{1,3}\w")
_STANDARD_REACHED = regex.compile(r"\b(?:dat\s{1,3}chuan|ve\s{1,3}dich)\b")
_COMMUNE = regex.compile(r"\bxã\s{1,3}(?P<name>\p{Lu}\p{L}{0,8}(?:\s\p{Lu}\p{L}{0,8}){0,3})")
_AREAS = "khu dân cư kiểu mẫu"
_WORKERS = {"lao động", "người", "hộ", "cá nhân"}


def merits_told(statement: Statement) -> Iterator[Claim]:
    """The facts of one statement; what is planned or under way is none, but for the plan it is."""
    if _recognises(statement):
        yield _recognition(statement)
    areas = _areas(statement)
    if areas is not None:
        yield areas
    planned = statement.says("plan")
    if statement.says("advanced") and not planned and not statement.says("unfinished") and statement.says("done"):
        yield _fact(statement, "advanced_plan", True)
    if planned:
        return
    if statement.says("linkage"):
        yield _fact(statement, "linkage", *(_counted(statement, {"hộ", "hộ gia đình", "hộ dân"}) or (True, None)))
    if statement.says("jobs"):
        yield _fact(statement, "jobs", *(_counted(statement, _WORKERS) or (True, None)))
    if statement.says("helped"):
        counts = statement.of_kind("count")
        counted = [v for v in counts if v.value.get("what") == "xã" and v.value.get("sense") == "level"]
        for value in counted:
            yield _fact(statement, "helped_communes", value.value["count"], "xã", value)
        named = _named_communes(statement) if not counted and not statement.says("unfinished") else 0
        if named:
            yield _fact(statement, "helped_communes", named, "xã")


def _named_communes(statement: Statement) -> int:
    """How many communes a sentence names as helped to the standard: "giúp xã Nà Lĩnh và xã Tân Cương đạt chuẩn"."""
    helped = statement.last("helped")
    reached = _STANDARD_REACHED.search(statement.folded, max(0, helped))
    if helped < 0 or reached is None:
        return 0
    return len({fold(match["name"]) for match in _COMMUNE.finditer(statement.printed, helped, reached.start())})


def _fact(
    statement: Statement, kind: str, value: Any, unit: str | None = None, read: ValueField | None = None
) -> Claim:
    span = read.span if read is not None else None
    day = day_before(statement, span[0] if span else statement.end)
    return Claim(
        kind=kind,
        value=value,
        unit=unit,
        relation=read.value.get("relation", "eq") if read is not None else "eq",
        year=int(day[:4]) if day else None,
        text=statement.text,
        paper=statement.paper.kind or statement.paper.name,
        where=statement.where(),
        confidence=read.confidence if read is not None else 1.0,
    )


def _recognises(statement: Statement) -> bool:
    """Whether a statement says that the commune was recognised; villages and families are recognised otherwise."""
    folded = statement.folded
    if not _RECOGNISED.search(folded) or not _STANDARD.search(folded) or _OTHER_TITLES.search(folded):
        return False
    return not statement.says("plan") and not statement.says("unfinished")


def _recognition(statement: Statement) -> Claim:
    cited = next((v for v in statement.of_kind("reference") if v.value["type"] == "Quyết định"), None)
    day = cited.value["date"] if cited is not None and cited.value["date"] else day_before(statement, statement.end)
    return Claim(
        kind="recognition",
        value=cited.value["code"] if cited is not None else None,
        unit="xã đạt chuẩn nông thôn mới",
        year=int(day[:4]) if day else None,
        date=day,
        text=statement.text,
        paper=statement.paper.kind or statement.paper.name,
        where=statement.where(),
        confidence=cited.confidence if cited is not None else 1.0,
    )


def _areas(statement: Statement) -> Claim | None:
    """Model residential areas that are done, or a plan of them."""
    named = statement.says("residential")
    below = says("residential", statement.heading)
    recognised = _RECOGNISED.search(statement.folded) is not None
    if not named and not (below and recognised and _HAMLET.search(statement.folded)):
        return None
    counted = [v for v in statement.of_kind("count") if v.value.get("what") == _AREAS and v.value["count"]]
    value = counted[0].value["count"] if counted else 1
    if statement.says("plan") or statement.says("unfinished"):
        return _fact(statement, "plan", value, "khu").model_copy(update={"year": None})
    if not recognised and not counted and not statement.says("done"):
        return None
    if not recognised and not counted and statement.folded.strip(" .-+0123456789)").startswith("khu dan cu kieu mau"):
        return None  # a heading
    return _fact(statement, "residential_area", value, "khu", counted[0] if counted else None)


def _counted(statement: Statement, things: set[str]) -> tuple[int, str] | None:
    found = [v for v in statement.of_kind("count") if v.value.get("what") in things and v.value["count"]]
    return (found[-1].value["count"], found[-1].value["what"]) if found else None
