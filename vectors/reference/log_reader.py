"""Reading a log: the grammar and the forms (SPEC 5). Faults of the kinds parse and order end the reading."""

from . import acts, note
from .checkpoints import take_checkpoint, take_entropy
from .opening import read_opening
from .parties import is_id
from .record_reader import ANY, RecordReader, any_text, matches, number, one_of, take_leaf
from .roster import (REHEARSAL, Draw, Rule, School, Student, Teacher, are_slots, is_date, is_digest, is_student, is_teacher,
                     parse_labels)
from .text import DECIMAL, Fault, is_number, is_score, shortlex
from .tree import leaf

HANDS = ('numbers', 'teams')


class Round:
    """entropy: line and fields of each; the result lines are those from start to before end (None: none yet)."""

    def __init__(self):
        self.entropy, self.start, self.end = [], None, None


class Log:
    """lines: bytes without LF. The line numbers below count from 1."""

    def __init__(self, lines):
        self.lines, self.draw = lines, Draw()
        self.checkpoints, self.commits, self.reveals = [], [], []  # of these two line and fields of each
        self.rounds, self.acts, self.withdrawn = [], [], None
        self.hidden = {}  # the digests of the lines `leaf`

    @property
    def entropy(self):
        return self.rounds[0].entropy if self.rounds else []

    def result_lines(self, which=0):
        """The result lines of a round."""
        if len(self.rounds) <= which or self.rounds[which].start is None:
            return []
        return self.lines[self.rounds[which].start - 1:self.rounds[which].end - 1]

    def checkpoint(self, phase):
        return next((checkpoint for checkpoint in self.checkpoints if checkpoint.phase == phase), None)

    def leaves(self):
        """The leaf of each line; the same for both editions of a log."""
        return [self.hidden.get(line) or leaf(text) for line, text in enumerate(self.lines, 1)]


def read(data):
    """The log in data; Fault of kind parse or order."""
    reader = RecordReader(data)
    log = Log(reader.lines)
    read_opening(reader, log.draw)
    _roster(reader, log)
    for part in (_sealed, _seed_base, _rounds, acts.read_acts):
        if not part(reader, log):
            break
    if reader.fields is not None:
        reader.misplaced(reader.line(), 'something after the end')
    return log


# Each of these returns whether the log may go on.

def _sealed(reader, log):
    draw = log.draw
    if not draw.sealed():
        return True
    take_checkpoint(reader, log, 'list')
    if reader.fields is None or reader.next_is('withdrawn'):
        return _withdrawal(reader, log)
    committed = []
    for party in draw.sealed():
        forms = (any_text,) if reader.next_is('missing') or draw.mode == REHEARSAL else (any_text, is_digest, lambda text: _is_plain_signature(text))
        if _take_of_party(reader, log.commits, 'commit', forms, party)[0] == 'commit':
            committed.append(party)
    take_checkpoint(reader, log, 'commits')
    if reader.fields is None or reader.next_is('withdrawn'):
        return _withdrawal(reader, log)
    for party in committed:
        forms = (any_text,) if reader.next_is('missing') else (any_text, matches('x[0-9a-f]{64}'))
        _take_of_party(reader, log.reveals, 'reveal', forms, party)
    return True


def _is_plain_signature(text):
    return text[:1] == 'b' and note.base64_bytes(text[1:], 68) is not None


def _take_of_party(reader, into, kind, forms, party):
    """The record of this kind, or `missing` where there is one, of a party; a single form: only `missing` may come."""
    line = reader.line()
    fields = reader.take('missing' if len(forms) == 1 else kind, (is_id,) + forms[1:])
    if fields[1] != party.id:
        reader.misplaced(line, 'the record of another party')
    into.append((line, fields))
    return fields


def _seed_base(reader, log):
    take_checkpoint(reader, log, 'seed-base')
    if reader.next_is('withdrawn'):
        return _withdrawal(reader, log)
    return reader.fields is not None


def _withdrawal(reader, log):
    if reader.fields is not None:
        line = reader.line()
        log.withdrawn = line, reader.take('withdrawn', (is_date, bool))
        take_checkpoint(reader, log, 'withdrawn')
    return False


def _rounds(reader, log):
    second = log.draw.rounds() == 2
    for phases in (('digits', 'groups'), ('digits-2', 'results')) if second else (('digits', 'results'),):
        this = Round()
        log.rounds.append(this)
        this.entropy = take_entropy(reader)
        take_checkpoint(reader, log, phases[0])
        if reader.fields is None:
            return False
        this.start = reader.line()
        _results(reader, log.draw.mode, len(log.rounds) == 2)
        this.end = reader.line()
        take_checkpoint(reader, log, phases[1])
        if reader.fields is None:
            return False
    return True


# The roster

def _roster(reader, log):
    draw = log.draw
    while reader.next_is('school') or not draw.schools:
        line = reader.line()
        fields = reader.take('school', (number(1, ANY), bool, number(1, ANY), number(1, ANY), number(0, ANY)))
        school = School(int(fields[1]), fields[2])
        school.line, school.announced = line, int(fields[4])
        if school.number != len(draw.schools) + 1 or (
                draw.schools and shortlex(draw.schools[-1].name) >= shortlex(school.name)):
            reader.misplaced(line, 'schools not in order')
        school.set_rules(draw.rules)
        draw.schools.append(school)
        _classes(reader, school, int(fields[3]))
        _hands(reader, school)
        _locks_and_limits(reader, school)
        for _ in range(int(fields[5])):
            _teacher(reader, school)
        for place in range(school.announced):
            if school.number == 1 and place == 0:
                draw.public_edition = draw.facts.get('rows') == 'auditors' and reader.next_is('leaf')
            if draw.public_edition:
                take_leaf(reader, log)
            else:
                _student(reader, school)


def _classes(reader, school, classes):
    for _ in range(classes):
        line = reader.line()
        _, name, seats = reader.take('class', (bool, lambda text: not text or is_number(text, 1, 4096)))
        if school.classes and shortlex(school.classes[-1][0]) >= shortlex(name):
            reader.misplaced(line, 'classes not in order')
        school.classes.append((name, int(seats) if seats else None))


def _hands(reader, school):
    while reader.next_is('hand'):
        line = reader.line()
        _, what, permutation = reader.take('hand', (one_of(*HANDS), are_slots))
        if what in school.hands or (what == 'numbers' and school.hands):
            reader.misplaced(line, 'hand draws not in order')
        school.hands[what], school.hand_lines[what] = [int(slot) for slot in permutation.split(' ')], line


def _locks_and_limits(reader, school):
    last = ''
    while reader.next_is('lock'):
        line = reader.line()
        _, pseudonym, name, reason, authority = reader.take('lock', (is_student, bool, bool, bool))
        if pseudonym <= last:
            reader.misplaced(line, 'locks not in order')
        school.locks[pseudonym], last = (name, reason, authority, line), pseudonym
    while reader.next_is('limit'):
        line = reader.line()
        _, token, most = reader.take('limit', (matches('a[1-9][0-9]{0,8}'), number(1, ANY)))
        if token != f'a{len(school.limits) + 1}':
            reader.misplaced(line, 'limits not in order')
        school.limits.append((int(most), line))


def _values(school, who):
    return tuple((lambda text: not text or is_score(text)) if is_numeric else any_text
                 for _, is_numeric in school.columns[who])


def _teacher(reader, school):
    line = reader.line()
    fields = reader.take('teacher', (is_teacher, is_digest, bool, number(1, 128), one_of('yes', '-'),
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
    fields = reader.take('student', (is_student, is_digest, lambda text: not text or matches('b[1-9][0-9]{0,8}')(text),
                                     lambda text: parse_labels(text, 'a') is not None,
                                     lambda text: not text or is_teacher(text), number(1, 4))
                         + _values(school, 'students'))
    if school.students and school.students[-1].pseudonym >= fields[1]:
        reader.misplaced(line, 'students not in order')
    limits = [token - 1 for token in parse_labels(fields[4], 'a')]
    school.students.append(Student(fields[1], fields[2], fields[3], limits, fields[5], int(fields[6]), fields[7:], line))


# The results

def _results(reader, mode, second):
    ordinal, final = number(1, ANY), one_of(mode)
    who, figure = one_of('students', 'teachers'), lambda text: text != '-0' and DECIMAL.fullmatch(text) is not None
    label = lambda letter: matches(letter + '[1-9][0-9]{0,8}')
    forms = {
        'placed': (ordinal, ordinal, ordinal, ordinal, final),
        'matched': (ordinal, ordinal, final),
        'seat': (is_student, ordinal, label('G'), bool, final),
        'section': (bool, label('T'), bool, is_teacher, one_of('homeroom', '-'), final),
        'count': (who, bool, any_text, number(0, ANY), number(0, ANY), number(0, ANY), number(0, ANY), final),
        'mean': (who, bool, lambda text: is_score(text), figure, figure, final)}
    forms['deviation'] = forms['mean']
    first, required, more = ('matched', 'section', ('section',)) if second else (
        'placed', 'seat', ('seat', 'section', 'count', 'mean', 'deviation'))
    blocks = 0
    while blocks == 0 or reader.next_is(first):
        blocks += 1
        reader.take(first, forms[first])
        reader.take(required, forms[required])
        for kind in more:
            while reader.next_is(kind):
                reader.take(kind, forms[kind])


def read_school(lines):
    """The one school of `rule` and roster lines that stand alone (for the vectors)."""
    reader, log = RecordReader(b''.join(line + b'\n' for line in lines)), Log(lines)
    while reader.next_is('rule'):
        log.draw.rules.append(Rule(reader.take('rule', (any_text,) * 5)[1:]))
    _roster(reader, log)
    return log.draw.schools[0]

