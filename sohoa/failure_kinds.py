"""What the kinds of failure are called in Vietnamese, what an archivist does about them, and what retries them."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from corpus.ledger import Entry

__all__ = ["FailureKind", "command_line", "kind_of", "retry_command"]

Retry = Literal["as it is", "after a change"]


@dataclass(frozen=True, slots=True)
class FailureKind:
    """One ``error_code`` of the ledger.

    Attributes:
        name: Vietnamese.
        todo: What to do, Vietnamese.
        retry: Whether the same file may succeed when it is tried again, or only after something was changed.
        options: What the command that retries needs beside ``--redo failed``.
    """

    name: str
    todo: str
    retry: Retry
    options: tuple[str, ...] = ()


_KINDS: Final = {
    "not_found": FailureKind(
        "Không mở được tệp", "Kiểm tra đường dẫn, quyền đọc; thay liên kết bằng chính tệp.", "as it is"
    ),
    "empty_input": FailureKind("Tệp rỗng", "Sao chép hoặc quét lại: bản sao có lẽ bị đứt.", "after a change"),
    "unsupported_input": FailureKind(
        "Không phải văn bản", "Chuyển tệp sang PDF, PNG, JPEG, TIFF hoặc văn bản thuần.", "after a change"
    ),
    "damaged_input": FailureKind("Tệp hỏng", "Lấy bản sao khác của tệp hoặc quét lại bản giấy.", "after a change"),
    "no_pages": FailureKind("PDF không có trang", "Lấy bản sao khác: tệp này đã mất các trang.", "after a change"),
    "blank_render": FailureKind("Ảnh trang hỏng", "Quét lại trang đó: dữ liệu ảnh bị cắt.", "after a change"),
    "encrypted_input": FailureKind("Có mật khẩu", "Xin nơi gửi bản không đặt mật khẩu.", "after a change"),
    "too_large": FailureKind(
        "Vượt giới hạn", "Nếu tin cậy tệp, nâng giới hạn nêu ở cột Chi tiết trong tệp cài đặt.", "after a change"
    ),
    "held_secret": FailureKind(
        "Có dấu độ mật",
        "Người có thẩm quyền quyết định; chỉ xử lý trên máy được phép, thêm --allow-secret.",
        "after a change",
        ("--allow-secret",),
    ),
    "output": FailureKind("Không ghi được kết quả", "Giải phóng ổ đĩa hoặc cấp quyền ghi, rồi chạy lại.", "as it is"),
    "time_limit": FailureKind(
        "Quá thời gian", "Chạy lại với thời gian dài hơn, hoặc xem trang có khổ lớn không.", "as it is"
    ),
    "engine": FailureKind("Máy đọc gặp lỗi", "Chạy lại; nếu vẫn lỗi, chạy `sohoa doctor`.", "as it is"),
    "missing_dependency": FailureKind("Thiếu phần mềm", "Chạy `sohoa doctor` và cài những gì còn thiếu.", "as it is"),
}
_OTHER: Final = FailureKind("Lỗi khác", "Chạy lại; nếu vẫn lỗi, gửi tệp nhật ký cho người quản trị.", "as it is")
# A limit that a document ran into is doubled; the usual one is three minutes a page.
_MORE_SECONDS: Final = "360"
_MOST_WORDS: Final = 30  # a longer command nobody reads


def kind_of(entry: Entry) -> FailureKind:
    """The kind of failure of a row that is not done."""
    return _KINDS.get(entry.error_code or "", _OTHER)


def retry_command(code: str, out: str, typed: Sequence[str]) -> str:
    """The command that tries again what failed for ``code``.

    Args:
        code: ``error_code`` of the ledger; empty for all that failed.
        out: Output folder.
        typed: What was typed after ``sohoa`` for the run; its options shape the results. Empty where nobody knows.
    """
    options = ("--timeout-per-page", _MORE_SECONDS) if code == "time_limit" else _KINDS.get(code, _OTHER).options
    words = _kept(typed) if 0 < len(typed) <= _MOST_WORDS else []
    return command_line(["sohoa", *(words or ["batch", "SRC", "-o", out]), "--redo", "failed", *options])


def _kept(typed: Sequence[str]) -> list[str]:
    """What was typed, without what belongs to one time only."""
    words = [word for word in typed if word != "--watch" and not word.startswith("--redo=")]
    return [word for at, word in enumerate(words) if word != "--redo" and (at == 0 or words[at - 1] != "--redo")]


def command_line(words: Sequence[str]) -> str:
    """``words`` as one types them on this system."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
