"""What members asked for at the meetings of the last half year: settled, answered, waiting, and left too long."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from meetings.actions import answer_opinion, close_opinion, raise_opinion
from meetings.models import Meeting, MeetingState, PolicyArea
from steering.models import User

ASKED = (
    (
        PolicyArea.CREDIT,
        "Nâng mức vay cho hộ mới thoát nghèo để mua thêm con giống",
        "Đã đưa vào kế hoạch vốn quý tới.",
    ),
    (
        PolicyArea.HOUSING,
        "Khảo sát lại nhà ở xuống cấp trước mùa mưa",
        "Tổ khảo sát đi trong tháng, báo kết quả tại kỳ sau.",
    ),
    (PolicyArea.TRAINING_AND_JOBS, "Mở lớp nghề đan lát tại ấp thay vì ở huyện", "Lớp 25 người mở tại nhà văn hóa ấp."),
    (PolicyArea.HEALTH, "Thẻ bảo hiểm y tế cấp chậm, đề nghị rà soát danh sách", "Đã rà soát, cấp bổ sung trong tuần."),
    (
        PolicyArea.CLEAN_WATER,
        "Kéo ống nước sạch đến cuối tuyến lộ mới",
        "Trạm cấp nước khảo sát xong, thi công tháng tới.",
    ),
    (
        PolicyArea.LIVELIHOOD,
        "Nhờ cán bộ kỹ thuật xuống xem vườn bưởi bị bệnh",
        "Cán bộ khuyến nông đã xuống hướng dẫn.",
    ),
    ("", "Thông báo lịch họp sớm hơn để sắp xếp việc nhà", "Từ kỳ sau mời trước 7 ngày."),
)
EVERY = 9  # how many meetings bring one
DAYS = 180


def raise_opinions(random: Random, by: User) -> None:
    """Of the old ones most are settled; one in six waits longer than it should."""
    since = timezone.now() - timedelta(days=DAYS)
    met = Meeting.objects.filter(state=MeetingState.HELD, starts_at__gte=since).order_by("pk")
    for number, meeting in enumerate(met[::EVERY]):
        area, text, answer = ASKED[number % len(ASKED)]
        opinion = raise_opinion(meeting=meeting, text=text, area=area, to_above=number % 4 == 3, by=by)
        answered_on = meeting.day + timedelta(days=random.randint(5, 28))
        if number % 6 == 0 or answered_on > timezone.localdate():
            continue
        answer_opinion(opinion=opinion, answer=answer, answered_on=answered_on, by=by)
        closed_on = answered_on + timedelta(days=20)
        if number % 5 and closed_on <= timezone.localdate():
            close_opinion(opinion=opinion, on=closed_on, by=by)
