"""The signature block: with what authority, as what, and who signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extract.evidence import Span, confidence_of, name_reading, reading, restored_reading
from extract.foot_rows import FootRow, foot_columns
from extract.organs import begins_organ
from extract.people import PersonName, find_person
from extract.posts import RESTS_OF_PHO, begins_post, deputy_of, near_post, post_at, posts_around
from extract.record import Reading
from extract.tokens import TokenisedText
from extract.zones import Zones, is_capitals
from normalize.folding import fold_aligned

__all__ = ["Signature", "read_signature"]

_AUTHORITY = regex.compile(r"(?<!\w)(?:[t1]/?m|k/?t|t/?l|t/?uq|q)\s?[.,]\s{0,2}(?=[a-z])")
_BARE_AUTHORITY = regex.compile(r"(?:tm|kt|tl|tu|tuq)\W{0,2}")
_FOR_CHIEF = regex.compile(r"k/?t\W{0,3}(?=[a-z])")
_WRITER = regex.compile(r"thu\s?ky|nguoi\s(?:lap|viet|ghi)|ke\stoan")
_CONFIRMS = regex.compile(r"\W{0,3}xac\s{0,2}nhan\b")
_FAINT = 0.3  # what lies under seals is read with less than this when it is wrong
_FAIR = 0.5
# Of 38 whole names under seals (measured on 53 scans) 31 of 35 right ones had no word below, all 3 wrong ones had.
_SURE_NAME = 0.8
_LONGEST_SPECK = 2  # letters
_WORD = regex.compile(r"(?:[\p{L}\p{M}]|1(?=M))[\p{L}\p{M}\d./,]*")
_LEAST_FRAGMENT = 3  # letters
_WIDTH_PLAY = 2.0  # letters


@dataclass(frozen=True, slots=True)
class Signature:
    """Fields of the signature block."""

    signer: Reading | None = None
    title: Reading | None = None
    authority: Reading | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
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
class _Block:
    """``fragment``: what a seal left of a title; ``bare_chief``: whose line above the title lost its "KT."."""

    authority: tuple[_Piece, ...] = ()
    title: _Piece | None = None
    fragment: _Piece | None = None
    bare_chief: str | None = None
    name: PersonName | None = None
    name_spans: tuple[Span, ...] = ()
    confirms: bool = False

    @property
    def chief(self) -> str | None:
        """The post that somebody else signs for."""
        chiefs = (_FOR_CHIEF.match(piece.folded) for piece in reversed(self.authority))
        last = next(filter(None, chiefs), None)
        return self.bare_chief or (_post_in(last.string[last.end() :]) if last else None)


def _post_in(folded: str) -> str | None:
    return post_at(folded) if begins_post(folded) else near_post(folded)


def read_signature(tokens: TokenisedText, zones: Zones) -> Signature:
    """Read the first signature block; a file of several documents has several."""
    block = _first_block(tokens, zones)
    if block is None:
        return Signature()
    return Signature(_signer(tokens, block), _title(tokens, block), _authority(tokens, block))


def _first_block(tokens: TokenisedText, zones: Zones) -> _Block | None:
    """The block of the first page that has a whole one: in minutes and joint documents the left one.

    The secretary's block, which stands left in minutes, gives way to the chair's, and that of an authority which only
    confirms the document to its author's.
    """
    blocks = []
    for page in sorted({line.page for line in zones.foot}):
        left, right = foot_columns(tokens, zones, [line for line in zones.foot if line.page == page])
        beside, main = _block(tokens, left), _block(tokens, right)
        if beside and beside.name and not _is_aside(beside):
            main = beside
        blocks.extend([main] if main else [])
    return next((block for block in blocks if block.name), None) or next(iter(blocks), None)


def _block(tokens: TokenisedText, rows: Sequence[FootRow]) -> _Block | None:
    """The first block of a column; in plain text the secretary's stands above the chair's and is passed over."""
    blocks = list(_blocks(tokens, rows))
    return next((block for block in blocks if not _is_aside(block)), next(iter(blocks), None))


def _is_aside(block: _Block) -> bool:
    writes_only = block.title is not None and _WRITER.match(block.title.folded) is not None
    return writes_only or block.confirms


def _blocks(tokens: TokenisedText, rows: Sequence[FootRow]) -> Iterator[_Block]:
    """Authority rows, title row, name: in this order from the top. The last title above the name is the signer's."""
    block = _Block()
    for row in rows:
        start, end = _core(row)
        if end - start < 2:
            continue
        piece = _Piece(row.text[start:end], row.folded[start:end], tuple(row.spans(start, end)))
        grown = _grown(tokens, block, piece) if is_capitals(piece.text) else None
        if grown is not None:
            block = grown
        elif _CONFIRMS.match(piece.folded):
            block = replace(block, confirms=True)
        elif name := find_person(row.text):
            spans = tuple(row.spans(name.start, name.end))
            if block.title or block.authority or block.fragment or _stands_alone(tokens, name, spans):
                yield replace(block, name=name, name_spans=spans)
                block = _Block()
    if block.authority or block.title:
        yield block


def _grown(tokens: TokenisedText, block: _Block, piece: _Piece) -> _Block | None:
    """The block with a row of capitals that belongs to it; None for one that does not."""
    confidence = confidence_of(tokens, piece.spans)
    if not block.title and _signs_for(piece.folded):
        return replace(block, authority=(*block.authority, piece))
    if confidence >= _FAINT and piece.post is not None:
        return replace(_under_chief(block, piece), title=piece)
    if begins_organ(piece.folded) and " " in piece.folded:  # "KT. BỘ TRƯỞNG" / "BỘ CÔNG AN" / "THỨ TRƯỞNG"
        inside = block.authority and not block.title
        return replace(block, authority=(*block.authority, piece)) if inside else block
    if confidence >= _FAIR and piece.candidates:
        under = _under_chief(block, piece)
        return under if under.title else replace(under, fragment=piece)
    return None


def _under_chief(block: _Block, piece: _Piece) -> _Block:
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
        return 0, 0
    lead = next((start for start, end in words if end < first <= end + 2), first)
    end = max(last or 0, *(end for start, end in words if end - start > _LONGEST_SPECK), first)
    rest_of_post = row.folded[lead:first].strip() in RESTS_OF_PHO or (
        first - lead > _LONGEST_SPECK and near_post(row.folded[lead:end]) is not None
    )
    return lead if row.text[lead:first].isupper() and rest_of_post else first, end


def _opens(folded: str) -> bool:
    return _signs_for(folded) or begins_post(folded) or begins_organ(folded)


def _signs_for(folded: str) -> bool:
    """An authority line: "KT. CHỦ TỊCH"; the stop may be lost where a post or organ follows ("TL BỘ TRƯỞNG")."""
    if _AUTHORITY.match(folded):
        return True
    bare = _BARE_AUTHORITY.match(folded)
    return bare is not None and (begins_post(folded[bare.end() :]) or begins_organ(folded[bare.end() :]))


def _title(tokens: TokenisedText, block: _Block) -> Reading | None:
    """The title as printed; under a seal it is restored from the closed list, or inferred.

    Who signs "KT. GIÁM ĐỐC" is a PHÓ GIÁM ĐỐC: "GIÁM ĐỐC" below it has lost a word.
    """
    chief = block.chief
    deputy = deputy_of(chief) if chief else None
    if block.title is not None and not (deputy and block.title.post == chief):
        return _post_reading(tokens, [block.title], "signature.title")
    if deputy is not None:
        part = block.title or block.fragment or block.authority[-1]
        return reading(tokens, deputy.upper(), part.spans, "signature.deputy", strength=0.75, status="inferred")
    if block.fragment is not None:
        return _completed(tokens, block.fragment, block.name_spans)
    return None


def _completed(tokens: TokenisedText, fragment: _Piece, name_spans: Sequence[Span]) -> Reading | None:
    """The one post that, centred over the name as titles are, has the fragment where it stands."""
    part, name = tokens.straight_box(fragment.spans), tokens.straight_box(name_spans)
    if part is None or name is None or part.width == 0:
        return None
    centre = name.centre[0]
    letters = 2 * max(part.x1 - centre, centre - part.x0) / part.width * len(fragment.text)
    fitting = [post for post in posts_around(fragment.text) if abs(len(post) - letters) < _WIDTH_PLAY]
    if len(fitting) != 1:
        return None
    return reading(tokens, fitting[0].upper(), fragment.spans, "signature.torn_title", strength=0.6, status="inferred")


def _authority(tokens: TokenisedText, block: _Block) -> Reading | None:
    if not block.authority:
        return None
    found = _post_reading(tokens, block.authority, "signature.authority")
    if block.bare_chief is None:
        return found
    above = [_post_reading(tokens, block.authority[:-1], found.rule).value] if block.authority[1:] else []
    value = " ".join([*above, f"KT. {block.bare_chief.upper()}"])
    return found.model_copy(update={"value": value, "status": "inferred"})


def _post_reading(tokens: TokenisedText, pieces: Sequence[_Piece], rule: str) -> Reading:
    """Rows of authority or the title; a post whose letters are wrong is restored from the closed list."""
    spans = [span for piece in pieces for span in piece.spans]
    as_printed = [" ".join(piece.text.split()) for piece in pieces]
    mended = [_mended(text) for text in as_printed]
    if mended != as_printed:
        value = " ".join(mended)
        return restored_reading(tokens, value, " ".join(as_printed), spans, rule, strength=0.8)
    return name_reading(tokens, spans, rule, ("posts.txt", "organ_phrases.txt"), strength=0.95)


def _mended(text: str) -> str:
    folded = fold_aligned(text)
    prefix = _AUTHORITY.match(folded)
    start = prefix.end() if prefix else 0
    rest = folded[start:]
    post = None if begins_post(rest) or begins_organ(rest) else near_post(rest)
    authority = regex.sub(r"^1(?=M)", "T", text[:start])
    return str(authority) + (post.upper() if post else text[start:])


def _signer(tokens: TokenisedText, block: _Block) -> Reading | None:
    """The signer; a name without its title or its beginning, or read in doubt, is not asserted as read."""
    name = block.name
    if name is None:
        return None
    spans = block.name_spans
    bare = not (block.title or block.authority or block.fragment)
    if bare or not name.whole:
        return reading(tokens, name.value, spans, "signature.name_part", strength=0.5, status="inferred")
    if name.value != name.printed:
        return restored_reading(tokens, name.value, name.printed, spans, "signature.name", strength=0.85)
    if confidence_of(tokens, spans, weakest=True) < _SURE_NAME:
        return reading(tokens, name.value, spans, "signature.faint_name", strength=0.8, status="inferred")
    return reading(tokens, name.value, spans, "signature.name", strength=0.96)
