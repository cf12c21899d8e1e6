"""From an input folder to a log: announcing, rehearsing, drawing (SPEC 11)."""

import re

from . import digest, ed25519, log_reader, note, results, roster, verify
from .engine import Failed
from .enrolment import HEADERS, KEYS, RULES, Enrolment
from .text import NUMBER, SPACES, Fault, Refused, byte_order, normal_score, shortlex, write_record
from .tree import Tree

STUDENT_RULES = roster.TOKEN_RULES + ('fix',)


class InputRule:
    """A row of rules.csv, its words in English."""

    def __init__(self, kind, who, column, value, school):
        self.kind, self.who, self.column, self.value, self.school = kind, who, column, value, school

    def parts(self, count):
        parts = [part.strip(SPACES) for part in self.value.split(';')]
        if len(parts) != count or not all(parts):
            raise Refused(f'rules.csv: {self.kind}: {count} parts are due')
        return parts


def read_rules(table):
    rules = []
    for kind, who, column, value, school in zip(*(table.cells(name) for name in ('rule', 'who', 'column', 'value', 'school'))):
        kind, who = RULES.get(kind, kind), HEADERS.get(who, who)
        if kind not in RULES.values() or who not in ('', 'students', 'teachers'):
            raise Refused(f'rules.csv: {kind},{who}')
        if kind in roster.COLUMN_RULES and not who:
            raise Refused(f'rules.csv: {kind}: for whom?')
        if kind in STUDENT_RULES and who == 'teachers':
            raise Refused(f'rules.csv: {kind} is not for teachers')
        rules.append(InputRule(kind, who, column, value, school))
    return rules


class Secrets:
    """What comes from the master."""

    def __init__(self, master):
        self.master = master
        self.log_seed = digest.private(master, 'log key')
        self.minisign_seed = digest.private(master, 'minisign key')
        self.minisign_number = digest.private(master, 'minisign id')[:8]

    def log_public(self):
        return ed25519.public_key(self.log_seed)

    def minisign_public(self):
        return note.minisign_public(self.minisign_number, ed25519.public_key(self.minisign_seed))

    def person(self, role, school, person_id, name):
        """Pseudonym and commitment field."""
        pseudonym = digest.pseudonym(self.master, role, school, person_id)
        salt = digest.salt(self.master, pseudonym)
        return pseudonym, 'h' + digest.commitment(salt, pseudonym, school, person_id, name).hex()


class Writer:
    """A log that grows: lines (bytes) and their tree."""

    def __init__(self, secrets):
        self.secrets, self.lines, self.tree, self.name = secrets, [], Tree(), None

    def add(self, fields):
        self.add_line(write_record(fields).encode())

    def add_line(self, line):
        self.lines.append(line)
        self.tree.append(line)

    def sign(self, phase):
        size, root, public = self.tree.size, self.tree.root(), self.secrets.log_public()
        self.add(['checkpoint', phase, str(size), 'h' + root.hex()])
        signature = ed25519.sign(self.secrets.log_seed, note.note_text(self.name, size, root))
        self.add(['signature', self.name, note.write_signature(self.name, public, signature)])
        return root

    def data(self):
        return b''.join(line + b'\n' for line in self.lines)

    def minisig(self):
        comment = f'{self.name} {len(self.lines)} lines'
        return note.minisign_file(self.secrets.minisign_seed, self.secrets.minisign_number, self.data(), comment)


def announcement(folder, mode, master):
    """A Writer that holds the log up to the signature of seed-base, and the log as read back."""
    writer = Writer(Secrets(master))
    enrolment = Enrolment(folder)
    rules = read_rules(enrolment.rules)
    _opening(writer, rules, enrolment, mode)
    _schools(writer, rules, enrolment)
    writer.sign('seed-base')
    try:
        log = log_reader.read(writer.data())
        verify.check_roster(log)
        verify.check_entropy(log)
    except Fault as fault:
        raise Refused(f'the log would have the fault {fault}') from None
    return writer, log


def _only(rules, kind, default):
    values = [rule.value for rule in rules if rule.kind == kind]
    if len(values) > 1:
        raise Refused(f'rules.csv: {kind} twice')
    return values[0] if values else default


def _keys(rules):
    keys = {}
    for rule in rules:
        if rule.kind == 'draw':
            key = KEYS.get(rule.column, rule.column)
            if key in keys or key not in KEYS.values():
                raise Refused(f'rules.csv: draw {key}')
            keys[key] = rule.value
    return keys


def _opening(writer, rules, enrolment, mode):
    keys = _keys(rules)
    if not all(key in keys for key in ('district', 'year', 'grade')):
        raise Refused('rules.csv: district, year and grade are required')
    name = [mode, keys['district'], keys['year'], keys['grade'], keys.get('stage', 'placement'), keys.get('attempt', '1')]
    writer.name = 'sunlot/v1/' + '/'.join(name)
    writer.add(['sunlot', 'v1', roster.ALGORITHMS] + name)
    facts = {'minisign': writer.secrets.minisign_public(), 'mix': _only(rules, 'mix', '1000'), 'rows': 'public',
             'tries': _only(rules, 'tries', '64')}
    facts.update({key: keys[key] for key in ('date', 'retention') if key in keys})
    scores = _only(rules, 'scores', None)
    if scores is not None:
        facts['scores'] = HEADERS.get(scores, scores)
    for rule in rules:
        if rule.kind == 'rows':
            if HEADERS.get(rule.value, rule.value) != 'public':
                word, facts['authority'], facts['ground'] = rule.parts(3)
                if HEADERS.get(word, word) != 'public':
                    raise Refused('rules.csv: rows')
    for key in sorted(facts, key=byte_order):
        writer.add(['fact', key, facts[key]])
    writer.add(['party', 'host', 'host', note.write_vkey(writer.name, writer.secrets.log_public())])
    writer.add(['quorum', 'seed-base', 'all'])
    writer.add(['quorum', 'digits', 'all'])
    sources = {}
    for rule in rules:
        if rule.kind == 'source':
            throw, holder, crooked, substitute = rule.parts(4)
            kind, _, length = throw.partition(' ')
            if rule.column in sources or not NUMBER.fullmatch(rule.column):
                raise Refused('rules.csv: source')
            sources[rule.column] = ['source', rule.column, kind, length, holder, crooked, substitute]
    for number in sorted(sources, key=int):
        writer.add(sources[number])
    lines = {write_record(record) for record in rule_records(rules, enrolment)}
    for line in sorted(lines, key=byte_order):
        writer.add_line(line.encode())


def rule_records(rules, enrolment):
    """The records `rule`, with repetitions and in no order."""
    for rule in rules:
        if rule.kind in roster.TOKEN_RULES:
            enrolment.students.need(rule.column)
            if re.search('[;；]', rule.column):
                raise Refused(f'rules.csv: {rule.column!r} cannot be named')
            yield ['rule', 'students', rule.kind, '', '', rule.school]
        elif rule.kind in roster.COLUMN_RULES:
            table = enrolment.students if rule.who == 'students' else enrolment.teachers
            if table is None:
                raise Refused('rules.csv: a rule for teachers, but there are none')
            parts = [part.strip(SPACES) for part in re.split('[;；]', rule.column)]
            if (len(parts) > 1 and rule.kind not in roster.ADDING_RULES) or table.find(rule.column) is not None and parts[1:]:
                raise Refused(f'rules.csv: {rule.column!r} cannot be named by {rule.kind}')
            columns = sorted((table.header[table.need(part)] for part in parts), key=byte_order)
            if len(set(columns)) < len(columns):
                raise Refused(f'rules.csv: {rule.column!r} names a column twice')
            yield ['rule', rule.who, rule.kind, ';'.join(columns), rule_value(rule), rule.school]


def rule_value(rule):
    """The VALUE of the record: words in English, numbers in the form of SPEC 1."""
    if rule.kind in roster.SUM_RULES:
        return ' '.join(normal_score(entry) or entry for entry in rule.value.split(' '))
    if rule.kind == 'absent':
        value = RULES.get(rule.value, rule.value)
        return value if value == 'mean' else normal_score(value) or value
    if rule.kind == 'band':
        word, space, number = rule.value.partition(' ')
        return HEADERS.get(word, word) + space + number
    return rule.value


class _SchoolRows:
    """What the files hold of one school."""

    def __init__(self):
        self.classes, self.students, self.teachers = [], [], []


def _schools(writer, rules, enrolment):
    keys = _keys(rules)
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
    fixes = {}
    for rule in rules:
        if rule.kind == 'fix':
            if rule.column in fixes or rule.column not in enrolment.students.cells('id'):
                raise Refused(f'rules.csv: fix of {rule.column!r}')
            fixes[rule.column] = rule.parts(3)
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
    # Everybody, in the order of pseudonyms.
    student_id, student_name = students.need('id'), students.need('name')
    people = sorted(secrets.person('student', name, row[student_id], row[student_name]) + (row,) for row in rows.students)
    staff = []
    if teachers:
        staff = sorted(secrets.person('teacher', name, row[teachers.need('id')], row[teachers.need('name')]) + (row,)
                       for row in rows.teachers)
    for pseudonym, _, row in people:
        if row[student_id] in fixes:
            writer.add(['lock', pseudonym] + fixes[row[student_id]])
    # Tokens.
    together = _together([row for _, _, row in people], students, rules)
    limits = _limits([row for _, _, row in people], students, rules, k)
    for token, (_, most) in enumerate(limits, 1):
        writer.add(['limit', f'a{token}', str(most)])
    shadow = roster.School(number, name)
    shadow.set_rules([roster.Rule(record[1:]) for record in rule_records(rules, enrolment)])
    teacher_of = {row[teachers.need('id')]: pseudonym for pseudonym, _, row in staff} if teachers else {}
    labels = _team_labels(staff, teachers)
    for pseudonym, commitment, row in staff:
        cell = lambda name: row[teachers.need(name)]
        homeroom = HEADERS.get(cell('homeroom'), cell('homeroom'))
        if homeroom not in ('yes', 'no', ''):
            raise Refused(f'teachers.csv: homeroom {homeroom!r}')
        teams = [labels[part] for part in _split(row[teachers.find('team')])] if labels else []
        first = 1 if homeroom == 'yes' else 0
        teams[first:] = sorted(teams[first:])
        writer.add(['teacher', pseudonym, commitment, cell('subject'), cell('classes'), 'yes' if homeroom == 'yes' else '-',
                    ';'.join(f'T{team}' for team in teams)] + _values(shadow, 'teachers', teachers, row))
    weights = {rule.column for rule in rules if rule.kind == 'weight'}
    if len(weights) > 1:
        raise Refused('rules.csv: two weight rules')
    for i, (pseudonym, commitment, row) in enumerate(people):
        mine = ';'.join(f'a{token}' for token, (members, _) in enumerate(limits, 1) if i in members)
        recused = {teacher_of.get(row[students.need(rule.column)], '?') for rule in rules
                   if rule.kind == 'recuse' and row[students.need(rule.column)]}
        if len(recused) > 1 or '?' in recused:
            raise Refused('students.csv: recuse')
        weight = [row[students.need(column)] or '0' for column in weights] or ['0']
        if weight[0] not in ('0', '1', '2', '3'):
            raise Refused(f'students.csv: weight {weight[0]!r}')
        writer.add(['student', pseudonym, commitment, together.get(i, ''), mine, ''.join(recused), str(1 + int(weight[0]))]
                   + _values(shadow, 'students', students, row))


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
    labels = {part for _, _, row in staff for part in _split(row[table.find('team')])}
    return {label: number for number, label in enumerate(sorted(labels, key=shortlex), 1)}


def finish(writer, log, patience=None):
    """Append the results, or raise Refused if there are none. The digits are signed."""
    read = log_reader.read(writer.data())
    seed = verify.seed_of(read)
    for school in log.draw.schools:
        lines = results.lines_of(school, seed, log.draw.mix(), log.draw.tries(), log.draw.mode, patience=patience)
        if lines is None:
            raise Refused(f'school {school.number}: no placement was found')
        for line in lines:
            writer.add_line(line.encode())
    writer.sign('results')


def rehearse(folder, seed, patience=None):
    """The Writer of a complete rehearsal."""
    writer, log = announcement(folder, roster.REHEARSAL, digest.rehearsal_master(seed))
    writer.add(['entropy', 'rehearsal', 'x' + seed.hex()])
    writer.sign('digits')
    finish(writer, log, patience)
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
        index = {name: c for c, (name, _) in enumerate(school.classes)}
        for i in range(draws):
            trace = {}
            if results.lines_of(school, digest.mac(seed, 'sunlot/v1/evidence', i), draw.mix() if mix is None else mix, draw.tries(), roster.REHEARSAL, trace):
                class_of_group = {g: c for c, g in enumerate(trace['group_of_class'])}
                for row, group in zip(count, trace['placement'].groups):
                    row[class_of_group[group]] += 1
        for student, row in zip(school.students, count):
            yield school.name, student.pseudonym, row


def _may_be_announced(folder, draw):
    rare, students = sum(map(rare_students, draw.schools)), sum(len(school.students) for school in draw.schools)
    if 'authority' not in draw.facts and (100 * rare > 2 * students or any(rule.kind in roster.ADDING_RULES for rule in draw.rules)):
        raise Refused('scores or rare rows need an authority and a ground')
    for name, succeeded in trials(folder):
        if succeeded < 50:
            raise Refused(f'school {name}: {succeeded} of 100 trials succeed')


def live(folder, master, digits, until='results'):
    """The Writer of a live log; digits: one text a source, hyphens ignored."""
    writer, log = announcement(folder, roster.LIVE, master)
    _may_be_announced(folder, log.draw)
    if until == 'seed-base':
        return writer
    for number, text in enumerate(digits, 1):
        writer.add(['entropy', str(number), verify.grouped(text.replace('-', ''))])
    writer.sign('digits')
    try:
        verify.check_entropy(log_reader.read(writer.data()))
    except Fault as fault:
        raise Refused(f'the digits: {fault.reason}') from None
    if until != 'digits':
        finish(writer, log)
    return writer
