"""The tool that keeps the translations whole, and the switch to English."""

from pathlib import Path

import pytest

from config.messages import ENGLISH, problems, update

HEADER = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


class Project:
    """A project in a folder of its own, with one app, one template and an English catalogue."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("app/apps.py", "")
        self.catalogue()

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def python(self, text: str) -> None:
        self.write("app/views.py", f"from django.utils.translation import gettext as _\n{text}\n")

    def template(self, text: str) -> None:
        self.write("templates/page.html", text)

    def catalogue(self, text: str = "") -> None:
        self.write(ENGLISH, HEADER + text)

    def problems(self) -> list[str]:
        return problems(self.root)

    def missing(self) -> list[str]:
        """The messages of the sources, all of them unknown to the empty catalogue."""
        return [line.split(": missing: ")[1] for line in self.problems()]

    def updated(self) -> str:
        update(self.root)
        return (self.root / ENGLISH).read_text(encoding="utf-8").split("\n\n", 1)[1]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


# The sources


def test_a_string_without_a_translation_is_named_with_its_place(project: Project) -> None:
    project.python('\nsaved = _("Đã lưu.")')
    assert project.problems() == ["app/views.py:3: missing: Đã lưu."]


def test_a_string_of_a_template_is_named_with_its_place(project: Project) -> None:
    project.template('<h1>\n  {% translate "Trang chủ" %}\n</h1>\n')
    assert project.problems() == ["templates/page.html:2: missing: Trang chủ"]


@pytest.mark.parametrize(
    "call",
    [
        'gettext_lazy("Lưu")',
        'ngettext("Lưu", "Lưu", n)',
        'pgettext("nút", "Lưu")',
        'npgettext_lazy("nút", "Lưu", "Lưu", n)',
    ],
)
def test_every_way_to_translate_in_python_is_read(project: Project, call: str) -> None:
    project.python(call)
    assert project.missing() == ["Lưu"]


def test_a_function_imported_under_another_name_is_read(project: Project) -> None:
    project.write("app/forms.py", 'from django.utils.translation import gettext_lazy as later\nlater("Lưu")\n')
    assert project.missing() == ["Lưu"]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ('{% translate "Lưu" as word %}{{ word }}', "Lưu"),
        ("<a title=\"{% translate 'Lưu' context 'nút' %}\">", "Lưu"),
        ('{{ name|default:_("Chưa có") }}', "Chưa có"),
        ('{% include "row.html" with name=_("Cộng") %}', "Cộng"),
        ("{% blocktranslate %}Chào {{ name }}{% endblocktranslate %}", "Chào %(name)s"),
        ("{% blocktranslate trimmed %}\n    Một dòng\n  hai dòng\n{% endblocktranslate %}", "Một dòng hai dòng"),
        ("{% blocktranslate context 'nút' %}Lưu{% endblocktranslate %}", "Lưu"),
        ("{% blocktranslate count n=n %}{{ n }} kỳ{% plural %}{{ n }} kỳ{% endblocktranslate %}", "%(n)s kỳ"),
        ("{% blocktranslate %}Đạt 50%{% endblocktranslate %}", "Đạt 50%%"),
    ],
)
def test_every_way_to_translate_in_a_template_is_read(project: Project, template: str, message: str) -> None:
    project.template(template)
    assert project.missing() == [message]


def test_neither_indentation_nor_text_of_a_template_hides_its_strings(project: Project) -> None:
    project.template(
        "      {# ghi chú (\" #}\n  it's 'quoted (\n        {% if a %}\n    “{% translate 'Một' %}”\n"
        "   {% endif %}\t{{ b }}\n\n                {% translate \"Hai\" %}\\\n {% translate 'Ba' %} # )"
    )
    assert project.missing() == ["Một", "Hai", "Ba"]


# The catalogues


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('msgid "Có %(n)d kỳ"\nmsgstr ""', "empty: Có %(n)d kỳ"),
        ('#, fuzzy\nmsgid "Có %(n)d kỳ"\nmsgstr "%(n)d meetings"', "fuzzy: Có %(n)d kỳ"),
        ('msgid "Có %(n)d kỳ"\nmsgstr "%(m)d meetings"', "placeholders or tags differ: Có %(n)d kỳ"),
        ('msgid "Có %(n)d kỳ"\nmsgstr "Meetings"', "placeholders or tags differ: Có %(n)d kỳ"),
        ('msgid "Có %(n)d kỳ"\nmsgstr "<b>%(n)d</b> meetings"', "placeholders or tags differ: Có %(n)d kỳ"),
    ],
)
def test_an_unfinished_or_wrong_translation_is_named(project: Project, entry: str, problem: str) -> None:
    project.python('_("Có %(n)d kỳ")')
    project.catalogue(entry)
    line = 7 if entry.startswith("#") else 6
    assert project.problems() == [f"{ENGLISH}:{line}: {problem}"]


def test_a_complete_translation_passes(project: Project) -> None:
    project.python('_("Có %(n)d kỳ")\nngettext("{n} kỳ", "{n} kỳ", n)')
    project.catalogue(
        'msgid "Có %(n)d kỳ"\nmsgstr "Meetings: %(n)d"\n\n'
        'msgid "{n} kỳ"\nmsgid_plural "{n} kỳ"\nmsgstr[0] "{n} meeting"\nmsgstr[1] "{n} meetings"'
    )
    assert project.problems() == []


def test_one_missing_plural_form_is_named(project: Project) -> None:
    project.python('ngettext("{n} kỳ", "{n} kỳ", n)')
    project.catalogue('msgid "{n} kỳ"\nmsgid_plural "{n} kỳ"\nmsgstr[0] "{n} meeting"\nmsgstr[1] ""')
    assert project.problems() == [f"{ENGLISH}:6: empty: {{n}} kỳ"]


def test_a_translation_of_nothing_is_named(project: Project) -> None:
    project.catalogue('msgid "Cũ"\nmsgstr "Old"')
    assert project.problems() == [f"{ENGLISH}:6: obsolete: Cũ"]


def test_translations_of_libraries_need_no_place_in_the_sources_but_the_same_placeholders(project: Project) -> None:
    project.write("locale/vi/LC_MESSAGES/django.po", HEADER + 'msgid "Rows: {n}"\nmsgstr "Số dòng"\n')
    assert project.problems() == [
        "locale/vi/LC_MESSAGES/django.po:6: placeholders or tags differ: Rows: {n}",
    ]


def test_an_update_keeps_translations_adds_what_is_new_and_drops_what_is_gone(project: Project) -> None:
    project.python('_("Lưu")\n_("Sửa")')
    project.catalogue('msgid "Sửa"\nmsgstr "Change"\n\nmsgid "Cũ"\nmsgstr "Old"\n\n#~ msgid "Xưa"\n#~ msgstr "Older"\n')
    expected = '#: app/views.py\nmsgid "Lưu"\nmsgstr ""\n\n#: app/views.py\nmsgid "Sửa"\nmsgstr "Change"\n'
    assert project.updated().strip() == expected.strip()
    assert project.updated().strip() == expected.strip()
