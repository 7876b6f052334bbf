"""What a candidate gave, as papers tell it: stated money, and land or labour of which no price is stated.

Every telling is a claim of its own: which of them are the same gift is for those who sum to say. The text of a claim is
the clause of its own amount, so that the total of a sentence is not taken for each of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from appraise.appraisal import Claim
from appraise.reading.claim_years import year_before
from appraise.reading.statements import Statement
from extract.record import ValueField

__all__ = ["gifts_told", "income_told", "without_valued"]

_LABOUR = {"ngày công", "ngày công lao động", "công lao động"}
# "12 triệu đồng (năm 2014)": the year behind an amount is its own.
_YEAR_BEHIND = regex.compile(
    r"[^\S\n]{0,2}(?:tien\s{1,3}mat\s{0,3})?[(,]?\s{0,2}(?:vao\s{1,3}|trong\s{1,3})?nam\s{1,3}(?P<year>(?:19|20)\d\d)\)?(?!\s{0,2}:|\s{1,3}\p{L}{1,9}\s{1,3}\d)"
)
# "mỗi năm 10 triệu đồng", "mỗi suất 500.000 đồng": how often is for a person to say, so that the sum is at least that.
_EACH = regex.compile(r"\b(?:moi|hang|hằng|tung|binh\s{1,3}quan)\s{1,3}(?:nam|thang|suat|ho|nguoi|quy|dot|lan|em)\b")
_RECEIVED = regex.compile(
    r"\bduoc\s{1,3}(?P<from>(?:\w{1,8}\s{1,3}){0,4}?)(?:ho\s{1,3}tro|tang|trao|giup|ung\s{1,3}ho|cap|thuong)\b"
)
_SELF = regex.compile(r"\b(?:gia dinh|ban than|ong|ba|toi|cong ty|htx|hop tac xa|doanh nghiep|don vi)\b")


@dataclass(frozen=True, slots=True)
class _Piece:
    """An amount or quantity; ``start`` is where the one before it ends, ``year`` the one printed behind it."""

    value: ValueField
    start: int
    end: int
    year: int | None = None


def gifts_told(statement: Statement, *, given: bool = False, own: bool = True) -> Iterator[Claim]:
    """The gifts of one statement.

    Args:
        statement: A sentence, or a cell of a list.
        given: Whether all that it names is a gift, as in a column or section of gifts.
        own: Whether gifts that the candidate asked others for are left out.
    """
    money_until = statement.start
    pieces = _pieces(statement)
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        if piece.value.kind == "amount":
            sense = _sense(statement, piece, given=given, own=own)
            low = money_until
            money_until = piece.end
            if sense == "gift":
                yield _money(statement, piece, low)
            elif sense == "plan":
                yield _plan(statement, piece)
        elif _is_worth_stated(statement, piece, following):
            continue
        elif (given or _sense(statement, piece, given=given, own=own) == "gift") and not _is_plan(statement, piece):
            yield _in_kind(statement, piece)
            money_until = piece.end


def income_told(statement: Statement) -> Iterator[Claim]:
    """Incomes; per head with its unit, so that nobody takes it for a family's."""
    for value in statement.of_kind("amount"):
        if not value.span:
            continue
        before = value.span[0] - statement.start
        cue = statement.last("income", 0, before)
        other = statement.last("given", cue, before) if cue >= 0 else -1
        if cue < 0 or other > cue or statement.says("plan"):
            continue
        per = str(value.value.get("per") or "")
        by_head = "người" in per or statement.says("per_head", max(0, cue - 30), before)
        yield Claim(
            kind="income",
            value=value.value["vnd"],
            unit="đồng/người/năm" if by_head else "đồng",
            relation=value.value["relation"],
            year=year_before(statement, statement.start, value.span[0]),
            text=statement.text,
            paper=statement.paper.kind or statement.paper.name,
            where=statement.where(statement.start, value.span[1]),
            confidence=value.confidence,
        )


def without_valued(claims: Sequence[Claim], statement_claims: Sequence[Claim]) -> list[Claim]:
    """``claims`` without land or labour whose price another telling states ("1.200 m2, trị giá ...")."""
    priced = [claim for claim in statement_claims if claim.kind == "contribution"]
    kept = []
    for claim in claims:
        if claim.kind == "in_kind" and claim.value is not None:
            words = _number_words(claim)
            valued = next((p for p in priced if words is not None and words.search(p.text) and p is not claim), None)
            if valued is not None:
                valued.where.extend(place for place in claim.where if place not in valued.where)
                continue
        kept.append(claim)
    return kept


def _number_words(claim: Claim) -> regex.Pattern[str] | None:
    if not isinstance(claim.value, int | float):
        return None
    grouped = (
        f"{claim.value:,}".replace(",", ".") if isinstance(claim.value, int) else str(claim.value).replace(".", ",")
    )
    forms = {grouped, str(claim.value), str(claim.value).replace(".", ",")}
    unit = r"m\s?[2²]|mét vuông" if claim.unit == "m2" else regex.escape(claim.unit or "").replace(r"\ ", r"\s")
    return regex.compile(rf"(?<![\d.,])(?:{'|'.join(map(regex.escape, forms))})\s{{0,3}}(?:{unit})")


def _pieces(statement: Statement) -> list[_Piece]:
    """Amounts and quantities in order, each beginning where the one before it ends."""
    found: list[_Piece] = []
    low = statement.start
    for value in statement.values:
        if not value.span or not _is_quantity(value):
            continue
        behind = _YEAR_BEHIND.match(statement.folded, value.span[1] - statement.start)
        end = statement.start + behind.end() if behind else value.span[1]
        found.append(_Piece(value, low, end, int(behind["year"]) if behind else None))
        low = end
    return found


def _is_quantity(value: ValueField) -> bool:
    if value.kind == "amount":
        return "vnd" in value.value
    return value.kind == "area" or (value.kind == "count" and value.value.get("what") in _LABOUR)


def _sense(statement: Statement, piece: _Piece, *, given: bool, own: bool) -> str | None:
    """gift, plan or None for an amount, by the last word before it that says what it is."""
    if piece.value.kind == "amount" and piece.value.value.get("per"):
        return None
    position = (piece.value.span or (0, 0))[0] - statement.start
    first = _clause_start(statement, position)
    gift = statement.last("given", first, position)
    other = statement.last("not_given", first, position)
    worth = statement.last("worth", max(first, piece.start - statement.start), position)
    if own and _is_mobilised(statement, first, position):
        return None
    if gift < 0 and other < 0:  # nothing in its own clause: the sentence's beginning goes on
        gift = statement.last("given", 0, position)
        other = statement.last("not_given", 0, position)
        if own and _is_mobilised(statement, 0, position):
            return None
    if _is_received(statement, first, position) or other > gift or (gift < 0 and not given and worth < 0):
        return None
    if gift < 0 and not given and not statement.says("given"):
        return None
    return "plan" if _is_plan(statement, piece) else "gift"


def _clause_start(statement: Statement, position: int) -> int:
    """Where the clause of a position begins: behind the last comma that parts two amounts, or "Với ..., "."""
    commas = [m.end() for m in regex.finditer(r"[,;:]\s", statement.folded[:position])]
    for start in reversed(commas):
        if statement.says("given", start, position) or statement.says("not_given", start, position):
            return int(start)
    return 0


def _is_mobilised(statement: Statement, low: int, high: int) -> bool:
    """Whether others gave it: "vận động nhân dân hiến", unless the candidate gave as well ("gia đình đã hiến")."""
    asked = statement.last("mobilised", low, high)
    if asked < 0:
        return False
    own = [match.start() for match in _SELF.finditer(statement.folded, asked, high)]
    given = statement.last("given", low, high)
    return given > asked and not (own and asked < own[-1] < given)


def _is_received(statement: Statement, low: int, high: int) -> bool:
    """Whether the candidate got it: "được Nhà nước hỗ trợ 40 triệu đồng", not "được gia đình ủng hộ"."""
    received = list(_RECEIVED.finditer(statement.folded, low, high))
    return bool(received) and _SELF.search(received[-1]["from"]) is None


def _is_plan(statement: Statement, piece: _Piece) -> bool:
    position = (piece.value.span or (0, 0))[0] - statement.start
    return statement.says("plan", 0, position)


def _is_worth_stated(statement: Statement, piece: _Piece, following: _Piece | None) -> bool:
    """Whether a price of it follows: "1.200 m2 đất, trị giá 300 triệu đồng", "40 công (8 triệu đồng)"."""
    if following is None or following.value.kind != "amount" or not following.value.span:
        return False
    low, high = piece.end - statement.start, following.value.span[0] - statement.start
    between = statement.folded[low:high]
    worth = statement.last("worth", low, high)
    if worth >= 0:
        return not statement.says("given", low, worth) or "," not in statement.folded[low:worth]
    return regex.fullmatch(r"[^,;]{0,40}[(=]\s{0,3}", between) is not None


def _money(statement: Statement, piece: _Piece, low: int) -> Claim:
    words = " ".join(statement.paper.text[low : piece.end].split()).lstrip(" ,;:.-–+•*()")
    first, last = low - statement.start, piece.end - statement.start
    clause = max(first, statement.folded.rfind(", ", first, last)) if first else 0  # "... đồng mỗi năm, gia đình đã"
    each = _EACH.search(statement.folded, clause, last) is not None
    return Claim(
        kind="contribution",
        value=piece.value.value["vnd"],
        unit="đồng",
        relation="ge" if each else piece.value.value["relation"],
        year=None if each else _year(statement, piece, low),
        text=words,
        paper=statement.paper.kind or statement.paper.name,
        where=statement.where(low, piece.end),
        confidence=piece.value.confidence,
    )


def _year(statement: Statement, piece: _Piece, low: int) -> int | None:
    return piece.year if piece.year is not None else year_before(statement, low, piece.end)


def _in_kind(statement: Statement, piece: _Piece) -> Claim:
    value = piece.value.value
    words = " ".join(statement.paper.text[piece.start : piece.end].split()).lstrip(" ,;:.-–+•*()")
    return Claim(
        kind="in_kind",
        value=value["value"] if piece.value.kind == "area" else value["count"],
        unit=value["unit"] if piece.value.kind == "area" else "công",
        relation=value.get("relation", "eq"),
        year=_year(statement, piece, piece.start),
        text=words,
        paper=statement.paper.kind or statement.paper.name,
        where=statement.where(piece.start, piece.end),
        confidence=piece.value.confidence,
    )


def _plan(statement: Statement, piece: _Piece) -> Claim:
    return Claim(
        kind="plan",
        value=piece.value.value["vnd"],
        unit="đồng",
        relation=piece.value.value["relation"],
        text=statement.text,
        paper=statement.paper.kind or statement.paper.name,
        where=statement.where(statement.start, piece.end),
        confidence=piece.value.confidence,
    )
