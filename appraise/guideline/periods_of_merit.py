"""Windows in which a merit must fall, and exclusions by earlier awards, from the periods that a standard names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from appraise.guideline.passages import Passage
from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.rules import Exclusion, Window
from extract.patterns import Found
from extract.periods import find_periods

__all__ = ["EarlierAwards", "Reach", "earlier_awards", "exclusions_of", "movement_period", "window_of"]

Reach = Literal["dash", "letter", "item", "unsaid"]

# A dash at a line's head opens the next item, unless it is the one of "2017 / - 2019" broken between its years.
_CLAUSE_STOP = regex.compile(r"[);]|(?<!\.)\.(?=\s)|\n\s{0,8}(?!(?<=\d\s{1,8})[-–]\s{0,4}(?:19|20)\d{2}\b)[-–+*]\s")
_LONGEST_CLAUSE = 400
# In brackets an exclusion is one whatever OCR made of its first word: "(trộn các cá nhân đã được khen thưởng giai đoạn"
_BRACKETED = regex.compile(
    r"\((?!(?:gom|ke\s|uu\s|bao\s|co\s))[a-z]{2,6}(?=\s{1,4}(?:cac|nhung|cho)\s[^)]{0,60}\bda\s{1,4}duoc\s{1,4}(?:khen|tang))"
)
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_ONE_YEAR = regex.compile(r"\b(?:nam|va|,|;)\s{1,4}(?P<year>(?:19|20)\d{2})(?!\d|\s?[-–/])")
# "thu nhập năm 2020" sets the year; "đến năm 2020", "so với năm 2016", "tháng 12 năm 2016" do not
_IN_YEAR = regex.compile(
    r"(?<!\b(?:den|tu|voi|truoc|sau|het|cuoi|dau|ke|thang|quy|ngay|\d{1,2}|luat|va|hoac|cac|nhung"
    r"|chuan|nhan|lap|khen)\s{1,4})"
    r"\bnam\s{1,4}(?P<year>(?:19|20)\d{2})(?!\d|\s{0,4}[-–/]|\s{1,4}(?:tro|den|va|ve|so\s{1,4}voi)\b)"
)
# "theo Bộ tiêu chí giai đoạn 2016-2020", "Quyết định ... giai đoạn 2021-2025" date a document, not a merit
_OF_DOCUMENT = regex.compile(
    r"(?:bo\s{1,4}tieu\s{1,4}chi|quyet\s{1,4}dinh|nghi\s{1,4}quyet|ke\s{1,4}hoach|de\s{1,4}an|huong\s{1,4}dan|thong\s{1,4}tu)\b[^.;:]{0,120}$"
)
_WHOLE_STAGE = regex.compile(
    r"\b(?:trong|ca|suot|toan|het)\s{1,4}(?:ca\s{1,4}|suot\s{1,4}|toan\s{1,4})?giai\s{1,4}doan\b(?!\s{0,4}\(?\s{0,2}(?:\d|tu\s{1,4}(?:nam|(?:19|20)\d\d)|nam|truoc|nay\b|sau))"
)


@dataclass(frozen=True, slots=True)
class EarlierAwards:
    """A clause that leaves out who was awarded in some periods, and where it stands in the passage."""

    periods: tuple[Window, ...]
    start: int
    end: int
    words: str


@cache
def _patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    data = data_file("exclusions.toml")
    return phrase_pattern(data["opens"]), phrase_pattern(data["awarded"])


def earlier_awards(passage: Passage) -> list[EarlierAwards]:
    """Clauses such as "(trừ ... đã được khen thưởng giai đoạn 2011-2015, ...)"; those without years too."""
    opens, awarded = _patterns()
    found: list[EarlierAwards] = []
    openings = [match for match in opens.finditer(passage.folded) if _is_printed(passage, match)]
    for match in sorted((*openings, *_BRACKETED.finditer(passage.folded)), key=lambda match: match.start()):
        if found and match.start() < found[-1].end:
            continue
        stop = _CLAUSE_STOP.search(passage.folded, match.end(), match.end() + _LONGEST_CLAUSE)
        end = stop.start() if stop else min(len(passage.text), match.end() + _LONGEST_CLAUSE)
        said = awarded.search(passage.folded, match.start(), end)
        if said is None:
            continue
        clause = passage.part(match.start(), end)
        # what is said before "đã được khen thưởng" is not when it was awarded
        periods = tuple(_years(clause.part(said.start() - match.start(), len(clause.text))))
        start = match.start() - 1 if passage.text[match.start() - 1 : match.start()] == "(" else match.start()
        words = " ".join(clause.text.split())
        found.append(EarlierAwards(periods, start, end + 1 if passage.text[end : end + 1] == ")" else end, words))
    return found


def exclusions_of(clauses: Iterable[EarlierAwards], reach: Reach) -> list[Exclusion]:
    """The exclusions that some clauses make."""
    return [Exclusion(period=period, reach=reach, text=clause.words) for clause in clauses for period in clause.periods]


def _is_printed(passage: Passage, match: regex.Match[str]) -> bool:
    """Folded "tru" is also trú and trụ: print must say trừ, or have lost its marks."""
    word = passage.text[match.start() : match.start() + 3].lower()
    return not match.group().startswith("tru") or word in {"trừ", "tru", "trù", "trử", "trư"}


def _years(passage: Passage) -> Iterator[Window]:
    found = find_periods(passage.source)
    yield from (window for item in found if (window := _window(item)) is not None)
    taken = [(item.start, item.end) for item in found]
    for match in _ONE_YEAR.finditer(passage.folded):
        if not any(start <= match.start("year") < end for start, end in taken):
            year = int(match["year"])
            yield Window(first=year, last=year)


def _window(found: Found) -> Window | None:
    first, last = found.value["from"], found.value["to"]
    if first is None or last is None or found.value["sense"] not in {"stage", "range", "term"}:
        return None
    years = int(first[:4]), int(last[:4])
    return Window(first=years[0], last=years[1]) if years[0] <= years[1] else None


def window_of(passage: Passage, movement: Window | None, *, inherited: bool = False) -> Window | None:
    """The period in which the merit must fall; None where the passage names none.

    Args:
        passage: The standard, exclusions blanked.
        movement: The period of the movement itself, which "trong giai đoạn" without years means.
        inherited: The passage heads several standards: a period that only names the movement is left out.
    """
    for found in find_periods(passage.source):
        window = _window(found)
        before = passage.folded[max(0, found.start - 140) : found.start]
        if window is None or _OF_DOCUMENT.search(before):
            continue
        if not inherited or not _names_movement(before):
            return window
    if _WHOLE_STAGE.search(passage.folded):
        return movement
    return None if inherited else _one_year(passage)


def _one_year(passage: Passage) -> Window | None:
    """The one year that a standard's words set: they name no other, and are one clause, all of which it holds for."""
    if len(list(passage.clauses())) > 1:
        return None
    folded = passage.folded
    named = {int(match.group()) for match in _YEAR.finditer(folded)}
    match = _IN_YEAR.search(folded)
    if match is None or len(named) > 1 or _OF_DOCUMENT.search(folded, max(0, match.start() - 140), match.start()):
        return None
    year = int(match["year"])
    return Window(first=year, last=year)


def _names_movement(before: str) -> bool:
    return (
        regex.search(
            r"[”\"’]\s{0,4}(?:giai\s{1,4}doan\s{0,4})?$|phong\s{1,4}trao[^.;:]{0,100}$|chuong\s{1,4}trinh[^.;:]{0,100}$",
            before,
        )
        is not None
    )


def movement_period(subject: str) -> Window | None:
    """The one period that the guideline's subject names; None for none or several."""
    windows = [window for item in find_periods(Passage(subject).source) if (window := _window(item)) is not None]
    return windows[0] if len({(window.first, window.last) for window in windows}) == 1 else None
