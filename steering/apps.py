from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "steering"
    verbose_name = "Đơn vị, ban chỉ đạo và tài khoản"
