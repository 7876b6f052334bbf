"""What a fictional document is made of, before any page exists: head, title, body, foot, stamps, and its facts.

Text is written with a small markup, read by ``corpus.synthesis.markup``: ``*bold*``, ``_italic_``, and ``[12]`` for
what a clerk fills in by hand. The facts are those a person would read off the paper; they become ``fields.json``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from ocr.tree import Ink

__all__ = [
    "Align",
    "Amount",
    "Basis",
    "Block",
    "Column",
    "Count",
    "DigitalMark",
    "Document",
    "Facts",
    "Foot",
    "Head",
    "IncomingStamp",
    "Paragraph",
    "Seal",
    "SignatureBox",
    "Signing",
    "Table",
    "Zone",
]


class Zone(IntEnum):
    """Parts of a page in the order in which transcriptions list them."""

    TOP_NUMBER = 0
    SIGNATURE_BOX = 1
    HEAD_LEFT = 2
    HEAD_RIGHT = 3
    INCOMING_STAMP = 4
    BODY = 5
    FOOT_LEFT = 6
    FOOT_RIGHT = 7
    BOTTOM_NUMBER = 8


class Align(StrEnum):
    """How the lines of a paragraph or cell stand between their margins."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTRE = "centre"
    INSET = "inset"  # left, from a third of the text width: lists of addressees


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``size`` 0 takes the body size; ``space`` is the gap above in points, below 0 the usual one."""

    text: str
    align: Align = Align.JUSTIFY
    indent: bool = True
    size: float = 0.0
    space: float = -1.0
    rule_below: bool = False  # the short rule under a title
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its heading and its share of the text width."""

    title: str
    share: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; a row has one marked-up text a column, and the heading is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    size: float = 12.0

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row has one cell a column")


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Head:
    """Boxes 1 to 5b of NĐ 30/2020: the two columns above the title."""

    organs: tuple[str, ...]  # the issuer as printed, bold
    motto: tuple[str, str]
    parents: tuple[str, ...] = ()  # the organ above it, upright
    number: str = ""  # "Số: [12]/TTr-UBND"
    about: str = ""  # "V/v ...", letters only
    place_date: str = ""  # without italics: the typesetter adds them


@dataclass(frozen=True, slots=True)
class Seal:
    """A round seal: text along the ring above and below, and text in the middle (none: a star)."""

    above: str
    below: str
    middle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature block: authority and title lines, a signature in ``ink``, a name, perhaps a seal."""

    lines: tuple[str, ...]
    name: str
    note: str = ""  # "(Ký, ghi rõ họ tên)"
    ink: Ink = Ink.BLUE
    seal: Seal | None = None
    name_stamped: bool = False  # the name is a red rubber stamp, not print


@dataclass(frozen=True, slots=True)
class Foot:
    """Recipients at the left (or a second signature block), the main signature at the right."""

    right: Signing
    recipients: tuple[str, ...] = ()
    left: Signing | None = None


@dataclass(frozen=True, slots=True)
class IncomingStamp:
    """The ĐẾN stamp of the organ that received the paper; number and date are filled in by hand."""

    organ: str
    number: str
    date: str  # as written, "27/6/2019"
    iso_date: str
    ink: Ink = Ink.RED


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """The printed overlay of a digital signature at the top right of page 1."""

    lines: tuple[str, ...]
    ink: Ink = Ink.BLACK


@dataclass(frozen=True, slots=True)
class Basis:
    """A document on which this one rests; ``date`` is ISO or None."""

    type: str
    code: str
    date: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """Money as printed, in đồng, with the relation that its wording gives ("trên" gt, "gần" almost ...)."""

    raw: str
    vnd: int
    relation: str = "eq"


@dataclass(frozen=True, slots=True)
class Count:
    """A count as printed: what is counted and how many."""

    what: str
    value: int


@dataclass(frozen=True, slots=True)
class DigitalMark:
    """What a signature box says; ``time`` is ISO with its offset."""

    signer: str
    time: str
    agency: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person reads off the paper; the keys of ``fields.json``."""

    type: str
    number: str | None = None
    symbol: str | None = None
    issue_date: str | None = None
    place: str | None = None
    issuer: str | None = None
    parent_organ: str | None = None
    subject: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    signing_authority: str | None = None
    title: str | None = None
    handwritten: tuple[str, ...] = ()
    legal_bases: tuple[Basis, ...] = ()
    recipients: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One fictional document: what is printed, what is stamped on it, and the facts it states."""

    facts: Facts
    head: Head
    blocks: tuple[Block, ...]
    foot: Foot
    annex: tuple[Block, ...] = ()  # a list on pages of its own after the signature, sealed over its title
    incoming: IncomingStamp | None = None
    signature_box: SignatureBox | None = None
    digital_mark: DigitalMark | None = None
    urgency: str = ""  # "KHẨN", "HỎA TỐC": a red boxed stamp
    initials: bool = False  # the drafter's initials after the end of the text
