"""Reading with a Tesseract that stays: one process that has loaded its model and reads image after image.

Starting the program and loading the model take 0.15 s, reading a strip of one line 0.03 s, and a page costs four
readings and more. Each reading still has its time limit, and whatever happens to the process is an error of that
reading alone: the next one starts another process.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Final, cast

import numpy as np

from normalize.errors import EngineError, MissingDependencyError, TimeLimitError
from ocr import tesseract_child as child
from ocr.engine import GrayImage, Segmentation

__all__ = ["library_version", "read_hocr", "stop_idle"]

_COMMAND: Final = (sys.executable, "-I", "-S", str(Path(child.__file__).resolve()))
_LOOK_SECONDS: Final = 20.0
_MOST_READINGS: Final = 2_000


@cache
def library_version() -> str | None:
    """Version of Tesseract's library, such as ``5.3.0``; None where it cannot be loaded."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        told = subprocess.run(_COMMAND, capture_output=True, timeout=_LOOK_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return told.stdout.decode(errors="replace")


def read_hocr(image: GrayImage, *, language: str, dpi: int, segmentation: Segmentation, seconds: float) -> bytes:
    """What is written in ``image``, as the program would write it into an hOCR file, less the frame of that file.

    Raises:
        TimeLimitError: ``seconds`` ran out; no process is left behind.
        EngineError: Tesseract failed or died.
        MissingDependencyError: The model is not installed.
    """
    deadline = time.monotonic() + seconds
    tesseract = _taken(language)
    try:
        if tesseract is None:
            tesseract = _Tesseract(language)
            if tesseract.answer(b"", None, deadline)[0] != child.READ:
                raise MissingDependencyError("Tesseract's language model is not installed.")
        high, wide = image.shape
        request = child.REQUEST.pack(wide, high, dpi, int(segmentation.value))
        status, hocr = tesseract.answer(request, image, deadline)
    except BaseException as error:
        if tesseract is not None:
            tesseract.stop()
        if isinstance(error, OSError | EOFError):
            if time.monotonic() >= deadline:
                raise TimeLimitError(f"Tesseract took longer than {seconds:.0f} seconds.") from error
            raise EngineError("Tesseract died or could not be run.") from error
        raise
    _put_back(tesseract)
    if status != child.READ:
        raise EngineError("Tesseract failed.")
    return hocr


class _Tesseract:
    """A running process that loads its model; one thread at a time may ask it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.readings = 0
        self._process = subprocess.Popen(
            [*_COMMAND, language],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # One thread: on A4 pages four threads took twice as long (30.5 s against 15.3 s for four pages).
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
        self._requests, self._answers = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)

    @property
    def is_fit(self) -> bool:
        """Whether it can be asked again."""
        return self.readings < _MOST_READINGS and self._process.poll() is None

    def answer(self, request: bytes, image: GrayImage | None, deadline: float) -> tuple[int, bytes]:
        """Status and hOCR; OSError or EOFError when the process has died, killed at ``deadline`` for one."""
        # A pipe cannot be written or read with a time limit on all systems.
        killer = threading.Timer(max(deadline - time.monotonic(), 0.0), self._process.kill)
        killer.start()
        try:
            self._requests.write(request)
            if image is not None:
                self._requests.write(np.ascontiguousarray(image).data)
            self._requests.flush()
            status, length = child.ANSWER.unpack(self._received(child.ANSWER.size))
            content = self._received(length)
        finally:
            killer.cancel()
        self.readings += 1
        return status, content

    def _received(self, count: int) -> bytes:
        content = self._answers.read(count)
        if len(content) < count:
            raise EOFError
        return content

    def stop(self) -> None:
        """End the process and wait until it is gone."""
        self._process.kill()
        for pipe in (self._requests, self._answers):
            with suppress(OSError):  # what was not written yet
                pipe.close()
        self._process.wait()


_idle: list[_Tesseract] = []


def _taken(language: str) -> _Tesseract | None:
    """One that waits for work."""
    for tesseract in tuple(_idle):
        with suppress(ValueError):  # another thread was quicker
            if tesseract.language == language:
                _idle.remove(tesseract)
                if tesseract.is_fit:
                    return tesseract
                tesseract.stop()
    return None


def _put_back(tesseract: _Tesseract) -> None:
    if tesseract.is_fit:
        _idle.append(tesseract)
    else:
        tesseract.stop()


def stop_idle() -> None:
    """End the processes that wait for work; those of other threads go on."""
    while _idle:
        _idle.pop().stop()


atexit.register(stop_idle)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # they belong to the process that started them
