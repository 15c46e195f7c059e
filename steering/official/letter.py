"""The form of an official document (domain 3), built as a Word file whose words in {{ … }} are filled in later."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
CENTER, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY
BODY, SMALL, HEAD, SMALLEST = 14, 13, 12, 11  # points
MARGINS = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 15}  # mm
LEFT_COLUMN, RIGHT_COLUMN = 65, 100  # mm, together what the margins of A4 leave


class Letter:
    """One document, from its head down. Every method adds the next part; `save` gives the file."""

    def __init__(self, *, is_landscape: bool = False) -> None:
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        if is_landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
        for margin, size in MARGINS.items():
            setattr(section, margin, Mm(size))
        section.header_distance = Mm(10)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(BODY)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(0)
        number_pages(section)

    # Head

    def head(self, *, parent: str, issuer: str, number: str = "", place_and_date: str = "") -> None:
        """Issuing body on the left, nation and motto on the right; below, the number and the place with the date.

        A record of a meeting has no place and date there: it says so in its text.
        """
        table = self.columns(LEFT_COLUMN, RIGHT_COLUMN)
        left, right = table.rows[0].cells
        if parent:
            line(left, parent, size=HEAD)
        line(left, issuer, size=HEAD, is_bold=True)
        rule(left, margin=22)
        line(right, NATION, size=HEAD, is_bold=True)
        line(right, MOTTO, size=SMALL, is_bold=True)
        rule(right, margin=19)
        if number or place_and_date:
            left, right = table.add_row().cells
            line(left, number, size=SMALL, space_before=6)
            line(right, place_and_date, size=SMALL, is_italic=True, space_before=6)

    def title(self, name: str, subject: str = "") -> None:
        """The kind of document in bold capitals, what it is about in bold, the short line."""
        line(self.document, name, is_bold=True, space_before=12)
        if subject:
            line(self.document, subject, is_bold=True)
        rule(self.document, margin=60)

    def remark(self, text: str) -> None:
        """A line about the document itself, in italics under its title."""
        line(self.document, text, is_italic=True, space_before=3)

    # Body

    def heading(self, text: str) -> None:
        """Who decides, and that they do, in bold in the middle."""
        line(self.document, text, is_bold=True, space_before=6).paragraph_format.space_after = Pt(6)

    def article(self, number: str, text: str) -> None:
        """ "Điều 1." in bold, then what it says."""
        run = self.text(number, is_bold=True).add_run(f" {text}")
        run.font.size, run.bold = Pt(BODY), False

    def ground(self, text: str) -> None:
        """A "Căn cứ" line; the caller ends it with ";" and the last one with "."."""
        self.text(text, is_italic=True)

    def text(self, text: str, *, is_bold: bool = False, is_italic: bool = False, indent: float = 12.7) -> Any:
        """A paragraph: justified, first line indented (mm), room above and below."""
        paragraph = line(self.document, text, is_bold=is_bold, is_italic=is_italic, align=JUSTIFY)
        shape = paragraph.paragraph_format
        shape.first_line_indent, shape.space_before, shape.space_after = Mm(indent), Pt(3), Pt(3)
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
        return paragraph

    def control(self, tag: str) -> None:
        """A paragraph that only steers what is filled in: "{%p for … %}"."""
        line(self.document, tag)

    def table(
        self,
        heads: Sequence[str],
        widths: Sequence[float],
        rows: Sequence[Sequence[str]],
        *,
        size: float = SMALL,
        has_numbers: bool = False,
    ) -> Any:
        """A ruled table; widths in mm, letters in points. Its head is repeated on each page.

        With `has_numbers`, all columns but the first stand right.
        """
        table = self.document.add_table(rows=0, cols=len(heads))
        table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for number, cells in enumerate([heads, *rows]):
            row = table.add_row()
            for place, (cell, width, words) in enumerate(zip(row.cells, widths, cells, strict=True)):
                cell.width = Mm(width)
                align = CENTER if number == 0 else RIGHT if has_numbers and place else LEFT
                line(cell, words, size=size, is_bold=number == 0, align=align)
        mark(table.rows[0], "w:tblHeader")
        return table

    def tall(self, table: Any) -> None:
        """Rows high enough to sign in."""
        for row in table.rows[1:]:
            row.height = Mm(9)

    def new_page(self) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def new_letter(self) -> None:
        """What follows is a letter of its own: another page, with the numbers of its pages beginning anew."""
        section = deepcopy(self.document.sections[-1]._sectPr)
        self.document.add_paragraph()._p.get_or_add_pPr().append(section)

    # Foot

    def close(self, *, recipients: Sequence[str], signature: Sequence[str], signer: str) -> None:
        """Who gets it on the left; on the right in whose name it is signed, the office, and room for the signature."""
        left, right = self.last_columns(80, 85)
        list_recipients(left, recipients)
        sign(right, signature, signer)

    def two_signatures(self, left: tuple[Sequence[str], str], right: tuple[Sequence[str], str]) -> None:
        """Side by side, each as (lines above, name): on minutes the secretary stands left, the chair right."""
        for cell, (above, name) in zip(self.last_columns(82, 83), (left, right), strict=True):
            sign(cell, above, name)

    def recipients(self, recipients: Sequence[str]) -> None:
        """Who gets it, below signatures that fill both columns."""
        list_recipients(self.document, recipients, space_before=12)

    def last_columns(self, left: float, right: float) -> Any:
        """The cells of a row that stays on one page, together with the last words before it."""
        for paragraph in self.document.paragraphs[-1:]:
            paragraph.paragraph_format.keep_with_next = True
        row = self.columns(left, right).rows[0]
        mark(row, "w:cantSplit")
        return row.cells

    def columns(self, left: float, right: float) -> Any:
        """A table without lines, of two columns (mm)."""
        table = self.document.add_table(rows=1, cols=2)
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(table.columns, (left, right), strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
        return table

    def save(self) -> bytes:
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()


def line(
    parent: Any,
    text: str,
    *,
    size: float = BODY,
    is_bold: bool = False,
    is_italic: bool = False,
    align: Any = CENTER,
    space_before: float = 0,
) -> Any:
    """A paragraph in `parent`, a document or a cell; the empty one that a new cell begins with is used first."""
    first = getattr(parent, "paragraphs", [])[:1] if hasattr(parent, "vertical_alignment") else []
    paragraph = first[0] if first and not first[0].text and not first[0].runs else parent.add_paragraph()
    paragraph.alignment, paragraph.paragraph_format.space_before = align, Pt(space_before)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), is_bold, is_italic
    return paragraph


def list_recipients(parent: Any, recipients: Sequence[str], space_before: float = 0) -> None:
    """All of them on one page."""
    head = line(parent, "Nơi nhận:", size=HEAD, is_bold=True, is_italic=True, align=LEFT, space_before=space_before)
    rows = [head, *(line(parent, words, size=SMALLEST, align=LEFT) for words in recipients)]
    for paragraph in rows[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def sign(cell: Any, above: Sequence[str], name: str) -> None:
    for words in above:
        line(cell, words, is_bold=True)
    for _ in range(4):
        line(cell, "")
    line(cell, name, is_bold=True)


def rule(parent: Any, *, margin: float) -> None:
    """A solid line of its own, `margin` mm from either side of its column."""
    paragraph = line(parent, "", size=2)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(margin)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def mark(row: Any, name: str) -> None:
    """Set a property of a table's row: "w:tblHeader" prints it on each page, "w:cantSplit" keeps it on one."""
    switch = OxmlElement(name)
    switch.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(switch)


def number_pages(section: Any) -> None:
    """The page's number in the middle of the top margin, from the second page of the section on."""
    section.different_first_page_header_footer = True
    first = OxmlElement("w:pgNumType")
    first.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(first, "w:cols", "w:titlePg", "w:docGrid")
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTER
    run = paragraph.add_run()
    run.font.size = Pt(SMALL)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:instrText" if words else "w:fldChar")
        if words:
            part.text = words
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
