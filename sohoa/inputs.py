"""Finding the inputs of a run: every file of a tree gets a name in the ledger, also those that cannot be read."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from corpus.catalogue import CSV, XLSX
from corpus.ledger import LEDGER
from corpus.store import folder_for, is_output
from normalize.errors import NotFoundError, SohoaError, UsageError
from normalize.natural_order import natural_key
from ocr.limits import Limits
from ocr.sniff import open_regular
from sohoa.event_log import LOG
from sohoa.quarantine import QUARANTINE_CSV, QUARANTINE_XLSX

__all__ = [
    "Fingerprint",
    "FolderNames",
    "Input",
    "check_folders",
    "escaped",
    "find_inputs",
    "fingerprint",
    "named_inputs",
    "printable",
]

_IMAGE_ENDINGS = {".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}
_DOCUMENT_ENDINGS = _IMAGE_ENDINGS | {".pdf", ".txt"}
# What systems and office programs leave in folders: no documents, and nobody misses them.
_SYSTEM_NAME = regex.compile(
    r"\..*|~\$.*|Thumbs\.db|ehthumbs\.db|desktop\.ini|\$RECYCLE\.BIN|__MACOSX|System Volume Information",
    regex.IGNORECASE,
)
_CONTROLS = regex.compile(r"[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Input:
    """One document-to-be.

    Attributes:
        key: Relative path as the ledger shows it.
        paths: One file, or page images in order.
        trouble: Why it cannot be read, known without opening it.
        ignored: A system's own file or folder, or another output folder: no document.
        name: For display; the last name of ``key`` when nothing else is said.
    """

    key: str
    paths: tuple[Path, ...]
    trouble: SohoaError | None = None
    ignored: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.key.rpartition("/")[2])

    @property
    def origin(self) -> str:
        """Where it lies, for people."""
        return escaped(str(Path.cwd() / self.paths[0]))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What the bytes of an input are: the file's SHA-256, or that of its pages' SHA-256 digests in order."""

    sha256: str
    bytes: int


def escaped(path: str) -> str:
    r"""``path`` as printable text, one to one: bytes that are no UTF-8 and control characters as ``\xff``."""
    return printable(os.fsencode(path.replace("\\", "\\\\")).decode("utf-8", errors="backslashreplace"))


def printable(text: str) -> str:
    """``text`` without control characters, which a file's name may send to the terminal: they are shown escaped."""
    return str(_CONTROLS.sub(lambda match: match.group().encode("unicode_escape").decode(), text))


def find_inputs(root: Path, *, out: Path, pages_in_folders: bool) -> list[Input]:
    """Every file below ``root`` in natural order; links, pipes and devices too, as inputs that cannot be read.

    Args:
        root: A folder.
        out: The output folder; nothing in it is an input.
        pages_in_folders: Whether a folder that holds page images only is one document.

    Raises:
        UsageError: ``root`` is no folder, or is the output folder itself.
    """
    check_folders(root, out)
    found = _walk(root, root, _identity(out.resolve()), pages_in_folders)
    return sorted(found, key=lambda item: natural_key(item.key))


def check_folders(root: Path, out: Path) -> None:
    """See that ``root`` can be read into ``out``.

    Raises:
        UsageError: ``root`` is no folder, or is the output folder itself.
    """
    if not root.is_dir():
        raise UsageError(f"{root} is not a folder.", "`sohoa batch` takes a folder, `sohoa read` takes files.")
    if root.resolve() == out.resolve():
        raise UsageError("The output folder is the input folder.", "Pick another output folder with -o.")


def _walk(folder: Path, root: Path, out: tuple[int, int] | None, pages_in_folders: bool) -> Iterator[Input]:
    key = escaped(folder.relative_to(root).as_posix())
    if folder != root and (_SYSTEM_NAME.fullmatch(folder.name) or is_output(folder)):
        yield Input(key, (folder,), ignored=True)
        return
    try:
        children = [child for child in _natural(folder.iterdir()) if out is None or _identity(child) != out]
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield Input(key, (folder,), NotFoundError(f"{escaped(folder.name)} cannot be listed: {reason}."))
        return
    files = [child for child in children if not stat.S_ISDIR(_mode(child))]
    folders = [child for child in children if stat.S_ISDIR(_mode(child))]
    pages = [child for child in files if not _SYSTEM_NAME.fullmatch(child.name)]
    if pages_in_folders and folder != root and not folders and _are_pages(pages):
        yield Input(key, tuple(pages))
        files = [child for child in files if child not in pages]
    elif folder != root and folder.suffix.lower() in _DOCUMENT_ENDINGS:
        yield Input(key, (folder,), NotFoundError(f"{escaped(folder.name)} is a folder, not a file."))
    for child in files:
        yield _file_input(child, root)
    for child in folders:
        yield from _walk(child, root, out, pages_in_folders)


def _file_input(path: Path, root: Path) -> Input:
    key = escaped(path.relative_to(root).as_posix())
    if stat.S_ISREG(_mode(path)):
        return Input(key, (path,), ignored=_SYSTEM_NAME.fullmatch(path.name) is not None)
    kind = "a link" if stat.S_ISLNK(_mode(path)) else "a pipe, socket or device"
    return Input(key, (path,), NotFoundError(f"{escaped(path.name)} is {kind}, not a regular file."))


def _are_pages(files: Sequence[Path]) -> bool:
    return bool(files) and all(path.suffix.lower() in _IMAGE_ENDINGS and stat.S_ISREG(_mode(path)) for path in files)


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError:  # gone since it was listed; opening it will say so
        return stat.S_IFREG


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _natural(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: natural_key(escaped(path.name)))


def named_inputs(paths: Sequence[Path], *, joined: str | None, pages_in_folders: bool) -> list[Input]:
    """The inputs of ``sohoa read``: each file a document, or all files the pages of one.

    Keys are file names; the caller gives twins a name of their own.

    Args:
        paths: As typed.
        joined: Name of the one document that all files are the pages of.
        pages_in_folders: Whether a folder stands for the page images in it.

    Raises:
        UsageError: A folder without ``pages_in_folders``, or an unusable name.
    """
    if joined is not None:
        if not joined.strip() or joined in {".", ".."} or regex.search(r"[/\\\p{Cc}]", joined):
            raise UsageError("The name given with --as cannot name a folder.", "Use letters, figures and spaces.")
        pages = [page for path in paths for page in (_pages_of(path) if path.is_dir() else [path])]
        return [Input(joined, tuple(pages))]
    return [_named_input(path, pages_in_folders) for path in paths]


def _named_input(path: Path, pages_in_folders: bool) -> Input:
    key = escaped(path.name or path.resolve().name)
    # os.path: Path's own is_dir raises where a folder above may not be entered.
    if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114
        if not pages_in_folders:
            raise UsageError(
                f"{path} is a folder.", "Use `sohoa batch` for a folder of documents, --pages-in-folders for pages."
            )
        return Input(key, tuple(_pages_of(path)))
    return Input(key, (path,))


def _pages_of(folder: Path) -> list[Path]:
    pages = [path for path in _natural(folder.iterdir()) if not _SYSTEM_NAME.fullmatch(path.name)]
    if not _are_pages(pages):
        raise UsageError(f"{folder} does not hold page images only.", "Use `sohoa batch` for a folder of documents.")
    return pages


def fingerprint(item: Input, limits: Limits) -> Fingerprint:
    """Hash the bytes of ``item``.

    Raises:
        InputError: Its file is not there, not regular, empty or too large.
    """
    hashes = [_hash(path, limits) for path in item.paths]
    size = sum(part.bytes for part in hashes)
    if len(hashes) == 1:
        return hashes[0]
    return Fingerprint(hashlib.sha256(b"".join(bytes.fromhex(part.sha256) for part in hashes)).hexdigest(), size)


def _hash(path: Path, limits: Limits) -> Fingerprint:
    digest, size = hashlib.sha256(), 0
    with open_regular(path, limits) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Fingerprint(digest.hexdigest(), size)


class FolderNames:
    """Hands out result folders; no two inputs get one, also where the file system knows no case or only NFC.

    Args:
        taken: Folders that inputs have from earlier runs, by key.
    """

    def __init__(self, taken: dict[str, str]) -> None:
        self._of_key = dict(taken)
        self._used = {_twin_key(folder) for folder in taken.values()}
        self._used |= {_twin_key(name) for name in (LEDGER, XLSX, CSV, LOG, QUARANTINE_XLSX, QUARANTINE_CSV)}

    def folder(self, key: str) -> str:
        """The folder of ``key``: the one it has, or its own path, with ``~2`` where a twin has that."""
        if key in self._of_key:
            return self._of_key[key]
        wanted = str(folder_for(key))
        folder, number = wanted, 1
        while _twin_key(folder) in self._used:
            number += 1
            folder = f"{wanted}~{number}"
        self._used.add(_twin_key(folder))
        self._of_key[key] = folder
        return folder


def _twin_key(folder: str) -> str:
    return unicodedata.normalize("NFC", folder).casefold()
