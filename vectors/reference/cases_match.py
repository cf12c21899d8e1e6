"""The cases of match, odds and number (SPEC 8.7, 10.1)."""

from . import digest, engine, odds
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
    recused = [set() for _ in range(case.int('groups'))]
    for text in case.all('recused'):
        g, team = map(int, text.split(' '))
        recused[g].add(team)
    try:
        return [('teams', numbers(engine.match(case.hex('key'), recused)))]
    except engine.Failed:
        return [('teams', 'none')]


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
    recused = [set() for _ in range(case.int('groups'))]
    for text in case.all('recused'):
        g, team = map(int, text.split(' '))
        recused[g].add(team)
    how, rows = odds.figures(recused, case.hex('key'))
    return [('how', how)] + [('odds', numbers(row)) for row in rows]


def make_number():
    def case(name, *classes):
        return [('key', digest.mac(SEED, 'sunlot/v1/vectors', name).hex())] + [('class', text) for text in classes]

    yield 'all classes are interchangeable', case('number 1', *['-'] * 6)
    yield 'equal seats', case('number 2a', '45', '50', '45', '50', '45', '40')
    yield 'classes that a lock names keep their group', case('number 3', '-', '- locked', '-', '-', '- locked', '-')
    yield 'one class', case('number 4', '50')


def compute_number(case):
    classes = [text.split(' ') for text in case.all('class')]
    locked = {c for c, parts in enumerate(classes) if len(parts) == 2}
    return [('groups', numbers(engine.number(case.hex('key'), [('', parts[0]) for parts in classes], locked)))]
