"""Number and symbol in the head: ``Số: 106/HD-SNV``, ``Số 36-HD/VPTW``, with handwritten or missing numbers.

Numbers are often written by hand into the printed line. Then engines return something with few digits and little
confidence; such a number is ``handwritten``, never asserted as read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from extract.codes import CHAIN, SYMBOL, codes_in, is_symbol, squeezed, symbol_letters
from extract.document_types import mended_letters, type_of_letters
from extract.evidence import Span, confidence_of, is_blue, reading, restored_reading
from extract.record import Alternative, Reading, Status
from extract.tokens import TextLine, TokenisedText
from ocr.tree import Role

__all__ = [
    "DOUBLING",
    "NUMBER_WORD",
    "HeadNumber",
    "find_number",
    "find_torn_number",
    "opens_number",
    "with_figures_apart_by_hand",
    "with_type_of_title",
]

# Measured on 22 first pages: engines give printed numbers 0.80 and more when they stand in one word with the symbol,
# 0.91 alone; the surest misread handwriting had 0.59.
SURE = 0.8
# A number apart from its symbol is mostly written by hand: so were all 15 of 120 scans, 7 of them misread, these
# with 0.93 and less, the right ones likewise.
SURE_ALONE = 0.95
# Engines see Đ twice ("TTg-CĐĐS"): 6 such words had 0.42 to 0.75, those that are written so ("ĐĐBQH") 0.9.
DOUBLING = 0.76
_FAINT = 0.5  # a symbol read with less is one that ink ran into
# Height of a number to its symbol's: 15 printed ones had at most 1.0, 17 written by hand 0.9 to 1.3.
_TALL = 1.2
NUMBER_WORD = r"(?<![\p{L}\p{N}])(?<![Mm]ẫu\s)(?<![Bb]iểu\s)[Ss5Š$][ốốoóôồổỗộõòọơờớởỐÓÔỒỘO06eéèê]"
# The Party's hyphen comes before its slash, the State's slash comes first.
_LINE = regex.compile(
    rf"{NUMBER_WORD}\s{{0,3}}[:;.,]{{0,2}}\s{{0,6}}(?P<number>[^\n]{{0,24}}?)\s{{0,4}}"
    rf"(?:(?P<mark>[-–])\s{{0,3}}(?P<symbol>\p{{Lu}}\p{{L}}{{0,8}}\s?/\s?{CHAIN})|(?P<mark>[/⁄]|[,;|](?=\p{{Lu}}{{2}}\p{{L}}*-))\s{{0,3}}(?P<symbol>{SYMBOL}))"
)
_LAST_GROUP = regex.compile(r"\s{1,2}[-–]\s{0,2}\p{Lu}{2}[\p{L}\d&]{0,12}(?=\s{0,3}(?:\n|$))")  # "41/TTr - UBND"
# A pen's figures read as letters before the symbol of the Party: "Số /Z -KH/HU"
_SCRAWL = regex.compile(r"(?P<number>\p{Lu}{1,2})\s?[-–]\s?(?=\p{Lu}\p{L}{0,8}\s?/\s?\p{Lu})")
# The word lost: a line of its own in the left head
_BARE = regex.compile(rf"\W{{0,3}}(?P<number>\d{{1,6}}[a-z]?)\s?(?P<mark>/)\s?(?P<symbol>{SYMBOL})(?=\W{{0,3}}$)")
# Ink over the slash: "Sô184ØSNV-TCBM", "Só:442ĐHLK"
_TORN = regex.compile(
    rf"{NUMBER_WORD}\s?[:;.,]?\s?(?P<number>[^\n]{{0,16}}?)"
    r"(?<![A-ZĐ])(?P<symbol>[A-ZĐ]{2,12}(?:-[A-ZĐ]{2,12}){0,3})\W{0,3}$"
)
# Ink over all before the symbol: "Đ5CT-ATMT" of the Bộ Công Thương
_TORN_ALONE = regex.compile(
    r"\W{0,4}(?P<number>\S{0,4}?)(?<![A-ZĐ])(?P<symbol>[A-ZĐ]{2,12}(?:-[A-ZĐ]{2,12}){1,3})\W{0,3}$"
)
_OPENS = regex.compile(rf"\W{{0,4}}{NUMBER_WORD}")
_ALONE = regex.compile(rf"{NUMBER_WORD}\s{{0,3}}[:;.]\s{{0,6}}(?P<number>\d{{1,6}})(?=\s{{2,}}|\s{{0,4}}$)")
# "Số:" lost to the pen, or a letter or two of it left: "lô /BC-VPĐP"
_SYMBOL_ALONE = regex.compile(rf"[^\p{{L}}\d]{{0,4}}(?:\p{{Ll}}{{1,3}}\s)?/\s?(?P<symbol>{SYMBOL})\W{{0,3}}$")
_SYMBOL_BEFORE_DATE = regex.compile(
    rf"[^\p{{L}}\d]{{0,4}}/\s?(?P<symbol>{SYMBOL})(?=\s{{1,9}}\p{{Lu}}[^\n]{{2,40}}ng[àa]y\b)"
)
_PADDING = " .,:;…_-\t"
_DIGITS = regex.compile(r"\d{1,6}[a-zđ]?")
_ANY_NUMBER = "1/"  # letters of organs are mended in whole codes


@dataclass(frozen=True, slots=True)
class HeadNumber:
    """What the number line says; ``span`` covers it from "Số" to the end of the symbol."""

    number: Reading | None
    symbol: Reading | None
    code: Reading | None
    span: Span


def find_number(tokens: TokenisedText, lines: Sequence[TextLine]) -> HeadNumber | None:
    """The first number line among ``lines``, one that begins with "Số" before others; None if there is none."""
    opening = [line for line in lines if opens_number(tokens, line)]
    for line in [*opening, *lines]:
        at = lines.index(line)
        next_line = lines[at + 1] if at + 1 < len(lines) else None
        end = next_line.end if next_line and next_line.page == line.page else line.end
        bare = _BARE.match(tokens.text, line.start, line.end) if line.role is Role.HEAD_LEFT else None
        match = bare or _LINE.search(tokens.text, line.start, end)
        if match and match.start() < line.end and is_symbol(squeezed(match["symbol"])):
            return _read(tokens, match)
        alone = _ALONE.search(tokens.text, line.start, line.end)
        if alone:
            symbol = next((match for other in lines if (match := _beside(tokens, line, other))), None)
            number = _number(tokens, alone.span("number"), by_hand=symbol is not None)
            return HeadNumber(number, _symbol(tokens, symbol.span("symbol")) if symbol else None, None, alone.span())
    symbols = (_symbol_of(tokens, line) for line in lines if line.role in {Role.HEAD_LEFT, Role.HEAD_RIGHT})
    lone = next(filter(None, symbols), None)  # "Số:" and the number lost to the pen
    return HeadNumber(None, _symbol(tokens, lone.span("symbol")), None, lone.span()) if lone else None


def opens_number(tokens: TokenisedText, line: TextLine) -> bool:
    """Whether a line begins with "Số"."""
    return _OPENS.match(tokens.text, line.start, line.end) is not None


def _symbol_of(tokens: TokenisedText, line: TextLine) -> regex.Match[str] | None:
    """The symbol that is all of a line, or stands before place and date where the columns of the head ran together."""
    rule = _SYMBOL_ALONE if line.role is Role.HEAD_LEFT else _SYMBOL_BEFORE_DATE
    match = rule.match(tokens.text, line.start, line.end)
    return match if match and is_symbol(squeezed(match["symbol"])) else None


def _beside(tokens: TokenisedText, line: TextLine, other: TextLine) -> regex.Match[str] | None:
    """The symbol in another line at the height of a number that ink parted from it."""
    if line.box is None or other.box is None or other.index == line.index:
        return None
    level = abs(line.box.centre[1] - other.box.centre[1]) < line.box.height
    return _symbol_of(tokens, other) if level else None


def with_type_of_title(found: HeadNumber, type_name: str) -> HeadNumber:
    """The number line, letters of its type mended that the title contradicts by one: "QĐĐ-UBND" of a Quyết định."""
    if found.symbol is None:
        return found
    printed = str(found.symbol.value)
    letters = symbol_letters(printed)
    mended = mended_letters(letters, type_name)
    if mended is None or type_of_letters(letters) is not None:
        return found
    symbol = _restored(found.symbol, printed.replace(letters, mended, 1))
    code = found.code and _restored(found.code, str(found.code.value).replace(letters, mended, 1))
    return replace(found, symbol=symbol, code=code)


def with_figures_apart_by_hand(tokens: TokenisedText, found: HeadNumber) -> HeadNumber:
    """The number line of a document whose date a pen filled in: so it did a number that stands apart."""
    number, code = found.number, found.code
    if number is None or number.span is None or not tokens.text[number.span[1] : number.span[1] + 1].isspace():
        return found
    return replace(found, number=_by_hand(number), code=code and _by_hand(code))


def _by_hand(reading_: Reading) -> Reading:
    if reading_.status != "read":
        return reading_
    return reading_.model_copy(update={"status": "handwritten", "confidence": round(reading_.confidence / 2, 3)})


def _restored(reading_: Reading, value: str) -> Reading:
    other = Alternative(value=reading_.value, raw=reading_.raw, where=reading_.where, confidence=0.2)
    status: Status = "restored" if reading_.status == "read" else reading_.status
    update = {"value": value, "status": status, "alternatives": [other]}
    return reading_.model_copy(update={**update, "confidence": round(reading_.confidence * 0.8, 3)})


def find_torn_number(tokens: TokenisedText, lines: Sequence[TextLine], issuer: str) -> HeadNumber | None:
    """A number line that lost its slash, if its symbol begins with the issuer's initials or what is left of them."""
    for line in lines:
        match = _TORN.search(tokens.text, line.start, line.end)
        if match is None and line.role is Role.HEAD_LEFT:
            match = _TORN_ALONE.match(tokens.text, line.start, line.end)
        symbol = _with_initials(match["symbol"], issuer) if match else None
        if match and symbol:
            span = match.span("symbol")
            mended = restored_reading(tokens, symbol, match["symbol"], [span], "head.torn_symbol", strength=0.7)
            number = _number(tokens, _trimmed(tokens.text, match.span("number")), by_hand=True)
            return HeadNumber(number, mended, None, match.span())
    return None


def _with_initials(symbol: str, issuer: str) -> str | None:
    """``CT-KH`` of the BỘ CÔNG THƯƠNG is BCT-KH; None where neither group has anything of the issuer's initials."""
    words = [word for word in regex.findall(r"\p{L}+", issuer.upper()) if word != "VÀ"]
    whole = "".join("U" if word[0] in "ỦÚÙ" else word[0] for word in words)
    school = whole[1:] if words[:1] == ["TRƯỜNG"] else whole  # most leave the word out: ĐHLK
    first, *rest = symbol.split("-")
    if first in (whole, school) or whole in rest or school in rest:
        return symbol
    if len(first) >= 2 and len(first) == len(whole) - 1 and whole.endswith(first):
        return "-".join([whole, *rest])
    return symbol if type_of_letters(first) else None


def _read(tokens: TokenisedText, match: regex.Match[str]) -> HeadNumber:
    number_span, symbol_span, mark = _trimmed(tokens.text, match.span("number")), match.span("symbol"), match["mark"]
    scrawl = _SCRAWL.match(tokens.text, *symbol_span) if number_span[0] == number_span[1] else None
    apart = _LAST_GROUP.match(tokens.text, symbol_span[1]) if "-" not in match["symbol"] else None
    if apart:
        symbol_span = (symbol_span[0], apart.end())
    if scrawl:
        number_span, symbol_span, mark = scrawl.span("number"), (scrawl.end(), symbol_span[1]), "-"
    number = _number(tokens, number_span, by_hand=_stands_out(tokens, number_span, symbol_span))
    symbol = _symbol(tokens, symbol_span)
    if number is None or number.value is None:
        return HeadNumber(number, symbol, None, match.span())
    mark = "-" if mark in "-–" else "/"
    code = reading(
        tokens,
        f"{number.value}{mark}{symbol.value}",
        [(number_span[0], symbol_span[1])],
        "head.code",
        status="handwritten" if number.status == "handwritten" else symbol.status,
        weakest=True,
    )
    code.confidence = min(code.confidence, number.confidence, symbol.confidence)
    return HeadNumber(number, symbol, code, match.span())


def _stands_out(tokens: TokenisedText, number: Span, symbol: Span) -> bool:
    """True for a number apart from its symbol that is too tall for the same print."""
    figures, letters = tokens.straight_box([number]), tokens.straight_box([symbol])
    apart = tokens.text[number[1] : number[1] + 1].isspace()
    scanned = confidence_of(tokens, [number]) < 1.0
    return bool(apart and scanned and figures and letters and figures.height > _TALL * letters.height)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _PADDING:
        start += 1
    while end > start and text[end - 1] in _PADDING:
        end -= 1
    return start, end


def _number(tokens: TokenisedText, span: Span, *, by_hand: bool = False) -> Reading | None:
    if span[0] == span[1]:
        return None
    printed = tokens.text[slice(*span)]
    confidence = confidence_of(tokens, [span], weakest=True)
    alone = tokens.text[span[1] : span[1] + 1].isspace()
    sure = confidence >= (SURE_ALONE if alone else SURE)
    if _DIGITS.fullmatch(printed) and sure and not by_hand and not is_blue(tokens, span):
        return reading(tokens, printed, [span], "head.number", weakest=True)
    # kept as a proposal when it is all digits (spaces between handwritten digits are the engine's)
    digits = squeezed(printed)
    value = digits if digits.isdecimal() else None
    strength = 0.5 if value else 0.2
    return reading(tokens, value, [span], "head.number", strength=strength, status="handwritten", weakest=True)


def _symbol(tokens: TokenisedText, span: Span) -> Reading:
    printed = squeezed(tokens.text[slice(*span)])
    symbol = reading(tokens, printed, [span], "head.symbol", weakest=True)
    letters = symbol_letters(printed)
    mended = mended_letters(letters)
    if mended is not None:
        return _restored(symbol, printed.replace(letters, mended, 1))
    if "ĐĐ" in printed and confidence_of(tokens, [span], weakest=True) < DOUBLING:
        return _restored(symbol, printed.replace("ĐĐ", "Đ"))
    whole = next((code.mended(None) for code in codes_in(f"{_ANY_NUMBER}{printed}")), None)  # "BB-HDTĐKT"
    if whole:
        return _restored(symbol, whole.removeprefix(_ANY_NUMBER))
    faint = confidence_of(tokens, [span], weakest=True) < _FAINT
    return symbol.model_copy(update={"status": "inferred"}) if faint else symbol
