"""What a sentence says of a count (reached, gained, lost, planned, demanded, an average), and of which criteria."""

from __future__ import annotations

import regex

from extract.patterns import Source, words

__all__ = ["sense_of", "set_after"]

_WINDOW = 80
# The last one before the number wins, but the first four hold whatever stands between.
_SENSES = (
    ("plan", r"phan dau|du kien|ke hoach(?! so)|muc tieu(?! quoc gia)|chi tieu|se dat|se co|dang ky|lo trinh"),
    ("average", r"binh quan|trung binh"),
    ("lost", r"rot|giam(?! ngheo)|mat|khong con dat"),
    ("gain", r"tang (?:moi|them|tu)|muc t\wng|(?:co|them) them|co them|tang(?! len| cuong)"),
    ("threshold", r"(?:phai|yeu cau|dieu kien) (?:co |dat )|(?<!\w)dat tu|it nhat|toi thieu"),
    ("level", r"(?<!chua )(?<!khong )(?<!dua )dat(?! tu)|hoan thanh|tang len|cong nhan|co"),
    ("reached", r"da (?:dat|hoan thanh|duoc cong nhan|co)|hien (?:nay )?dat|(?<!den )nay dat"),
)  # fmt: skip
_RULES = tuple((sense, regex.compile(rf"\b{words(phrases)}\b")) for sense, phrases in _SENSES)
_STRONGER = ("plan", "gain", "lost", "average")
# Folded "giam" is also giám sát, "mat" mặt, "tang" tầng: what they must look like in print.
_PRINTED = {"giam": {"giảm", "giam"}, "mat": {"mất", "mat"}, "tang": {"tăng", "tang"}, "rot": {"rớt", "rot", "rơt"}}
_CLAUSE_END = regex.compile(
    r"[.;:]\s|\n\s*[-+•]|\d\s{1,4}(?:tieu\s{1,4}chi|xa|thon)\b(?![^.;]{0,40}\btrong\s{1,4}do\b)"
)
_MET_AFTER = regex.compile(
    r"\s{1,4}(?:\w{1,6}\s{1,4}){0,4}?(?:(?P<no>chua|khong)\s{1,4})?(?:da\s{1,4})?(?:duoc\s{1,4})?dat\b"
)

_SETS = (
    ("nông thôn mới nâng cao", r"nang\s{1,4}cao"),
    ("nông thôn mới kiểu mẫu", r"kieu\s{1,4}mau"),
    ("đô thị văn minh", r"do\s{1,4}thi\s{1,4}van\s{1,4}minh"),
    ("nông thôn mới", r"(?:xay\s{1,4}dung\s{1,4})?(?:nong\s{1,4}thon\s{1,4}moi|ntm\b)"),
)
_SET_RULES = tuple((name, regex.compile(words)) for name, words in _SETS)
_SET_END = regex.compile(r"[.,;:()\d]")


def set_after(folded: str, end: int) -> str | None:
    """The set of criteria, or the standard, named right behind a count."""
    after = _SET_END.split(folded[end : end + 48], maxsplit=1)[0]
    return next((name for name, rule in _SET_RULES if rule.search(after)), None)


def sense_of(source: Source, start: int, end: int, relation: str) -> str | None:
    """level, gain, average, lost, threshold or plan; None where the clause says none of them.

    A plan stays one although "đạt" stands nearer ("phấn đấu đạt 12 tiêu chí"), unless "đã đạt" stands between.
    """
    after = _MET_AFTER.match(source.folded, end, end + 32)
    if after and after["no"]:
        return None
    places = _senses_before(source, start)
    reached = places.pop("reached", -1)
    for sense in _STRONGER:
        if places.get(sense, -1) > reached:
            return sense
    if reached >= 0:
        return "level"
    if places:
        nearest = max(places, key=lambda sense: places[sense])
        return "threshold" if nearest == "level" and relation == "ge" else nearest
    if relation in {"ge", "gt"}:
        return "threshold"
    return "level" if after else None


def _senses_before(source: Source, start: int) -> dict[str, int]:
    """The last place of each sense in the words of the same clause before a number."""
    first = max(0, start - _WINDOW)
    ends = [match.end() for match in _CLAUSE_END.finditer(source.folded, first, start)]
    first = ends[-1] if ends else first
    return {
        sense: hits[-1]
        for sense, rule in _RULES
        if (hits := [hit.start() for hit in rule.finditer(source.folded, first, start) if _is_meant(source, hit)])
    }


def _is_meant(source: Source, hit: regex.Match[str]) -> bool:
    word = hit.group().split()[0]
    allowed = _PRINTED.get(word)
    return allowed is None or source.text[hit.start() : hit.start() + len(word)].lower() in allowed
