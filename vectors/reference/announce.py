"""From an input folder to a log: announcing, rehearsing, drawing (SPEC 11)."""

import re

from . import digest, log_reader, results, roster, signatures, verify
from .engine import Failed
from .enrolment import HEADERS, Enrolment
from .rulefile import fixes_of, hands_of, keys_of, read_rules, rule_records, write_opening
from .text import NUMBER, SPACES, Fault, Refused, normal_score, read_record, shortlex
from .writer import Secrets, Writer


def opened(folder, mode, master):
    """A Writer that holds the announcement: opening, roster, and the first checkpoint with the host's signature."""
    writer = Writer(Secrets(master))
    enrolment = Enrolment(folder)
    rules = read_rules(enrolment.rules)
    write_opening(writer, rules, enrolment, mode)
    _schools(writer, rules, enrolment)
    writer.sign('list' if sealed_in(writer) else 'seed-base')
    return writer


def sealed_in(writer):
    """The ids of the parties that add a contribution."""
    parties = (read_record(line, 0) for line in writer.lines if line.startswith(b'party,'))
    return [fields[1] for fields in parties if fields[5] == 'sealed']


def checked(writer):
    """The log as read back; Refused if it has a fault."""
    try:
        log = log_reader.read(writer.data())
        verify.check_roster(log)
        verify.check_entropy(log)
        signatures.check_quorums(log)
    except Fault as fault:
        raise Refused(f'the log would have the fault {fault}') from None
    return log


def announcement(folder, mode, master):
    """A Writer that holds the log up to the signature of seed-base, every sealed party missing, and the log as read back."""
    writer = opened(folder, mode, master)
    sealed = sealed_in(writer)
    if sealed:
        for party in sealed:
            writer.add(['missing', party])
        writer.sign('commits')
        writer.sign('seed-base')
    return writer, checked(writer)


class _SchoolRows:
    """What the files hold of one school."""

    def __init__(self):
        self.classes, self.students, self.teachers = [], [], []


def _schools(writer, rules, enrolment):
    keys = keys_of(rules)
    alone = keys.get('school', '-')
    schools = {}
    for table, part in ((enrolment.classes, 'classes'), (enrolment.students, 'students'), (enrolment.teachers, 'teachers')):
        if table is None:
            continue
        names = table.cells('school') if table.find('school') is not None else [alone] * len(table.rows)
        for name, row in zip(names, table.rows):
            if part == 'classes':
                schools.setdefault(name, _SchoolRows())
            if name not in schools:
                raise Refused(f'{table.name}: unknown school {name!r}')
            getattr(schools[name], part).append(row)
    for table in (enrolment.students, enrolment.teachers):
        ids = table.cells('id') if table else []
        if '' in ids or len(set(ids)) != len(ids):
            raise Refused(f'{table.name}: an id is empty or given twice')
    fixes = fixes_of(rules, enrolment.students.cells('id'))
    for number, name in enumerate(sorted(schools, key=shortlex), 1):
        _school(writer, enrolment, schools[name], number, name,
                [rule for rule in rules if rule.school in ('', name)], fixes)


def _school(writer, enrolment, rows, number, name, rules, fixes):
    students, teachers, secrets = enrolment.students, enrolment.teachers, writer.secrets
    k = len(rows.classes)
    writer.add(['school', str(number), name, str(k), str(len(rows.students)), str(len(rows.teachers))])
    column_class, column_seats = enrolment.classes.need('class'), enrolment.classes.need('seats')
    for row in sorted(rows.classes, key=lambda row: shortlex(row[column_class])):
        writer.add(['class', row[column_class], row[column_seats]])
    for what, permutation in sorted(hands_of(rules).items()):
        writer.add(['hand', what, permutation])
    # Everybody, in the order of pseudonyms.
    student_id, student_name = students.need('id'), students.need('name')
    people = sorted((secrets.pseudonym('student', name, row[student_id]), row) for row in rows.students)
    staff = sorted((secrets.pseudonym('teacher', name, row[teachers.need('id')]), row) for row in rows.teachers)
    for pseudonym, row in people:
        if row[student_id] in fixes:
            writer.add(['lock', pseudonym] + fixes[row[student_id]])
    # Tokens.
    together = _together([row for _, row in people], students, rules)
    limits = _limits([row for _, row in people], students, rules, k)
    for token, (_, most) in enumerate(limits, 1):
        writer.add(['limit', f'a{token}', str(most)])
    shadow = roster.School(number, name)
    shadow.set_rules([roster.Rule(record[1:]) for record in rule_records(rules, enrolment)])
    teacher_of = {row[teachers.need('id')]: pseudonym for pseudonym, row in staff} if teachers else {}
    labels = _team_labels(staff, teachers)
    for pseudonym, row in staff:
        cell = lambda column: row[teachers.need(column)]
        homeroom = HEADERS.get(cell('homeroom'), cell('homeroom'))
        if homeroom not in ('yes', 'no', ''):
            raise Refused(f'teachers.csv: homeroom {homeroom!r}')
        teams = [labels[part] for part in _split(row[teachers.find('team')])] if labels else []
        first = 1 if homeroom == 'yes' else 0
        teams[first:] = sorted(teams[first:])
        values = _values(shadow, 'teachers', teachers, row)
        commitment = secrets.commitment(pseudonym, name, cell('id'), cell('name'), values)
        writer.add(['teacher', pseudonym, commitment, cell('subject'), cell('classes'), 'yes' if homeroom == 'yes' else '-',
                    ';'.join(f'T{team}' for team in teams)] + values)
    weights = {rule.column for rule in rules if rule.kind == 'weight'}
    if len(weights) > 1:
        raise Refused('rules.csv: two weight rules')
    for i, (pseudonym, row) in enumerate(people):
        mine = ';'.join(f'a{token}' for token, (members, _) in enumerate(limits, 1) if i in members)
        recused = {teacher_of.get(row[students.need(rule.column)], '?') for rule in rules
                   if rule.kind == 'recuse' and row[students.need(rule.column)]}
        if len(recused) > 1 or '?' in recused:
            raise Refused('students.csv: recuse')
        weight = [row[students.need(column)] or '0' for column in weights] or ['0']
        if weight[0] not in ('0', '1', '2', '3'):
            raise Refused(f'students.csv: weight {weight[0]!r}')
        values = _values(shadow, 'students', students, row)
        commitment = secrets.commitment(pseudonym, name, row[student_id], row[student_name], values)
        writer.add(['student', pseudonym, commitment, together.get(i, ''), mine, ''.join(recused), str(1 + int(weight[0]))] + values)


def _values(school, who, table, row):
    values = []
    for column, is_numeric in school.columns[who]:
        cell = row[table.need(column)]
        if is_numeric and cell:
            value = normal_score(cell)
            if value is None:
                raise Refused(f'{table.name}: {column}: {cell!r} is not a decimal')
            cell = value
        values.append(cell)
    return values


def _split(cell, separators=';'):
    return [part for part in (part.strip(SPACES) for part in re.split(f'[{separators}]', cell)) if part]


def _columns(table, rules, kind):
    return sorted({table.need(rule.column) for rule in rules if rule.kind == kind})


def _groups(rows, column, split=False):
    """The rows of each value of a column."""
    groups = {}
    for i, row in enumerate(rows):
        for value in dict.fromkeys(_split(row[column], ';；')) if split else [row[column]] if row[column] else []:
            groups.setdefault(value, []).append(i)
    return groups


def _together(rows, table, rules):
    """The token of each row that has one; rows in the order of pseudonyms."""
    root = list(range(len(rows)))

    def find(i):
        while root[i] != i:
            i = root[i]
        return i

    for column in _columns(table, rules, 'together'):
        for members in _groups(rows, column).values():
            for i in members[1:]:
                a, b = sorted((find(members[0]), find(i)))
                root[b] = a
    blocks = {}
    for i in range(len(rows)):
        blocks.setdefault(find(i), []).append(i)
    tokens = {}
    for block in blocks.values():
        if len(block) > 4:
            raise Refused('students.csv: more than four together')
        if len(block) > 1:
            number = len(set(tokens.values())) + 1
            tokens.update({i: f'b{number}' for i in block})
    return tokens


def _limits(rows, table, rules, k):
    """The limit tokens in order: (members, most)."""
    found = {}

    def limit(members, most):
        if len(members) > most:
            found[tuple(members)] = min(most, found.get(tuple(members), most))

    for column in _columns(table, rules, 'apart'):
        for members in _groups(rows, column, split=True).values():
            if len(members) > k:
                raise Refused('students.csv: more to keep apart than classes')
            limit(members, 1)
    for column in _columns(table, rules, 'spread'):
        for members in _groups(rows, column).values():
            limit(members, -(-len(members) // k))
    for rule in rules:
        if rule.kind == 'cap':
            value, _, most = rule.value.rpartition(' ')
            if not NUMBER.fullmatch(most) or most == '0' or not value:
                raise Refused(f'rules.csv: cap {rule.value!r}')
            limit([i for i, row in enumerate(rows) if row[table.need(rule.column)] == value], int(most))
    return sorted(found.items())


def _team_labels(staff, table):
    """The numbers of the team labels of a school, empty if it has none."""
    if table is None or table.find('team') is None:
        return {}
    labels = {part for _, row in staff for part in _split(row[table.find('team')])}
    return {label: number for number, label in enumerate(sorted(labels, key=shortlex), 1)}


def finish(writer, log, entropy, until='results', patience=None):
    """Append a round or two and their results, or raise Refused if there are none.

    entropy: of each round its records `entropy`; log: the log as read at its seed base.
    """
    draw, placements, rounds = log.draw, [], log.draw.rounds()
    base = log.checkpoints[-1].root
    for number, records in enumerate(entropy[:rounds], 1):
        for record in records:
            writer.add(record)
        lines = writer.lines[len(writer.lines) - len(records):]
        phase = 'digits' if number == 1 else 'digits-2'
        writer.sign(phase)
        try:
            verify.check_entropy(log_reader.read(writer.data()))
        except Fault as fault:
            raise Refused(f'the digits: {fault.reason}') from None
        if until == phase:
            return
        seed = _seed(draw.mode, base, lines)
        for at, school in enumerate(draw.schools):
            if number == 1:
                placements.append(results.settle(school, seed, draw.mix(), draw.tries(), patience=patience))
                if placements[-1] is None:
                    raise Refused(f'school {school.number}: no placement was found')
                found = results.first_lines(school, placements[-1], draw.mode, rounds)
            else:
                found = results.second_lines(school, placements[at], seed, draw.mode)
            for line in found:
                writer.add_line(line.encode())
        base = writer.sign('results' if number == rounds else 'groups')
        if until == 'groups':
            return


def _seed(mode, root, lines):
    """The seed of a round: root is that before it, lines its records."""
    if mode == roster.REHEARSAL:
        return bytes.fromhex(lines[0].decode()[-64:])
    return digest.seed_live(root, [line.decode() for line in lines])


def rehearse(folder, seed, patience=None):
    """The Writer of a complete rehearsal."""
    writer, log = announcement(folder, roster.REHEARSAL, digest.rehearsal_master(seed))
    finish(writer, log, [[['entropy', 'rehearsal', 'x' + seed.hex()]]] * 2, patience=patience)
    return writer


def rare_students(school):
    """How many students have a row that fewer than 5 others of the school have."""
    rows = [(s.together, tuple(s.limits), s.recused, s.seats, tuple(s.values)) for s in school.students]
    return sum(rows.count(row) < 6 for row in rows)


def trials(folder):
    """Of each school the name and how many of 100 trials succeed (SPEC 11.4)."""
    _, log = announcement(folder, roster.REHEARSAL, digest.rehearsal_master(bytes(32)))
    for school in log.draw.schools:
        succeeded = 0
        for i in range(100):
            try:
                results.attempt(school, digest.mac(bytes(32), 'sunlot/v1/trial', i), school.rungs(), 1, min(100, log.draw.mix()))
                succeeded += 1
            except Failed:
                pass
        yield school.name, succeeded


def evidence(folder, draws, seed, mix=None):
    """Of each student school, pseudonym, and how many of the draws of SPEC 11.6 put him into each class of the school."""
    _, log = announcement(folder, roster.REHEARSAL, digest.rehearsal_master(bytes(32)))
    draw = log.draw
    for school in draw.schools:
        count = [[0] * len(school.classes) for _ in school.students]
        for i in range(draws):
            placement = results.settle(school, digest.mac(seed, 'sunlot/v1/evidence', i), draw.mix() if mix is None else mix, draw.tries())
            if placement:
                class_of_group = {g: c for c, g in enumerate(placement.group_of_class)}
                for row, group in zip(count, placement.groups):
                    row[class_of_group[group]] += 1
        for student, row in zip(school.students, count):
            yield school.name, student.pseudonym, row


def _may_be_announced(folder, draw):
    rare, students = sum(map(rare_students, draw.schools)), sum(len(school.students) for school in draw.schools)
    telling = 100 * rare > 2 * students or any(rule.kind in roster.ADDING_RULES for rule in draw.rules)
    if telling and draw.facts['rows'] == 'public' and 'authority' not in draw.facts:
        raise Refused('scores or rare rows need an authority and a ground')
    for name, succeeded in trials(folder):
        if succeeded < 50:
            raise Refused(f'school {name}: {succeeded} of 100 trials succeed')


def announced(folder, master):
    """The Writer of a live log that may be announced, up to its first checkpoint."""
    writer = opened(folder, roster.LIVE, master)
    _may_be_announced(folder, checked(writer).draw)
    return writer


def live(folder, master, digits, until='results'):
    """The Writer of a live log of the host alone; digits: one text a source as it will stand, or without hyphens."""
    writer = announced(folder, master)
    if until != 'seed-base':
        records = [['entropy', number, verify.grouped(text) if text.isdigit() else text] for number, text in enumerate(digits, 1)]
        finish(writer, checked(writer), [records], until)
    return writer
