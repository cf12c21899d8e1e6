"""The engine: order, deal, repair, tempering, mix, match, number (SPEC 8). Its steps are in walk.py."""

from .stream import shuffle, words
from .walk import TooLong, Walk

ROUNDS, LOOKS = 6, 256
PROBE_WALKS, PROBE_LEAST, PROBE_ENOUGH, PROBE_RAISES = 32, 4, 20, 8
FEW = 100
SHUFFLES, SHUFFLES_AGAIN = 65536, 1 << 20


class Unit:
    """What moves as one. counts: the numbers of the counts it contributes to, one entry a member; values: one a sum."""

    def __init__(self, ticket, size, members, stratum, profile, pin, counts, values):
        self.ticket, self.size, self.members, self.stratum = ticket, size, members, stratum
        self.profile, self.pin, self.counts, self.values = profile, pin, counts, values

    def is_big(self):
        return self.size > 1 or self.members > 1


class Problem:
    """sizes of the groups; counts, the category counts first: (`share`, c) or (`fixed`, low, high); sums: (width, unit).

    In a group with h heads a share lies in [⌊c·h/rows⌋, ⌈c·h/rows⌉] and a sum in [-H, H], H = ⌊width·h/2⌋.
    """

    def __init__(self, sizes, rows, mix, units, categories, counts, sums):
        self.sizes, self.rows, self.mix, self.units = sizes, rows, mix, units
        self.categories, self.counts, self.sums = categories, counts, sums

    def interval(self, count, heads):
        if count[0] == 'fixed':
            return count[1], count[2]
        return count[1] * heads // self.rows, -(-count[1] * heads // self.rows)


class Failed(Exception):
    """The try fails."""


def order(units):
    """The units' indices in the order of SPEC 8.1."""
    def key(i):
        unit = units[i]
        if unit.is_big():
            return 0, -unit.size, unit.ticket
        return 1, unit.stratum, unit.profile, unit.ticket
    return sorted(range(len(units)), key=key)


def deal(problem, ranked):
    """The seats of each unit, as (group, list of seats), by index."""
    sizes, units = problem.sizes, problem.units
    filled = [0] * len(sizes)
    placed = [None] * len(units)

    def arrive(i, g):
        placed[i] = (g, list(range(filled[g], filled[g] + units[i].size)))
        filled[g] += units[i].size

    for i in ranked:
        if units[i].pin is not None:
            arrive(i, units[i].pin)
    cursor = 0
    for i in ranked:
        if units[i].pin is None:
            for step in range(len(sizes)):
                g = (cursor + step) % len(sizes)
                if sizes[g] - filled[g] >= units[i].size:
                    break
            else:
                raise Failed('no group has room')
            arrive(i, g)
            cursor = (g + 1) % len(sizes)
    return placed


def first_weights(problem):
    """b and s as they begin."""
    k, a = len(problem.sizes), problem.categories
    intervals = [problem.interval(count, min(size, problem.rows)) for count in problem.counts[:a] for size in problem.sizes]
    loose = sum(low < high for low, high in intervals)
    return (max(1, (loose + len(problem.counts) - a).bit_length(), (k * a).bit_length() // 2),
            (k * len(problem.sums)).bit_length() + 1)


def repair(walk, trace):
    """SPEC 8.5: whether it succeeds. trace: (phase, round, steps) of each part."""
    n = walk.problem.rows
    for r in range(ROUNDS):
        trace.append(('A', r, walk.steps('A', 400 * n << r, r % 2 == 1)))
        if walk.counts_energy() == 0:
            trace.append(('B', r, walk.steps('B', 200 * n << r, r % 2 == 1)))
            if walk.counts_energy() == 0 and walk.sums_energy() == 0:
                return True
    return False


def temper(walk, trace):
    """The weights of SPEC 8.6. trace: (b, s, result) of each probe."""
    half = -(-walk.problem.rows // 2)
    weights = first_weights(walk.problem)

    def probe(weights):
        walk.steps('mix', 64 * half, weights=weights)
        result = 0
        for _ in range(PROBE_WALKS):
            walk.steps('mix', half, weights=weights)
            result += walk.holds()
        trace.append(weights + (result,))
        return result

    def moved(by):
        return tuple(max(1, weight + by) for weight in weights)

    result = probe(weights)
    if result < PROBE_LEAST:
        for _ in range(PROBE_RAISES):
            weights = moved(1)
            if probe(weights) >= PROBE_LEAST:
                break
        return weights
    while result >= PROBE_ENOUGH and max(weights) > 1:
        result = probe(moved(-1))
        if result >= PROBE_ENOUGH:
            weights = moved(-1)
    return weights


def mix(walk, weights):
    """The looks needed, None if none of them finds that all holds."""
    length = walk.problem.mix * max(walk.problem.rows, FEW)
    walk.steps('mix', length, weights=weights)
    for look in range(1, LOOKS + 1):
        if walk.holds():
            return look
        if look < LOOKS:
            walk.steps('mix', -(-length // 16), weights=weights)
    return None


def place(problem, key, trace=None, patience=None):
    """The group of each unit and the looks needed; Failed if the try fails.

    trace, a dict, receives the intermediate states. patience bounds the steps: TooLong beyond them.
    """
    trace = {} if trace is None else trace
    ranked = order(problem.units)
    walk = Walk(problem, deal(problem, ranked), ranked, words(key), patience)
    trace['order'], trace['deal'] = ranked, walk.groups()
    trace['energy'] = walk.counts_energy(), walk.sums_energy()
    trace['close'], trace['near'] = walk.close, walk.near
    trace['repair'], trace['probes'] = [], []
    repaired = repair(walk, trace['repair'])
    trace['repaired'] = walk.groups()
    if not repaired:
        raise Failed('the repair ends')
    trace['weights'] = temper(walk, trace['probes'])
    looks = mix(walk, trace['weights'])
    trace['mixed'] = walk.groups()
    if looks is None:
        raise Failed('the looks end')
    trace['looks'] = looks
    return trace['mixed'], looks


def matching(key, recused, most, hand=None, patience=None):
    """The team of each group and how many shuffles were made; no teams (None) if none of `most` shuffles respects the recusals.

    recused[g] is the set of teams that group g may not get; hand the teams drawn by hand for the slots, from 0.
    """
    word = words(key)
    slots = list(range(len(recused)))
    for shuffles in range(1, most + 1):
        shuffle(word, slots)
        teams = [hand[slot] for slot in slots] if hand else list(slots)
        if not any(team in refused for team, refused in zip(teams, recused)):
            return teams, shuffles
        if patience is not None and shuffles > patience:
            raise TooLong
    return None, most


def match(key, recused, hand=None, patience=None):
    """The team of each group of a try; Failed if there is none."""
    teams, _ = matching(key, recused, SHUFFLES, hand, patience)
    if teams is None:
        raise Failed('no match')
    return teams


def match_again(key, recused, first, hand=None):
    """The second round's match and its shuffles. first: the teams of the first round, kept if no shuffle will do."""
    teams, shuffles = matching(key, recused, SHUFFLES_AGAIN, hand)
    return teams or first, shuffles


def number(key, classes, locked, hand=None):
    """The group of each class: classes is a list of (name, seats), locked the set of the indices that locks name.

    hand: the class drawn by hand for each, from 0; then all classes are one set.
    """
    word = words(key)
    groups = list(range(len(classes)))
    done = set()
    for c, (_, seats) in enumerate(classes):
        if c in done or c in locked:
            continue
        alike = [d for d in range(c, len(classes)) if d not in locked and classes[d][1] == seats]
        done.update(alike)
        dealt = list(alike)
        shuffle(word, dealt)
        for d, g in zip(alike, dealt):
            groups[d] = g
    if hand:
        dealt, groups = groups, [None] * len(groups)
        for c, g in zip(hand, dealt):
            groups[c] = g
    return groups
