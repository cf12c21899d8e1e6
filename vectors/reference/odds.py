"""The odds of the match (SPEC 10.1), by rook polynomials: how many ways there are to put k rooks on forbidden cells."""

from math import factorial

from . import digest
from .stream import shuffle, words
from .text import read_record

COUNTED, ALLOWED, SHUFFLES = 20, 65536, 1048576


def rook_numbers(board):
    """r[k], the ways to choose k cells of the board, no two in a row or column. board: the set of columns of each row."""
    rows = [row for row in board if row]
    states = {(frozenset(), 0): 1}  # columns taken that later rows could take, and how many cells are chosen
    for i, row in enumerate(rows):
        later = frozenset().union(*rows[i + 1:])
        following = {}
        for (taken, k), ways in states.items():
            for state in [(taken & later, k)] + [((taken | {column}) & later, k + 1) for column in row - taken]:
                following[state] = following.get(state, 0) + ways
        states = following
    r = [0] * (len(rows) + 1)
    for (_, k), ways in states.items():
        r[k] += ways
    return r


def permutations(board, size):
    """How many permutations of `size` take no cell of the board."""
    return sum((-1) ** k * r * factorial(size - k) for k, r in enumerate(rook_numbers(board)))


def turned(board):
    return [{g for g, row in enumerate(board) if team in row} for team in range(len(board))]


def counted(recused):
    """N and N(g, t)."""
    size = len(recused)
    narrow = recused if sum(map(bool, recused)) <= COUNTED else turned(recused)
    ways = [[0] * size for _ in narrow]
    for g, row in enumerate(narrow):
        for team in set(range(size)) - row:
            ways[g][team] = permutations([other - {team} for h, other in enumerate(narrow) if h != g], size - 1)
    if narrow is not recused:
        ways = [list(column) for column in zip(*ways)]
    return permutations(narrow, size), ways


def sampled(recused, key):
    """N, N(g, t) for recused groups, and how many shuffles were made."""
    size, word, teams = len(recused), words(key), list(range(len(recused)))
    ways, allowed, shuffles = [[0] * size for _ in recused], 0, 0
    while allowed < ALLOWED and shuffles < SHUFFLES:
        shuffle(word, teams)
        shuffles += 1
        if not any(team in refused for team, refused in zip(teams, recused)):
            allowed += 1
            for g, team in enumerate(teams):
                ways[g][team] += 1
    return allowed, ways, shuffles


def figures(recused, key):
    """How the odds are known, and each group's odds in hundredths of a percent. recused[g]: the teams group g may not get."""
    size, avoided = len(recused), len(set().union(*recused))
    free = [g for g, row in enumerate(recused) if not row]
    if size - len(free) <= COUNTED or avoided <= COUNTED:
        how = 'counted'
        total, ways = counted(recused)
        shares = [total] * size
    else:
        total, ways, shuffles = sampled(recused, key)
        how = f'sampled {total} of {shuffles}'
        shares = [total * (1 if row else len(free)) for row in recused]
        for g in free:
            ways[g] = [total - sum(ways[h][team] for h in range(size) if recused[h]) for team in range(size)]
    if total == 0:
        return 'unknown', []
    return how, [[(20000 * a + b) // (2 * b) for a in row] for row, b in zip(ways, shares)]


def of_log(draw, result_lines, seed):
    """Of each school with recusals: its name and figures(). result_lines: bytes, those of section 9."""
    blocks = []
    for number, line in enumerate(result_lines, 1):
        fields = read_record(line, number)
        if fields[0] == 'placed':
            blocks.append(([], {}))
        elif fields[0] == 'seat':
            blocks[-1][0].append(int(fields[3][1:]) - 1)
        elif fields[0] == 'section':
            blocks[-1][1].setdefault(fields[4], set()).add(int(fields[2][1:]) - 1)
    for school, (groups, teams_of) in zip(draw.schools, blocks):
        recused = [set() for _ in school.classes]
        for student, g in zip(school.students, groups):
            recused[g] |= teams_of.get(student.recused, set())
        if any(recused):
            yield school.name, figures(recused, digest.mac(seed, 'sunlot/v1/odds', school.name))
