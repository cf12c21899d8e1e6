"""A school's results (SPEC 9), in one round or in two."""

from . import digest, engine, problem
from .engine import Failed
from .text import decimal, write_record


class Placement:
    """What a try that succeeds gives: groups of the students (by index), teams of the sections, team of each group.

    In two rounds the teams of the groups are those of the second once `rematch` has been asked, which also sets shuffles.
    """

    def __init__(self, rung, number_of_try, groups, places, looks, teams, team_of_group):
        self.rung, self.try_number, self.groups, self.places, self.looks = rung, number_of_try, groups, places, looks
        self.teams, self.team_of_group = teams, team_of_group
        self.shuffles = self.group_of_class = None

    def rematch(self, school, seed):
        """The second round's match, with its seed."""
        key = digest.stage_key(seed, 'match', school.name, self.rung, self.try_number)
        self.team_of_group, self.shuffles = engine.match_again(
            key, recused_teams(school, self.groups, self.teams), self.team_of_group, school.hand('teams'))


def attempt(school, seed, rung, number_of_try, mix, trace=None, patience=None):
    """One try; Failed if it fails."""
    trace = {} if trace is None else trace
    ticket_key = digest.stage_key(seed, 'ticket', school.name)
    keys = {stage: digest.stage_key(seed, stage, school.name, rung, number_of_try) for stage in ('place', 'teams', 'match')}
    trace.update(ticket_key=ticket_key, keys=keys, students={}, teachers={})
    lowered, members_of = problem.students_problem(school, rung, mix, ticket_key)
    trace['students']['problem'] = lowered, members_of
    unit_groups, looks = engine.place(lowered, keys['place'], trace['students'], patience)
    groups, places = [None] * len(school.students), [None] * len(school.students)
    for place, u in enumerate(trace['students']['order'], 1):
        for i in members_of[u]:
            groups[i], places[i] = unit_groups[u], place
    teams = team_of_group = None
    if school.teachers:
        if school.forms_teams():
            sections = problem.teams_problem(school, rung, mix, ticket_key)
            trace['teachers']['problem'] = sections
            teams, _ = engine.place(sections, keys['teams'], trace['teachers'], patience)
        else:
            teams = [team for teacher in school.teachers for team in teacher.teams]
        team_of_group = engine.match(keys['match'], recused_teams(school, groups, teams), school.hand('teams'), patience)
    return Placement(rung, number_of_try, groups, places, looks, teams, team_of_group)


def recused_teams(school, groups, teams):
    """For each group the teams it may not get."""
    teams_of = {}
    for (t, _), team in zip(problem.sections_of(school), teams):
        teams_of.setdefault(school.teachers[t].pseudonym, set()).add(team)
    recused = [set() for _ in school.classes]
    for student, g in zip(school.students, groups):
        if student.recused:
            recused[g] |= teams_of[student.recused]
    return recused


def settle(school, seed, mix, tries, trace=None, patience=None):
    """The Placement of the first try that succeeds, classes numbered, or None."""
    rungs = school.rungs()
    for rung in range(1, rungs + 1):
        for number_of_try in range(1, (tries if rung == rungs else 4) + 1):
            try:
                placement = attempt(school, seed, rung, number_of_try, mix, trace, patience)
            except Failed:
                continue
            placement.group_of_class = number_classes(school, seed)
            return placement
    return None


def number_classes(school, seed):
    """The group of each class (SPEC 8.7)."""
    locked = {g for g, (name, _) in enumerate(school.classes) if name in {lock[0] for lock in school.locks.values()}}
    return engine.number(digest.stage_key(seed, 'number', school.name), school.classes, locked, school.hand('numbers'))


def lines_of(school, seed, mix, tries, mode, trace=None, patience=None, rounds=1):
    """The result lines (text) of a school, those of the first round if there are two, or None if it has none."""
    placement = settle(school, seed, mix, tries, trace, patience)
    if placement is None:
        return None
    if trace is not None:
        trace['placement'], trace['group_of_class'] = placement, placement.group_of_class
    return first_lines(school, placement, mode, rounds)


def first_lines(school, placement, mode, rounds=1):
    class_of_group = {g: c for c, g in enumerate(placement.group_of_class)}
    lines = [['placed', school.number, placement.rung, placement.try_number, placement.looks]]
    for i, student in enumerate(school.students):
        g = placement.groups[i]
        lines.append(['seat', student.pseudonym, placement.places[i], f'G{g + 1}', school.classes[class_of_group[g]][0]])
    if school.teachers and rounds == 1:
        lines += _sections(school, placement)
    lines += _figures(school, placement)
    return _written(lines, mode)


def second_lines(school, placement, seed, mode):
    """The lines of a school in the second round, of which seed is. placement: that of the first; it is changed."""
    if not school.teachers:
        return []
    placement.rematch(school, seed)
    return _written([['matched', school.number, placement.shuffles]] + list(_sections(school, placement)), mode)


def _written(lines, mode):
    return [write_record([str(field) for field in line] + [mode]) for line in lines]


def _sections(school, placement):
    formed, by_place = school.forms_teams(), {}
    for (t, c), team in zip(problem.sections_of(school), placement.teams):
        teacher = school.teachers[t]
        first = c == 1 if formed else team == teacher.teams[0]
        by_place[team, teacher.subject] = (teacher, 'homeroom' if teacher.homeroom and first else '-')
    for c, (name, _) in enumerate(school.classes):
        team = placement.team_of_group[placement.group_of_class[c]]
        for subject in school.subjects():
            teacher, homeroom = by_place[team, subject]
            yield ['section', name, f'T{team + 1}', subject, teacher.pseudonym, homeroom]


def _figures(school, placement):
    """The lines count, mean and deviation."""
    rows = {'students': (school.students, placement.groups)}
    if school.forms_teams():
        rows['teachers'] = ([school.teachers[t] for t, _ in problem.sections_of(school)], placement.teams)
    k = len(school.classes)
    for who, (people, groups) in rows.items():
        heads = [groups.count(g) for g in range(k)]
        for category in problem.categories_of(school, who, people):
            for code in category.counted:
                reached = [0] * k
                for g, x in zip(groups, category.codes):
                    reached[g] += x == code
                bounds = [category.interval(code, h) for h in heads]
                yield ['count', who, category.rule.column, category.names[code], min(low for low, _ in bounds),
                       max(high for _, high in bounds), min(reached), max(reached)]
    for kind in ('mean', 'deviation'):
        for who, (people, groups) in rows.items():
            for rule in problem.sums_of(school, who, people, placement.rung, kind):
                total, heads = [0] * k, [0] * k
                for g, value in zip(groups, rule.values):
                    total[g] += value
                    heads[g] += 1
                if kind == 'mean':
                    reached = [rounded(100 * x, rule.m * h) for x, h in zip(total, heads) if h]
                else:
                    reached = [rule.reached(x, h) for x, h in zip(total, heads) if h]
                yield [kind, who, rule.rule.column, rule.gap, decimal(min(reached), 5), decimal(max(reached), 5)]


def rounded(a, b):
    """a / b to the nearest integer, halves away from zero; b > 0."""
    return (2 * a + b) // (2 * b) if a >= 0 else -((-2 * a + b) // (2 * b))
