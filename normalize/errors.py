"""Every error sohoa raises, in one tree, with the exit code that goes with it.

The tree stands on the ground floor because every floor above raises from it::

    SohoaError                     1   base; never raised itself
    +-- UsageError                 2   the command line or a setting is wrong
    +-- MissingDependencyError     3   a program, language model or font is not installed
    +-- InputError                 4   this input cannot be read
    |   +-- NotFoundError          4   no such file, or it is not a regular file
    |   +-- EmptyInputError        4   the file has no bytes
    |   +-- UnsupportedInputError  4   not a PDF, an image or a text (whatever its name says)
    |   +-- DamagedInputError      4   truncated or corrupt beyond repair
    |   +-- NoPagesError           4   a PDF without pages
    |   +-- BlankRenderError       4   a page holds an image, but nothing shows (corrupt JBIG2, cut JPEG)
    |   +-- EncryptedInputError    5   a password is needed
    |   +-- TooLargeError          6   more pages, pixels or bytes than the limits allow (bombs too)
    |   +-- RuleFileError          4   a file of rules (YAML, XLSX) says something that cannot be; names line or cell
    |   +-- HeldSecretError        8   marked MẬT or higher: held, nothing written
    +-- SomeInputsFailedError      7   a run ended, some of its inputs failed
    |   +-- TooManyFailuresError  12   a run stopped, more of its inputs failed than it was told to bear
    +-- OutputError                9   the result cannot be written (no permission, a folder in the way)
    |   +-- DiskFullError          9   there is no room for it: the run stops, nothing is lost
    +-- TimeLimitError            10   a page or document took longer than its limit
    +-- EngineError               11   the OCR engine failed on a page

A message says what is wrong, then what to do next. Messages name files, never what is written in them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

__all__ = [
    "BlankRenderError",
    "DamagedInputError",
    "DiskFullError",
    "EmptyInputError",
    "EncryptedInputError",
    "EngineError",
    "ExitCode",
    "HeldSecretError",
    "InputError",
    "MissingDependencyError",
    "NoPagesError",
    "NotFoundError",
    "OutputError",
    "RuleFileError",
    "SohoaError",
    "SomeInputsFailedError",
    "TimeLimitError",
    "TooLargeError",
    "TooManyFailuresError",
    "UnsupportedInputError",
    "UsageError",
]


class ExitCode(IntEnum):
    """What the ``sohoa`` command returns to the shell."""

    OK = 0
    OTHER = 1
    USAGE = 2
    MISSING_DEPENDENCY = 3
    BAD_INPUT = 4
    ENCRYPTED = 5
    TOO_LARGE = 6
    SOME_FAILED = 7
    HELD = 8
    OUTPUT = 9
    TIME_LIMIT = 10
    ENGINE = 11
    TOO_MANY_FAILURES = 12
    INTERRUPTED = 130


class SohoaError(Exception):
    """Base of the tree.

    Args:
        what: What is wrong, one sentence, without document content.
        todo: What the reader can do next, one sentence. Empty where nothing helps.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.OTHER
    default_todo: ClassVar[str] = ""

    def __init__(self, what: str, todo: str = "") -> None:
        self.what = what
        self.todo = todo or self.default_todo
        # args carry both so that the error survives pickling between processes.
        super().__init__(self.what, self.todo)

    def __str__(self) -> str:
        return f"{self.what} {self.todo}".strip()

    @property
    def code(self) -> str:
        """Short stable name for ledgers and logs, such as ``encrypted_input``."""
        name = type(self).__name__.removesuffix("Error")
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class UsageError(SohoaError, ValueError):
    """The command line or a setting is wrong."""

    exit_code = ExitCode.USAGE
    default_todo = "See `sohoa --help`."


class MissingDependencyError(SohoaError):
    """A program, language model, font or library that the work needs is not installed."""

    exit_code = ExitCode.MISSING_DEPENDENCY
    default_todo = "Run `sohoa doctor`: it lists what is missing and the command that installs it."


class InputError(SohoaError):
    """This input cannot be read."""

    exit_code = ExitCode.BAD_INPUT


class NotFoundError(InputError):
    """No such file, or not a regular file (folder, link out of the tree, pipe, device)."""

    default_todo = "Check the path; sohoa reads regular files and follows no links or pipes."


class EmptyInputError(InputError):
    """The file has no bytes."""

    default_todo = "Copy or scan it again: a copy was probably cut short."


class UnsupportedInputError(InputError):
    """Neither a PDF nor an image nor a text, whatever its name says."""

    default_todo = "Give a PDF, PNG, JPEG, TIFF or text file."


class DamagedInputError(InputError):
    """Truncated or corrupt beyond what repair could mend."""

    default_todo = "Take another copy of the file, or scan the paper again."


class NoPagesError(InputError):
    """A PDF that opens but holds no page."""

    default_todo = "Take another copy of the file: this one has lost its pages."


class BlankRenderError(InputError):
    """A page holds an image, but nothing shows when it is drawn."""

    default_todo = "The page's image is corrupt (JBIG2 or JPEG data cut short): scan that page again."


class EncryptedInputError(InputError):
    """A password is needed to open the file."""

    exit_code = ExitCode.ENCRYPTED
    default_todo = "Ask the sender for a copy without a password."


class TooLargeError(InputError):
    """More pages, pixels or bytes than the limits allow; decompression bombs too."""

    exit_code = ExitCode.TOO_LARGE
    default_todo = "If the file is to be trusted, raise the limit named here in the settings."


class RuleFileError(InputError):
    """A file of rules (rules.yaml, rules.xlsx) cannot be used; the message names each line or cell."""

    default_todo = "Correct what is named above, then run the same command again."


class HeldSecretError(InputError):
    """Marked MẬT, TỐI MẬT or TUYỆT MẬT: the document is held and nothing of it is written."""

    exit_code = ExitCode.HELD
    default_todo = "A person must decide; `--allow-secret` processes it on a machine cleared for it."


class SomeInputsFailedError(SohoaError):
    """A run came to its end, but some inputs failed."""

    exit_code = ExitCode.SOME_FAILED
    default_todo = "The ledger and the list above name each of them with its reason."


class TooManyFailuresError(SomeInputsFailedError):
    """More inputs failed than the run was told to bear: it stopped, the rest waits."""

    exit_code = ExitCode.TOO_MANY_FAILURES
    default_todo = "Look at the failures above; the same command goes on with what waits."


class OutputError(SohoaError):
    """A result cannot be written: disk full, no permission, a folder in the way."""

    exit_code = ExitCode.OUTPUT
    default_todo = "Free space or pick another output folder, then run the same command again."


class DiskFullError(OutputError):
    """There is no room for a result. That is no fault of the document: it waits."""

    default_todo = "Free space, then run the same command again: it goes on from there."


class TimeLimitError(SohoaError):
    """A page or document took longer than its limit."""

    exit_code = ExitCode.TIME_LIMIT
    default_todo = "Raise the time limit, or look at that page: it may be far larger than A4."


class EngineError(SohoaError):
    """The OCR engine failed on a page."""

    exit_code = ExitCode.ENGINE
    default_todo = "Run `sohoa doctor` to check Tesseract and its Vietnamese model."
