"""What clubs read: models that spread from commune to commune, and papers for whoever is new. All of it is invented."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from clubs.models import Club
from meetings.actions import introduce_model, keep_material, record_replication
from meetings.models import (
    Material,
    MaterialKind,
    Meeting,
    MeetingState,
    ModelSector,
    PolicyArea,
    ProductionModel,
    Replication,
)
from steering.models import Unit, UnitKind, User

# name, sector, đồng a household, how it is done, result, source, places that took it over
MODELS = (
    (
        "Nuôi dê sinh sản bằng lá vườn",
        ModelSector.LIVESTOCK,
        12_000_000,
        "Chuồng sàn cách mặt đất 60 cm, hai dê cái một hộ, ăn lá vườn và cỏ trồng bờ mương.\nTiêm phòng trước mùa mưa, giữ lại dê cái tơ để chuyển cho hộ sau.",
        "Sau 14 tháng mỗi hộ bán được 3 đến 4 dê thịt, còn lại đàn giống.",
        "Ngân hàng Chính sách xã hội, Trạm Khuyến nông",
        5,
    ),
    (
        "Gà thả vườn xen vườn dừa",
        ModelSector.LIVESTOCK,
        8_500_000,
        "Thả 100 con một lứa dưới tán dừa, quây lưới 200 m², hai lứa một năm.",
        "Lãi khoảng 3 triệu đồng một lứa.",
        "Hội Phụ nữ huyện",
        4,
    ),
    (
        "Trồng bưởi da xanh trên đất vườn tạp",
        ModelSector.CROPS,
        25_000_000,
        "Lên mô cao 50 cm, trồng 40 cây trên 1.000 m², lấy rau màu ngắn ngày nuôi cây trong hai năm đầu.",
        "Năm thứ tư thu khoảng 40 triệu đồng một công.",
        "Quỹ hỗ trợ nông dân",
        3,
    ),
    (
        "Rau màu nhà lưới mùa hạn mặn",
        ModelSector.CROPS,
        15_000_000,
        "Nhà lưới 150 m², tưới nhỏ giọt từ túi nước trữ trong mùa mưa.",
        "",
        "Dự án thích ứng biến đổi khí hậu",
        2,
    ),
    (
        "Tôm càng xanh xen mương dừa",
        ModelSector.AQUACULTURE,
        18_000_000,
        "Thả 5 con một mét vuông mương, cho ăn thêm ốc, dừa; tỉa tôm lớn từ tháng thứ sáu.",
        "Mỗi mương 500 m² thu khoảng 90 kg.",
        "Trạm Khuyến nông",
        2,
    ),
    (
        "Tổ đan giỏ cọng dừa",
        ModelSector.CRAFT,
        1_200_000,
        "Mười hộ một tổ, cơ sở đầu mối giao mẫu và nhận hàng tại nhà.",
        "Người già, người nuôi con nhỏ có thêm 60 đến 90 nghìn đồng một ngày.",
        "Cơ sở chỉ xơ dừa trong xã",
        4,
    ),
    (
        "Bếp chung nấu ăn sáng tại chợ ấp",
        ModelSector.SERVICE,
        None,
        "Ba hộ góp vốn, thay phiên đứng quầy; tổ trưởng giữ sổ thu chi, chia lãi mỗi tuần.",
        "",
        "",
        1,
    ),
    (
        "Nuôi cua biển trong ao rừng",
        ModelSector.AQUACULTURE,
        20_000_000,
        "Thả thưa, giữ cây rừng trong ao, thay nước theo con nước rằm.",
        "",
        "Hội Nông dân",
        0,
    ),
)

# kind, area, title, summary, link, whether it is read first
MATERIALS = (
    (
        MaterialKind.GUIDE,
        "",
        "Sổ tay người mới làm công tác giảm nghèo",
        "Câu lạc bộ là gì, ai thành lập, ai quản lý; một kỳ sinh hoạt chuẩn bị những gì; báo cáo tháng gồm những số nào.",
        "",
        True,
    ),
    (
        MaterialKind.GUIDE,
        "",
        "Cách ghi điểm danh, biên bản và kiến nghị của kỳ sinh hoạt",
        "Điểm danh theo ngoại lệ, ghi biên bản ngay trong ngày, kiến nghị có nơi nhận và hạn trả lời.",
        "",
        True,
    ),
    (
        MaterialKind.POLICY,
        PolicyArea.CREDIT,
        "Cho vay hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo qua Ngân hàng Chính sách xã hội",
        "Đối tượng, mức vay, thời hạn và hồ sơ qua tổ tiết kiệm và vay vốn. Mức vay đổi theo từng thời kỳ: hỏi phòng giao dịch trước khi phổ biến.",
        "https://vbsp.org.vn/",
        True,
    ),
    (
        MaterialKind.POLICY,
        PolicyArea.HEALTH,
        "Bảo hiểm y tế cho người nghèo, người cận nghèo",
        "Ai được cấp thẻ, ai được hỗ trợ mức đóng, cấp lại thẻ ở đâu.",
        "https://vss.gov.vn/",
        False,
    ),
    (
        MaterialKind.POLICY,
        PolicyArea.EDUCATION,
        "Miễn, giảm học phí và hỗ trợ chi phí học tập",
        "Học sinh, sinh viên con hộ nghèo, cận nghèo; hồ sơ nộp tại trường vào đầu năm học.",
        "",
        False,
    ),
    (
        MaterialKind.GUIDE,
        PolicyArea.HOUSING,
        "Hồ sơ xóa nhà tạm, nhà dột nát",
        "Mẫu đơn, biên bản họp ấp, ảnh hiện trạng; xã tổng hợp gửi huyện.",
        "",
        False,
    ),
)


def fill_library(province: Unit, clubs: list[Club], random: Random, by: User) -> None:
    """Most models come from a meeting that was held; communes take them over from two weeks later on."""
    today = timezone.localdate()
    communes = list(Unit.objects.under(province).filter(kind=UnitKind.COMMUNE).order_by("path"))
    held = Meeting.objects.filter(club__in=clubs, state=MeetingState.HELD).select_related("host")
    meetings = list(held.order_by("starts_at", "pk"))
    for number, (name, sector, cost, description, result, source, places) in enumerate(MODELS):
        meeting = meetings[len(meetings) * number // (2 * len(MODELS))] if number < 6 else None
        model = ProductionModel(
            name=name,
            sector=sector,
            unit=meeting.host if meeting else random.choice(communes),
            description=description,
            cost=cost,
            result=result,
            source=source,
            meeting=meeting,
            introduced_on=meeting.day if meeting else today - timedelta(days=40 * (number - 4)),
        )
        introduce_model(model=model, by=by)
        for place in random.sample(communes, places):
            started_on = min(model.introduced_on + timedelta(days=random.randint(14, 150)), today)
            row = Replication(model=model, unit=place, started_on=started_on, households=random.randint(3, 20))
            record_replication(replication=row, by=by)
    day = today.replace(year=today.year - 1, month=1, day=1)
    for kind, area, title, summary, link, is_first in MATERIALS:
        facts = {"title": title, "summary": summary, "link": link, "is_first_reading": is_first, "valid_from": day}
        keep_material(material=Material(kind=kind, area=area, unit=province, **facts), by=by)
