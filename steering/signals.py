"""What apps above are told of, in the same transaction: a refusal there refuses the whole."""

from django.dispatch import Signal

committee_founded = Signal()  # sender: SteeringCommittee; committee: one that acts now; by: User or None
