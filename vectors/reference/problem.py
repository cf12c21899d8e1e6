"""Lowering: from a school of the log to the engine's problems (SPEC 7)."""

import math

from . import digest, roster
from .engine import Problem, Unit
from .text import byte_order, scaled


class Category:
    """A `balance` or `band` rule: the code of each row, and the codes that are counted, ascending, with their texts."""

    def __init__(self, rule, codes, counted, names):
        self.rule, self.codes, self.counted, self.names = rule, codes, counted, names

    def interval(self, code, heads):
        c, n = self.codes.count(code), len(self.codes)
        return c * heads // n, -(-c * heads // n)


class Mean:
    """A `mean` rule: m, the value d of each row, its share, and the text of the rung's entry."""

    def __init__(self, rule, values, rung):
        present = [value for value in values if value is not None]
        self.rule, self.m = rule, len(present)
        self.d = [0 if value is None else self.m * value - sum(present) for value in values]
        ladder = rule.ladder()
        self.gap = ladder[min(rung, len(ladder)) - 1]
        self.values, self.share = self.d, self.m * scaled(self.gap)


class Deviation(Mean):
    """A `deviation` rule: t, Q, the value e of each row, its share."""

    def __init__(self, rule, values, rung):
        super().__init__(rule, values, rung)
        m, self.t = self.m, 0
        while max(map(abs, self.d)) >= m << (self.t + 17):
            self.t += 1
        y = [(2 * abs(d) + (m << self.t)) // (2 * m << self.t) for d in self.d]
        self.q = sum(a * a for a in y)
        self.values = [0 if value is None else m * a * a - self.q for a, value in zip(y, values)]
        root, gap = math.isqrt(m * self.q), min(scaled(self.gap) >> self.t, 1 << 18)
        self.share = gap * (4 * root + (-1 if 4 * self.q >= m * gap * gap else 1) * m * gap) // 2

    def reached(self, total, heads):
        """The deviation of a group in units of 0.00001, from the sum of its values and its heads."""
        square = 40000 * (self.q * heads + total) // (self.m * heads)
        return (math.isqrt(square) + 1) // 2 << self.t


def scores(school, who, rule, people):
    """The scaled scores in a rule's column or total, None where absent."""
    parts = [_column_scores(school, who, column, people) for column in rule.columns()]
    return [None if None in row else sum(row) for row in zip(*parts)]


def _column_scores(school, who, column, people):
    """The scaled scores of a number column, None where absent, absent ones replaced if a number is given."""
    c = [name for name, _ in school.columns[who]].index(column)
    counts = school.absent(who, column)
    replaced = None if counts in (None, 'mean') else scaled(counts)
    return [scaled(person.values[c]) if person.values[c] else replaced for person in people]


def categories_of(school, who, people):
    """The category counts of the rules; people: one entry a row."""
    result = []
    for rule in school.rules_of(who, 'balance', 'band'):
        if rule.kind == 'balance':
            c = [name for name, _ in school.columns[who]].index(rule.column)
            names = sorted({person.values[c] for person in people}, key=byte_order)
            place = {name: i for i, name in enumerate(names)}
            codes = [place[person.values[c]] for person in people]
            result.append(Category(rule, codes, list(range(len(names))), dict(enumerate(names))))
        else:
            result.append(_band(rule, scores(school, who, rule, people)))
    return result


def _band(rule, values):
    present = sorted(value for value in values if value is not None)
    below, above = {}, {}
    for place, value in enumerate(present):
        below.setdefault(value, place)
        above[value] = len(present) - 1 - place
    parts = rule.value.split(' ')
    if len(parts) == 2:
        rank = above if parts[0] == 'top' else below
        codes = [0 if value is not None and rank[value] < int(parts[1]) else 1 for value in values]
        return Category(rule, codes, [0] if 0 in codes else [], {0: rule.value})
    bands = int(rule.value)
    codes = [bands if value is None else below[value] * bands // len(present) for value in values]
    return Category(rule, codes, sorted(set(codes)),
                    {code: 'absent' if code == bands else str(code + 1) for code in range(bands + 1)})


def sums_of(school, who, people, rung, *kinds):
    """The sums of the rules of these kinds, both without any."""
    result = []
    for rule in school.rules_of(who, *(kinds or roster.SUM_RULES)):
        values = scores(school, who, rule, people)
        if any(value is not None for value in values):
            result.append((Mean if rule.kind == 'mean' else Deviation)(rule, values, rung))
    return result


def _category_counts(categories):
    """The counts, and the place of each (category, code) among them."""
    counts, places = [], {}
    for a, category in enumerate(categories):
        for code in category.counted:
            places[a, code] = len(counts)
            counts.append(('share', category.codes.count(code)))
    return counts, places


def _sums(rules, sizes, rows):
    """The sums, and each row's value in each of them."""
    sums = [(rule.share, max(1, min(rule.share * size // 2 for size in sizes))) for rule in rules]
    return sums, [[rule.values[i] for rule in rules] for i in range(rows)]


def students_problem(school, rung, mix, ticket_key):
    """The problem, and the students' indices of each of its units."""
    people, sizes = school.students, roster.sizes_of(school)
    categories = categories_of(school, 'students', people)
    counts, places = _category_counts(categories)
    first_limit = len(counts)
    counts += [('fixed', 0, most) for most, _ in school.limits]
    sums, values = _sums(sums_of(school, 'students', people, rung), sizes, len(people))
    classes = {name: g for g, (name, _) in enumerate(school.classes)}
    members_of = roster.units_of(school)
    units = []
    for members in members_of:
        in_counts = [places[a, category.codes[i]] for i in members for a, category in enumerate(categories)
                     if (a, category.codes[i]) in places]
        in_counts += [first_limit + token for i in members for token in people[i].limits]
        single = len(members) == 1 and people[members[0]].seats == 1
        profile = tuple(category.codes[members[0]] for category in categories) if single else ()
        pins = [classes[school.locks[people[i].pseudonym][0]] for i in members if people[i].pseudonym in school.locks]
        units.append(Unit(min(digest.ticket(ticket_key, people[i].pseudonym) for i in members),
                          sum(people[i].seats for i in members), len(members), 0, profile, pins[0] if pins else None,
                          in_counts, [sum(column) for column in zip(*(values[i] for i in members))]))
    return Problem(sizes, len(people), mix, units, first_limit, counts, sums), members_of


def sections_of(school):
    """The sections: (teacher's index, number from 1)."""
    return [(t, c) for t, teacher in enumerate(school.teachers) for c in range(1, teacher.classes + 1)]


def teams_problem(school, rung, mix, ticket_key):
    """The problem of forming teams, its units in the order of sections_of."""
    sections, k = sections_of(school), len(school.classes)
    people = [school.teachers[t] for t, _ in sections]
    subjects = school.subjects()
    sizes = [len(subjects)] * k
    homeroom = [0 if person.homeroom and c == 1 else 1 for person, (_, c) in zip(people, sections)]
    categories = categories_of(school, 'teachers', people)
    more, places = _category_counts(categories)
    counts = [('fixed', 1, 1)] + more
    sums, values = _sums(sums_of(school, 'teachers', people, rung), sizes, len(people))
    units = []
    for i, (person, (_, c)) in enumerate(zip(people, sections)):
        in_counts = [0] if homeroom[i] == 0 else []
        in_counts += [1 + places[a, category.codes[i]] for a, category in enumerate(categories)
                      if (a, category.codes[i]) in places]
        profile = (homeroom[i],) + tuple(category.codes[i] for category in categories)
        units.append(Unit(digest.ticket(ticket_key, person.pseudonym, c), 1, 1, subjects.index(person.subject),
                          profile, None, in_counts, values[i]))
    return Problem(sizes, len(people), mix, units, len(counts), counts, sums)
