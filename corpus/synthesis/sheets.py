"""What typesetting yields: sheets of words and rules placed in points, origin top left, y downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.synthesis.documents import Zone
from corpus.synthesis.fonts import load_font
from corpus.synthesis.markup import Atom, Face
from ocr.tree import Role

__all__ = [
    "LAYOUT_DPI",
    "PageRules",
    "Placed",
    "Rule",
    "Sheet",
    "Spot",
    "balanced_lines",
    "break_lines",
    "group_width",
    "space_width",
]

LAYOUT_DPI = 300  # resolution at which widths are measured; pages are drawn at the same one
_MM = 72 / 25.4
_HAND_ADVANCE = 0.56  # width of one handwritten figure in ems of the text around it


@dataclass(frozen=True, slots=True)
class PageRules:
    """Page geometry in points within the bounds of NĐ 30/2020, annex I: margins 20-25, 30-35, 15-20 mm, size 13-14."""

    width: float = 210 * _MM
    height: float = 297 * _MM
    top: float = 20 * _MM
    bottom: float = 20 * _MM
    left: float = 30 * _MM
    right: float = 17 * _MM
    size: float = 14.0
    leading: float = 18.0
    gap: float = 6.0
    indent: float = 36.0
    head_size: float = 13.0
    number_at_top: bool = True  # NĐ 30/2020; the older TT 01/2011 has it at the bottom right

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def floor(self) -> float:
        """Lowest y that text may reach."""
        return self.height - self.bottom


@dataclass(frozen=True, slots=True)
class Placed:
    """An atom with its origin (left end of the base line) and its line number in the page's reading order."""

    atom: Atom
    x: float
    baseline: float
    zone: Zone
    line: int
    role: Role


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight printed line of ``weight`` points."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float = 0.7


@dataclass(frozen=True, slots=True)
class Spot:
    """A place kept for something that is not print: ``what`` names it, (x, y) is its centre."""

    what: str
    x: float
    y: float


@dataclass(slots=True)
class Sheet:
    """One page while and after it is set."""

    rules_of_page: PageRules
    number: int
    words: list[Placed] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)


def atom_width(atom: Atom) -> float:
    """Advance width in points."""
    if atom.hand:
        return max(len(atom.text), 1) * _HAND_ADVANCE * atom.face.size
    return float(load_font(atom.face, LAYOUT_DPI).getlength(atom.text)) * 72 / LAYOUT_DPI


def space_width(face: Face) -> float:
    """Width of a word space in points."""
    return float(load_font(face, LAYOUT_DPI).getlength(" ")) * 72 / LAYOUT_DPI


def group_width(group: Sequence[Atom]) -> float:
    """Width of atoms that stand without a space between them."""
    return sum(atom_width(atom) for atom in group)


def break_lines(atoms: Sequence[Atom], width: float, indent: float = 0.0) -> list[list[list[Atom]]]:
    """Fill lines of ``width`` points greedily, as word processors do, also after a hyphen inside a word.

    Returns:
        Lines of groups of atoms; the atoms of a group are glued together.
    """
    groups: list[list[Atom]] = []
    for atom in atoms:
        if atom.glued and groups:
            groups[-1].append(atom)
        else:
            groups.append([atom])
    lines: list[list[list[Atom]]] = [[]]
    room = width - indent
    for group in groups:
        blank = space_width(group[0].face) if lines[-1] else 0.0
        if group_width(group) + blank <= room:
            lines[-1].append(group)
            room -= group_width(group) + blank
            continue
        halves = _split_at_hyphen(group, room - blank) if lines[-1] else None
        if halves:
            lines[-1].append([halves[0]])
            group = [halves[1]]
        if lines[-1]:
            lines.append([])
        lines[-1].append(group)
        room = width - group_width(group)
    return [line for line in lines if line]


def balanced_lines(atoms: Sequence[Atom], width: float) -> list[list[list[Atom]]]:
    """As few lines as ``width`` allows, of about the same length, as titles are broken by hand."""
    lines = break_lines(atoms, width)
    for narrower in range(95, 20, -5):
        tried = break_lines(atoms, width * narrower / 100)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _split_at_hyphen(group: Sequence[Atom], room: float) -> tuple[Atom, Atom] | None:
    """Word wraps "1043/KH-UBND" after its hyphen; real pages are full of such lines."""
    if len(group) != 1 or group[0].hand:
        return None
    atom = group[0]
    for cut in range(len(atom.text) - 2, 2, -1):
        if atom.text[cut - 1] == "-":
            first = Atom(atom.text[:cut], atom.face)
            if atom_width(first) <= room:
                return first, Atom(atom.text[cut:], atom.face)
    return None
