"""All outputs of one dossier: appraisal.json, a form for every candidate, pictures of the evidence, what to ask for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from appraise.appraisal import Appraisal, AppraisedCandidate, Evidence
from appraise.outputs.appraisal_file import APPRAISAL, appraisal_to_json
from appraise.outputs.form_sheet import Snip, form_docx
from appraise.outputs.kept_outputs import KeptOutputs
from appraise.outputs.requests_sheet import REQUESTS, requests_docx
from appraise.outputs.summary_rows import DossierRow, dossier_row
from appraise.outputs.wording import slug
from appraise.rules import RuleBook

__all__ = ["PICTURES", "write_outputs"]

PICTURES: Final = "minh-chung"


def write_outputs(
    outputs: KeptOutputs, folder: str, appraisal: Appraisal, rules: RuleBook, snip: Snip, templates: Path | None = None
) -> DossierRow:
    """Write the outputs of one dossier into ``folder`` of ``outputs``; what the summary shows of it.

    Args:
        outputs: The output folder.
        folder: The dossier's own, relative.
        appraisal: What was found.
        rules: What it was held against.
        snip: Draws the evidence.
        templates: A folder with templates of the office's own.

    Raises:
        OutputError: Something cannot be written.
        UsageError: A template cannot be filled in.
    """
    pictures = _Pictures(outputs, folder, snip)
    outputs.write(f"{folder}/{APPRAISAL}", appraisal_to_json(appraisal).encode())
    forms = _form_names(appraisal.candidates)
    for candidate, name in zip(appraisal.candidates, forms, strict=True):
        outputs.write(f"{folder}/{name}", form_docx(appraisal, candidate, rules, pictures.picture, templates))
    if appraisal.to_ask:
        outputs.write(f"{folder}/{REQUESTS}", requests_docx(appraisal, templates))
    row = dossier_row(appraisal, [f"{folder}/{name}" for name in forms], pictures.name)
    outputs.close(f"{folder}/")
    return row


def _form_names(candidates: Sequence[AppraisedCandidate]) -> list[str]:
    """By the candidate's name and not by number, so that a form keeps its name when another candidate is found."""
    names: list[str] = []
    for candidate in candidates:
        wanted = f"phieu-tham-dinh-{slug(candidate.name) or 'chua-ro-ten'}"
        name, number = f"{wanted}.docx", 1
        while name in names:
            number += 1
            name = f"{wanted}~{number}.docx"
        names.append(name)
    return names


class _Pictures:
    """Pictures of evidence, each drawn and written once."""

    def __init__(self, outputs: KeptOutputs, folder: str, snip: Snip) -> None:
        self._outputs = outputs
        self._folder = folder
        self._snip = snip
        self._drawn: dict[str, bytes | None] = {}

    def picture(self, where: Evidence) -> bytes | None:
        """The PNG of a place."""
        name = self._name_of(where)
        if name not in self._drawn:
            self._drawn[name] = self._snip(where) if where.box is not None else None
            if (content := self._drawn[name]) is not None:
                self._outputs.write(name, content)
        return self._drawn[name]

    def name(self, where: Evidence) -> str:
        """Where the picture of a place stands, relative to the output folder; empty for none."""
        return self._name_of(where) if self.picture(where) is not None else ""

    def _name_of(self, where: Evidence) -> str:
        corner = "-".join(str(round(edge)) for edge in where.box or ())
        return f"{self._folder}/{PICTURES}/{slug(where.file)}-tr{where.page}-{corner}.png"
