"""A folder of small good documents among hostile files, cheap to read: what the fault campaign works on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image, ImageDraw

from corpus.ledger import State
from sohoa.evidence import label_font
from sohoa.inputs import find_inputs
from tests.hostile import encoded, make_hostile, pdf_bytes, text_page

__all__ = ["SETTINGS", "MixedBatch", "make_batch"]

# Small pictures: nothing here is worth reading well, and one page takes Tesseract 0.3 s.
SETTINGS = "[limits]\npage_pixels = 300000\n"
_PAGE_SIZE = (620, 300)
_LETTER = """ỦY BAN NHÂN DÂN XÃ NẬM KHOANG
Số: {number}/TB-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Nậm Khoang, ngày 12 tháng 5 năm 2031
{mark}
THÔNG BÁO
Về việc họp bản Bãi Sậy
"""
# One of every kind; the others of the list take seconds each and are read by the tests of `ocr`.
_HOSTILE_FEW = ("empty.pdf", "binary.pdf", "truncated-half.pdf", "locked.pdf", "cut.png", "link.pdf", "pipe.pdf")
_SLOW = (
    "content-bomb.pdf",
    "forms-of-each-other.pdf",
    "giant-box.pdf",
    "nested-q.pdf",
    "user-unit.pdf",
    "very-wide.png",
)


@dataclass(frozen=True, slots=True)
class MixedBatch:
    """The folder as it was made.

    Attributes:
        source: The folder.
        expected: How each input ends when nothing disturbs the run, by key.
        originals: SHA-256 and modification time (ns) of every regular file, by path.
    """

    source: Path
    expected: dict[str, State]
    originals: dict[Path, tuple[str, int]]


def make_batch(source: Path, *, small: bool = False) -> MixedBatch:
    """Write the files into the new folder ``source``.

    Args:
        source: Where.
        small: Few of each kind, for the short form of the campaign.
    """
    source.mkdir(parents=True)
    hostile = _write_hostile(source / "hostile", small=small)
    _write_good(source, 1 if small else 3)
    (source / "secret.txt").write_text(_LETTER.format(number=99, mark="MẬT"), "utf-8")
    (source / ".DS_Store").write_bytes(b"\x00")
    special = {"secret.txt": State.HELD, ".DS_Store": State.SKIPPED, "hostile/loop-b.pdf": State.FAILED}
    inputs = find_inputs(source, out=source.parent / "no-output", pages_in_folders=False)
    expected = {item.key: special.get(item.key, hostile.get(item.key, State.DONE)) for item in inputs}
    return MixedBatch(source, expected, stamps_of(source))


def stamps_of(source: Path) -> dict[Path, tuple[str, int]]:
    """Hash and modification time of every regular file below ``source``."""
    files = (path for path in source.rglob("*") if path.is_file() and not path.is_symlink())
    return {path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in files}


def _write_hostile(folder: Path, *, small: bool) -> dict[str, State]:
    """The hostile files and how they end, by key."""
    folder.mkdir()
    states = {}
    for name, case in make_hostile(folder).items():
        if name in _SLOW or (small and name not in _HOSTILE_FEW):
            if case.path.is_dir() and not case.path.is_symlink():
                case.path.rmdir()
            else:
                case.path.unlink(missing_ok=True)
            continue
        key = f"hostile/{case.path.name}"
        states[key] = State.DONE if case.error is None else State.FAILED
    return states


def _write_good(source: Path, count: int) -> None:
    for number in range(1, 2 * count + 2):
        folder = source / f"box {number % 2}"
        folder.mkdir(exist_ok=True)
        (folder / f"letter {number}.txt").write_text(_LETTER.format(number=number, mark=""), "utf-8")
    (source / "same bytes.txt").write_bytes((source / "box 1" / "letter 1.txt").read_bytes())
    for number in range(1, count + 1):
        pages = [_page(f"Số: {number}{page}/TB-UBND") for page in range(2 if count == 1 else 3)]
        (source / f"scan {number}.png").write_bytes(encoded(_page(f"Số: {number}/TB-UBND"), "PNG", dpi=(100, 100)))
        images = [encoded(page, "PNG", dpi=(100, 100)) for page in pages]
        (source / f"scan {number}.pdf").write_bytes(img2pdf.convert(images) or b"")
        many = BytesIO()
        first, second = (page.copy() for page in pages[:2])  # a picture remembers how it was packed as PNG
        first.save(many, "TIFF", save_all=True, append_images=[second], dpi=(100, 100))
        (source / f"scan {number}.tif").write_bytes(many.getvalue())
    with pikepdf.new() as pdf:
        text_page(pdf)
        (source / "typed.pdf").write_bytes(pdf_bytes(pdf))


def _page(number: str) -> Image.Image:
    """A page of 100 dpi with four lines."""
    image = Image.new("L", _PAGE_SIZE, 255)
    draw = ImageDraw.Draw(image)
    lines = ("UBND XÃ NẬM KHOANG", number, "THÔNG BÁO", "Về việc họp bản Bãi Sậy")
    for row, line in enumerate(lines):
        draw.text((40, 30 + 60 * row), line, font=label_font(24), fill=0)
    return image
