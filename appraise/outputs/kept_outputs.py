"""Writing outputs again without losing what a person did to them.

The hash of every file is kept as sohoa wrote it (``.sohoa/outputs.json``). A file that differs from it was changed by a
person and is never overwritten: the new one goes beside it, with a list of what differs.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Final

from appraise.outputs.differences import differences
from corpus.store import whole_file, write_whole, writing
from normalize.errors import OutputError

__all__ = ["KeptOutputs"]

_LEDGER: Final = ".sohoa/outputs.json"
_SCHEMA: Final = "sohoa/outputs/1"


@dataclass(slots=True)
class KeptOutputs:
    """The outputs of one folder.

    Attributes:
        out: The folder; ``corpus.store.hold`` keeps it for one run.
        kept: Names of files that a person had changed, beside which a new one was written.
    """

    out: Path
    kept: list[str] = field(default_factory=list)
    _hashes: dict[str, str] = field(init=False, default_factory=dict)
    _written: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._hashes = _read_ledger(self.out / _LEDGER)

    def write(self, name: str, content: bytes) -> Path:
        """Write ``content`` as ``name`` (relative, ``/`` between folders), or beside it if a person changed that.

        Returns:
            Where it stands now.

        Raises:
            OutputError: It cannot be written.
        """
        path, new = self.out / name, _hash(content)
        self._written.add(name)
        if self._is_ours(name, content):
            self._put(name, content, is_there=_hash_of(path) == new)
            return path
        if self._hashes.get(name) == new:
            return path  # nothing is new since the person changed it
        return self._write_beside(name, content)

    def _write_beside(self, name: str, content: bytes) -> Path:
        """The first free of "name (bản mới)", "name (bản mới 2)" and so on, and the list of what differs from it."""
        changes = differences(name, (self.out / name).read_bytes(), content)
        for number in count(1):
            beside = _beside(name, number)
            listed = f"{PurePosixPath(beside).with_suffix('')} - khác biệt.txt"
            told = _list_of(name, beside, changes).encode("utf-8-sig")
            if self._is_ours(beside, content) and self._is_ours(listed, told):
                break
            self._written |= {beside, listed}  # a person's by now
        self._put(beside, content, is_there=_hash_of(self.out / beside) == _hash(content))
        self._put(listed, told, is_there=_hash_of(self.out / listed) == _hash(told))
        self._written |= {beside, listed}
        self.kept.append(name)
        return self.out / beside

    def _is_ours(self, name: str, content: bytes) -> bool:
        """Whether ``name`` is free, as sohoa wrote it, or what is to be written anyway."""
        on_disk = _hash_of(self.out / name)
        return on_disk is None or on_disk in {self._hashes.get(name), _hash(content)}

    def _put(self, name: str, content: bytes, *, is_there: bool) -> None:
        if not is_there:
            with writing(name):
                (self.out / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.out / name, content)
        self._hashes[name] = _hash(content)

    def close(self, folder: str = "") -> None:
        """Remove what earlier runs wrote below ``folder``, this one did not and nobody changed; write the hashes.

        Raises:
            OutputError: The hashes cannot be written.
        """
        for name in [name for name in self._hashes if name.startswith(folder) and name not in self._written]:
            path = self.out / name
            if _hash_of(path) == self._hashes[name]:
                with writing(name):
                    path.unlink()
            if not path.exists():
                del self._hashes[name]
        self.save()

    def save(self) -> None:
        """Write the hashes.

        Raises:
            OutputError: They cannot be written.
        """
        ledger = {"schema": _SCHEMA, "sha256": dict(sorted(self._hashes.items()))}
        with writing(_LEDGER):
            (self.out / _LEDGER).parent.mkdir(parents=True, exist_ok=True)
        with whole_file(self.out / _LEDGER) as file:
            file.write(json.dumps(ledger, ensure_ascii=False, indent=1).encode())


def _beside(name: str, number: int) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem} (bản mới{'' if number == 1 else f' {number}'}){path.suffix}"))


def _list_of(name: str, beside: str, changes: list[str]) -> str:
    head = [
        f"Tệp “{PurePosixPath(name).name}” đã được người dùng sửa nên không bị ghi đè.",
        f"Bản mới do phần mềm lập: “{PurePosixPath(beside).name}”.",
        "Những chỗ bản mới khác với tệp đã sửa:",
    ]
    return "\r\n".join([*head, "", *(changes or ["Chỉ khác về định dạng, nội dung chữ như nhau."]), ""])


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _hash_of(path: Path) -> str | None:
    """The hash of the file at ``path``; None where there is none."""
    with writing(path.name):
        return _hash(path.read_bytes()) if path.exists() else None


def _read_ledger(path: Path) -> dict[str, str]:
    """The hashes; a ledger that is gone or broken counts every file as changed, so that nothing is overwritten."""
    try:
        hashes = json.loads(path.read_bytes())["sha256"]
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError):
        return {}
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror}.") from error
    return {str(name): str(value) for name, value in hashes.items()} if isinstance(hashes, dict) else {}
