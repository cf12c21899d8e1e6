"""Whether results keep the rules, from the rules and the seats alone: shares nothing with lowering and engine."""

from collections import Counter, defaultdict
from fractions import Fraction

from . import roster
from .text import read_record


def broken_rules(draw, result_lines, matched=True):
    """What is broken, as texts; result_lines: bytes without LF, of the right forms. matched: whether the sections are among them."""
    blocks = []
    for number, line in enumerate(result_lines, 1):
        fields = read_record(line, number)
        if fields[0] == 'placed':
            blocks.append([])
        blocks[-1].append(fields)
    if len(blocks) != len(draw.schools):
        yield 'not one block of results for each school'
        return
    for school, block in zip(draw.schools, blocks):
        for text in _broken(school, block, matched):
            yield f'school {school.number}: {text}'


def _broken(school, block, matched):
    seat = {fields[1]: (fields[3], fields[4]) for fields in block if fields[0] == 'seat'}
    seats = sum(fields[0] == 'seat' for fields in block)
    if seats != len(seat) or set(seat) != {student.pseudonym for student in school.students}:
        yield 'not one seat for each student'
        return
    pairs = set(seat.values())
    names = [name for name, _ in school.classes]
    if len({group for group, _ in pairs}) != len(pairs) or len({name for _, name in pairs}) != len(pairs):
        yield 'groups and classes do not belong together one by one'
        return
    if not {name for _, name in pairs} <= set(names):
        yield 'a class that does not exist'
        return
    by_class = defaultdict(list)
    for student in school.students:
        by_class[seat[student.pseudonym][1]].append(student)
    rung = int(block[0][2])
    class_of = {pseudonym: name for pseudonym, (_, name) in seat.items()}
    yield from _students(school, by_class, class_of)
    taken = {name: sum(student.seats for student in by_class[name]) for name in names}
    sizes = roster.sizes_of(school)
    if sorted(taken.values()) != sorted(sizes):
        yield 'the sizes of the classes'
    for (name, most) in school.classes:
        if most is not None and taken[name] > most:
            yield f'class {name}: more students than seats'
    yield from _balance(school, 'students', list(by_class.values()))
    yield from _means(school, 'students', list(by_class.values()), rung)
    if school.teachers and matched:
        yield from _teachers(school, block, by_class, rung)


def _students(school, by_class, class_of):
    for pseudonym, lock in school.locks.items():
        if class_of[pseudonym] != lock[0]:
            yield 'a lock'
    together = defaultdict(set)
    for student in school.students:
        if student.together:
            together[student.together].add(class_of[student.pseudonym])
    if any(len(classes) > 1 for classes in together.values()):
        yield 'a together token in two classes'
    for students in by_class.values():
        held = Counter(token for student in students for token in student.limits)
        if any(count > school.limits[token][0] for token, count in held.items()):
            yield 'a limit token too often in a class'


def _scores(school, who, columns, people):
    names, result = [name for name, _ in school.columns[who]], [Fraction(0)] * len(people)
    for column in columns.split(';'):
        absent = [rule.value for rule in school.rules if (rule.who, rule.kind, rule.column) == (who, 'absent', column)]
        for i, person in enumerate(people):
            text = person.values[names.index(column)] or (absent[0] if absent else 'mean')
            result[i] = None if result[i] is None or text == 'mean' else result[i] + Fraction(text)
    return result


def _labels(school, who, rule, people):
    """What each row counts as under a balance or band rule; None where it is not counted."""
    if rule.kind == 'balance':
        c = [name for name, _ in school.columns[who]].index(rule.column)
        return [person.values[c] for person in people]
    values = _scores(school, who, rule.column, people)
    present = [value for value in values if value is not None]
    words = rule.value.split()
    if words[0] == 'top':
        return ['in' if v is not None and sum(x > v for x in present) < int(words[1]) else None for v in values]
    if words[0] == 'last':
        return ['in' if v is not None and sum(x < v for x in present) < int(words[1]) else None for v in values]
    return ['absent' if v is None else sum(x < v for x in present) * int(words[0]) // len(present) for v in values]


def _balance(school, who, parts):
    """parts: the rows of each class or team."""
    people = [person for part in parts for person in part]
    for rule in school.rules:
        if rule.who != who or rule.kind not in ('balance', 'band'):
            continue
        labels = _labels(school, who, rule, people)
        whole, at = Counter(labels), 0
        for part in parts:
            here = Counter(labels[at:at + len(part)])
            at += len(part)
            for label, count in whole.items():
                fair = Fraction(count * len(part), len(people))
                if label is not None and abs(here[label] - fair) >= 1:
                    yield f'{rule.kind} {rule.column}'


def _means(school, who, parts, rung):
    people = [person for part in parts for person in part]
    for rule in school.rules:
        if rule.who != who or rule.kind not in ('mean', 'deviation'):
            continue
        values = _scores(school, who, rule.column, people)
        present = [value for value in values if value is not None]
        if not present:
            continue
        mean = sum(present) / len(present)
        gaps = rule.value.split()
        gap, at = Fraction(gaps[min(rung, len(gaps)) - 1]), 0
        variance = sum((value - mean) ** 2 for value in present) / len(present)
        for part in parts:
            here, at = values[at:at + len(part)], at + len(part)
            if rule.kind == 'mean':
                here = [mean if value is None else value for value in here]
                kept = not here or abs(sum(here) / len(here) - mean) <= gap / 2
            else:
                square = [variance if value is None else (value - mean) ** 2 for value in here]
                kept = not here or _near_roots(sum(square) / len(square), variance, gap / 2 + _grain(present, mean))
            if not kept:
                yield f'{rule.kind} {rule.column}'


def _grain(present, mean):
    """What rounding the distances from the mean to the unit of SPEC 7.2 may move two deviations apart: once the unit."""
    unit = Fraction(1, 1000)
    while max(abs(value - mean) for value in present) >= unit * 2 ** 17:
        unit *= 2
    return unit


def _near_roots(a, b, away):
    """Whether the square roots of a and b are at most `away` apart: a + b - away² <= 2·√(a·b)."""
    left = a + b - away * away
    return left <= 0 or left * left <= 4 * a * b


def _teachers(school, block, by_class, rung):
    teachers = {teacher.pseudonym: teacher for teacher in school.teachers}
    sections = [fields for fields in block if fields[0] == 'section']
    if any(fields[4] not in teachers or teachers[fields[4]].subject != fields[3] for fields in sections):
        yield 'a section by the wrong teacher'
        return
    subjects = {teacher.subject for teacher in school.teachers}
    expected = sorted((name, subject) for name, _ in school.classes for subject in subjects)
    if sorted((fields[1], fields[3]) for fields in sections) != expected:
        yield 'not one section for each class and subject'
        return
    if Counter(fields[4] for fields in sections) != {p: teacher.classes for p, teacher in teachers.items()}:
        yield 'a teacher with too many or too few classes'
    homerooms = [fields for fields in sections if fields[5] == 'homeroom']
    if sorted(fields[1] for fields in homerooms) != sorted(name for name, _ in school.classes):
        yield 'not one homeroom teacher for each class'
    if sorted(fields[4] for fields in homerooms) != sorted(p for p, teacher in teachers.items() if teacher.homeroom):
        yield 'the homeroom teachers'
    teams, at = defaultdict(list), {}
    for fields in sections:
        teams[fields[2]].append(teachers[fields[4]])
        at.setdefault(fields[1], set()).add(fields[4])
        if teachers[fields[4]].teams and int(fields[2][1:]) - 1 not in teachers[fields[4]].teams:
            yield 'a team that is not as given'
    if len(teams) != len(school.classes) or len({(fields[1], fields[2]) for fields in sections}) != len(teams):
        yield 'teams and classes do not belong together one by one'
    for name, students in by_class.items():
        if any(student.recused in at[name] for student in students):
            yield 'a recusal'
    if not school.teachers[0].teams:
        yield from _balance(school, 'teachers', list(teams.values()))
        yield from _means(school, 'teachers', list(teams.values()), rung)
