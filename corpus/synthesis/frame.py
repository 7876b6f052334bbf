"""Puts the frame of an official document round its content: head, number, date, title, foot, stamps, and the facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from numpy.random import Generator

from corpus.synthesis.documents import (
    Align,
    Amount,
    Basis,
    Block,
    Count,
    DigitalMark,
    Document,
    Facts,
    Foot,
    Head,
    IncomingStamp,
    Paragraph,
    SignatureBox,
    Signing,
)
from corpus.synthesis.figures import long_date, pick
from corpus.synthesis.issuers import Issuer
from corpus.synthesis.province import province_name
from ocr.tree import Ink

__all__ = ["Content", "Habits", "draw_habits", "framed"]

_MOTTOS = (
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc"),
)
_HANOI = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Habits:
    """How the issuing office handles its papers: what is filled in by hand, what is stamped on them."""

    number_by_hand: bool = True
    day_by_hand: bool = True
    incoming: str = ""  # organ whose ĐẾN stamp the paper carries
    signature_box: bool = False
    urgency: str = ""
    initials: bool = False
    motto: tuple[str, str] = _MOTTOS[0]


@dataclass(frozen=True, slots=True)
class Content:
    """What a genre has to say; ``subject`` as printed, "Về việc ..." and the like.

    ``symbol_type`` are the letters of the type in the number ("TTr"); empty for công văn. ``number`` 0 leaves the
    number out, as reports of merit do. ``title`` is the type in capitals, empty for công văn.
    """

    type: str
    symbol_type: str
    title: str
    subject: str
    issuer: Issuer
    day: date
    number: int
    signing: Signing
    blocks: tuple[Block, ...]
    bases: tuple[Basis, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    second_signing: Signing | None = None
    amounts: tuple[Amount, ...] = ()
    counts: tuple[Count, ...] = ()
    annex: tuple[Block, ...] = ()
    place_in_head: bool = True  # minutes have no place and date line


def draw_habits(rng: Generator) -> Habits:
    """Habits at random; older stamps and digital boxes rarely meet on one page."""
    digital = rng.random() < 0.2
    return Habits(
        number_by_hand=bool(rng.random() < 0.6),
        day_by_hand=bool(rng.random() < 0.5),
        incoming=pick(rng, "UBND HUYỆN", "SỞ NỘI VỤ", "VĂN PHÒNG ĐIỀU PHỐI NTM") if rng.random() < 0.3 else "",
        signature_box=bool(digital),
        urgency="KHẨN" if rng.random() < 0.08 else "",
        initials=bool(rng.random() < 0.4),
        motto=pick(rng, _MOTTOS[0], *_MOTTOS),
    )


def framed(content: Content, habits: Habits, rng: Generator) -> Document:
    """``content`` as a complete document."""
    issuer = content.issuer
    if content.symbol_type:
        symbol = f"{content.symbol_type}-{issuer.symbol}"
    else:
        # A công văn has no letters for its type but those of the drafting unit: "STC-NS" for Phòng NS.
        symbol = "-".join([issuer.symbol, *issuer.office.split()[-1:]])
    number = f"{content.number:02d}" if content.number else ""
    head = Head(
        issuer.organs,
        parents=issuer.parents,
        number=_number_line(number, symbol, by_hand=habits.number_by_hand) if number else "",
        about="" if content.title else content.subject,
        place_date=f"{issuer.place}, ngày {long_date(content.day, hand=habits.day_by_hand)}"
        if content.place_in_head
        else "",
        motto=habits.motto,
    )
    lines = content.signing.lines
    facts = Facts(
        type=content.type,
        number=number or None,
        symbol=symbol if number else None,
        issue_date=content.day.isoformat(),
        place=issuer.place if content.place_in_head else None,
        issuer=issuer.name,
        parent_organ=issuer.parent,
        subject=content.subject,
        signer=content.signing.name,
        signer_title=lines[-1],
        signing_authority=" ".join(lines[:-1]) or None,
        title=content.title or None,
        handwritten=_by_hand(habits, content, number),
        legal_bases=content.bases,
        recipients=content.recipients,
        addressees=content.addressees,
        amounts=content.amounts,
        counts=content.counts,
    )
    recipients = tuple(f"- {text}{';' if text != content.recipients[-1] else '.'}" for text in content.recipients)
    box, mark = _signature_box(content, rng) if habits.signature_box else (None, None)
    return Document(
        facts,
        head,
        (*_title(content), *_addressees(content.addressees), *content.blocks),
        Foot(content.signing, recipients, content.second_signing),
        annex=content.annex if habits.number_by_hand else tuple(_typed(block) for block in content.annex),
        urgency=habits.urgency,
        initials=habits.initials,
        incoming=_incoming(habits, content, rng),
        signature_box=box,
        digital_mark=mark,
    )


def _number_line(number: str, symbol: str, *, by_hand: bool) -> str:
    return f"Số: [{number}] /{symbol}" if by_hand else f"Số: {number}/{symbol}"


def _typed(block: Block) -> Block:
    """An office that types its numbers types them in the annex's title too."""
    if isinstance(block, Paragraph):
        return replace(block, text=block.text.replace("[", "").replace("]", ""))
    return block


def _by_hand(habits: Habits, content: Content, number: str) -> tuple[str, ...]:
    written = ["number"] if number and habits.number_by_hand else []
    return (*written, "issue_date") if habits.day_by_hand and content.place_in_head else tuple(written)


def _title(content: Content) -> tuple[Paragraph, ...]:
    if not content.title:
        return ()
    return (
        Paragraph(f"*{content.title}*", Align.CENTRE, space=8, keep_with_next=True),
        Paragraph(f"*{content.subject}*", Align.CENTRE, space=0, rule_below=True),
    )


def _addressees(names: tuple[str, ...]) -> tuple[Paragraph, ...]:
    if not names:
        return ()
    if len(names) == 1:
        return (Paragraph(f"Kính gửi: {names[0]}.", Align.CENTRE, space=10),)
    ends = [";"] * (len(names) - 1) + ["."]
    lines = [Paragraph(f"- {name}{end}", Align.INSET, space=0) for name, end in zip(names, ends, strict=True)]
    return (Paragraph("Kính gửi:", Align.INSET, space=10), *lines)


def _incoming(habits: Habits, content: Content, rng: Generator) -> IncomingStamp | None:
    if not habits.incoming:
        return None
    day = content.day + timedelta(days=int(rng.integers(1, 6)))
    return IncomingStamp(
        habits.incoming,
        str(int(rng.integers(20, 3000))),
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
        pick(rng, Ink.RED, Ink.RED, Ink.BLUE),
    )


def _signature_box(content: Content, rng: Generator) -> tuple[SignatureBox, DigitalMark]:
    day = content.day
    hour, minute, second = int(rng.integers(8, 18)), int(rng.integers(60)), int(rng.integers(60))
    moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_HANOI)
    signer, agency, email = content.issuer.name, f"Tỉnh {province_name()}", "vanthu@lamkhe.example"
    lines: tuple[str, ...]
    if rng.random() < 0.5:
        stamp = moment.strftime("%d.%m.%Y %H:%M:%S +07:00")
        lines = (f"Người ký: {signer}", f"Email: {email}", f"Cơ quan: {agency}", f"Thời gian ký: {stamp}")
        mark = DigitalMark(signer, moment.isoformat(), agency, email)
    else:
        lines = ("SAO Y", signer, moment.strftime("Thời gian ký: %d/%m/%Y %H:%M:%S +07:00"))
        mark = DigitalMark(f"SAO Y - {signer}", moment.isoformat())
    return SignatureBox(lines, pick(rng, Ink.BLACK, Ink.RED, Ink.BLUE)), mark
