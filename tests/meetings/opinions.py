"""Opinions for the tests, raised and answered through the actions."""

from datetime import date
from typing import Any

from meetings.actions import answer_opinion, close_opinion, raise_opinion
from meetings.models import Meeting, Opinion

TEXT = "Sửa cống ngăn mặn đầu ấp trước mùa khô"
ANSWER = "Đã đưa vào kế hoạch sửa cống tháng 11."


def raised(meeting: Meeting, text: str = TEXT, **facts: Any) -> Opinion:
    return raise_opinion(meeting=meeting, text=text, by=None, **facts)


def answered(meeting: Meeting, text: str = TEXT, *, on: date, **facts: Any) -> Opinion:
    return answer_opinion(opinion=raised(meeting, text, **facts), answer=ANSWER, answered_on=on, by=None)


def closed(meeting: Meeting, text: str = TEXT, *, on: date, **facts: Any) -> Opinion:
    """Answered and settled on one day."""
    return close_opinion(opinion=answered(meeting, text, on=on, **facts), on=on, by=None)
