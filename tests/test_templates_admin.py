"""The province's own templates of documents, kept in the data entry."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from meetings.documents import SINGLE
from steering.actions.documents import template_of
from steering.models import DocumentTemplate
from tests.builders import World

ADD = "admin:steering_documenttemplate_add"


@pytest.fixture
def tinh(world: World, client: Client) -> Client:
    client.force_login(world.users["tinh"])
    return client


def template(text: str, name: str = "mau.docx") -> SimpleUploadedFile:
    file, out = Document(), BytesIO()
    file.add_paragraph(text)
    file.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def test_a_template_takes_the_place_of_ours_and_a_second_one_its_own(tinh: Client) -> None:
    for name in ("mot.docx", "hai.docx"):
        answer = tinh.post(reverse(ADD), {"kind": "giay-moi", "file": template("Mời {{ club }}", name)})
        assert answer.status_code == 302, answer.context["errors"]
    own = DocumentTemplate.objects.get()
    assert own.file_name == "hai.docx"
    assert (
        tinh.post(reverse("admin:steering_documenttemplate_delete", args=[own.pk]), {"post": "yes"}).status_code == 302
    )
    assert template_of(SINGLE) == SINGLE.build()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (template("Mời {{ ten_khac }}"), "Mẫu dùng tên “ten_khac” mà hệ thống không có. Sửa lại tên trong mẫu."),
        (template("Mời", "mau.pdf"), "Tệp này không phải .docx. Lưu lại bằng Word ở dạng .docx rồi nạp lại."),
    ],
)
def test_a_broken_template_is_refused_beside_the_file(tinh: Client, file: SimpleUploadedFile, sentence: str) -> None:
    answer = tinh.post(reverse(ADD), {"kind": "giay-moi", "file": file})
    assert answer.context["adminform"].form.errors == {"file": [sentence]}
    assert not DocumentTemplate.objects.exists()


def test_the_template_in_use_can_be_taken_away_to_be_edited(tinh: Client) -> None:
    answer = tinh.get(reverse("admin:steering_documenttemplate_current", args=["giay-moi"]))
    assert "GIẤY MỜI" in [p.text for p in Document(BytesIO(answer.content)).paragraphs]
    assert tinh.get(reverse("admin:steering_documenttemplate_current", args=["hoa-don"])).status_code == 404
