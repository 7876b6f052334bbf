"""What offices count: people, households, collectives, units, papers, days of work; with the traps of folded words."""

from __future__ import annotations

import regex

from extract.patterns import Source, words
from normalize.folding import fold_aligned

__all__ = ["THINGS", "thing_counted"]

# As printed in full; the longest is taken first.
_THINGS = (
    *("tập thể", "cá nhân", "hộ gia đình", "hộ nghèo", "hộ cận nghèo", "hộ dân", "hộ", "gia đình", "người", "đồng chí"),
    *("đảng viên", "đoàn viên", "hội viên", "thành viên", "đại biểu", "ủy viên", "lao động", "học sinh", "giáo viên"),
    *("cán bộ", "công chức", "viên chức", "doanh nghiệp", "doanh nhân", "hợp tác xã", "xã", "phường", "thị trấn"),
    *("huyện", "thôn", "xóm", "khu dân cư kiểu mẫu", "khu dân cư", "chi bộ", "đảng bộ", "đơn vị", "trường", "chỉ tiêu"),
    *("ngày công lao động", "ngày công", "công lao động", "bằng khen", "giấy khen", "mô hình", "sáng kiến"),
)
_BY_FOLDED = {fold_aligned(thing): thing for thing in _THINGS}
THINGS = words("|".join(sorted(_BY_FOLDED, key=lambda key: -len(key))))
# One syllable that means something else with other marks ("hồ sơ", "đi xa"): print must agree.
_AMBIGUOUS = {"ho", "xa", "phuong", "truong", "thon", "xom", "huyen"}
# "thôn 5 xã ...", "khoản 2 xã ...", "năm 2031 huyện ...": the number belongs to the word before it.
_NAMED_BY_NUMBER = regex.compile(
    r"\b(?:(?<!tong\s)(?<!so\s)so|dieu|khoan|muc|diem|chuong|phan|bang|mau|bieu|quan|to|thon|khu|xom|pho|ap|doi|lop|khoi|"
    r"phuong|phu\s{1,4}luc|quy|thang|nam|ngay|thu|khoa|vung|duong|ngo|tieu\s{1,4}chi|tap|hang|stt|ngach|bac)\s{0,3}$"
)

_PLACES = {"xã", "phường", "thị trấn", "huyện", "thôn", "xóm"}
_NUMBERED_NAME = regex.compile(r"(?:\p{Lu}\p{Ll}*\s\p{Lu}\p{Ll}*\s|\+)$")  # "Mai Hồng 1 xã Bảo Khê", "Km5+100 xã"


def thing_counted(source: Source, match: regex.Match[str]) -> str | None:
    """The thing of ``match["what"]`` in its usual spelling; None where print or the words around say otherwise."""
    folded = " ".join(match["what"].split())
    printed = " ".join(source.text[slice(*match.span("what"))].split())
    thing = _BY_FOLDED[folded]
    small = printed.lower()
    if folded in _AMBIGUOUS and small != thing:
        # print without marks takes "là xã" for "14 xa": only a number that cannot be a word stands
        digits = match["count"]
        if small != folded or not (digits.startswith("0") or len(digits) > 2):
            return None
    if _NAMED_BY_NUMBER.search(source.folded, max(0, match.start() - 16), match.start()):
        return None
    if _NUMBERED_NAME.search(source.text, max(0, match.start() - 24), match.start()) and thing in _PLACES:
        return None
    return thing if not _is_listed_name(source, match, printed) else None


def _is_listed_name(source: Source, match: regex.Match[str], printed: str) -> bool:
    """A row of a list ("1 Xã Lâm Khê", "2 thôn Nà Pài"): a number at the head of a line, a name behind it."""
    if printed.isupper():
        return False
    if printed[0].isupper():
        return source.text[match.start("what") - 1] not in "“\"‘'"
    before, newline, line = source.text[max(0, match.start() - 4) : match.start()].rpartition("\n")
    at_head = not line.strip() and (bool(newline) or match.start() <= len(before) + len(line))
    return at_head and source.text[match.end() : match.end() + 2].strip()[:1].isupper()
