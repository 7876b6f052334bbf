"""Text files as text: Unicode in its usual forms, and the legacy Vietnamese encodings, whole or piece by piece."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from extract.limits import LONGEST_TEXT
from normalize.errors import TooLargeError, UnsupportedInputError
from normalize.legacy import LegacyEncoding, decode_legacy, guess_legacy
from ocr.limits import Limits
from ocr.sniff import display_name, open_regular

__all__ = ["decoded", "pieces_of", "read_plain_text"]

_PIECE = 1 << 16
_LONGEST_LINE = 4 * _PIECE  # bytes kept together in the search for a line's end
_UNKNOWN = "Save it as UTF-8 and run again."


def read_plain_text(path: Path, limits: Limits) -> str:
    """The text of ``path``, NFC, with line feeds as line ends.

    Raises:
        InputError: The file is not there, empty, too large, or in no encoding known here.
    """
    with open_regular(path, limits) as file:
        text = "".join(decoded(pieces_of(file), display_name(path)))
    if len(text) > LONGEST_TEXT:
        raise TooLargeError(f"{display_name(path)} has {len(text)} characters, the limit is {LONGEST_TEXT}.")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of an open file."""
    while piece := file.read(_PIECE):
        yield piece


def decoded(pieces: Iterable[bytes], name: str) -> Iterator[str]:
    """The text that ``pieces`` hold: UTF-8, UTF-16 with its mark, or a legacy Vietnamese encoding; line ends kept.

    Lines that are no UTF-8 in a file that is otherwise are decoded by themselves. The mark of UTF-8 or UTF-16 at the
    beginning is left out.

    Args:
        pieces: A file's bytes in order.
        name: For the message.

    Raises:
        UnsupportedInputError: In no encoding known here; pieces before may have been decoded by then.
    """
    coming = iter(pieces)
    first = next(coming, b"")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(first, coming, name)
    return _Decoder(name).texts(first.removeprefix(codecs.BOM_UTF8), coming)


def _utf16(first: bytes, coming: Iterator[bytes], name: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        yield decoder.decode(first)
        for piece in coming:
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise UnsupportedInputError(f"{name} is damaged UTF-16.", _UNKNOWN) from error


class _Decoder:
    """Decodes a file piece by piece; knows what the pieces before were in."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines = 0
        self._bytes_as: LegacyEncoding | None = None  # what lines that are no UTF-8 are in
        self._letters_as: LegacyEncoding | None = None  # what UTF-8 letters stand for: "B¶o Th¾ng"

    def texts(self, first: bytes, coming: Iterator[bytes]) -> Iterator[str]:
        held = first
        for piece in coming:
            held += piece
            end = held.rfind(b"\n") + 1 or (_letter_end(held) if len(held) >= _LONGEST_LINE else 0)
            if end:
                yield self._text(held[:end])
                held = held[end:]
        if held:
            yield self._text(held)

    def _text(self, data: bytes) -> str:
        """The text of some whole lines."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = self._mixed(data.splitlines(keepends=True))
        else:
            text = self._meant(text)
        self._lines += data.count(b"\n")
        return text

    def _meant(self, text: str) -> str:
        """Legacy letters that some program has made UTF-8 of."""
        encoding = guess_legacy(text)
        if encoding is None and self._letters_as and not any(char > "\u00ff" for char in text):
            encoding = self._letters_as  # too few letters to tell, such as a page of numbers
        self._letters_as = encoding
        return text if encoding is None else decode_legacy(text, encoding)

    def _mixed(self, lines: list[bytes]) -> str:
        # One byte a letter: Latin-1 keeps every byte, so that the legacy tables can be tried on it.
        odd = [line for line in lines if not _is_utf8(line)]
        self._bytes_as = guess_legacy(b"".join(odd).decode("latin-1")) or self._bytes_as
        if self._bytes_as is None:
            at = self._lines + lines.index(odd[0]) + 1
            raise UnsupportedInputError(f"{self._name} is in an unknown encoding at line {at}.", _UNKNOWN)
        proper = [line for line in lines if not line.isascii() and _is_utf8(line)]
        # Where most lines are legacy, two of its letters that look like one of UTF-8 are chance.
        trusted = frozenset(proper) if len(proper) > len(odd) else frozenset()
        return "".join(
            line.decode("utf-8") if line in trusted else decode_legacy(line.decode("latin-1"), self._bytes_as)
            for line in lines
        )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _letter_end(data: bytes) -> int:
    """The end of the last whole UTF-8 letter of ``data``."""
    at = len(data) - 1
    while at > len(data) - 4 and data[at] & 0xC0 == 0x80:
        at -= 1
    return at if data[at] >= 0xC0 else len(data)
