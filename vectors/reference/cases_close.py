"""The cases of close and near pairs (SPEC 8.3): singles as they stand in the order of SPEC 8.1, without tickets."""

from . import digest
from .cases_text import SEED
from .engine import Unit
from .partners import Profiles, close_and_near_pairs
from .samples import Dice


def read_singles(case):
    singles = []
    for text in case.all('single'):
        stratum, profile, values = text.split(' ')
        codes, values = ([] if part == '-' else [int(x) for x in part.split(',')] for part in (profile, values))
        singles.append(Unit(b'', 1, 1, int(stratum), tuple(codes), None, [], values))
    return singles


def compute_close(case):
    singles = read_singles(case)
    profiles = Profiles(singles)
    lines = [('profile', f'{first} {count} {sum(profiles.count[q] for q in profiles.near(p))}')
             for p, (first, count) in enumerate(zip(profiles.first, profiles.count))]
    for name, pairs in zip(('close', 'near'), close_and_near_pairs(singles, [int(u) for u in case.all('u')], profiles)):
        last = None
        for i, j in pairs:
            if i != last:
                lines.append((name, f'{i}:'))
            lines[-1] = name, f'{lines[-1][1]} {j}'
            last = i
    return lines


def _case(units, singles):
    """singles: (stratum, profile, values) in any order."""
    pairs = [('u', unit) for unit in units]
    for stratum, profile, values in sorted(singles, key=lambda single: single[:2]):
        pairs.append(('single', ' '.join([str(stratum)] + [','.join(map(str, part)) or '-' for part in (profile, values)])))
    return pairs


def _dice(name):
    return Dice(digest.mac(SEED, 'sunlot/v1/vectors', name))


def _values(dice, n, *spreads):
    return [[dice.below(2 * spread + 1) - spread for spread in spreads] for _ in range(n)]


def make_close():
    yield 'no sums: all are as close, so the next ones, cyclically', _case([], [(0, (0,), [])] * 12)
    yield 'two singles; and one of another stratum, without partner', _case([], [(0, (), [])] * 2 + [(1, (), [])])
    dice = _dice('close ties')
    yield 'few values: of equals the earlier candidate', _case(
        [4096], [(0, (), [(dice.below(3) - 1) * 5]) for _ in range(14)])
    dice = _dice('close sums')
    yield 'two sums, of the units 1 (q = -9) and 10^9 (q = 20)', _case(
        [1, 10 ** 9], [(0, (), values) for values in _values(dice, 12, 20, 10 ** 9)])
    yield 'the unit 600 (q = 0); from 2^48 on all are as far: of two sums it is reached twice', _case(
        [600, 1], [(0, (), [0, x]) for x in (0, 1, 2 ** 38, 2 ** 39, 2 ** 40, 2 ** 41, 2 ** 42)]
        + [(0, (), [x, 2 ** 39]) for x in (1, 2 ** 47, 2 ** 48, 2 ** 49)])
    dice = _dice('close codes')
    yield 'a code counts 2048: one that differs in a code, with like values, may be closer than one of two codes', _case(
        [5000], [(0, (i % 2, i // 2 % 3), values) for i, values in enumerate(_values(dice, 18, 12000))])
    dice = _dice('close strata')
    yield 'strata; near profiles in cyclic order from the next one', _case(
        [700], [(i % 2, (i % 3, i % 5), values) for i, values in enumerate(_values(dice, 24, 900))])
    for many in (63, 64):
        yield (f'{many} differ from profile 0,0 in one code: ' + ('one more is wanted, so two codes' if many == 63 else 'enough'), _case(
            [], [(0, (0, 0), [])] + [(0, (0, 1), [])] * many + [(0, (1, 1), [])] * 3))
    yield 'three codes: D is 3, the number of codes', _case([], [(0, (i & 1, i >> 1 & 1, i >> 2), []) for i in range(8)])
    dice = _dice('close profiles')
    yield 'all profiles differ: no pairs of the same', _case(
        [900], [(0, (i,), values) for i, values in enumerate(_values(dice, 11, 4000))])
    dice = _dice('close many')
    yield 'at most 256 candidates: 300 of one profile, and 5 of another that begin at 0, 60, 120, 180, 240', _case(
        [800], [(0, (int(i >= 300),), values) for i, values in enumerate(_values(dice, 305, 100000))])
