"""The month's figures as anybody would first write them: SQL over the rows themselves, for a month that is over.

Every statement gives `part`, the path of the unit directly below, and numbers named as in `reports.figures`, their group before.
Parameters: `path` and `beyond` (path + "z") are the unit's range, `length` that of the parts' paths, `first` and `last` the month.
"""

# Attendance, counted row by row for each meeting.
ATTENDANCE = """
SELECT substr(meeting.path, 1, %(length)s) AS part, sum(present) AS attendance_present, sum(late) AS attendance_late,
    sum(excused) AS attendance_excused, sum(absent) AS attendance_absent
FROM (
    SELECT club.path, meeting.id,
        count(*) FILTER (WHERE called.status = 'present') AS present,
        count(*) FILTER (WHERE called.status = 'late') AS late,
        count(*) FILTER (WHERE called.status = 'excused') AS excused,
        count(*) FILTER (WHERE called.status = 'absent') AS absent
    FROM meetings_meeting AS meeting
    JOIN clubs_club AS club ON club.id = meeting.club_id
    JOIN meetings_attendance AS called ON called.meeting_id = meeting.id
    WHERE meeting.form = 'regular' AND meeting.state = 'held' AND meeting.period_last_day BETWEEN %(first)s AND %(last)s
        AND club.path >= %(path)s AND club.path < %(beyond)s
    GROUP BY club.path, meeting.id
) AS meeting
GROUP BY 1
"""

CLUBS = """
SELECT part,
    count(*) FILTER (WHERE is_here) AS clubs_total,
    count(*) FILTER (WHERE is_here AND kind = 'work' AND level = 'district') AS clubs_district,
    count(*) FILTER (WHERE is_here AND kind = 'work' AND level = 'commune') AS clubs_commune,
    count(*) FILTER (WHERE is_here AND kind = 'work' AND level = 'hamlet') AS clubs_hamlet,
    count(*) FILTER (WHERE is_here AND kind = 'poor_people') AS clubs_poor_people,
    count(*) FILTER (WHERE founded_on < %(first)s AND (ended_on IS NULL OR ended_on >= %(first)s)) AS clubs_at_start,
    count(*) FILTER (WHERE founded_on BETWEEN %(first)s AND %(last)s) AS clubs_founded,
    count(*) FILTER (WHERE ended_on BETWEEN %(first)s AND %(last)s) AS clubs_dissolved,
    count(*) FILTER (WHERE owes) AS meetings_due
FROM (
    SELECT substr(club.path, 1, %(length)s) AS part, club.kind, club.level, club.founded_on, club.ended_on,
        club.founded_on <= %(last)s AND (club.ended_on IS NULL OR club.ended_on > %(last)s) AS is_here,
        club.cadence = 'month' AND club.founded_on <= %(first)s
            AND (club.ended_on IS NULL OR club.ended_on > %(last)s)
            AND NOT EXISTS (
                SELECT 1 FROM clubs_suspension AS pause WHERE pause.club_id = club.id AND pause.valid_from <= %(last)s
                AND (pause.valid_until IS NULL OR pause.valid_until > %(first)s)
            ) AS owes
    FROM clubs_club AS club
    WHERE club.founded_on IS NOT NULL AND club.path >= %(path)s AND club.path < %(beyond)s
) AS club
GROUP BY part
"""

MEMBERS = """
SELECT part,
    count(*) FILTER (WHERE is_here) AS members_total,
    count(*) FILTER (WHERE is_here AND kind = 'individual') AS members_individuals,
    count(*) FILTER (WHERE is_here AND kind = 'collective') AS members_collectives,
    count(*) FILTER (WHERE joined_on < %(first)s AND (left_on IS NULL OR left_on >= %(first)s)) AS members_at_start,
    count(*) FILTER (WHERE joined_on BETWEEN %(first)s AND %(last)s) AS members_joined,
    count(*) FILTER (WHERE left_on BETWEEN %(first)s AND %(last)s) AS members_left
FROM (
    SELECT substr(club.path, 1, %(length)s) AS part, person.kind, seat.joined_on, seat.left_on,
        seat.joined_on <= %(last)s AND (seat.left_on IS NULL OR seat.left_on > %(last)s) AS is_here
    FROM clubs_membership AS seat
    JOIN clubs_club AS club ON club.id = seat.club_id JOIN clubs_person AS person ON person.id = seat.person_id
    WHERE club.path >= %(path)s AND club.path < %(beyond)s
) AS seat
GROUP BY part
"""

MEETINGS = """
SELECT part,
    count(*) FILTER (WHERE state = 'held' AND owes) AS meetings_held,
    count(*) FILTER (WHERE state = 'did_not_meet' AND owes) AS meetings_did_not_meet,
    sum(invited_count) FILTER (WHERE state = 'held') AS attendance_invited,
    sum(guest_count) FILTER (WHERE state = 'held') AS attendance_guests
FROM (
    SELECT substr(club.path, 1, %(length)s) AS part, meeting.state, meeting.invited_count, meeting.guest_count,
        club.cadence = 'month' AND meeting.period_key NOT LIKE '%%Q%%' AND club.founded_on <= %(first)s
            AND (club.ended_on IS NULL OR club.ended_on > %(last)s)
            AND NOT EXISTS (
                SELECT 1 FROM clubs_suspension AS pause WHERE pause.club_id = club.id AND pause.valid_from <= %(last)s
                AND (pause.valid_until IS NULL OR pause.valid_until > %(first)s)
            ) AS owes
    FROM meetings_meeting AS meeting JOIN clubs_club AS club ON club.id = meeting.club_id
    WHERE meeting.form = 'regular' AND meeting.period_last_day BETWEEN %(first)s AND %(last)s
        AND club.path >= %(path)s AND club.path < %(beyond)s
) AS meeting
GROUP BY part
"""

TOPICS = """
SELECT substr(club.path, 1, %(length)s) AS part, 'topics_' || item.area AS name, count(*) AS n
FROM meetings_agendaitem AS item
JOIN meetings_meeting AS meeting ON meeting.id = item.meeting_id JOIN clubs_club AS club ON club.id = meeting.club_id
WHERE meeting.form = 'regular' AND meeting.state = 'held' AND meeting.period_last_day BETWEEN %(first)s AND %(last)s
    AND club.path >= %(path)s AND club.path < %(beyond)s
GROUP BY 1, 2
"""

OPINIONS = """
SELECT substr(club.path, 1, %(length)s) AS part,
    count(*) FILTER (
        WHERE meeting.state = 'held' AND meeting.period_last_day BETWEEN %(first)s AND %(last)s
    ) AS opinions_raised,
    count(*) FILTER (WHERE opinion.answered_on BETWEEN %(first)s AND %(last)s) AS opinions_answered,
    count(*) FILTER (WHERE opinion.closed_on BETWEEN %(first)s AND %(last)s) AS opinions_closed,
    count(*) FILTER (
        WHERE opinion.due_on <= %(last)s AND (opinion.answered_on IS NULL OR opinion.answered_on > %(last)s)
            AND (opinion.closed_on IS NULL OR opinion.closed_on > %(last)s)
    ) AS opinions_overdue
FROM meetings_opinion AS opinion
JOIN meetings_meeting AS meeting ON meeting.id = opinion.meeting_id
JOIN clubs_club AS club ON club.id = meeting.club_id
WHERE club.path >= %(path)s AND club.path < %(beyond)s
GROUP BY 1
"""

EVERYTHING = (CLUBS, MEMBERS, MEETINGS, ATTENDANCE, TOPICS, OPINIONS)
