"""Dropping from a page's resources what its drawing instructions never name.

Producers list patterns, masks and fonts that no page draws; they come into the copy, and into the PDF/A check, for
nothing.
"""

from __future__ import annotations

from contextlib import suppress

import pikepdf
from pikepdf import Dictionary, Name, Object, Page, Stream

__all__ = ["keep_used_resources"]

# Named in property lists and inside inline images, too, where the operands do not show it.
_ALWAYS = frozenset({"/ColorSpace", "/Properties", "/ProcSet"})


def keep_used_resources(page: Page) -> None:
    """Give the page, and the forms on it, resources with only the entries they name.

    A page whose instructions cannot be parsed keeps all it has.
    """
    with suppress(pikepdf.PdfError):
        page.obj.Resources = _used(page.obj, page.resources, set())


def _used(drawn: Object, resources: Object, seen: set[tuple[int, int]]) -> Dictionary:
    """The entries that are named; forms with resources of their own are treated likewise, each once."""
    names = _names(drawn, resources, set())
    kept = Dictionary()
    for category, entries in resources.items():
        if category in _ALWAYS or not isinstance(entries, Dictionary):
            kept[category] = entries
        elif used := {key: entry for key, entry in entries.items() if key in names}:
            kept[category] = Dictionary(used)
    for form in _forms(kept):
        if Name.Resources in form and form.objgen not in seen:
            seen.add(form.objgen)
            form.Resources = _used(form, form.Resources, seen)
    return kept


def _names(drawn: Object, resources: Object, seen: set[tuple[int, int]]) -> set[str]:
    """Names among the operands, those of forms that use their caller's resources included."""
    names = {
        str(operand)
        for instruction in pikepdf.parse_content_stream(drawn)
        for operand in instruction.operands
        if isinstance(operand, Name)
    }
    for form in _forms(resources):
        if Name.Resources not in form and form.objgen not in seen:
            seen.add(form.objgen)
            names |= _names(form, resources, seen)
    return names


def _forms(resources: Object) -> list[Stream]:
    entries = resources.get(Name.XObject)
    if not isinstance(entries, Dictionary):
        return []
    return [entry for entry in entries.values() if isinstance(entry, Stream) and entry.get(Name.Subtype) == Name.Form]
