"""The walk as SPEC 8 says it, without any speed: everything is counted anew at each step.

It shows the steps of section 13, and checks the fast walk of walk.py.
"""

from . import engine
from .energy import coarse, dist, fineness, violation
from .stream import below, words


class PlainWalk:
    """stretches: (what it is, the steps as texts) of each that took steps. Units are named by their numbers (SPEC 8.1)."""

    def __init__(self, problem, key):
        self.problem, self.word = problem, words(key)
        ranked = engine.order(problem.units)
        placed = engine.deal(problem, ranked)
        self.units = [problem.units[i] for i in ranked]
        self.group = [placed[i][0] for i in ranked]
        self.seats = [placed[i][1] for i in ranked]
        movable = [u for u, unit in enumerate(self.units) if unit.pin is None]
        self.bigs = [u for u in movable if self.units[u].is_big()]
        self.singles = [u for u in movable if not self.units[u].is_big()]
        self.profiles = []
        for u in self.singles:
            if self.name(u) not in self.profiles:
                self.profiles.append(self.name(u))
        self.again = [i for i, u in enumerate(self.singles) if self.members(self.name(u))[1] >= 2]
        self.close, self.near_pairs = self.pairs('same'), self.pairs('near')
        self.energy = self.energies()
        self.stretches, self.probes, self.weights, self.looks = [], [], None, 0

    def name(self, u):
        return self.units[u].stratum, self.units[u].profile

    def members(self, *names):
        """The first single of these profiles, and how many there are."""
        found = [i for i, u in enumerate(self.singles) if self.name(u) in names]
        return found[0], len(found)

    # Partners (8.3)

    def near(self, name):
        """The singles of the near profiles, in order."""
        others = [other for other in self.profiles if other[0] == name[0]]
        at = others.index(name)
        others = others[at + 1:] + others[:at]
        for reach in range(1, max(2, len(name[1]) + 1)):
            found = [other for other in others if codes_apart(name, other) <= reach]
            if sum(self.members(other)[1] for other in found) >= 64:
                break
        return [i for other in found for i, u in enumerate(self.singles) if self.name(u) == other]

    def closeness(self, i, j):
        a, b = self.singles[i], self.singles[j]
        away = 2048 * codes_apart(self.name(a), self.name(b))
        for number, (_, unit) in enumerate(self.problem.sums):
            away += violation(abs(self.units[a].values[number] - self.units[b].values[number]), fineness(unit))
        return away

    def pairs(self, which):
        pairs = []
        for name in self.profiles:
            first, count = self.members(name)
            near = self.near(name)
            for t in range(count):
                i = first + t
                if which == 'same':
                    candidates = [first + (t + d) % count for d in range(1, count)]
                else:
                    candidates = [near[(t * len(near) // count + d) % len(near)] for d in range(len(near))]
                away = sorted((self.closeness(i, j), place) for place, j in enumerate(candidates[:256]))
                pairs += [(i, candidates[place]) for _, place in away[:8]]
        return pairs

    # A step (8.4)

    def energies(self):
        """C, V and S."""
        c = v = s = 0
        for g in range(len(self.problem.sizes)):
            here = [unit for unit, group in zip(self.units, self.group) if group == g]
            heads = sum(unit.members for unit in here)
            for number, count in enumerate(self.problem.counts):
                low, high = self.problem.interval(count, heads)
                c += dist(sum(unit.counts.count(number) for unit in here), low, high)
            for number, (width, unit_of_sum) in enumerate(self.problem.sums):
                half = width * heads // 2
                one = violation(dist(sum(unit.values[number] for unit in here), -half, half), fineness(unit_of_sum))
                v, s = v + one, s + coarse(one)
        return c, v, s

    def proposal(self, in_a, t):
        """(text, what to exchange: (unit, units) or None)."""
        if self.bigs and (t % 16 == 15 or not self.singles):
            return self._block(t)
        if not self.singles:
            return 'nothing', None
        w = self.word()
        if in_a:
            kind = 'any' if t % 2 else 'near'
        else:
            kind = 'same' if t % 16 == 0 else 'close' if t % 8 == 4 else 'any' if t % 16 in (11, 15) else 'near'
        if kind in ('same', 'close') and not self.again:
            kind = 'near'
        if kind == 'near' and not self.near_pairs:
            kind = 'any'
        if kind in ('close', 'near'):
            pairs = self.close if kind == 'close' else self.near_pairs
            i, j = pairs[w * len(pairs) // 2 ** 32]
        elif kind == 'same':
            m = w * len(self.again)
            i = self.again[m // 2 ** 32]
            first, count = self.members(self.name(self.singles[i]))
            j = first + m % 2 ** 32 * (count - 1) // 2 ** 32
            j += j >= i
        else:
            m = w * len(self.singles)
            i = m // 2 ** 32
            stratum = self.name(self.singles[i])[0]
            first, count = self.members(*(other for other in self.profiles if other[0] == stratum))
            j = first + m % 2 ** 32 * count // 2 ** 32
        a, b = self.singles[i], self.singles[j]
        return f'{w:08x}  {kind} {a} {b}', (a, [b]) if self.group[a] != self.group[b] else None

    def _block(self, t):
        m = self.word() * len(self.bigs)
        u = self.bigs[m // 2 ** 32]
        if t % 32 == 15 or not self.singles:
            v = self.bigs[m % 2 ** 32 * len(self.bigs) // 2 ** 32]
            legal = self.units[u].size == self.units[v].size and self.group[u] != self.group[v]
            return f'block {u} {v}', (u, [v]) if legal else None
        k = len(self.problem.sizes)
        if k < 2:
            return 'block nothing', None
        h = below(self.word, k - 1)
        h += h >= self.group[u]
        wanted = [below(self.word, max(self.problem.sizes)) for _ in range(self.units[u].size)]
        there = []
        for q in wanted:
            there += [s for s in self.singles if self.group[s] == h and self.seats[s] == [q]]
        legal = len(set(there)) == len(wanted)
        return f'block {u}, seats {wanted} of group {h}', (u, there) if legal else None

    def exchange(self, u, others):
        g, h = self.group[u], self.group[others[0]]
        mine, theirs = self.seats[u], [q for v in others for q in self.seats[v]]
        self.group[u], self.seats[u] = h, theirs
        for v in others:
            self.group[v], self.seats[v], mine = g, mine[:self.units[v].size], mine[self.units[v].size:]

    def stretch(self, name, length, accepts, in_a=False, done=lambda c, v: False):
        """Steps until `done`, at most `length`. accepts(t, z, change of C, of V, of S)."""
        texts = []
        for t in range(length):
            if done(*self.energy[:2]):
                break
            shown = ' ' * 8
            if t % 4 == 0:
                control = self.word()
                shown = f'{control:08x}'
            byte = control >> 8 * (t % 4) & 255
            z = trailing_zeros(byte) if byte else 8 + min(24, trailing_zeros(self.word()))
            text, legal = self.proposal(in_a, t)
            texts.append(f'{t:3} {shown} {byte:02x} {z}  {text}: ' + self._decided(legal, lambda *change: accepts(t, z, *change)))
        if texts:
            self.stretches.append((name, texts))

    def _decided(self, legal, accepted):
        if legal is None:
            return 'not legal'
        before, saved = self.energy, (list(self.group), list(self.seats))
        self.exchange(*legal)
        self.energy = self.energies()
        change = [after - now for after, now in zip(self.energy, before)]
        text = ', '.join(f'{name} {by:+}' for name, by in zip('CVS', change))
        if accepted(*change):
            return text + ', taken'
        self.energy, (self.group, self.seats) = before, saved
        return text + ', refused'

    # Repair (8.5) and mix (8.6)

    def repair(self):
        n, k = self.problem.rows, len(self.problem.sizes)
        for r in range(6):
            a_steps, b_steps, odd = 400 * n * 2 ** r, 200 * n * 2 ** r, r % 2 == 1

            def in_a(t, z, c, v, s):
                return (4 + 7 * t // a_steps if odd else 11) * c <= z

            def in_b(t, z, c, v, s):
                h = (32 + 1024 // k) * (b_steps - t) // b_steps
                if not odd:
                    return c <= 0 and v <= h * z
                h = h or 1
                return h * (4 + 9 * t // b_steps) * c + v <= h * z

            self.stretch(f'A{r}', a_steps, in_a, in_a=True, done=lambda c, v: c == 0)
            if self.energy[0] == 0:
                self.stretch(f'B{r}', b_steps, in_b, done=lambda c, v: c == 0 and v == 0)
                if self.energy[:2] == (0, 0):
                    return True
        return False

    def walk(self, name, length, weights):
        self.stretch(name, length, lambda t, z, c, v, s: weights[0] * c + weights[1] * s <= z)
        return self.energy[0] == 0 and self.energy[2] == 0

    def probe(self, weights):
        name, half = f'probe {len(self.probes) + 1}', -(-self.problem.rows // 2)
        self.walk(name, 64 * half, weights)
        self.probes.append(weights + (sum(self.walk(name, half, weights) for _ in range(32)),))
        return self.probes[-1][2]

    def temper(self):
        self.weights = engine.first_weights(self.problem)
        result = self.probe(self.weights)
        if result < 4:
            raises = 0
            while result < 4 and raises < 8:
                self.weights = self.weights[0] + 1, self.weights[1] + 1
                result = self.probe(self.weights)
                raises += 1
            return
        while result >= 20 and self.weights != (1, 1):
            lower = max(1, self.weights[0] - 1), max(1, self.weights[1] - 1)
            result = self.probe(lower)
            if result >= 20:
                self.weights = lower

    def place(self):
        """The looks, or None if the try fails."""
        if not self.repair():
            return None
        self.temper()
        length = self.problem.mix * max(self.problem.rows, 100)
        for look in range(1, 257):
            if self.walk(f'walk {look}', length if look == 1 else -(-length // 16), self.weights):
                self.looks = look
                return look
        return None

    def groups(self):
        """The group of each unit, in the problem's order of units."""
        result = [None] * len(self.units)
        for u, i in enumerate(engine.order(self.problem.units)):
            result[i] = self.group[u]
        return result


def codes_apart(name, other):
    return sum(a != b for a, b in zip(name[1], other[1]))


def trailing_zeros(x):
    """32 for 0."""
    return next((bit for bit in range(32) if x >> bit & 1), 32)
