from reports.actions.editions import correct_edition, receive_edition, return_edition, send_edition, write_edition
from reports.actions.plans import set_plan

__all__ = ["correct_edition", "receive_edition", "return_edition", "send_edition", "set_plan", "write_edition"]
