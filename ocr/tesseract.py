"""The seam to Tesseract: its library in a process that stays, or the program through pytesseract; names failures."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeVar

import pytesseract
from PIL import Image
from pytesseract import Output, TesseractError, TesseractNotFoundError

from normalize.errors import DiskFullError, EngineError, MissingDependencyError, TimeLimitError
from ocr.engine import GrayImage, Orientation, RawWord, Segmentation
from ocr.hocr import parse_hocr
from ocr.tesseract_process import library_version, read_hocr

__all__ = ["TesseractEngine", "languages", "version"]

T = TypeVar("T")

_PROGRAM: Final = pytesseract.pytesseract.tesseract_cmd
_SECOND: Final = "eng"
_LONGEST_SIDE: Final = 32_767  # Tesseract refuses wider and higher images
_ASK_SECONDS: Final = 10.0
_PAUSE_SECONDS: Final = 0.2
_SMALLEST_SIDE: Final = 8  # and reports smaller ones as failures
_TIMEOUT_MESSAGE: Final = "Tesseract process timeout"
_DISK_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_MISSING_MODEL: Final = re.compile(r"Error opening data file|Failed loading language|couldn't load any languages")


@dataclass(frozen=True, slots=True)
class TesseractEngine:
    """Tesseract with one of its models; an :class:`ocr.engine.Engine`.

    Attributes:
        language: Name of the model, or several joined by ``+``.
    """

    language: str = "vie"

    @property
    def name(self) -> str:
        return f"tesseract {version()} {self.language}"

    def read(self, image: GrayImage, *, dpi: int, segmentation: Segmentation, seconds: float) -> list[RawWord]:
        """Words of ``image`` in reading order; see :meth:`ocr.engine.Engine.read`."""
        if min(image.shape) < _SMALLEST_SIDE:
            return []
        _refuse_too_large(image)
        read = read_hocr if _library_fits() else _read_by_program
        hocr = read(image, language=self.language, dpi=dpi, segmentation=segmentation, seconds=seconds)
        try:
            return parse_hocr(hocr, f"tesseract-{self.language}")
        except ValueError as error:
            raise EngineError("Tesseract's output cannot be read.") from error

    def second_reader(self) -> TesseractEngine | None:
        """The English model, which comes with every installation; None where somebody has removed it."""
        return TesseractEngine(_SECOND) if self.language != _SECOND and _SECOND in languages() else None

    def orientation(self, image: GrayImage, *, dpi: int, seconds: float) -> Orientation | None:
        """How the image must be turned; None when there is too little text to tell."""
        _refuse_too_large(image)
        try:
            found = _run(
                lambda: pytesseract.image_to_osd(
                    _as_file(image), config=f"--psm 0 --dpi {dpi}", timeout=_limit(seconds), output_type=Output.DICT
                ),
                seconds,
            )
        except EngineError:
            return None  # "Too few characters" is an error to Tesseract
        if not {"rotate", "orientation_conf"} <= found.keys():
            return None  # it ended well, but its file is empty
        return Orientation(int(found["rotate"]) % 360, float(found["orientation_conf"]))


@lru_cache(maxsize=1)
def version() -> str:
    """Tesseract's version, such as ``5.3.0``.

    Raises:
        MissingDependencyError: It is not installed, or too old.
        EngineError: It is there and could not be run.
    """
    try:
        return str(_asked_twice(pytesseract.get_tesseract_version))
    except SystemExit as error:
        raise MissingDependencyError("The Tesseract that is installed is too old or tells no version.") from error


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Names of the installed models; raises what :func:`version` raises."""
    return tuple(_asked_twice(pytesseract.get_languages))


def _asked_twice(ask: Callable[[], T]) -> T:
    """What the program says of itself; a machine short of memory or processes may start it only the second time."""
    try:
        return _run(ask, _ASK_SECONDS)
    except EngineError:
        time.sleep(_PAUSE_SECONDS)
        return _run(ask, _ASK_SECONDS)


def _library_fits() -> bool:
    """Whether reading may go through the library: it is that of the program, and nobody has named another program."""
    return pytesseract.pytesseract.tesseract_cmd == _PROGRAM and library_version() == version()


def _read_by_program(image: GrayImage, *, language: str, dpi: int, segmentation: Segmentation, seconds: float) -> bytes:
    """The same as ``read_hocr``, by a program that is started for this image alone."""

    def read() -> bytes:
        hocr: bytes = pytesseract.image_to_pdf_or_hocr(
            _as_file(image),
            lang=language,
            config=f"--psm {segmentation.value} --dpi {dpi} -c lstm_choice_mode=2",
            timeout=_limit(seconds),
            extension="hocr",
        )
        return hocr

    return _run(read, seconds)


def _limit(seconds: float) -> float:
    # pytesseract takes 0 for "no limit".
    return max(seconds, 0.001)


def _run(call: Callable[[], T], seconds: float) -> T:
    # One thread: on A4 pages four threads took twice as long (30.5 s against 15.3 s for four pages).
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        return call()
    except TesseractNotFoundError as error:
        # pytesseract says so of every failure to start a program, the lack of memory too.
        if shutil.which(pytesseract.pytesseract.tesseract_cmd) is None:
            raise MissingDependencyError("Tesseract is not installed or not on the PATH.") from error
        raise EngineError("Tesseract is installed, but could not be run.") from error
    except TesseractError as error:  # a RuntimeError too, so it comes first
        if _MISSING_MODEL.search(str(error.message)):
            raise MissingDependencyError("Tesseract's language model is not installed.") from error
        raise EngineError(f"Tesseract failed with status {error.status}.") from error
    except RuntimeError as error:
        if str(error) == _TIMEOUT_MESSAGE:
            raise TimeLimitError(f"Tesseract took longer than {seconds:.0f} seconds.") from error
        raise EngineError("Tesseract could not be run.") from error
    except (OSError, UnboundLocalError) as error:
        # pytesseract stumbles over the name of a temporary file that it could not make.
        cause = error if isinstance(error, OSError) else error.__context__
        if not isinstance(cause, OSError):
            raise
        if cause.errno in _DISK_FULL:
            raise DiskFullError("Tesseract cannot be given its image: the disk for temporary files is full.") from cause
        raise EngineError(f"Tesseract could not be run: {cause.strerror}.") from cause
    except subprocess.CalledProcessError as error:
        raise EngineError(f"Tesseract failed with status {error.returncode}.") from error


def _refuse_too_large(image: GrayImage) -> None:
    high, wide = image.shape
    if max(high, wide) > _LONGEST_SIDE:
        raise EngineError(f"The image is {wide} x {high} pixels; Tesseract takes {_LONGEST_SIDE} a side.")


def _as_file(image: GrayImage) -> Image.Image:
    """The image as pytesseract will hand it over: PPM, since packing an A4 page as PNG takes 0.5 s."""
    picture = Image.fromarray(image)
    picture.format = "PPM"
    return picture
