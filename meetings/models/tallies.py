"""What the figures of meetings are added up from; see `clubs.models.Tally`."""

from clubs.models.tallies import Number, Tally


class MeetingTally(Tally):
    """Of the month with whose last day a period ends: meetings that fulfil what is owed (R10), attendance and guests of all
    regular meetings held (R12), subjects by area, opinions, production models and their replications (R13).

    `owing_months` and `owing_quarters` are by how many more clubs owe a meeting than a month before, and `overdue` by how
    many more opinions were overdue at the month's end: what stands is the sum of all months up to it.
    """

    owing_months = Number()
    owing_quarters = Number()
    held = Number()
    did_not_meet = Number()
    present = Number()
    late = Number()
    excused = Number()
    absent = Number()
    invited = Number()
    guests = Number()
    raised = Number()
    answered = Number()
    closed = Number()
    overdue = Number()
    credit = Number()
    housing = Number()
    training_and_jobs = Number()
    health = Number()
    education = Number()
    social_protection = Number()
    clean_water = Number()
    legal_aid = Number()
    livelihood = Number()
    introduced = Number()
    replicated = Number()
    households = Number()

    class Meta(Tally.Meta):
        abstract = False
