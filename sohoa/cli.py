"""The command line. Every command is a few lines: settings, inputs, run, report."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from typer.core import TyperGroup

from normalize.errors import ExitCode, MissingDependencyError, RuleFileError, SohoaError, UsageError
from sohoa.settings import Settings, Signed, load_settings

if TYPE_CHECKING:
    from sohoa.inputs import Input

__all__ = ["app", "main"]

_EXIT_CODES = """\b
Exit codes:
  0  everything was read
  1  an error of another kind
  2  the command line or a setting is wrong
  3  a program, language model or font is missing (see `sohoa doctor`)
  4  the input cannot be read (not there, empty, damaged, no pages, not a document)
  5  the input needs a password
  6  the input is larger than the limits allow
  7  the run ended, some inputs failed
  8  held: marked MẬT or higher (see --allow-secret)
  9  the result cannot be written (disk full, no permission, another run)
 10  a page or document took too long
 11  the OCR engine failed
130  interrupted by Ctrl-C
"""

# Where nobody's window sets a width (pipes, logs) the table gets one that its columns fit in.
_output = Console() if sys.stdout.isatty() else Console(width=140)
_errors = Console(stderr=True)


class _Commands(TyperGroup):
    """Turns an error of the tree into its message and its exit code."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except SohoaError as error:
            from sohoa.inputs import printable

            faults = error.what.split("\n") if isinstance(error, RuleFileError) else [error.what]  # one a line
            for sentence in filter(None, (f"sohoa: {faults[0]}", *faults[1:], error.todo)):
                _errors.print(printable(sentence), markup=False, highlight=False, soft_wrap=True)
            ctx.exit(error.exit_code)
        except OSError as error:  # a folder named on the command line that may not be entered, for instance
            _errors.print(f"sohoa: {error}", markup=False, highlight=False, soft_wrap=True)
            ctx.exit(ExitCode.OTHER)
        except KeyboardInterrupt:
            ctx.exit(ExitCode.INTERRUPTED)


app = typer.Typer(
    cls=_Commands,
    help="Digitises Vietnamese administrative documents: scans to searchable PDFs, text and checked records.",
    epilog=_EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # its tracebacks show variables, and with them the document
)

_Out = Annotated[Path, typer.Option("--out", "-o", help="Output folder.", file_okay=False)]
_Workers = Annotated[
    int | None,
    typer.Option(min=0, help="Documents read at a time; 0 reads in this process, for debugging. Default: by CPUs."),
]
_SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="TOML file with settings and limits; see README.")
]
_AllowSecret = Annotated[
    bool | None, typer.Option("--allow-secret", help="Process documents marked MẬT or higher too.")
]
_SignedOption = Annotated[
    Signed | None,
    typer.Option("--signed", help="searchable.pdf of a digitally signed PDF: an unsigned access copy, or none."),
]
_PagesInFolders = Annotated[
    bool | None, typer.Option("--pages-in-folders", help="A folder that holds page images only is one document.")
]
_Places = Annotated[
    Path | None,
    typer.Option("--places", metavar="FILE", help="List of communes, districts, provinces.", dir_okay=False),
]
_Again = Annotated[bool | None, typer.Option("--again", help="Read again what was read before and still holds.")]


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", readable=False, help="PDFs, images, texts.")],
    out: _Out,
    joined: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="All FILEs are the pages of one document.")
    ] = None,
    pages_in_folders: _PagesInFolders = None,
    evidence: Annotated[bool, typer.Option(help="Draw each page with its fields boxed and labelled.")] = True,
    allow_secret: _AllowSecret = None,
    signed: _SignedOption = None,
    places: _Places = None,
    again: _Again = None,
    workers: _Workers = None,
    settings_file: _SettingsFile = None,
) -> None:
    """Read documents; one folder each in the output folder."""
    from sohoa.inputs import named_inputs

    settings = load_settings(settings_file).with_(
        evidence=evidence,
        allow_secret=allow_secret,
        signed=signed,
        pages_in_folders=pages_in_folders,
        places=places,
        again=again,
    )
    inputs = named_inputs(files, joined=joined, pages_in_folders=settings.pages_in_folders)
    _run(inputs, out, settings, workers, by_name=True)


@app.command()
def batch(
    source: Annotated[Path, typer.Argument(metavar="SRC", help="A folder tree.")],
    out: _Out,
    pages_in_folders: _PagesInFolders = None,
    evidence: Annotated[
        bool | None, typer.Option(help="Draw each page with its fields boxed and labelled.", show_default="no")
    ] = None,
    allow_secret: _AllowSecret = None,
    signed: _SignedOption = None,
    places: _Places = None,
    again: _Again = None,
    workers: _Workers = None,
    settings_file: _SettingsFile = None,
) -> None:
    """Read a folder tree; what was read before and still holds is skipped."""
    from sohoa.inputs import find_inputs

    settings = load_settings(settings_file).with_(
        evidence=evidence,
        allow_secret=allow_secret,
        signed=signed,
        pages_in_folders=pages_in_folders,
        places=places,
        again=again,
    )
    inputs = find_inputs(source, out=out, pages_in_folders=settings.pages_in_folders)
    _run(inputs, out, settings, workers, by_name=False)


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", readable=False, help="A text, PDF or image.")],
    html: Annotated[
        Path | None, typer.Option(help="Write a page there that shows every value where it was read.", dir_okay=False)
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Open that page in the browser.")] = False,
    allow_secret: _AllowSecret = None,
    places: _Places = None,
    settings_file: _SettingsFile = None,
) -> None:
    """Print the record of one document as JSON; nothing else goes to standard output, nothing else is written."""
    settings = load_settings(settings_file).with_(allow_secret=allow_secret, places=places)
    with _quiet_output():
        from corpus.store import record_to_json
        from sohoa.digest import record_of_file
        from sohoa.executors import guarded

        result = guarded(lambda path, _tick: record_of_file(path, settings), file, lambda: None)
    if isinstance(result, SohoaError):
        raise result
    sys.stdout.buffer.write(record_to_json(result).encode())
    sys.stdout.flush()
    if html is not None or show:
        from sohoa.show import show_record

        written = show_record(file, result, html, limits=settings.limits.as_limits(), in_browser=show)
        _errors.print(str(written), markup=False, highlight=False, soft_wrap=True)


@app.command()
def guideline(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", readable=False, help="Copies of one guideline: texts, PDFs, images."),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Rules to write or to bring up to date.", dir_okay=False)
    ] = Path("rules.yaml"),
    check: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Check rules.yaml or rules.xlsx after editing; nothing is read.")
    ] = None,
    allow_secret: _AllowSecret = None,
    settings_file: _SettingsFile = None,
) -> None:
    """Propose rules from a guideline, for a person to confirm in rules.yaml or the rules.xlsx beside it."""
    from sohoa.guideline import check_rules, propose_rules, tell_rules

    if check is not None:
        tell_rules(check_rules(check), [check], _output)
        return
    settings = load_settings(settings_file).with_(allow_secret=allow_secret)
    with _quiet_output():
        proposed = propose_rules(files or [], out, settings)
    tell_rules(proposed.book, proposed.files, _output)


@app.command()
def appraise(
    dossiers: Annotated[
        list[Path], typer.Argument(metavar="DOSSIER...", readable=False, help="Folders, or files of several papers.")
    ],
    out: _Out,
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
    pages_in_folders: _PagesInFolders = None,
    allow_secret: _AllowSecret = None,
    again: _Again = None,
    workers: _Workers = None,
    settings_file: _SettingsFile = None,
) -> None:
    """Hold award dossiers against the rules and pre-fill their appraisal forms; a person decides."""
    from sohoa.appraisal_table import appraisal_exit_code, tell_appraised
    from sohoa.appraising import appraise_dossiers, read_materials
    from sohoa.dossier_inputs import all_inputs, dossier_inputs
    from sohoa.executors import executor_for
    from sohoa.progress import ProgressBar

    settings = load_settings(settings_file).with_(
        allow_secret=allow_secret, pages_in_folders=pages_in_folders, again=again
    )
    materials = read_materials(rules, registry, lists, templates)
    found = dossier_inputs(dossiers, out=out, received=received, pages_in_folders=settings.pages_in_folders)
    if workers is None:
        workers = max(1, min(_cpus(), len(all_inputs(found))))
    with ProgressBar(_errors) as bar:
        report, appraised, kept = appraise_dossiers(
            found, out, materials, settings, executor_for(workers, settings.worker_bytes), bar
        )
    tell_appraised(out, report, appraised, kept, _output, _errors)
    if code := appraisal_exit_code(report, appraised):
        raise typer.Exit(code)


@app.command()
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
    settings_file: _SettingsFile = None,
) -> None:
    """Restore broken OCR text: marks lost, letters misread. Numbers are left alone, the input stays as it is."""
    from sohoa.restoring import restore_file

    limits = load_settings(settings_file).limits.as_limits()
    restore_file(file, limits, out=out, report=report, html=html, min_probability=min_probability)


@app.command()
def doctor() -> None:
    """Show what is installed, what is missing, and the command that gets it."""
    from sohoa.doctor import as_table, examine

    checks = examine()
    _output.print(as_table(checks))
    missing = [check.what for check in checks if not check.is_well]
    if missing:
        raise MissingDependencyError(f"Missing: {', '.join(missing)}.", "Type the commands above.")


@app.command()
def synthesize(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write into.", file_okay=False)],
    count: Annotated[int, typer.Option(min=1, help="How many documents.")] = 10,
    seed: Annotated[int, typer.Option(help="The same seed gives the same documents.")] = 0,
) -> None:
    """Make fictional scanned documents with exact truth, for tests, training and evaluation."""
    from corpus.synthesis import synthesize as make

    made = make(out, count=count, seed=seed)
    _output.print(f"{len(made)} documents in {out}", highlight=False)


@app.command()
def evaluate(
    what: Annotated[
        Literal["scans", "fields", "restore", "appraise"],
        typer.Argument(help="Text of scans, fields, restored text, or appraisals."),
    ],
    directory: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR", help="Scans with truth; dossiers with expected checks.", exists=True, file_okay=False
        ),
    ] = None,
    broken: Annotated[Path | None, typer.Option(help="restore: the damaged text.", dir_okay=False)] = None,
    truth: Annotated[Path | None, typer.Option(help="restore: what it should be.", dir_okay=False)] = None,
    appraisals: Annotated[
        Path | None, typer.Option(help="appraise: output folder of `sohoa appraise`.", file_okay=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON, no table.")] = False,
) -> None:
    """Measure against truth: text of scans, fields right and wrong, restoration, checks of appraisals."""
    scores = _scores(what, directory, broken, truth, appraisals)
    if as_json:
        _output.print_json(json.dumps(scores.as_json(), ensure_ascii=False))
    else:
        _output.print(scores.table())


def _scores(what: str, directory: Path | None, broken: Path | None, truth: Path | None, appraisals: Path | None) -> Any:
    from corpus.evaluation import evaluate_appraisals, evaluate_fields, evaluate_restoration, evaluate_scans

    if what == "restore":
        if broken is None or truth is None:
            raise UsageError("`sohoa evaluate restore` compares two texts.", "Give --broken FILE and --truth FILE.")
        from sohoa.plain_text import read_plain_text

        limits = load_settings(None).limits.as_limits()
        return evaluate_restoration(read_plain_text(broken, limits), read_plain_text(truth, limits))
    if directory is None:
        raise UsageError(f"`sohoa evaluate {what}` needs a folder with truth.")
    if what == "appraise":
        if appraisals is None:
            raise UsageError("`sohoa evaluate appraise` compares appraisals.", "Give --appraisals FOLDER as well.")
        return evaluate_appraisals(directory, appraisals)
    return evaluate_scans(directory) if what == "scans" else evaluate_fields(directory)


def _run(inputs: Sequence[Input], out: Path, settings: Settings, workers: int | None, *, by_name: bool) -> None:
    from sohoa.executors import executor_for
    from sohoa.progress import ProgressBar
    from sohoa.reporting import exit_code, tell
    from sohoa.run import run

    if not inputs:
        raise UsageError("There is nothing to read.", "The folder holds no files.")
    if workers is None:
        workers = min(_cpus(), len(inputs))
    with ProgressBar(_errors) as bar:
        report = run(inputs, out, settings, executor_for(workers, settings.worker_bytes), bar, by_name=by_name)
    tell(report, _output, _errors)
    if code := exit_code(report):
        raise typer.Exit(code)


def _cpus() -> int:
    """CPUs that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _quiet_output() -> Iterator[None]:
    """Send to standard error what libraries and their C code print, whatever they think of it."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def main() -> None:
    """Entry point of the ``sohoa`` command."""
    app()
