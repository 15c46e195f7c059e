"""What is too much to be made one by one: SQL for both databases, which multiplies the clubs by seats and periods.

The tables bench_… are temporary, most of them filled by `tests.bench.dataset`. Chance is arithmetic on the numbers of the rows:
the same every time. Days are counted as in bench_days; bench_facts has one row.
"""

GROUPS = """
INSERT INTO steering_unit (id, kind, type, name, code, parent_id, path, search, sort_key, valid_from)
SELECT facts.units + hamlet.id * 10 + names.n, 'group', 'to', names.name, '', hamlet.id, hamlet.path || names.step,
    names.search, names.sort_key, hamlet.valid_from
FROM steering_unit AS hamlet CROSS JOIN bench_groups AS names CROSS JOIN bench_facts AS facts
WHERE hamlet.kind = 'hamlet'
"""

COVERAGE = """
INSERT INTO clubs_coverage (club_id, unit_id, valid_from, valid_until)
SELECT club.id, commune.id, club.founded_on, club.ended_on
FROM clubs_club AS club JOIN steering_unit AS commune ON commune.parent_id = club.unit_id
WHERE club.founded_on IS NOT NULL AND commune.id % 2 = club.district_slot - 1
    AND club.unit_id IN (SELECT unit_id FROM clubs_club WHERE district_slot = 2)
"""

DECISIONS = """
INSERT INTO steering_decision
    (id, issuer_unit_id, issuer_body, number, symbol, issued_on, year, subject, signer, file, search)
SELECT club.id, club.founder_id, 'ubnd', CASE WHEN club.id % 60 <> 13 THEN club.id % 10000 + 10 END, 'QĐ-UBND',
    CASE WHEN club.id % 60 <> 13 THEN club.founded_on END, CASE WHEN club.id % 60 <> 13 THEN founded.year END,
    'Về việc thành lập ' || club.name, '', '',
    COALESCE(CASE WHEN club.id % 60 <> 13 THEN CAST(club.id % 10000 + 10 AS text) END, '…')
        || '/qd-ubnd ve viec thanh lap ' || club.search
FROM clubs_club AS club JOIN bench_days AS founded ON founded.day = club.founded_on
"""

FOUNDED_BY = "UPDATE clubs_club SET founding_decision_id = id WHERE founded_on IS NOT NULL"

HOSTS = """
CREATE TEMPORARY TABLE bench_hosts AS
SELECT club.id AS club_id, unit.id AS unit_id,
    row_number() OVER (PARTITION BY club.id ORDER BY unit.path) - 1 AS place,
    count(*) OVER (PARTITION BY club.id) AS places
FROM clubs_club AS club JOIN steering_unit AS unit ON unit.parent_id = club.unit_id
LEFT JOIN clubs_coverage AS covered ON covered.club_id = club.id AND covered.unit_id = unit.id
WHERE covered.id IS NOT NULL OR club.id NOT IN (SELECT club_id FROM clubs_coverage)
"""

# Three officers from the start, the others over the years; seat 25 of every third club is a collective's.
SEATED = """
CREATE TEMPORARY TABLE bench_seated AS
SELECT (club.id - 1) * 25 + seat.n AS id, club.id AS club_id, club.unit_id AS unit_id, seat.n AS seat,
    CASE WHEN seat.n = 25 AND club.id % 3 = 0 THEN 'collective' ELSE 'individual' END AS kind,
    (club.id * 25 + seat.n) * 7919 % facts.names AS name_n,
    founded.n + CASE
        WHEN seat.n <= 3 OR founded.n >= facts.settled THEN 0
        ELSE (facts.settled - founded.n) * ((club.id * 7 + seat.n * 13) % 100) / 100
    END AS joined,
    CASE
        WHEN club.ended_on IS NOT NULL THEN ended.n
        WHEN seat.n > 3 AND founded.n < facts.settled AND (club.id * 31 + seat.n * 17) % 40 = 0
        THEN facts.leaving + (club.id * 11 + seat.n * 7) % 380
    END AS gone
FROM clubs_club AS club
JOIN bench_days AS founded ON founded.day = club.founded_on
LEFT JOIN bench_days AS ended ON ended.day = club.ended_on
CROSS JOIN bench_seats AS seat CROSS JOIN bench_facts AS facts
"""

SUCCESSORS = """
INSERT INTO bench_seated (id, club_id, unit_id, seat, kind, name_n, joined, gone)
SELECT facts.clubs * 25 + row_number() OVER (ORDER BY before.id), before.club_id, before.unit_id, before.seat, 'individual',
    before.id * 31 % facts.names, before.gone, NULL
FROM bench_seated AS before JOIN clubs_club AS club ON club.id = before.club_id CROSS JOIN bench_facts AS facts
WHERE before.gone IS NOT NULL AND club.ended_on IS NULL
"""

PEOPLE = """
INSERT INTO clubs_person
    (id, kind, full_name, representative, unit_id, sex, birth_year, phone, job, search, sort_key)
SELECT seated.id, seated.kind, COALESCE(body.full_name, name.full_name),
    CASE WHEN body.n IS NULL THEN '' ELSE name.full_name END, seated.unit_id,
    CASE WHEN body.n IS NULL THEN name.sex ELSE '' END, CASE WHEN body.n IS NULL THEN 1950 + seated.id % 55 END, '', '',
    COALESCE(body.search, name.search), COALESCE(body.sort_key, name.sort_key)
FROM bench_seated AS seated JOIN bench_names AS name ON name.n = seated.name_n
LEFT JOIN bench_bodies AS body ON seated.kind = 'collective' AND body.n = seated.club_id % 5
"""

MEMBERSHIPS = """
INSERT INTO clubs_membership (id, club_id, person_id, seat, sector, joined_on, left_on, leaving_reason)
SELECT seated.id, seated.club_id, seated.id, seated.seat, seat.sector, joined.day, gone.day,
    CASE WHEN gone.n IS NULL THEN '' ELSE 'Chuyển nơi ở' END
FROM bench_seated AS seated JOIN bench_seats AS seat ON seat.n = seated.seat
JOIN bench_days AS joined ON joined.n = seated.joined LEFT JOIN bench_days AS gone ON gone.n = seated.gone
"""

# One chair in 45 is vacant; the term of one board in 70 is over.
OFFICES = """
INSERT INTO clubs_office (club_id, membership_id, role, slot, started_on, ended_on, term_ends_on, decision_id)
SELECT club.id, (club.id - 1) * 25 + office.seat, office.role, office.slot, club.founded_on,
    CASE
        WHEN club.ended_on IS NOT NULL THEN club.ended_on
        WHEN office.seat = 1 AND club.id % 45 = 21 AND club.founded_on < facts.vacant_on THEN facts.vacant_on
    END,
    CASE WHEN club.id % 70 = 9 THEN facts.term_over_on ELSE facts.term_ends_on END, club.founding_decision_id
FROM clubs_club AS club CROSS JOIN bench_offices AS office CROSS JOIN bench_facts AS facts
WHERE club.founded_on IS NOT NULL
"""

# What clubs owe, in the order of the months: 95 of 100 meetings that have passed were held, 1 is silent.
CALLED = """
CREATE TEMPORARY TABLE bench_called AS
SELECT id, club_id, path, manager_id, period_n, period_key, last_day, day, day_n, starts_at, recorded_at, mark, chance,
    CASE
        WHEN is_past = 0 AND chance < 800 THEN 'planned'
        WHEN is_past = 0 THEN 'invited'
        WHEN chance < 950 THEN 'held'
        WHEN chance < 990 THEN 'did_not_meet'
        WHEN chance < 995 THEN 'planned'
        ELSE 'invited'
    END AS state
FROM (
    SELECT row_number() OVER (ORDER BY slot.last_day, club.id) AS id, club.id AS club_id, club.path, club.manager_id,
        slot.period_n, slot.period_key, slot.last_day, slot.day, slot.day_n, slot.starts_at, slot.recorded_at, slot.is_past,
        (club.id * 37 + slot.period_n * 71) % 200 AS mark, (club.id * 7919 + slot.period_n * 104729) % 1000 AS chance
    FROM clubs_club AS club JOIN bench_slots AS slot ON slot.cadence = club.cadence AND slot.level = club.level
        AND slot.weekday = club.weekday AND slot.week = club.week
    WHERE club.founded_on <= slot.first_day AND (club.ended_on IS NULL OR club.ended_on > slot.last_day)
        AND NOT EXISTS (
            SELECT 1 FROM clubs_suspension AS pause WHERE pause.club_id = club.id AND pause.valid_from <= slot.last_day
            AND (pause.valid_until IS NULL OR pause.valid_until > slot.first_day)
        )
) AS owed
"""

MEETINGS = """
INSERT INTO meetings_meeting
    (id, club_id, path, form, period_key, period_last_day, starts_at, host_id, host_reason, is_override, state, state_reason,
    invited_through, held_recorded_at, learnt, present_count, late_count, excused_count, absent_count,
    invited_count, guest_count)
SELECT called.id, called.club_id, called.path, 'regular', called.period_key, called.last_day, called.starts_at, host.unit_id,
    'đến lượt theo vòng luân phiên', false, called.state,
    CASE WHEN called.state = 'did_not_meet' THEN 'Mưa bão, đường ngập' ELSE '' END,
    CASE WHEN called.state IN ('invited', 'held') THEN 'zalo' ELSE '' END,
    CASE WHEN called.state = 'held' THEN called.recorded_at END, '',
    COALESCE(counted.present, 0), COALESCE(counted.late, 0), COALESCE(counted.excused, 0), COALESCE(counted.absent, 0),
    CASE
        WHEN called.state NOT IN ('invited', 'held') THEN 0
        WHEN called.chance % 50 = 0 THEN 18
        ELSE 8 + called.chance % 8
    END,
    CASE WHEN called.state = 'held' THEN 5 + called.chance % 3 ELSE 0 END
FROM bench_called AS called
JOIN bench_hosts AS host ON host.club_id = called.club_id AND host.place = called.period_n % host.places
LEFT JOIN bench_counts AS counted ON called.state = 'held' AND counted.mark = called.mark
"""

ATTENDANCE = """
INSERT INTO meetings_attendance (meeting_id, membership_id, status)
SELECT called.id, seated.id, mark.status
FROM bench_called AS called
JOIN bench_seated AS seated ON seated.club_id = called.club_id
    AND seated.joined <= called.day_n AND (seated.gone IS NULL OR seated.gone > called.day_n)
JOIN bench_marks AS mark ON mark.n = (called.mark + seated.seat) % 200
WHERE called.state = 'held'
"""

AGENDA = """
INSERT INTO meetings_agendaitem (meeting_id, place, area, title, presenter)
SELECT called.id, place.n, area.area, '', '' FROM bench_called AS called
JOIN bench_seats AS place ON place.n <= 2 JOIN bench_areas AS area ON area.n = (called.id + place.n * 4) % 9
WHERE called.state = 'held'
"""

# Those of long ago are settled, but for a few; of the latest, which are not due yet, none is.
OPINIONS = """
INSERT INTO meetings_opinion
    (meeting_id, text, area, addressed_to_id, due_on, state, answer, answered_on, closed_on, path, search)
SELECT raised.meeting_id, facts.opinion, area.area, raised.manager_id, due.day, raised.state,
    CASE WHEN raised.state = 'open' THEN '' ELSE facts.answer END, CASE WHEN raised.state <> 'open' THEN answered.day END,
    CASE WHEN raised.state = 'closed' THEN closed.day END, raised.path, facts.opinion_search
FROM (
    SELECT called.id AS meeting_id, called.manager_id, called.day_n, called.path, called.id / 10 % 100 AS chance, CASE
            WHEN called.day_n + 20 > today.today THEN 'open'
            WHEN called.id / 10 % 100 < CASE WHEN called.day_n + 80 < today.today THEN 97 ELSE 40 END THEN 'closed'
            WHEN called.id / 10 % 100 < CASE WHEN called.day_n + 80 < today.today THEN 99 ELSE 60 END THEN 'answered'
            ELSE 'open'
        END AS state
    FROM bench_called AS called CROSS JOIN bench_facts AS today
    WHERE called.state = 'held' AND called.id % 10 = 3
) AS raised
CROSS JOIN bench_facts AS facts JOIN bench_areas AS area ON area.n = raised.meeting_id % 9
JOIN bench_days AS due ON due.n = raised.day_n + 20
JOIN bench_days AS answered ON answered.n = raised.day_n + 5 + raised.chance % 10
JOIN bench_days AS closed ON closed.n = raised.day_n + 15 + raised.chance % 5
"""
