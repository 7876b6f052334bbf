"""An annex says whose it is: its "Kèm theo Quyết định số ..." against number and date in the head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extract.check_scope import Scope, Side, contradiction, is_printed, iso_day
from extract.record import Contradiction, DocumentFields, Reading
from normalize.folding import fold_aligned, name_key

__all__ = ["annex_against_head"]

_ATTACHED = regex.compile(r"\b(?:kem\s{1,4}theo|dinh\s{1,4}kem)\s{1,4}(?:cac\s{1,4}|tai\s{1,4})?$")
_CODE = regex.compile(r"(?P<number>\d{1,6}[a-zA-Z]?)[-/](?P<symbol>.{1,80})")


def annex_against_head(scopes: Sequence[Scope]) -> Iterator[Contradiction]:
    """Number, date or symbol of an annex's "Kèm theo ..." differs from the head that it belongs to.

    Args:
        scopes: The documents of a file in their order; an annex belongs to the nearest head before it that agrees with
            what it cites in two of number, date and symbol. One that agrees in less cites another document.
    """
    for at, scope in enumerate(scopes):
        for cited in scope.references:
            if not _ATTACHED.search(scope.before(cited, 24) or _quoted_before(cited)):
                continue
            for earlier in reversed(scopes[: at + 1]):
                found = _against(cited, earlier.document)
                if found is not None:
                    yield from found
                    break


def _quoted_before(item: Reading) -> str:
    """What the quoted lines show before a value; for records without their text."""
    before, found, _ = item.quote.partition(item.raw)
    return fold_aligned(before) if found else ""


def _against(cited: Reading, head: DocumentFields) -> list[Contradiction] | None:
    """What differs between a citation and a head; None where the citation is of another document."""
    parts = _CODE.fullmatch(cited.value["code"])
    number, symbol, issued = head.number, head.symbol, head.issue_date
    if parts is None or number is None or symbol is None or not (is_printed(number) and is_printed(symbol)):
        return None
    same_number = parts["number"] == number.value
    same_symbol = name_key(parts["symbol"]) == name_key(str(symbol.value))
    day = iso_day(issued.value) if issued is not None and is_printed(issued) else None
    cited_day = iso_day(cited.value.get("date"))
    dates_tell = day is not None and cited_day is not None
    same_day = dates_tell and day == cited_day
    if same_number and same_symbol:
        if dates_tell and not same_day and issued is not None:
            message = "Ngày ghi ở phụ lục (kèm theo ...) khác ngày ban hành ở phần đầu văn bản."
            return [contradiction("annex_date", message, Side.of(issued), Side.of(cited))]
        return []
    if same_symbol and (same_day or not dates_tell):
        message = "Số ghi ở phụ lục (kèm theo ...) khác số ở phần đầu văn bản."
        return [contradiction("annex_number", message, Side.of(number), Side.of(cited))]
    if same_number and same_day:
        message = "Ký hiệu ghi ở phụ lục (kèm theo ...) khác ký hiệu ở phần đầu văn bản."
        return [contradiction("annex_symbol", message, Side.of(symbol), Side.of(cited))]
    return None
