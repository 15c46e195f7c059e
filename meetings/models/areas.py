"""The areas of policy that meetings, opinions and materials are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PolicyArea(models.TextChoices):
    """R13 and domain 5; values are keys of the monthly report."""

    CREDIT = "credit", _("Vay vốn")
    HOUSING = "housing", _("Nhà ở")
    TRAINING_AND_JOBS = "training_and_jobs", _("Dạy nghề, giới thiệu việc làm")
    HEALTH = "health", _("Y tế")
    EDUCATION = "education", _("Giáo dục")
    SOCIAL_PROTECTION = "social_protection", _("Bảo trợ xã hội")
    CLEAN_WATER = "clean_water", _("Nước sạch")
    LEGAL_AID = "legal_aid", _("Trợ giúp pháp lý")
    LIVELIHOOD = "livelihood", _("Sinh kế")
