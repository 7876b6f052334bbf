"""``sohoa status``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sohoa.commands.terminal import output

__all__ = ["status"]


def status(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Output folder of `sohoa batch`.")],
    csv: Annotated[Path | None, typer.Option(help="Write a row for each input there.", dir_okay=False)] = None,
    xlsx: Annotated[Path | None, typer.Option(help="The same as a workbook, in Vietnamese.", dir_okay=False)] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with plots there.", dir_okay=False)] = None,
) -> None:
    """Tell how a batch stands, also while it runs; nothing in its folder is touched."""
    from datetime import datetime

    from corpus.store import write_whole
    from sohoa.status import read_status
    from sohoa.status_page import status_page
    from sohoa.status_tables import status_csv, status_xlsx
    from sohoa.status_text import failures_table, states_table, status_lines

    seen = read_status(out, datetime.now().astimezone())
    if csv is not None:
        write_whole(csv, status_csv(seen))
    if xlsx is not None:
        write_whole(xlsx, status_xlsx(seen))
    if html is not None:
        write_whole(html, status_page(seen).encode())
    output.print(states_table(seen))
    if seen.failures:
        output.print(failures_table(seen))
    for line in status_lines(seen):
        output.print(line, markup=False, highlight=False, soft_wrap=True)
