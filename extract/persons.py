"""People named in running text, lists and tables, each with the role printed right beside the name.

A name is told from other capitalised words by what stands before it ("ông", "đồng chí", a post), by the line or table
cell that it fills, or by its parts: a family name, then usual middle and given names. Streets, schools and communes
that are named after people are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extract.organs import begins_organ
from extract.patterns import Found, Source, Taken, find_matches
from extract.person_words import FAMILY_NAMES, PARTICLE, family_names_like, given_names, middle_names
from extract.roles import role_after, role_before
from extract.word_lists import folded_alternatives
from normalize.folding import fold_aligned
from normalize.syllables import is_syllable

__all__ = ["find_persons"]

_WORD = rf"(?:{PARTICLE}(?=\p{{Lu}}\p{{Ll}}))?\p{{Lu}}[\p{{L}}\p{{M}}]{{0,9}}(?:['’]\p{{L}}{{1,9}})?(?!\p{{L}})"
_ONE_NAME = regex.compile(rf"{PARTICLE}\p{{Lu}}")
_DEGREES = "GS|PGS|TS|ThS|Ths|KS|BS|BSCKI|BSCKII|CN|LS"
_GAP = r"[^\S\n\f]{1,3}"
_NAME = rf"(?:{_WORD})(?:{_GAP}{_WORD}){{0,5}}"
_HONORIFIC = regex.compile(
    r"(?<!\p{L})(?<!\d)(?:[Ôô]ng\s?(?:\([Bb]à\))?|ÔNG|[Bb]à|BÀ|[Đđ]ồng chí|Đồng Chí|ĐỒNG CHÍ|[ĐđDd]/[Cc]|[Ee]m|"
    rf"(?:[Hh]ọ (?:và )?tên|[Nn]gười ký|Ký bởi)(?:\s\p{{Ll}}{{2,9}}){{0,4}}\s?(?=:)|(?:{_DEGREES})(?=[.\s]))"
    rf"(?!\p{{L}})(?:\s?[.:]\s{{0,3}}|\s{{1,3}})(?:(?:{_DEGREES})[.,]?\s?){{0,3}}(?P<name>{_NAME})"
)
_ALONE = regex.compile(
    rf"[|\t\n][^\S\n]{{0,9}}(?:[-+•*]\s{{0,2}}|\(?\d{{1,3}}[.)]?\s{{1,3}}(?:[|]\s{{0,3}})?)?(?P<name>{_NAME})"
    r"[^\S\n]{0,9}(?P<after>$|[|\t\n\f])"
)
_LEFT_OUT = ("hồ chí", "thái bình dương", "hoàng sa", "đồng việt nam", "đường ")
# "Trường THPT Nguyễn Trãi", "đường Lê Lợi", "số 12 Lê Duẩn", "giải thưởng Tạ Quang Bửu": named after a person
_NAMED_AFTER = regex.compile(
    r"(?:(?<!\p{L})(?:trường|thcs|thpt|tiểu học|mầm non|đại học|học viện|công ty|tnhh|cổ phần|dntn|doanh nghiệp|"
    r"giải thưởng|quỹ|cầu|công viên|tượng đài|đền|chùa|lăng|bảo tàng|nhà thờ|di tích|đường|phố|ngõ|hẻm|phường|xã|thôn|"
    r"tổ dân phố|khu|bệnh viện|quảng trường|học bổng|lưu niệm|tên|ga|chợ|htx|hợp tác xã|bến|cung|rạp|hồ|thị trấn|quận|"
    r"huyện|thành phố)"
    r"(?:\s[\p{L}\d&]{1,9}){0,2}|\p{L}[^\n]{0,20}\s(?:số\s)?\d{1,4}\p{L}?(?:/\d{1,4})?,?)\s{1,2}$"
)
_PRINTED_WORD = regex.compile(r"\S+")
_LOWER_FOLLOWS = regex.compile(r"\p{Lu}\p{Ll}{0,9}[^\S\n]\p{Ll}")
_CAPITAL_BEFORE = regex.compile(r"\p{Lu}[\p{L}\p{M}]{0,15}[^\S\n]{1,2}$")
# A name in a table row runs into the next cell: "Nguyễn Văn An Chủ tịch"; such a pair of words is no part of a name.
_NOT_IN_NAME = regex.compile(
    r"(?:chủ (?:tịch|nhiệm|tọa|trì)|phó|giám đốc|trưởng|bí thư|hiệu|ủy|uỷ|đảng|hội (?:viên|nông|phụ|cựu)|"
    r"công (?:ty|an|chức|nhân)|cán bộ|thanh niên|thiếu niên|phụ nữ|nhân (?:viên|dân)|kế toán|tổ trưởng|ban|chánh|"
    r"thư ký|viên chức|giáo viên|chuyên viên|nông dân|thôn|xã|huyện|tỉnh|sở|phòng|nguyên (?:chủ|phó|bí)|"
    r"sinh (?:năm|ngày)|nam|nữ|đội (?:trưởng|phó)|trung tâm|văn phòng|quyền|đại (?:diện|tá|úy)|thượng (?:tá|úy)|"
    r"thiếu (?:tá|úy)|trung (?:tá|úy)|ông|bà|khu|bản|điều|luật)(?!\p{L})"
)
_POST_WORDS = frozenset(
    fold_aligned("trưởng tướng tịch đốc phòng ban ủy phó thủ sở bộ hiệu giám chủ viện khoa nghề tạo").split()
)
_STRONG_MIDDLE = {"Văn", "Thị", "A", "Seo"}
# "Tổng Bí thư Tô Mây | ký", but not "Đoàn trưởng Đoàn Trinh | sát"
_AFTER_PEOPLE = regex.compile(
    r"[ ](?:ký|đã|cho|chủ|phát|nêu|yêu|trình|là|và|vừa|nhấn|khẳng|làm|tại|dự|đến|có|thay|về|với|trao|thăm)(?!\p{L})"
)
_SURE, _CUED, _ALONE_STRENGTH, _BY_PARTS, _RESTORED = 0.96, 0.93, 0.88, 0.85, 0.6


def find_persons(source: Source, places: Sequence[Found]) -> list[Found]:
    """All people of a text, in its order; values are ``{"name", "role"}``, the role as printed or None.

    Args:
        source: The text.
        places: What ``find_places`` found in it: no person is read inside of a place.
    """
    taken = Taken()
    for place in places:
        taken.add(place.start, place.end)
    found: list[Found] = []
    for start, end, rule, strength in _candidates(source.text):
        if taken.overlaps(start, end):
            continue
        item = _person(source, start, end, rule, strength)
        if item is not None:
            taken.add(item.start, item.end)
            found.append(item)
    return sorted(found, key=lambda item: item.start)


def _candidates(text: str) -> Iterator[tuple[int, int, str, float]]:
    """Start, end, rule and strength of what may be a name."""
    lines = f"\n{text}"  # so that the first one begins like all others
    for pattern, rule, strength in (
        (_HONORIFIC, "person.honorific", _CUED),
        (_ALONE, "person.alone", _ALONE_STRENGTH),
        (_by_parts(), "person.parts", _BY_PARTS),
    ):
        for match in find_matches(pattern, lines):
            start, end = match.span("name")
            yield start - 1, end - 1, rule, strength


@cache
def _by_parts() -> regex.Pattern[str]:
    families = folded_alternatives(FAMILY_NAMES | {name.upper() for name in FAMILY_NAMES}, spaces=" ")
    first = rf"(?=\p{{Lu}})(?:{families}|{_WORD}(?={_GAP}(?:Văn|Thị){_GAP}))"
    return regex.compile(rf"(?<![\p{{L}}\d'’/-])(?P<name>{first}(?:{_GAP}{_WORD}){{1,5}})")


def _person(source: Source, start: int, end: int, rule: str, strength: float) -> Found | None:
    text = source.text
    end = _end_of_name(text, start, end)
    words = text[start:end].split()
    least = 1 if _ONE_NAME.match(text, start, end) else 2
    if not least <= len(words) <= 5 or " ".join(words).lower().startswith(_LEFT_OUT):
        return None
    capitals = all(word.isupper() for word in words) and any(len(word) > 1 for word in words)
    titled = [_titled(word) for word in words]
    if not capitals and any(len(word) > 1 and word.isupper() and "'" not in word for word in words):
        return None
    before = role_before(source, start)
    after = None if before else role_after(source, end)
    if after and any(
        len(name["name"].split()) > 2 and not _NOT_IN_NAME.match(name["name"].lower())
        for name in _by_parts().finditer(after)
    ):
        after = None  # "Phạm Văn Mây, Chủ tịch Hội Lê Thị Suối": the role of the next one
    if not _is_name(source, start, end, titled, rule, capitals=capitals, role=bool(before or after)):
        return None
    family, restored = _family(titled, cued=rule != "person.parts")
    return Found(
        kind="person",
        value={"name": " ".join([family, *titled[1:]]), "role": after or before},
        start=start,
        end=end,
        rule=rule,
        strength=_RESTORED if restored else min(_SURE, strength + (0.03 if before or after else 0.0)),
        status="restored" if restored else "read",
    )


def _end_of_name(text: str, start: int, end: int) -> int:
    """The end of the name inside a run of capitalised words."""
    words = list(_PRINTED_WORD.finditer(text[start:end]))
    for word in words:
        at = start + word.start()
        if _NOT_IN_NAME.match(text[at : at + 14].lower()):
            lower_follows = _LOWER_FOLLOWS.match(text[at : at + 14])
            capitals = text[at : at + 2].isupper() and len(word.group()) > 1
            if word is words[0] or lower_follows or (capitals and not word.group().istitle() and word is not words[-1]):
                return start + words[words.index(word) - 1].end() if word is not words[0] else start
    return end


def _titled(word: str) -> str:
    return word.capitalize() if word.isupper() and len(word) > 1 and "'" not in word and "’" not in word else word


def _is_name(source: Source, start: int, end: int, words: list[str], rule: str, *, capitals: bool, role: bool) -> bool:
    text = source.text
    if capitals and any(fold_aligned(word) in _POST_WORDS for word in words):
        return False
    if capitals and not all(is_syllable(word) or len(word) == 1 for word in words):
        return False
    family = words[0] in FAMILY_NAMES
    middle, given = words[1:-1], words[-1]
    by_parts = any(word in middle_names() for word in middle) and (given in given_names() or len(given) == 1)
    if capitals and rule != "person.honorific" and not (by_parts and len(words) <= 4 and set(middle) <= middle_names()):
        return False
    if rule == "person.honorific":
        if not family and (begins_organ(source.folded[start:end]) or "\n" in text[start - 2 : start]):
            return False  # "Ký bởi: Bộ Công Thương"
        return family or by_parts or bool(_STRONG_MIDDLE & set(middle)) or all(len(word) < 8 for word in words)
    line = text.rfind("\n", 0, start) + 1
    if _NAMED_AFTER.search(text[max(line, start - 40) : start].lower()) and not (role and len(words) > 2):
        return False
    torn = rule == "person.alone" and by_parts and bool(family_names_like(words[0]))  # "Nguyen Đức Chi"
    if not family and not torn and not _STRONG_MIDDLE & set(middle):
        return False
    if rule == "person.alone":
        return (
            len(words) >= 3
            and all(is_syllable(word) or len(word) == 1 or "'" in word for word in words)
            and (by_parts or given in given_names() or any(word in middle_names() for word in middle))
        )
    if len(words) == 2:
        return role and given in given_names() and not _goes_on(text, end)
    strong = bool(_STRONG_MIDDLE & set(middle))
    if _CAPITAL_BEFORE.search(text[max(line, start - 12) : start]) and not (strong or role):
        return False
    return strong or by_parts or (role and family)


def _goes_on(text: str, end: int) -> bool:
    """Whether a small word follows that says nothing of a person."""
    return text[end : end + 1] == " " and text[end + 1 : end + 2].islower() and not _AFTER_PEOPLE.match(text, end)


def _family(words: list[str], *, cued: bool) -> tuple[str, bool]:
    """The family name, its marks restored where they were lost and the rest tells that this is a name."""
    first = words[0]
    if first in FAMILY_NAMES or not (cued or _STRONG_MIDDLE & set(words[1:-1])):
        return first, False
    likely = family_names_like(first)
    sure = len(words) > 2 and (words[1] in middle_names() or words[-1] in given_names())
    return (likely[0], True) if likely and sure else (first, False)
