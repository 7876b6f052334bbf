"""Digital signatures read from the structure of PDFs that are signed here, with certificates made here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from ocr.pdf_signatures import parse_pdf_date
from ocr.sources import open_source
from ocr.tree import Box, DigitalSignature
from tests.hostile import make_signed

HANOI = timezone(timedelta(hours=7))


def _signatures(path: Path) -> tuple[DigitalSignature, ...]:
    with open_source([path]) as source:
        return source.signatures


def test_signer_organ_time_and_place(tmp_path: Path) -> None:
    (found,) = _signatures(make_signed(tmp_path / "s.pdf"))
    assert found == DigitalSignature(
        signer="Lò Thị Mẩy",
        organ="Ủy ban nhân dân xã Nậm Khoang",
        time=datetime(2031, 5, 12, 8, 15, 30, tzinfo=HANOI),
        email="ltmay@namkhoang.example",
        page=1,
        box=Box(300, 62, 500, 142),
    )


def test_invisible_signature_has_no_place(tmp_path: Path) -> None:
    (found,) = _signatures(make_signed(tmp_path / "s.pdf", rect=(0, 0, 0, 0)))
    assert (found.page, found.box) == (None, None)
    assert found.signer == "Lò Thị Mẩy"


def test_email_from_the_reason(tmp_path: Path) -> None:
    reason = "Xã Nậm Khoang<vanthu@namkhoang.example> đã ký lên văn bản này!"
    (found,) = _signatures(make_signed(tmp_path / "s.pdf", email=None, reason=reason))
    assert found.email == "vanthu@namkhoang.example"


def test_time_from_the_signature_itself(tmp_path: Path) -> None:
    """Without /M the signed attribute tells; ``cryptography`` writes the time of signing into it."""
    (found,) = _signatures(make_signed(tmp_path / "s.pdf", time=None))
    assert found.time is not None
    assert abs(found.time - datetime.now(UTC)) < timedelta(minutes=10)


def test_unreadable_certificate_leaves_the_reason(tmp_path: Path) -> None:
    """Files encrypted after signing: the certificates cannot be read."""
    path = make_signed(tmp_path / "s.pdf", reason="Xã Nậm Khoang ký số bản sao")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm.Fields[0].V.Contents = pikepdf.String(b"\x02\x5f\xa3garbage")
        pdf.save(path)
    (found,) = _signatures(path)
    assert (found.signer, found.organ) == ("Xã Nậm Khoang", None)
    assert found.time == datetime(2031, 5, 12, 8, 15, 30, tzinfo=HANOI)


def test_empty_fields_and_time_stamps_do_not_count(tmp_path: Path) -> None:
    path = make_signed(tmp_path / "s.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(pikepdf.Dictionary(FT=Name.Sig, T="Empty")))
        field.V.Type = Name.DocTimeStamp
        pdf.save(path)
    assert _signatures(path) == ()


def test_field_in_a_group_with_a_widget_of_its_own(tmp_path: Path) -> None:
    """/FT stands on the parent, the value on the field, the place on its widget."""
    path = make_signed(tmp_path / "s.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        widget = pdf.Root.AcroForm.Fields[0]
        field = pdf.make_indirect(pikepdf.Dictionary(V=widget.V, Kids=[widget]))
        group = pdf.make_indirect(pikepdf.Dictionary(FT=Name.Sig, T="Group", Kids=[field]))
        del widget.V
        del widget.FT
        pdf.Root.AcroForm.Fields = pikepdf.Array([group])
        pdf.save(path)
    (found,) = _signatures(path)
    assert (found.signer, found.page) == ("Lò Thị Mẩy", 1)


def test_box_follows_the_turn_of_the_page(tmp_path: Path) -> None:
    path = make_signed(tmp_path / "s.pdf", rect=(20, 30, 60, 50))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Rotate = 90
        pdf.save(path)
    (found,) = _signatures(path)
    assert found.box == Box(30, 20, 50, 60)


def test_in_order_of_time(tmp_path: Path) -> None:
    late, early = make_signed(tmp_path / "a.pdf"), make_signed(tmp_path / "b.pdf", time="D:20300101000000Z")
    path = tmp_path / "both.pdf"
    with pikepdf.open(late) as pdf, pikepdf.open(early) as other:
        pdf.Root.AcroForm.Fields.append(pdf.copy_foreign(other.Root.AcroForm.Fields[0]))
        pdf.save(path)
    assert [found.time.year for found in _signatures(path) if found.time] == [2030, 2031]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("D:20310512081530+07'00'", datetime(2031, 5, 12, 8, 15, 30, tzinfo=HANOI)),
        ("D:20310512081530+07'00", datetime(2031, 5, 12, 8, 15, 30, tzinfo=HANOI)),
        ("20310512081530", datetime(2031, 5, 12, 8, 15, 30, tzinfo=HANOI)),
        ("D:20310512011530Z", datetime(2031, 5, 12, 1, 15, 30, tzinfo=UTC)),
        ("D:20310512011530-0330", datetime(2031, 5, 12, 1, 15, 30, tzinfo=timezone(-timedelta(hours=3, minutes=30)))),
        ("D:2031", datetime(2031, 1, 1, tzinfo=HANOI)),
        ("D:20311345", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_pdf_dates(text: str, time: datetime | None) -> None:
    assert parse_pdf_date(text) == time
