"""`sohoa restore`: what it writes and what it leaves alone."""

from __future__ import annotations

import codecs
import json
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from normalize.restoration import restore_lines
from sohoa.cli import app
from sohoa.plain_text import decoded

BROKEN = "Can ctr Quyét dinh s6 45/QD-UBND ngay 03/5/2019 cua Uy ban nhan dan tinh vé viéc\r\nban hanh ké hoach.\r\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "cu.txt"
    path.write_bytes(BROKEN.encode())
    return path


def restore(*arguments: object, given: bytes | None = None):
    return CliRunner().invoke(app, ["restore", *map(str, arguments)], input=given)


def test_text_report_and_page(broken: Path, tmp_path: Path) -> None:
    out, report, html = tmp_path / "moi.txt", tmp_path / "moi.json", tmp_path / "moi.html"
    result = restore(broken, "-o", out, "--report", report, "--html", html)
    assert (result.exit_code, result.stdout) == (0, "")
    text = out.read_bytes().decode()
    assert text.startswith("Căn cứ Quyết định số 45/QĐ-UBND ngày 03/5/2019 của Ủy ban nhân dân tỉnh")
    assert text.count("\r\n") == 2
    changes = json.loads(report.read_text("utf-8"))["changes"]
    assert all(BROKEN[change["start"] : change["end"]] == change["old"] for change in changes)
    assert "Quyét" in html.read_text("utf-8")
    assert broken.read_bytes() == BROKEN.encode()


def test_standard_input_to_standard_output() -> None:
    result = restore("-", given=BROKEN.encode())
    assert result.exit_code == 0
    assert "Căn cứ Quyết định" in result.stdout


def test_right_text_stays_as_it_is(tmp_path: Path) -> None:
    right = "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Sở Nội vụ tại Tờ trình số 12/TTr-SNV.\n"
    path = tmp_path / "dung.txt"
    path.write_text(right, "utf-8")
    assert restore(path).stdout == right


def test_offsets_count_in_the_whole_input_however_long(tmp_path: Path) -> None:
    path, report, html = tmp_path / "dai.txt", tmp_path / "r.json", tmp_path / "r.html"
    text = (BROKEN + "\r\n") * 410
    path.write_bytes(text.encode())
    result = restore(path, "-o", tmp_path / "out.txt", "--report", report, "--html", html)
    assert result.exit_code == 0
    changes = json.loads(report.read_text("utf-8"))["changes"]
    assert changes[-1]["start"] > 41_000  # in the second block
    assert all(text[change["start"] : change["end"]] == change["old"] for change in changes)
    assert html.read_text("utf-8").count("<tr>") == text.count("\n")
    assert (tmp_path / "out.txt").read_bytes().count(b"\r\n") == text.count("\r\n")


@pytest.mark.parametrize(
    "right",
    [
        "The committee shall publish this report for all members of the board, which have been named by it. " * 3,
        "Le conseil a décidé que les membres de la commission sont nommés pour une durée de trois ans. " * 3,
        "委员会决定于二〇一九年五月十二日公布报告。各级人民政府应当加强领导。\n" * 3,
        "Ông Nông Văn Páo, bà Lò Thị Ỏm, ông Vàng A Chứ, bà Sùng Thị Dở, ông Hù Cố Xuân dự họp tại bản Nậm Xỏm.\n" * 3,
        "12/3/2019\t1.250.000\t45/QD-UBND\r\n" * 40,
        "x" * 200_000,
        "x1y2" * 50_000 + " " + "z" * 90_000,
        "\n \n\n",
    ],
    ids=["english", "french", "chinese", "names", "figures", "no-space", "two-runs", "blank"],
)
def test_what_is_no_broken_vietnamese_comes_out_as_it_was(tmp_path: Path, right: str) -> None:
    path, out = tmp_path / "x.txt", tmp_path / "y.txt"
    path.write_bytes(right.encode())
    result = restore(path, "-o", out)
    if right.strip():
        assert out.read_bytes().decode() == right
    else:
        assert result.exit_code == 4


DECISION = "Căn cứ Quyết định của Ủy ban nhân dân tỉnh về việc tặng Bằng khen cho các xã đạt chuẩn.\r\n"
TCVN3 = "C¨n cø QuyÕt ®Þnh cña ñy ban nh©n d©n tØnh vÒ viÖc tÆng B»ng khen cho c¸c x· ®¹t chuÈn.\r\n"
VNI = "Caên cöù Quyeát ñònh cuûa UÛy ban nhaân daân tænh veà vieäc taëng Baèng khen cho caùc xaõ ñaït chuaån.\r\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (unicodedata.normalize("NFD", DECISION).encode(), DECISION),
        (codecs.BOM_UTF8 + DECISION.encode(), DECISION),
        (DECISION.encode("utf-16"), DECISION),
        (TCVN3.encode("latin-1"), DECISION.replace("Ủy", "ủy")),
        (TCVN3.encode(), DECISION.replace("Ủy", "ủy")),
        (VNI.encode("latin-1"), DECISION),
        ((DECISION * 3).encode() + TCVN3.encode("latin-1") + DECISION.encode(), None),
        (TCVN3.encode("latin-1") * 50 + b"12\xae 13 14\r\n" * 6000, None),
    ],
    ids=["nfd", "bom", "utf-16", "tcvn3", "tcvn3-in-utf8", "vni", "mixed", "tcvn3-then-numbers"],
)
def test_encodings(tmp_path: Path, data: bytes, text: str | None) -> None:
    path, out = tmp_path / "x.txt", tmp_path / "y.txt"
    path.write_bytes(data)
    assert restore(path, "-o", out).exit_code == 0
    found = out.read_bytes().decode()
    if text is not None:
        assert found == text
    elif b"12\xae" in data:
        assert found == DECISION.replace("Ủy", "ủy") * 50 + "12đ 13 14\r\n" * 6000
    else:
        assert found == DECISION * 3 + DECISION.replace("Ủy", "ủy") + DECISION


def test_an_unknown_encoding_deep_in_a_file_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    path, out, report = tmp_path / "x.txt", tmp_path / "y.txt", tmp_path / "r.json"
    path.write_bytes(DECISION.encode() * 1000 + b"\xff\xfe\xfd\r\n")
    result = restore(path, "-o", out, "--report", report)
    assert result.exit_code == 4
    assert "line 1001" in result.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.txt"]


def test_more_than_the_limit_from_a_pipe_is_refused(tmp_path: Path) -> None:
    settings = tmp_path / "s.toml"
    settings.write_text("[limits]\nfile_bytes = 100\n", "utf-8")
    assert restore("-", "--settings", settings, given=DECISION.encode()).exit_code == 6


def test_text_comes_out_while_it_is_read() -> None:
    """What makes memory flat: no more of the input is read than the blocks given out need."""
    read = 0

    def endless():
        nonlocal read
        while True:
            read += 50_000
            yield b"12.345 678\n" * 4_545

    blocks = restore_lines(decoded(endless(), "x"))
    sizes = [len(next(blocks).text) for _ in range(3)]
    assert read - sum(sizes) < 200_000


@pytest.mark.parametrize(
    ("content", "arguments", "code"),
    [
        (b"", (), 4),
        (b"\x00\x01\x02\xff" * 100, (), 4),
        (b"%PDF-1.7\n", (), 4),
        (BROKEN.encode(), ("--min-probability", "2"), 2),
        (BROKEN.encode(), ("-o", "nowhere/at/all.txt"), 9),
    ],
)
def test_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, arguments, code: int) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    result = restore(path, *arguments)
    assert result.exit_code == code, result.output


def test_evaluate_restore(broken: Path, tmp_path: Path) -> None:
    truth = tmp_path / "dung.txt"
    truth.write_text(
        "Căn cứ Quyết định số 45/QĐ-UBND ngày 03/5/2019 của Ủy ban nhân dân tỉnh về việc\nban hành kế hoạch.\n", "utf-8"
    )
    arguments = ["evaluate", "restore", "--broken", str(broken), "--truth", str(truth), "--json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    scores = json.loads(result.stdout)
    assert scores["wer"] < scores["wer_before"]
    assert scores["codes"] == {"truth": 1, "before": 0, "after": 1}
    assert scores["dates"] == {"truth": 1, "before": 1, "after": 1}
    assert CliRunner().invoke(app, ["evaluate", "restore"]).exit_code == 2
    assert CliRunner().invoke(app, ["evaluate", "scans"]).exit_code == 2
