from __future__ import annotations

from ocr.hocr import parse_hocr

PAGE = """<div class='ocr_page'><div class='ocr_carea'><p class='ocr_par'><span class='ocr_line'>
<span class='ocrx_word' title='bbox 10 20 90 60; x_wconf 91'>15\u20445\u20442019</span>
<span class='ocrx_word' title='bbox 100 20 190 60; x_wconf 45'>(b\u2044c);</span>
<span class='ocrx_word' title='bbox 200 20 210 60; x_wconf 10'> </span>
</span></p></div></div>"""


def test_a_fraction_slash_is_a_slash():
    words = parse_hocr(PAGE.encode(), "tesseract-vie")
    assert [(word.text, word.confidence) for word in words] == [("15/5/2019", 0.91), ("(b/c);", 0.45)]
    assert [(word.x0, word.y1) for word in words] == [(10, 60), (100, 60)]
