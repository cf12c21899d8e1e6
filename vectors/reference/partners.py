"""The close and the near pairs of SPEC 8.3, lists made once from a problem's movable singles."""

from .energy import fineness, violation

ENOUGH_NEAR = 64
CANDIDATES = 256
CLOSEST = 8


class Profiles:
    """The movable singles by stratum and profile. of: each single's profile by number; first, count: the singles of each profile."""

    def __init__(self, singles):
        self.names, self.of, self.first, self.count = [], [], [], []
        for i, unit in enumerate(singles):
            name = unit.stratum, unit.profile
            if not self.names or self.names[-1] != name:
                self.names.append(name)
                self.first.append(i)
                self.count.append(0)
            self.of.append(len(self.names) - 1)
            self.count[-1] += 1

    def members(self, p):
        return list(range(self.first[p], self.first[p] + self.count[p]))

    def others(self, p):
        """The other profiles of the stratum of p, in cyclic order from the one after p."""
        among = [q for q, name in enumerate(self.names) if name[0] == self.names[p][0]]
        at = among.index(p)
        return among[at + 1:] + among[:at]

    def stratum(self, p):
        """The first single and the number of singles of the stratum of p."""
        among = [p] + self.others(p)
        return self.first[min(among)], sum(self.count[q] for q in among)

    def differ(self, p, q):
        """In how many codes two profiles differ."""
        return sum(a != b for a, b in zip(self.names[p][1], self.names[q][1]))

    def near(self, p):
        """Those that differ in 1 ... D codes, D the least number for which they have enough singles.

        Example: 30 singles differ in one code, 50 more in two: D = 2.
        """
        others, reach = self.others(p), 1
        while True:
            found = [q for q in others if self.differ(p, q) <= reach]
            if reach >= len(self.names[p][1]) or sum(self.count[q] for q in found) >= ENOUGH_NEAR:
                return found
            reach += 1


def close_and_near_pairs(singles, units_of_sums, profiles):
    """Two lists of pairs (i, j) of singles by number."""
    scales = [fineness(unit) for unit in units_of_sums]

    def closeness(i, j):
        away = 2048 * profiles.differ(profiles.of[i], profiles.of[j])
        for x, y, q in zip(singles[i].values, singles[j].values, scales):
            away += violation(abs(x - y), q)
        return away

    def closest(i, candidates):
        # sorted() leaves equals in their order: the earlier candidate first.
        return [(i, j) for j in sorted(candidates, key=lambda j: closeness(i, j))[:CLOSEST]]

    close, near = [], []
    for p in range(len(profiles.names)):
        mine = profiles.members(p)
        around = [j for q in profiles.near(p) for j in profiles.members(q)]
        for t, i in enumerate(mine):
            start = t * len(around) // len(mine)
            close += closest(i, (mine[t + 1:] + mine[:t])[:CANDIDATES])
            near += closest(i, (around[start:] + around[:start])[:CANDIDATES])
    return close, near
