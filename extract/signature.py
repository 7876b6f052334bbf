"""The signature block: with what authority, as what, and who signed; and who signed beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extract.evidence import Span, confidence_of, name_reading, reading, restored_reading
from extract.organs import begins_organ
from extract.people import named_elsewhere
from extract.posts import begins_post, deputy_of, near_post, posts_around
from extract.record import Reading
from extract.signature_blocks import Block, Piece, find_blocks, prefix_end
from extract.tokens import TokenisedText
from extract.word_lists import phrases_by_key
from extract.zones import Zones
from normalize.folding import fold_aligned

__all__ = ["Signature", "read_signature"]

# Of 38 whole names under seals (measured on 53 scans) 31 of 35 right ones had no word below, all 3 wrong ones had.
_SURE_NAME = 0.8
_WIDTH_PLAY = 2.0  # letters
_SHORT_POST = 2  # words
_SHORT_NAME = 2  # syllables
_ASIDE = 10.0  # points; a syllable and its space are 25 wide, so that losing one moves the middle by 12
_WORD_START = regex.compile(r"(?<!\w)\w")
_SPECK_BEFORE = regex.compile(r"(?<=\s)['’‘`´~*^.,:;]{1,2}(?=\p{Lu})")  # "TM. ỦY BAN 'NHÂN DÂN"
# The edge of a stamp is read again: "PHÓ GIÁM GIÁM ĐỐC"
_TWICE = regex.compile(r"(?<!\p{L})(\p{Lu}{2,6})\s\1(?!\p{L})")
# "1M. ỦY BAN", "T1, BỘ TRƯỞNG", "KT..GIÁM ĐỐC"
_PREFIX_SLIPS = (
    (regex.compile(r"^1(?=M)"), "T"),
    (regex.compile(r"(?<=^T)1(?=\W)"), "L"),
    (regex.compile(r"\s?(?:,|[.,]\s?[.,])\s{0,2}$"), ". "),
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Fields of the signature block; ``others`` are those who sign beside the signer."""

    signer: Reading | None = None
    title: Reading | None = None
    authority: Reading | None = None
    others: tuple[Reading, ...] = ()


def read_signature(tokens: TokenisedText, zones: Zones, issuer: Reading | None = None) -> Signature:
    """Read the signature blocks of the first page that has a whole one.

    Of those who sign a joint document, the one for the organ that ``issuer`` names first is the signer.
    """
    blocks = sorted(find_blocks(tokens, zones), key=lambda block: not _signs_first(block, issuer))
    own, *others = blocks or [Block()]
    beside = (_co_signer(tokens, block) for block in others)
    return Signature(_signer(tokens, own), _title(tokens, own), _authority(tokens, own), tuple(filter(None, beside)))


def _signs_first(block: Block, issuer: Reading | None) -> bool:
    organ = _organ_of(block)
    if issuer is None or organ is None:
        return False
    return fold_aligned(str(issuer.value)).startswith(" ".join(organ.split()))


def _organ_of(block: Block) -> str | None:
    """The organ it signs for, folded: on a row of its own, or behind a post ("GIÁM ĐỐC SỞ NỘI VỤ")."""
    if block.organ is not None:
        return block.organ.folded
    rows = (piece.folded for piece in (*block.authority, block.title) if piece is not None)
    starts = ((row, match.start()) for row in rows for match in _WORD_START.finditer(row) if match.start())
    return next((row[at:] for row, at in starts if begins_organ(row[at:]) and not begins_post(row[at:])), None)


def _co_signer(tokens: TokenisedText, block: Block) -> Reading | None:
    """Name, title and authority of one who signs beside the signer, in doubt where any of the three is."""
    name, title, authority = _signer(tokens, block), _title(tokens, block), _authority(tokens, block)
    if name is None or not (title or authority):
        return None
    parts = [part for part in (authority, title, name) if part]
    value = {
        "name": name.value,
        "title": title.value if title else None,
        "authority": authority.value if authority else None,
    }
    update = {
        "value": value,
        "raw": "\n".join(part.raw for part in parts),
        "where": [place for part in parts for place in part.where],
        "confidence": min(part.confidence for part in parts),
        "status": next((part.status for part in parts if part.status != "read"), "read"),
        "alternatives": [],
        "rule": "signature.co_signer",
    }
    return name.model_copy(update=update)


def _title(tokens: TokenisedText, block: Block) -> Reading | None:
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


def _completed(tokens: TokenisedText, fragment: Piece, name_spans: Sequence[Span]) -> Reading | None:
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


def _authority(tokens: TokenisedText, block: Block) -> Reading | None:
    if block.bare_board is not None:
        return _for_board(tokens, block, block.bare_board)
    if not block.authority:
        return None
    found = _post_reading(tokens, block.authority, "signature.authority")
    if block.bare_chief is None:
        return found
    above = [_post_reading(tokens, block.authority[:-1], found.rule).value] if block.authority[1:] else []
    value = " ".join([*above, f"KT. {block.bare_chief.upper()}"])
    return found.model_copy(update={"value": value, "status": "inferred"})


def _for_board(tokens: TokenisedText, block: Block, board: Piece) -> Reading | None:
    """The committee that a title stands under, its "TM." lost, and whom the title signs for."""
    if not (block.title or block.fragment):
        return None
    rows = [board, *block.authority]
    found = _post_reading(tokens, rows, "signature.authority")
    name = "HỘI ĐỒNG NHÂN DÂN" if "hoi" in board.folded else "ỦY BAN NHÂN DÂN"
    chiefs = [str(_post_reading(tokens, block.authority, found.rule).value)] if block.authority else []
    return found.model_copy(update={"value": " ".join([f"TM. {name}", *chiefs]), "status": "inferred"})


def _post_reading(tokens: TokenisedText, pieces: Sequence[Piece], rule: str) -> Reading:
    """Rows of authority or the title; a post whose letters are wrong is restored from the closed list."""
    spans = [span for piece in pieces for span in piece.spans]
    as_printed = [" ".join(piece.text.split()).rstrip(".,:;") for piece in pieces]
    mended = [_mended(text) for text in as_printed]
    if mended != as_printed:
        value = " ".join(mended)
        return restored_reading(tokens, value, " ".join(as_printed), spans, rule, strength=0.8)
    found = name_reading(tokens, spans, rule, ("posts.txt", "organ_phrases.txt"), strength=0.95)
    found = found.model_copy(update={"value": str(found.value).rstrip(" .,:;")})
    doubtful = any(
        not _is_post(piece) and confidence_of(tokens, piece.spans, weakest=True) < _SURE_NAME for piece in pieces
    )
    return found.model_copy(update={"status": "inferred"}) if doubtful and found.status == "read" else found


def _is_post(piece: Piece) -> bool:
    """True for a row that no list lets doubt: a post or a committee, and nothing else."""
    words = " ".join(piece.folded[prefix_end(piece.folded) :].split()).strip(" .,:;-")
    return words in phrases_by_key("posts.txt") or words in phrases_by_key("organ_phrases.txt")


def _mended(text: str) -> str:
    text = _SPECK_BEFORE.sub("", text)
    once = _TWICE.sub(r"\1", text)
    if fold_aligned(once) in phrases_by_key("posts.txt"):  # not "TRƯỞNG BAN BAN QUỐC TẾ"
        text = once
    folded = fold_aligned(text)
    start = prefix_end(folded)
    rest = folded[start:]
    # "SỘ TRƯỞNG" begins like a Sở, but organs have longer names
    is_organ = begins_organ(rest) and len(rest.split()) > _SHORT_POST
    post = None if begins_post(rest) or is_organ else near_post(rest, text[start:])
    authority = text[:start]
    for slip, right in _PREFIX_SLIPS:
        authority = slip.sub(right, authority)
    return str(authority) + (post.upper() if post else text[start:])


def _signer(tokens: TokenisedText, block: Block) -> Reading | None:
    """The signer; a name without its title or its beginning, or read in doubt, is not asserted as read."""
    name = block.name
    if name is None:
        return None
    spans = block.name_spans
    bare = not (block.title or block.authority or block.fragment)
    elsewhere = _elsewhere(tokens, block)
    if elsewhere is not None:
        return elsewhere
    if bare or not name.whole:
        return reading(tokens, name.value, spans, "signature.name_part", strength=0.5, status="inferred")
    sure = confidence_of(tokens, spans, weakest=True) >= _SURE_NAME and not _is_cut(tokens, block)
    if name.value != name.printed:
        rule = "signature.name" if sure else "signature.faint_name"
        return restored_reading(tokens, name.value, name.printed, spans, rule, strength=0.85 if sure else 0.7)
    if not sure:
        return reading(tokens, name.value, spans, "signature.faint_name", strength=0.8, status="inferred")
    return reading(tokens, name.value, spans, "signature.name", strength=0.96)


def _is_cut(tokens: TokenisedText, block: Block) -> bool:
    """True for two syllables that stand aside from the title they should be centred under: one lies under a seal."""
    if block.name is None or block.title is None or len(block.name.value.split()) > _SHORT_NAME:
        return False
    name, title = tokens.straight_box(block.name_spans), tokens.straight_box(block.title.spans)
    return name is not None and title is not None and abs(name.centre[0] - title.centre[0]) > _ASIDE


def _elsewhere(tokens: TokenisedText, block: Block) -> Reading | None:
    """The name as the text has it: whole where a seal covers its beginning, or with other marks on clearer print."""
    name = block.name
    if name is None:
        return None
    own = block.name_spans
    places = named_elsewhere(name, tokens.text, tokens.folded)
    others = [span for span in places if span[1] <= own[0][0] or span[0] >= own[-1][1]]
    forms = {tokens.text[slice(*span)] for span in others}
    if len(forms) != 1 or forms == {name.value}:
        return None
    form = forms.pop()
    if name.whole and confidence_of(tokens, others[:1], weakest=True) <= confidence_of(tokens, own, weakest=True):
        return None
    rule = "signature.name_elsewhere"
    found = restored_reading(tokens, form, name.printed, sorted([*own, others[0]]), rule, strength=0.85)
    return found.model_copy(update={"status": "conflict" if name.whole else "inferred"})
