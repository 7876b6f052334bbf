"""``pages.json``: a read document, written and read back without loss (boxes to hundredths of a point)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pydantic_core import from_json

from normalize.errors import DamagedInputError
from ocr.tree import Box, Cell, DigitalSignature, Document, Ink, Line, Page, Role, TextFrom, Word

__all__ = ["SCHEMA", "document_from_json", "document_pieces", "document_to_json", "page_from_json"]

SCHEMA = "sohoa/pages/1"


def document_to_json(document: Document) -> str:
    """``pages.json`` of ``document``: pages, lines, words; boxes are ``[x0, y0, x1, y1]`` in points."""
    return "".join(document_pieces(document))


def document_pieces(document: Document) -> Iterator[str]:
    """As :func:`document_to_json`, in pieces: what stands before the pages, each page, the end."""
    head = {
        "schema": SCHEMA,
        "name": document.name,
        "signatures": [_signature_to_dict(signature) for signature in document.signatures],
        "warnings": list(document.warnings),
    }
    yield _dumped(head).removesuffix("}") + ',"pages":['
    for at, page in enumerate(document.pages):
        yield ("," if at else "") + _dumped(_page_to_dict(page))
    yield "]}\n"


def _dumped(tree: dict[str, Any]) -> str:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def document_from_json(text: str) -> Document:
    """The document that :func:`document_to_json` wrote.

    Raises:
        DamagedInputError: Not a ``pages.json`` of this schema.
    """
    with _refusing_others():
        tree = from_json(text)
        if tree["schema"] != SCHEMA:
            raise ValueError("another schema")
        return Document(
            name=tree["name"],
            pages=tuple(_page_from_dict(page) for page in tree["pages"]),
            signatures=tuple(_signature_from_dict(signature) for signature in tree["signatures"]),
            warnings=tuple(tree["warnings"]),
        )


def page_from_json(text: str) -> Page:
    """The page of one of the pieces of :func:`document_pieces`.

    Raises:
        DamagedInputError: Not a page of this schema.
    """
    with _refusing_others():
        return _page_from_dict(from_json(text.removeprefix(",")))


@contextmanager
def _refusing_others() -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise DamagedInputError(f"This is no pages.json of schema {SCHEMA}.", "Read the document again.") from error


def _page_to_dict(page: Page) -> dict[str, Any]:
    return {
        "page": page.number,
        "width": round(page.width, 2),
        "height": round(page.height, 2),
        "text_from": page.text_from.value,
        "orientation": page.orientation,
        "skew": round(page.skew, 3),
        "vietnamese": round(page.vietnamese, 3),
        "mean_confidence": round(page.mean_confidence, 3),
        "warnings": list(page.warnings),
        "lines": [_line_to_dict(line) for line in page.lines],
    }


def _page_from_dict(page: dict[str, Any]) -> Page:
    return Page(
        number=page["page"],
        width=float(page["width"]),
        height=float(page["height"]),
        lines=tuple(_line_from_dict(line) for line in page["lines"]),
        text_from=TextFrom(page["text_from"]),
        orientation=page["orientation"],
        skew=float(page["skew"]),
        vietnamese=float(page["vietnamese"]),
        warnings=tuple(page["warnings"]),
    )


def _line_to_dict(line: Line) -> dict[str, Any]:
    return {
        "role": line.role.value,
        "cell": None if line.cell is None else _cell_to_list(line.cell),
        "box": line.box.as_list(),
        "words": [
            {
                "text": word.text,
                "box": word.box.as_list(),
                "confidence": round(word.confidence, 3),
                "ink": word.ink.value,
                "engine": word.engine,
            }
            for word in line.words
        ],
    }


def _cell_to_list(cell: Cell) -> list[int]:
    """Table, row and column; of a merged cell how many rows and columns it has too."""
    place = [cell.table, cell.row, cell.column]
    return place if cell.rows == cell.columns == 1 else [*place, cell.rows, cell.columns]


def _line_from_dict(line: dict[str, Any]) -> Line:
    words = tuple(
        Word(word["text"], Box(*map(float, word["box"])), float(word["confidence"]), Ink(word["ink"]), word["engine"])
        for word in line["words"]
    )
    return Line(words, Role(line["role"]), None if line["cell"] is None else Cell(*line["cell"]))


def _signature_to_dict(signature: DigitalSignature) -> dict[str, Any]:
    return {
        "signer": signature.signer,
        "organ": signature.organ,
        "time": None if signature.time is None else signature.time.isoformat(),
        "email": signature.email,
        "page": signature.page,
        "box": None if signature.box is None else signature.box.as_list(),
    }


def _signature_from_dict(signature: dict[str, Any]) -> DigitalSignature:
    return DigitalSignature(
        signer=signature["signer"],
        organ=signature["organ"],
        time=None if signature["time"] is None else datetime.fromisoformat(signature["time"]),
        email=signature["email"],
        page=signature["page"],
        box=None if signature["box"] is None else Box(*signature["box"]),
    )
