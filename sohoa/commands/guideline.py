"""``sohoa guideline``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sohoa.commands.options import AllowSecret, SettingsFile
from sohoa.commands.terminal import output, quiet_output
from sohoa.settings import load_settings

__all__ = ["guideline"]


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
    allow_secret: AllowSecret = None,
    settings_file: SettingsFile = None,
) -> None:
    """Propose rules from a guideline, for a person to confirm in rules.yaml or the rules.xlsx beside it."""
    from sohoa.guideline import check_rules, propose_rules, tell_rules

    if check is not None:
        tell_rules(check_rules(check), [check], output)
        return
    settings = load_settings(settings_file).with_(allow_secret=allow_secret)
    with quiet_output():
        proposed = propose_rules(files or [], out, settings)
    tell_rules(proposed.book, proposed.files, output)
