"""Whether a folder lies on another computer: SQLite's faster journal needs memory that its users share."""

from __future__ import annotations

import ctypes
import os
import re
from pathlib import Path
from typing import Final

__all__ = ["is_on_network_share"]

_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = frozenset(
    {"9p", "afs", "ceph", "cifs", "coda", "fuse.glusterfs", "fuse.s3fs", "fuse.sshfs", "fuse.rclone", "gfs2", "gpfs"}
    | {"lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs", "virtiofs"}
)
_ESCAPE: Final = re.compile(r"\\(\d{3})")
_DRIVE_REMOTE: Final = 4  # of GetDriveTypeW


def is_on_network_share(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether ``folder`` lies on a network share (NFS, SMB, ...); False where the system does not tell (macOS).

    Args:
        folder: An existing folder.
        mounts: Linux's list of what is mounted where.
    """
    if os.name == "nt":
        return _is_on_network_drive(folder.resolve())
    try:
        lines = mounts.read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    return _file_system(folder.resolve(), lines) in _NETWORK


def _file_system(folder: Path, lines: list[str]) -> str:
    """The type of what is mounted deepest above ``folder``; of several on one point, the last hides the others."""
    deepest, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        point = Path(_ESCAPE.sub(lambda octal: chr(int(octal[1], 8)), before.split(" ")[4]))
        if folder.is_relative_to(point) and len(point.parts) >= deepest:
            deepest, kind = len(point.parts), after.split(" ")[0]
    return kind


def _is_on_network_drive(folder: Path) -> bool:
    if folder.drive.startswith("\\\\"):
        return True
    drives = getattr(ctypes, "windll").kernel32  # noqa: B009  known to mypy on Windows only
    return bool(drives.GetDriveTypeW(f"{folder.drive}\\") == _DRIVE_REMOTE)
