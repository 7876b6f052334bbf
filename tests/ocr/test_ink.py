from __future__ import annotations

import numpy as np

from ocr.ink import separate_inks
from tests.ocr.drawn_pages import BLACK, BLUE, LINES, RED, draw, text_page, with_seal


def dark(layer, threshold=128):
    return layer < threshold


def test_black_print_under_a_seal_is_whole_and_the_seal_is_gone():
    plain = text_page()
    sealed = with_seal(plain, (700, 600), 330)
    inks = separate_inks(sealed)
    ring = (sealed[:, :, 0] > 150) & (sealed[:, :, 1] < 100)
    assert ring.sum() > 5_000
    assert np.mean(inks.black[ring] > 230) > 0.99  # what remains are edges of letters that the ring crosses
    print_before, print_after = dark(plain[:, :, 0]), dark(inks.black)
    assert print_after[print_before].mean() > 0.98
    assert not (print_after & ~print_before).any()


def test_red_alone_holds_the_seal_and_no_black():
    plain = text_page()
    inks = separate_inks(with_seal(plain, (700, 600), 330))
    assert inks.red is not None
    assert inks.red[600, 700 - 330 + 2] < 60
    assert not dark(inks.red)[dark(plain[:, :, 0])].any()
    assert inks.blue is None


def test_blue_is_a_layer_of_its_own():
    page = draw([(180, 300, LINES[0], BLACK), (180, 600, "GIÁM ĐỐC", BLUE), (180, 900, "KHẨN", RED)])
    inks = separate_inks(page)
    assert inks.blue is not None
    assert inks.red is not None
    assert dark(inks.blue)[590:690].any()
    assert not dark(inks.blue)[:590].any()
    assert not dark(inks.blue)[690:].any()
    assert dark(inks.red)[890:990].any()
    assert not dark(inks.black)[590:].any()
    assert dark(inks.black)[290:390].any()


def test_a_page_printed_in_blue_is_read_as_the_page():
    page = draw([(180, 220 + 95 * i, line, BLUE) for i, line in enumerate(LINES)])
    inks = separate_inks(page)
    assert inks.blue is None
    assert dark(inks.black).sum() > 0.9 * dark(page[:, :, 0]).sum()


def test_coloured_fringes_of_black_letters_are_no_colour():
    page = text_page()
    fringed = np.stack([np.roll(page[:, :, 0], 1, axis=1), page[:, :, 1], np.roll(page[:, :, 2], -1, axis=1)], axis=2)
    inks = separate_inks(fringed)
    assert inks.red is None
    assert inks.blue is None


def test_a_gray_page_has_no_colours():
    inks = separate_inks(text_page())
    assert (inks.red, inks.blue) == (None, None)
    assert np.array_equal(dark(inks.black), dark(text_page()[:, :, 0]))
