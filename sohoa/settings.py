"""Settings: what shapes a result, what bounds a run, and the TOML file they can come from."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal, Self

import regex
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from normalize.errors import NotFoundError, UsageError
from ocr.limits import DEFAULT_LIMITS, Limits

__all__ = ["DEFAULT_SETTINGS", "LimitSettings", "Redo", "Settings", "Signed", "load_settings"]

Redo = Literal["failed", "changed", "all"]
Signed = Literal["access-copy", "none"]

_DEFAULT = asdict(DEFAULT_LIMITS)
_NUMBER_OR_SHARE = regex.compile(r"[0-9]{1,9}%?")


def _number_or_share(value: str | None) -> str | None:
    if value is not None and not _NUMBER_OR_SHARE.fullmatch(value):
        raise ValueError("give a number, such as 20, or a share of the inputs, such as 10%")
    if value is not None and value.endswith("%") and int(value[:-1]) > 100:
        raise ValueError("a share of the inputs is 100% at most")
    return value


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LimitSettings(_Model):
    """Budgets for one document; see ``ocr.limits.Limits``."""

    file_bytes: int = Field(default=_DEFAULT["file_bytes"], gt=0)
    pages: int = Field(default=_DEFAULT["pages"], gt=0)
    page_pixels: int = Field(default=_DEFAULT["page_pixels"], gt=0)
    page_side: int = Field(default=_DEFAULT["page_side"], gt=0)
    image_pixels: int = Field(default=_DEFAULT["image_pixels"], gt=0)
    content_bytes: int = Field(default=_DEFAULT["content_bytes"], gt=0)
    form_draws: int = Field(default=_DEFAULT["form_draws"], gt=0)
    layer_characters: int = Field(default=_DEFAULT["layer_characters"], gt=0)

    def as_limits(self) -> Limits:
        """The same as the dataclass that the reading takes."""
        return Limits(**self.model_dump())


class Settings(_Model):
    """Everything that a run can be told.

    Attributes:
        evidence: Write ``evidence-N.png``.
        signed: What ``searchable.pdf`` is for a digitally signed PDF: an unsigned access copy, or nothing.
        allow_secret: Write the results of documents marked MẬT or higher too.
        pages_in_folders: Folders that hold page images only are one document each.
        redo: What of earlier runs is done again although its bytes are the same: what failed; what was read with
            other options, by another version or engine (``changed``); all. By default what failed or changed.
        page_seconds: Time limit of one page.
        max_failures: A number, or a share of the inputs as ``10%``: when more fail, the run stops.
        worker_bytes: Memory of one worker process (Linux): a bomb that slips through takes only its document down.
            The largest page that the limits allow takes 1.4 GB in the worker; Tesseract is a process of its own.
        places: List of administrative units to look places up in (docs/places.md), that of Viet Nam by default; in a
            settings file relative to it.
        limits: Budgets for one document.
    """

    evidence: bool = False
    signed: Signed = "access-copy"
    allow_secret: bool = False
    pages_in_folders: bool = False
    redo: Redo | None = None
    page_seconds: float = Field(default=180.0, gt=0)
    max_failures: Annotated[str | None, AfterValidator(_number_or_share)] = Field(
        default=None, coerce_numbers_to_str=True
    )
    worker_bytes: int = Field(default=4 << 30, ge=0)
    places: Path | None = None
    limits: LimitSettings = LimitSettings()

    @property
    def result_key(self) -> str:
        """Short hash of what shapes a result. Time limits and secrecy decide whether there is one, not what it is.

        Raises:
            NotFoundError: The list of places cannot be read.
        """
        shaping = self.model_dump_json(include={"evidence", "signed", "limits"}).encode()
        if self.places is not None:
            shaping += _bytes_of(self.places)
        return hashlib.sha256(shaping).hexdigest()[:16]

    def most_failures(self, inputs: int) -> int | None:
        """How many of ``inputs`` may fail before the run stops; None bears any number."""
        if self.max_failures is None:
            return None
        number = int(self.max_failures.removesuffix("%"))
        return inputs * number // 100 if self.max_failures.endswith("%") else number

    def with_(self, **changes: object) -> Self:
        """A copy with the ``changes`` that are not None.

        Raises:
            UsageError: A value does not fit.
        """
        changed = {name: value for name, value in changes.items() if value is not None}
        try:
            return self.model_validate(self.model_dump() | changed)
        except ValidationError as error:
            raise UsageError(f"Options do not fit: {_faults(error)}.") from error


DEFAULT_SETTINGS = Settings()


def load_settings(path: Path | None) -> Settings:
    """The settings of a TOML file; the defaults without one.

    Raises:
        UsageError: No such file, not TOML, or a name or value that sohoa does not know.
    """
    if path is None:
        return DEFAULT_SETTINGS
    try:
        settings = Settings.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path} is no settings file: {error}.", "Write it as TOML, in UTF-8.") from error
    except ValidationError as error:
        raise UsageError(f"{path} does not fit: {_faults(error)}.", "The README lists the settings.") from error
    return settings.with_(places=path.parent / settings.places) if settings.places is not None else settings


def _faults(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {_words_of(fault['msg'])}" for fault in error.errors())


def _words_of(message: str) -> str:
    return message.removeprefix("Value error, ")  # pydantic's, before words of our own


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in its name
        raise NotFoundError(f"The list of places {path.name} cannot be read.") from error
