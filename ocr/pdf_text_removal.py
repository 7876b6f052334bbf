"""Taking text out of a PDF page's drawing instructions, and nothing else.

Scans carry layers of invisible text from other engines, often rubbish, with fonts that are not embedded. Whether taking
a text out changes what is seen is not guessed here: the caller draws the page before and after.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Page, Pdf, Stream

__all__ = ["has_text", "hide_text_from_extraction", "remove_text"]

_SHOW = frozenset({"Tj", "TJ", "'", '"'})
_TEXT = _SHOW | {"BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*"}
_INVISIBLE = 3  # text rendering mode: neither filled nor stroked

_Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


@dataclass(slots=True)
class _State:
    """What of the graphics state decides whether text shows, and with which font."""

    mode: int = 0
    font: str = ""
    stack: list[tuple[int, str]] = field(default_factory=list)

    def follow(self, operator: str, operands: Any) -> None:
        match operator:
            case "q":
                self.stack.append((self.mode, self.font))
            case "Q" if self.stack:
                self.mode, self.font = self.stack.pop()
            case "Tr" if operands:
                self.mode = int(operands[0])
            case "Tf" if operands:
                self.font = str(operands[0])


def has_text(page: Page) -> bool:
    """Whether the page or a form on it draws text, visible or not; False where its instructions cannot be parsed."""
    try:
        return _draws_text(page.obj, page.resources, set())
    except pikepdf.PdfError:
        return False


def remove_text(pdf: Pdf, page: Page, *, only_invisible: bool) -> None:
    """Give the page contents and resources of its own without text (or without invisible text) and its fonts.

    The old contents, resources and forms stay as they are, so that other pages keep theirs and a caller can put them
    back.

    Raises:
        pikepdf.PdfError: The contents cannot be parsed.
    """
    contents, resources = _Remover(pdf, only_invisible).strip(page.obj, page.resources, _State())
    page.obj.Contents = pdf.make_stream(contents)
    page.obj.Resources = resources


def hide_text_from_extraction(pdf: Pdf, page: Page) -> None:
    """Keep the page's text in sight but out of search and copying: all of it is declared to read as nothing.

    For pages whose fonts map to wrong letters: their own text would come up beside the words that were read.
    """
    page.contents_add(pdf.make_stream(b"/Span <</ActualText <FEFF>>> BDC\n"), prepend=True)
    page.contents_add(pdf.make_stream(b"\nEMC"))


def _draws_text(drawn: Object, resources: Object, seen: set[tuple[int, int]]) -> bool:
    for instruction in pikepdf.parse_content_stream(drawn):
        name = str(instruction.operator)
        if name in _SHOW:
            return True
        form = _form(resources, instruction.operands) if name == "Do" else None
        if form is not None and form.objgen not in seen:
            seen.add(form.objgen)
            if _draws_text(form, form.get(Name.Resources, resources), seen):
                return True
    return False


@dataclass(slots=True)
class _Remover:
    """Strips one page and the forms on it; every form once for each mode it is drawn in."""

    pdf: Pdf
    only_invisible: bool
    forms: dict[tuple[tuple[int, int], int], Stream] = field(default_factory=dict)

    def strip(self, drawn: Object, resources: Object, state: _State) -> tuple[bytes, Dictionary]:
        """Instructions without text, and resources with forms treated likewise and only the fonts still used."""
        forms = _entries(resources, Name.XObject)
        kept: list[_Instruction] = []
        block: list[_Instruction] = []  # since the last text object
        fonts: set[str] = set()  # that show something
        visible = False  # the open text object shows something
        for instruction in pikepdf.parse_content_stream(drawn):
            name, operands = str(instruction.operator), instruction.operands
            state.follow(name, operands)
            if name == "Do" and (form := _form(resources, operands)) is not None:
                forms[str(operands[0])] = self._strip_form(form, resources, state.mode)
            if not self.only_invisible:
                if name not in _TEXT:
                    kept.append(instruction)
                continue
            block.append(instruction)
            if name in _SHOW and state.mode != _INVISIBLE:
                visible = True
                fonts.add(state.font)
            elif name == "ET":
                # Whole text objects only: what follows a text in its object stands where that text ends.
                kept.extend(item for item in block if visible or str(item.operator) not in _SHOW)
                block, visible = [], False
        kept.extend(block)
        kept = [item for item in kept if str(item.operator) != "Tf" or str(item.operands[0]) in fonts]
        own = Dictionary(dict(resources.items()))
        own.XObject = Dictionary(forms)
        own.Font = Dictionary({key: font for key, font in _entries(resources, Name.Font).items() if key in fonts})
        return pikepdf.unparse_content_stream(kept), own

    def _strip_form(self, form: Stream, outer: Object, mode: int) -> Stream:
        key = form.objgen, mode
        if key not in self.forms:
            self.forms[key] = form  # what a form finds that draws itself
            contents, own = self.strip(form, form.get(Name.Resources, outer), _State(mode))
            copy = self.pdf.make_stream(contents)
            for name, value in form.items():
                if name not in {"/Length", "/Filter", "/DecodeParms", "/Resources"}:
                    copy[name] = value
            copy.Resources = own
            self.forms[key] = copy
        return self.forms[key]


def _entries(resources: Object, category: Name) -> dict[str, Object]:
    entries = resources.get(category)
    return dict(entries.items()) if isinstance(entries, Dictionary) else {}


def _form(resources: Object, operands: Any) -> Stream | None:
    drawn = _entries(resources, Name.XObject).get(str(operands[0])) if operands else None
    return drawn if isinstance(drawn, Stream) and drawn.get(Name.Subtype) == Name.Form else None
