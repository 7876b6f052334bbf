"""Word templates that the office can edit, filled in through docxtpl."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from normalize.errors import UsageError

__all__ = ["as_docx", "template"]

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the same appraisal gives the same bytes, so that re-runs find nothing new


def template(name: str, folder: Path | None) -> DocxTemplate:
    """The template ``name``: the office's own in ``folder`` where it has one, else the one that comes along.

    Raises:
        UsageError: It is not a Word file.
    """
    own = folder / name if folder is not None else None
    if own is None or not own.is_file():
        return DocxTemplate(io.BytesIO(files("appraise").joinpath("data", "templates", name).read_bytes()))
    try:
        made = DocxTemplate(io.BytesIO(own.read_bytes()))
        made.init_docx()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UsageError(f"The template {own} is no Word file (.docx).", "Save it from Word again.") from error
    return made


def as_docx(made: DocxTemplate, name: str, context: dict[str, Any]) -> bytes:
    """Fill ``made`` in.

    Raises:
        UsageError: A tag of the template is broken or names something unknown.
    """
    # Sandboxed: a template that came by mail fills in fields and does nothing else.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        made.render(context, environment)
    except TemplateError as error:
        raise UsageError(
            f"The template {name} cannot be filled in: {error}.", "Compare its tags with the template that came along."
        ) from error
    data = io.BytesIO()
    made.save(data)
    return _undated(data)


def _undated(data: io.BytesIO) -> bytes:
    """The archive without the times at which its parts were packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()
