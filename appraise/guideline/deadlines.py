"""By when something is done, and who gets it (thời hạn, nơi nhận), as a guideline says it.

"Trước ngày 31/7" leaves open whether the 31st is still in time: ``inclusive`` stays None and a question asks. "Chậm
nhất ngày", "đến hết ngày" and "hạn cuối" include their day. A month stands for its last day ("trong tháng 6/2031"), and
"trước tháng 7/2031" for the time before its first.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from appraise.guideline.guideline_text import GuidelineItem, GuidelineText
from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.rules import Deadline
from extract.dates import DATE_GRAMMAR
from extract.patterns import Found, Source, find_all

__all__ = ["find_deadlines"]

# "chậm nhất là 17 giờ 00 phút, ngày"; a weekday may stand there too: "thứ Sáu, ngày"
_HOUR = (
    r"(?:\d{1,2}\s?(?:gio|h|:)\s?(?:\d{2})?(?:\s?phut)?[\s,]{0,4})?"
    r"(?:\(?(?:thu\s\w{2,4}|chu\snhat)\)?[\s,]{1,4})?(?:ngay\s{1,4})?(?:thang\s{1,4})?"
)
_BEFORE = regex.compile(rf"\btruoc(?P<and>\s{{1,4}}va\s{{1,4}}trong)?\s{{1,4}}{_HOUR}$")
_UNTIL = regex.compile(
    r"\b(?P<latest>(?:cham|muon)\s{1,4}nhat(?:\s{1,4}(?:la|den|het|vao|trong)){0,2}|han\s{1,4}(?:cuoi|chot|nop|nhan|gui)[^.;\n]{0,40}?"
    r"|den\s{1,4}het|den|toi|het|khong\s{1,4}(?:qua|muon\s{1,4}hon)|trong|xong\s{1,4}trong)[\s:]{1,4}" + _HOUR + "$"
)
_STRONG = regex.compile(r"nhat|han\s|khong\s")
_SENTENCE_END = regex.compile(
    r"(?<=[^.\d\s][.;:])\s(?=\s{0,8}[-+*“\"(]?\s?\p{Lu})|;\s|\n\s{0,8}\n(?=\s{0,8}[-+*]?\s?\p{Lu}\p{Ll})"
)
_NAME_GOES_ON = regex.compile(r",\s{1,4}(?=\p{Lu})")
_NAME_ENDS = regex.compile(r"[.;:](?=\s|$)|,|\n\s{0,8}\n|\((?!\s?(?:qua|thông qua|thong qua|bộ phận|phòng))|$")
_BRACKET = regex.compile(r"\s{0,4}\((?:qua|thong\s{1,4}qua)[^()]{1,160}\)")
_DATE = regex.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s?/\s?\d{4}|\bnăm\s\d{4}")
_LOOK_BACK = 80
_MONTH, _DAY = 2, 3  # parts of an ISO date
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Receiver:
    """Who gets it; ``verb`` is where "gửi về" begins, ``end`` where the name ends."""

    name: str
    verb: int
    end: int


def find_deadlines(guideline: GuidelineText) -> list[Deadline]:
    """Every date of the guideline itself by which something is to be done; those of its annexes are left out."""
    source = Source(guideline.text, guideline.folded)
    first_annex = min((item.start for item in guideline.walk() if item.annex), default=len(guideline.text))
    found: dict[tuple[dt.date, str], Deadline] = {}
    for date in find_all(source, DATE_GRAMMAR):
        if date.start < first_annex and (deadline := _deadline(guideline, date)) is not None:
            found.setdefault((deadline.date, deadline.what), deadline)
    return list(found.values())


def _deadline(guideline: GuidelineText, date: Found) -> Deadline | None:
    before = guideline.folded[max(0, date.start - _LOOK_BACK) : date.start]
    bound = _BEFORE.search(before) or _UNTIL.search(before)
    item = guideline.item_at(date.start)
    if bound is None or item is None or _is_other_date(guideline, date, before):
        return None
    strong = bool(_STRONG.search(bound.group()))
    sentences = _sentences(guideline, item)
    at = next((n for n, sentence in enumerate(sentences) if sentence.start <= date.start < sentence.end), None)
    if at is None or not (strong or _words("tasks").search(guideline.folded, sentences[at].start, sentences[at].end)):
        return None
    day, inclusive = _day(str(date.value), before=bound.re is _BEFORE and not bound["and"])
    if day is None:
        return None
    binding = date.start - (len(before) - bound.start())
    what, receiver = _task(guideline, item, sentences, at, (binding, date.end))
    relation: Literal["before", "until"] = "before" if bound.re is _BEFORE and not bound["and"] else "until"
    return Deadline(
        what=what,
        date=day,
        to=receiver,
        relation=relation,
        inclusive=inclusive,
        place=guideline.place(item, sentences[at].start, sentences[at].end),
    )


def _is_other_date(guideline: GuidelineText, date: Found, before: str) -> bool:
    clause = regex.split(r"[;.]\s|,", before)[-1]
    behind = guideline.folded[date.end : date.end + 24]
    return bool(_words("not_tasks").search(clause)) or bool(regex.match(r"\s{1,4}tro\s{1,4}(?:ve|di)", behind))


def _day(value: str, *, before: bool) -> tuple[dt.date | None, bool | None]:
    """The day of an ISO date or month, and whether it is in time itself."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == _DAY:
        return dt.date(*parts), None if before else True
    if len(parts) == _MONTH:
        day = 1 if before else monthrange(parts[0], parts[1])[1]
        return dt.date(parts[0], parts[1], day), not before
    return None, None


def _sentences(guideline: GuidelineText, item: GuidelineItem) -> list[_Sentence]:
    """An item's own words, cut at stops and blank lines that a new sentence follows."""
    sentences, start = [], item.body
    for end in _SENTENCE_END.finditer(guideline.text, item.body, item.own_end):
        if guideline.text[start : end.end()].strip():
            sentences.append(_Sentence(start, end.end()))
            start = end.end()
    return [*sentences, _Sentence(start, item.own_end)]


def _task(
    guideline: GuidelineText, item: GuidelineItem, sentences: list[_Sentence], at: int, bound: tuple[int, int]
) -> tuple[str, str | None]:
    """What is to be done, and who gets it.

    Both stand before the date, behind it, in a sentence before ("Thời gian hoàn thành trước ngày ..." names neither),
    or with the items above and beside.
    """
    start, end = _start_of(guideline, sentences, at), sentences[at].end
    words = _cut(guideline, start, bound[0])
    before, behind = _receiver(guideline, start, bound[0]), _receiver(guideline, bound[1], end)
    if before is not None:
        above = next((guideline.words_of(parent) for parent in guideline.above(item)), "")
        return _cut(guideline, start, before.verb) or above.strip(" :;,-") or words, before.name
    if behind is not None:
        return words or _cut(guideline, bound[1], behind.verb), behind.name
    for earlier in reversed(sentences[:at]):
        receiver = _receiver(guideline, earlier.start, earlier.end)
        if receiver is not None and not _has_date(guideline, earlier):
            return _cut(guideline, earlier.start, receiver.verb), receiver.name
    names = {receiver.name for receiver in _near(guideline, item)}
    parents = [guideline.words_of(parent) for parent in guideline.above(item)[:1]] if item.is_dash else []
    what = words or _cut(guideline, bound[1], end) or next(iter(parents), "")
    return what.strip(" :;,-"), names.pop() if len(names) == 1 else None


def _start_of(guideline: GuidelineText, sentences: list[_Sentence], at: int) -> int:
    """Where a task begins: "tiếp nhận ...; tổng hợp, trình ... trước ngày" is one, unless each clause has its date."""
    while at and guideline.text[: sentences[at].start].rstrip().endswith(";"):
        if _has_date(guideline, sentences[at - 1]):
            break
        at -= 1
    return sentences[at].start


def _has_date(guideline: GuidelineText, sentence: _Sentence) -> bool:
    return bool(_DATE.search(guideline.text, sentence.start, sentence.end))


def _near(guideline: GuidelineText, item: GuidelineItem) -> Iterator[_Receiver]:
    """Who gets what the neighbours of an item speak of ("a) Nơi nhận hồ sơ: ...; b) Thời hạn: ...")."""
    parent = next(iter(guideline.above(item)), None)
    beside = parent.children if parent else (other for other in guideline.items if other.annex == item.annex)
    for other in beside:
        receiver = _receiver(guideline, other.body, other.own_end) if other.start != item.start else None
        if receiver is not None and not _DATE.search(guideline.text, other.body, other.own_end):
            yield receiver


def _receiver(guideline: GuidelineText, start: int, end: int) -> _Receiver | None:
    """The last one named behind "gửi về" within a stretch; a name begins with a capital."""
    best = None
    for verb in _words("hand_over").finditer(guideline.folded, start, end):
        begins = regex.compile(r"[\s:]{0,4}").match(guideline.text, verb.end(), end)
        at = begins.end() if begins else verb.end()
        if at < end and guideline.text[at].isupper():
            name = _name(guideline, at, end)
            if len(name.split()) > 1:
                best = _Receiver(name, verb.start(), at + len(name))
    return best


def _name(guideline: GuidelineText, start: int, end: int) -> str:
    text, folded = guideline.text, guideline.folded
    stop = min(end, start + _LONGEST_NAME)
    word = _words("stops").search(folded, start, stop)
    stop = word.start() if word else stop
    for sign in _NAME_ENDS.finditer(text, start, stop):
        if not _NAME_GOES_ON.match(text, sign.start()):
            stop = min(stop, sign.start())
            break
    through = _BRACKET.match(folded, len(text[:stop].rstrip()), end)
    stop = through.end() if through else stop
    return " ".join(text[start:stop].split()).strip(" ,;:")


def _cut(guideline: GuidelineText, start: int, end: int) -> str:
    return guideline.words(start, end).strip(" .:;,-+*")


@cache
def _words(name: str) -> regex.Pattern[str]:
    return phrase_pattern(data_file("deadlines.toml")[name])
