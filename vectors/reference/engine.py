"""The engine: order, deal, repair, mix, match, number (SPEC 8).

The walk is one function, `_Walk.steps`, written for speed: everything it touches is a local variable. The state it works on:

- movable singles are numbered 0 ... N - 1 and have a group and a seat; movable bigs 0 ... B - 1 and have a group and seats;
- the count c in group g is the cell c * K + g: how many members it holds, what giving one away changes in C (give) and what
  taking one does (take). Two singles that trade places lose and gain one member in cells that are all different, so the change
  of C is the sum of these numbers. Example: the interval [2, 3] holding 3: give = 0, take = 1;
- a sum has for each group its present value and its violation in the units of the phase (v in the repair, ⌈v / 1024⌉ in the mix).
"""

from .stream import below, shuffle, words

INFINITE = 1 << 100
MASKS = [(1 << bits) - 1 for bits in range(25)]
THRESHOLD = [0] + [2 ** 32 % n for n in range(1, 4200)]


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


class TooLong(Exception):
    """A try took more steps than the caller allows (only where cases are invented)."""


def dist(x, low, high):
    return low - x if x < low else x - high if x > high else 0


def violation(distance, unit):
    q = unit.bit_length() - 10
    if q < 0:
        return min(min(distance, 1 << 40) << -q, 1 << 48)
    return min(-(-distance >> q), 1 << 48)


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


class _Walk:
    """The state of one try after the deal."""

    def __init__(self, problem, placed, ranked, word):
        self.problem, self.word = problem, word
        self.warmth = 16 + 1024 // len(problem.sizes)
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
        self.taken_steps = 0

    def _set_counts(self, placed):
        problem, k = self.problem, self.k
        bounds = [problem.interval(count, heads) for count in problem.counts for heads in self.heads]
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
            half = [width * heads // 2 for heads in self.heads]
            self.sums.append((values, total, [-h for h in half], half, [0] * self.k, unit))

    def _set_singles(self, placed):
        units, k, categories = self.problem.units, self.k, self.problem.categories
        self.group = [placed[i][0] for i in self.singles]
        self.seat = [placed[i][1][0] for i in self.singles]
        self.rows = [[c * k for c in units[i].counts] for i in self.singles]
        shared = {}
        self.limits = [shared.setdefault(limits, limits) for limits in
                       (tuple(c * k for c in units[i].counts if c >= categories) for i in self.singles)]
        keys, self.first, self.profile = [], [], []
        for j, i in enumerate(self.singles):
            key = (units[i].stratum, units[i].profile)
            if not keys or keys[-1] != key:
                keys.append(key)
                self.first.append(j)
            self.profile.append(len(keys) - 1)
        ends = self.first[1:] + [len(self.singles)]
        self.count = [end - first for first, end in zip(self.first, ends)]
        self.diffs = _Diffs([[c * k for c in units[self.singles[f]].counts if c < categories] for f in self.first],
                            len(self.problem.counts) * k)
        self.same = [j for j, p in enumerate(self.profile) if self.count[p] >= 2]
        self.near, self.stratum = [], []
        for p, (stratum, codes) in enumerate(keys):
            among = [q for q, key in enumerate(keys) if key[0] == stratum]
            start = among.index(p)
            others = among[start + 1:] + among[:start]
            away = [sum(a != b for a, b in zip(codes, keys[q][1])) for q in others]
            least = min(away, default=0)
            self.near.append([q for q, distance in zip(others, away) if distance == least][:32])
            self.stratum.append((self.first[among[0]], sum(self.count[q] for q in among)))

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
        return sum(dist(*cell) for cell in zip(self.held, self.low, self.high))

    def sums_energy(self, phase):
        """The energy of the sums, which also fills the violations of each group."""
        energy = 0
        for _, total, lows, highs, cost, unit in self.sums:
            for g in range(self.k):
                v = violation(dist(total[g], lows[g], highs[g]), unit)
                cost[g] = -(-v >> 10) if phase == 'mix' else v
            energy += sum(cost)
        return energy

    def steps(self, phase, limit, weight_c=1, weight_s=1):
        """Take at most limit steps of the phase A, B or mix; A and B end early at energy 0. Returns the steps taken."""
        warmth = self.warmth
        mixing, in_a, in_b = phase == 'mix', phase == 'A', phase == 'B'
        energy = self.counts_energy() if in_a else self.sums_energy(phase)
        word, k = self.word, self.k
        n, b = len(self.singles), len(self.bigs)
        group, seat, on_seat = self.group, self.seat, self.on_seat
        held, low, high, give, take = self.held, self.low, self.high, self.give, self.take
        profile, first, count, near, stratum = self.profile, self.first, self.count, self.near, self.stratum
        profiles, limits, diffs, same = len(first), self.limits, self.diffs, self.same
        t, threshold, masks = len(same), THRESHOLD, MASKS
        sums, factor = self.sums, weight_s if mixing else 1
        shapes = [(values, total, lows, highs, cost, abs(min(0, unit.bit_length() - 10)), max(0, unit.bit_length() - 10))
                  for values, total, lows, highs, cost, unit in sums]
        low32 = 0xffffffff
        step = -1
        for step in range(limit):
            if not mixing and energy == 0:
                return step
            w = word()
            kind = w >> 28
            if b and not kind:
                energy += self._block(phase, w, limit, step, weight_c, weight_s)
                continue
            if not n:
                continue
            kind = kind & 3 if mixing else 3 if kind & 1 else 1
            if kind == 1:
                product = word() * n
                while product & low32 < threshold[n]:
                    product = word() * n
                i = product >> 32
                p = profile[i]
                choices = near[p]
                m = len(choices)
                if not m:
                    continue
                product = word() * m
                while product & low32 < threshold[m]:
                    product = word() * m
                q = choices[product >> 32]
                j, m = first[q], count[q]
                product = word() * m
                while product & low32 < threshold[m]:
                    product = word() * m
                j += product >> 32
            elif kind != 3 and t:
                product = word() * t
                while product & low32 < threshold[t]:
                    product = word() * t
                i = same[product >> 32]
                q = p = profile[i]
                j, m = first[p], count[p] - 1
                product = word() * m
                while product & low32 < threshold[m]:
                    product = word() * m
                j += product >> 32
                if j >= i:
                    j += 1
            else:
                product = word() * n
                while product & low32 < threshold[n]:
                    product = word() * n
                i = product >> 32
                p = profile[i]
                j, m = stratum[p]
                product = word() * m
                while product & low32 < threshold[m]:
                    product = word() * m
                j += product >> 32
                q = profile[j]
            g, h = group[i], group[j]
            if g == h:
                continue
            # The change of C.
            pairs = diffs[p * profiles + q] if p != q else ()
            change = 0
            for mine, theirs in pairs:
                change += give[mine + g] + take[mine + h] + give[theirs + h] + take[theirs + g]
            limits_i, limits_j = limits[i], limits[j]
            if limits_i is not limits_j:
                for c in limits_i:
                    if c not in limits_j:
                        change += give[c + g] + take[c + h]
                for c in limits_j:
                    if c not in limits_i:
                        change += give[c + h] + take[c + g]
            if in_a:
                if change > 0 and (change > 2 or w & masks[11 * change]):
                    continue
                energy += change
            else:
                if in_b:
                    if change > 0:
                        continue
                    price = 0
                else:
                    price = change * weight_c
                    if price > 0 and (price - factor * energy > 24 or
                                      (energy == 0 and w & masks[price])):
                        continue
                # The change of V or S.
                moved = 0
                for values, total, lows, highs, cost, left, right in shapes:
                    d = values[j] - values[i]
                    if d:
                        x = total[g] + d
                        over = lows[g] - x if x < lows[g] else x - highs[g]
                        if over > 0:
                            v = (over if over < 1 << 40 else 1 << 40) << left if left else -(-over >> right)
                            if v > 1 << 48:
                                v = 1 << 48
                            moved += -(-v >> 10) if mixing else v
                        x = total[h] - d
                        over = lows[h] - x if x < lows[h] else x - highs[h]
                        if over > 0:
                            v = (over if over < 1 << 40 else 1 << 40) << left if left else -(-over >> right)
                            if v > 1 << 48:
                                v = 1 << 48
                            moved += -(-v >> 10) if mixing else v
                        moved -= cost[g] + cost[h]
                if mixing:
                    price += factor * moved
                    if price > 0 and (price > 24 or w & masks[price]):
                        continue
                elif moved > 0:
                    if moved > warmth * (limit - step) // limit * _zeros(w):
                        continue
                energy += moved
            # Accepted.
            for mine, theirs in pairs:
                for cell, by in ((mine + g, -1), (mine + h, 1), (theirs + h, -1), (theirs + g, 1)):
                    x = held[cell] = held[cell] + by
                    a, z = low[cell], high[cell]
                    give[cell] = 1 if x <= a else -1 if x > z else 0
                    take[cell] = 1 if x >= z else -1 if x < a else 0
            if limits_i is not limits_j:
                for c in limits_i:
                    if c not in limits_j:
                        held[c + g] -= 1
                        held[c + h] += 1
                        self._refresh(c + g)
                        self._refresh(c + h)
                for c in limits_j:
                    if c not in limits_i:
                        held[c + h] -= 1
                        held[c + g] += 1
                        self._refresh(c + g)
                        self._refresh(c + h)
            for values, total, lows, highs, cost, left, right in shapes:
                d = values[j] - values[i]
                if d:
                    for f, x in ((g, total[g] + d), (h, total[h] - d)):
                        total[f] = x
                        over = lows[f] - x if x < lows[f] else x - highs[f]
                        if over > 0:
                            v = min(over, 1 << 40) << left if left else -(-over >> right)
                            v = min(v, 1 << 48)
                            cost[f] = -(-v >> 10) if mixing else v
                        else:
                            cost[f] = 0
            group[i], group[j] = h, g
            if b:
                seat_i, seat_j = seat[i], seat[j]
                seat[i], seat[j] = seat_j, seat_i
                on_seat[g][seat_i], on_seat[h][seat_j] = j, i
        return step + 1

    def _block(self, phase, w, limit, step, weight_c, weight_s):
        """A step that moves a big: the change of the phase's energy."""
        word = self.word
        u = below(word, len(self.bigs))
        g, size = self.big_group[u], len(self.big_seats[u])
        if w >> 27 & 1:
            v = below(word, len(self.bigs))
            h = self.big_group[v]
            if g == h or len(self.big_seats[v]) != size:
                return 0
            there = [(self.bigs[v], self.big_rows[v])]
        else:
            if self.k < 2:
                return 0
            h = below(word, self.k - 1)
            h += h >= g
            seats = [below(word, max(self.problem.sizes)) for _ in range(size)]
            if len(set(seats)) < size or any(q >= self.problem.sizes[h] or self.on_seat[h][q] < 0 for q in seats):
                return 0
            trading = [self.on_seat[h][q] for q in seats]
            there = [(self.singles[j], self.rows[j]) for j in trading]
        units = self.problem.units
        gain = sum(units[i].members for i, _ in there) - units[self.bigs[u]].members
        heads = {g: self.heads[g] + gain, h: self.heads[h] - gain}
        moved_rows = self.big_rows[u], [row for _, rows in there for row in rows]
        cells, moves = self._changes(*moved_rows, g, h, heads if gain else {})
        totals = [sum(units[i].values[s] for i, _ in there) - units[self.bigs[u]].values[s] for s in range(len(self.sums))]
        new_costs, moved = self._costs(phase, totals, heads)
        if phase == 'A':
            accepted = 11 * cells <= _zeros(w)
        elif phase == 'B':
            accepted = cells <= 0 and (moved <= 0 or moved <= self.warmth * (limit - step) // limit * _zeros(w))
        else:
            accepted = weight_c * cells + weight_s * moved <= _zeros(w)
        if not accepted:
            return 0
        for cell, (by, low, high) in moves.items():
            self.held[cell] += by
            self.low[cell], self.high[cell] = low, high
            self._refresh(cell)
        self.heads[g], self.heads[h] = heads[g], heads[h]
        for (_, total, lows, highs, cost, _), d, (width, _), (cost_g, cost_h) in zip(self.sums, totals, self.problem.sums,
                                                                                   new_costs):
            total[g] += d
            total[h] -= d
            for f in heads:
                highs[f] = width * heads[f] // 2
                lows[f] = -highs[f]
            cost[g], cost[h] = cost_g, cost_h
        self.big_group[u] = h
        if w >> 27 & 1:
            self.big_group[v] = g
            self.big_seats[u], self.big_seats[v] = self.big_seats[v], self.big_seats[u]
        else:
            for j, old, new in zip(trading, seats, self.big_seats[u]):
                self.group[j], self.seat[j] = g, new
                self.on_seat[g][new], self.on_seat[h][old] = j, -1
            self.big_seats[u] = seats
        return cells if phase == 'A' else moved

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

    def _costs(self, phase, totals, heads):
        """The violations of the two groups after an exchange that adds totals to the first, and what changes in all."""
        new_costs, moved = [], 0
        for (_, total, _, _, cost, unit), (width, _), d in zip(self.sums, self.problem.sums, totals):
            pair = []
            for f, x in zip(heads, (d, -d)):
                half = width * heads[f] // 2
                v = violation(dist(total[f] + x, -half, half), unit)
                pair.append(-(-v >> 10) if phase == 'mix' else v)
                moved += pair[-1] - cost[f]
            new_costs.append(pair)
        return new_costs, moved

    def groups(self):
        """The group of each unit, pinned ones too, by index."""
        result = [unit.pin for unit in self.problem.units]
        for units, groups in ((self.singles, self.group), (self.bigs, self.big_group)):
            for i, g in zip(units, groups):
                result[i] = g
        return result


def _zeros(w):
    """The trailing zero bits of w mod 2^24, 24 if that is 0."""
    return ((w & 0xffffff | 1 << 24) & -(w & 0xffffff | 1 << 24)).bit_length() - 1


def weights(problem):
    """b and s of SPEC 8.5."""
    k, a = len(problem.sizes), problem.categories
    intervals = [problem.interval(count, min(size, problem.rows)) for count in problem.counts[:a] for size in problem.sizes]
    loose = sum(low < high for low, high in intervals)
    return (max(1, (loose + len(problem.counts) - a).bit_length(), (k * a).bit_length() // 2),
            (k * len(problem.sums)).bit_length() + 1)


def place(problem, key, trace=None, patience=None):
    """The group of each unit and the looks needed; Failed if the try fails.

    trace, a dict, receives the intermediate states. patience bounds the steps: TooLong beyond them.
    """
    trace = {} if trace is None else trace
    ranked = order(problem.units)
    placed = deal(problem, ranked)
    walk = _Walk(problem, placed, ranked, words(key))
    trace['order'] = ranked
    trace['deal'] = walk.groups()
    trace['energy'] = walk.counts_energy(), walk.sums_energy('B')
    trace['repair'] = []
    spent, n = 0, problem.rows
    for r in range(4):
        taken_a = walk.steps('A', 400 * n << r)
        trace['repair'].append(('A', r, taken_a))
        done = False
        if walk.counts_energy() == 0:
            taken_b = walk.steps('B', 200 * n << r)
            trace['repair'].append(('B', r, taken_b))
            done = walk.sums_energy('B') == 0
            spent += taken_b
        spent += taken_a
        if done:
            break
        if patience is not None and spent > patience:
            raise TooLong
    else:
        raise Failed('the repair ends')
    trace['repaired'] = walk.groups()
    weight_c, weight_s = weights(problem)
    length = problem.mix * n
    walk.steps('mix', length, weight_c, weight_s)
    for look in range(1, 257):
        if walk.counts_energy() == 0 and walk.sums_energy('mix') == 0:
            trace['looks'], trace['mixed'] = look, walk.groups()
            return trace['mixed'], look
        if patience is not None and spent + length + look * length // 16 > patience:
            raise TooLong
        if look < 256:
            walk.steps('mix', -(-length // 16), weight_c, weight_s)
    raise Failed('the looks end')


def match(key, recused, patience=None):
    """The team of each group: recused[g] is the set of teams that group g may not get."""
    word = words(key)
    teams = list(range(len(recused)))
    for shuffles in range(65536):
        shuffle(word, teams)
        if not any(team in refused for team, refused in zip(teams, recused)):
            return teams
        if patience is not None and shuffles == patience:
            raise TooLong
    raise Failed('no match')


def number(key, classes, locked):
    """The group of each class: classes is a list of (name, seats), locked the set of the indices that locks name."""
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
    return groups
