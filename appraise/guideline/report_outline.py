"""The headings that a report should have: from the annexed outline (đề cương báo cáo), or from the text itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from appraise.guideline.guideline_text import GuidelineItem, GuidelineText
from appraise.rules import OutlineItem
from normalize.folding import fold_aligned

__all__ = ["find_report_outline"]

_TITLE = regex.compile(
    r"^[ \t\f]{0,80}(?:de\s{1,3}cuong|mau\s{1,3}de\s{1,3}cuong|khung|bo\s{1,3}cuc|mau)\s{1,3}"
    r"(?:chi\s{1,3}tiet\s{1,3})?bao\s{1,3}cao\b",
    regex.MULTILINE,
)
_CONTENTS = regex.compile(
    r"\b(?:noi\s{1,4}dung|bo\s{1,4}cuc|de\s{1,4}cuong)\s{1,4}(?:cua\s{1,4})?bao\s{1,4}cao\b"
    r"|\bbao\s{1,4}cao\b[^.;:]{0,160}?\b(?:gom|neu\s{1,4}ro|the\s{1,4}hien|tap\s{1,4}trung|dam\s{1,4}bao|co)\b[^.;:]{0,60}?"
    r"\b(?:noi\s{1,4}dung|phan|muc)\b"
)
_TITLE_END = regex.compile(r"[.;:](?=\s|$)|\n\s{0,8}\n")
_LONGEST_TITLE = 250
_LEAST_HEADINGS = 2


def find_report_outline(guideline: GuidelineText) -> list[OutlineItem]:
    """The outline printed as an annex, else the contents that an item lists; empty where neither is."""
    annexed = [_outline_item(guideline, item) for item in _annexed(guideline)]
    if len(annexed) >= _LEAST_HEADINGS or any(item.children for item in annexed):
        return annexed
    return next(_listed(guideline), [])


def _annexed(guideline: GuidelineText) -> Sequence[GuidelineItem]:
    """Top items below the title of an outline, as far as the same document of the file goes."""
    for title in _TITLE.finditer(guideline.folded):
        printed = guideline.text[title.start() : title.end()].strip()
        below = [item for item in guideline.items if item.start > title.end()]
        if printed.upper() == printed and below:
            return [item for item in below if item.annex == below[0].annex]
    return []


def _listed(guideline: GuidelineText) -> Iterator[list[OutlineItem]]:
    for item in guideline.walk():
        own = guideline.words_of(item)
        contents = _CONTENTS.search(fold_aligned(own))
        if contents is None:
            continue
        children = [_outline_item(guideline, child, dashes=True) for child in item.children]
        within = [_bare(piece) for piece in own[contents.end() :].partition(":")[2].split(";")]
        titles = [OutlineItem(title=title) for title in within if title]
        if len(children) >= _LEAST_HEADINGS:
            yield children
        elif len(titles) >= _LEAST_HEADINGS:
            yield titles


def _outline_item(guideline: GuidelineText, item: GuidelineItem, *, dashes: bool = False) -> OutlineItem:
    """An item as a heading; dashes below one say what to write there and are no headings."""
    children = [_outline_item(guideline, child) for child in item.children if child.number is not None]
    number = None if dashes and item.is_dash else item.number
    return OutlineItem(number=number, title=_title(guideline.text[item.body : item.own_end]), children=children)


def _title(text: str) -> str:
    end = _TITLE_END.search(text)
    return _bare(text[: end.start()] if end else text)[:_LONGEST_TITLE]


def _bare(words: str) -> str:
    return " ".join(words.split()).strip(" .;:,-+*")
