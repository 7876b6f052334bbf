"""``corrections.json``: what a person said of a record's fields. It survives every re-run and fills ``checked``."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.field_names import DOCUMENT_FIELDS, document_readings
from extract.record import Checked, Reading, Record
from normalize.errors import DamagedInputError

__all__ = ["Correction", "Corrections", "apply_corrections", "read_corrections"]

_BY_HAND = "checked"
_ORPHAN = "correction_without_field"


class Correction(BaseModel):
    """One field checked by a person.

    ``field`` is a name of ``document`` or ``values``. Where the field is a list, ``raw`` says which item is meant (as
    printed, the ``raw`` of the record): places in a list change from run to run, what is printed does not.
    """

    model_config = ConfigDict(extra="forbid")

    field: str
    by: str
    at: str
    value: Any
    raw: str | None = None


class Corrections(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    schema_: Literal["sohoa/corrections/1"] = Field(default="sohoa/corrections/1", alias="schema")
    corrections: list[Correction] = []


def read_corrections(data: bytes) -> Corrections:
    """The corrections in a file's bytes: JSON in UTF-8, with the mark that Windows' editors put before it or without.

    Raises:
        DamagedInputError: Not a ``corrections.json``; a person's work is never silently dropped.
    """
    try:
        return Corrections.model_validate_json(data.removeprefix(codecs.BOM_UTF8))
    except ValidationError as error:
        raise DamagedInputError(
            f"corrections.json does not fit its schema in {error.error_count()} places.",
            "Correct the file beside the record, then run again; the record was not changed.",
        ) from error


def apply_corrections(record: Record, corrections: Iterable[Correction]) -> Record:
    """A copy of ``record`` whose ``checked`` say what ``corrections`` say now, whatever was applied to it before.

    A field that was not found gets a reading without value, confidence 0 and the rule ``checked``: what a person
    wrote is kept apart from what was read. A correction of what is no longer found adds a warning.
    """
    marked = _unchecked(record)
    for correction in corrections:
        reading = _target(marked, correction)
        if reading is None:
            marked.warnings.append(f"{_ORPHAN}: {correction.field}")
        else:
            reading.checked = Checked(by=correction.by, at=correction.at, value=correction.value)
    return marked


def _unchecked(record: Record) -> Record:
    bare = record.model_copy(deep=True)
    bare.warnings = [warning for warning in bare.warnings if not warning.startswith(_ORPHAN)]
    for name, reading in list(document_readings(bare.document)):
        reading.checked = None
        if reading.rule == _BY_HAND:
            setattr(bare.document, name, None)
    for value in bare.values:
        value.checked = None
    return bare


def _target(record: Record, correction: Correction) -> Reading | None:
    if correction.field == "values":
        return _item(record.values, correction.raw)
    if correction.field not in DOCUMENT_FIELDS:
        return None
    found = getattr(record.document, correction.field)
    if isinstance(found, list):
        return _item(found, correction.raw)
    if found is None:
        found = Reading(value=None, raw="", confidence=0.0, status="inferred", rule=_BY_HAND)
        setattr(record.document, correction.field, found)
    assert isinstance(found, Reading)  # noqa: S101
    return found


def _item(readings: Iterable[Reading], raw: str | None) -> Reading | None:
    return next((reading for reading in readings if reading.raw == raw), None)
