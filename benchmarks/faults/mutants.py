"""Mutated PDFs and images, the same for the same seed and number."""

from __future__ import annotations

import random
import re
import struct
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

import img2pdf
import pikepdf

from benchmarks.faults.raw_pdf import TRAPS
from tests.hostile import encoded, form, image_page, lines_image, pdf_bytes, text_page

__all__ = ["Mutant", "mutant", "mutated", "write_mutants"]

Mutant = tuple[str, bytes]
_NUMBER: Final = re.compile(rb"\d+")
_WILD_NUMBERS: Final = (b"0", b"-1", b"99999", b"2147483648", b"18446744073709551616", b"00000000000", b"1.5e9")
_SHARE_OF_TRAPS: Final = 0.4


def mutant(seed: int, number: int) -> Mutant:
    """Name and bytes of mutant ``number``."""
    draw = random.Random(f"{seed}-{number}")  # noqa: S311
    if draw.random() < _SHARE_OF_TRAPS:
        kind = draw.choice(sorted(TRAPS))
        data, ending, how = TRAPS[kind](draw), "pdf", [kind]
        changes = draw.choice([0, 0, 1])
    else:
        base = draw.choice(sorted(_bases()))
        data, ending, how = _bases()[base], base.partition(".")[2], [base.partition(".")[0]]
        changes = draw.choice([1, 1, 1, 2, 3, 8])
    for _ in range(changes):
        change = draw.choice(_CHANGES)
        data = change(data, draw)
        how.append(change.__name__.strip("_").replace("_", "-"))
    return f"{number:05} {' '.join(how[:4])}.{ending}", data


def mutated(data: bytes, draw: random.Random) -> bytes:
    """``data`` with one to three changes."""
    for _ in range(draw.choice([1, 1, 2, 3])):
        data = draw.choice(_CHANGES)(data, draw)
    return data


def write_mutants(folder: Path, numbers: Sequence[int], seed: int) -> None:
    """Write mutants into the new folder ``folder``."""
    folder.mkdir(parents=True)
    for number in numbers:
        name, data = mutant(seed, number)
        (folder / name).write_bytes(data)


# --- what is mutated -------------------------------------------------------------------------------------------------


@cache
def _bases() -> dict[str, bytes]:
    small = lines_image((200, 140))
    colour = small.convert("RGB")
    many = BytesIO()
    small.copy().save(many, "TIFF", save_all=True, append_images=[small.copy()], compression="tiff_lzw")
    return {
        "typed.pdf": _pdf(lambda pdf: text_page(pdf, size=(300, 200))),
        "packed.pdf": _pdf(
            lambda pdf: text_page(pdf, size=(300, 200)), object_stream_mode=pikepdf.ObjectStreamMode.generate
        ),
        "pages.pdf": _pdf(lambda pdf: [text_page(pdf, size=(300, 200)) for _ in range(6)]),
        "scan.pdf": img2pdf.convert(encoded(small, "PNG")) or b"",
        "photo.pdf": img2pdf.convert(encoded(colour, "JPEG")) or b"",
        "cmyk.pdf": _pdf(
            lambda pdf: image_page(
                pdf,
                encoded(small.convert("CMYK"), "JPEG"),
                small.size,
                pikepdf.Name.DCTDecode,
                ColorSpace=pikepdf.Name.DeviceCMYK,
            )
        ),
        "form.pdf": _pdf(_with_form),
        "page.png": encoded(small, "PNG"),
        "bits.png": encoded(small.convert("1"), "PNG"),
        "photo.jpg": encoded(colour, "JPEG"),
        "slow.jpg": encoded(colour, "JPEG", progressive=True),
        "page.tif": encoded(small, "TIFF"),
        "pages.tif": many.getvalue(),
        "fax.tif": encoded(small.convert("1"), "TIFF", compression="group4"),
        "letter.txt": "UBND XÃ NẬM KHOANG\nSố: 15/TB-UBND\nNậm Khoang, ngày 12 tháng 5 năm 2031\n".encode() * 3,
    }


def _pdf(build: Callable[[pikepdf.Pdf], object], **options: object) -> bytes:
    with pikepdf.new() as pdf:
        build(pdf)
        return pdf_bytes(pdf, **options)


def _with_form(pdf: pikepdf.Pdf) -> None:
    page = text_page(pdf, b"/X Do", size=(300, 200))
    page.Resources.XObject = pikepdf.Dictionary(X=form(pdf, b"0 0 50 50 re f"))


# --- how -------------------------------------------------------------------------------------------------------------


def _place(data: bytes, draw: random.Random) -> int:
    return draw.randrange(len(data) + 1)


def _flip_bits(data: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.choice([1, 4, 40]) if data else 0):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: _place(data, draw)]


def _cut_out(data: bytes, draw: random.Random) -> bytes:
    start, length = _place(data, draw), draw.choice([1, 16, 500])
    return data[:start] + data[start + length :]


def _repeat(data: bytes, draw: random.Random) -> bytes:
    start, length = _place(data, draw), draw.choice([1, 60, 800])
    return data[:start] + data[start : start + length] * draw.choice([2, 20, 300]) + data[start:]


def _splice(data: bytes, draw: random.Random) -> bytes:
    other = draw.choice([each for _, each in sorted(_bases().items())])
    start, end = sorted((_place(other, draw), _place(other, draw)))
    at = _place(data, draw)
    return data[:at] + other[start:end] + data[at:]


def _zeros(data: bytes, draw: random.Random) -> bytes:
    start, length = _place(data, draw), draw.choice([4, 64, 1024])
    return data[:start] + bytes(min(length, len(data) - start)) + data[start + length :]


def _wild_numbers(data: bytes, draw: random.Random) -> bytes:
    """Numbers written in figures (PDF) become wild ones."""
    share = draw.choice([0.02, 0.2])
    return _NUMBER.sub(lambda found: draw.choice(_WILD_NUMBERS) if draw.random() < share else found.group(), data)


def _wild_words(data: bytes, draw: random.Random) -> bytes:
    """Binary numbers (images) become wild ones."""
    changed = bytearray(data)
    for _ in range(draw.choice([1, 5])):
        if len(changed) > 40:
            word = struct.pack(draw.choice("<>") + "I", draw.choice([0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 70_000]))
            at = draw.randrange(min(len(changed) - 4, 400))
            changed[at : at + 4] = word
    return bytes(changed)


def _mended_png(data: bytes, draw: random.Random) -> bytes:
    """Wild sizes in the head of a PNG with a right checksum, so that readers believe them."""
    if not data.startswith(b"\x89PNG") or len(data) < 40:
        return _flip_bits(data, draw)
    head = b"IHDR" + struct.pack(">II", *(draw.choice([0, 1, 30_000, 2**31 - 1]) for _ in range(2))) + data[24:29]
    return data[:12] + head + struct.pack(">I", zlib.crc32(head)) + data[33:]


def _other_names(data: bytes, draw: random.Random) -> bytes:
    """Names of a PDF change places."""
    names = [b"/Page", b"/Pages", b"/Kids", b"/Type", b"/Length", b"/Filter", b"/FlateDecode", b"/Contents", b"/Parent"]
    old, new = draw.sample(names, 2)
    return data.replace(old, new, draw.choice([1, 3, -1]))


_CHANGES: Final = (
    _flip_bits, _cut, _cut_out, _repeat, _splice, _zeros, _wild_numbers, _wild_words, _mended_png, _other_names,
)  # fmt: skip
