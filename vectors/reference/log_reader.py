"""Reading a log: the grammar and the forms (SPEC 2 and 5). Faults of the kinds parse and order end the reading."""

import re

from . import note
from .roster import (ALGORITHMS, FACTS, LIVE, MILLIBITS, REHEARSAL, REQUIRED_FACTS, Draw, Rule, School, Student, Teacher,
                     is_digest, is_fact, is_name, is_pseudonym, is_rule, parse_labels)
from .text import DECIMAL, Fault, is_number, is_score, read_record, shortlex

TYPES = {'sunlot', 'fact', 'party', 'quorum', 'source', 'rule', 'school', 'class', 'lock', 'limit', 'teacher', 'student',
         'checkpoint', 'signature', 'entropy', 'placed', 'seat', 'section', 'count', 'mean', 'deviation'}
ANY = 10 ** 12


class Checkpoint:
    def __init__(self, phase, line, size, root):
        self.phase, self.line, self.size, self.root = phase, line, size, root
        self.signature = None  # (line, name, bytes)


class Log:
    """lines: bytes without LF. The line numbers below count from 1."""

    def __init__(self, lines):
        self.lines, self.draw = lines, Draw()
        self.checkpoints, self.entropy = [], []
        self.results_start = self.results_end = None

    def result_lines(self):
        return self.lines[self.results_start - 1:self.results_end - 1] if self.results_start else []


class _Reader:
    def __init__(self, data):
        self.lines = data.split(b'\n')
        self.tail = self.lines.pop()
        self.at, self.loaded, self.record = 0, -1, None

    @property
    def fields(self):
        """The record that is next, read when first asked for; None at the end."""
        if self.loaded != self.at:
            self.loaded, self.record = self.at, None
            if self.at < len(self.lines):
                self.record = read_record(self.lines[self.at], self.at + 1)
                if self.record[0] not in TYPES:
                    raise Fault('parse', self.at + 1, 'an unknown type')
            elif self.tail:
                raise Fault('parse', self.at + 1, 'a line without LF')
        return self.record

    def line(self):
        return self.at + 1

    def next_is(self, kind):
        return self.fields is not None and self.fields[0] == kind

    def take(self, kind, forms):
        """The fields of the next record, which must be of this type; forms: one check a field after the type."""
        if not self.next_is(kind):
            raise Fault('order', self.line(), f'{kind} is due')
        fields, line = self.fields, self.line()
        if len(fields) != len(forms) + 1:
            raise Fault('parse', line, 'a wrong number of fields')
        for number, (field, form) in enumerate(zip(fields[1:], forms), 2):
            if not form(field):
                raise Fault('parse', line, f'field {number} does not have its form')
        self.at += 1
        return fields

    def misplaced(self, line, reason):
        raise Fault('order', line, reason)


def _number(least, most):
    return lambda text: is_number(text, least, most)


def _is(*texts):
    return lambda text: text in texts


def _matches(pattern):
    return lambda text: re.fullmatch(pattern, text) is not None


def _any(_):
    return True


def read(data):
    """The log in data; Fault of kind parse or order."""
    reader = _Reader(data)
    log = Log(reader.lines)
    _opening(reader, log.draw)
    _roster(reader, log.draw)
    _checkpoint(reader, log, 'seed-base')
    if reader.fields is None:
        return log
    while reader.next_is('entropy') or not log.entropy:
        line = reader.line()
        log.entropy.append((line, reader.take('entropy', (_any, _any))))
    _checkpoint(reader, log, 'digits')
    if reader.fields is None:
        return log
    log.results_start = reader.line()
    _results(reader, log.draw.mode)
    log.results_end = reader.line()
    _checkpoint(reader, log, 'results')
    if reader.fields is not None:
        reader.misplaced(reader.line(), 'something after the end')
    return log


def _opening(reader, draw):
    fields = reader.take('sunlot', (_is('v1'), _is(ALGORITHMS), _is(LIVE, REHEARSAL), is_name, _matches('[0-9]{4}'),
                                    is_name, is_name, _number(1, 99)))
    draw.mode = fields[3]
    draw.name = 'sunlot/v1/' + '/'.join(fields[3:])
    last = ''
    while reader.next_is('fact'):
        line = reader.line()
        _, key, value = reader.take('fact', (_is(*FACTS), bool))
        if not is_fact(key, value, draw.mode):
            raise Fault('parse', line, 'a value that does not have its form')
        if key <= last:
            reader.misplaced(line, 'facts not in order')
        draw.facts[key], last = value, key
    key_line = reader.line()
    vkey = reader.take('party', (_is('host'), _is('host'), _any))[3]
    draw.public = note.read_vkey(vkey, draw.name)
    if draw.public is None:
        raise Fault('parse', key_line, 'the log key does not have its form')
    if any(key not in draw.facts for key in REQUIRED_FACTS) or ('authority' in draw.facts) != ('ground' in draw.facts):
        reader.misplaced(key_line, 'a fact is missing')
    for phase in ('seed-base', 'digits'):
        line = reader.line()
        if reader.take('quorum', (_is('seed-base', 'digits'), _is('all')))[1] != phase:
            reader.misplaced(line, 'quorum of another checkpoint')
    while reader.next_is('source') or not draw.sources:
        line = reader.line()
        fields = reader.take('source', (_number(1, 16), _is(*MILLIBITS), _number(1, 512), bool, bool, bool))
        draw.sources.append((fields[2], int(fields[3]), line))
        if int(fields[1]) != len(draw.sources):
            reader.misplaced(line, 'sources not in order')
    last = b''
    while reader.next_is('rule'):
        line, text = reader.line(), reader.lines[reader.at]
        rule = Rule(reader.take('rule', (_any,) * 5)[1:], line)
        if not is_rule(rule.who, rule.kind, rule.column, rule.value):
            raise Fault('parse', line, 'a rule that does not have its form')
        if text <= last:
            reader.misplaced(line, 'rules not in order')
        draw.rules.append(rule)
        last = text


def _roster(reader, draw):
    while reader.next_is('school') or not draw.schools:
        line = reader.line()
        fields = reader.take('school', (_number(1, ANY), bool, _number(1, ANY), _number(1, ANY), _number(0, ANY)))
        school = School(int(fields[1]), fields[2])
        school.line = line
        if school.number != len(draw.schools) + 1 or (
                draw.schools and shortlex(draw.schools[-1].name) >= shortlex(school.name)):
            reader.misplaced(line, 'schools not in order')
        school.set_rules(draw.rules)
        draw.schools.append(school)
        _classes(reader, school, int(fields[3]))
        _locks_and_limits(reader, school)
        for _ in range(int(fields[5])):
            _teacher(reader, school)
        for _ in range(int(fields[4])):
            _student(reader, school)


def _classes(reader, school, classes):
    for _ in range(classes):
        line = reader.line()
        _, name, seats = reader.take('class', (bool, lambda text: not text or is_number(text, 1, 4096)))
        if school.classes and shortlex(school.classes[-1][0]) >= shortlex(name):
            reader.misplaced(line, 'classes not in order')
        school.classes.append((name, int(seats) if seats else None))


def _is_student(text):
    return is_pseudonym(text, 's')


def _is_teacher(text):
    return is_pseudonym(text, 't')


def _locks_and_limits(reader, school):
    last = ''
    while reader.next_is('lock'):
        line = reader.line()
        _, pseudonym, name, reason, authority = reader.take('lock', (_is_student, bool, bool, bool))
        if pseudonym <= last:
            reader.misplaced(line, 'locks not in order')
        school.locks[pseudonym], last = (name, reason, authority, line), pseudonym
    while reader.next_is('limit'):
        line = reader.line()
        _, token, most = reader.take('limit', (_matches('a[1-9][0-9]{0,8}'), _number(1, ANY)))
        if token != f'a{len(school.limits) + 1}':
            reader.misplaced(line, 'limits not in order')
        school.limits.append((int(most), line))


def _values(school, who):
    return tuple((lambda text: not text or is_score(text)) if is_numeric else _any
                 for _, is_numeric in school.columns[who])


def _teacher(reader, school):
    line = reader.line()
    fields = reader.take('teacher', (_is_teacher, is_digest, bool, _number(1, 128), _is('yes', '-'),
                                     lambda text: parse_labels(text, 'T', True) is not None) + _values(school, 'teachers'))
    teams = parse_labels(fields[6], 'T', fields[5] == 'yes')
    if teams is None:
        raise Fault('parse', line, 'team labels not ascending')
    if school.teachers and school.teachers[-1].pseudonym >= fields[1]:
        reader.misplaced(line, 'teachers not in order')
    school.teachers.append(Teacher(fields[1], fields[2], fields[3], int(fields[4]), fields[5] == 'yes',
                                   [label - 1 for label in teams], fields[7:], line))


def _student(reader, school):
    line = reader.line()
    fields = reader.take('student', (_is_student, is_digest, lambda text: not text or _matches('b[1-9][0-9]{0,8}')(text),
                                     lambda text: parse_labels(text, 'a') is not None,
                                     lambda text: not text or _is_teacher(text), _number(1, 4))
                         + _values(school, 'students'))
    if school.students and school.students[-1].pseudonym >= fields[1]:
        reader.misplaced(line, 'students not in order')
    limits = [number - 1 for number in parse_labels(fields[4], 'a')]
    school.students.append(Student(fields[1], fields[2], fields[3], limits, fields[5], int(fields[6]), fields[7:], line))


def _checkpoint(reader, log, phase):
    line = reader.line()
    fields = reader.take('checkpoint', (_is(*note.PHASES), _number(0, ANY), is_digest))
    if fields[1] != phase:
        reader.misplaced(line, f'the checkpoint {phase} is due')
    checkpoint = Checkpoint(phase, line, int(fields[2]), bytes.fromhex(fields[3][1:]))
    log.checkpoints.append(checkpoint)
    if reader.next_is('signature'):
        line = reader.line()
        _, name, text = reader.take('signature', (bool, lambda text: text[0:1] == 'b'
                                                  and note.base64_bytes(text[1:], 68) is not None))
        checkpoint.signature = line, name, note.base64_bytes(text[1:], 68)


def _results(reader, mode):
    ordinal, final = _number(1, ANY), _is(mode)
    who, figure = _is('students', 'teachers'), lambda text: text != '-0' and DECIMAL.fullmatch(text) is not None
    label = lambda letter: _matches(letter + '[1-9][0-9]{0,8}')
    forms = {
        'placed': (ordinal, ordinal, ordinal, ordinal, final),
        'seat': (_is_student, ordinal, label('G'), bool, final),
        'section': (bool, label('T'), bool, _is_teacher, _is('homeroom', '-'), final),
        'count': (who, bool, _any, _number(0, ANY), _number(0, ANY), _number(0, ANY), _number(0, ANY), final),
        'mean': (who, bool, lambda text: is_score(text), figure, figure, final)}
    forms['deviation'] = forms['mean']
    first = True
    while first or reader.next_is('placed'):
        first = False
        reader.take('placed', forms['placed'])
        reader.take('seat', forms['seat'])
        for kind in ('seat', 'section', 'count', 'mean', 'deviation'):
            while reader.next_is(kind):
                reader.take(kind, forms[kind])


def read_school(lines):
    """The one school of `rule` and roster lines that stand alone (for the vectors)."""
    reader, draw = _Reader(b''.join(line + b'\n' for line in lines)), Draw()
    while reader.next_is('rule'):
        draw.rules.append(Rule(reader.take('rule', (_any,) * 5)[1:]))
    _roster(reader, draw)
    return draw.schools[0]
