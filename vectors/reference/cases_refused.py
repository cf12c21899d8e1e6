"""Logs with one fault each, and sound ones: the answers of a verifier."""

import os
import tempfile

from . import announce, digest, ed25519, log_reader, note, party_draws, policy, verify
from .cases import Case, read_cases
from .cases_text import COUNTED, SEED
from .draw_folders import LIVE_DIGITS, live_files, pair_files, scores_files, published_files, small_files, sums_files
from .forge import Forge, after_signing, both, edit, frozen_checkpoint, frozen_signature, insert, move, raw, remove, repeat
from .party_folders import parties_files, rounds_files
from .samples import write_files
from .text import shortlex


class Refused:
    """The cases: each a function that changes a fresh Forge. Of the options `note`, `since`, `other` and `policy` are bytes, of a file to be made."""

    def __init__(self, bases):
        self.bases, self.cases = bases, []

    def add(self, word, reason, change=None, base='small', end=2, **options):
        forge = self.bases[base].copy().cut(end)
        data = change(forge) if change else None
        data = data if isinstance(data, bytes) else forge.data()
        self.cases.append((word, reason, data, options))

    def data(self, base, end=2):
        return self.bases[base].copy().cut(end).data()


def _parse_cases(r):
    r.add('parse', 'the last line has no LF', lambda forge: forge.data()[:-1])
    r.add('parse', 'lines end with CRLF', lambda forge: forge.data().replace(b'\n', b'\r\n'))
    r.add('parse', 'a byte order mark', lambda forge: b'\xef\xbb\xbf' + forge.data())
    r.add('parse', 'an empty line', lambda forge: forge.lines.insert(5, b''))
    r.add('parse', 'quoted without need', raw('class', lambda line: line.replace(b'class,1', b'class,"1"')), end=0)
    r.add('parse', 'a space at the end of a field', edit('fact', 2, 'the authority ', 0), end=0)
    r.add('parse', 'a formula', edit('fact', 2, '=1+1', 0), end=0)
    r.add('parse', 'not UTF-8', raw('fact', lambda line: line + b'\xff'), end=0)
    r.add('parse', 'a mark that turns the direction of text', edit('fact', 2, 'a\u202eb', 0), end=0)
    r.add('parse', 'a field of more than 1,024 bytes', edit('fact', 2, 'x' * 1025, 0), end=0)
    r.add('parse', 'an unknown type', insert('party', 0, ['remark', 'hello']), end=0)
    r.add('parse', 'another version', edit('sunlot', 1, 'v2'), end=0)
    r.add('parse', 'another mode', edit('sunlot', 3, 'rehearsal'), end=0)
    r.add('parse', 'a slash in the grade', edit('sunlot', 6, 'G/7'), end=0)
    r.add('parse', 'attempt 0', edit('sunlot', 8, '0'), end=0)
    r.add('parse', 'an unknown fact', edit('fact', 1, 'city', 1), end=0)
    r.add('parse', 'a superfluous zero before a number', edit('fact', 2, '010', 4), end=0)
    r.add('parse', 'a month 13', edit('fact', 2, '2026-13-01', 1), end=0)
    r.add('parse', 'a live draw with a short mix', edit('fact', 2, '999', 3), base='live', end=0)
    r.add('parse', 'a live draw with few tries', edit('fact', 2, '63', 5), base='live', end=0)
    r.add('parse', 'a minisign key of another algorithm', raw('fact', lambda line: line.replace(b',RW', b',AA'), 3), end=0)
    r.add('parse', 'a log key of another draw', raw('party', lambda line: line.replace(b'G7', b'G8')), end=0)
    r.add('parse', 'a log key with another key id', raw('party', _other_id), end=0)
    r.add('order', 'a quorum of nobody known', edit('quorum', 2, 'any'), end=0)
    r.add('parse', 'a source of an unknown kind', edit('source', 2, 'd20'), end=0)
    r.add('parse', 'a source of 513 digits', edit('source', 3, '513'), end=0)
    r.add('parse', 'an unknown rule', edit('rule', 2, 'equal', 2), end=0)
    r.add('parse', 'a students\' rule for teachers', insert('school', 0, ['rule', 'teachers', 'weight', '', '', '']), end=0)
    r.add('parse', 'a ladder that does not rise', edit('rule', 4, '60 60', 4), end=0)
    r.add('parse', 'a ladder with a superfluous zero', edit('rule', 4, '60.0', 4), end=0)
    r.add('parse', 'a balance rule with a value', edit('rule', 4, '2', 2), end=0)
    r.add('parse', 'a band rule of 17 bands', edit('rule', 4, '17', 3), base='bands', end=0)
    r.add('parse', 'seats 0', edit('class', 2, '0'), end=0)
    r.add('parse', 'a lock without a reason', edit('lock', 3, ''), end=0)
    r.add('parse', 'homeroom no', edit('teacher', 5, 'no'), end=0)
    r.add('parse', 'a digest in upper case', raw('teacher', _upper), end=0)
    r.add('parse', 'a student with the letter of a teacher', edit('student', 1, 't' + '0' * 32), end=0)
    r.add('parse', 'five seats', edit('student', 6, '5'), end=0)
    r.add('parse', 'limit tokens not ascending', edit('student', 4, 'a2;a1'), end=0)
    r.add('parse', 'a score with a superfluous zero', edit('student', 7, '70.50'), end=0)
    r.add('parse', 'a value missing', lambda forge: forge.lines[forge.at('student')].pop(), end=0)
    r.add('parse', 'a value too many', lambda forge: forge.lines[forge.at('student')].append('x'), end=0)
    r.add('parse', 'a root in upper case', frozen_checkpoint(lambda line: line[:3] + ['h' + line[3][1:].upper()]), end=0)
    r.add('parse', 'a signature whose unused bits are not zero', _unused_bits, end=0)
    r.add('parse', 'a signature without padding', _no_padding, end=0)
    r.add('parse', 'a fact is missing, but the line where that would show is malformed', both(remove('fact', 6), edit('party', 2, 'guest')), end=0)
    r.add('parse', 'a score of a million', edit('student', 7, '1000000'), end=0)
    r.add('parse', 'more than 64 fields', lambda forge: forge.lines[forge.at('student')].extend(['x'] * 60), end=0)
    r.add('parse', 'group G0', edit('seat', 3, 'G0'))
    r.add('parse', 'a result of a rehearsal that says live', edit('seat', 5, 'live', 2))
    r.add('parse', 'a deviation with superfluous zeros', edit('mean', 5, '1.50'))


def _other_id(line):
    at = line.index(b'+') + 1
    return line[:at] + (b'0' if line[at:at + 1] != b'0' else b'1') + line[at + 1:]


def _upper(line):
    fields = line.split(b',')
    fields[2] = b'h' + fields[2][1:].upper()
    return b','.join(fields)


def _unused_bits(forge):
    # 68 bytes in base64 end with one `=`: the last letter has two unused bits.
    letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    frozen_signature(lambda _, line: line[:2] + [line[2][:-2] + letters[letters.index(line[2][-2]) + 1] + '='])(forge)


def _no_padding(forge):
    frozen_signature(lambda _, line: line[:2] + [line[2].rstrip('=')])(forge)


def _order_cases(r):
    def ends(kind, number=0):
        def change(forge):
            del forge.lines[forge.at(kind, number):]
        return change

    r.add('order', 'an empty file', lambda forge: b'')
    r.add('order', 'the first line is missing', remove('sunlot'), end=0)
    r.add('order', 'the first line twice', repeat('sunlot'), end=0)
    r.add('order', 'a required fact is missing', remove('fact', 6), end=0)
    r.add('order', 'a ground without an authority', remove('fact', 0), end=0)
    r.add('order', 'a fact twice', repeat('fact', 4), end=0)
    r.add('order', 'facts not in order', move('fact', 4, 'fact', 1), end=0)
    r.add('order', 'no party', remove('party'), end=0)
    r.add('order', 'quorums in the other order', move('quorum', 1, 'quorum'), end=0)
    r.add('order', 'one quorum', remove('quorum', 1), end=0)
    r.add('order', 'no source', remove('source'), end=0)
    r.add('order', 'sources numbered 2, 1', move('source', 1, 'source'), base='live', end=0)
    r.add('order', 'rules not in order', move('rule', 2, 'rule', 1), end=0)
    r.add('order', 'a rule twice', repeat('rule', 1), end=0)
    r.add('order', 'no school', lambda forge: forge.lines.__delitem__(slice(forge.at('school'), forge.at('checkpoint'))), end=0)
    r.add('order', 'the school has number 2', edit('school', 1, '2'), end=0)
    r.add('order', 'schools not in order of names', edit('school', 2, '1', 1), base='pair', end=0)
    r.add('order', 'a class fewer than announced', edit('school', 3, '3'), end=0)
    r.add('order', 'a class more than announced', edit('school', 3, '1'), end=0)
    r.add('order', 'classes not in order', both(edit('class', 1, '10'), edit('class', 1, '9', 1)), end=0)
    r.add('order', 'a class twice', edit('class', 1, '1', 1), end=0)
    r.add('order', 'a lock after the limits', move('lock', 0, 'teacher'), end=0)
    r.add('order', 'limits numbered from 2', edit('limit', 1, 'a2'), end=0)
    r.add('order', 'teachers not in order', move('teacher', 2, 'teacher'), end=0)
    r.add('order', 'students not in order', move('student', 3, 'student', 1), end=0)
    r.add('order', 'a student twice', both(repeat('student', 2), edit('school', 4, '7')), end=0)
    r.add('order', 'a student left out', remove('student', 5), end=0)
    r.add('order', 'a student more than announced', edit('school', 4, '5'), end=0)
    r.add('order', 'ends in the opening', ends('rule', 3))
    r.add('order', 'ends after the roster', ends('checkpoint'))
    r.add('order', 'ends after the entropy', ends('checkpoint', 1))
    r.add('order', 'ends in the results', ends('seat', 3))
    r.add('order', 'ends after the results, without a checkpoint', ends('checkpoint', 2))
    r.add('order', 'no entropy', remove('entropy'), end=1)
    r.add('order', 'no checkpoint of the digits', both(remove('checkpoint', 1), remove('signature', 1)))
    r.add('order', 'entropy after the checkpoint of the digits', insert('placed', 0, ['entropy', 'rehearsal', 'x' + '0' * 64]))
    r.add('order', 'a checkpoint of another phase', edit('checkpoint', 1, 'results', 1))
    r.add('order', 'two signatures after a checkpoint', repeat('signature', 1))
    r.add('order', 'no seats', lambda forge: forge.lines.__delitem__(slice(forge.at('seat'), forge.at('section'))))
    r.add('order', 'a seat after the sections', move('seat', 5, 'count'))
    r.add('order', 'no results before their checkpoint', lambda forge: forge.lines.__delitem__(
        slice(forge.at('placed'), forge.at('checkpoint', 2))))
    r.add('order', 'a line after the end', lambda forge: forge.lines.append(['fact', 'rows', 'public']))
    r.add('order', 'a second roster after the seed base', lambda forge: forge.lines.append(forge.lines[forge.at('school')]), end=0)


def _roster_cases(r):
    def pair_of(forge):
        """The indices of the two students of a together token."""
        return [i for i, line in enumerate(forge.lines) if line[0] == 'student' and line[3]]

    def with_limit(forge, token):
        return [i for i, line in enumerate(forge.lines) if line[0] == 'student' and token in line[4].split(';')]

    r.add('roster', 'a rule for an unknown school', edit('rule', 5, 'nowhere', 3), end=0)
    r.add('roster', 'a score rule though scores are forbidden', insert('fact', -1, ['fact', 'scores', 'forbidden']), end=0)
    r.add('roster', 'two mean rules for one column', insert('rule', 5, ['rule', 'students', 'mean', 'math', '61', '']), end=0)
    r.add('roster', 'a column of categories and of numbers', insert('rule', 2, ['rule', 'students', 'balance', 'math', '', '']), end=0)
    r.add('roster', 'an absent rule without mean or band', remove('rule', 4), end=0)
    r.add('roster', 'an absent score without an absent rule', remove('rule', 0), end=0)
    r.add('roster', 'seats for one class only', edit('class', 2, ''), end=0)
    r.add('roster', 'fewer seats than students', both(edit('class', 2, '2'), edit('class', 2, '3', 1)), end=0)
    r.add('roster', 'a lock of nobody', edit('lock', 1, 's' + '0' * 32), end=0)
    r.add('roster', 'a lock on an unknown class', edit('lock', 2, '3'), end=0)
    r.add('roster', 'a limit as large as its token is frequent', edit('limit', 2, '2'), end=0)
    r.add('roster', 'a limit that nobody carries', insert('teacher', 0, ['limit', 'a3', '1']), end=0)

    def unknown_limit(forge):
        line = forge.lines[forge.at('student')]
        line[4] = (line[4] + ';a3').lstrip(';')

    r.add('roster', 'an unknown limit token', unknown_limit, end=0)

    def exchange_limits(forge):
        for line in forge.lines:
            if line[0] == 'student':
                line[4] = ';'.join(sorted({'a1': 'a2', 'a2': 'a1'}[token] for token in line[4].split(';') if token))

    r.add('roster', 'limit tokens not in canonical order', exchange_limits, end=0)

    def rename_block(forge):
        for i in pair_of(forge):
            forge.lines[i][3] = 'b2'

    r.add('roster', 'the first together token is b2', rename_block, end=0)
    r.add('roster', 'a together token of one student', lambda forge: forge.lines[pair_of(forge)[0]].__setitem__(3, ''), end=0)

    def five_together(forge):
        for number in range(5):
            forge.set('student', 3, 'b1', number)
        forge.set('student', 3, '', 5)

    r.add('roster', 'a together token of five students', both(five_together, edit('class', 2, '8'), edit('class', 2, '8', 1)), end=0)

    def together_and_apart(forge):
        for i in pair_of(forge):
            forge.lines[i][3] = ''
        for i in with_limit(forge, 'a1'):
            forge.lines[i][3] = 'b1'

    r.add('roster', 'two who may not be together are kept together', together_and_apart, end=0)

    def two_locks(forge):
        first, second = pair_of(forge)
        i = forge.at('lock')
        forge.lines[i:i + 1] = [['lock', forge.lines[first][1], '1', 'r', 'a'], ['lock', forge.lines[second][1], '2', 'r', 'a']]

    r.add('roster', 'two students kept together are locked on two classes', two_locks, end=0)

    def many_locks(forge):
        i = forge.at('lock')
        forge.lines[i:i + 1] = [['lock', line[1], '1', 'r', 'a'] for line in forge.lines if line[0] == 'student'][:4]

    r.add('roster', 'four students locked on a class of three', many_locks, end=0)

    def heavy(forge):
        for i in pair_of(forge):
            forge.lines[i][6] = '4'

    r.add('roster', 'a unit of eight seats and groups of six',
          both(heavy, edit('class', 2, '6'), edit('class', 2, '6', 1)), end=0)
    r.add('roster', 'recused from an unknown teacher', edit('student', 5, 't' + '0' * 32), end=0)
    r.add('roster', 'a teacher of three classes where there are two', edit('teacher', 4, '3', 0), end=0)
    r.add('roster', 'the classes of a subject do not add up', _less_classes, end=0)
    r.add('roster', 'one homeroom teacher for two classes', _one_homeroom, end=0)
    r.add('roster', 'team labels for some teachers only', edit('teacher', 6, '', 0), base='pair', end=0)
    r.add('parse', 'team labels not ascending', _labels_not_ascending, base='pair', end=0)
    r.add('roster', 'a team label of no team', _other_label, base='pair', end=0)
    r.add('roster', 'two homeroom teachers in one team', _same_label, base='pair', end=0)

    def two_schools(forge):
        students = [i for i, line in enumerate(forge.lines) if line[0] == 'student']
        first, last = students[:4], students[4:]
        forge.lines[last[0]][1] = forge.lines[first[0]][1]
        rows = sorted(forge.lines[i] for i in last)
        forge.lines[last[0]:last[-1] + 1] = rows

    r.add('roster', 'a student in two schools', two_schools, base='pair', end=0)
    r.add('roster', 'a school of 129 classes', _many_classes, end=0)


def _less_classes(forge):
    for number in range(3):
        if forge.lines[forge.at('teacher', number)][3] == 'maths':
            forge.set('teacher', 4, '1', number)


def _one_homeroom(forge):
    numbers = [n for n in range(3) if forge.lines[forge.at('teacher', n)][5] == 'yes']
    forge.set('teacher', 5, '-', numbers[0])


def _other_label(forge):
    number = next(n for n in range(3) if forge.lines[forge.at('teacher', n)][6] == 'T2')
    forge.set('teacher', 6, 'T3', number)


def _labels_not_ascending(forge):
    number = next(n for n in range(3) if forge.lines[forge.at('teacher', n)][6] == 'T1;T2')
    forge.set('teacher', 6, 'T2;T1', number)


def _same_label(forge):
    number = next(n for n in range(3) if forge.lines[forge.at('teacher', n)][6] == 'T2')
    forge.set('teacher', 6, 'T1', number)


def _many_classes(forge):
    first = forge.at('class')
    forge.lines[first:first + 2] = [['class', name, '1'] for name in sorted(map(str, range(1, 130)), key=shortlex)]
    forge.set('school', 3, '129')


def _entropy_cases(r):
    r.add('entropy', 'a source of 38 ten-sided digits alone', edit('source', 3, '38'), end=0)
    r.add('entropy', 'a digit too few', edit('entropy', 2, '3141-5926-5358-9793-2384-6264-3383-2'), base='live', end=1)
    r.add('entropy', 'a digit too many', edit('entropy', 2, '3141-5926-5358-9793-2384-6264-3383-2712'), base='live', end=1)
    r.add('entropy', 'digits without hyphens', edit('entropy', 2, LIVE_DIGITS[0]), base='live', end=1)
    r.add('entropy', 'groups of five', edit('entropy', 2, '31415-92653-58979-32384-62643-38327'), base='live', end=1)
    r.add('entropy', 'full-width digits', edit('entropy', 2, '３141-5926-5358-9793-2384-6264-3383-27'), base='live', end=1)
    r.add('entropy', 'a 7 on a die of six sides', edit('entropy', 2, '1616-1625-1647', 1), base='live', end=1)
    r.add('entropy', 'a 0 on a die of six sides', edit('entropy', 2, '1616-1625-1640', 1), base='live', end=1)
    r.add('entropy', 'one source is missing', remove('entropy', 1), base='live', end=1)
    r.add('entropy', 'the sources in the other order', move('entropy', 1, 'entropy'), base='live', end=1)
    r.add('entropy', 'a source that was not announced', insert('checkpoint', 1, ['entropy', '3', '1111-1111-1111']), base='live', end=1)
    r.add('entropy', 'the seed of a rehearsal in a live log', both(remove('entropy', 1), edit('entropy', 1, 'rehearsal'),
                                                                  edit('entropy', 2, 'x' + '0' * 64)), base='live', end=1)
    r.add('entropy', 'digits in a rehearsal', both(edit('entropy', 1, '1'), edit(
        'entropy', 2, '3141-5926-5358-9793-2384-6264-3383-2795-0288-419')), end=1)
    r.add('entropy', 'two seeds in a rehearsal', repeat('entropy'), end=1)
    r.add('entropy', 'a seed in upper case', edit('entropy', 2, 'x' + 'AB' * 32), end=1)


def _signature_cases(r):
    def other(name):
        return lambda forge, line: ['signature', name, forge.signed(1, bytes(32), name)]

    def bit(forge, line):
        data = bytearray(note.base64_bytes(line[2][1:], 68))
        data[20] ^= 1
        return line[:2] + ['b' + note.base64_text(bytes(data))]

    def key_id(forge, line):
        data = bytearray(note.base64_bytes(line[2][1:], 68))
        data[0] ^= 1
        return line[:2] + ['b' + note.base64_text(bytes(data))]

    def plus_l(forge, line):
        data = note.base64_bytes(line[2][1:], 68)
        s = int.from_bytes(data[36:], 'little') + ed25519.L
        return line[:2] + ['b' + note.base64_text(data[:36] + s.to_bytes(32, 'little'))]

    r.add('quorum', 'no signature after the seed base', remove('signature', 0), end=2)
    r.add('quorum', 'no signature after the seed base, the last line', lambda forge: forge.lines.pop(), end=0)
    r.add('quorum', 'no signature after the digits', remove('signature', 1))
    r.add('quorum', 'no signature after the results', remove('signature', 2))
    r.add('signature', 'by a name that is no party', lambda forge: forge.lines.append(['signature', 'somebody', '']), end=0)
    r.add('signature', 'of another note', lambda forge: frozen_signature(other(forge.name))(forge), end=0)
    r.add('signature', 'with another key id', frozen_signature(key_id), end=0)
    r.add('signature', 'a bit changed in R', frozen_signature(bit), end=0)
    r.add('signature', 'S + L in place of S', frozen_signature(plus_l), end=0)
    r.add('signature', 'the signature of the digits is that of the seed base', lambda forge: (
        forge.data(), forge.frozen.add(forge.at('signature', 1)),
        forge.lines.__setitem__(forge.at('signature', 1), list(forge.lines[forge.at('signature', 0)]))) and None, end=1)
    r.add('signature', 'a checkpoint of one line less', frozen_checkpoint(lambda line: line[:2] + [str(int(line[2]) - 1)] + line[3:]), end=0)
    r.add('signature', 'a checkpoint with another root, signed', _signed_root, end=0)
    r.add('signature', 'a name changed in the opening after signing', after_signing('class', 1, '3', 1))
    r.add('signature', 'a score changed after signing', after_signing('student', 8, 'x'))
    r.add('signature', 'two results exchanged after signing', after_signing('seat', 2, '1', 1))
    r.add('signature', 'the digits changed after signing', after_signing('entropy', 2, 'x' + '0' * 64))
    r.add('signature', 'the last checkpoint is of another log key', _foreign_key)
    r.add('signature', 'not the pinned key', base='live', key='other')
    r.add('split', 'not the pinned fingerprint', base='live', fingerprint='00' * 32)


def _signed_root(forge):
    forge.data()
    i = forge.at('checkpoint')
    forge.lines[i][3] = 'h' + '0' * 64
    forge.lines[i + 1][2] = forge.signed(int(forge.lines[i][2]), bytes(32), forge.name)
    forge.frozen |= {i, i + 1}


def _foreign_key(forge):
    forge.data()
    i = forge.at('checkpoint', 2)
    size, root = int(forge.lines[i][2]), bytes.fromhex(forge.lines[i][3][1:])
    secrets = announce.Secrets(COUNTED[20])
    signature = ed25519.sign(secrets.log_seed, note.note_text(forge.name, size, root))
    forge.lines[i + 1][2] = note.write_signature(forge.name, secrets.log_public(), signature)
    forge.frozen |= {i, i + 1}


def _result_cases(r):
    def exchange(fields, a, b):
        def change(forge):
            rows = [i for i, line in enumerate(forge.lines) if line[0] == 'seat']
            first = next(i for i in rows if forge.lines[i][4] == a)
            second = next(i for i in rows if forge.lines[i][4] == b)
            for f in fields:
                forge.lines[first][f], forge.lines[second][f] = forge.lines[second][f], forge.lines[first][f]
        return change

    def renumber(forge):
        for line in forge.lines:
            if line[0] == 'seat':
                line[4] = {'1': '2', '2': '1'}[line[4]]
            elif line[0] == 'section':
                line[1] = {'1': '2', '2': '1'}[line[1]]
        rows = [i for i, line in enumerate(forge.lines) if line[0] == 'section']
        forge.lines[rows[0]:rows[-1] + 1] = sorted(forge.lines[i] for i in rows)

    r.add('mismatch', 'two students exchanged', exchange((3, 4), '1', '2'))
    r.add('mismatch', 'the numbers of the classes exchanged, in a live draw', renumber, base='live')
    r.add('mismatch', 'a seat left out', remove('seat', 3))
    r.add('mismatch', 'a seat twice', repeat('seat', 3))
    r.add('mismatch', 'another starting place', edit('seat', 2, '6', 4))
    r.add('mismatch', 'another rung', edit('placed', 2, '2'))
    r.add('mismatch', 'another number of looks', edit('placed', 4, '250'))
    r.add('mismatch', 'another school number', edit('placed', 1, '2'))
    r.add('mismatch', 'a section left out', remove('section', 1))
    r.add('mismatch', 'two teachers exchanged', _exchange_teachers)
    r.add('mismatch', 'a count that says more than is so', edit('count', 7, '9'))
    r.add('mismatch', 'a mean left out', remove('mean'))
    r.add('mismatch', 'the results of a school left out', lambda forge: forge.lines.__delitem__(
        slice(forge.at('placed', 1), forge.at('checkpoint', 2))), base='pair')
    r.add('mismatch', 'another seed after the results, signed again', edit('entropy', 2, 'x' + '07' * 32))
    r.add('mismatch', 'other digits after the results, signed again', edit('entropy', 2, '1616-1625-1644', 1), base='live')


def _exchange_teachers(forge):
    rows = [i for i, line in enumerate(forge.lines) if line[0] == 'section' and line[3] == 'art']
    a, b = forge.lines[rows[0]], forge.lines[rows[1]]
    a[4], b[4] = b[4], a[4]


def _word_cases(r, root):
    r.add('incomplete', 'announced only', base='live', end=0)
    r.add('incomplete', 'the digits are known, no results', base='live', end=1)
    r.add('incomplete', 'announced only, asked for the digits', base='live', end=0, until='digits')
    r.add('incomplete', 'an announced rehearsal', end=0)
    r.add('incomplete', 'announced only, with the right key', base='live', end=0, key='live')
    r.add('rehearsal', 'a sound rehearsal')
    r.add('rehearsal', 'a sound rehearsal of two schools', base='pair')
    r.add('rehearsal', 'an announced rehearsal, asked for the seed base', end=0, until='seed-base')
    r.add('unpinned', 'a sound draw that nothing pins', base='live')
    r.add('unpinned', 'announced, asked for the seed base', base='live', end=0, until='seed-base')
    r.add('valid', 'with its key', base='live', key='live')
    r.add('valid', 'with its fingerprint', base='live', fingerprint=root)
    r.add('valid', 'announced, with its key, asked for the seed base', base='live', end=0, key='live', until='seed-base')
    r.add('valid', 'drawn, asked for the digits', base='live', key='live', until='digits')


def write_refused(path):
    from . import cases_refused_acts, cases_refused_editions, cases_refused_parties, cases_refused_phases, cases_refused_published, cases_refused_sums
    where = os.path.join(path, 'refused')
    bases, keys = _bases()
    r = Refused(bases)
    live = log_reader.read(bases['live'].copy().data())
    for add in (_parse_cases, _order_cases, _roster_cases, _entropy_cases, _signature_cases, _result_cases):
        add(r)
    for module in (cases_refused_sums, cases_refused_parties, cases_refused_phases, cases_refused_acts, cases_refused_editions):
        module.add_cases(r)
    _word_cases(r, live.checkpoints[0].root.hex())
    cases_refused_published.add_cases(r)
    files, blocks, count = {f'{name}.vkey': key.encode() + b'\n' for name, key in keys.items()}, [], {}
    for word, reason, data, options in r.cases:
        count[word] = count.get(word, 0) + 1
        name = f'{word}-{count[word]:02}'
        files[f'{name}.log'] = data
        pairs = [('log', f'{name}.log')]
        for key, value in options.items():
            if isinstance(value, bytes):
                file_name = f'{name}.{key}' + ('.log' if key == 'other' else '')
                files[file_name], value = value, file_name
            pairs.append((key, f'{value}.vkey' if key == 'key' else value))
        answer = answer_to(Case(pairs), files)
        if answer[0] != ('word', word):
            raise AssertionError(f'{reason}: {answer}, not {word}: {verify.verify(data).reason}')
        blocks.append('\n'.join([f'# {reason}'] + [f'{key} = {value}' for key, value in pairs + answer]))
    about = '# Logs and the answers to them (SPEC 10)\n# given: log, key, fingerprint, until, policy, note, since, other; follows: word, line, rules'
    files['index.txt'] = ('\n\n'.join([about] + blocks) + '\n').encode()
    for name in os.listdir(where) if os.path.isdir(where) else ():
        if name not in files:
            os.remove(os.path.join(where, name))
    write_files(where, files)


def _bases():
    with tempfile.TemporaryDirectory() as scratch:
        bases, seed = {}, digest.mac(SEED, 'sunlot/v1/vectors', 'refused')
        for name, files in (('small', small_files), ('pair', pair_files), ('bands', scores_files), ('sums', sums_files), ('published', published_files),
                            ('parties-rehearsal', parties_files), ('rounds-rehearsal', rounds_files)):
            write_files(os.path.join(scratch, name), files())
            bases[name] = Forge(announce.rehearse(os.path.join(scratch, name), seed))
        write_files(os.path.join(scratch, 'live'), live_files())
        writer = announce.live(os.path.join(scratch, 'live'), seed, LIVE_DIGITS)
        bases['live'] = Forge(writer)
        for name in party_draws.BASES:
            bases[name] = party_draws.play_draw(os.path.join(scratch, f'{name}-live'), name).forge()
    keys = {'parties': note.write_vkey(bases['parties'].name, bases['parties'].secrets.log_public()),
            'after': note.write_vkey(bases['acts'].name, bases['acts'].secrets.log_public()),
            'live': note.write_vkey(writer.name, writer.secrets.log_public()),
            'other': note.write_vkey(writer.name, announce.Secrets(COUNTED[21]).log_public())}
    return bases, keys


def answer_to(case, files):
    """The word; the line of a parse, order or mismatch; for a mismatch, whether the rules are kept. Not of public editions: no line, no rules."""
    def given(name, function=lambda data: data, otherwise=None):
        return function(files[case.one(name)]) if case.all(name) else otherwise

    data = files[case.one('log')]
    pins = verify.Pins(given('key', lambda text: text.decode().strip()), case.one('fingerprint') if case.all('fingerprint') else None,
                       given('policy', policy.parse), [note.read_note(files[name]) for name in case.all('note')], given('since', note.read_note, ()),
                       given('other'))
    answer = verify.verify(data, until=case.one('until', 'results'), pins=pins)
    pairs, hidden = [('word', answer.word)], answer.log is not None and answer.log.draw.public_edition
    if answer.word in ('parse', 'order') or (answer.word == 'mismatch' and not hidden):
        pairs.append(('line', str(answer.line)))
    if answer.word == 'mismatch' and not hidden:
        pairs.append(('rules', 'broken' if list(verify.broken_rules(answer.log)) else 'kept'))
    return pairs


def check_refused(path):
    where = os.path.join(path, 'refused')
    files = {}
    for name in os.listdir(where):
        with open(os.path.join(where, name), 'rb') as file:
            files[name] = file.read()
    cases = read_cases(files['index.txt'].decode())
    wrong = [case.one('log') for case in cases
             if answer_to(case, files) != [pair for pair in case.pairs if pair[0] in ('word', 'line', 'rules')]]
    return wrong, len(cases)
