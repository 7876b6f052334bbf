"""What the rows of lists, summaries and minutes state of their candidates: amounts, votes, merits told in a cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from appraise.appraisal import Claim
from appraise.reading.candidate_mentions import Mention, place_of_cells
from appraise.reading.criteria_claims import criteria_told
from appraise.reading.gift_claims import gifts_told
from appraise.reading.merit_claims import merits_told
from appraise.reading.official_claims import awards_in, ratings_told
from appraise.reading.statements import Statement, statements_in
from extract.record import TableCell
from normalize.folding import fold_aligned

__all__ = ["claims_of_row"]

_VOTES = regex.compile(r"(?<![\d/⁄∕])(?P<for>\d{1,4})\s?[/⁄∕]\s?(?P<of>\d{1,4})(?![\d/⁄∕])")
_COUNT = regex.compile(r"^\D{0,3}(?P<for>\d{1,3})\D{0,12}$")
_PERCENT = regex.compile(r"(?P<percent>\d{1,3}(?:[.,]\d{1,2})?)\s?%?$")
# "420. 000,000": marks that no number has; the groups of three tell what it is, not for sure.
_ODD_GROUPS = regex.compile(r"\d{1,3}(?:[.,]\s?\d{3}){2,4}")
_ODD = 0.5
_LARGEST_COUNCIL = 30  # members
_AGREED = 0.9  # two cells that were read apart say the same
_AWARD = regex.compile(r"\b(?:bang\s{1,3}khen|giay\s{1,3}khen|huan\s{1,3}chuong|co\s{1,3}thi\s{1,3}dua)\b")


def claims_of_row(mention: Mention, issued: str | None) -> Iterator[Claim]:
    """All claims of one row of a table of candidates.

    Args:
        mention: Of a row; others have none here.
        issued: ISO date of the paper.
    """
    if mention.row is None or mention.columns is None:
        return
    columns = mention.columns
    yield from _votes(mention)
    yield from _amount(mention)
    for cell in mention.row.cells:
        if cell.span is None or cell.column in {
            columns.get(role) for role in ("name", "award", "votes", "share", "money")
        }:
            continue
        statements = statements_in(mention.paper, *cell.span)
        if cell.column == columns.get("merit"):
            yield from criteria_told(statements, issued)
        for statement in statements:
            if cell.column == columns.get("earlier"):
                yield from _awards(statement)
            elif cell.column == columns.get("merit"):
                yield from gifts_told(statement)
                yield from merits_told(statement)
                yield from ratings_told(statement)


def _awards(statement: Statement) -> Iterator[Claim]:
    for match in _AWARD.finditer(statement.folded):
        yield from awards_in(statement, match.start())


def _cell(mention: Mention, role: str) -> TableCell | None:
    column = (mention.columns or {}).get(role)
    return next((cell for cell in mention.row.cells if cell.column == column), None) if mention.row else None


def _amount(mention: Mention) -> Iterator[Claim]:
    """The money of the row; its column says that it is a sum of gifts, so no year is known."""
    cell = _cell(mention, "money")
    if cell is None or mention.row is None or cell.unit != "đồng" or not isinstance(cell.value, int | float):
        return
    value, confidence = cell.value, cell.confidence
    odd = _ODD_GROUPS.fullmatch(" ".join(cell.text.split()))
    if odd is not None and {".", ","} <= set(cell.text):
        value, confidence = int(regex.sub(r"\D", "", cell.text)), min(confidence, _ODD)
    yield Claim(
        kind="contribution",
        value=value,
        unit="đồng",
        relation=_relation(cell),
        text=f"{mention.heads.get('money', '')}: {' '.join(cell.text.split())}".lstrip(" :"),
        paper=mention.paper.kind or mention.paper.name,
        where=[
            place.model_copy(update={"confidence": confidence})
            for place in place_of_cells(mention.paper, mention.row, [cell])
        ],
        confidence=confidence,
    )


def _relation(cell: TableCell) -> str:
    folded = fold_aligned(cell.text)
    for word, relation in (("gan", "almost"), ("tren", "gt"), ("hon", "gt"), ("khoang", "about"), ("duoi", "lt")):
        if regex.search(rf"\b{word}\b", folded):
            return relation
    return "eq"


def _parted(votes: str, share: str) -> dict[str, Any] | None:
    """Votes whose stroke was lost and a share whose comma was, where their digits fit each other in one way only.

    >>> _parted("89.", "889%"), _parted("1111", "100%")
    ({'for': 8, 'of': 9, 'percent': 88.9}, {'for': 11, 'of': 11, 'percent': 100.0})
    >>> _parted("39", "100%"), _parted("9", "88,9%")
    (None, None)
    """
    digits, printed = (regex.sub(r"\D", "", text) for text in (votes, share))
    found = []
    for cut in range(1, len(digits)):
        some, of = int(digits[:cut]), int(digits[cut:])
        percent = round(100 * some / of, 1) if 0 < some <= of else None
        if percent is not None and digits[cut] != "0" and f"{percent:g}".replace(".", "") == printed:
            found.append({"for": some, "of": of, "percent": float(percent)})
    return found[0] if len(found) == 1 else None


def _votes(mention: Mention) -> Iterator[Claim]:
    """Votes of the row as printed; a share that contradicts them is left for the check of votes to tell."""
    cell, share = _cell(mention, "votes"), _cell(mention, "share")
    if mention.row is None or (cell is None and (share is None or mention.paper.kind != "minutes")):
        return
    value: dict[str, Any] = {"for": None, "of": None}
    read = _VOTES.search(cell.text) if cell is not None else None
    counted = _COUNT.match(cell.text.strip()) if cell is not None and read is None else None
    if read is not None and int(read["for"]) <= int(read["of"]):
        value = {"for": int(read["for"]), "of": int(read["of"])}
    elif counted is not None:
        value["for"] = int(counted["for"])
    percent = _PERCENT.search(share.text.strip()) if share is not None else None
    percent = percent or (_PERCENT.search(cell.text.strip()) if cell is not None and "%" in cell.text else None)
    if percent is not None:
        value["percent"] = float(percent["percent"].replace(",", "."))
    parted = _parted(cell.text, share.text) if cell is not None and share is not None and value["of"] is None else None
    value = parted or value
    if value["for"] is None and "percent" not in value:
        return
    cells = [one for one in (cell, share) if one is not None]
    confidence = min(one.confidence for one in cells)
    if parted is not None:
        confidence = max(confidence, _AGREED)
    if value["for"] is not None and value["of"] is None:  # "39": a count alone, or "9/9" whose stroke was misread
        value["for"] = value["for"] if value["for"] <= _LARGEST_COUNCIL else None
        confidence = min(confidence, _ODD)
    yield Claim(
        kind="votes",
        value=value,
        unit="phiếu",
        text=" | ".join(" ".join(one.text.split()) for one in cells),
        paper=mention.paper.kind or mention.paper.name,
        where=list(place_of_cells(mention.paper, mention.row, cells)),
        confidence=confidence,
    )
