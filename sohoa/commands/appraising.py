"""``sohoa appraise``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sohoa.commands.options import AllowSecret, Out, PagesInFolders, RedoOption, SettingsFile, Workers
from sohoa.commands.terminal import cpus, errors, output
from sohoa.settings import load_settings

__all__ = ["appraise"]


def appraise(
    dossiers: Annotated[
        list[Path], typer.Argument(metavar="DOSSIER...", readable=False, help="Folders, or files of several papers.")
    ],
    out: Out,
    rules: Annotated[
        Path, typer.Option(help="Rules that `sohoa guideline` wrote and a person confirmed.", dir_okay=False)
    ],
    received: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day all dossiers came in; else received.txt in each says.")
    ] = None,
    registry: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Earlier awards, CSV or XLSX.", dir_okay=False)
    ] = None,
    lists: Annotated[Path | None, typer.Option(metavar="DIR", help="Lists of the office.", file_okay=False)] = None,
    templates: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Word templates of the office's own.", file_okay=False)
    ] = None,
    pages_in_folders: PagesInFolders = None,
    allow_secret: AllowSecret = None,
    redo: RedoOption = None,
    workers: Workers = None,
    settings_file: SettingsFile = None,
) -> None:
    """Hold award dossiers against the rules and pre-fill their appraisal forms; a person decides."""
    from sohoa.appraisal_table import appraisal_exit_code, tell_appraised
    from sohoa.appraising import appraise_dossiers, read_materials
    from sohoa.dossier_inputs import dossier_inputs
    from sohoa.executor_choice import LOCAL, executor_for
    from sohoa.progress import ProgressBar

    settings = load_settings(settings_file).with_(
        allow_secret=allow_secret, pages_in_folders=pages_in_folders, redo=redo
    )
    materials = read_materials(rules, registry, lists, templates)
    found = dossier_inputs(dossiers, out=out, received=received, pages_in_folders=settings.pages_in_folders)
    if workers is None:
        workers = cpus()
    with ProgressBar(errors) as bar:
        report, appraised, kept = appraise_dossiers(
            found, out, materials, settings, executor_for(LOCAL, workers, settings.worker_bytes), bar
        )
    tell_appraised(out, report, appraised, kept, output, errors)
    if code := appraisal_exit_code(report, appraised):
        raise typer.Exit(code)
