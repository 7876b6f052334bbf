"""``sohoa restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sohoa.commands.options import SettingsFile
from sohoa.settings import load_settings

__all__ = ["restore"]


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE|-", readable=False, help="A text, or - for standard input.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the text there; else to standard output.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write all changes there, as JSON.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with old and new side by side there.")] = None,
    min_probability: Annotated[
        float | None, typer.Option(help="Make no change less likely than this; default by the kind of damage.")
    ] = None,
    settings_file: SettingsFile = None,
) -> None:
    """Restore broken OCR text: marks lost, letters misread. Numbers are left alone, the input stays as it is."""
    from sohoa.restoring import restore_file

    limits = load_settings(settings_file).limits.as_limits()
    restore_file(file, limits, out=out, report=report, html=html, min_probability=min_probability)
