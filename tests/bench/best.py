"""The month's figures as directly as the summary tables give them; parameters and names as in `tests.bench.plain`."""

CLUBS = """
SELECT path AS part,
    sum(founded_district - ended_district) AS clubs_district,
    sum(founded_commune - ended_commune) AS clubs_commune,
    sum(founded_hamlet - ended_hamlet) AS clubs_hamlet,
    sum(founded_poor_people - ended_poor_people) AS clubs_poor_people,
    sum(
        founded_district + founded_commune + founded_hamlet + founded_poor_people
        - ended_district - ended_commune - ended_hamlet - ended_poor_people
    ) AS clubs_total,
    sum(
        founded_district + founded_commune + founded_hamlet + founded_poor_people
        - ended_district - ended_commune - ended_hamlet - ended_poor_people
    ) FILTER (WHERE last_day < %(first)s) AS clubs_at_start,
    sum(founded_district + founded_commune + founded_hamlet + founded_poor_people)
        FILTER (WHERE last_day >= %(first)s) AS clubs_founded,
    sum(ended_district + ended_commune + ended_hamlet + ended_poor_people)
        FILTER (WHERE last_day >= %(first)s) AS clubs_dissolved,
    sum(joined_individual + joined_collective - left_individual - left_collective) AS members_total,
    sum(joined_individual - left_individual) AS members_individuals,
    sum(joined_collective - left_collective) AS members_collectives,
    sum(joined_individual + joined_collective - left_individual - left_collective)
        FILTER (WHERE last_day < %(first)s) AS members_at_start,
    sum(joined_individual + joined_collective) FILTER (WHERE last_day >= %(first)s) AS members_joined,
    sum(left_individual + left_collective) FILTER (WHERE last_day >= %(first)s) AS members_left
FROM clubs_clubtally WHERE above = %(path)s AND last_day <= %(last)s
GROUP BY path
"""

WITHIN = {
    "meetings": "held did_not_meet",
    "attendance": "present late excused absent invited guests",
    "topics": "credit housing training_and_jobs health education social_protection clean_water legal_aid livelihood",
    "opinions": "raised answered closed",
}
MEETINGS = """
SELECT path AS part, sum(owing_months) AS meetings_due, sum(overdue) AS opinions_overdue, {within}
FROM meetings_meetingtally WHERE above = %(path)s AND last_day <= %(last)s
GROUP BY path
""".format(
    within=", ".join(
        f"sum({name}) FILTER (WHERE last_day >= %(first)s) AS {group}_{name}"
        for group, names in WITHIN.items()
        for name in names.split()
    )
)

EVERYTHING = (CLUBS, MEETINGS)
