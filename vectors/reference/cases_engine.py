"""The cases of the engine and of lowering."""

import itertools

from . import digest, engine, plain, problem
from .cases import Case, Kind, read_cases
from .cases_close import compute_close, make_close
from .cases_text import SEED
from .log_reader import read_school
from .samples import Dice
from .text import write_record

STATES = 'order deal energy close near repair repaired probe weights looks mixed outcome'
PLAIN_ROWS = 40  # The plain walk is slow.
SEARCH_PATIENCE = 100000


def numbers(values):
    return ' '.join(map(str, values))


def write_list(values):
    return ','.join(map(str, values)) or '-'


def read_list(text):
    return [] if text == '-' else [int(x) for x in text.split(',')]


# Problems as lines

def problem_pairs(lowered):
    """A problem without its key and mix."""
    pairs = [('sizes', numbers(lowered.sizes)), ('rows', lowered.rows), ('categories', lowered.categories)]
    pairs += [('count', numbers(count)) for count in lowered.counts]
    pairs += [('sum', numbers(pair)) for pair in lowered.sums]
    for unit in lowered.units:
        pin = '-' if unit.pin is None else unit.pin
        pairs.append(('unit', f'{unit.ticket.hex()} {unit.size} {unit.members} {unit.stratum} {write_list(unit.profile)} {pin} '
                              f'{write_list(sorted(unit.counts))} {write_list(unit.values)}'))
    return pairs


def read_problem(case):
    counts = [(parts[0],) + tuple(map(int, parts[1:])) for parts in (text.split(' ') for text in case.all('count'))]
    sums, units = [tuple(map(int, text.split(' '))) for text in case.all('sum')], []
    for text in case.all('unit'):
        ticket, size, members, stratum, profile, pin, in_counts, values = text.split(' ')
        units.append(engine.Unit(bytes.fromhex(ticket), int(size), int(members), int(stratum), tuple(read_list(profile)),
                                 None if pin == '-' else int(pin), read_list(in_counts), read_list(values)))
    return engine.Problem([int(x) for x in case.one('sizes').split(' ')], case.int('rows'), case.int('mix'), units,
                          case.int('categories'), counts, sums)


def compute_place(case):
    trace, given = {}, read_problem(case)
    try:
        found = engine.place(given, case.hex('key'), trace)
        outcome = 'placed'
        if given.rows <= PLAIN_ROWS:
            walk = plain.PlainWalk(given, case.hex('key'))
            if (walk.place(), walk.groups()) != found[::-1] or (walk.close, walk.near_pairs, walk.probes) != (trace['close'], trace['near'], trace['probes']):
                raise AssertionError('the two walks disagree')
    except engine.Failed:
        outcome = 'fails'
    pairs = []
    if 'deal' in trace:
        pairs += [('order', numbers(trace['order'])), ('deal', numbers(trace['deal'])), ('energy', numbers(trace['energy']))]
        pairs += [(which, ' '.join(f'{i}-{j}' for i, j in trace[which])) for which in ('close', 'near')]
        pairs += [('repair', numbers(step)) for step in trace['repair']] + [('repaired', numbers(trace['repaired']))]
        pairs += [('probe', numbers(probe)) for probe in trace['probes']]
    if 'mixed' in trace:
        pairs.append(('weights', numbers(trace['weights'])))
        pairs += [('looks', trace['looks'])] if 'looks' in trace else []
        pairs.append(('mixed', numbers(trace['mixed'])))
    return pairs + [('outcome', outcome)]


def place_file(path):
    """What follows from each problem of a file, as lines."""
    with open(path, encoding='utf-8') as file:
        for case in read_cases(file.read()):
            yield from (f'{name} = {value}' for name, value in compute_place(case))
            yield ''


# Problems made up

class _Maker:
    """A problem under construction: groups of given sizes, filled exactly by units."""

    def __init__(self, name, sizes, mix):
        self.key = digest.mac(SEED, 'sunlot/v1/vectors', name)
        self.dice = Dice(digest.mac(self.key, 'dice'))
        self.sizes, self.mix, self.units = sizes, mix, []
        self.counts, self.sums, self.categories = [], [], 0
        self.shapes = []

    def add_units(self, bigs, pins=(), singles=None, strata=1):
        """bigs: (size, members) of each big; pins: group of the first singles; the rest of the seats are singles."""
        rest = sum(self.sizes) - sum(size for size, _ in bigs) if singles is None else singles
        self.shapes = [(size, members, None) for size, members in bigs]
        self.shapes += [(1, 1, pins[i] if i < len(pins) else None) for i in range(rest)]
        for i, (size, members, pin) in enumerate(self.shapes):
            self.units.append(engine.Unit(digest.mac(self.key, 'ticket', i), size, members, i % strata, (), pin, [], []))

    def rows(self):
        return sum(members for _, members, _ in self.shapes)

    def category(self, values, fixed=None, counted=None):
        """A category with this many values; fixed: an interval other than the fair share. Categories come before limits."""
        codes = [[self.dice.below(values) for _ in range(unit.members)] for unit in self.units]
        for code in range(values) if counted is None else counted:
            for unit, row in zip(self.units, codes):
                unit.counts += [self.categories] * row.count(code)
            self.counts.append(('fixed',) + fixed if fixed else ('share', sum(row.count(code) for row in codes)))
            self.categories += 1
        for unit, row in zip(self.units, codes):
            if not unit.is_big():
                unit.profile += (row[0],)

    def limit(self, most, chosen):
        for i in chosen:
            self.units[i].counts.append(len(self.counts))
        self.counts.append(('fixed', 0, most))

    def sum(self, spread, width, unit=None):
        """A sum of values -spread ... spread, made to add up to 0."""
        scale = max(1, spread // 1000000)
        values = [(self.dice.below(2 * (spread // scale) + 1) - spread // scale) * scale for _ in self.units]
        mean = sum(values)
        for row, value in zip(self.units, values):
            row.values.append(value * self.rows() - mean * row.members)
        self.sums.append((width, unit or max(1, width * min(self.sizes) // 2)))

    def done(self):
        made = engine.Problem(self.sizes, self.rows(), self.mix, self.units, self.categories, self.counts, self.sums)
        return [('key', self.key.hex()), ('mix', self.mix)] + problem_pairs(made)


def make_deal():
    m = _Maker('plain', [4, 4, 4], 1)
    m.add_units([])
    yield 'no counts, no sums: the order is that of the tickets', m.done()
    m = _Maker('uneven', [5, 1, 0, 3], 1)
    m.add_units([])
    yield 'groups of uneven sizes, one of size 0', m.done()
    m = _Maker('profiles', [3, 3, 3], 1)
    m.add_units([])
    m.category(2)
    m.category(3)
    yield 'profiles come before tickets', m.done()
    m = _Maker('strata', [3, 3, 3], 1)
    m.add_units([], strata=3)
    m.category(2, fixed=(0, 3))
    yield 'strata come before profiles', m.done()
    m = _Maker('bigs', [6, 6, 5], 1)
    m.add_units([(2, 2), (4, 4), (2, 1), (3, 2)])
    yield 'bigs first, by size; among them one student of two seats', m.done()
    m = _Maker('pins', [3, 3, 3], 1)
    m.add_units([(2, 2)], pins=(2, 2, 0))
    yield 'pinned units are dealt first and do not move the cursor', m.done()
    m = _Maker('full', [3, 3], 1)
    m.add_units([(2, 2), (2, 2), (2, 2)])
    yield 'no group has room for the third block: the try fails', m.done()
    m = _Maker('one group', [5], 2)
    m.add_units([(2, 2)])
    m.category(2)
    yield 'one group: nothing can move, but every step reads its words', m.done()
    m = _Maker('all pinned', [1, 2], 3)
    m.add_units([], pins=(1, 0, 1))
    yield 'everybody is pinned', m.done()


def make_repair():
    m = _Maker('repair counts', [5, 5, 5], 2)
    m.add_units([(2, 2), (3, 3), (2, 2)], pins=(1, 1))
    m.category(2)
    m.category(3)
    m.limit(1, [5, 6])
    yield 'counts that the deal breaks: part A', m.done()
    m = _Maker('repair sums', [6, 6], 2)
    m.add_units([])
    m.category(2)
    m.sum(500, 800)
    yield 'a sum, with counts to keep: part B', m.done()
    m = _Maker('repair both', [6, 6, 6], 2)
    m.add_units([(2, 2), (2, 2)])
    m.category(2)
    m.category(2)
    m.limit(1, [0, 7])
    m.sum(500, 1800)
    yield 'parts A and B, with blocks', m.done()
    m = _Maker('repair limits', [4, 4, 4], 2)
    m.add_units([(2, 2)], pins=(0, 2))
    m.category(2)
    m.limit(1, [0, 3, 7])
    m.limit(1, [1, 2])
    m.limit(2, [4, 5, 6, 8, 9])
    yield 'limits', m.done()
    m = _Maker('repair unit 1', [4, 4], 2)
    m.add_units([])
    m.sum(30, 18, unit=1)
    yield 'a sum whose unit is 1: q = -9', m.done()
    m = _Maker('repair wide', [4, 4], 2)
    m.add_units([])
    m.sum(10 ** 11, 2 * 10 ** 11, unit=10 ** 12)
    yield 'a sum whose unit is 10^12: q = 30', m.done()
    m = _Maker('repair capped', [3, 3], 2)
    m.add_units([])
    m.sum(10 ** 12, 10 ** 12, unit=3)
    yield 'violations are capped at 2^40 * 2^8 = 2^48', m.done()
    m = _Maker('repair heads', [4, 5, 4], 2)
    m.add_units([(2, 1), (3, 2), (2, 2)])
    m.category(2)
    m.sum(300, 900)
    yield 'students of two seats: the heads of the groups change, and the intervals with them', m.done()
    m = _Maker('repair late', [2, 2], 2)
    m.add_units([])
    m.sum(1000, 2)
    m.sum(1000, 2)
    yield 'sums that cannot be reached: parts A of no step, six parts B, the try fails', m.done()
    m = _Maker('repair impossible', [2, 2], 2)
    m.add_units([])
    m.limit(1, [0, 1, 2])
    yield 'three that may not be together, two groups: six parts A, the try fails', m.done()
    yield 'part A of round 1', _search('repair A1', _crossing, lambda trace: _steps(trace, 'A', 1) > 0 and _steps(trace, 'A', 2) == 0)
    yield 'part A of round 2, after an odd one, and more', _search('repair A2', _crossing, lambda trace: _steps(trace, 'A', 2) > 0)
    yield 'part B of round 1, after which C = 0 again', _search(
        'repair B1', _narrow, lambda trace: _steps(trace, 'B', 1) > 0 and _steps(trace, 'A', 2) == 0)
    yield 'part B of round 1 ends with C > 0', _search('repair B1 in vain', _narrow, lambda trace: _steps(trace, 'A', 2) > 0)


def _steps(trace, phase, r):
    """The steps of a part of the repair, 0 if it was not reached."""
    return sum(step[2] for step in trace['repair'] if step[:2] == (phase, r))


def _crossing(name):
    """Counts that cross."""
    m = _Maker(name, [4, 4, 4], 2)
    m.add_units([])
    for values in (3, 3, 3, 2):
        m.category(values)
    return m


def _narrow(name, width=800):
    """Counts, and a sum that they leave few ways for."""
    m = _Maker(name, [4, 4, 4], 2)
    m.add_units([])
    m.category(2)
    m.category(3)
    m.sum(1000, width)
    return m


def make_mix():
    m = _Maker('mix same', [6, 6, 6], 40)
    m.add_units([])
    m.category(2)
    m.sum(100, 600)
    yield 'proposals of all three kinds', m.done()
    m = _Maker('mix no profile twice', [2, 1], 40)
    m.add_units([])
    m.category(9, fixed=(0, 1))
    yield 'no profile with two members (T = 0): same becomes close', m.done()
    m = _Maker('mix one of each stratum', [3], 40)
    m.add_units([], strata=3)
    yield 'T = 0 and P = 0: all become any', m.done()
    m = _Maker('mix blocks', [6, 6, 5], 40)
    m.add_units([(2, 2), (2, 2), (3, 3), (2, 1)], pins=(1,))
    m.category(2)
    m.limit(1, [0, 4, 5])
    m.sum(100, 400)
    yield 'blocks, a pin, a limit, a sum', m.done()
    m = _Maker('mix only blocks', [4, 4, 4], 40)
    m.add_units([(2, 2)] * 6)
    m.category(2, fixed=(1, 3))
    yield 'blocks only: N = 0', m.done()
    m = _Maker('mix only pins', [2, 1], 40)
    m.add_units([], pins=(1, 0, 0))
    yield 'pins only: N = 0 and B = 0', m.done()
    m = _Maker('mix strata', [3, 3, 3, 3], 40)
    m.add_units([], strata=3)
    m.category(2)
    m.category(2, counted=[0])
    yield 'strata, and a code that is not counted', m.done()
    m = _Maker('mix many profiles', [20, 20], 5)
    m.add_units([])
    m.category(40, fixed=(0, 2))
    yield 'many profiles of few', m.done()
    m = _Maker('mix large', [50, 50, 50], 1)
    m.add_units([])
    m.category(3)
    m.category(2)
    m.sum(1000, 300)
    yield '150 rows: more than 64 near singles', m.done()
    for looks in (2, 5, 20):
        yield f'at least {looks} looks', _search('mix looks', _looking, lambda trace: looks <= trace.get('looks', 0) < 3 * looks)
    yield '256 looks in vain', _search('mix in vain', _looking, lambda trace: 'mixed' in trace and 'looks' not in trace)
    yield 'the weights stay as they begin: the first result is 4 to 11', _search(
        'mix weights stay', _looking, lambda trace: 4 <= trace['probes'][0][2] < 12)
    yield 'the weights are lowered, then less would not do', _search(
        'mix weights lowered', _looking, lambda trace: len(trace['probes']) > 2 and trace['probes'][-1][2] < 12)
    yield 'the weights are raised once', _search('mix weights raised', _raising, lambda trace: _raises(trace) == 1)
    yield 'the weights are raised more than once', _search(
        'mix weights raised twice', lambda name: _narrow(name, 1500), lambda trace: 1 < _raises(trace) < 8)
    yield 'the weights are raised eight times, in vain', _search(
        'mix weights raised', _raising, lambda trace: _raises(trace) == 8 and trace['probes'][-1][2] < 4)
    m = _Maker('mix ends', [2, 2], 1)
    m.add_units([])
    m.category(2)
    m.category(2)
    m.sum(100, 1, unit=100000)
    yield 'a sum too narrow: the repair ends in vain', m.done()


def _raises(trace):
    """How many times the weights were raised."""
    return len(trace['probes']) - 1 if trace['probes'][0][2] < 4 else 0


def _looking(name):
    m = _Maker(name, [5, 4, 4], 3)
    m.add_units([(2, 2)])
    m.category(2)
    m.category(3)
    m.category(3)
    m.sum(100, 600)
    return m


def _raising(name):
    """Few placements keep all."""
    m = _Maker(name, [4, 4, 4], 2)
    m.add_units([])
    m.category(2)
    m.sum(1000, 1500)
    m.sum(1000, 1500)
    return m


def _search(name, build, wanted):
    """The first of the problems build('NAME 0'), build('NAME 1'), ... that is repaired and whose trace is as wanted."""
    for i in itertools.count():
        pairs, trace = build(f'{name} {i}').done(), {}
        case = Case(pairs)
        try:
            engine.place(read_problem(case), case.hex('key'), trace, SEARCH_PATIENCE)
        except engine.TooLong:
            continue
        except engine.Failed:
            pass
        if 'weights' in trace and wanted(trace):
            return pairs


# Lowering

def make_lowering():
    """Roster lines with made-up pseudonyms; commitments do not matter here."""
    def student(i, together='', limits='', recused='', seats=1, *values):
        return ['student', f's{i:032x}', 'h' + '0' * 64, together, limits, recused, str(seats)] + list(values)

    def teacher(i, subject, classes, homeroom, *values):
        return ['teacher', f't{i:032x}', 'h' + '0' * 64, subject, str(classes), homeroom, ''] + list(values)

    def case(who, rung, rules, classes, people, rows=(), students=None):
        students = students or [row for row in people if row[0] == 'student']
        teachers = [row for row in people if row[0] == 'teacher']
        records = [['rule'] + rule for rule in rules]
        records.append(['school', '1', '-', str(len(classes)), str(len(students)), str(len(teachers))])
        records += [['class', str(c), seats] for c, seats in enumerate(classes, 1)]
        records += list(rows) + teachers + students
        return [('who', who), ('rung', rung), ('ticket-key', SEED.hex())] + [('line', write_record(row)) for row in records]

    def plain(n, *columns):
        return [student(i, '', '', '', 1, *(column[i] for column in columns)) for i in range(n)]

    def rule(kind, column='', value='', who='students', school=''):
        return [who, kind, column, value, school]

    yield 'no rules; sizes where seats are empty', case('students', 1, [], ['', '', ''], plain(8))
    yield 'seats of different sizes, as even as they allow: 2, 5 and 5 of 12', case('students', 1, [], ['2', '6', '6'], plain(12))
    yield 'the rest goes to the classes of most seats', case('students', 1, [], ['4', '5', '5', '3'], plain(15))
    yield 'balance: values in byte order, the empty one too', case(
        'students', 1, [rule('balance', 'c')], ['', ''], plain(7, ['b', '', 'a', 'b', '男', 'b', 'a,b']))
    scores = ['10', '20', '20', '30.5', '7', '100', '20']
    yield 'band 3: equal scores have equal codes', case('students', 1, [rule('band', 'x', '3')], ['', ''], plain(7, scores))
    some = ['10', '', '20', '30.5', '', '100', '20']
    yield 'band 2, absent ones a code of their own', case(
        'students', 1, [rule('absent', 'x', 'mean'), rule('band', 'x', '2')], ['', ''], plain(7, some))
    yield 'band 2, absent ones replaced by 15', case(
        'students', 1, [rule('absent', 'x', '15'), rule('band', 'x', '2')], ['', ''], plain(7, some))
    yield 'top 2 with a tie: only code 0 is counted', case('students', 1, [rule('band', 'x', 'top 2')], ['', ''], plain(7, scores))
    yield 'last 2', case('students', 1, [rule('band', 'x', 'last 2')], ['', ''], plain(7, scores))
    yield 'top 1, absent ones in code 1', case(
        'students', 1, [rule('absent', 'x', 'mean'), rule('band', 'x', 'top 1')], ['', ''], plain(7, some))
    yield 'mean, first rung', case('students', 1, [rule('mean', 'x', '0.5 2 30')], ['', ''], plain(7, scores))
    yield 'mean, third rung', case('students', 3, [rule('mean', 'x', '0.5 2 30')], ['', ''], plain(7, scores))
    yield 'a shorter ladder keeps its last entry', case(
        'students', 3, [rule('mean', 'x', '0.5 2 30'), rule('mean', 'y', '1.001')], ['', ''], plain(7, scores, scores[::-1]))
    yield 'mean, absent ones count nothing', case(
        'students', 1, [rule('absent', 'x', 'mean'), rule('mean', 'x', '5')], ['', ''], plain(7, some))
    yield 'mean, absent ones count -3', case(
        'students', 1, [rule('absent', 'x', '-3'), rule('mean', 'x', '5')], ['', ''], plain(7, some))
    yield 'mean where all are absent says nothing', case(
        'students', 1, [rule('absent', 'x', 'mean'), rule('mean', 'x', '5')], ['', ''], plain(3, ['', '', '']))
    other = ['60', '71', '', '59.125', '63', '80', '66']
    yield 'a total: present only where both parts are', case(
        'students', 1, [rule('absent', 'x', 'mean'), rule('absent', 'y', 'mean'), rule('mean', 'x;y', '5')], ['', ''], plain(7, some, other))
    yield 'a total: an absent part counts 15 in it', case(
        'students', 1, [rule('absent', 'x', '15'), rule('absent', 'y', 'mean'), rule('mean', 'x', '9'), rule('mean', 'x;y', '5')], ['', ''],
        plain(7, some, other))
    yield 'bands of a total, and of one of its parts', case(
        'students', 1, [rule('absent', 'y', '50'), rule('band', 'x', '2'), rule('band', 'x;y', '3'), rule('band', 'x;y', 'top 2')], ['', ''],
        plain(7, scores, other))
    yield 'deviation, first rung, and after it the mean of the same column', case(
        'students', 1, [rule('deviation', 'x', '2 10'), rule('mean', 'x', '5')], ['', ''], plain(7, scores))
    yield 'deviation, absent ones count as the variance', case(
        'students', 2, [rule('absent', 'x', 'mean'), rule('deviation', 'x', '2 10')], ['', '', ''], plain(7, some))
    yield 'deviation of a gap of more than twice the deviation itself', case(
        'students', 1, [rule('deviation', 'x', '90')], ['', ''], plain(7, scores))
    yield 'deviation where the gap is just twice it: 4Q = m·gap²', case('students', 1, [rule('deviation', 'x', '4')], ['', ''], plain(4, ['8', '12', '8', '12']))
    yield 'deviation where all scores are equal', case('students', 1, [rule('deviation', 'x', '0.001')], ['', ''], plain(4, ['8'] * 4))
    yield 'deviation of a mean that is no whole number of thousandths', case(
        'students', 1, [rule('deviation', 'x', '0.01')], ['', ''], plain(3, ['0.001', '0.002', '0.004']))
    yield 'deviation with units of 2: a score is 131.072 from the mean', case(
        'students', 1, [rule('deviation', 'x', '0.003')], ['', ''], plain(4, ['0', '262.144', '131.071', '131.073']))
    yield 'deviation with units of 1: the farthest score is 131.071 from the mean', case(
        'students', 1, [rule('deviation', 'x', '0.003')], ['', ''], plain(4, ['0.001', '262.143', '131.071', '131.073']))
    far = [['-999999.999', '999999.999'] * 4] * 16
    names = [f'c{c:02}' for c in range(16)]
    yield 'deviation of a total of 16 columns at the ends', case(
        'students', 1, [rule('deviation', ';'.join(names), '999999.999'), rule('mean', ';'.join(names), '999999.999')], ['', ''], plain(8, *far))
    heavy = [student(i, '', '', '', 3 if i == 2 else 1, x) for i, x in enumerate(scores)]
    yield 'mean where a student takes more seats: two sums with one bound each', case(
        'students', 1, [rule('mean', 'x', '5'), rule('weight')], ['', ''], heavy)
    blocks = [student(i, 'b1' if i in (0, 4) else 'b2' if i in (1, 2, 6) else '', 'a1' if i in (0, 3) else 'a1;a2' if i == 5 else
                      'a2' if i in (1, 2) else '', '', 2 if i == 6 else 1, x) for i, x in enumerate(['a', 'b', 'a', 'a', 'b', 'b', 'a'])]
    yield 'blocks, limits, seats', case(
        'students', 1, [rule('balance', 'c'), rule('cap'), rule('together'), rule('weight')], ['', ''], blocks,
        [['limit', 'a1', '2'], ['limit', 'a2', '2']])
    locks = [['lock', f's{1:032x}', '2', 'r', 'a'], ['lock', f's{5:032x}', '1', 'r', 'a']]
    pair = [student(i, 'b1' if i in (1, 3) else '') for i in range(7)]
    yield 'locks pin units', case('students', 1, [rule('together')], ['', ''], pair, locks)
    staff = [teacher(1, 'maths', 2, 'yes', 'MA', '10'), teacher(2, 'maths', 1, '-', 'BA', ''), teacher(3, 'art', 1, 'yes', 'BA', '4'),
             teacher(4, 'art', 2, 'yes', 'BA', '30')]
    rules = [rule('absent', 'years', 'mean', 'teachers'), rule('deviation', 'years', '10', 'teachers')]
    yield 'deviation of sections', case(
        'teachers', 1, rules, ['', '', ''], [row[:7] + row[8:] for row in staff], students=plain(3))
    rules = [rule('absent', 'years', 'mean', 'teachers'), rule('balance', 'degree', '', 'teachers'),
             rule('mean', 'years', '10', 'teachers')]
    yield 'sections of teachers: strata are subjects in byte order, homeroom is the first count', case(
        'teachers', 1, rules, ['', '', ''], staff, students=plain(3))


def compute_lowering(case):
    school = read_school([line.encode() for line in case.all('line')])
    if case.one('who') == 'students':
        lowered, members = problem.students_problem(school, case.int('rung'), 1, case.hex('ticket-key'))
        return problem_pairs(lowered) + [('members', write_list(unit)) for unit in members] + [('rungs', school.rungs())]
    return problem_pairs(problem.teams_problem(school, case.int('rung'), 1, case.hex('ticket-key'))) + [('rungs', school.rungs())]


PLACE_INPUTS = 'key mix sizes rows categories count sum unit'
KINDS = [
    Kind('lowering/lowering.txt', 'From roster lines to problems (SPEC 7)', 'who rung ticket-key line',
         'sizes rows categories count sum unit members rungs', make_lowering, compute_lowering),
    Kind('place/deal.txt', 'Problems that show order and deal (SPEC 8.1)', PLACE_INPUTS, STATES, make_deal, compute_place),
    Kind('place/close.txt', 'Singles and their close pairs (SPEC 8.3)', 'u single', 'profile close near', make_close, compute_close),
    Kind('place/repair.txt', 'Problems that show the repair (SPEC 8.5)', PLACE_INPUTS, STATES, make_repair, compute_place),
    Kind('place/mix.txt', 'Problems that show tempering and mix (SPEC 8.6)', PLACE_INPUTS, STATES, make_mix, compute_place),
]
