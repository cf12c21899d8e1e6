"""Logs with one fault each: totals and deviations (SPEC 5.1, 7.2, 9)."""

from .forge import edit, insert, move, remove


def add_cases(r):
    """Totals and deviations. The rules: absent, balance, band of a;b, deviation and mean of a;b;c;d;e."""
    total, absent, balance, band, deviation = 'a;b;c;d;e', 0, 1, 2, 3
    r.add('parse', 'the parts of a total not in order', edit('rule', 3, 'b;a', band), base='sums', end=0)
    r.add('parse', 'a total that names a column twice', edit('rule', 3, 'a;a', band), base='sums', end=0)
    r.add('parse', 'a total with an empty part', edit('rule', 3, 'a;;b', band), base='sums', end=0)
    r.add('parse', 'a total that ends with a semicolon', edit('rule', 3, 'a;b;', band), base='sums', end=0)
    r.add('parse', 'a total that begins with a semicolon', edit('rule', 3, ';a;b', band), base='sums', end=0)
    r.add('parse', 'a part that begins with a space', edit('rule', 3, 'a; b', band), base='sums', end=0)
    r.add('parse', 'a part that a spreadsheet would run', edit('rule', 3, '0;=b', band), base='sums', end=0)
    r.add('parse', 'balance of a total', edit('rule', 3, 'a;sex', balance), base='sums', end=0)
    r.add('parse', 'absent scores of a total', edit('rule', 3, 'a;b', absent), base='sums', end=0)
    r.add('parse', 'a deviation whose ladder does not rise', edit('rule', 4, '60 6', deviation), base='sums', end=0)
    r.add('parse', 'a deviation of gap 0', edit('rule', 4, '0 60', deviation), base='sums', end=0)
    r.add('parse', 'a value that is due for a part alone is missing', lambda forge: forge.lines[forge.at('student', 2)].pop(), base='sums', end=0)
    r.add('parse', 'a deviation reached with superfluous zeros', edit('deviation', 5, '1.50'), base='sums')
    r.add('order', 'a deviation before the means', move('deviation', 0, 'mean'), base='sums')
    r.add('roster', 'two deviation rules for one total', insert('rule', deviation, ['rule', 'students', 'deviation', total, '5', '']), base='sums', end=0)
    r.add('roster', 'a part of a total that balance names', insert('rule', balance, ['rule', 'students', 'balance', 'b', '', '']), base='sums', end=0)
    r.add('roster', 'a part absent without an absent rule', remove('rule', absent), base='sums', end=0)
    r.add('roster', 'an absent rule for a category column', edit('rule', 3, 'sex', absent), base='sums', end=0)
    r.add('roster', 'a deviation though scores are forbidden', insert('fact', -1, ['fact', 'scores', 'forbidden']), base='sums', end=0)

    def many_sums(forge):
        i = forge.at('rule', deviation)
        totals = sorted(';'.join(c for bit, c in enumerate('abcde') if n >> bit & 1) for n in range(1, 32))
        forge.lines[i:i + 1] = [['rule', 'students', 'deviation', name, '60', ''] for name in totals]
        i = forge.at('rule', -1)
        forge.lines[i:i] = [['rule', 'students', 'mean', 'a', '60', '']]

    r.add('roster', '33 rules of kind mean and deviation', many_sums, base='sums', end=0)
    r.add('mismatch', 'a deviation left out', remove('deviation'), base='sums')
    r.add('mismatch', 'a deviation that says less than is so', edit('deviation', 5, '1'), base='sums')

    def exchange(first):
        def change(forge):
            rows = [i for i, line in enumerate(forge.lines) if line[0] == 'seat']
            others = [i for i in rows if forge.lines[i][4] != forge.lines[rows[first]][4]]
            for f in (3, 4):
                forge.lines[rows[first]][f], forge.lines[others[0]][f] = forge.lines[others[0]][f], forge.lines[rows[first]][f]
        return change

    for first in range(4):
        r.add('mismatch', 'two students exchanged: their sex, bands, means and deviations', exchange(first), base='sums')
    r.add('rehearsal', 'a total, bands of a total, a deviation', base='sums')
