"""What a file is, told from its first bytes and never from its name; and the one way to open it."""

from __future__ import annotations

import os
import stat
from enum import StrEnum
from io import BufferedReader
from pathlib import Path

import regex

from normalize.errors import EmptyInputError, NotFoundError, TooLargeError
from ocr.limits import DEFAULT_LIMITS, Limits

__all__ = ["Kind", "display_name", "open_regular", "sniff", "sniff_bytes"]

_HEAD = 64 * 1024
_IMAGE_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_MARKUP = regex.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype|<html|<\?xml|<svg|\{\\rtf|%!PS)", regex.IGNORECASE)
# VISCII puts six letters on control codes, so a legacy text may hold some; in binary files NUL comes soon.
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
_MAX_CONTROL_SHARE = 0.05


class Kind(StrEnum):
    """What sohoa can do with a file."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    OTHER = "other"


def display_name(path: Path) -> str:
    """The file's name for people: bytes that are no UTF-8 are shown as the replacement character."""
    return os.fsencode(path.name).decode("utf-8", errors="replace")


def open_regular(path: Path, limits: Limits = DEFAULT_LIMITS) -> BufferedReader:
    """Open a regular file for reading; the caller closes it.

    Pipes, devices and links are recognised before they are opened: opening a pipe would wait for ever.

    Raises:
        NotFoundError: No such file, not a regular file, or not readable.
        EmptyInputError: The file has no bytes.
        TooLargeError: The file has more bytes than ``limits.file_bytes``.
    """
    name = display_name(path)
    try:
        before = os.lstat(path)
        if not stat.S_ISREG(before.st_mode):
            raise NotFoundError(f"{name} is {_file_type(before.st_mode)}, not a regular file.")
        # A file may be swapped for a pipe or link between lstat and open: neither may be followed or waited for.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.fdopen(os.open(path, flags), "rb")
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the path
        reason = (getattr(error, "strerror", None) or type(error).__name__).lower()
        raise NotFoundError(f"{name} cannot be opened: {reason}.") from error
    size = os.fstat(handle.fileno()).st_size
    if 0 < size <= limits.file_bytes:
        return handle
    handle.close()
    if size == 0:
        raise EmptyInputError(f"{name} has no bytes.")
    raise TooLargeError(f"{name} has {size} bytes, the limit file_bytes is {limits.file_bytes}.")


def sniff(path: Path, limits: Limits = DEFAULT_LIMITS) -> Kind:
    """What the file at ``path`` is, by content.

    Raises:
        NotFoundError: No such file, or not a regular file.
        EmptyInputError: The file has no bytes.
        TooLargeError: The file has more bytes than ``limits.file_bytes``.
    """
    with open_regular(path, limits) as handle:
        return sniff_bytes(handle.read(_HEAD))


def sniff_bytes(head: bytes) -> Kind:
    """What a file that begins with ``head`` is."""
    if head.startswith(_IMAGE_MAGIC):
        return Kind.IMAGE
    # Readers accept junk before the header within the first kilobyte (PDF 1.7, implementation note 13).
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    return Kind.TEXT if _is_text(head) else Kind.OTHER


def _is_text(head: bytes) -> bool:
    if _MARKUP.match(head):
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as Notepad writes it
        return True
    controls = sum(byte in _CONTROLS for byte in head)
    return bool(head.strip()) and b"\x00" not in head and controls <= _MAX_CONTROL_SHARE * len(head)


def _file_type(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a device or socket"
