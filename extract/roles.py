"""Roles printed right beside a person's name: "Nguyễn Văn An - Chủ tịch UBND xã Tân Lập"."""

from __future__ import annotations

from functools import cache

import regex

from extract.patterns import Source
from extract.word_lists import folded_alternatives, phrases_by_key
from normalize.folding import fold_aligned

__all__ = ["role_after", "role_before"]

_MORE_POSTS = (
    "phó phòng",
    "chuyên viên",
    "ủy viên",
    "uỷ viên",
    "ủy viên thường trực",
    "công chức",
    "cán bộ",
    "kế toán",
    "thủ quỹ",
    "trưởng thôn",
    "trưởng bản",
    "trưởng khu",
    "giáo viên",
    "đại biểu",
    "thanh tra viên",
    "kiểm soát viên",
    "điều phối viên",
    "tổng biên tập",
    "phó tổng biên tập",
    "chỉ huy phó",
    "phó chỉ huy trưởng",
    "tổ phó",
    "đội phó",
    "văn thư",
    "nhân viên",
    "hội viên",
    "thành viên",
    "cv",
    "bác sĩ",
    "y sĩ",
    "kỹ sư",
)
_BETWEEN = regex.compile(
    r"[^\S\n]{0,2}(?:,\n?|[–—-]|:|\(|[^\S\n]\||\n?[^\S\n]{0,2}[–-])[^\S\n]{0,3}(?:[Cc]hức vụ\s?:?\s?)?"
)
_END = regex.compile(
    r"[;.:()|\n\f]|,|\s[-–]\s|\s(?:và|làm|ký|đã|được|cho|là|chủ trì|phát biểu|thừa|trình|báo cáo|vừa|nhấn|nêu|khẳng|"
    r"yêu cầu|đề nghị|tại|theo)\s|\s(?:Ông|Bà|ông|bà)\s"
)
_CUT = regex.compile(r"[;.:,()|\n\f]|\s[-–]\s")
_GOES_ON = regex.compile(r"[,–-]\s{1,2}|\n(?=\p{Ll})")
_TITLE = regex.compile(r"(?:\s(?:là|[Ôô]ng|[Bb]à|[Đđ]ồng chí|[đĐ]/c|TS|ThS|PGS|GS)\.?){1,2}\s{0,2}$")
_VERB = regex.compile(r"\s(?:(?:của|và)\s(?=\p{Ll})|(?:do|ký|về|cho|theo|được|là|làm|như)\s)")
# small letters that an organ's name may begin with, as in "Trưởng phòng Nội vụ", "Chủ tịch hội"
_BEGIN_ORGAN = frozenset(
    [
        "tỉnh",
        "huyện",
        "xã",
        "phường",
        "thị",
        "thành",
        "nước",
        "thôn",
        "bản",
        "ban",
        "hội",
        "đoàn",
        "sở",
        "phòng",
        "thường",
        "hợp",
        "chi",
        "tổ",
        "khu",
        "công",
        "đội",
        "trạm",
        "trường",
    ]
)
_LONGEST = 110


@cache
def _post() -> regex.Pattern[str]:
    posts = [*phrases_by_key("posts.txt"), *map(fold_aligned, _MORE_POSTS)]
    return regex.compile(
        rf"(?:(?:quyen|nguyen)\s)?(?:{folded_alternatives(posts, spaces=chr(92) + 's{1,2}')})(?![a-z])"
    )


def role_after(source: Source, end: int) -> str | None:
    """The role behind a name that ends there: "- Phó Bí thư Huyện ủy, Chủ tịch UBND huyện"."""
    between = _BETWEEN.match(source.text, end, end + 24)
    post = _post().match(source.folded, between.end()) if between else None
    if between is None or post is None or not _is_post(source, post):
        return None
    start = stop = between.end()
    while True:
        stop = _end_of_part(source, stop)
        on = _GOES_ON.match(source.text, stop)
        if on is None or stop - start > _LONGEST:
            break
        if source.text[stop] == "\n" or _post().match(source.folded, on.end()):
            stop = on.end()
        else:
            break
    return " ".join(source.text[start:stop].split()) or None


def _end_of_part(source: Source, start: int) -> int:
    match = _END.search(source.text, start, start + _LONGEST)
    return match.start() if match else min(len(source.text), start + _LONGEST)


def role_before(source: Source, start: int) -> str | None:
    """The role before a name that starts there: "Chủ tịch UBND xã Tân Lập | Nguyễn Văn An"."""
    begin = max(0, start - 90)
    stretch = source.text[begin:start]
    cut = max((match.end() for match in _CUT.finditer(stretch.rstrip())), default=0)
    role_start = role_end = None
    for match in _post().finditer(source.folded, begin + cut, start):
        if not _is_post(source, match) or source.text[match.start() - 1 : match.start()].isalpha():
            continue
        next_line = role_start is not None and not source.text[role_end : match.start()].strip()
        if role_start is None or (next_line and source.text[match.start() : match.end()].isupper()):
            role_start, role_end = match.start(), match.end()  # of "BỘ TRƯỞNG THỨ TRƯỞNG" the last is the signer's
    if role_start is None:
        return None
    organ = _TITLE.sub("", source.text[role_end:start]).split()
    if organ and not (organ[0][0].isupper() or organ[0] in _BEGIN_ORGAN):
        return None
    role = " ".join(_TITLE.sub("", source.text[role_start:start]).split())
    return role if role and not _VERB.search(role) else None


def _is_post(source: Source, match: regex.Match[str]) -> bool:
    """Whether the letters have the post's marks: "phố" is no "phó", "trường" no "trưởng"."""
    printed = " ".join(source.text[match.start() : match.end()].lower().split())
    return any(printed.endswith(post) for post in _posts_with_marks())


@cache
def _posts_with_marks() -> tuple[str, ...]:
    posts = [post.lower() for post in (*phrases_by_key("posts.txt").values(), *_MORE_POSTS)]
    return tuple({*posts, *(post.replace("ủy", "uỷ") for post in posts)})
