from __future__ import annotations

import os
import pickle
import shutil
import stat
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytesseract
import pytest

from normalize.errors import DiskFullError, EngineError, MissingDependencyError, TimeLimitError
from ocr.engine import GrayImage, Segmentation
from ocr.tesseract import TesseractEngine, languages, version
from tests.ocr.drawn_pages import DPI, LINES, text_page


@pytest.fixture(scope="module")
def gray() -> GrayImage:
    return cv2.cvtColor(text_page(), cv2.COLOR_RGB2GRAY)


def fake_tesseract(folder: Path, body: str) -> str:
    program = folder / "tesseract"
    program.write_text(f"#!{sys.executable}\n{body}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def running(marker: str) -> list[str]:
    """Command lines of living processes that hold ``marker``."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if marker in command and int(entry.name) != os.getpid():
                found.append(command)
    return found


def test_reads_vietnamese_in_lines_with_boxes(gray):
    words = TesseractEngine().read(gray, dpi=DPI, segmentation=Segmentation.COLUMN, seconds=60)
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
        assert 0 <= word.x0 < word.x1 <= gray.shape[1]
        assert 0 <= word.y0 < word.y1 <= gray.shape[0]
        assert 0.0 <= word.confidence <= 1.0
        assert unicodedata.is_normalized("NFC", word.text)
        assert gray[int(word.y0) : int(word.y1), int(word.x0) : int(word.x1)].min() < 100
    read = [" ".join(line) for line in lines.values()]
    assert len(set(read) & set(LINES)) >= len(LINES) - 2
    assert len(read) == len(LINES)


def test_an_image_too_small_for_a_letter_holds_no_words():
    assert (
        TesseractEngine().read(np.full((5, 400), 255, np.uint8), dpi=DPI, segmentation=Segmentation.LINE, seconds=9)
        == []
    )


def test_a_blank_page_holds_no_words():
    blank = np.full((400, 400), 255, np.uint8)
    assert TesseractEngine().read(blank, dpi=DPI, segmentation=Segmentation.COLUMN, seconds=20) == []


def test_an_image_wider_than_tesseract_takes_is_refused_before_it_runs():
    with pytest.raises(EngineError, match="32767"):
        TesseractEngine().read(np.full((20, 33_000), 255, np.uint8), dpi=DPI, segmentation=Segmentation.LINE, seconds=9)


def test_tells_how_a_page_is_turned(gray):
    found = TesseractEngine().orientation(np.ascontiguousarray(gray[::-1, ::-1]), dpi=DPI, seconds=60)
    assert found is not None
    assert found.degrees == 180


def test_cannot_tell_how_a_blank_page_is_turned():
    assert TesseractEngine().orientation(np.full((300, 300), 255, np.uint8), dpi=DPI, seconds=20) is None


def test_an_unknown_model_is_a_missing_dependency(gray):
    with pytest.raises(MissingDependencyError, match="model"):
        TesseractEngine("xxx").read(gray, dpi=DPI, segmentation=Segmentation.LINE, seconds=20)


def test_a_missing_program_is_a_missing_dependency(gray, monkeypatch, tmp_path):
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(tmp_path / "nothing"))
    with pytest.raises(MissingDependencyError, match="not installed"):
        TesseractEngine().read(gray, dpi=DPI, segmentation=Segmentation.LINE, seconds=20)


@pytest.mark.skipif(sys.platform == "win32", reason="the double is a script with a shebang; Linux's /proc is read")
def test_a_program_that_hangs_is_killed_at_the_limit(gray, monkeypatch, tmp_path):
    hanging = fake_tesseract(
        tmp_path, "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(300)"
    )
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", hanging)
    start = time.monotonic()
    with pytest.raises(TimeLimitError):
        TesseractEngine().read(gray, dpi=DPI, segmentation=Segmentation.LINE, seconds=1.0)
    assert time.monotonic() - start < 10
    deadline = time.monotonic() + 5
    while running(hanging) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert running(hanging) == []


def test_no_time_left_is_the_time_limit(gray):
    with pytest.raises(TimeLimitError):
        TesseractEngine().read(gray, dpi=DPI, segmentation=Segmentation.LINE, seconds=-3.0)


@pytest.mark.skipif(sys.platform == "win32", reason="the double is a script with a shebang")
@pytest.mark.parametrize("body", ["raise SystemExit(7)", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"])
def test_a_program_that_dies_is_an_engine_error(gray, monkeypatch, tmp_path, body):
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", fake_tesseract(tmp_path, body))
    with pytest.raises(EngineError):
        TesseractEngine().read(gray, dpi=DPI, segmentation=Segmentation.LINE, seconds=20)


@pytest.mark.skipif(sys.platform == "win32", reason="the double is a script with a shebang")
@pytest.mark.parametrize("content", ["", "<html><body>cut", "no markup"])
def test_output_that_is_cut_is_an_engine_error(gray, monkeypatch, tmp_path, content):
    body = f"import sys\nopen(sys.argv[2] + '.hocr', 'w').write({content!r})"
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", fake_tesseract(tmp_path, body))
    with pytest.raises(EngineError):
        TesseractEngine().read(gray, dpi=DPI, segmentation=Segmentation.LINE, seconds=20)


def test_leaves_no_files_behind(gray, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    TesseractEngine().read(gray[:400], dpi=DPI, segmentation=Segmentation.BLOCK, seconds=30)
    with pytest.raises(TimeLimitError):
        TesseractEngine().read(gray, dpi=DPI, segmentation=Segmentation.COLUMN, seconds=0.05)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def asked_anew() -> Iterator[None]:
    """What Tesseract says of itself is kept; the double's answers must not be."""
    for question in (version, languages):
        question.cache_clear()
    yield
    for question in (version, languages):
        question.cache_clear()


FAILS_ONCE = """
import os, sys
mark = __file__ + ".asked"
if not os.path.exists(mark):
    open(mark, "w").close()
    os.kill(os.getpid(), 9)
print("tesseract 5.3.0" if "--version" in sys.argv else "List of languages (1):\\nvie")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the double is a script with a shebang")
@pytest.mark.usefixtures("asked_anew")
@pytest.mark.parametrize(("ask", "answer"), [(version, "5.3.0"), (languages, ("vie",))])
def test_a_program_that_fails_once_is_asked_again(monkeypatch, tmp_path, ask, answer):
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", fake_tesseract(tmp_path, FAILS_ONCE))
    assert ask() == answer


@pytest.mark.skipif(sys.platform == "win32", reason="the double is a script with a shebang")
@pytest.mark.usefixtures("asked_anew")
@pytest.mark.parametrize("ask", [version, languages])
def test_a_program_that_cannot_be_started_is_not_called_missing(monkeypatch, tmp_path, ask):
    program = Path(fake_tesseract(tmp_path, ""))
    program.write_text("#!/no/such/interpreter\n")
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(program))
    with pytest.raises(EngineError, match="installed, but"):
        ask()
    program.unlink()
    with pytest.raises(MissingDependencyError):
        ask()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a small disk is mounted")
def test_a_full_disk_for_temporary_files_is_told_as_such(gray, monkeypatch, tmp_path):
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a disk can be mounted by root only")
    try:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        with pytest.raises(DiskFullError):
            TesseractEngine().orientation(gray, dpi=DPI, seconds=20)
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_temporary_folder_that_is_gone_is_an_engine_error(gray, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", shutil.which("tesseract"))
    with pytest.raises(EngineError):
        TesseractEngine().read(gray, dpi=DPI, segmentation=Segmentation.LINE, seconds=20)


def test_names_itself_and_its_models():
    assert version().split(".")[0].isdigit()
    assert {"vie", "osd"} <= set(languages())
    assert TesseractEngine().name == f"tesseract {version()} vie"
    assert pickle.loads(pickle.dumps(TesseractEngine("eng"))) == TesseractEngine("eng")
