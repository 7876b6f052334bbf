"""``appraisal.json``: an appraisal on disk."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from appraise.appraisal import Appraisal
from normalize.errors import DamagedInputError

__all__ = ["APPRAISAL", "appraisal_to_json", "read_appraisal"]

APPRAISAL = "appraisal.json"


def appraisal_to_json(appraisal: Appraisal) -> str:
    """The text of ``appraisal.json``, with the names of the contract (docs/appraisal.schema.json)."""
    return appraisal.model_dump_json(by_alias=True, indent=1) + "\n"


def read_appraisal(path: Path) -> Appraisal:
    """An appraisal that was written.

    Raises:
        DamagedInputError: It is not whole, or not one.
        OSError: It is not there.
    """
    try:
        return Appraisal.model_validate_json(path.read_bytes())
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()[:5])
        raise DamagedInputError(f"{path.name} is no appraisal: {wrong}.", "Run `sohoa appraise` again.") from error
