"""Text files as text: Unicode in its usual forms, and the legacy Vietnamese encodings."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from normalize.errors import TooLargeError, UnsupportedInputError
from normalize.legacy import decode_legacy, guess_legacy
from ocr.limits import Limits
from ocr.sniff import display_name, open_regular

__all__ = ["decode_text", "read_plain_text"]

# A page of text is about 3 kB; this is a book of 5,000 pages, and spaCy refuses longer texts.
_MOST_CHARACTERS = 1_000_000


def read_plain_text(path: Path, limits: Limits) -> str:
    """The text of ``path``, NFC, with line feeds as line ends.

    Raises:
        InputError: The file is not there, empty, too large, or in no encoding known here.
    """
    with open_regular(path, limits) as file:
        text = decode_text(file.read(), display_name(path))
    if len(text) > _MOST_CHARACTERS:
        raise TooLargeError(f"{display_name(path)} has {len(text)} characters, the limit is {_MOST_CHARACTERS}.")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def decode_text(data: bytes, name: str) -> str:
    """The text that ``data`` holds: UTF-8, UTF-16 with its mark, or a legacy Vietnamese encoding; line ends kept.

    Args:
        data: A file's bytes.
        name: For the message.

    Raises:
        UnsupportedInputError: In no encoding known here.
    """
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # One byte a letter: Latin-1 keeps every byte, so that the legacy tables can be tried on it.
        text = data.decode("latin-1")
        if guess_legacy(text) is None:
            raise UnsupportedInputError(
                f"{name} is a text in an unknown encoding.", "Save it as UTF-8 and run again."
            ) from None
    encoding = guess_legacy(text)
    return text if encoding is None else decode_legacy(text, encoding)
