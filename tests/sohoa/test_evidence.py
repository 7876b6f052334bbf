"""Boxes lie where the words are, labels say in Vietnamese what they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extract.record import DocumentFields, Reading, Record, Source, ValueField, Where
from ocr.limits import DEFAULT_LIMITS
from sohoa.evidence import Mark, draw_evidence, label_font, marks_on, write_evidence


def _reading(page: int = 1, box: tuple[float, ...] = (100, 100, 200, 112), **more: object) -> Reading:
    return Reading(value="x", raw="x", where=[Where(page=page, box=box)], confidence=0.9, rule="test").model_copy(
        update=more
    )


def _record(**fields: object) -> Record:
    return Record(source=Source(name="a", pages=2), document=DocumentFields(**fields))


def test_every_field_is_marked_on_its_page() -> None:
    record = _record(
        number=_reading(),
        symbol=_reading(),
        code=_reading(),
        signer=_reading(page=2),
        recipients=[_reading(page=2), _reading(page=2)],
    )
    record.values.append(ValueField(kind="amount", **_reading(page=2).model_dump()))
    assert [mark.label for mark in marks_on(record, 1)] == ["Số", "Ký hiệu"]
    assert [mark.label for mark in marks_on(record, 2)] == ["Số tiền", "Người ký", "Nơi nhận", ""]
    assert list(marks_on(record, 3)) == []


def test_doubts_are_told() -> None:
    record = _record(
        number=_reading(status="handwritten"), issue_date=_reading(status="conflict"), issuer=_reading(confidence=0.4)
    )
    marks = list(marks_on(record, 1))
    assert [mark.label for mark in marks] == [
        "Số (viết tay)",
        "Ngày ban hành (mâu thuẫn)",
        "Cơ quan ban hành (chưa chắc)",
    ]
    assert len({mark.colour for mark in marks}) == 1
    assert marks[0].colour != next(marks_on(_record(number=_reading()), 1)).colour


def test_a_field_over_two_lines_has_one_label() -> None:
    where = [Where(page=1, box=(100, 100, 300, 112)), Where(page=1, box=(100, 120, 250, 132))]
    marks = list(marks_on(_record(subject=_reading(where=where)), 1))
    assert [mark.label for mark in marks] == ["Trích yếu", ""]


def test_boxes_are_drawn_in_points() -> None:
    paper = np.full((1400, 1000, 3), 255, np.uint8)
    drawn = np.asarray(draw_evidence(paper, 500.0, [Mark((250, 350, 300, 400), "", (0, 0, 0))]))
    changed = np.argwhere((drawn != 255).any(axis=2))
    top, left = changed.min(axis=0)
    bottom, right = changed.max(axis=0)
    assert (left, top, right, bottom) == pytest.approx((500, 700, 600, 800), abs=4)


def test_a_label_goes_where_paper_is_blank() -> None:
    paper = np.zeros((1400, 1000, 3), np.uint8)
    paper[:, :300] = 255
    mark = Mark((300, 350, 350, 360), "Số tiền", (0, 120, 120))
    drawn = np.asarray(draw_evidence(paper, 500.0, [mark]))
    assert (drawn[:, :300] != 255).any(axis=2).sum() > label_font(13).getlength("Số tiền") * 13


@pytest.mark.parametrize("box", [(1, 50, 8, 62), (244, 50, 249, 62), (100, 0, 120, 4), (100, 145, 120, 150)])
def test_a_label_stays_off_the_edges_of_the_page(box: tuple[float, float, float, float]) -> None:
    """Its whole area shows, a little way in, also where its box touches the edge."""
    paper = np.full((300, 500, 3), 255, np.uint8)
    bare = np.asarray(draw_evidence(paper, 250.0, [Mark(box, "", (214, 90, 0))]))
    drawn = np.asarray(draw_evidence(paper, 250.0, [Mark(box, "Số (viết tay)", (214, 90, 0))]))
    top, left = np.argwhere((drawn != bare).any(axis=2)).min(axis=0)
    bottom, right = np.argwhere((drawn != bare).any(axis=2)).max(axis=0)
    assert min(top, left, 300 - bottom, 500 - right) >= 3
    assert (drawn != bare).any(axis=2).sum() > label_font(13).getlength("Số (viết tay)") * 13


def test_labels_do_not_hide_each_other() -> None:
    paper = np.full((400, 600, 3), 255, np.uint8)
    fields = {"number": _reading(), "symbol": _reading(box=(100, 118, 200, 130)), "type": _reading()}
    all_three = draw_evidence(paper, 300.0, list(marks_on(_record(**fields), 1)))
    solid = np.asarray(all_three).reshape(-1, 3)
    font = label_font(13)
    areas = sum((font.getlength(label) + 4) * 19 for label in ("Số", "Ký hiệu", "Tên loại"))
    covered = (solid.astype(int).sum(axis=1) < 400).sum()
    assert covered > 0.7 * areas


def test_the_font_has_every_vietnamese_letter() -> None:
    font = label_font(20)
    missing = font.getmask("\ue000").getbbox(), bytes(font.getmask("\ue000"))
    for letter in "ăâđêôơưĂÂĐÊÔƠƯấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựỳỷỹỵịọụ":
        mask = font.getmask(letter)
        assert (mask.getbbox(), bytes(mask)) != missing


def test_pages_are_written(drawn_page: Path, tmp_path: Path) -> None:
    write_evidence([drawn_page, drawn_page], _record(number=_reading()), tmp_path, limits=DEFAULT_LIMITS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evidence-1.png", "evidence-2.png"]
    with Image.open(tmp_path / "evidence-1.png") as first, Image.open(tmp_path / "evidence-2.png") as second:
        assert first.size == second.size
        assert first.tobytes() != second.tobytes()
