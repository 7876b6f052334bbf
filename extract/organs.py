"""Names of organs: words they begin with, where they end inside a sentence, and how head lines group into organs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extract.word_lists import data_lines, folded_alternatives, phrases_by_key
from normalize.folding import fold_aligned

__all__ = ["begins_organ", "group_organs", "name_after", "needs_complement"]

# What follows an organ's name in a citation. One-word stops keep their marks: "giao" must not end "Sở Giáo dục".
_STOP_WORDS = (
    "về|ban hành|quy định|quy đinh|qui định|cho|chỉ|đủ|thì|hướng dẫn|sửa đổi|phê duyệt|công nhận|công bố|tổng kết|"
    "triển khai|giao|thông qua|bổ sung|ngày|số|tại|theo|đề nghị|chi tiết|thực hiện|thi hành|điều chỉnh|thành lập|"
    "kiện toàn|bãi bỏ|thay thế|cấp|trên|từ|để|gửi|xác nhận|sắp xếp|phân bổ|phân công|phân cấp|quyết định|nghị định|"
    "yêu cầu|thông báo|tiếp tục|đã|sẽ|được|là|có|do|đến|hết|và các|và nghị|và quyết|và thông|và công văn|và kế|và luật|"
    "và tờ|và pháp|và báo|Về|VỀ|QUY ĐỊNH|Thông tư|Nghị định|Nghị quyết|Quyết định|và Kế hoạch này|và Pháp lệnh"
)
_STOPS = regex.compile(rf"\s(?:{_STOP_WORDS.replace(' ', chr(92) + 's{1,4}')})(?!\w)")
_FOLDED_STOPS = regex.compile(
    r"\s(?:ve\s{1,4}viec|q\w{1,2}\s{1,4}dinh|ban\s{1,4}hanh|tong\s{1,4}ket|sua\s{1,4}doi|phe\s{1,4}duyet|v/v)(?!\w)"
)
_HARD_STOP = regex.compile(
    r"[;.:()\[\]“”\"‘’/|]|\s(?:\d{1,3}|[IVX]{1,5})\s\||\n\s{0,20}\n|\n\s{0,8}[-+•]|\n\s{0,8}(?:Căn cứ|Điều|QUYẾT ĐỊNH)"
)
_LOOSE_END = regex.compile(r"(?:\s+và|[^\p{L}\p{N}])+$")
_LONGEST = 140
_HYPHENS = ("-", "–", "_")
_HYPHEN = regex.compile(r"\s[-–_]\s?")
# ", Thể thao và Du lịch": a comma inside a name is followed by few words, "và", and a capital.
_LIST_NAME = regex.compile(
    r",\s{1,4}[\p{L}]+(?:\s{1,4}\p{Ll}+){0,3}(?:,\s\p{L}+(?:\s\p{L}+){0,2})?\s{1,4}và\s{1,4}\p{Lu}"
)
_POST = regex.compile(
    r"(?:(?:phó\s+)?(?:bộ trưởng|thứ trưởng|giám đốc|chủ nhiệm|cục trưởng|chi cục trưởng|trưởng phòng|trưởng ban|"
    r"chánh văn phòng|chánh thanh tra|viện trưởng|vụ trưởng|tổng cục trưởng|hiệu trưởng|tổng giám đốc|thủ trưởng)\s+)"
    r"(?=\p{Lu})".replace(" ", r"\s{1,4}"),
    regex.IGNORECASE,
)


@cache
def _organ_start() -> regex.Pattern[str]:
    words = folded_alternatives(phrases_by_key("organ_words.txt"), spaces=r"\s{0,3}")
    return regex.compile(rf"(?:{words})(?![a-z])")


@cache
def _incomplete_starts() -> frozenset[str]:
    return frozenset(fold_aligned(line[:-1].strip()) for line in data_lines("organ_words.txt") if line.endswith("*"))


def begins_organ(folded: str) -> bool:
    """True when folded text begins with a word that organs' names begin with."""
    return _organ_start().match(folded) is not None


def needs_complement(folded: str) -> bool:
    """True when folded text is only the beginning of a name, such as ``van phong``."""
    return " ".join(folded.split()) in _incomplete_starts()


def group_organs(lines: Sequence[str]) -> list[list[int]]:
    """Which head lines belong to one organ's name: indexes, one list for each organ.

    A line that begins like an organ begins a new one, unless the line before it is only the beginning of a name, ends
    in "và", or ends in the hyphen of a joint document. Others ("TỈNH X", "VÀ ĐÀO TẠO") go on with it.
    """
    groups: list[list[int]] = []
    joint = False
    for index, line in enumerate(lines):
        folded = fold_aligned(line).strip()
        before = fold_aligned(lines[index - 1]).strip() if index else ""
        joint = _is_joint(before, folded) or (joint and before.endswith(_HYPHENS))
        open_before = needs_complement(before) or before.endswith((" va", ",")) or joint
        if groups and (open_before or not begins_organ(folded)):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _is_joint(before: str, line: str) -> bool:
    """Two organs that issue together: "BỘ A - BỘ B -" / "BỘ C". Under a single organ a hyphen is mostly its rule."""
    if not before.endswith(_HYPHENS):
        return False
    inner = _HYPHEN.split(before)[1:]
    return any(begins_organ(part) for part in inner) or before.split()[0] == line.split()[0]


def name_after(text: str, folded: str, start: int) -> tuple[int, int] | None:
    """Span of the organ's name that begins at ``start``, as in "của | Ban Chỉ đạo Trung ương | về việc"; None if none.

    A post before the organ ("Bộ trưởng Bộ Tài chính") is left out of the name; one that holds the organ's first word
    ("Trưởng phòng Nội vụ") is not.
    """
    while start < len(text) and text[start].isspace():
        start += 1
    limit = min(len(text), start + _LONGEST)
    post = _POST.match(text, start, limit)
    if post and begins_organ(folded[post.end() : limit]):
        start = post.end()
    if start >= len(text) or not (text[start].isupper() or begins_organ(folded[start:limit])):
        return None
    stops = ((_STOPS, text), (_FOLDED_STOPS, folded), (_HARD_STOP, text))
    end = min((match.start() for rule, where in stops if (match := rule.search(where, start, limit))), default=limit)
    comma = text.find(",", start, end)
    if comma >= 0 and not _LIST_NAME.match(text, comma, limit):
        end = comma
    end = start + len(_LOOSE_END.sub("", text[start:end]))
    return (start, end) if end - start >= 2 else None
