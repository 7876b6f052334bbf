"""``sohoa doctor``: what is installed, what is missing, and the exact command that gets it."""

from __future__ import annotations

import importlib
import importlib.metadata
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from rich.table import Table

from normalize.errors import SohoaError

__all__ = ["Check", "as_table", "examine"]

_LEAST_PYTHON = (3, 11)
_MODELS = ("vie", "osd")
# Import name by distribution; those whose import needs more than their wheel are the point of importing them.
_LIBRARIES = {
    "opencv-python": "cv2",
    "numpy": "numpy",
    "ocrmypdf": "ocrmypdf",
    "pdfplumber": "pdfplumber",
    "pikepdf": "pikepdf",
    "pillow": "PIL",
    "pypdfium2": "pypdfium2",
    "pytesseract": "pytesseract",
    "spacy": "spacy",
    "SQLAlchemy": "sqlalchemy",
    "XlsxWriter": "xlsxwriter",
}
_HOW_TO_INSTALL = {
    "tesseract": {
        "Linux": "sudo apt-get install -y tesseract-ocr",
        "Darwin": "brew install tesseract",
        "Windows": "install https://github.com/UB-Mannheim/tesseract/wiki and put it on the PATH",
    },
    "model": {
        "Linux": "sudo apt-get install -y tesseract-ocr-{model}",
        "Darwin": "brew install tesseract-lang",
        "Windows": "run the UB-Mannheim installer again and tick the {model} data",
    },
    "cv2": {
        "Linux": "sudo apt-get install -y libgl1 libglib2.0-0",
        "Darwin": "pip install --force-reinstall opencv-python",
        "Windows": "install the Visual C++ Redistributable",
    },
    "synthesis font": {
        "Linux": "sudo apt-get install -y fonts-croscore",
        "Darwin": "install the font Tinos",
        "Windows": "install the font Tinos",
    },
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Attributes:
        what: Its name.
        found: Version or place; empty when it is missing.
        needed: Whether reading works without it.
        remedy: The command that gets it, when it is missing.
    """

    what: str
    found: str
    needed: bool = True
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether reading will not fail for it."""
        return bool(self.found) or not self.needed


def examine() -> list[Check]:
    """Look at everything that sohoa needs, without stopping at what is missing."""
    return [*_python(), *_tesseract(), *_libraries(), *_fonts()]


def as_table(checks: list[Check]) -> Table:
    """The findings, for the terminal."""
    table = Table("what", "found", "how to get it")
    for check in checks:
        state = check.found or ("[bold red]missing[/]" if check.needed else "[yellow]missing (optional)[/]")
        table.add_row(check.what, state, check.remedy)
    return table


def _python() -> Iterator[Check]:
    version = platform.python_version()
    is_new_enough = sys.version_info >= _LEAST_PYTHON
    yield Check("Python", version if is_new_enough else "", remedy="" if is_new_enough else "install Python 3.11+")
    yield _look("sohoa", lambda: importlib.metadata.version("sohoa"), "make run")


def _tesseract() -> Iterator[Check]:
    yield _look("Tesseract", _tesseract_version, _command("tesseract"))
    for model in _MODELS:
        yield _look(f"Tesseract model {model}", partial(_model, model), _command("model", model=model))


def _tesseract_version() -> str:
    from ocr.tesseract import version

    return version()


def _model(model: str) -> str:
    from ocr.tesseract import languages

    return "installed" if model in languages() else ""


def _libraries() -> Iterator[Check]:
    for distribution, module in _LIBRARIES.items():
        remedy = _command("cv2") if module == "cv2" else f"pip install {distribution}"
        yield _look(distribution, partial(_import, distribution, module), remedy)


def _import(distribution: str, module: str) -> str:
    importlib.import_module(module)
    return importlib.metadata.version(distribution)


def _fonts() -> Iterator[Check]:
    yield _look("font Noto Sans (evidence)", _label_font, "pip install --force-reinstall ocrmypdf")
    yield _look("font Tinos (samples)", _synthesis_font, _command("synthesis font"), needed=False)


def _label_font() -> str:
    from sohoa.evidence import label_font

    return " ".join(filter(None, label_font(12).getname()))


def _synthesis_font() -> str:
    from corpus.synthesis.fonts import find_font

    return find_font().name


def _look(what: str, find: Callable[[], str], remedy: str, *, needed: bool = True) -> Check:
    try:
        found = find()
    except (SohoaError, ImportError, OSError):
        found = ""
    return Check(what, found, needed, "" if found else remedy)


def _command(what: str, **names: str) -> str:
    commands = _HOW_TO_INSTALL[what]
    return commands.get(platform.system(), commands["Linux"]).format(**names)
