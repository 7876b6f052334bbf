"""The markup of document texts: ``*bold*``, ``_italic_``, ``[handwriting]``, cut into atoms that a line can hold."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

__all__ = ["Atom", "Face", "atoms_of", "plain"]

_HAND = {"[": True, "]": False}


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of the text family at a size in points."""

    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of text in one face without white space; ``glued`` when no space parts it from the atom before."""

    text: str
    face: Face
    hand: bool = False
    glued: bool = False


def atoms_of(text: str, face: Face) -> list[Atom]:
    """Cut marked-up ``text`` into atoms; marks toggle from ``face``, so ``*`` inside bold text gives upright weight."""
    atoms: list[Atom] = []
    letters: list[str] = []
    glued = hand = False

    def close() -> None:
        nonlocal glued
        if letters:
            atoms.append(Atom("".join(letters), face, hand, glued))
            letters.clear()
            glued = True

    for letter in unicodedata.normalize("NFC", text):
        if letter.isspace():
            close()
            glued = False
        elif letter == "*":
            close()
            face = replace(face, bold=not face.bold)
        elif letter == "_":
            close()
            face = replace(face, italic=not face.italic)
        elif letter in _HAND:
            close()
            hand = _HAND[letter]
        else:
            letters.append(letter)
    close()
    return atoms


def plain(text: str) -> str:
    """``text`` without its marks, white space single."""
    return " ".join(text.translate(str.maketrans("", "", "*_[]")).split())
