"""Sohoa digitises Vietnamese administrative documents.

The public names, for programs::

    import sohoa

    document = sohoa.read_document([path])          # pages of lines of words with boxes
    record = sohoa.extract(path)                    # number, date, issuer, subject, values, each with its evidence
    text = sohoa.restore(broken).text               # old OCR text without marks, made right; changes with probability

They are loaded when first used: ``sohoa doctor`` must run where a library is missing, and ``--help`` at once.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.read_record import extract_document, extract_text
    from extract.record import Reading, Record, ValueField, Where
    from normalize.canonical import canonical
    from normalize.errors import (
        BlankRenderError,
        DamagedInputError,
        DiskFullError,
        EmptyInputError,
        EncryptedInputError,
        EngineError,
        ExitCode,
        HeldSecretError,
        InputError,
        MissingDependencyError,
        NoPagesError,
        NotFoundError,
        OutputError,
        RuleFileError,
        SohoaError,
        SomeInputsFailedError,
        TimeLimitError,
        TooLargeError,
        TooManyFailuresError,
        UnsupportedInputError,
        UsageError,
    )
    from normalize.folding import fold
    from normalize.restoration import Restoration, restore
    from ocr.read import read_document
    from ocr.searchable import write_searchable
    from ocr.tree import Box, Document, Line, Page, Word
    from sohoa.digest import record_of_file as extract
    from sohoa.settings import Settings

__all__ = [
    "BlankRenderError",
    "Box",
    "DamagedInputError",
    "DiskFullError",
    "Document",
    "EmptyInputError",
    "EncryptedInputError",
    "EngineError",
    "ExitCode",
    "HeldSecretError",
    "InputError",
    "Line",
    "MissingDependencyError",
    "NoPagesError",
    "NotFoundError",
    "OutputError",
    "Page",
    "Reading",
    "Record",
    "Restoration",
    "RuleFileError",
    "Settings",
    "SohoaError",
    "SomeInputsFailedError",
    "TimeLimitError",
    "TooLargeError",
    "TooManyFailuresError",
    "UnsupportedInputError",
    "UsageError",
    "ValueField",
    "Where",
    "Word",
    "canonical",
    "extract",
    "extract_document",
    "extract_text",
    "fold",
    "read_document",
    "restore",
    "write_searchable",
]

# Where the names live that are not errors.
_HOMES = {
    "Box": "ocr.tree",
    "Document": "ocr.tree",
    "Line": "ocr.tree",
    "Page": "ocr.tree",
    "Reading": "extract.record",
    "Record": "extract.record",
    "Restoration": "normalize.restoration",
    "Settings": "sohoa.settings",
    "ValueField": "extract.record",
    "Where": "extract.record",
    "Word": "ocr.tree",
    "canonical": "normalize.canonical",
    "extract": "sohoa.digest:record_of_file",
    "extract_document": "extract.read_record",
    "extract_text": "extract.read_record",
    "fold": "normalize.folding",
    "read_document": "ocr.read",
    "restore": "normalize.restoration",
    "write_searchable": "ocr.searchable",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'sohoa' has no attribute {name!r}")
    module, _, other_name = _HOMES.get(name, "normalize.errors").partition(":")
    return getattr(importlib.import_module(module), other_name or name)
