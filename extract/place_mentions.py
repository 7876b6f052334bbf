"""Where a text names places: "xã Tân Lập, huyện Bắc Sơn", "các xã A, B và C", provinces without their kind.

This module finds what is printed; ``extract.places`` tells which unit is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from extract.patterns import Source, Taken
from extract.person_words import FAMILY_NAMES, given_names, middle_names
from extract.place_lists import LEVELS, PlaceList, Unit, marked_key, place_key
from extract.word_lists import folded_alternatives
from normalize.folding import fold_aligned
from normalize.syllables import is_syllable

__all__ = ["OTHER_WORDS", "Mention", "find_mentions", "printed_name"]

VILLAGE = 4
_KINDS = {
    "tỉnh": "tinh",
    "thành phố": "thanh pho",
    "huyện": "huyen",
    "quận": "quan",
    "thị xã": "thi xa",
    "xã": "xa",
    "phường": "phuong",
    "thị trấn": "thi tran",
    "đặc khu": "dac khu",
    "thôn": "thon",
    "xóm": "xom",
    "ấp": "ap",
    "buôn": "buon",
    "bản": "ban",
    "làng": "lang",
    "khóm": "khom",
    "tổ dân phố": "to dan pho",
    "khu phố": "khu pho",
    "khối phố": "khoi pho",
    "khu dân cư": "khu dan cu",
    "tiểu khu": "tieu khu",
    "khu": "khu",
}
_BY_FOLDED = {folded: kind for kind, folded in _KINDS.items()}
_JOINED = {"thôn": "nong ", "xã": "hop tac "}
_SHORT = {"tp": "thành phố", "tx": "thị xã", "tdp": "tổ dân phố"}
# Words of other meanings too: a village is one only where the commune follows ("bản Nà Lĩnh, xã ...").
_WEAK_VILLAGES = {"bản", "làng", "khu", "buôn", "khu dân cư"}
# Plain words and no long repeats: ``re`` finds them twice as fast as ``regex`` does.
_KIND = re.compile(
    r"(?<![a-z0-9])(?P<kind>"
    + folded_alternatives(_BY_FOLDED, spaces=r"\s{1,3}")
    + r"|(?P<short>tp|tx|tdp)\b\.?)(?:\s{0,4}(?<=[\s.])|\s?:\s{1,2})(?:so\s{1,2}(?=\d))?"
)
_WORD = r"\p{Lu}[\p{L}\p{M}]{0,15}(?:['’.]\p{L}{1,9}|['’][ ]\p{Lu}\p{L}{0,9})?(?![\p{L}\p{M}])"
_MORE = rf"(?:\s{{1,3}}|\s?[-–]\s?)(?P<word>{_WORD})"
_NAME = regex.compile(
    rf"(?P<word>\d{{1,2}}\p{{Lu}}?(?![\p{{L}}\d]|[./,%]\d)|{_WORD})(?:{_MORE}){{0,5}}"
    r"(?:[ ](?P<word>\d{1,2})(?![\p{L}\d%]|[./,]\d))?"
)
_NAME_GOES_ON = regex.compile(rf"[ ]{_WORD}")
_NEXT_IN_LIST = regex.compile(
    r"(?:\s?\([^()\n]{3,40}\))?\s{0,2}(?:[,;]\s{0,2}(?:và\s{1,2})?|\s{1,2}và\s{1,2})(?=\p{Lu})"
)
_NEXT_ABOVE = regex.compile(r"\s{0,2}(?:[,(]|[-–])\s{0,2}(?=\p{Lu})")
_PLURAL = regex.compile(
    r"(?:cac|\d{1,3}|hai|ba|bon|nam|sau|bay|tam|chin|muoi|gom|nhung|mot so)(?:\s{1,2}\(?\d{0,3}\)?)?\s{1,3}$"
)
_WRAPPED = 45  # characters: a line as long as this goes on in the next one
_COMMUNE_FOLLOWS = regex.compile(
    r"[ ]?[,(–-]?\s?(?:thuộc\s)?(?:xã|phường|thị trấn|huyện|đặc khu|quận|tp|thành phố|thị xã)[\s.]", regex.IGNORECASE
)
_BEFORE_BARE = regex.compile(r"(?<![a-z])(?:duong|pho|song|cau|ho|nha hang|khach san|cho|ban|le hoi|dia danh)\s{1,2}$")
_CAPITALS_BEFORE = regex.compile(rf"(?:{_WORD}\s){{1,4}}$")
# Without their marks, or with others, these are words of their own: xa, phương, quan, tính.
OTHER_WORDS = {"xã", "phường", "quận", "tỉnh"}
# "cấp xã Hội đồng", "tỉnh Ủy": the capital begins something else than a unit's name
_NO_NAMES = {"hoi", "uy", "doan", "dang", "dong chi"}
_LOWER_AFTER = regex.compile(r"\s\p{Ll}")


@dataclass(frozen=True)
class Mention:
    """A place as printed at ``text[start:end]``.

    Attributes:
        kind: Kind as printed, written out; of a bare name the kind that the list gives it.
        words: The name's words as printed.
        units: Units of the list with this name and kind, marks apart.
        marked: Those of them whose marks are as printed.
        kind_exact: Whether the kind has its marks.
        bare: A name without its kind.
    """

    start: int
    end: int
    kind: str
    words: tuple[str, ...]
    units: tuple[Unit, ...]
    marked: tuple[Unit, ...]
    kind_exact: bool = True
    bare: bool = False

    @cached_property
    def level(self) -> int:
        """1 province, 2 district, 3 commune, 4 village."""
        levels = LEVELS.get(self.kind, (VILLAGE,))
        if len(levels) == 1 or not self.units:
            return levels[-1]
        return max(unit.level for unit in self.marked or self.units)

    @property
    def name(self) -> str:
        return printed_name(self.words)

    @cached_property
    def key(self) -> str:
        return place_key(f"{self.kind} {self.name}")


def printed_name(words: tuple[str, ...]) -> str:
    """The words of a name in small letters with capitals, as place names are written."""
    capitals = all(word.isupper() for word in words) and any(len(word) > 1 for word in words)
    return " ".join(word.capitalize() if capitals and word != "-" else word for word in words)


def find_mentions(source: Source, places: PlaceList) -> list[Mention]:
    """All mentions, in the order of the text."""
    found: list[Mention] = []
    taken = Taken()
    for match in _KIND.finditer(source.folded):
        if taken.overlaps(match.start(), match.end()):
            continue
        for mention in _read(source, match, places):
            if not taken.overlaps(mention.start, mention.end):
                taken.add(mention.start, mention.end)
                found.append(mention)
    found.sort(key=lambda mention: mention.start)
    return sorted([*found, *_bare_provinces(source, places, found)], key=lambda mention: mention.start)


def _read(source: Source, match: re.Match[str], places: PlaceList) -> Iterator[Mention]:
    text, folded = source.text, source.folded
    kind = _SHORT.get(match["short"]) or _BY_FOLDED[" ".join(match["kind"].split())]
    printed = " ".join(text[match.start("kind") : match.end("kind")].lower().split())
    kind_exact = bool(match["short"]) or printed == kind
    start = match.start()
    if folded.endswith(_JOINED.get(kind, "\n\n"), 0, start):
        return  # nông thôn, hợp tác xã
    name = _NAME.match(text, match.end())
    if not kind_exact and kind in OTHER_WORDS and (not printed.isascii() or "\n" in match.group()):
        return  # "Hà Tĩnh", "phương án", "có liên quan"
    if name is None or (name.group()[0].isdigit() and (not kind_exact or "\n" in match.group())):
        return
    plural = bool(_PLURAL.search(folded, max(0, start - 16), start))
    first = _named(source, name, kind, places, start, kind_exact=kind_exact)
    if first is None or (plural and kind == "tỉnh" and not first.units):
        return  # "các tỉnh Tây Nguyên"
    yield first
    yield from _list_after(source, first, places, plural=plural)


def _named(
    source: Source, name: regex.Match[str], kind: str, places: PlaceList, start: int, *, kind_exact: bool
) -> Mention | None:
    """The mention whose name is the longest beginning of the capitalised words that the list knows, or all of them."""
    text = source.text
    spans = name.spans("word")
    for count in range(len(spans), 0, -1):
        words = tuple(text[begin:end] for begin, end in spans[:count])
        units = places.named(place_key(" ".join(words)), kind)
        if units:
            marked = _with_marks(units, words, places)
            if count == 1 and not marked and len(spans) > 1:
                continue
            return Mention(start, spans[count - 1][1], kind, words, tuple(units), tuple(marked), kind_exact)
    return _unlisted(source, spans, kind, start) if kind_exact else None


def _with_marks(units: list[Unit], words: tuple[str, ...], places: PlaceList) -> list[Unit]:
    printed = _marked_key(" ".join(words))
    return [unit for unit in units if places.same_marks(unit, printed)]


@lru_cache(maxsize=4096)
def _marked_key(name: str) -> str:
    return marked_key(name)


def _unlisted(source: Source, spans: list[tuple[int, int]], kind: str, start: int) -> Mention | None:
    """A name that no list knows, as printed: villages always, others where the words cannot be anything else."""
    text = source.text
    spans = _one_line(text, spans)
    if kind in LEVELS and len(spans) > 1 and text[spans[-1][0]].isdigit():
        spans = spans[:-1]  # "xã Bản Tằm 3": only a list tells that the number is part of the name
    words = tuple(text[begin:end] for begin, end in spans)
    end = spans[-1][1]
    village = kind not in LEVELS
    all_capitals = text[start : start + 2].isupper()
    if not all_capitals and any(len(word) > 1 and word.isupper() and not word[0].isdigit() for word in words):
        return None
    if kind in _WEAK_VILLAGES and not _COMMUNE_FOLLOWS.match(text, end):
        return None
    if any(len(word) > 6 and not is_syllable(word) for word in words):
        return None  # words run together: "Thanh Miệnthành"
    if words[0][0].isdigit():
        return Mention(start, end, kind, words, (), ()) if village or kind in {"quận", "phường"} else None
    if len(words) > 4 or (all_capitals and (len(words) > 3 or text[end : end + 1].strip(".,;)\n\f"))):
        return None
    if "\n" in text[start : spans[0][0]] and (len(words) == 1 or start - text.rfind("\n", 0, start) < _WRAPPED):
        return None
    if len(words) == 1 and (
        _LOWER_AFTER.match(text, end) or all_capitals or len(words[0]) == 1 or text[end : end + 1] in ("", "\n")
    ):
        return None
    person = words[0] in FAMILY_NAMES and len(words) > 2 and (words[1] in middle_names() or words[-1] in given_names())
    if fold_aligned(words[0]) in _NO_NAMES or (person and not village):
        return None  # "Chủ tịch UBND tỉnh Nguyễn Văn An"
    return Mention(start, end, kind, words, (), ())


def _one_line(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words of the first line; of the next one too where the line is full and its paragraph goes on."""
    for at in range(1, len(spans)):
        if "\n" in text[spans[at - 1][1] : spans[at][0]]:
            line = text.rfind("\n", 0, spans[at - 1][1]) + 1
            follows = text[spans[-1][1] : spans[-1][1] + 1]
            full = spans[at - 1][1] - line >= _WRAPPED and follows in tuple(",.;)")
            return spans if full and at == 1 and len(spans) == 2 else spans[:at]
    return spans


def _list_after(source: Source, first: Mention, places: PlaceList, *, plural: bool) -> Iterator[Mention]:
    """Names behind a name without kinds of their own: more of the same kind, or the district and province."""
    text = source.text
    before = first
    for _ in range(60):
        comma = _NEXT_IN_LIST.match(text, before.end) if plural and not before.bare else None
        name = _NAME.match(text, comma.end()) if comma else None
        beside = _named(source, name, first.kind, places, name.start(), kind_exact=True) if name else None
        if beside and not (beside.marked or (not first.units and not _LOWER_AFTER.match(text, beside.end))):
            beside = None
        found = beside or _above_behind(source, before, places)
        if found is None:
            return
        yield found
        before = found


def _above_behind(source: Source, before: Mention, places: PlaceList) -> Mention | None:
    comma = _NEXT_ABOVE.match(source.text, before.end)
    name = _NAME.match(source.text, comma.end()) if comma else None
    return _above(source, name, before, places) if name else None


def _above(source: Source, name: regex.Match[str], below: Mention, places: PlaceList) -> Mention | None:
    """The district or province of ``below``, named without its kind: "xã Tân Lập, Bắc Sơn"."""
    spans = name.spans("word")
    within = {part for unit in below.units for part in (unit.district, unit.province) if part}
    for count in range(min(len(spans), 4), 0, -1):
        words = tuple(source.text[begin:end] for begin, end in spans[:count])
        units = [unit for unit in places.named(place_key(" ".join(words))) if unit.full in within]
        units = _with_marks(units, words, places)
        if units:
            return Mention(
                spans[0][0], spans[count - 1][1], units[0].kind, words, tuple(units), tuple(units), bare=True
            )
    return None


def _bare_provinces(source: Source, places: PlaceList, found: list[Mention]) -> Iterator[Mention]:
    text, folded = source.text, source.folded
    pattern = _province_names(places)
    spans = iter([*((mention.start, mention.end) for mention in found), (len(text) + 1, len(text) + 1)])
    start, end = next(spans)
    for match in pattern.finditer(text):
        if not _is_whole(text, *match.span()):
            continue
        while end <= match.start():
            start, end = next(spans)
        if match.end() > start or _BEFORE_BARE.search(folded, max(0, match.start() - 14), match.start()):
            continue
        if _NAME_GOES_ON.match(text, match.end(), match.end() + 12):
            continue
        capitals = _CAPITALS_BEFORE.search(text, max(0, match.start() - 40), match.start())
        if capitals and capitals.group().split()[0] in FAMILY_NAMES:
            continue
        words = tuple(match.group().split())
        if match.group().startswith("Hồ Chí") and not text.startswith(", ngày", match.end()):
            continue  # of a bare name mostly the man
        units = [unit for unit in places.named(place_key(match.group())) if unit.level == 1]
        yield Mention(match.start(), match.end(), units[0].kind, words, tuple(units), tuple(units), bare=True)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` ends no other word and begins none."""
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


@lru_cache(maxsize=8)
def _province_names(places: PlaceList) -> re.Pattern[str]:
    """Names and nothing around them, so that ``re`` knows the letters that they begin with: a third of the time."""
    names = {unit.name for unit in places.units if unit.level == 1}
    names |= {name.replace("oà", "òa") for name in names} | {name.replace("óa", "oá") for name in names}
    alternatives = folded_alternatives(names, spaces=r"\s{1,2}")
    return re.compile(alternatives or r"(?!)")  # a list of communes alone names none
