from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from normalize.errors import EngineError, MissingDependencyError, TimeLimitError
from ocr import tesseract_child, tesseract_process
from ocr.engine import GrayImage, Segmentation
from ocr.hocr import parse_hocr
from ocr.tesseract import _read_by_program, version
from ocr.tesseract_process import library_version, read_hocr, stop_idle
from tests.ocr.drawn_pages import DPI, text_page

pytestmark = pytest.mark.skipif(library_version() is None, reason="libtesseract is loaded on Linux only")


@pytest.fixture(scope="module")
def gray() -> GrayImage:
    return cv2.cvtColor(text_page(), cv2.COLOR_RGB2GRAY)


@pytest.fixture(autouse=True)
def _no_process_left_behind():
    stop_idle()
    yield
    stop_idle()


def read(image: GrayImage, segmentation: Segmentation = Segmentation.LINE, *, seconds: float = 60.0) -> bytes:
    return read_hocr(image, language="vie", dpi=DPI, segmentation=segmentation, seconds=seconds)


def process_ids() -> list[int]:
    return [tesseract._process.pid for tesseract in tesseract_process._idle]


def test_reads_the_same_words_as_the_program(gray):
    assert library_version() == version()
    for image, segmentation in ((gray[:700], Segmentation.COLUMN), (gray[220:300], Segmentation.LINE)):
        options = {"language": "vie", "dpi": DPI, "segmentation": segmentation, "seconds": 60}
        words = parse_hocr(read_hocr(image, **options), "")
        assert len(words) > 5
        assert words == parse_hocr(_read_by_program(image, **options), "")


def test_one_process_reads_image_after_image(gray):
    for _ in range(3):
        assert b"ocrx_word" in read(gray[220:300])
    assert len(process_ids()) == 1


def test_a_view_into_a_larger_image_is_read_as_it_is_seen(gray):
    mirrored = np.ascontiguousarray(gray[220:300, ::-1])[:, ::-1]
    assert read(mirrored) == read(gray[220:300])


def test_when_time_is_up_the_process_is_killed(gray):
    read(gray[220:300])
    (process,) = process_ids()
    with pytest.raises(TimeLimitError):
        read(gray, Segmentation.COLUMN, seconds=0.02)
    assert process_ids() == []
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    with pytest.raises(TimeLimitError):
        read(gray, seconds=-1.0)
    assert b"ocrx_word" in read(gray[220:300])


def test_a_process_that_died_waiting_is_replaced(gray):
    read(gray[220:300])
    (process,) = process_ids()
    os.kill(process, signal.SIGKILL)
    tesseract_process._idle[0]._process.wait()
    assert b"ocrx_word" in read(gray[220:300])
    assert process_ids() != [process]


def test_a_process_that_is_too_old_is_ended(gray, monkeypatch):
    monkeypatch.setattr(tesseract_process, "_MOST_READINGS", 3)  # loading counts as one
    read(gray[220:300])
    assert len(process_ids()) == 1
    read(gray[220:300])
    assert process_ids() == []


@pytest.mark.parametrize("body", ["raise SystemExit(7)", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", ""])
def test_a_process_that_dies_is_an_engine_error(gray, monkeypatch, tmp_path, body):
    double = tmp_path / "child.py"
    double.write_text(body)
    monkeypatch.setattr(tesseract_process, "_COMMAND", (sys.executable, str(double)))
    with pytest.raises(EngineError):
        read(gray)


def test_an_unknown_model_is_a_missing_dependency(gray):
    with pytest.raises(MissingDependencyError, match="model"):
        read_hocr(gray, language="xxx", dpi=DPI, segmentation=Segmentation.LINE, seconds=20)


def test_a_reading_process_ends_with_the_one_that_asked(gray):
    child = subprocess.Popen([*tesseract_process._COMMAND, "vie"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    high, wide = gray.shape
    child.stdin.write(tesseract_child.REQUEST.pack(wide, high, DPI, 3) + gray.tobytes())
    child.stdin.close()
    start = time.monotonic()
    assert child.wait(20) == 0
    assert time.monotonic() - start < 15
    child.stdout.close()


def test_the_child_needs_the_standard_library_only():
    done = subprocess.run(
        [sys.executable, "-I", "-S", Path(tesseract_child.__file__)], capture_output=True, text=True, check=True
    )
    assert done.stdout == version()
