"""Organs named in running text: "UBND huyện Bắc Sơn", "Sở Nông nghiệp và PTNT", "Trường THCS Tân Lập".

A name is walked part by part: the word it begins with, complements of the list, a proper name, the place or the higher
organ it belongs to. The value writes abbreviations out; places inside are values of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from extract.organ_limits import (
    AND,
    ANY_OF_A_LEVEL,
    GAP,
    KIND_ALONE,
    LISTED_KINDS,
    NAME,
    NOT_AFTER,
    PAIR,
    QUOTED,
    SMALL_WORD,
    TAIL,
    limit_words,
)
from extract.organ_parts import Part, field_pattern, head_pattern, part_of
from extract.organs import begins_organ
from extract.patterns import Found, Source, Taken
from extract.person_words import FAMILY_NAMES, given_names, middle_names
from extract.place_lists import place_key
from normalize.folding import name_key

__all__ = ["find_organs"]

_SMALL_HEADS = {"Phòng", "Trường", "Trạm", "Hợp tác xã", "Ủy ban nhân dân"}
_SMALL_WORDS = {head.lower() for head in _SMALL_HEADS if " " not in head}
# "Ban Chỉ đạo xây dựng nông thôn mới", but not "Sở Xây dựng thẩm định"
_SMALL_FIELDS = {"Sở", "Bộ", "Cục", "Vụ", "Phòng", "Chi cục", "Tổng cục"}
_PROPER_KINDS = {"việt nam": "Việt Nam", "trung ương": "Trung ương", "tp": "thành phố"}
_DEEPEST = 2  # "Ban Thường trực | Ủy ban MTTQ | ...": organs of organs
_SURE, _GUESSED, _RESTORED = 0.95, 0.75, 0.6


@dataclass(slots=True)
class _Walk:
    """How far a name has been read, and its parts written out."""

    end: int
    full: list[str]
    exact: bool
    complete: bool
    guessed: bool = False
    in_field: bool = False


def find_organs(source: Source, places: Sequence[Found]) -> list[Found]:
    """All organs of a text that are named, in its order; "các sở, ban, ngành" and "UBND cấp xã" name none.

    Args:
        source: The text.
        places: What ``find_places`` found in it: names of organs end in places.
    """
    by_start = {place.start: place for place in places}
    inside = Taken()
    for place in places:
        inside.add(place.start, place.end)
    found = []
    at = 0
    while match := head_pattern().search(source.folded, at):
        item = None
        if not inside.overlaps(match.start(), match.start() + 1):  # xã Hội An, phường Trường Thi
            item = _organ(source, match, by_start)
        if item is not None:
            found.append(item)
        at = item.end if item else match.start() + 1
    return found


def _organ(source: Source, match: re.Match[str], places: Mapping[int, Found]) -> Found | None:
    text = source.text
    start = match.start()
    printed = text[start : match.end()]
    if printed.isalpha() and printed.islower() and printed not in _SMALL_WORDS:
        return None  # "cơ sở", "công vụ", "thông báo": six in ten
    part = part_of(printed, field=False)
    if part.abbreviated and _capitals(printed) < _capitals(part.printed):
        return None
    exact = _same_marks(printed, part.printed)
    capital = printed[0].isupper()
    if not exact and (" " not in part.printed or not capital):
        return None
    if not capital and " " not in part.printed and part.full not in _SMALL_HEADS:
        return None  # the same with a capital in it, "cÔNG"
    before = text[max(0, start - 14) : start].lower()
    if NOT_AFTER.search(before) or _in_compound(before, printed.lower()):
        return None
    walk = _Walk(match.end(), [part.full], exact, part.section == "whole" and capital)
    _walk_fields(source, walk, part, capital=capital)
    _walk_above(source, walk, places)
    if not walk.complete or (not walk.exact and len(walk.full) < 2):
        return None
    if ANY_OF_A_LEVEL.match(text, walk.end):
        return None
    guessed = walk.guessed or (walk.in_field and _goes_on(text, walk.end))
    return Found(
        kind="organ",
        value=" ".join(" ".join(walk.full).split()),
        start=start,
        end=walk.end,
        rule=f"organ.{part.section}",
        strength=(_GUESSED if guessed else _SURE) if walk.exact else _RESTORED,
        status="read" if walk.exact else "restored",
    )


def _in_compound(before: str, head: str) -> bool:
    """Whether a head of one syllable is the second of a word: "DỊCH VỤ", "CÁN BỘ", "ỦY BAN"."""
    return (
        " " not in head
        and before[-1:].isspace()
        and f"{before.rstrip().rpartition(' ')[2]} {head}" in limit_words("compound")
    )


def _goes_on(text: str, end: int) -> bool:
    """Whether a small word follows that rarely follows organs: the name may go on, "Vụ Khoa học | công nghệ"."""
    after = SMALL_WORD.match(text, end)
    return after is not None and after[1] not in limit_words("after")


def _capitals(text: str) -> int:
    return sum(char.isupper() for char in text)


def _same_marks(printed: str, listed: str) -> bool:
    return printed.lower() == listed.lower() or _key(printed) == _key(listed)


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    return name_key(text.replace("–", " ").replace("-", " "))


def _walk_fields(source: Source, walk: _Walk, head: Part, *, capital: bool) -> None:
    """Complements, joined by spaces, "và" or a dash; then a proper name where the head takes any."""
    text = source.text
    for _ in range(6):
        field = None
        for gap, rule in (("", GAP), ("and", AND)):
            between = rule.match(text, walk.end)
            if between is None or (gap and not walk.full[1:]):
                continue
            if (
                not gap
                and walk.complete
                and "\n" in between.group()
                and text[between.end() : between.end() + 1].isupper()
            ):
                continue  # "Sở Nội vụ", and the next line begins with a capital
            field = field_pattern().match(source.folded, between.end())
            if field and _fits(text, field, capital=capital or bool(walk.full[1:]), joined=bool(gap)):
                break
            field = None
        if field is None:
            break
        printed = text[field.start() : field.end()]
        part = part_of(printed, field=True)
        ended = head.full in _SMALL_FIELDS or head.section == "whole" or walk.full[-1].endswith("Việt Nam")
        if printed[0].islower() and ended:
            break
        if gap:
            walk.full.append("và" if "và" in between.group() or "&" in between.group() else "-")
        walk.full.append(part.full)
        walk.exact &= _same_marks(printed, part.printed)
        walk.end, walk.in_field = field.end(), True
        walk.complete |= head.section != "open" or (
            printed[0].isupper() and part.full.lower() not in limit_words("form")
        )
    _walk_name(source, walk, head, capital=capital)
    tail = TAIL.match(text, walk.end) if walk.complete else None
    if tail:
        walk.full.append(tail.group().strip())
        walk.end = tail.end()


def _fits(text: str, field: re.Match[str], *, capital: bool, joined: bool) -> bool:
    printed = text[field.start() : field.end()]
    part = part_of(printed, field=True)
    if part.abbreviated and not _same_marks(printed, part.printed):
        return False
    before = text[max(0, field.start() - 6) : field.start()]
    if before.isupper() and len(before.strip()) > 4 and not printed.isupper():
        return False  # a heading in capitals ends
    small = printed[0].islower()
    if small and (joined or part.printed[0].isupper() or not capital):
        return False
    return capital or not small


def _walk_name(source: Source, walk: _Walk, head: Part, *, capital: bool) -> None:
    text = source.text
    if not walk.complete and (KIND_ALONE.match(text, walk.end) or _begins_organ(source, walk.end)):
        return
    pair = PAIR.match(text, walk.end) if not walk.complete and head.section != "whole" else None
    if pair and place_key(pair.group()) == "thanhpho":
        walk.full.append("thành phố")
        walk.end, walk.complete, walk.exact = pair.end(), True, False
        return
    if (
        pair
        and capital
        and head.full not in {"Báo", "Đài"}
        and pair[2] not in limit_words("not_second")
        and pair[1] not in limit_words("no_name")
        and not begins_organ(source.folded[pair.start(1) : pair.end(1)])
    ):
        walk.full.append(pair.group().strip())
        walk.end, walk.complete, walk.guessed = pair.end(), True, True
    if not capital and not walk.full[1:]:
        return  # "chiến trường B"
    if head.section == "open" or head.full in {"Chi bộ", "Đảng bộ"}:
        name = QUOTED.match(text, walk.end) or NAME.match(text, walk.end)
        lone = name is not None and " " not in name.group().strip() and not walk.full[1:]
        torn = name is not None and any(len(word) == 1 and word.isalpha() for word in name.group().split())
        if torn or (lone and (_goes_on(text, name.end()) or name.group().isupper())):
            return  # "Trung tâm Dân | số", "QUỸ ĐẤT"
        if name and not _is_other(text, name, school=head.full == "Trường" and bool(walk.full[1:])):
            capitals = text[walk.end - 2 : walk.end].isupper()
            walk.full.append(_in_case(name.group().strip(), capitals=capitals))
            walk.end, walk.complete = name.end(), True


def _begins_organ(source: Source, end: int) -> bool:
    gap = GAP.match(source.text, end)
    head = head_pattern().match(source.folded, gap.end()) if gap else None
    return head is not None and source.text[head.start()].isupper() and " " in head.group()


def _is_other(text: str, name: regex.Match[str], *, school: bool) -> bool:
    """A person behind the organ, or a word that begins the next phrase."""
    words = name.group().split()
    person = words[0] in FAMILY_NAMES and len(words) >= 3 and words[-1] in given_names() and words[1] in middle_names()
    return (
        (person and not school)
        or words[0] in limit_words("no_name")
        or KIND_ALONE.match(text, name.start()) is not None
    )


def _walk_above(source: Source, walk: _Walk, places: Mapping[int, Found], *, depth: int = 0) -> None:
    """The place or the organ above: "... tỉnh Lạng Sơn", "Văn phòng | UBND huyện Bắc Sơn"."""
    text = source.text
    for _ in range(4):
        gap = GAP.match(text, walk.end)
        if gap is None:
            return
        place, kind = places.get(gap.end()), KIND_ALONE.match(text, walk.end)
        if place is not None:
            printed = text[place.start : place.end]
            named = place.value["name"]
            walk.full.append(named if place_key(printed) == place_key(named) else f"{place.value['kind']} {named}")
            walk.exact &= place.status == "read"
            walk.end, walk.complete, walk.in_field = place.end, True, False
        elif depth < _DEEPEST and _walk_organ_above(source, walk, gap, places, depth=depth + 1):
            continue
        elif kind is not None and LISTED_KINDS.match(text, kind.end()):
            return  # "Ủy ban nhân dân huyện, quận, thị xã": any of them
        elif kind is not None:
            printed = " ".join(kind.group().lower().split())
            walk.full.append(_PROPER_KINDS.get(printed, printed))
            walk.end, walk.complete, walk.in_field = kind.end(), True, False
        else:
            return


def _walk_organ_above(
    source: Source, walk: _Walk, gap: regex.Match[str], places: Mapping[int, Found], *, depth: int
) -> bool:
    text = source.text
    head = head_pattern().match(source.folded, gap.end())
    if head is None or not text[head.start()].isupper() or "\n" in gap.group():
        return False
    if not walk.complete and " " not in walk.full[0]:
        return False  # a Ban, Sở or Phòng says of what before it says whose
    part = part_of(text[head.start() : head.end()], field=False)
    if part.full == walk.full[0] or not _same_marks(text[head.start() : head.end()], part.printed):
        return False  # "BỘ CÔNG AN BỘ QUỐC PHÒNG" are two
    above = _Walk(head.end(), [part.full], exact=True, complete=part.section == "whole")
    _walk_fields(source, above, part, capital=True)
    if not above.complete:
        _walk_above(source, above, places, depth=depth)
    if not above.complete:
        return False
    walk.full.extend(above.full)
    walk.end, walk.complete = above.end, True
    return True


def _in_case(printed: str, *, capitals: bool) -> str:
    """Words as printed; a name in capitals, behind words in capitals, in small letters with capitals."""
    words = printed.split()
    if capitals and all(word.isupper() for word in words):
        words = [word.capitalize() for word in words]
    return " ".join(words)
