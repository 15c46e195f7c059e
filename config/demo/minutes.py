"""What was on the agenda and what was said there: invented, and enough to read and print."""

from datetime import time

from django.utils import timezone

from meetings.actions import agree_minutes, correct_minutes, save_minutes, set_agenda
from meetings.minutes import entry_of, presiding
from meetings.models import AgendaTemplate, Meeting, PolicyArea
from steering.actions import save_checked
from steering.models import Unit, User

# area: title, who presents, minutes, what was said
TOPICS = {
    PolicyArea.CREDIT: (
        "Hướng dẫn vay vốn hộ cận nghèo",
        "Ngân hàng Chính sách xã hội",
        30,
        "Hồ sơ nộp tại tổ tiết kiệm và vay vốn, trả lời trong 10 ngày.\nThành viên hỏi về vay lại khi khoản cũ chưa trả hết.",
    ),
    PolicyArea.HOUSING: (
        "Rà soát hộ cần hỗ trợ nhà ở",
        "Công chức Văn hóa - Xã hội",
        25,
        "Mỗi ấp lập danh sách, công khai 7 ngày tại nhà văn hóa trước khi gửi xã.",
    ),
    PolicyArea.TRAINING_AND_JOBS: (
        "Mở lớp dạy nghề, giới thiệu việc làm",
        "Trung tâm Dịch vụ việc làm",
        30,
        "Lớp đan lục bình mở đủ 25 người. Hai công ty nhận lao động làm tại chỗ.",
    ),
    PolicyArea.HEALTH: (
        "Cấp thẻ bảo hiểm y tế",
        "Trạm Y tế",
        20,
        "Thẻ hết hạn trong quý được đổi tại trạm, không phải nộp lại hồ sơ.",
    ),
    PolicyArea.EDUCATION: ("Miễn giảm học phí", "Trường tiểu học", 20, "Đơn nộp đầu học kỳ; nhà trường giúp điền mẫu."),
    PolicyArea.SOCIAL_PROTECTION: (
        "Trợ cấp hằng tháng",
        "Công chức Văn hóa - Xã hội",
        20,
        "Chi trả qua bưu điện ngày 10 hằng tháng; người đi lại khó được phát tại nhà.",
    ),
    PolicyArea.CLEAN_WATER: (
        "Nước sạch mùa hạn mặn",
        "Nhà máy nước",
        25,
        "Thống nhất điểm phát nước theo tổ, lịch dán ở trụ sở ấp.",
    ),
    PolicyArea.LIVELIHOOD: (
        "Mô hình nuôi dê, trồng bưởi da xanh",
        "Hội Nông dân",
        40,
        "Ba hộ đã làm kể cách chăm sóc; câu lạc bộ hẹn kỳ sau đi xem tại vườn.",
    ),
}
STRENGTHS = "Thành viên dự đông, nhiều ý kiến.\nCác ngành trả lời ngay tại chỗ."
LIMITS = "Còn hộ chưa nắm thủ tục.\nMột số việc phải chờ cấp trên trả lời."
CONCLUSIONS = "Thống nhất các nội dung đã bàn.\nMỗi tổ cử một người theo dõi, báo lại kỳ sau."


def keep_template(province: Unit, by: User) -> None:
    """The agenda that the province recommends."""
    template = save_checked(AgendaTemplate(unit=province, name="Kỳ sinh hoạt thường lệ"), by=by)
    template.items.create(place=1, title="Điểm việc đã làm từ kỳ trước", minutes=15)
    for place, area in enumerate((PolicyArea.CREDIT, PolicyArea.HEALTH, PolicyArea.LIVELIHOOD), 2):
        template.items.create(place=place, area=area, title=TOPICS[area][0], minutes=TOPICS[area][2])


def put_on_agenda(meeting: Meeting, areas: list[str], by: User) -> None:
    items = [(area, *TOPICS[PolicyArea(area)][:3]) for area in areas]
    set_agenda(meeting=meeting, items=items, by=by)


def write_minutes(meeting: Meeting, by: User) -> None:
    """Most are agreed; some wait, some are a draft, some were corrected."""
    kind = meeting.pk % 8
    if kind == 0:
        return
    items = [entry_of(item) for item in meeting.agenda.all()]
    for item in items:
        item["said"] = TOPICS[PolicyArea(item["area"])][3] if item["area"] else "Ghi nhận, chờ trả lời."
    text = {"items": items, "strengths": STRENGTHS, "limits": LIMITS, "conclusions": CONCLUSIONS}
    people = {"chair": presiding(meeting) or "Trần Thị Thanh Tuyền", "secretary": "Lê Thị Ngọc Giàu"}
    started_at = timezone.localtime(meeting.starts_at).time()
    hours = {"started_at": started_at, "ended_at": time(started_at.hour + 2, 30)}
    save_minutes(meeting=meeting, by=by, **text, **people, **hours)
    if kind == 1:
        return
    agree_minutes(meeting=meeting, by=by)
    if kind == 2:
        correct_minutes(meeting=meeting, reason="Ghi thiếu một ý kiến", by=by)
        save_minutes(meeting=meeting, limits=f"{LIMITS}\nĐường vào ấp ngập khi triều cường.", by=by)
        agree_minutes(meeting=meeting, by=by)
