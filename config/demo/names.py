"""Invented people. Every name is put together from common parts; any likeness is chance."""

from random import Random

FAMILY = "Nguyễn Trần Lê Phạm Huỳnh Võ Phan Trương Bùi Đặng Đỗ Ngô Hồ Dương Lý Mai Đoàn Tạ".split()
MIDDLE = {"m": "Văn Hữu Minh Quốc Thanh Hoàng Công Tấn".split(), "f": "Thị Ngọc Kim Thanh Mỹ Hồng Bích Thúy".split()}
GIVEN = {
    "m": "An Bình Cường Dũng Đạt Giang Hải Hậu Khánh Lâm Long Lộc Nghĩa Phong Phúc Quang Sơn Tài Thắng Trung Tuấn Vinh".split(),
    "f": "Ánh Bé Chi Diệu Đào Hạnh Hoa Hương Lan Liên Loan Lụa Mai Nga Nhung Phượng Quyên Thảo Thu Trang Tuyết Yến".split(),
}
HAMLETS = "Phước Hậu|Tân Lợi|Bình An|Mỹ Đức|Thạnh Hưng|Long Hòa|An Thuận|Phú Thạnh|Hòa Bình|Tân Thạnh|Giồng Dài|Rạch Vong".split(
    "|"
)
COLLECTIVES = "Hội Phụ nữ|Hội Nông dân|Đoàn Thanh niên|Hội Cựu chiến binh|Quỹ tín dụng".split("|")
JOBS = {
    "agency": ("Công chức lao động - xã hội", "Công chức tư pháp", "Trạm y tế", "Hiệu trưởng trường tiểu học"),
    "union": ("Mặt trận Tổ quốc", "Hội Phụ nữ", "Hội Nông dân", "Đoàn Thanh niên", "Hội Cựu chiến binh"),
    "bank": ("Ngân hàng Chính sách xã hội",),
    "business": ("Chủ cơ sở chỉ xơ dừa", "Chủ vựa trái cây", "Chủ trại giống"),
    "donor": ("Nhà hảo tâm",),
    "hamlet": ("Trưởng ấp", "Tổ trưởng tổ NDTQ", "Chi hội trưởng"),
    "poor": ("Làm vườn", "Làm thuê", "Chăn nuôi"),
}


def someone(random: Random) -> tuple[str, str]:
    """A full name and a sex, "f" or "m"."""
    sex = random.choice("fm")
    return f"{random.choice(FAMILY)} {random.choice(MIDDLE[sex])} {random.choice(GIVEN[sex])}", sex
