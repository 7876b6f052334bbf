"""Signature blocks: rows of the foot as authority, title and name, one block for each who signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extract.evidence import Span, confidence_of
from extract.foot_rows import FootRow, foot_columns, foot_lines
from extract.organs import begins_organ
from extract.people import PersonName, find_person
from extract.posts import RESTS_OF_PHO, begins_post, deputy_of, near_post, post_at, posts_around
from extract.tokens import TokenisedText
from extract.zones import Zones, is_capitals

__all__ = ["Block", "Piece", "find_blocks", "prefix_end"]

_AUTHORITY = regex.compile(r"(?<!\w)(?:[t1]/?m|k/?t|t/?[l1]|t/?uq)\s?[.,]{1,2}\s{0,2}(?=[a-z])")
_BARE_AUTHORITY = regex.compile(r"(?:t/?m|k/?t|t/?l|tu|t/?uq)\W{0,2}(?![a-z]\s)")
_ACTING = regex.compile(r"q\s?[.,]\s{0,2}")  # "Q. GIÁM ĐỐC" is who signs, not for whom
_FOR_CHIEF = regex.compile(r"k/?t\W{0,3}(?=[a-z])")
# "TM. ỦY BAN NHÂN DÂN" without its beginning: no chairman signs for the committee in his own name.
_BOARD = regex.compile(r"\W*(?:(?:uy\s)?ban|hoi\sdong)\snhan\sdan\W*")
_WRITER = regex.compile(
    r"thu\s?ky|nguoi\s(?:lap|viet|ghi|tong\shop)|cong\s?chuc|chuyen\s?vien|ke\stoan|uy\svien|thanh\svien"
)
_LEADER = regex.compile(r"chu\s?t(?:ri|oa)\b|truong\s?doan\b|to\s?truong\b")  # of a meeting, of a delegation
_CONFIRMS = regex.compile(r"\W{0,3}xac\s{0,2}nhan\b")
_UNIT = regex.compile(r"(?:tinh|thanh\s?pho|huyen|quan|thi\s?xa|thi\s?tran|phuong|xa)(?!\w)")
_FAINT = 0.3  # what lies under seals is read with less than this when it is wrong
_FAIR = 0.5
_LONGEST_SPECK = 2  # letters
_WORD = regex.compile(r"(?:[\p{L}\p{M}]|1(?=M))[\p{L}\p{M}\d./,]*")
_LEAST_FRAGMENT = 3  # letters


@dataclass(frozen=True, slots=True)
class Piece:
    """A row without its specks."""

    text: str
    folded: str
    spans: tuple[Span, ...]

    @property
    def post(self) -> str | None:
        """The post it names, or is but for a few letters."""
        return _post_in(self.folded)

    @property
    def candidates(self) -> tuple[str, ...]:
        """The post, or the posts that a seal may have left this of: the words at either end tell."""
        words = self.text.split()
        ends = (" ".join(part) for size in range(len(words), 0, -1) for part in (words[-size:], words[:size]))
        parts = (posts_around(end) for end in ends if len(end) >= _LEAST_FRAGMENT)
        return (self.post,) if self.post else tuple(next(filter(None, parts), ()))


@dataclass(frozen=True, slots=True)
class Block:
    """``fragment``: what a seal left of a title; ``bare_chief``: whose line above the title lost its "KT.".

    ``bare_board``: the row of a committee above the title that lost its "TM.".
    """

    authority: tuple[Piece, ...] = ()
    bare_board: Piece | None = None
    title: Piece | None = None
    fragment: Piece | None = None
    bare_chief: str | None = None
    name: PersonName | None = None
    name_spans: tuple[Span, ...] = ()
    confirms: bool = False

    @property
    def organ(self) -> Piece | None:
        """The organ it signs for, on a row of its own: "KT. BỘ TRƯỞNG" / "BỘ Y TẾ"."""
        return next((piece for piece in self.authority if begins_organ(piece.folded)), None)

    @property
    def chief(self) -> str | None:
        """The post that somebody else signs for."""
        chiefs = (_FOR_CHIEF.match(piece.folded) for piece in reversed(self.authority))
        last = next(filter(None, chiefs), None)
        return self.bare_chief or (_post_in(last.string[last.end() :]) if last else None)


def _post_in(folded: str) -> str | None:
    return post_at(folded) if begins_post(folded) else near_post(folded)


def find_blocks(tokens: TokenisedText, zones: Zones) -> list[Block]:
    """Blocks of the first page that has a whole one, the signer's first, then the named ones beside it.

    The signer of minutes and joint documents stands left; but the secretary's block, which stands left in minutes,
    gives way to the chair's, and that of an authority which only confirms the document to its author's, even where
    the chair's or author's name could not be read.
    """
    first: list[Block] = []
    foot = foot_lines(zones)
    for page in sorted({line.page for line in foot}):
        columns = foot_columns(tokens, zones, [line for line in foot if line.page == page])
        blocks = sorted((block for rows in columns for block in _blocks(tokens, rows)), key=_rank)
        named = [block for block in blocks if block.name]
        if named and not _is_aside(named[0]):
            return named
        first = first or (blocks if named else blocks[-1:])
    return first[:1] + [block for block in first[1:] if block.name]


def _rank(block: Block) -> int:
    """-1 for who leads, 0 for who signs, 1 for a name without a title, 2 for who writes or confirms."""
    if _leads(block):
        return -1
    return 2 if _is_aside(block) else int(block.title is None and not block.authority and block.fragment is None)


def _leads(block: Block) -> bool:
    return block.title is not None and _LEADER.match(block.title.folded) is not None


def _is_aside(block: Block) -> bool:
    return _writes(block) or block.confirms


def _writes(block: Block) -> bool:
    return block.title is not None and _WRITER.match(block.title.folded) is not None


def _blocks(tokens: TokenisedText, rows: Sequence[FootRow]) -> Iterator[Block]:
    """Authority rows, title row, name: in this order from the top. The last title above the name is the signer's."""
    block = Block()
    for row in rows:
        start, end = _core(row)
        if end - start < 2:
            continue
        piece = Piece(row.text[start:end], row.folded[start:end], tuple(row.spans(start, end)))
        if block.title and _signs_for(piece.folded):  # its name could not be read
            yield block
            block = Block()
        grown = _grown(tokens, block, piece) if is_capitals(piece.text) else None
        if grown is not None:
            block = grown
        elif _CONFIRMS.match(piece.folded):
            block = replace(block, confirms=True)
        elif name := find_person(row.text):
            spans = tuple(row.spans(name.start, name.end))
            if block.title or block.authority or block.fragment or _stands_alone(tokens, name, spans):
                yield replace(block, name=name, name_spans=spans)
                block = Block()
    if block.authority or block.title:
        yield block


def _grown(tokens: TokenisedText, block: Block, piece: Piece) -> Block | None:
    """The block with a row of capitals that belongs to it; None for one that does not."""
    confidence = confidence_of(tokens, piece.spans)
    if prefix_end(piece.folded) and _ACTING.match(piece.folded):
        return replace(block, title=piece)
    wraps = _UNIT.match(piece.folded) and piece.post is None  # "TM. ỦY BAN NHÂN DÂN" / "TỈNH", not XÃ ĐỘI TRƯỞNG
    if wraps and block.authority and not block.title:
        return replace(block, authority=(*block.authority[:-1], _joined(block.authority[-1], piece)))
    if not block.title and _signs_for(piece.folded):
        return replace(block, authority=(*block.authority, piece))
    if piece.post is not None and (_leads(block) or _writes(block)):  # "TRƯỞNG ĐOÀN" / "PHÓ CHỦ TỊCH": what else he is
        return block
    if confidence >= _FAINT and piece.post is not None:
        return replace(_under_chief(block, piece), title=piece)
    if begins_organ(piece.folded) and " " in piece.folded:  # "KT. BỘ TRƯỞNG" / "BỘ CÔNG AN" / "THỨ TRƯỞNG"
        if block.title and piece.folded.split()[0] in block.title.folded.split():  # CHI CỤC TRƯỞNG / CHI CỤC KIỂM LÂM
            return replace(block, title=_joined(block.title, piece))
        inside = block.authority and not block.title
        if not inside and not block.title and _BOARD.fullmatch(piece.folded):
            return replace(block, bare_board=piece)
        return replace(block, authority=(*block.authority, piece)) if inside else block
    if confidence >= _FAIR and piece.candidates:
        under = _under_chief(block, piece)
        return under if under.title else replace(under, fragment=piece)
    return None


def _joined(title: Piece, more: Piece) -> Piece:
    return Piece(f"{title.text} {more.text}", f"{title.folded} {more.folded}", (*title.spans, *more.spans))


def _under_chief(block: Block, piece: Piece) -> Block:
    """The block, its title moved up where ``piece`` names the deputy: "GIÁM ĐỐC" / "PHÓ GIÁM ĐỐC" lost a "KT."."""
    above = block.title or block.fragment
    if above is None:
        return block
    chiefs = [post for post in above.candidates if deputy_of(post) in piece.candidates]
    if len(chiefs) != 1:
        return block
    return replace(block, authority=(*block.authority, above), title=None, fragment=None, bare_chief=chiefs[0])


def _stands_alone(tokens: TokenisedText, name: PersonName, spans: Sequence[Span]) -> bool:
    """A whole name in the right foot, whose title a seal covers; plain text has no right foot to go by."""
    return tokens.has_boxes and name.whole and confidence_of(tokens, spans, weakest=True) >= _FAIR


def _core(row: FootRow) -> Span:
    """The row without punctuation and specks of a letter or two around it."""
    words = [match.span() for match in _WORD.finditer(row.text)]
    first = next((start for start, end in words if end - start > _LONGEST_SPECK or _opens(row.folded[start:])), None)
    last = next((end for start, end in reversed(words) if end - start > 1 and row.text[start:end].isupper()), None)
    if first is None:
        return (0, len(row.text)) if near_post(row.folded) is not None else (0, 0)  # "HƯ KÝ"
    lead = next((start for start, end in words if end < first <= end + 2), first)
    end = max(last or 0, *(end for start, end in words if end - start > _LONGEST_SPECK), first)
    rest_of_post = row.folded[lead:first].strip() in RESTS_OF_PHO or (
        first - lead > _LONGEST_SPECK and near_post(row.folded[lead:end]) is not None
    )
    return lead if row.text[lead:first].isupper() and rest_of_post else first, end


def _opens(folded: str) -> bool:
    return _signs_for(folded) or begins_post(folded) or begins_organ(folded)


def prefix_end(folded: str) -> int:
    """Where the authority before a post or organ ends, in "KT. CHỦ TỊCH" before "CHỦ"; 0 without one.

    The stop may be lost, or be the Party's slash ("TL BỘ TRƯỞNG", "T/M BAN THƯỜNG VỤ").
    """
    with_stop = _AUTHORITY.match(folded)
    if with_stop:
        return int(with_stop.end())
    bare = _BARE_AUTHORITY.match(folded) or _ACTING.match(folded)
    rest = folded[bare.end() :] if bare else ""
    return int(bare.end()) if bare and (begins_post(rest) or begins_organ(rest)) else 0


def _signs_for(folded: str) -> bool:
    return prefix_end(folded) > 0 and not _ACTING.match(folded)
