"""``sohoa extract``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from normalize.errors import SohoaError
from sohoa.commands.options import AllowSecret, Places, SettingsFile
from sohoa.commands.terminal import errors, quiet_output
from sohoa.settings import load_settings

__all__ = ["extract"]


def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", readable=False, help="A text, PDF or image.")],
    html: Annotated[
        Path | None, typer.Option(help="Write a page there that shows every value where it was read.", dir_okay=False)
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Open that page in the browser.")] = False,
    allow_secret: AllowSecret = None,
    places: Places = None,
    settings_file: SettingsFile = None,
) -> None:
    """Print the record of one document as JSON; nothing else goes to standard output, nothing else is written."""
    settings = load_settings(settings_file).with_(allow_secret=allow_secret, places=places)
    with quiet_output():
        from corpus.record_json import record_to_json
        from sohoa.digest import record_of_file
        from sohoa.executors import guarded

        result = guarded(lambda path, _tell: record_of_file(path, settings), file)
    if isinstance(result, SohoaError):
        raise result
    sys.stdout.buffer.write(record_to_json(result).encode())
    sys.stdout.flush()
    if html is not None or show:
        from sohoa.show import show_record

        written = show_record(file, result, html, limits=settings.limits.as_limits(), in_browser=show)
        errors.print(str(written), markup=False, highlight=False, soft_wrap=True)
