"""``sohoa read`` and ``sohoa batch``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.errors import UsageError
from sohoa.commands.options import (
    LOCAL,
    AllowSecret,
    Out,
    PageSeconds,
    PagesInFolders,
    Places,
    RedoOption,
    SettingsFile,
    SignedOption,
    Workers,
)
from sohoa.commands.terminal import cpus, errors, output
from sohoa.settings import Settings, load_settings

if TYPE_CHECKING:
    from sohoa.inputs import Input
    from sohoa.report import Report

__all__ = ["batch", "read"]


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", readable=False, help="PDFs, images, texts.")],
    out: Out,
    joined: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="All FILEs are the pages of one document.")
    ] = None,
    pages_in_folders: PagesInFolders = None,
    evidence: Annotated[bool, typer.Option(help="Draw each page with its fields boxed and labelled.")] = True,
    allow_secret: AllowSecret = None,
    signed: SignedOption = None,
    places: Places = None,
    redo: RedoOption = None,
    page_seconds: PageSeconds = None,
    workers: Workers = None,
    settings_file: SettingsFile = None,
) -> None:
    """Read documents; one folder each in the output folder."""
    from sohoa.inputs import named_inputs

    settings = load_settings(settings_file).with_(
        evidence=evidence,
        allow_secret=allow_secret,
        signed=signed,
        pages_in_folders=pages_in_folders,
        places=places,
        redo=redo,
        page_seconds=page_seconds,
    )
    inputs = named_inputs(files, joined=joined, pages_in_folders=settings.pages_in_folders)
    _end(_reader(out, settings, workers, by_name=True)(inputs))


def batch(
    source: Annotated[Path, typer.Argument(metavar="SRC", help="A folder tree.")],
    out: Out,
    pages_in_folders: PagesInFolders = None,
    evidence: Annotated[
        bool | None, typer.Option(help="Draw each page with its fields boxed and labelled.", show_default="no")
    ] = None,
    allow_secret: AllowSecret = None,
    signed: SignedOption = None,
    places: Places = None,
    redo: RedoOption = None,
    page_seconds: PageSeconds = None,
    max_failures: Annotated[
        str | None, typer.Option(metavar="N|N%", help="Stop when more inputs fail than this number, or share of all.")
    ] = None,
    workers: Workers = None,
    on: Annotated[
        str, typer.Option(metavar="local|dask://HOST:PORT", help="Read here, or on the workers of a Dask scheduler.")
    ] = LOCAL,
    watched: Annotated[bool, typer.Option("--watch", help="Go on: read what settles in SRC, until Ctrl-C.")] = False,
    settle: Annotated[
        float | None,
        typer.Option(min=0, metavar="SECONDS", help="--watch: for how long a file must stay as it is. Default: 10."),
    ] = None,
    settings_file: SettingsFile = None,
) -> None:
    """Read a folder tree; what was read before and still holds is skipped."""
    from sohoa.inputs import check_folders, find_inputs, printable

    if settle is not None and not watched:
        raise UsageError("--settle says how long a watch waits, and this is none.", "Add --watch, or leave it out.")
    settings = load_settings(settings_file).with_(
        evidence=evidence,
        allow_secret=allow_secret,
        signed=signed,
        pages_in_folders=pages_in_folders,
        places=places,
        redo=redo,
        page_seconds=page_seconds,
        max_failures=max_failures,
    )
    reader = _reader(out, settings, workers, on=on, lists=not watched)
    if watched:
        from sohoa.watch import DEFAULT_RHYTHM, watch

        check_folders(source, out)
        errors.print(f"Watching {printable(str(source))} until Ctrl-C.", markup=False, highlight=False, soft_wrap=True)
        rhythm = DEFAULT_RHYTHM if settle is None else replace(DEFAULT_RHYTHM, settle=settle)
        _end(watch(source, out, settings, reader, rhythm=rhythm))
        return
    inputs = find_inputs(source, out=out, pages_in_folders=settings.pages_in_folders)
    if not inputs:
        raise UsageError("There is nothing to read.", "The folder holds no files.")
    _end(reader(inputs))


def _reader(
    out: Path, settings: Settings, workers: int | None, *, on: str = LOCAL, by_name: bool = False, lists: bool = True
) -> Callable[[Sequence[Input]], Report]:
    """What reads inputs into ``out`` and tells of it, on the terminal and in the log."""
    from sohoa.digest import version
    from sohoa.event_log import EventLog
    from sohoa.executor_choice import executor_for
    from sohoa.progress import ProgressBar, Watchers
    from sohoa.reporting import tell
    from sohoa.run import run

    def read_inputs(inputs: Sequence[Input]) -> Report:
        executor = executor_for(on, cpus() if workers is None else workers, settings.worker_bytes)
        with EventLog(out, version=version(), command=sys.argv[1:]) as log, ProgressBar(errors) as bar:
            report = run(inputs, out, settings, executor, Watchers(bar, log), by_name=by_name, lists=lists)
        tell(report, output, errors)
        return report

    return read_inputs


def _end(report: Report | None) -> None:
    """Return to the shell how it went."""
    from sohoa.reporting import exit_code

    if report is not None and (code := exit_code(report)):
        raise typer.Exit(code)
