"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sohoa.settings import Redo, Signed

__all__ = [
    "LOCAL",
    "AllowSecret",
    "Out",
    "PageSeconds",
    "PagesInFolders",
    "Places",
    "RedoOption",
    "SettingsFile",
    "SignedOption",
    "Workers",
]


LOCAL = "local"  # as in sohoa.executor_choice, which takes longer to load than --help may

Out = Annotated[Path, typer.Option("--out", "-o", help="Output folder.", file_okay=False)]
Workers = Annotated[
    int | None,
    typer.Option(
        min=0, metavar="N", help="Documents at a time; 0 reads in this process, for debugging. Default: by CPUs."
    ),
]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="TOML file with settings and limits; see README.")
]
AllowSecret = Annotated[bool | None, typer.Option("--allow-secret", help="Process documents marked MẬT or higher too.")]
SignedOption = Annotated[
    Signed | None,
    typer.Option("--signed", help="searchable.pdf of a digitally signed PDF: an unsigned access copy, or none."),
]
PagesInFolders = Annotated[
    bool | None, typer.Option("--pages-in-folders", help="A folder that holds page images only is one document.")
]
Places = Annotated[
    Path | None,
    typer.Option("--places", metavar="FILE", help="List of communes, districts, provinces.", dir_okay=False),
]
PageSeconds = Annotated[
    float | None,
    typer.Option("--timeout-per-page", metavar="SECONDS", min=1, help="Limit for one page. Default: 180."),
]
RedoOption = Annotated[
    Redo | None,
    typer.Option(
        "--redo",
        help="What to read again although its bytes are the same. Default: failed and changed.",
    ),
]
