"""Logs with one fault each: hand draws, acts, supplements; and the words for sound ones (SPEC 5.2, 5.5, 8.8)."""

from . import ed25519, log_reader, note, parties
from .acts import final_standing
from .forge import both, edit, remove, repeat
from .party_folders import DATES, key_seed, late_line
from .text import read_record

DATE = '2026-08-25'
NOBODY = 's' + '0' * 32


def add_cases(r):
    _hands(r)
    _forms(r)
    _places(r)
    _contradictions(r)
    _supplements(r)
    _words(r)


def act(number, *records, signers=('notary', 'parents')):
    """An act at the end of a log."""
    def change(forge):
        lines = [read_record(record.encode(), 0) if isinstance(record, str) else list(record) for record in records]
        forge.lines += lines + [['checkpoint', f'after-{number}', '', '']]
        forge.lines += [['signature', parties.key_name(forge.name, name), ''] for name in ('host',) + tuple(signers)]
    return change


class _Students:
    """Who is in which class of the log `set-aside` before its act: the drawn one that acts are added to."""

    def __init__(self, r):
        forge = r.bases['set-aside'].copy().cut('results')
        self.name = forge.name
        self.class_of = final_standing(log_reader.read(forge.data())).class_of
        self.all = sorted(self.class_of)

    def other(self, i):
        return {'1': '2', '2': '1'}[self.class_of[self.all[i]]]

    def struck(self, i, reason='a reason'):
        return f'struck,{DATE},{self.all[i]},{reason},the head'

    def moved(self, i, name=None, reason='a reason'):
        return f'moved,{DATE},{self.all[i]},{name or self.other(i)},{reason},the authority'


def _hands(r):
    def case(word, reason, *changes, base='hand', end='seed-base'):
        r.add(word, reason, both(*changes), base=base, end=end)

    case('roster', 'numbers drawn by hand, one of them twice', edit('hand', 2, '3 1 1'))
    case('parse', 'numbers drawn by hand, from 0', edit('hand', 2, '2 0 1'))
    case('parse', 'numbers drawn by hand with two spaces', edit('hand', 2, '3  1 2'))
    case('parse', 'numbers drawn by hand, none of them', edit('hand', 2, ''))
    case('roster', 'numbers drawn by hand with a number above them', edit('hand', 2, '4 1 2'))
    case('parse', 'groups drawn by hand', edit('hand', 1, 'groups'))
    case('order', 'teams drawn by hand before numbers', lambda forge: forge.lines.insert(forge.at('hand'), forge.lines.pop(forge.at('hand', 1))))
    case('order', 'numbers drawn by hand twice', repeat('hand'))
    case('order', 'a hand draw after the teachers', lambda forge: forge.lines.insert(forge.at('student'), forge.lines.pop(forge.at('hand', 1))))
    case('order', 'a hand draw before the classes', lambda forge: forge.lines.insert(forge.at('class'), forge.lines.pop(forge.at('hand'))))
    case('roster', 'four slots for three classes', edit('hand', 2, '3 1 2 4'))
    case('roster', 'two slots for three teams', edit('hand', 2, '2 1', 1))
    case('roster', 'numbers drawn by hand for classes of different seats', lambda forge: [
        forge.set('class', 2, seats, n) for n, seats in enumerate(('4', '4', '5'))] and None)
    case('roster', 'numbers drawn by hand where a student is locked', lambda forge: forge.lines.insert(
        forge.at('teacher'), ['lock', forge.lines[forge.at('student')][1], '1', 'room', 'the head']))
    case('roster', 'teams drawn by hand at a school without teachers', _hand_without_teachers, base='pair', end=0)
    case('mismatch', 'numbers drawn by hand, and the results do not heed them', lambda forge: forge.set('hand', 2, '1 2 3'), end=2)
    case('mismatch', 'teams drawn by hand, and the results do not heed them', lambda forge: forge.set('hand', 2, '1 2 3', 1), end=2)


def _hand_without_teachers(forge):
    i = forge.at('class', 3) + 1
    forge.lines.insert(i, ['hand', 'teams', '2 1'])


def _forms(r):
    who = _Students(r)

    def parse(reason, *records, end='results', number=1):
        r.add('parse', reason, act(number, *records), base='set-aside', end=end)

    parse('struck in month 13', who.struck(0).replace('2026-08', '2026-13'))
    parse('struck without a reason', ['struck', DATE, who.all[0], '', 'the head'])
    parse('struck without an authority', ['struck', DATE, who.all[0], 'a reason', ''])
    parse('a teacher is struck', who.struck(0).replace(who.all[0], 't' + who.all[0][1:]))
    parse('moved to no class', ['moved', DATE, who.all[0], '', 'a reason', 'the head'])
    parse('moved without a reason', ['moved', DATE, who.all[0], who.other(0), '', 'the head'])
    parse('drawn by hand: groups', f'by-hand,{DATE},1,groups,2 1')
    parse('drawn by hand: numbers from 0', f'by-hand,{DATE},1,numbers,1 0')
    parse('drawn by hand: the school by name', f'by-hand,{DATE},-,numbers,2 1')
    parse('a party gets the key of another draw', _replaced(who.name[:-1] + '2', 'notary'))
    parse('a party gets a key for notes', _replaced(who.name, 'notary', kind=note.HOST))
    parse('a party gets a key of a telephone', _replaced(who.name, 'notary', device='phone'))
    parse('set aside by nobody', ['set-aside', DATE, '', 'no. 17'])
    parse('set aside without a reference', ['set-aside', DATE, 'the court', ''])
    parse('a late student of five seats', _late_fields(r, 1, seats='5'))
    parse('a late student of school 0', _late_fields(r, 1, school='0'))
    parse('a late student without a digest', _late_fields(r, 1, commitment=''))
    r.add('parse', 'a late seat of a rehearsal', edit('late-seat', 3, 'rehearsal-演练'), base='late')
    r.add('parse', 'a late seat in no class', edit('late-seat', 2, ''), base='late')
    r.add('parse', 'act number 0', edit('checkpoint', 1, 'after-0', -1), base='set-aside')
    r.add('parse', 'act number 1000', edit('checkpoint', 1, 'after-1000', -1), base='set-aside')


def _replaced(name, party, kind=note.PARTY, number=2, device='own', date=DATE, key=None):
    public = key or ed25519.public_key(key_seed(party, number))
    return ['replaced', date, party, note.write_vkey(f'{name}/{party}' if kind == note.PARTY else name, public, kind), device]


def _late_fields(r, number, **changes):
    master = r.bases['late'].secrets.master
    fields = late_line(master, DATES[0], number).split(',')
    for name, value in changes.items():
        fields[('type', 'date', 'school', 'pseudonym', 'commitment', 'seats').index(name)] = value
    return fields


def _places(r):
    who = _Students(r)

    def order(reason, *changes, base='set-aside', end='results'):
        r.add('order', reason, both(*changes), base=base, end=end)

    order('two kinds of records in one act', act(1, who.moved(0), who.struck(1)))
    order('the first act has number 2', act(2, who.struck(0)))
    order('two acts with one number', act(1, who.struck(0)), act(1, who.struck(1)))
    order('an act without a checkpoint', lambda forge: forge.lines.append(who.struck(0).split(',')))
    order('an act without a checkpoint, and another', lambda forge: forge.lines.append(who.struck(0).split(',')), act(1, who.moved(1)))
    order('records of an act not in order', act(1, who.struck(1), who.struck(0)))
    order('a record of an act twice', act(1, who.struck(0), who.struck(0)))
    order('set aside in two lines', act(1, f'set-aside,{DATE},the court,no. 17', f'set-aside,{DATE},the court,no. 18'))
    order('an act before the results', lambda forge: forge.lines.insert(forge.at('placed'), who.struck(0).split(',')))
    order('an act between the rounds', act(1, who.struck(0)), base='rounds', end='groups')
    order('an act of a draw that was withdrawn', act(1, who.struck(0)), base='withdrawn', end=2)
    order('a checkpoint that follows no act', lambda forge: forge.lines.extend([['checkpoint', 'after-1', '', ''], ['signature', forge.name, '']]))
    order('a withdrawal as an act', act(1, f'withdrawn,{DATE},a reason'))
    order('new results as an act', lambda forge: forge.lines.extend(list(line) for line in forge.lines[forge.at('placed'):forge.checkpoint('results')]))
    order('late students without the checkpoint of their base', lambda forge: forge.lines.__delitem__(
        slice(forge.checkpoint('late-base-1'), forge.end_of('late-base-1'))), base='late', end=2)
    order('late students without digits', lambda forge: forge.lines.__delitem__(
        slice(forge.end_of('late-base-1'), forge.at('late-seat'))), base='late', end=2)
    order('late students without the checkpoint of their digits', lambda forge: forge.lines.__delitem__(
        slice(forge.checkpoint('late-digits-1'), forge.end_of('late-digits-1'))), base='late', end=2)
    order('late students without seats', lambda forge: forge.lines.__delitem__(slice(forge.at('late-seat'), forge.checkpoint('after-1'))), base='late', end=2)
    order('late students with the checkpoint of another act', edit('checkpoint', 1, 'after-1', 3), base='late', end='late-base-1')
    order('the base of late students has the number of another act', edit('checkpoint', 1, 'late-base-2', 3), base='late', end='late-base-1')
    order('late students not in order', lambda forge: forge.lines.insert(forge.at('late'), forge.lines.pop(forge.at('late', 1))), base='late', end=2)
    order('a late student twice', repeat('late'), base='late', end=2)
    order('a late student after the dice', lambda forge: forge.lines.insert(forge.at('entropy', 1), forge.lines.pop(forge.at('late', 1))), base='late', end=2)
    order('a late seat among the records of another act', lambda forge: forge.lines.insert(
        forge.checkpoint('after-2'), list(forge.lines[forge.at('late-seat')])), base='late', end='after-2')


def _contradictions(r):
    who = _Students(r)

    def case(reason, *changes, base='set-aside', end='results'):
        r.add('roster', reason, both(*changes), base=base, end=end)

    case('struck: a student whom nobody knows', act(1, f'struck,{DATE},{NOBODY},a reason,the head'))
    case('struck twice', act(1, who.struck(0)), act(2, who.struck(0)))
    case('struck twice in one act', act(1, who.struck(0, 'one reason'), who.struck(0, 'two reasons')))
    case('moved: a student whom nobody knows', act(1, f'moved,{DATE},{NOBODY},1,a reason,the head'))
    case('moved to the class where the student is', act(1, who.moved(0, who.class_of[who.all[0]])))
    case('moved there twice', act(1, who.moved(0)), act(2, who.moved(0)))
    case('moved to a class that the school does not have', act(1, who.moved(0, '3')))
    case('moved after being struck', act(1, who.struck(0)), act(2, who.moved(0)))
    case('moved back to where the numbers drawn by hand have put the student', act(1, f'by-hand,{DATE},1,numbers,2 1'), act(2, f'by-hand,{DATE},1,numbers,1 2'),
         act(3, who.moved(0, _where_first(r, who))))
    moved_and_numbered = act(1, who.moved(0)), act(2, f'by-hand,{DATE},1,numbers,2 1')
    case('moved to where numbers drawn by hand have put the class to which the student was moved', *moved_and_numbered,
         act(3, who.moved(0, _class_after(r, who, *moved_and_numbered))))
    case('the host gets another key', act(1, ['replaced', DATE, 'host', note.write_vkey(who.name, ed25519.public_key(key_seed('notary', 2))), 'host']))
    case('drawn by hand: one number twice', act(1, f'by-hand,{DATE},1,numbers,2 2'))
    case('drawn by hand at a school that is not in the log', act(1, f'by-hand,{DATE},2,numbers,2 1'))
    case('drawn by hand: three slots for two classes', act(1, f'by-hand,{DATE},1,numbers,3 1 2'))
    case('drawn by hand: teams, one slot for two classes', act(1, f'by-hand,{DATE},1,teams,1'))
    case('drawn by hand: teams where there are no teachers', act(1, f'by-hand,{DATE},1,teams,2 1', signers=('clerk', 'notary')), base='auditors', end='results')
    case('drawn by hand: numbers of classes with different seats', _other_seats, act(1, f'by-hand,{DATE},1,numbers,2 1'))
    case('another key for a party that is not in the log', act(1, _replaced(who.name, 'inspector')))
    case('another key for a party, the same', act(1, _replaced(who.name, 'notary', number=1), signers=('parents',)))
    case('another key for a party, that of another party', act(1, _replaced(who.name, 'notary', key=ed25519.public_key(key_seed('parents'))), signers=('parents',)))
    case('another key for a party, the log key', lambda forge: act(1, _replaced(who.name, 'notary', key=forge.secrets.log_public()), signers=('parents',))(forge))
    case('a party replaced twice in one act', act(1, *sorted((_replaced(who.name, 'notary', number=number) for number in (2, 3)), key=','.join), signers=('parents',)))
    case('set aside twice', act(2, f'set-aside,{DATE},the court,no. 18 of 2026'), end=2)


def _where_first(r, who):
    """The class of the first student once numbers 1 2 were drawn by hand."""
    return _class_after(r, who, act(1, f'by-hand,{DATE},1,numbers,1 2'))


def _class_after(r, who, *changes):
    """The class of the first student after these acts."""
    forge = r.bases['set-aside'].copy().cut('results')
    both(*changes)(forge)
    return final_standing(log_reader.read(forge.data())).class_of[who.all[0]]


def _other_seats(forge):
    forge.set('class', 2, '8', 1)
    forge.set('class', 2, '6', 0)


def _supplements(r):
    def case(word, reason, *changes, end=2, **options):
        r.add(word, reason, both(*changes), base=options.pop('base', 'late'), end=end, **options)

    def late(field, value, number=0):
        return edit('late', field, value, number)

    def dates(value, first=0, last=2):
        return lambda forge: [forge.set('late', 1, value, n) for n in range(first, last)] and None

    case('roster', 'late students on a date that was not announced', dates('2026-09-02'))
    case('order', 'late students of two dates', dates(DATES[1], 1, 2))
    case('roster', 'late students, and no date was announced', remove('fact', 0))
    case('roster', 'a second supplement of the same date', dates(DATES[0], 2, 3))
    case('roster', 'a second supplement of an earlier date', dates(DATES[1], 0, 2), dates(DATES[0], 2, 3))
    case('roster', 'a late student who is in the list', lambda forge: forge.set('late', 3, _below(forge), 0))
    case('roster', 'a late student who came late before', lambda forge: forge.set('late', 3, forge.lines[forge.at('late')][3], 2))
    case('roster', 'a late student who was struck', lambda forge: forge.set('late', 3, forge.lines[forge.at('struck')][2], 2))
    case('roster', 'a late student of a school that is not in the log', late(2, '2', 1))
    case('roster', 'late students for whom there is no seat', late(5, '2', 0))
    case('roster', 'a late student is moved to the class where he is', lambda forge: act(4, ['moved', '2026-10-15'] + forge.lines[
        forge.at('late-seat')][1:3] + ['a reason', 'the head'])(forge))
    case('mismatch', 'a late student in another class', lambda forge: forge.set('late-seat', 2, {'1': '2', '2': '1'}[forge.lines[forge.at('late-seat')][2]], 0),
         end='after-1')
    case('mismatch', 'late seats in another order', lambda forge: forge.lines.insert(forge.at('late-seat'), forge.lines.pop(forge.at('late-seat', 1))), end='after-1')
    case('mismatch', 'a late seat left out', remove('late-seat', 1), end='after-1')
    case('mismatch', 'a late seat twice', repeat('late-seat', 1), end='after-1')
    case('mismatch', 'a late seat of somebody else', edit('late-seat', 1, NOBODY), end='after-1')
    case('mismatch', 'other digits for late students, signed again', lambda forge: forge.set('entropy', 2, _other_digits(forge), 1), end='after-1')


def _below(forge):
    """A student of the list before the second late one, so that the order holds."""
    second = forge.lines[forge.at('late', 1)][3]
    return [line[1] for line in forge.lines if line[0] == 'student' and line[1] < second][-1]


def _other_digits(forge):
    """Digits with which the late students come into other classes."""
    at, seats = forge.at('entropy', 1), [list(line) for line in forge.lines if line[0] == 'late-seat']
    copy = forge.copy()
    for digit in '0123456789':
        copy.lines[at] = forge.lines[at][:2] + [forge.lines[at][2][:-1] + digit]
        log = log_reader.read(copy.data())
        final_standing(log)
        if log.acts[0].expected != [','.join(line).encode() for line in seats]:
            return copy.lines[at][2]
    raise AssertionError('no digits of another outcome')


def _words(r):
    who = _Students(r)
    r.add('unpinned', 'struck, moved, another key, moved back', base='acts')
    r.add('incomplete', 'the quorum of the last act is open', act(1, who.struck(0), signers=()), base='set-aside', end='results')
    r.add('incomplete', 'a party with another key, signed by its old one alone', act(1, _replaced(who.name, 'notary'), signers=('notary',)), base='set-aside', end='results')
    r.add('unpinned', 'a student struck', act(1, who.struck(0)), base='set-aside', end='results')
    r.add('unpinned', 'two supplements, and a student struck between them', base='late')
    r.add('unpinned', 'a supplement up to its digits', base='late', end='late-digits-1')
    r.add('incomplete', 'the quorum of the base of a supplement is open', lambda forge: forge.lines.pop(), base='late', end='late-base-1')
    r.add('by-hand', 'numbers and teams drawn by hand for known groups', base='by-hand')
    r.add('by-hand', 'teams drawn by hand for known groups', act(1, f'by-hand,{DATE},1,teams,2 1'), base='set-aside', end='results')
    r.add('set-aside', 'set aside by a court', base='set-aside')
    r.add('set-aside', 'drawn by hand, and set aside', both(act(1, f'by-hand,{DATE},1,numbers,2 1'), act(2, f'set-aside,{DATE},the court,no. 18')), base='set-aside', end='results')
    r.add('set-aside', 'set aside, and its quorum is open', act(1, f'set-aside,{DATE},the court,no. 18', signers=()), base='set-aside', end='results')
    r.add('set-aside', 'set aside, and the key is the one given', base='set-aside', key='after')
