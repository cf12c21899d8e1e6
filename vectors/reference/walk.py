"""The walk: what a try's state is after the deal, and steps that change it (SPEC 8.4).

`Walk.steps` is written for speed: everything it touches is a local variable. The state it works on:

- movable singles are numbered 0 ... N - 1 and have a group and a seat; movable bigs 0 ... B - 1 and have a group and seats;
- the count c in group g is the cell c * K + g: how many members it holds, what giving one away changes in C (give) and what
  taking one does (take). Two singles that trade places lose and gain one member in cells that are all different, so the change
  of C is the sum of these numbers. Example: the interval [2, 3] holding 3: give = 0, take = 1;
- a sum has for each group its present value, half the width of its interval and what its violation costs (v in the repair,
  ⌈v / 1024⌉ in the mix).
"""

from .energy import coarse, dist, fineness, violation
from .partners import Profiles, close_and_near_pairs
from .stream import below

INFINITE = 1 << 100
ZEROS = [8] + [(byte & -byte).bit_length() - 1 for byte in range(1, 256)]
SAME, CLOSE, NEAR, ANY = 0, 1, 2, 3


class TooLong(Exception):
    """A try took more steps than the caller allows (only where cases are invented)."""


def zeros(w):
    """The trailing zero bits of a word, at most 24."""
    w |= 1 << 24
    return (w & -w).bit_length() - 1


def kinds(in_a, may_same, may_near):
    """The kinds of proposals of two singles, by t mod 16."""
    result = []
    for t in range(16):
        if in_a:
            kind = ANY if t % 2 else NEAR
        else:
            kind = SAME if t == 0 else CLOSE if t % 8 == 4 else ANY if t in (11, 15) else NEAR
        if kind in (SAME, CLOSE) and not may_same:
            kind = NEAR
        if kind == NEAR and not may_near:
            kind = ANY
        result.append(kind)
    return result


class _Diffs(dict):
    """For two profiles p * P + q: pairs of a cell row that p has and q has not and one the other way round."""

    def __init__(self, rows, nothing):
        super().__init__()
        self.rows, self.nothing = rows, nothing

    def __missing__(self, pair):
        p, q = divmod(pair, len(self.rows))
        mine = [c for c in self.rows[p] if c not in self.rows[q]]
        theirs = [c for c in self.rows[q] if c not in self.rows[p]]
        longer = max(len(mine), len(theirs))
        mine += [self.nothing] * (longer - len(mine))
        theirs += [self.nothing] * (longer - len(theirs))
        self[pair] = found = tuple(zip(mine, theirs))
        return found


class _Sum:
    """A sum: its singles' values, and by group total, half (the interval is [-half, half]) and cost."""

    def __init__(self, values, total, half, unit):
        self.values, self.total, self.half, self.q = values, total, half, fineness(unit)
        self.cost = [0] * len(total)


class Walk:
    """The state of one try. word: the stream; patience: how many steps may be taken in all, None for any number."""

    def __init__(self, problem, placed, ranked, word, patience=None):
        self.problem, self.word, self.patience = problem, word, patience
        units, k = problem.units, len(problem.sizes)
        movable = [i for i in ranked if units[i].pin is None]
        self.bigs = [i for i in movable if units[i].is_big()]
        self.singles = [i for i in movable if not units[i].is_big()]
        self.k = k
        self.heads = [0] * k
        for i, (g, _) in enumerate(placed):
            self.heads[g] += units[i].members
        self._set_counts(placed)
        self._set_sums(placed)
        self._set_singles(placed)
        self._set_bigs(placed)
        self.taken = 0

    def _set_counts(self, placed):
        problem, k = self.problem, self.k
        bounds = [problem.interval(count, heads) for count in problem.counts for heads in self.heads]
        # The last k cells are of no count: what `_Diffs` fills up with.
        self.low = [low for low, _ in bounds] + [-INFINITE] * k
        self.high = [high for _, high in bounds] + [INFINITE] * k
        self.shares = [c for c, count in enumerate(problem.counts) if count[0] == 'share']
        self.held = [0] * len(self.low)
        for i, (g, _) in enumerate(placed):
            for c in problem.units[i].counts:
                self.held[c * k + g] += 1
        self.give, self.take = [0] * len(self.low), [0] * len(self.low)
        for cell in range(len(self.low)):
            self._refresh(cell)

    def _refresh(self, cell):
        x, low, high = self.held[cell], self.low[cell], self.high[cell]
        self.give[cell] = 1 if x <= low else -1 if x > high else 0
        self.take[cell] = 1 if x >= high else -1 if x < low else 0

    def _set_sums(self, placed):
        self.sums = []
        for s, (width, unit) in enumerate(self.problem.sums):
            total = [0] * self.k
            for i, (g, _) in enumerate(placed):
                total[g] += self.problem.units[i].values[s]
            values = [self.problem.units[i].values[s] for i in self.singles]
            self.sums.append(_Sum(values, total, [width * heads // 2 for heads in self.heads], unit))

    def _set_singles(self, placed):
        units, k, categories = self.problem.units, self.k, self.problem.categories
        self.group = [placed[i][0] for i in self.singles]
        self.seat = [placed[i][1][0] for i in self.singles]
        self.rows = [[c * k for c in units[i].counts] for i in self.singles]
        shared = {}
        self.limits = [shared.setdefault(limits, limits) for limits in
                       (tuple(c * k for c in units[i].counts if c >= categories) for i in self.singles)]
        movable = [units[i] for i in self.singles]
        self.profiles = Profiles(movable)
        self.same = [j for j, p in enumerate(self.profiles.of) if self.profiles.count[p] >= 2]
        self.stratum = [self.profiles.stratum(p) for p in range(len(self.profiles.names))]
        self.close, self.near = close_and_near_pairs(movable, [unit for _, unit in self.problem.sums], self.profiles)
        self.diffs = _Diffs([[c * k for c in movable[f].counts if c < categories] for f in self.profiles.first],
                            len(self.problem.counts) * k)

    def _set_bigs(self, placed):
        units, k = self.problem.units, self.k
        self.big_group = [placed[i][0] for i in self.bigs]
        self.big_seats = [placed[i][1] for i in self.bigs]
        self.big_rows = [[c * k for c in units[i].counts] for i in self.bigs]
        self.on_seat = [[-1] * size for size in self.problem.sizes]
        for j, g in enumerate(self.group):
            self.on_seat[g][self.seat[j]] = j

    # The walk

    def counts_energy(self):
        """C."""
        return sum(dist(*cell) for cell in zip(self.held, self.low, self.high))

    def sums_energy(self, in_mix=False):
        """V, or S in the mix; also sets the costs of the sums."""
        energy = 0
        for each in self.sums:
            for g in range(self.k):
                v = violation(dist(each.total[g], -each.half[g], each.half[g]), each.q)
                each.cost[g] = coarse(v) if in_mix else v
            energy += sum(each.cost)
        return energy

    def holds(self):
        """Whether all intervals hold (in the mix)."""
        return self.counts_energy() == 0 and self.sums_energy(True) == 0

    def steps(self, phase, length, odd=False, weights=(1, 1)):
        """A stretch: at most `length` steps of part A or B of a round that is odd or not, or of a walk of the mix with weights.

        A proposal is accepted if price_c * (change of C) + price_s * (change of V or S) <= most.
        """
        in_a, in_b, in_mix = phase == 'A', phase == 'B', phase == 'mix'
        energy_c, energy_s = self.counts_energy(), self.sums_energy(in_mix)
        word, k = self.word, self.k
        n, b = len(self.singles), len(self.bigs)
        group, seat, on_seat = self.group, self.seat, self.on_seat
        held, low, high, give, take = self.held, self.low, self.high, self.give, self.take
        profile, first, count = self.profiles.of, self.profiles.first, self.profiles.count
        profiles, limits, diffs, same, stratum = len(first), self.limits, self.diffs, self.same, self.stratum
        close, near = self.close, self.near
        sums, how_many_same, how_many_close, how_many_near = self.sums, len(same), len(close), len(near)
        kind_of = kinds(in_a, how_many_same > 0, how_many_near > 0)
        warmth = 32 + 1024 // k
        price_c, price_s = weights
        t = 0
        while t < length and not (in_a and energy_c == 0) and not (in_b and energy_c == 0 and energy_s == 0):
            # z, and what is accepted.
            if not t & 3:
                control = word()
            byte = control >> 8 * (t & 3) & 255
            most = z = ZEROS[byte] if byte else 8 + zeros(word())
            if in_a:
                price_c, price_s = 4 + 7 * t // length if odd else 11, 0
            elif in_b:
                h = warmth * (length - t) // length
                if odd:
                    h = max(1, h)
                price_c, price_s, most = h * (4 + 9 * t // length) if odd else 0, 1, h * z
            never_c = in_b and not odd
            at, two_bigs, t = t & 15, not t & 16 or not n, t + 1
            # The proposal.
            if b and (at == 15 or not n):
                by_c, by_s = self._block(two_bigs, in_mix, never_c, price_c, price_s, most)
                energy_c += by_c
                energy_s += by_s
                continue
            if not n:
                continue
            w = word()
            kind = kind_of[at]
            if kind == NEAR:
                i, j = near[w * how_many_near >> 32]
            elif kind == CLOSE:
                i, j = close[w * how_many_close >> 32]
            elif kind == SAME:
                m = w * how_many_same
                i = same[m >> 32]
                p = profile[i]
                j = first[p] + ((m & 0xffffffff) * (count[p] - 1) >> 32)
                if j >= i:
                    j += 1
            else:
                m = w * n
                i = m >> 32
                f, many = stratum[profile[i]]
                j = f + ((m & 0xffffffff) * many >> 32)
            g, h = group[i], group[j]
            if g == h:
                continue
            # The change of C.
            p, q = profile[i], profile[j]
            moving = diffs[p * profiles + q] if p != q else ()
            change = 0
            for mine, theirs in moving:
                change += give[mine + g] + take[mine + h] + give[theirs + h] + take[theirs + g]
            limits_i, limits_j = limits[i], limits[j]
            if limits_i is not limits_j:
                for c in limits_i:
                    if c not in limits_j:
                        change += give[c + g] + take[c + h]
                for c in limits_j:
                    if c not in limits_i:
                        change += give[c + h] + take[c + g]
            # V or S can at best become 0.
            if never_c and change > 0 or price_c * change - price_s * energy_s > most:
                continue
            # The change of V or S.
            moved = 0
            for each in sums:
                values, total, half, q = each.values, each.total, each.half, each.q
                d = values[j] - values[i]
                if d:
                    for over in (abs(total[g] + d) - half[g], abs(total[h] - d) - half[h]):
                        if over > 0:
                            v = violation(over, q)
                            moved += -(-v >> 10) if in_mix else v
                    moved -= each.cost[g] + each.cost[h]
            if price_c * change + price_s * moved > most:
                continue
            # Accepted.
            energy_c += change
            energy_s += moved
            for mine, theirs in moving:
                for cell, by in ((mine + g, -1), (mine + h, 1), (theirs + h, -1), (theirs + g, 1)):
                    x = held[cell] = held[cell] + by
                    a, z = low[cell], high[cell]
                    give[cell] = 1 if x <= a else -1 if x > z else 0
                    take[cell] = 1 if x >= z else -1 if x < a else 0
            if limits_i is not limits_j:
                for mine, theirs, source, goal in ((limits_i, limits_j, g, h), (limits_j, limits_i, h, g)):
                    for c in mine:
                        if c not in theirs:
                            held[c + source] -= 1
                            held[c + goal] += 1
                            self._refresh(c + source)
                            self._refresh(c + goal)
            for each in sums:
                d = each.values[j] - each.values[i]
                if d:
                    for f, x in ((g, each.total[g] + d), (h, each.total[h] - d)):
                        each.total[f] = x
                        over = abs(x) - each.half[f]
                        v = violation(over, each.q) if over > 0 else 0
                        each.cost[f] = -(-v >> 10) if in_mix else v
            group[i], group[j] = h, g
            if b:
                seat_i, seat_j = seat[i], seat[j]
                seat[i], seat[j] = seat_j, seat_i
                on_seat[g][seat_i], on_seat[h][seat_j] = j, i
        self.taken += t
        if self.patience is not None and self.taken > self.patience:
            raise TooLong
        return t

    def _block(self, two_bigs, in_mix, never_c, price_c, price_s, most):
        """A step that moves a big: the changes of C and of V or S."""
        word = self.word
        m = word() * len(self.bigs)
        u = m >> 32
        g, size = self.big_group[u], len(self.big_seats[u])
        if two_bigs:
            v = (m & 0xffffffff) * len(self.bigs) >> 32
            h = self.big_group[v]
            if g == h or len(self.big_seats[v]) != size:
                return 0, 0
            there = [(self.bigs[v], self.big_rows[v])]
        else:
            if self.k < 2:
                return 0, 0
            h = below(word, self.k - 1)
            h += h >= g
            seats = [below(word, max(self.problem.sizes)) for _ in range(size)]
            if len(set(seats)) < size or any(q >= self.problem.sizes[h] or self.on_seat[h][q] < 0 for q in seats):
                return 0, 0
            trading = [self.on_seat[h][q] for q in seats]
            there = [(self.singles[j], self.rows[j]) for j in trading]
        units = self.problem.units
        gain = sum(units[i].members for i, _ in there) - units[self.bigs[u]].members
        heads = {g: self.heads[g] + gain, h: self.heads[h] - gain}
        change, moves = self._changes(self.big_rows[u], [row for _, rows in there for row in rows], g, h, heads if gain else {})
        totals = [sum(units[i].values[s] for i, _ in there) - units[self.bigs[u]].values[s] for s in range(len(self.sums))]
        new_costs, moved = self._costs(in_mix, totals, heads)
        if never_c and change > 0 or price_c * change + price_s * moved > most:
            return 0, 0
        for cell, (by, low, high) in moves.items():
            self.held[cell] += by
            self.low[cell], self.high[cell] = low, high
            self._refresh(cell)
        self.heads[g], self.heads[h] = heads[g], heads[h]
        for each, d, (width, _), costs in zip(self.sums, totals, self.problem.sums, new_costs):
            each.total[g] += d
            each.total[h] -= d
            for f, cost in zip(heads, costs):
                each.half[f] = width * heads[f] // 2
                each.cost[f] = cost
        self.big_group[u] = h
        if two_bigs:
            self.big_group[v] = g
            self.big_seats[u], self.big_seats[v] = self.big_seats[v], self.big_seats[u]
        else:
            for j, old, new in zip(trading, seats, self.big_seats[u]):
                self.group[j], self.seat[j] = g, new
                self.on_seat[g][new], self.on_seat[h][old] = j, -1
            self.big_seats[u] = seats
        return change, moved

    def _changes(self, rows_g, rows_h, g, h, heads):
        """What an exchange changes in C, and for each cell by how much and its new interval.

        rows_g go from g to h, rows_h from h to g; heads: the new heads of g and h, empty if they stay.
        """
        moves = {}
        for rows, source, goal in ((rows_g, g, h), (rows_h, h, g)):
            for row in rows:
                moves[row + source] = moves.get(row + source, 0) - 1
                moves[row + goal] = moves.get(row + goal, 0) + 1
        moves = {cell: (by, self.low[cell], self.high[cell]) for cell, by in moves.items()}
        for f in heads:
            for c in self.shares:
                cell = c * self.k + f
                by = moves[cell][0] if cell in moves else 0
                moves[cell] = (by,) + self.problem.interval(self.problem.counts[c], heads[f])
        change = sum(dist(self.held[cell] + by, low, high) - dist(self.held[cell], self.low[cell], self.high[cell])
                     for cell, (by, low, high) in moves.items())
        return change, moves

    def _costs(self, in_mix, totals, heads):
        """The costs of the two groups after an exchange that adds totals to the first, and what changes in all."""
        new_costs, moved = [], 0
        for each, (width, _), d in zip(self.sums, self.problem.sums, totals):
            costs = []
            for f, x in zip(heads, (d, -d)):
                half = width * heads[f] // 2
                v = violation(dist(each.total[f] + x, -half, half), each.q)
                costs.append(coarse(v) if in_mix else v)
                moved += costs[-1] - each.cost[f]
            new_costs.append(costs)
        return new_costs, moved

    def groups(self):
        """The group of each unit, pinned ones too, by index."""
        result = [unit.pin for unit in self.problem.units]
        for units, groups in ((self.singles, self.group), (self.bigs, self.big_group)):
            for i, g in zip(units, groups):
                result[i] = g
        return result
