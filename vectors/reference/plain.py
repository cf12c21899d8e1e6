"""The walk as SPEC 8 says it, without any speed: everything is counted anew at each step.

It shows the steps of section 13, and checks the fast walk of engine.py.
"""

from . import engine
from .stream import below, words


class PlainWalk:
    """steps: what happened at each step, as texts. Units are named by their numbers (SPEC 8.1)."""

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
        self.steps = []

    def name(self, u):
        return self.units[u].stratum, self.units[u].profile

    def members(self, *names):
        """The first single of these profiles, and how many there are."""
        found = [i for i, u in enumerate(self.singles) if self.name(u) in names]
        return found[0], len(found)

    def near(self, name):
        others = [other for other in self.profiles if other[0] == name[0]]
        at = others.index(name)
        others = others[at + 1:] + others[:at]
        away = {other: sum(a != b for a, b in zip(other[1], name[1])) for other in others}
        return [other for other in others if away[other] == min(away.values())][:32]

    def energies(self):
        """C, V and S."""
        c = v = s = 0
        for g in range(len(self.problem.sizes)):
            here = [unit for unit, group in zip(self.units, self.group) if group == g]
            heads = sum(unit.members for unit in here)
            for number, count in enumerate(self.problem.counts):
                low, high = self.problem.interval(count, heads)
                c += engine.dist(sum(unit.counts.count(number) for unit in here), low, high)
            for number, (width, unit_of_sum) in enumerate(self.problem.sums):
                half = width * heads // 2
                one = engine.violation(engine.dist(sum(unit.values[number] for unit in here), -half, half), unit_of_sum)
                v, s = v + one, s + -(-one // 1024)
        return c, v, s

    def propose(self, w, mixing):
        """(text, what to exchange: (unit, units) or None)."""
        kappa = w >> 28
        if self.bigs and kappa == 0:
            return self._block(w)
        if not self.singles:
            return 'nothing', None
        kind = ('same', 'near', 'same', 'any')[kappa % 4] if mixing else ('near', 'any')[kappa % 2]
        if kind == 'same' and not self.again:
            kind = 'any'
        if kind == 'same':
            i = self.again[below(self.word, len(self.again))]
            first, count = self.members(self.name(self.singles[i]))
            j = first + below(self.word, count - 1)
            j += j >= i
        else:
            i = below(self.word, len(self.singles))
            name = self.name(self.singles[i])
            if kind == 'near':
                choices = self.near(name)
                if not choices:
                    return f'near: {self.singles[i]} has no near profile', None
                first, count = self.members(choices[below(self.word, len(choices))])
            else:
                first, count = self.members(*(other for other in self.profiles if other[0] == name[0]))
            j = first + below(self.word, count)
        a, b = self.singles[i], self.singles[j]
        return f'{kind}: {a} and {b}', (a, [b]) if self.group[a] != self.group[b] else None

    def _block(self, w):
        u = self.bigs[below(self.word, len(self.bigs))]
        if w >> 27 & 1:
            v = self.bigs[below(self.word, len(self.bigs))]
            legal = self.units[u].size == self.units[v].size and self.group[u] != self.group[v]
            return f'block: {u} and {v}', (u, [v]) if legal else None
        k = len(self.problem.sizes)
        if k < 2:
            return 'block: nothing', None
        h = below(self.word, k - 1)
        h += h >= self.group[u]
        wanted = [below(self.word, max(self.problem.sizes)) for _ in range(self.units[u].size)]
        there = []
        for q in wanted:
            there += [s for s in self.singles if self.group[s] == h and self.seats[s] == [q]]
        legal = len(set(there)) == len(wanted)
        return f'block: {u} and the seats {wanted} of group {h}', (u, there) if legal else None

    def exchange(self, u, others):
        g, h = self.group[u], self.group[others[0]]
        mine, theirs = self.seats[u], [q for v in others for q in self.seats[v]]
        self.group[u], self.seats[u] = h, theirs
        for v in others:
            self.group[v], self.seats[v], mine = g, mine[:self.units[v].size], mine[self.units[v].size:]

    def step(self, phase, t=0, limit=1):
        w = self.word()
        z = next((bit for bit in range(24) if w >> bit & 1), 24)
        text, legal = self.propose(w, phase == 'mix')
        if legal is None:
            self.steps.append(f'{w:08x}  {text}: not legal')
            return
        before, saved = self.energies(), (list(self.group), list(self.seats))
        self.exchange(*legal)
        c, v, s = (after - now for after, now in zip(self.energies(), before))
        if phase == 'A':
            accepted = 11 * c <= z
        elif phase == 'B':
            accepted = c <= 0 and v <= (16 + 1024 // len(self.problem.sizes)) * (limit - t) // limit * z
        else:
            weight_c, weight_s = engine.weights(self.problem)
            accepted = weight_c * c + weight_s * s <= z
        self.steps.append(f'{w:08x}  {text}: z = {z}, C {c:+}, V {v:+}, S {s:+}, {"taken" if accepted else "refused"}')
        if not accepted:
            self.group, self.seats = saved

    def place(self):
        """The looks, or None if the try fails."""
        n = self.problem.rows
        for r in range(4):
            limit = 400 * n * 2 ** r
            for _ in range(limit):
                if self.energies()[0] == 0:
                    break
                self.step('A')
            if self.energies()[0] == 0:
                limit = 200 * n * 2 ** r
                for t in range(limit):
                    if self.energies()[1] == 0:
                        break
                    self.step('B', t, limit)
                if self.energies()[1] == 0:
                    break
        else:
            return None
        for look in range(1, 257):
            for _ in range(self.problem.mix * n if look == 1 else -(-self.problem.mix * n // 16)):
                self.step('mix')
            if self.energies()[0] == 0 and self.energies()[2] == 0:
                return look
        return None

    def groups(self):
        """The group of each unit, in the problem's order of units."""
        result = [None] * len(self.units)
        for u, i in enumerate(engine.order(self.problem.units)):
            result[i] = self.group[u]
        return result
