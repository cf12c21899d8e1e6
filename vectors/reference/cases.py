"""Vector files: `name = value` lines, `#` comments, a blank line between cases (vectors/README.md).

A kind is a closed list of names. Some are inputs, the others follow from them: `compute` gives these, when the vectors
are written and when they are checked.
"""

import os


class Case:
    """The lines of a case, as (name, value); a name may occur more than once."""

    def __init__(self, pairs, comment=''):
        self.pairs, self.comment = [(name, str(value)) for name, value in pairs], comment

    def all(self, name):
        return [value for key, value in self.pairs if key == name]

    def one(self, name, default=None):
        values = self.all(name)
        if len(values) > 1 or (not values and default is None):
            raise ValueError(f'{name} is due once')
        return values[0] if values else default

    def hex(self, name):
        return bytes.fromhex(self.one(name))

    def int(self, name):
        return int(self.one(name))


class Kind:
    """A file of cases. make() gives (comment, input pairs) of each; compute(case) the pairs that follow."""

    def __init__(self, path, about, inputs, outputs, make, compute):
        self.path, self.about = path, about
        self.inputs, self.outputs, self.make, self.compute = inputs.split(), outputs.split(), make, compute

    def text(self):
        blocks = ['\n'.join(f'# {line}' for line in [self.about, self._names()])]
        for comment, pairs in self.make():
            case = Case(pairs)
            lines = [f'# {comment}'] + [f'{name} = {value}'.rstrip(' ') for name, value in case.pairs + self._computed(case)]
            blocks.append('\n'.join(lines))
        return '\n\n'.join(blocks) + '\n'

    def _names(self):
        return f'given: {", ".join(self.inputs)}; follows: {", ".join(self.outputs)}'

    def _computed(self, case):
        return Case(self.compute(case)).pairs

    def faults(self, text):
        """The numbers of the cases that do not hold, and how many there are."""
        wrong, cases = [], read_cases(text)
        for number, case in enumerate(cases, 1):
            names = set(self.inputs) | set(self.outputs)
            given = Case([pair for pair in case.pairs if pair[0] in self.inputs])
            expected = [pair for pair in case.pairs if pair[0] in self.outputs]
            if not all(name in names for name, _ in case.pairs) or self._computed(given) != expected:
                wrong.append(number)
        return wrong, len(cases)


def read_cases(text):
    cases, pairs = [], []
    for line in text.split('\n') + ['']:
        if line.startswith('#'):
            continue
        if line:
            name, _, value = line.partition(' =')
            pairs.append((name, value[1:]))
        elif pairs:
            cases.append(Case(pairs))
            pairs = []
    return cases


def kinds():
    from . import cases_engine, cases_keys, cases_match, cases_several, cases_slips, cases_text
    return cases_text.KINDS + cases_engine.KINDS + cases_match.KINDS + cases_keys.KINDS + cases_several.KINDS + cases_slips.KINDS


def write_kinds(folder, wanted=()):
    """The case files, or those named."""
    for kind in kinds():
        if wanted and kind.path not in wanted:
            continue
        path = os.path.join(folder, kind.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8', newline='\n') as file:
            file.write(kind.text())


def _draws_in(names):
    return [name[len('draws/'):].strip('/') for name in names if name.startswith('draws/')]


def write_only(folder, names):
    """Those named: the path of a case file, draws/NAME, receipts, refused."""
    from . import cases_draw, cases_receipt, cases_refused
    write_kinds(folder, names)
    if _draws_in(names):
        cases_draw.write_draws(folder, _draws_in(names))
    if 'receipts' in names:
        cases_receipt.write_receipts(folder)
    if 'refused' in names:
        cases_refused.write_refused(folder)


def check_only(folder, names):
    from . import cases_draw, cases_receipt, cases_refused
    failed = check_kinds(folder, names)
    if _draws_in(names):
        failed += _report('draws', *cases_draw.check_draws(folder, _draws_in(names)))
    if 'receipts' in names:
        failed += _report('receipts', *cases_receipt.check_receipts(folder))
    if 'refused' in names:
        failed += _report('refused', *cases_refused.check_refused(folder))
    return 1 if failed else 0


def write_all(folder):
    from . import cases_draw, cases_receipt, cases_refused
    write_kinds(folder)
    cases_draw.write_draws(folder)
    cases_receipt.write_receipts(folder)
    cases_refused.write_refused(folder)


def check_kinds(folder, wanted=()):
    failed = 0
    for kind in kinds():
        if wanted and kind.path not in wanted:
            continue
        with open(os.path.join(folder, kind.path), encoding='utf-8', newline='\n') as file:
            wrong, count = kind.faults(file.read())
        failed += _report(kind.path, wrong, count)
    return failed


def check_all(folder):
    from . import cases_draw, cases_receipt, cases_refused, tiny
    failed = check_kinds(folder)
    for name, (wrong, count) in (('draws', cases_draw.check_draws(folder)), ('receipts', cases_receipt.check_receipts(folder)),
                                 ('refused', cases_refused.check_refused(folder))):
        failed += _report(name, wrong, count)
    from . import ed25519_cases
    failed += _report('ed25519.txt', *ed25519_cases.check(folder))
    with open(os.path.join(folder, 'SPEC.md'), encoding='utf-8', newline='\n') as file:
        failed += _report('SPEC.md, section 13', [] if '\n' + tiny.text() + '\n## 14.' in file.read() else ['it differs'], 1)
    return 1 if failed else 0


def _report(name, wrong, count):
    print(f'{name}: {count} cases' + (f', WRONG: {", ".join(map(str, wrong))}' if wrong else ''))
    return len(wrong) + (count == 0)
