"""Charts drawn on the server: what stands where, what is said of them, and that no text of theirs becomes markup."""

from xml.etree import ElementTree

import pytest

from reports.chart import DUE, HATCH, HELD, NONE, SOFT, Column, Row, columns, key, rows
from reports.figures import MeetingFigures
from reports.pictures import trend_picture
from steering.periods import PeriodKind, ReportingCalendar

MEAN = """<b>"Xã" & 'Ấp'</b>"""


def parsed(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing


def blocks(drawing: str) -> list[tuple[str, ...]]:
    """Look, left edge, width, upper edge and height of each block."""
    found = [rect for rect in parsed(drawing).findall("rect") if rect.get("class") != "track"]
    return [
        (rect.get("class") or rect.attrib["fill"], *(rect.attrib[name] for name in ("x", "width", "y", "height")))
        for rect in found
    ]


def words(drawing: str) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(drawing).findall("text")]


# Columns


def test_blocks_stand_on_one_another_and_columns_share_the_height() -> None:
    found = columns(
        "c", "", [Column("9", [(HELD, 30), (NONE, 0), (HATCH, 10)], above="30", below="−10"), Column("10", [])]
    )
    assert blocks(found) == [
        ("bar-held", "8.25%", "33.5%", "63.5", "106.5"),
        ("url(#c-hatch)", "8.25%", "33.5%", "28.0", "35.5"),
    ]
    assert words(found) == ["30", "9", "−10", "10"]
    above = parsed(found).findall("text")[0]
    assert (above.get("x"), above.get("y"), above.get("class")) == ("25.0%", "22.0", "value")


def test_one_meeting_is_never_taller_than_a_hand() -> None:
    assert blocks(columns("c", "", [Column("9", [(HELD, 1)])])) == [("bar-held", "16.5%", "67.0%", "122.0", "48.0")]
    assert blocks(columns("c", "", [])) == []


# Rows


def test_bars_lie_below_one_another_each_under_its_name() -> None:
    found = rows(
        "r",
        "",
        [
            Row("Huyện Ba Tri", [(HELD, 0.5), (NONE, 0.25), (DUE, 0.25)], "50 %", "2/4"),
            Row("Huyện Chợ Lách", [(HATCH, 1.0)], "0 %", "0/1", "−1"),
        ],
    )
    assert parsed(found).get("height") == "92"
    assert blocks(found) == [
        ("bar-held", "0.0%", "42.0%", "23", "14"),
        ("bar-none", "42.0%", "21.0%", "23", "14"),
        ("bar-due", "63.0%", "21.0%", "23", "14"),
        ("url(#r-hatch)", "0.0%", "84.0%", "69", "14"),
    ]
    assert words(found) == ["Huyện Ba Tri", "2/4", "50 %", "Huyện Chợ Lách", "0/1−1", "0 %"]


def test_a_long_name_leaves_room_for_the_numbers_and_is_cut_between_words() -> None:
    name = "Tổ nhân dân tự quản số 10, ấp Mỹ Đức"
    found = words(rows("r", "", [Row(name, [], "0 %"), Row(name, [], "0 %", "120/140", "−20")]))
    assert found == [name, "0 %", "Tổ nhân dân tự quản số 10, ấp…", "120/140−20", "0 %"]


# Every drawing


@pytest.mark.parametrize(
    "drawing",
    [
        columns("c", MEAN, [Column(MEAN, [(HELD, 1), (HATCH, 1)], above=MEAN, below=MEAN)]),
        rows("r", MEAN, [Row(MEAN, [(SOFT, 0.5), (HATCH, 0.5)], MEAN, MEAN, MEAN)]),
    ],
)
def test_text_stays_text_and_nothing_needs_more_than_the_style_sheet(drawing: str) -> None:
    found = parsed(drawing)
    assert (found.tag, found.get("role"), found.get("aria-label")) == ("svg", "img", MEAN)
    assert {element.tag for element in found.iter()} <= {"svg", "pattern", "rect", "line", "text", "tspan"}
    names = {name for element in found.iter() for name in element.attrib}
    assert not {name for name in names if name == "style" or name.startswith("on")}
    assert (found.get("width"), found.get("viewBox")) == ("100%", None)  # words keep their size


def test_a_hatch_is_there_where_it_is_used_and_its_name_is_the_drawings_own() -> None:
    assert 'id="' not in rows("a", "", [Row("Y tế", [(HELD, 1), (HATCH, 0)], "1")])
    for drawing in (rows("a", "", [Row("Y tế", [(HATCH, 1)], "1")]), key("a", HATCH)):
        assert ('id="a-hatch"' in drawing, "url(#a-hatch)" in drawing) == (True, True)


def test_a_key_is_decoration() -> None:
    assert parsed(key("a", HELD)).get("aria-hidden") == "true"


# The trend


def test_the_trend_says_what_it_shows_and_draws_nothing_of_nothing() -> None:
    calendar = ReportingCalendar()
    months = [calendar.period(PeriodKind.MONTH, 2026, index) for index in (9, 10)]
    none = MeetingFigures(0, 0, 0, 0, 0)
    picture = trend_picture([(months[0], none), (months[1], MeetingFigures(1200, 1100, 40, 60, 0))])
    (drawing,) = picture.drawings
    assert words(drawing) == ["9", "1.100", "10", "−60"]
    assert parsed(drawing).get("aria-label") == (
        "Đã họp 1.100 trên 1.200 kỳ sinh hoạt phải họp, thiếu 60,"
        " từ tháng 09/2026 đến tháng 10/2026; số liệu ở bảng bên dưới"
    )
    assert [word for _key, word in picture.keys] == [
        "đã họp",
        "không họp, có lý do",
        "thiếu (số đỏ có dấu trừ)",
        "chưa đến ngày",
    ]
    empty = trend_picture([(month, none) for month in months])
    assert (empty.drawings, empty.nothing) == (
        (),
        "Từ tháng 09/2026 đến tháng 10/2026 không có kỳ sinh hoạt nào phải họp.",
    )
