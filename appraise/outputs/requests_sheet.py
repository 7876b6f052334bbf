"""What the sender is asked for: missing papers and unclear figures, as a Word file for the office to send."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from appraise.appraisal import Appraisal
from appraise.outputs.templates import as_docx, template
from appraise.outputs.wording import as_text, date_text

__all__ = ["REQUESTS", "requests_docx"]

REQUESTS: Final = "de-nghi-bo-sung.docx"


def requests_docx(appraisal: Appraisal, templates: Path | None = None) -> bytes:
    """The list of ``appraisal.to_ask``.

    Args:
        appraisal: Of one dossier.
        templates: A folder with the office's own ``de-nghi-bo-sung.docx``.

    Raises:
        UsageError: The office's template cannot be filled in.
    """
    asked = [
        {
            "n": str(number),
            "what": as_text(each.what),
            "candidate": as_text(each.candidate or "cả hồ sơ"),
            "reason": as_text(each.reason),
        }
        for number, each in enumerate(appraisal.to_ask, 1)
    ]
    context = {
        "dossier": as_text(appraisal.dossier),
        "proposer": as_text(appraisal.proposer),
        "submission": as_text(appraisal.submission),
        "received": date_text(appraisal.received),
        "requests": asked,
    }
    return as_docx(template(REQUESTS, templates), REQUESTS, context)
