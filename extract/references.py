"""Cited documents: "Quyết định số 31/QĐ-BCĐ ngày 05/3/2019 của Ban Chỉ đạo ..." with all their shapes.

Values are ``{"type", "code", "date", "issuer"}``; None for what is not printed beside the code. Several numbers may
share one symbol ("số 2165, 2166/QĐ-UBND") and several codes one date ("99/QĐ-UBND, 103/QĐ-UBND, ngày 26/01/2023").
A code may lack its symbol ("Nghị định số 91/2017") or, in a draft, its number ("Quyết định số     /QĐ-UBND": ``code``
is ``/QĐ-UBND``). An act cited by its name and year has the name for a code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from extract.act_names import acts_in
from extract.codes import Code, codes_in
from extract.dates import date_at
from extract.document_types import type_of_letters, type_words
from extract.organs import name_after
from extract.patterns import Found, Source, Taken, words
from extract.short_citations import half_codes_in
from extract.word_lists import folded_alternatives

__all__ = ["Reference", "find_references", "type_before"]

_NUMBER_WORD = r"(?:\s{0,4}\bs\w?[:.,;]{0,2})"  # "số", and what engines make of it: s6, sd, sé, s
_LOOK_BACK = 90
_SHARED = regex.compile(r"(?P<numbers>(?:\d{1,6}\s?(?:[,;]|\sva)\s{1,3}(?:so\s{1,3})?){1,12})$")
# Torn ends of symbols ("TT-", "QĐ-TTg.", "BCA(C13)") stand before some dates.
_SIGNED = words("ky ban hanh|ky|ban hanh|de|lap|cap|phat hanh")
_BEFORE_DATE = regex.compile(
    r"(?:\([a-z]?\d{1,3}\))?[-–.,\s(\"”’']{0,6}"
    rf"(?:{words('da duoc|duoc|da')}\s{{1,4}})?(?:{_SIGNED}\s{{1,4}})?(?=ngay)"
)
_BEFORE_ISSUER = regex.compile(
    r"[,\s)]{0,6}(?:(?:do|cua)(?=\s)|ve\s{1,4}(?:ket\s{1,4}luan|y\s{1,4}kien)\s{1,4}cua(?=\s))"
)
_OWNER_BEFORE = regex.compile(r"\b(?:cua|boi)\s(?P<owner>[^;.]{4,100}?)\s{1,4}tai\s{1,4}(?:cac\s{1,4})?$")
# "Ngày 22/5/2018, UBND tỉnh ban hành Quyết định số 933/QĐ-UBND"
_ISSUING = words("ban hanh|da ky|ky")
_ISSUED_BEFORE = regex.compile(rf"\bngay\s{{1,4}}(?=[\dloi])(?=[^.;]{{10,120}}\b{_ISSUING}\s{{1,4}}$)")
_ISSUES = regex.compile(rf"[,\s]{{0,4}}(?P<organ>\D{{0,90}}?)\s{{1,4}}(?:da\s{{1,4}})?{_ISSUING}\s{{1,4}}$")
_FORM_BEFORE = regex.compile(r"\b(?:mau|bieu|phu\s{1,4}luc)(?:\s{1,4}so)?\s{0,4}$")  # "Mẫu số 03/NDAN" is a form
# "số 13 16/SNV": one number torn in two; "v36: 1/QĐ-TTg": the rest of one that is lost
_TORN_NUMBER = regex.compile(r"\bso\s{0,2}[:.]?\s{0,2}(?P<head>\d{1,3})\s$")
_LOST_NUMBER = regex.compile(r"[a-z]\d{1,4}\s?[:;.]\s?$")
_ASSEMBLY = regex.compile(r"QH[\dIlOS]{1,2}$")
_ACT = regex.compile(r"\b(?:bo\s{1,4}luat|luat(?!\s{1,4}su\b)|phap\s{1,4}lenh|nghi\s{1,4}quyet)\b(?=[^.;]{0,90}$)")
_DIGITS = regex.compile(r"\d+")
_BETWEEN_LISTED = regex.compile(r"\s{0,4}(?:,|;|va|,\s{0,4}va)\s{0,4}(?:so\s{0,4}:?\s{0,4})?")


@dataclass(frozen=True, slots=True)
class Reference:
    """One cited document; ``printed_code`` is set where letters of its symbol were mended."""

    type: str | None
    code: str
    date: str | None
    issuer: str | None
    start: int
    end: int
    code_span: tuple[int, int]
    printed_code: str | None = None
    restored: bool = False
    named: bool = False  # its type or "số" stands before the code

    @property
    def value(self) -> dict[str, str | None]:
        return {"type": self.type, "code": self.code, "date": self.date, "issuer": self.issuer}

    def found(self, rule: str = "reference") -> Found:
        others = ({**self.value, "code": self.printed_code},) if self.printed_code else ()
        repaired = self.restored or self.printed_code is not None
        return Found(
            kind="reference",
            value=self.value,
            start=self.start,
            end=self.end,
            rule=rule,
            strength=0.7 if repaired else 0.97 if self.named else 0.85,
            status="restored" if repaired else "read",
            others=others,
        )


def _type_pattern() -> regex.Pattern[str]:
    names = folded_alternatives((*type_words(), "van ban", "van"), spaces=r"\s{1,4}")
    return regex.compile(rf"\b(?:cac\s{{1,4}})?(?P<type>{names}){_NUMBER_WORD}?\s{{0,4}}$")


_TYPE_BEFORE = _type_pattern()
_ANY_NUMBER_WORD = regex.compile(rf"{_NUMBER_WORD}\s{{0,4}}$")
# "QĐ số 31/QĐ-UBND", "CV số 85/SGDĐT"
_LETTERS_BEFORE = regex.compile(
    rf"(?<!\p{{L}})(?P<letters>CV|QĐ|NĐ|TTLT|TTr|TT|NQ|KH|BC|CT|TB|HD){_NUMBER_WORD}\s{{0,4}}$"
)


def type_before(folded: str, position: int) -> tuple[str | None, int, bool]:
    """(type named right before a code, start of those words, whether a type or "số" stands there)."""
    window_start = max(0, position - _LOOK_BACK)
    window = folded[window_start:position]
    match = _TYPE_BEFORE.search(window)
    if match:
        name = type_words().get(" ".join(match["type"].split()), "Văn bản")
        return name, window_start + match.start("type"), True
    number_word = _ANY_NUMBER_WORD.search(window)
    if number_word:
        start = number_word.start() + len(number_word.group()) - len(number_word.group().lstrip())
        return None, window_start + start, True
    return None, position, False


def find_references(source: Source) -> list[Reference]:
    """All documents cited in a text, in its order: by code, by half a code, by name and year."""
    found: list[Reference] = []
    for code in codes_in(source.text):
        before = source.folded[max(0, code.start - 24) : code.start]
        if not _FORM_BEFORE.search(before) and not _LOST_NUMBER.search(before):
            found.extend(_read(source, code))
    taken = Taken()
    for reference in found:
        taken.add(*reference.code_span)
    for reference in (*_read_short(source), *_read_acts(source)):
        if not taken.overlaps(*reference.code_span):
            taken.add(*reference.code_span)
            found.append(reference)
    return _share_dates(source, sorted(found, key=lambda reference: reference.code_span))


def _read(source: Source, code: Code) -> Iterator[Reference]:
    text, folded = source.text, source.folded
    torn = _TORN_NUMBER.search(folded, max(0, code.start - _LOOK_BACK), code.start)
    if torn:
        code = replace(code, number=torn["head"] + code.number, start=torn.start("head"))
    shared = _SHARED.search(folded, max(0, code.start - _LOOK_BACK), code.start)
    if shared and not type_before(folded, shared.start())[2]:
        shared = None
    first = shared.start() if shared else code.start
    type_name, start, named = type_before(folded, first)
    letters = _LETTERS_BEFORE.search(text, max(0, first - 16), first) if type_name is None else None
    if letters:
        type_name, start = _type_of_abbreviation(letters["letters"]), letters.start()
    if type_name is None and _ASSEMBLY.search(code.symbol):
        type_name, start = _law_before(folded, start)
    mended = code.mended(type_name)
    reference = Reference(
        type=type_name or code.type or None,
        code=mended or code.code,
        date=None,
        issuer=None,
        start=start,
        end=code.end,
        code_span=(code.start, code.end),
        printed_code=code.code if mended else None,
        restored=torn is not None or code.torn,
        named=named,
    )
    reference = _with_date_and_issuer(source, reference)
    if shared:
        for number in _DIGITS.finditer(shared["numbers"]):
            at = shared.start("numbers") + number.start()
            yield replace(
                reference,
                code=number.group() + reference.code.removeprefix(code.number),
                start=at,
                end=at + len(number.group()),
                code_span=(at, at + len(number.group())),
            )
        reference = replace(reference, start=code.start)
    yield reference


def _type_of_abbreviation(letters: str) -> str | None:
    return "Công văn" if letters == "CV" else type_of_letters(letters)


def _read_short(source: Source) -> Iterator[Reference]:
    """Codes without a symbol, and drafts' codes without a number."""
    for half in half_codes_in(source):
        type_name, start, _ = type_before(source.folded, half.named)
        if type_name is not None and type_name != "Văn bản":
            span = (half.start, half.end)
            yield _with_date_and_issuer(
                source, Reference(type_name, half.code, None, None, start, half.end, span, named=True)
            )


def _read_acts(source: Source) -> Iterator[Reference]:
    for act in acts_in(source):
        yield Reference(
            act.type,
            act.name,
            act.date.value,
            None,
            act.start,
            act.date.end,
            act.own,
            restored=act.date.status != "read",
            named=True,
        )


def _with_date_and_issuer(source: Source, reference: Reference) -> Reference:
    """Date and issuer from behind the code, in either order, or from before ("Ngày ..., UBND tỉnh ban hành ...")."""
    text, folded = source.text, source.folded
    date, end = _date_after(folded, reference.end)
    issuer_span = _issuer_after(text, folded, end)
    if issuer_span:
        end = issuer_span[1]
    if issuer_span and date is None:
        date, end = _date_after(folded, end)
    issuer = " ".join(text[slice(*issuer_span)].split()) if issuer_span else None
    if issuer is None:
        issuer = _owner_before(text, folded, reference.start)
    if date is None and issuer is None:
        date, issuer = _issued_before(source, reference.start)
    return replace(
        reference,
        date=date.value if date else None,
        issuer=issuer,
        end=end,
        restored=reference.restored or bool(date and date.status != "read"),
    )


def _law_before(folded: str, position: int) -> tuple[str | None, int]:
    """Kind and start of an act of the National Assembly: its name stands between kind and number ("Luật ... số")."""
    window_start = max(0, position - _LOOK_BACK)
    acts = list(_ACT.finditer(folded, window_start, position))
    if not acts:
        return None, position
    return type_words()[" ".join(acts[-1].group().split())], acts[-1].start()


def _date_after(folded: str, position: int) -> tuple[Found | None, int]:
    lead = _BEFORE_DATE.match(folded, position)
    if lead is None:
        return None, position
    date = date_at(folded, lead.end())
    return (date, date.end) if date else (None, position)


def _issuer_after(text: str, folded: str, position: int) -> tuple[int, int] | None:
    lead = _BEFORE_ISSUER.match(folded, position)
    return name_after(text, folded, lead.end()) if lead else None


def _owner_before(text: str, folded: str, position: int) -> str | None:
    """Issuer named before: "Theo đề nghị của Bộ trưởng Bộ X tại Tờ trình số ..."."""
    match = _OWNER_BEFORE.search(folded, max(0, position - 130), position)
    if match is None:
        return None
    span = name_after(text, folded, match.start("owner"))
    return " ".join(text[slice(*span)].split()) if span and span[1] >= match.end("owner") - 2 else None


def _issued_before(source: Source, position: int) -> tuple[Found | None, str | None]:
    """Date and issuer of "Ngày 22/5/2018, UBND tỉnh ban hành Quyết định số ..."."""
    day = _ISSUED_BEFORE.search(source.folded, max(0, position - 140), position)
    date = date_at(source.folded, day.start()) if day else None
    issues = _ISSUES.match(source.folded, date.end, position) if date else None
    if date is None or issues is None:
        return None, None
    span = name_after(source.text, source.folded, issues.start("organ")) if issues["organ"] else None
    organ = " ".join(source.text[slice(*span)].split()) if span and span[1] <= issues.end("organ") else None
    return date, organ


def _share_dates(source: Source, references: list[Reference]) -> list[Reference]:
    """Give the members of a list the type before its first code and the date and issuer after its last."""
    shared = list(references)
    for index in range(1, len(shared)):
        before, this = shared[index - 1], shared[index]
        if _listed(source, before, this) and not this.named:
            shared[index] = replace(this, type=before.type, named=before.named)
    for index in range(len(shared) - 2, -1, -1):
        this, after = shared[index], shared[index + 1]
        if this.date is None and _listed(source, this, after):
            shared[index] = replace(this, date=after.date, issuer=this.issuer or after.issuer)
    return shared


def _listed(source: Source, before: Reference, after: Reference) -> bool:
    """True when only a comma or "và" stands between two codes of the same symbol."""
    between = source.folded[before.code_span[1] : after.code_span[0]]
    same = before.code.lstrip("0123456789") == after.code.lstrip("0123456789")
    return same and _BETWEEN_LISTED.fullmatch(between) is not None
