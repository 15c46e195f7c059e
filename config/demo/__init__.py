"""A whole province to look at: real units, invented people, the article's 53 clubs and 14 months of meetings."""

from config.demo.build import build_demo
from config.demo.logins import LOGINS, demo_password

__all__ = ["LOGINS", "build_demo", "demo_password"]
