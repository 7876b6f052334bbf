"""``sohoa synthesize`` and ``sohoa evaluate``."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from normalize.errors import UsageError
from sohoa.commands.options import Places
from sohoa.commands.terminal import output
from sohoa.settings import load_settings

__all__ = ["evaluate", "synthesize"]


def synthesize(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write into.", file_okay=False)],
    count: Annotated[int, typer.Option(min=1, help="How many documents.")] = 10,
    seed: Annotated[int, typer.Option(help="The same seed gives the same documents.")] = 0,
) -> None:
    """Make fictional scanned documents with exact truth, for tests, training and evaluation."""
    from corpus.synthesis import synthesize as make

    made = make(out, count=count, seed=seed)
    output.print(f"{len(made)} documents in {out}", highlight=False)


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
    places: Places = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON, no table.")] = False,
) -> None:
    """Measure against truth: text of scans, fields right and wrong, restoration, checks of appraisals."""
    scores = _scores(what, directory, broken, truth, appraisals, places)
    if as_json:
        output.print_json(json.dumps(scores.as_json(), ensure_ascii=False))
    else:
        output.print(scores.table())


def _scores(
    what: str,
    directory: Path | None,
    broken: Path | None,
    truth: Path | None,
    appraisals: Path | None,
    places: Path | None,
) -> Any:
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
    if what == "scans":
        return evaluate_scans(directory)
    from extract.place_lists import PlaceList
    from extract.read_record import extract_document

    known = PlaceList.load(places) if places else None
    return evaluate_fields(directory, extract=partial(extract_document, places=known))
