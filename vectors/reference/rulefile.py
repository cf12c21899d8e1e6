"""rules.csv and the records that it becomes (SPEC 11.2)."""

import re

from . import note, parties, roster
from .enrolment import EDITIONS, HEADERS, KEYS, REASONS, RULES, WORDS
from .text import NUMBER, SPACES, Refused, byte_order, normal_score, write_record

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


def only(rules, kind, default):
    values = [rule.value for rule in rules if rule.kind == kind]
    if len(values) > 1:
        raise Refused(f'rules.csv: {kind} twice')
    return values[0] if values else default


def keys_of(rules):
    """The values of the rows `draw`."""
    keys = {}
    for rule in rules:
        if rule.kind == 'draw':
            key = KEYS.get(rule.column, rule.column)
            if key in keys or key not in KEYS.values():
                raise Refused(f'rules.csv: draw {key}')
            keys[key] = rule.value
    return keys


def word_of(text):
    """A word of the rows party, group, quorum and hand in English."""
    return WORDS.get(text, text)


def write_opening(writer, rules, enrolment, mode):
    keys = keys_of(rules)
    if not all(key in keys for key in ('district', 'year', 'grade')):
        raise Refused('rules.csv: district, year and grade are required')
    name = [mode, keys['district'], keys['year'], keys['grade'], keys.get('stage', 'placement'), keys.get('attempt', '1')]
    writer.name = 'sunlot/v1/' + '/'.join(name)
    writer.add(['sunlot', 'v1', roster.ALGORITHMS] + name)
    facts = _facts(writer, rules, keys)
    for key in sorted(facts, key=byte_order):
        writer.add(['fact', key, facts[key]])
    names = _write_parties(writer, rules)
    _write_groups(writer, rules)
    _write_quorums(writer, rules, names)
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


def _facts(writer, rules, keys):
    facts = {'minisign': writer.secrets.minisign_public(), 'mix': only(rules, 'mix', '1000'), 'tries': only(rules, 'tries', '64')}
    facts.update({key: keys[key] for key in ('date', 'retention', 'rounds', 'address') if key in keys})
    if 'page' in keys:
        facts['page'] = 'h' + keys['page'].lower()
    for key in ('page', 'address'):
        if key in keys and not roster.is_fact(key, facts[key], roster.LIVE):
            raise Refused(f'rules.csv: draw {key}')
    if 'late' in keys:
        facts['late'] = ';'.join(part.strip(SPACES) for part in keys['late'].split(';'))
    scores = only(rules, 'scores', None)
    if scores is not None:
        facts['scores'] = HEADERS.get(scores, scores)
    rows = [part.strip(SPACES) for part in only(rules, 'rows', 'public').split(';')]
    facts['rows'] = EDITIONS.get(rows[0], rows[0])
    if len(rows) not in (1, 3) or not all(rows) or facts['rows'] not in EDITIONS.values():
        raise Refused('rules.csv: rows')
    if len(rows) == 3:
        facts['authority'], facts['ground'] = rows[1:]
    return facts


def _write_parties(writer, rules):
    """The records `party`; the ids of the parties besides the host."""
    writer.add(['party', 'host', 'host', note.write_vkey(writer.name, writer.secrets.log_public()), 'host', '-'])
    found = {}
    for rule in rules:
        if rule.kind == 'party':
            role, key, device, *part = [part.strip(SPACES) for part in rule.value.split(';')] + [''] * (rule.value.count(';') < 2)
            key = note.read_minisign_public(key)
            if key is None or [word_of(word) for word in part] not in ([], ['sealed']) or rule.column in found:
                raise Refused(f'rules.csv: party {rule.column!r}')
            vkey = note.write_vkey(parties.key_name(writer.name, rule.column), key[1], note.PARTY)
            found[rule.column] = ['party', rule.column, role, vkey, word_of(device), 'sealed' if part else '-']
    for name in sorted(found, key=byte_order):
        writer.add(found[name])
    return list(found)


def _write_groups(writer, rules):
    for rule in rules:
        if rule.kind == 'group':
            k, *members = [word_of(part.strip(SPACES)) for part in rule.value.split(';')]
            k = {'all': str(len(members)), 'any': '1'}.get(k, k)
            writer.add(['group', rule.column, k, ';'.join(sorted(members, key=byte_order))])


def _write_quorums(writer, rules, others):
    given = {}
    for rule in rules:
        if rule.kind == 'quorum':
            phase = word_of(rule.column)
            if phase in given or phase not in parties.PHASES:
                raise Refused(f'rules.csv: quorum {rule.column!r}')
            given[phase] = word_of(rule.value)
    if others and 'digits' not in given:
        raise Refused('rules.csv: the quorum of the digits is due where there are parties')
    base = given.get('seed-base', 'all')
    for phase, default in (('seed-base', base), ('digits', 'all'), ('after', base)):
        writer.add(['quorum', phase, given.get(phase, default)])


def fixes_of(rules, ids):
    """Of each student's id that a row `fix` names: class, reason and authority."""
    fixes = {}
    for rule in rules:
        if rule.kind == 'fix':
            name, reason, authority = rule.parts(3)
            reason = REASONS.get(reason, reason)
            if rule.column in fixes or rule.column not in ids or reason not in REASONS.values():
                raise Refused(f'rules.csv: fix of {rule.column!r}')
            fixes[rule.column] = [name, reason, authority]
    return fixes


def hands_of(rules):
    """The permutations of a school's rows `hand`."""
    hands = {}
    for rule in rules:
        if rule.kind == 'hand':
            what = word_of(rule.column)
            if what in hands or what not in ('numbers', 'teams'):
                raise Refused(f'rules.csv: hand {rule.column!r}')
            hands[what] = rule.value
    return hands


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
