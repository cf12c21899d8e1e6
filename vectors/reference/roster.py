"""The records of a log as objects, and what they must agree on (SPEC 5)."""

import re

from . import note
from .text import byte_order, field_fault, is_number, is_score, scaled

LIVE, REHEARSAL = 'live', 'rehearsal-演练'
ALGORITHMS = 'ed25519-sha256-hmac-chacha20'
FACTS = ('address', 'authority', 'date', 'ground', 'late', 'minisign', 'mix', 'page', 'retention', 'rounds', 'rows', 'scores', 'tries')
REQUIRED_FACTS = ('minisign', 'mix', 'rows', 'tries')
MILLIBITS = {'d10': 3321, 'd6': 2584, 'lottery': 0, 'drand': 0}
LENGTHS = {'d10': 512, 'd6': 512, 'lottery': 64, 'drand': 10 ** 12}
TOKEN_RULES = ('apart', 'cap', 'recuse', 'spread', 'together', 'weight')
SUM_RULES = ('deviation', 'mean')
ADDING_RULES = ('band',) + SUM_RULES  # whose column may be a total
COLUMN_RULES = ('absent', 'balance') + ADDING_RULES


class Draw:
    """Everything a log says before its results."""

    def __init__(self):
        self.mode = self.name = None
        self.facts, self.parties, self.groups, self.quorums = {}, [], [], {}  # quorums: (WHO, line) of each phase
        self.sources, self.rules, self.schools = [], [], []
        self.public_edition = False

    @property
    def public(self):
        """The log key."""
        return self.parties[0].public

    def party(self, party_id):
        """The party of this id, or None."""
        return next((party for party in self.parties if party.id == party_id), None)

    def signer(self, name):
        """The party whose key has this name, or None."""
        return next((party for party in self.parties if party.name == name), None)

    def sealed(self):
        return [party for party in self.parties if party.sealed]

    def rounds(self):
        return 2 if 'rounds' in self.facts else 1

    def late_dates(self):
        return self.facts['late'].split(';') if 'late' in self.facts else []

    def mix(self):
        return int(self.facts['mix'])

    def tries(self):
        return int(self.facts['tries'])


class Source:
    def __init__(self, kind, length, holder, line):
        self.kind, self.length, self.holder, self.line = kind, length, holder, line


class Rule:
    def __init__(self, fields, line=None):
        self.who, self.kind, self.column, self.value, self.school = fields
        self.line = line

    def fields(self):
        return ['rule', self.who, self.kind, self.column, self.value, self.school]

    def columns(self):
        """The columns it names: of a total its parts."""
        return self.column.split(';') if self.column else []

    def ladder(self):
        return self.value.split(' ')


class School:
    """hands: the permutations drawn by hand before the dice, `numbers` and `teams`, as numbers from 1.

    announced: how many students its record announces; in a public edition there are no others than these.
    """

    def __init__(self, number, name):
        self.number, self.name, self.line = number, name, None
        self.hands, self.hand_lines, self.announced = {}, {}, 0
        self.classes, self.locks, self.limits = [], {}, []
        self.teachers, self.students = [], []
        self.rules, self.columns = [], {'students': [], 'teachers': []}

    def set_rules(self, rules):
        """Keep the rules that apply, and the columns they make: (name, whether it is a number column)."""
        self.rules = [rule for rule in rules if rule.school in ('', self.name)]
        for who in self.columns:
            mine = [rule for rule in self.rules if rule.who == who and rule.kind in COLUMN_RULES]
            names = sorted({name for rule in mine for name in rule.columns()}, key=byte_order)
            category = {rule.column for rule in mine if rule.kind == 'balance'}
            self.columns[who] = [(name, name not in category) for name in names]

    def rules_of(self, who, *kinds):
        return [rule for rule in self.rules if rule.who == who and rule.kind in kinds]

    def absent(self, who, column):
        """What an absent score counts: a score number, 'mean', or None where it may not be absent."""
        for rule in self.rules_of(who, 'absent'):
            if rule.column == column:
                return rule.value
        return None

    def hand(self, what):
        """The permutation `numbers` or `teams` from 0, or None."""
        return [slot - 1 for slot in self.hands[what]] if what in self.hands else None

    def rungs(self):
        return max([1] + [len(rule.ladder()) for rule in self.rules if rule.kind in SUM_RULES])

    def forms_teams(self):
        return bool(self.teachers) and not self.teachers[0].teams

    def is_uniform(self):
        """Whether all its classes are interchangeable."""
        return not self.locks and len({seats for _, seats in self.classes}) == 1

    def subjects(self):
        return sorted({teacher.subject for teacher in self.teachers}, key=byte_order)


class Teacher:
    def __init__(self, pseudonym, commitment, subject, classes, homeroom, teams, values, line=None):
        self.pseudonym, self.commitment, self.subject, self.classes = pseudonym, commitment, subject, classes
        self.homeroom, self.teams, self.values, self.line = homeroom, teams, values, line


class Student:
    """limits: the numbers of its limit tokens, from 0."""

    def __init__(self, pseudonym, commitment, together, limits, recused, seats, values, line=None):
        self.pseudonym, self.commitment, self.together, self.limits = pseudonym, commitment, together, limits
        self.recused, self.seats, self.values, self.line = recused, seats, values, line


# The forms of single fields

def is_pseudonym(text, letter):
    return re.fullmatch(letter + '[0-9a-f]{32}', text) is not None


def is_student(text):
    return is_pseudonym(text, 's')


def is_teacher(text):
    return is_pseudonym(text, 't')


def is_digest(text):
    return re.fullmatch('h[0-9a-f]{64}', text) is not None


def is_ladder(text):
    entries = text.split(' ')
    return (len(entries) <= 8 and all(map(is_score, entries)) and scaled(entries[0]) > 0
            and all(scaled(a) < scaled(b) for a, b in zip(entries, entries[1:])))


def is_band(text):
    parts = text.split(' ')
    if len(parts) == 1:
        return is_number(text, 2, 16)
    return len(parts) == 2 and parts[0] in ('top', 'last') and is_number(parts[1], 1, 4096)


def is_date(text):
    return re.fullmatch(r'[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])', text) is not None


def is_dates(text):
    """1 to 16 dates, ascending, joined by `;`."""
    dates = text.split(';')
    return len(dates) <= 16 and all(map(is_date, dates)) and all(a < b for a, b in zip(dates, dates[1:]))


def are_slots(text):
    """Numbers from 1, separated by single spaces."""
    return all(is_number(part, 1, 10 ** 12) for part in text.split(' '))


def is_holder(kind, text):
    if kind == 'drand':
        return is_digest(text)
    return bool(text) and (kind != 'lottery' or re.fullmatch('.+ [0-9]{1,20}', text) is not None)


def is_name(text):
    """Whether text may stand in a draw id."""
    return bool(text) and not set(text) & set(' /+')


def is_column(kind, text):
    """Whether text names a column, or a total where the kind takes one."""
    parts = text.split(';')
    ascending = all(byte_order(a) < byte_order(b) for a, b in zip(parts, parts[1:]))
    return all(parts) and not any(map(field_fault, parts)) and ascending and (len(parts) == 1 or kind in ADDING_RULES)


def is_rule(who, kind, column, value):
    if who not in ('students', 'teachers'):
        return False
    if kind in TOKEN_RULES:
        return who == 'students' and not column and not value
    if not is_column(kind, column):
        return False
    return {'absent': lambda: value == 'mean' or is_score(value), 'balance': lambda: not value,
            'band': lambda: is_band(value), 'deviation': lambda: is_ladder(value), 'mean': lambda: is_ladder(value)}.get(kind, lambda: False)()


def is_address(text):
    """The folder of a URL."""
    scheme, _, rest = text.partition('://')
    return (scheme in ('http', 'https') and len(text) <= 200 and len(rest) >= 2 and rest[0] != '/' and rest[-1] == '/'
            and all('!' <= c <= '~' and c not in '"#\'<>?\\`' for c in rest))


def is_fact(key, value, mode):
    if not value:
        return False
    live = mode == LIVE
    return {'date': lambda: is_date(value), 'minisign': lambda: note.read_minisign_public(value) is not None,
            'mix': lambda: is_number(value, 1000 if live else 1, 100000), 'rows': lambda: value in ('public', 'auditors'),
            'rounds': lambda: value == '2', 'late': lambda: is_dates(value),
            'scores': lambda: value == 'forbidden', 'page': lambda: is_digest(value), 'address': lambda: is_address(value),
            'tries': lambda: is_number(value, 64 if live else 1, 256)}.get(key, lambda: key in FACTS)()


def parse_labels(text, letter, first_free=False):
    """The numbers of ascending labels such as T1;T3, or None. first_free: the first may be any that is not among the others."""
    if not text:
        return []
    parts = text.split(';')
    if not all(part[:1] == letter and is_number(part[1:], 1, 99999) for part in parts):
        return None
    numbers = [int(part[1:]) for part in parts]
    ascending = numbers[1:] if first_free else numbers
    if len(set(numbers)) < len(numbers) or ascending != sorted(ascending):
        return None
    return numbers


# What records must agree on

def sizes_of(school):
    """The groups' sizes (SPEC 7.1), or None if there are too few seats."""
    total = sum(student.seats for student in school.students)
    seats = [total if x is None else x for _, x in school.classes]
    if sum(seats) < total:
        return None
    level = 0
    while level < max(seats) and sum(min(x, level + 1) for x in seats) <= total:
        level += 1
    sizes = [min(x, level) for x in seats]
    rest = total - sum(sizes)
    for g in sorted((g for g, x in enumerate(seats) if x > level), key=lambda g: (-seats[g], g))[:rest]:
        sizes[g] += 1
    return sizes


def units_of(school):
    """The students of each unit, by their indices: blocks by their token, then everyone else."""
    blocks, units = {}, []
    for i, student in enumerate(school.students):
        if not student.together:
            units.append([i])
        elif student.together in blocks:
            blocks[student.together].append(i)
        else:
            blocks[student.together] = [i]
            units.append(blocks[student.together])
    return units


def rule_faults(draw):
    """What is wrong with the rules: (line, reason)."""
    names = {school.name for school in draw.schools}
    for rule in draw.rules:
        if rule.school and rule.school not in names:
            yield rule.line, 'a rule for a school that is not in the log'
        if 'scores' in draw.facts and rule.kind in ('absent',) + ADDING_RULES:
            yield rule.line, 'a score rule though scores are forbidden'
    for school in draw.schools:
        for who in ('students', 'teachers'):
            seen, added = set(), set()
            for rule in school.rules_of(who, *COLUMN_RULES):
                if rule.kind != 'band' and (rule.kind, rule.column) in seen:
                    yield rule.line, 'two rules of one kind for one column'
                seen.add((rule.kind, rule.column))
                if rule.kind in ADDING_RULES:
                    added.update(rule.columns())
            for kind, column in seen:
                if kind == 'balance' and (column in added or ('absent', column) in seen):
                    yield None, 'a column both of categories and of numbers'
                if kind == 'absent' and column not in added:
                    yield None, 'an absent rule for a column without a mean, deviation or band'


def limit_faults(draw):
    """What exceeds the limits of SPEC 12 (but for the counted codes, which are known only after lowering)."""
    if len(draw.rules) > 1024:
        yield None, 'too many rules'
    for school in draw.schools:
        sizes = ((school.announced, 4096), (len(school.classes), 128), (len(school.teachers), 1024),
                 (len(school.subjects()), 32), (sum(teacher.classes for teacher in school.teachers), 4096),
                 (len(school.limits), 4096), (max([0] + [len(student.limits) for student in school.students]), 16))
        columns = [sum(is_numeric is kind for _, is_numeric in school.columns[who])
                   for who in school.columns for kind in (False, True)]
        sums = [len(school.rules_of(who, *SUM_RULES)) for who in school.columns]
        if any(count > most for count, most in sizes) or max(columns) > 16 or max(sums) > 32:
            yield school.line, 'beyond the limits of a school'


def party_faults(draw):
    seen = set()
    for party in draw.parties:
        if party.public in seen:
            yield party.line, 'two parties with one key'
        seen.add(party.public)


def round_faults(draw):
    if draw.rounds() == 1:
        return
    for school in draw.schools:
        if school.forms_teams():
            yield school.line, 'two rounds, but the teams are not in the log'
    if not any(school.teachers for school in draw.schools):
        yield None, 'two rounds without teachers'


def hand_faults(school):
    for what, permutation in school.hands.items():
        line = school.hand_lines[what]
        if sorted(permutation) != list(range(1, len(school.classes) + 1)):
            yield line, 'not a permutation of the classes'
        if what == 'numbers' and not school.is_uniform():
            yield line, 'numbers drawn by hand for classes that are not interchangeable'
        if what == 'teams' and not school.teachers:
            yield line, 'teams drawn by hand where there are no teachers'


def school_faults(school, hidden=False):
    """What contradicts itself in a school: (line, reason). hidden: its students' lines are not to be seen."""
    yield from hand_faults(school)
    if hidden:
        yield from _class_faults(school)
        if len(school.locks) > school.announced:
            yield school.line, 'more locks than students'
        yield from _teacher_faults(school)
        yield from _absent_faults(school, 'teachers', school.teachers)
        return
    students = {student.pseudonym: student for student in school.students}
    classes = {name: g for g, (name, _) in enumerate(school.classes)}
    teachers = {teacher.pseudonym for teacher in school.teachers}
    yield from _class_faults(school)
    for pseudonym, (_, _, _, line) in school.locks.items():
        if pseudonym not in students:
            yield line, 'a lock of nobody'
    for who, people in (('students', school.students), ('teachers', school.teachers)):
        yield from _absent_faults(school, who, people)
    for student in school.students:
        if any(number >= len(school.limits) for number in student.limits):
            yield student.line, 'an unknown limit token'
        if student.recused and student.recused not in teachers:
            yield student.line, 'recused from an unknown teacher'
    yield from _token_faults(school)
    yield from _teacher_faults(school)
    yield from _seat_faults(school, students, classes)


def _class_faults(school):
    names = {name for name, _ in school.classes}
    if len({seats is None for _, seats in school.classes}) > 1:
        yield school.line, 'seats given for some classes only'
    for name, _, _, line in school.locks.values():
        if name not in names:
            yield line, 'a lock on no class'


def _absent_faults(school, who, people):
    for c, (column, is_numeric) in enumerate(school.columns[who]):
        if is_numeric and school.absent(who, column) is None:
            for person in people:
                if not person.values[c]:
                    yield person.line, 'an absent score without a rule for it'


def _token_faults(school):
    blocks = {}
    for student in school.students:
        if student.together:
            blocks.setdefault(student.together, []).append(student)
    for number, (token, members) in enumerate(blocks.items(), 1):
        if token != f'b{number}':
            yield members[0].line, 'together tokens not in canonical order'
        if not 2 <= len(members) <= 4:
            yield members[0].line, 'a together token of one or of more than four'
        for t, (most, _) in enumerate(school.limits):
            if sum(t in student.limits for student in members) > most:
                yield members[0].line, 'students kept together and apart'
    lists = [[student.pseudonym for student in school.students if t in student.limits] for t in range(len(school.limits))]
    for t, (most, line) in enumerate(school.limits):
        if not 1 <= most < len(lists[t]):
            yield line, 'a limit that says nothing'
        if t and lists[t - 1] >= lists[t]:
            yield line, 'limit tokens not in canonical order'


def _teacher_faults(school):
    k, given = len(school.classes), any(teacher.teams for teacher in school.teachers)
    for subject in school.subjects():
        if sum(teacher.classes for teacher in school.teachers if teacher.subject == subject) != k:
            yield school.line, 'the classes of a subject do not add up'
    if school.teachers and sum(teacher.homeroom for teacher in school.teachers) != k:
        yield school.line, 'not as many homeroom teachers as classes'
    for teacher in school.teachers:
        if teacher.classes > k:
            yield teacher.line, 'a teacher of more classes than there are'
    if not given:
        return
    homerooms = set()
    taken = set()
    for teacher in school.teachers:
        if len(teacher.teams) != teacher.classes:
            yield teacher.line, 'not as many team labels as classes'
            continue
        for team in teacher.teams:
            if team >= k or (team, teacher.subject) in taken:
                yield teacher.line, 'a team label of no team, or two teachers of one subject in a team'
            taken.add((team, teacher.subject))
        if teacher.homeroom:
            if teacher.teams[0] in homerooms:
                yield teacher.line, 'two homeroom teachers in one team'
            homerooms.add(teacher.teams[0])


def _seat_faults(school, students, classes):
    sizes = sizes_of(school)
    if sizes is None:
        yield school.line, 'more students than seats'
        return
    pinned = [0] * len(sizes)
    for members in units_of(school):
        seats = sum(school.students[i].seats for i in members)
        locks = {school.locks[pseudonym][0] for pseudonym in (school.students[i].pseudonym for i in members)
                 if pseudonym in school.locks}
        if len(locks) > 1:
            yield school.students[members[0]].line, 'students kept together locked on two classes'
        elif locks and locks <= set(classes):
            pinned[classes[locks.pop()]] += seats
        elif seats > max(sizes):
            yield school.students[members[0]].line, 'a unit larger than each group'
    for seats, size in zip(pinned, sizes):
        if seats > size:
            yield school.line, 'locked students exceed their group'
