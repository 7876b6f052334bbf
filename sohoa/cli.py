"""The command line: all commands, and what an error of the tree prints and returns to the shell."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from normalize.errors import ExitCode, RuleFileError, SohoaError
from sohoa.commands.appraising import appraise
from sohoa.commands.doctor import doctor
from sohoa.commands.extracting import extract
from sohoa.commands.guideline import guideline
from sohoa.commands.measuring import evaluate, synthesize
from sohoa.commands.reading import batch, read
from sohoa.commands.restoring import restore
from sohoa.commands.status import status
from sohoa.commands.terminal import errors

__all__ = ["app", "main"]

# In the order in which --help lists them.
_COMMANDS = (
    read,
    batch,
    status,
    extract,
    guideline,
    appraise,
    restore,
    doctor,
    synthesize,
    evaluate,
)

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
 12  more inputs failed than --max-failures allows: the run stopped
130  interrupted by Ctrl-C
"""


class _Commands(TyperGroup):
    """Turns an error of the tree into its message and its exit code."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except SohoaError as error:
            from sohoa.inputs import printable

            faults = error.what.split("\n") if isinstance(error, RuleFileError) else [error.what]  # one a line
            for sentence in filter(None, (f"sohoa: {faults[0]}", *faults[1:], error.todo)):
                errors.print(printable(sentence), markup=False, highlight=False, soft_wrap=True)
            ctx.exit(error.exit_code)
        except OSError as error:  # a folder named on the command line that may not be entered, for instance
            errors.print(f"sohoa: {error}", markup=False, highlight=False, soft_wrap=True)
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
for command in _COMMANDS:
    app.command()(command)


def main() -> None:
    """Entry point of the ``sohoa`` command."""
    app()
