"""The cases of match, odds, number and late arrivals (SPEC 8.7, 8.8, 10.1)."""

from . import digest, engine, late, odds
from .cases import Kind
from .cases_text import SEED
from .samples import Dice


def numbers(values):
    return ' '.join(map(str, values))


def make_match():
    def case(name, groups, *recused):
        return [('key', digest.mac(SEED, 'sunlot/v1/vectors', name).hex()), ('groups', groups)] + [
            ('recused', pair) for pair in recused]

    yield 'no recusal', case('match 1', 5)
    yield 'one group', case('match 2', 1)
    yield 'recusals, group and team: some shuffles are in vain', case('match 3', 4, '0 0', '0 1', '1 1', '2 2', '3 0')
    yield 'only one matching is left', case('match 4', 3, '0 0', '0 1', '1 0', '1 2')
    yield 'no matching: the try fails', case('match 5', 2, '0 0', '1 0')


def compute_match(case):
    try:
        return [('teams', numbers(engine.match(case.hex('key'), recused_of(case), hand_of(case))))]
    except engine.Failed:
        return [('teams', 'none')]


def recused_of(case):
    recused = [set() for _ in range(case.int('groups'))]
    for text in case.all('recused'):
        g, team = map(int, text.split(' '))
        recused[g].add(team)
    return recused


def hand_of(case):
    return [int(slot) - 1 for slot in case.one('hand').split(' ')] if case.all('hand') else None


def make_match_hand():
    def case(name, hand, *recused):
        return [('key', digest.mac(SEED, 'sunlot/v1/vectors', name).hex()), ('groups', len(hand.split(' '))), ('hand', hand)] + [
            ('recused', pair) for pair in recused]

    yield 'slots in their own order: as without a hand draw', case('match 1', '1 2 3 4 5')
    yield 'the same seed, other slots', case('match 1', '3 5 1 2 4')
    yield 'one group', case('match 2', '1')
    yield 'recusals are from the teams, not from the slots', case('match 3', '4 3 1 2', '0 0', '0 1', '1 1', '2 2', '3 0')
    yield 'no matching', case('match 5', '2 1', '0 0', '1 0')


def make_second():
    def case(name, groups, first, *recused, hand=None):
        return [('key', digest.mac(SEED, 'sunlot/v1/vectors', name).hex()), ('groups', groups)] + ([('hand', hand)] if hand else []) + [
            ('recused', pair) for pair in recused] + [('first', first)]

    yield 'the first shuffle will do', case('second 1', 4, '0 1 2 3')
    yield 'one group', case('second 2', 1, '0')
    yield 'recusals: some shuffles are in vain', case('second 4', 5, '4 3 2 1 0', '0 0', '0 1', '0 2', '1 1', '1 2', '2 3', '2 4', '3 0', '3 3', '4 4', '4 2')
    yield 'with slots drawn by hand', case('second 4', 5, '4 3 2 1 0', '0 0', '0 1', '0 2', '1 1', '1 2', '2 3', '2 4', '3 0', '3 3', '4 4', '4 2', hand='2 4 5 1 3')
    yield 'one matching of 40,320: more shuffles than one try of the first round may have', case(
        'second 19', 8, '0 1 2 3 4 5 6 7', *[f'{g} {team}' for g in range(8) for team in range(8) if team != g])
    yield 'no shuffle of 1,048,576 will do: the teams of the first round', case('second 5', 2, '1 0', '0 0', '1 0')


def compute_second(case):
    first = [int(team) for team in case.one('first').split(' ')]
    teams, shuffles = engine.match_again(case.hex('key'), recused_of(case), first, hand_of(case))
    return [('teams', numbers(teams)), ('shuffles', shuffles)]


def _board(name, groups, cells, seed=0):
    """So many different cells, as the dice fall, or the cells themselves."""
    if isinstance(cells, int):
        dice, found = Dice(digest.mac(SEED, 'sunlot/v1/vectors', f'{name} {seed}')), set()
        while len(found) < cells:
            found.add((dice.below(groups), dice.below(groups)))
        cells = sorted(found)
    return [('key', digest.mac(SEED, 'sunlot/v1/vectors', name).hex()), ('groups', groups)] + [
        ('recused', f'{g} {team}') for g, team in cells]


def _sparse(name, groups, rows, each):
    """The first `rows` groups are recused from `each` teams."""
    dice, cells = Dice(digest.mac(SEED, 'sunlot/v1/vectors', name)), set()
    for g in range(rows):
        while sum(h == g for h, _ in cells) < each:
            cells.add((g, dice.below(groups)))
    return _board(name, groups, sorted(cells))


def make_odds():
    yield 'no recusal', _board('odds 1', 5, [])
    yield 'one group', _board('odds 2', 1, [])
    yield 'the example of the text', _board('odds 3', 3, [(0, 0), (1, 1)])
    yield 'a group with a single team that it may get', _board('odds 4', 4, [(1, 0), (1, 1), (1, 3)])
    yield 'only one matching is left', _board('odds 5', 3, [(0, 0), (0, 1), (1, 0), (1, 2)])
    yield 'no matching', _board('odds 6', 2, [(0, 0), (1, 0)])
    yield 'every group recused', _board('odds 7', 6, [(g, team) for g in range(6) for team in (g, (g + 1) % 6)])
    yield 'every group recused, from one team each of the first two', _board('odds 8', 7, [(g, g % 2) for g in range(6)] + [(6, 2)])
    yield 'cells as they fall', _board('odds 9', 9, 20)
    yield '25 groups, 8 recused', _sparse('odds 10', 25, 8, 3)
    yield '20 recused groups of 30', _sparse('odds 11', 30, 20, 2)
    yield '20 recused groups of 128: numbers beyond 128 bits', _sparse('odds 12', 128, 20, 1)
    yield 'more than 20 recused groups, but 3 teams: counted', _board('odds 13', 26, [(g, 9 * (g % 3)) for g in range(24)])
    yield 'more than 20 recused groups and teams: sampled', _board('odds 14', 24, [(g, (5 * g + 2) % 22) for g in range(22)])


def compute_odds(case):
    how, rows = odds.figures(recused_of(case), case.hex('key'))
    return [('how', how)] + [('odds', numbers(row)) for row in rows]


def make_number():
    def case(name, *classes):
        return [('key', digest.mac(SEED, 'sunlot/v1/vectors', name).hex())] + [('class', text) for text in classes]

    yield 'all classes are interchangeable', case('number 1', *['-'] * 6)
    yield 'equal seats', case('number 2a', '45', '50', '45', '50', '45', '40')
    yield 'classes that a lock names keep their group', case('number 3', '-', '- locked', '-', '-', '- locked', '-')
    yield 'one class', case('number 4', '50')


def make_number_hand():
    def case(name, hand, seats='-'):
        return [('key', digest.mac(SEED, 'sunlot/v1/vectors', name).hex())] + [('class', seats)] * len(hand.split(' ')) + [('hand', hand)]

    yield 'slots in their own order: as without a hand draw', case('number 1', '1 2 3 4 5 6')
    yield 'the same seed, other slots: the group that class c would get goes to the class of slot c', case('number 1', '2 3 1 6 4 5')
    yield 'equal seats', case('number 2a', '4 1 3 2', '45')
    yield 'one class', case('number 4', '1', '50')


def compute_number(case):
    classes = [text.split(' ') for text in case.all('class')]
    locked = {c for c, parts in enumerate(classes) if len(parts) == 2}
    return [('groups', numbers(engine.number(case.hex('key'), [('', parts[0]) for parts in classes], locked, hand_of(case))))]


def make_late():
    def case(name, classes, students, school='-', act=1):
        pseudonyms = sorted('s' + digest.mac(SEED, 'sunlot/v1/vectors', name, i)[:16].hex() for i in range(len(students)))
        return ([('seed', digest.mac(SEED, 'sunlot/v1/vectors', name).hex()), ('school', school), ('act', act)]
                + [('class', text) for text in classes] + [('late', f'{p} {seats}') for p, seats in zip(pseudonyms, students)])

    yield 'classes of 30, 31 and 32: the first of the students has two candidates', case('late 1', ['- 30', '- 31', '- 32'], [1] * 5)
    yield 'the same, as another act', case('late 1', ['- 30', '- 31', '- 32'], [1] * 5, act=2)
    yield 'the same, in another school', case('late 1', ['- 30', '- 31', '- 32'], [1] * 5, school='实验小学')
    yield 'a class without a seat is no candidate, nor is its size the least', case('late 4', ['30 30', '40 33', '40 34', '40 35'], [1])
    yield 'two seats: the class with one seat left is none for this student', case('late 5', ['31 30', '40 33', '40 34'], [2])
    yield 'several: those placed before count', case('late 6', ['- 30', '- 30', '- 33'], [1] * 9)
    yield 'several of other weights', case('late 7', ['40 28', '34 30', '34 33', '36 31'], [1, 3, 1, 4, 2, 1])
    yield 'the last seat is taken', case('late 8', ['30 29', '30 30'], [1])
    yield 'one student more than seats: no supplement', case('late 9', ['30 29', '30 29'], [1, 1, 1])
    yield 'an empty class', case('late 10', ['- 0', '- 3', '- 1'], [1, 1, 1, 1])


def compute_late(case):
    classes, sizes = [], []
    for c, text in enumerate(case.all('class')):
        seats, size = text.split(' ')
        classes.append((str(c), None if seats == '-' else int(seats)))
        sizes.append(int(size))
    students = [(pseudonym, int(seats)) for pseudonym, seats in (text.split(' ') for text in case.all('late'))]
    found = late.place(classes, sizes, students, case.hex('seed'), case.one('school'), case.int('act'))
    if found is None:
        return [('classes', 'none')]
    return [('classes', numbers(found[pseudonym] for pseudonym, _ in students))]


KINDS = [
    Kind('match/match.txt', 'Groups with teams (SPEC 8.7)', 'key groups recused', 'teams', make_match, compute_match),
    Kind('match/hand.txt', 'Groups with teams whose slots were drawn by hand (SPEC 8.7)', 'key groups hand recused', 'teams', make_match_hand,
         compute_match),
    Kind('match/second.txt', 'The second round of two (SPEC 8.7); first: the teams of the first', 'key groups hand recused first',
         'teams shuffles', make_second, compute_second),
    Kind('match/odds.txt', 'The odds of the match (SPEC 10.1); recused: group and team; odds of each group, in hundredths of a percent',
         'key groups recused', 'how odds', make_odds, compute_odds),
    Kind('number/number.txt', 'Classes and groups (SPEC 8.7); class: seats or -, and whether a lock names it', 'key class', 'groups',
         make_number, compute_number),
    Kind('number/hand.txt', 'Classes whose slots were drawn by hand (SPEC 8.7); class: seats or -', 'key class hand', 'groups',
         make_number_hand, compute_number),
    Kind('late/late.txt', 'Late arrivals (SPEC 8.8); class: seats or -, and the effective size; late: pseudonym and seats; classes: from 0',
         'seed school act class late', 'classes', make_late, compute_late),
]
