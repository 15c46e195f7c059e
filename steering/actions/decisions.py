"""What the clerk adds to a decision once it is signed (domain 3)."""

from datetime import date

from django.core.files import File
from django.db import transaction

from steering.actions.save import save_checked
from steering.models import Decision, User


@transaction.atomic
def record_decision(
    *,
    decision: Decision,
    number: int | None,
    symbol: str,
    issued_on: date | None,
    signer: str,
    file: File | None = None,
    by: User | None,
) -> Decision:
    """Enter number, date, signer and the signed paper; without a new `file` the one on record stays.

    Raises ValidationError: a number used before, a day to come, a number without a date, a file of another kind.
    """
    decision.number, decision.symbol = number, symbol
    decision.issued_on, decision.signer = issued_on, signer
    if file:
        decision.file = file
    return save_checked(decision, by=by)
