"""What the kinds of failure are called in Vietnamese, why they come about, and what an archivist does about them.

The messages of the error tree are in English, for the command line and the log; lists that people work through have
these words. One entry for every class of :mod:`normalize.errors` that is raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["FailureKind", "failure_kind"]

Retry = Literal["as it is", "after a change"]


@dataclass(frozen=True, slots=True)
class FailureKind:
    """One ``error_code`` of the ledger.

    Attributes:
        name: Vietnamese, few words.
        reason: What that means, a sentence.
        todo: What to do, a sentence.
        retry: Whether the same file may succeed when it is tried again, or only after something was changed.
        options: What the command that retries needs beside ``--redo failed``.
    """

    name: str
    reason: str
    todo: str
    retry: Retry
    options: tuple[str, ...] = ()


_KINDS: Final = {
    "usage": FailureKind(
        "Sai lệnh hoặc cài đặt",
        "Lệnh hoặc tệp cài đặt có chỗ sai.",
        "Sửa lệnh hoặc tệp cài đặt, rồi chạy lại.",
        "after a change",
    ),
    "missing_dependency": FailureKind(
        "Thiếu phần mềm",
        "Máy chưa cài đủ chương trình, mô hình ngôn ngữ hoặc phông chữ.",
        "Chạy lệnh sohoa doctor và cài những gì còn thiếu.",
        "as it is",
    ),
    "input": FailureKind(
        "Không đọc được", "Không đọc được tệp này.", "Mở thử tệp; lấy bản sao khác hoặc quét lại.", "after a change"
    ),
    "not_found": FailureKind(
        "Không mở được tệp",
        "Tệp không còn ở đó, không có quyền đọc, hoặc không phải tệp thường (thư mục, liên kết, ống dẫn).",
        "Kiểm tra đường dẫn và quyền đọc; thay liên kết bằng chính tệp.",
        "as it is",
    ),
    "empty_input": FailureKind(
        "Tệp rỗng", "Tệp không có byte nào: bản sao có lẽ bị đứt.", "Sao chép hoặc quét lại.", "after a change"
    ),
    "unsupported_input": FailureKind(
        "Không phải văn bản",
        "Nội dung tệp không phải PDF, ảnh hay văn bản thuần, dù tên tệp ghi thế nào.",
        "Chuyển tệp sang PDF, PNG, JPEG, TIFF hoặc văn bản thuần.",
        "after a change",
    ),
    "damaged_input": FailureKind(
        "Tệp hỏng",
        "Tệp bị cắt cụt hoặc hỏng, không sửa được.",
        "Lấy bản sao khác của tệp hoặc quét lại bản giấy.",
        "after a change",
    ),
    "no_pages": FailureKind(
        "PDF không có trang",
        "Tệp PDF mở được nhưng không có trang nào.",
        "Lấy bản sao khác: tệp này đã mất các trang.",
        "after a change",
    ),
    "blank_render": FailureKind(
        "Ảnh trang hỏng",
        "Có trang chứa ảnh nhưng không hiện gì: dữ liệu ảnh (JBIG2, JPEG) bị cắt.",
        "Quét lại trang đó.",
        "after a change",
    ),
    "encrypted_input": FailureKind(
        "Có mật khẩu", "Tệp đặt mật khẩu, không mở được.", "Xin nơi gửi bản không đặt mật khẩu.", "after a change"
    ),
    "too_large": FailureKind(
        "Vượt giới hạn",
        "Tệp có nhiều trang, điểm ảnh hoặc byte hơn giới hạn cho phép.",
        "Nếu tin cậy tệp, nâng giới hạn nêu ở cột Thông báo gốc trong tệp cài đặt.",
        "after a change",
    ),
    "rule_file": FailureKind(
        "Tệp quy tắc sai",
        "Tệp quy tắc có dòng hoặc ô không hợp lệ.",
        "Sửa những chỗ nêu ở cột Thông báo gốc.",
        "after a change",
    ),
    "held_secret": FailureKind(
        "Có dấu độ mật",
        "Văn bản có dấu MẬT, TỐI MẬT hoặc TUYỆT MẬT: giữ lại, không ghi gì về nội dung.",
        "Người có thẩm quyền quyết định; chỉ xử lý trên máy được phép, thêm --allow-secret.",
        "after a change",
        ("--allow-secret",),
    ),
    "some_inputs_failed": FailureKind(
        "Có tệp lỗi", "Đã chạy xong nhưng có tệp lỗi.", "Xem từng tệp trong danh sách.", "as it is"
    ),
    "too_many_failures": FailureKind(
        "Quá nhiều tệp lỗi",
        "Số tệp lỗi vượt mức cho phép nên dừng chạy.",
        "Xem các tệp lỗi, rồi chạy lại cùng lệnh để tiếp tục.",
        "as it is",
    ),
    "output": FailureKind(
        "Không ghi được kết quả",
        "Không ghi được vào thư mục kết quả: không có quyền, hoặc có thư mục khác trùng tên.",
        "Cấp quyền ghi hoặc dời thư mục cản đường, rồi chạy lại.",
        "as it is",
    ),
    "disk_full": FailureKind(
        "Hết chỗ trên ổ đĩa",
        "Ổ đĩa không còn chỗ cho kết quả.",
        "Giải phóng ổ đĩa, rồi chạy lại cùng lệnh để tiếp tục.",
        "as it is",
    ),
    "time_limit": FailureKind(
        "Quá thời gian",
        "Đọc lâu hơn thời gian cho phép.",
        "Chạy lại với thời gian dài hơn, hoặc xem có trang khổ lớn không.",
        "as it is",
    ),
    "engine": FailureKind(
        "Máy đọc gặp lỗi",
        "Chương trình đọc chữ gặp lỗi hoặc bị dừng giữa chừng, có khi vì thiếu bộ nhớ.",
        "Chạy lại; nếu vẫn lỗi, chạy lệnh sohoa doctor hoặc giảm --workers.",
        "as it is",
    ),
}
_OTHER: Final = FailureKind(
    "Lỗi khác", "Lỗi chưa có tên.", "Chạy lại; nếu vẫn lỗi, gửi tệp nhật ký cho người quản trị.", "as it is"
)


def failure_kind(code: str | None) -> FailureKind:
    """The kind of failure of an ``error_code``."""
    return _KINDS.get(code or "", _OTHER)
