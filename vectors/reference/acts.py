"""Acts: what is entered after the results, and who is in which class then (SPEC 5.5)."""

from . import late, note, parties, results
from .checkpoints import take_checkpoint, take_entropy
from .entropy import seed_of, seed_of_supplement
from .record_reader import any_text, number, one_of, take_leaf
from .roster import are_slots, is_date, is_digest, is_student
from .text import Fault, read_record, write_record

MOST = 999
KINDS = ('struck', 'moved', 'by-hand', 'replaced', 'set-aside', 'late')
SCHOOL = number(1, 10 ** 12)
FORMS = {'struck': (is_date, is_student, bool, bool),
         'moved': (is_date, is_student, bool, bool, bool),
         'by-hand': (is_date, SCHOOL, one_of('numbers', 'teams'), are_slots),
         'replaced': (is_date, parties.is_id, any_text, one_of('own', 'host')),
         'set-aside': (is_date, bool, bool),
         'late': (is_date, SCHOOL, is_student, is_digest, number(1, 4))}


class Act:
    """records: line and fields of each; hidden: how many lines `leaf`. Of a supplement: base, entropy, digits, seats; expected: the lines `late-seat` that follow."""

    def __init__(self, number_of_act, kind, line):
        self.number, self.kind, self.line, self.records = number_of_act, kind, line, []
        self.checkpoint = self.base = self.digits = self.expected = None
        self.entropy, self.seats, self.hidden = [], [], 0


def read_acts(reader, log):
    while reader.fields is not None:
        act = _read_act(reader, log, len(log.acts) + 1)
        if act.checkpoint is None:
            return False
    return True


def _read_act(reader, log, count):
    line = reader.line()
    late_kind = 'leaf' if log.draw.public_edition else 'late'
    kind = next((kind for kind in KINDS[:-1] + (late_kind,) if reader.next_is(kind)), None)
    if kind is None or count > MOST:
        reader.misplaced(line, 'an act is due, or there are too many')
    act = Act(count, 'late' if kind == 'leaf' else kind, line)
    log.acts.append(act)
    last = None
    while reader.next_is(kind) and not (kind == 'set-aside' and act.records):
        here, text = reader.line(), reader.lines[reader.at]
        if kind == 'leaf':
            take_leaf(reader, log)
            act.hidden += 1
            continue
        fields = reader.take(kind, FORMS[kind])
        if kind == 'replaced' and replacing_key(log.draw, fields) is None:
            raise Fault('parse', here, 'a key that does not have its form')
        place = (int(fields[2]), fields[3]) if kind == 'late' else text
        if last is not None and place <= last:
            reader.misplaced(here, 'records of an act not in order')
        if kind == 'late' and act.records and fields[1] != act.records[0][1][1]:
            reader.misplaced(here, 'two dates in one supplement')
        last = place
        act.records.append((here, fields))
    if act.kind == 'late':
        act.base = take_checkpoint(reader, log, f'late-base-{count}', count, 'seed-base')
        if reader.fields is None:
            return act
        act.entropy = take_entropy(reader)
        act.digits = take_checkpoint(reader, log, f'late-digits-{count}', count, 'digits')
        if reader.fields is None:
            return act
        while reader.next_is('late-seat') or not act.seats:
            here = reader.line()
            act.seats.append((here, reader.take('late-seat', (is_student, bool, one_of(log.draw.mode)))))
    act.checkpoint = take_checkpoint(reader, log, f'after-{count}', count, None if act.kind == 'late' else 'after')
    return act


def replacing_key(draw, fields):
    """The key of a record `replaced`, or None."""
    return note.read_vkey(fields[3], parties.key_name(draw.name, fields[2]), note.HOST if fields[2] == 'host' else note.PARTY)


class Standing:
    """Where the students are: after the results, and after each act that is entered.

    school_of, class_of, seats: by pseudonym (a school's number; a class's name). In a public edition the students are those of the lines
    `seat` and `late-seat`; of the latter's schools nothing is known unless the log has one.
    arrived: how many students supplements have announced.
    """

    def __init__(self, log):
        self.log, self.draw = log, log.draw
        self.school_of, self.class_of, self.seats = {}, {}, {}
        self.struck, self.moved, self.set_aside = set(), set(), False
        self.keys = {party.id: party.public for party in log.draw.parties}
        self.last_date, self.arrived, self.supplements = '', 0, 0
        for school in self.draw.schools:
            for student in school.students:
                self.school_of[student.pseudonym], self.seats[student.pseudonym] = school.number, student.seats
        self._seated()
        seed = seed_of(log)
        self.group_of_class = {school.number: results.number_classes(school, seed) for school in self.draw.schools} if seed else {}

    def _seated(self):
        block = 0
        for line in self.log.result_lines():
            fields = read_record(line, 0)
            if fields[0] == 'placed':
                block += 1
            elif fields[0] == 'seat':
                if self.draw.public_edition:
                    self.school_of[fields[1]] = block
                self.class_of[fields[1]] = fields[4]

    def school(self, number_of_school):
        return self.draw.schools[number_of_school - 1] if 1 <= number_of_school <= len(self.draw.schools) else None

    def enter(self, act):
        """Enter an act; yields (line, reason) of what contradicts the log."""
        function = getattr(self, '_' + act.kind.replace('-', '_'))
        self.replaced = set()
        for line, fields in act.records:
            reason = function(*fields[1:])
            if reason:
                yield line, reason
        if act.kind == 'late':
            self.arrived += act.hidden or len(act.records)
            self.supplements += 1
            if act.hidden and self.supplements > len(self.draw.late_dates()):
                yield act.line, 'more supplements than dates'
            yield from self._supplement(act)

    def _struck(self, _, pseudonym, *__):
        if pseudonym not in self.school_of or pseudonym in self.struck:
            return 'a student who is not in the log, or is struck already'
        self.struck.add(pseudonym)
        self.class_of[pseudonym] = None
        return None

    def _moved(self, _, pseudonym, name, *__):
        if pseudonym not in self.school_of or pseudonym in self.struck:
            return 'a student who is not in the log, or is struck'
        school = self.school(self.school_of[pseudonym])
        if school and name not in (c for c, _ in school.classes):
            return 'a class that the school does not have'
        if self.class_of.get(pseudonym) == name:
            return 'the class where the student is'
        self.class_of[pseudonym] = name
        self.moved.add(pseudonym)
        return None

    def _by_hand(self, _, number_of_school, what, permutation):
        school, slots = self.school(int(number_of_school)), [int(slot) - 1 for slot in permutation.split(' ')]
        if school is None or sorted(slots) != list(range(len(school.classes))):
            return 'a school that the log does not have, or no permutation of its classes'
        if what == 'teams' and not school.teachers:
            return 'teams where there are no teachers'
        if what == 'teams':
            return None
        if not school.is_uniform():
            return 'classes that are not interchangeable'
        before = self.group_of_class.get(school.number, list(range(len(slots))))
        names = [name for name, _ in school.classes]
        after = {names[c]: names[slots[g]] for c, g in enumerate(before)}
        for pseudonym, name in self.class_of.items():
            if self.school_of.get(pseudonym) == school.number:
                self.class_of[pseudonym] = after.get(name, name)
        self.group_of_class[school.number] = sorted(range(len(slots)), key=lambda g: slots[g])
        return None

    def _replaced(self, _, party_id, vkey, __):
        key = replacing_key(self.draw, ['', '', party_id, vkey])
        if party_id not in self.keys or party_id == 'host':
            return 'a party that the log does not have, or the host'
        if key in self.keys.values() or party_id in self.replaced:
            return 'a key that a party has, or a party that this act has replaced already'
        self.keys[party_id] = key
        self.replaced.add(party_id)
        return None

    def _set_aside(self, *_):
        if self.set_aside:
            return 'set aside already'
        self.set_aside = True
        return None

    def _late(self, date, number_of_school, pseudonym, _, seats):
        if self.school(int(number_of_school)) is None or pseudonym in self.school_of:
            return 'a school that the log does not have, or a student who is in it'
        if date not in self.draw.late_dates() or date <= self.last_date:
            return 'a date that is not announced, or not later than the last one'
        self.school_of[pseudonym], self.seats[pseudonym] = int(number_of_school), int(seats)
        return None

    def _supplement(self, act):
        for _, fields in act.records:
            self.last_date = max(self.last_date, fields[1])
        seed = seed_of_supplement(self.log, act)
        if act.records and seed:
            found = {}
            for school in self.draw.schools:
                arrivals = [(fields[3], int(fields[5])) for _, fields in act.records if int(fields[2]) == school.number]
                if arrivals:
                    places = late.place(school.classes, self._sizes(school), arrivals, seed, school.name, act.number)
                    if places is None:
                        yield act.line, 'a late student finds no seat'
                        return
                    found.update({pseudonym: school.classes[c][0] for pseudonym, c in places.items()})
            act.expected = [write_record(['late-seat', fields[3], found[fields[3]], self.draw.mode]).encode() for _, fields in act.records]
        for line, fields in act.seats:
            if self.draw.public_edition:
                if fields[1] in self.school_of:
                    yield line, 'a late student who has a seat already'
                self.school_of[fields[1]] = 1 if len(self.draw.schools) == 1 else 0
            self.class_of[fields[1]] = fields[2]

    def _sizes(self, school):
        """The effective sizes of its classes."""
        sizes = {name: 0 for name, _ in school.classes}
        for pseudonym, name in self.class_of.items():
            if self.school_of.get(pseudonym) == school.number and name in sizes:
                sizes[name] += self.seats[pseudonym]
        return list(sizes.values())


def final_standing(log):
    """The Standing at the end; Fault of kind roster."""
    standing = Standing(log)
    for act in log.acts:
        for line, reason in standing.enter(act):
            raise Fault('roster', line, reason)
    return standing
