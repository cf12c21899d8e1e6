"""Logs with one fault each: the two editions of a log whose rows are for auditors, and several logs (SPEC 5, 10, 10.2)."""

from . import editions, log_reader, note, parties
from .cases_refused_acts import act
from .cases_refused_phases import note_of
from .forge import TIME, both, edit, remove, repeat
from .party_folders import key_seed
from .text import read_record, write_record


def add_cases(r):
    _public(r)
    _acts(r)
    _places(r)
    _results(r)
    _several(r)


def public(forge):
    """The public edition of a Forge, after which changes may follow."""
    lines = [line for line in editions.public_edition(forge.data()).split(b'\n')[:-1]]
    forge.lines = [read_record(line, 0) for line in lines]


def _unsigned(forge):
    """Without the signatures of `results` by others than the host and the clerk, whose key is the host's."""
    i = forge.checkpoint('results')
    end = forge.end_of('results')
    keep = {forge.name, forge.name + '/clerk'}
    forge.lines[i + 1:end] = [line for line in forge.lines[i + 1:end] if line[1] in keep]


def _public(r):
    def case(word, reason, *changes, end='results', **options):
        r.add(word, reason, both(*changes), base='auditors', end=end, **options)

    fingerprint = log_reader.read(r.data('auditors')).checkpoint('seed-base').root.hex()
    case('unpinned', 'the full edition')
    case('unpinned', 'the public edition, attested', public)
    case('valid', 'the public edition, attested, with the fingerprint', public, fingerprint=fingerprint)
    case('unpinned', 'the public edition with a supplement', public, end=2)
    case('unpinned', 'the public edition, asked for the seed base', public, end='seed-base', until='seed-base')
    case('unpinned', 'the public edition with its digits, asked for them', public, end='digits', until='digits')
    case('incomplete', 'a public edition that a party with the host\'s device alone has signed', _unsigned, public)
    case('unpinned', 'the full edition needs nobody to attest it', _unsigned)
    forge = r.bases['auditors'].copy().cut('results')
    _unsigned(forge)
    case('unpinned', 'a public edition attested by a note file', _unsigned, public, note=note_of(forge, 'results', 'parents'))
    case('incomplete', 'a public edition with a note file of the party with the host\'s device', _unsigned, public, note=note_of(forge, 'results', 'clerk'))
    case('signature', 'a leaf of another line', public, _frozen(lambda forge: forge.set('leaf', 1, 'h' + '0' * 64, 3)))
    case('signature', 'two leaves exchanged', public, _frozen(_exchange_leaves))


def _acts(r):
    """Acts of a public edition, whose students are those of the seats."""
    signers = 'clerk', 'notary'

    def case(word, reason, *changes, end=2):
        r.add(word, reason, both(public, *changes), base='auditors', end=end)

    def moved(number, kind, there):
        """The student of a line `seat` or `late-seat` is moved; there: to the class where the student is."""
        def change(forge):
            line = forge.lines[forge.at(kind)]
            name = line[4 if kind == 'seat' else 2]
            if not there:
                name = {'1': '2', '2': '1'}[name]
            act(number, ['moved', '2026-10-15', line[1], name, 'a reason', 'the head'], signers=signers)(forge)
        return change

    def struck(number, kind):
        return lambda forge: act(number, ['struck', '2026-10-15', forge.lines[forge.at(kind)][1], 'a reason', 'the head'], signers=signers)(forge)

    case('unpinned', 'a public edition: a student is struck', struck(1, 'seat'), end='results')
    case('unpinned', 'a public edition: a late student is moved, then struck', moved(2, 'late-seat', False), struck(3, 'late-seat'))
    case('by-hand', 'a public edition: numbers drawn by hand', act(2, 'by-hand,2026-10-15,1,numbers,2 1', signers=signers))
    case('roster', 'a public edition: struck, a student whom nobody knows', act(1, f'struck,2026-10-15,s{"0" * 32},a reason,the head', signers=signers), end='results')
    case('roster', 'a public edition: moved to the class where the student is', moved(1, 'seat', True), end='results')
    case('roster', 'a public edition: a late student is moved to the class where he is', moved(2, 'late-seat', True))
    case('roster', 'a public edition: a late student is moved where numbers drawn by hand have put him', act(2, 'by-hand,2026-10-15,1,numbers,2 1', signers=signers),
         moved(3, 'late-seat', False), moved(4, 'late-seat', False))
    case('roster', 'a public edition: a late student struck twice', struck(2, 'late-seat'), struck(3, 'late-seat'))
    case('roster', 'a public edition: a late seat twice', repeat('late-seat'))
    case('roster', 'a public edition: a late seat of a student who has one', lambda forge: forge.set('late-seat', 1, forge.lines[forge.at('seat')][1]))
    case('roster', 'a public edition: a supplement, and no date was announced', remove('fact', 2))


def _frozen(change):
    def frozen(forge):
        forge.frozen |= {i for i, line in enumerate(forge.lines) if line[0] in ('checkpoint', 'signature', 'commit')}
        change(forge)
    return frozen


def _exchange_leaves(forge):
    a, b = forge.at('leaf', 3), forge.at('leaf', 4)
    forge.lines[a], forge.lines[b] = forge.lines[b], forge.lines[a]


def _as_leaf(number, kind='student'):
    def change(forge):
        i = forge.at(kind, number)
        forge.lines[i] = read_record(editions.public_line(write_record(forge.lines[i]).encode()), 0)
    return change


def _places(r):
    def order(reason, *changes, base='auditors', end='list'):
        r.add('order', reason, both(*changes), base=base, end=end)

    order('a leaf among students', _as_leaf(4))
    order('a leaf, then students', _as_leaf(0))
    order('a student among leaves', lambda forge: _restored(forge, 4))
    order('a student, then leaves', lambda forge: _restored(forge, 0))
    order('leaves where the rows are public', lambda forge: [_as_leaf(0)(forge) for _ in range(12)] and None, base='parties')
    order('one leaf where the rows are public', _as_leaf(3), base='parties')
    order('a leaf in place of a teacher', _as_teacher, base='parties')
    order('a leaf too many', public, repeat('leaf', 3))
    order('a leaf too few', public, remove('leaf', 3))
    order('a late student among leaves', lambda forge: _late_restored(forge), end=2)
    order('a leaf in place of a late student in a full edition', _as_leaf(0, 'late'), end=2)
    order('a leaf among acts where the rows are public', lambda forge: forge.lines.append(['leaf', 'h' + '0' * 64]), base='set-aside', end='results')
    r.add('parse', 'a leaf in upper case', both(public, edit('leaf', 1, 'h' + 'AB' * 32, 2)), base='auditors', end='list')
    r.add('parse', 'a leaf with a second field', both(public, lambda forge: forge.lines[forge.at('leaf')].append('x')), base='auditors', end='list')
    r.add('roster', 'a lock on an unknown class in a public edition', both(lambda forge: forge.lines.insert(forge.at('limit'), [
        'lock', forge.lines[forge.at('student')][1], '3', 'room', 'the head']), public), base='auditors', end='list')
    r.add('roster', 'more locks than students in a public edition', both(_many_locks, public), base='auditors', end='list')
    r.add('roster', 'two mean rules for one column in a public edition', both(lambda forge: forge.lines.insert(
        forge.at('rule', 1) + 1, ['rule', 'students', 'mean', 'math', '5 20', '']), public), base='auditors', end='list')


def _many_locks(forge):
    i = forge.at('limit')
    forge.lines[i:i] = [['lock', 's' + f'{n:032x}', '1', 'room', 'the head'] for n in range(14)]


def _as_teacher(forge):
    i = forge.at('teacher')
    forge.lines[i] = ['leaf', 'h' + '0' * 64]


def _restored(forge, number):
    line = list(forge.lines[forge.at('student', number)])
    public(forge)
    forge.lines[forge.at('leaf', number)] = line


def _late_restored(forge):
    line = list(forge.lines[forge.at('late')])
    public(forge)
    forge.lines[forge.at('leaf', 13)] = line


def _results(r):
    def mismatch(reason, *changes):
        r.add('mismatch', reason, both(public, *changes), base='auditors', end='results')

    def seats(forge):
        return [i for i, line in enumerate(forge.lines) if line[0] == 'seat']

    def renumbered(forge):
        for i in seats(forge):
            forge.lines[i][4] = {'1': '2', '2': '1'}[forge.lines[i][4]]

    def parted(forge):
        rows = seats(forge)
        forge.lines[rows[5]][4] = {'1': '2', '2': '1'}[forge.lines[rows[5]][4]]

    def other_group(forge):
        rows = seats(forge)
        forge.lines[rows[5]][3] = {'G1': 'G2', 'G2': 'G1'}[forge.lines[rows[5]][3]]

    def exchanged(forge):
        rows = seats(forge)
        forge.lines[rows[2]], forge.lines[rows[3]] = forge.lines[rows[3]], forge.lines[rows[2]]

    mismatch('the numbers of the classes exchanged', renumbered)
    mismatch('a student in another class than the group', parted)
    mismatch('a student in another group than the class', other_group)
    mismatch('seats not in order', exchanged)
    mismatch('a seat left out', remove('seat', 4))
    mismatch('a seat twice', repeat('seat', 4))
    mismatch('a group above the number of classes', edit('seat', 3, 'G3', 4))
    mismatch('a class that the school does not have', edit('seat', 4, '3', 4))
    mismatch('the results of another school', edit('placed', 1, '2'))
    mismatch('the results twice', lambda forge: forge.lines.__setitem__(
        slice(forge.checkpoint('results'), forge.checkpoint('results')),
        [list(line) for line in forge.lines[forge.at('placed'):forge.checkpoint('results')]]))


def _several(r):
    drawn = r.data('parties')
    other = r.bases['parties'].copy().cut('seed-base')
    other.set('student', 7, 'm', 0) if other.lines[other.at('student')][7] == 'f' else other.set('student', 7, 'f', 0)
    forge = r.bases['parties'].copy()
    base = note_of(forge, 'seed-base')
    r.add('unpinned', 'a log and the same log up to its seed base', base='parties', other=r.data('parties', 'seed-base'))
    r.add('unpinned', 'the shorter log is given first', base='parties', end='seed-base', other=drawn)
    r.add('unpinned', 'a log and itself', base='parties', other=drawn)
    r.add('unpinned', 'a full edition and the public one up to its digits', base='auditors', other=editions.public_edition(r.data('auditors', 'digits')))
    r.add('unpinned', 'a public edition and the full one up to its seed base', public, base='auditors', other=r.data('auditors', 'seed-base'))
    r.add('split', 'two logs of which one has another student', base='parties', other=other.data())
    r.add('split', 'two logs with other digits', base='parties', other=_other_digits(r))
    r.add('split', 'a log that goes on without a signature that the shorter one ends with', _less_signed, base='parties', other=r.data('parties', 'digits'))
    r.add('split', 'an edition of another log', base='auditors', other=_other_edition(r))
    r.add('unpinned', 'a log that extends a note', base='parties', since=base)
    r.add('unpinned', 'a log that extends the note of a length without a checkpoint', base='parties', since=_note_of_length(r, 20))
    r.add('split', 'a log that does not extend a note: another root', base='parties', since=note_of(forge, 'seed-base', root=bytes(32)))
    r.add('split', 'a log that does not extend a note: fewer lines', base='parties', end='seed-base', until='seed-base', since=note_of(r.bases['parties'].copy(), 'results'))
    r.add('split', 'a log that does not extend a note: of another draw', base='parties', since=note_of(r.bases['rounds'].copy(), 'seed-base', name='sunlot/v1/live/Hill/2026/G8/placement/1'))


def _other_digits(r):
    forge = r.bases['parties'].copy().cut('digits')
    forge.set('entropy', 2, '1616-1625-1644', 1)
    return forge.data()


def _less_signed(forge):
    """The digits with another quorum, and no more."""
    forge.cut('results')
    del forge.lines[forge.signature('digits', 'pupils')]
    forge.lines.insert(forge.end_of('digits'), ['signature', parties.key_name(forge.name, 'parents'), ''])


def _other_edition(r):
    forge = r.bases['auditors'].copy().cut('digits')
    forge.set('student', 8, '77', 0)
    return editions.public_edition(forge.data())


def _note_of_length(r, size):
    from .tree import root_of
    lines = r.data('parties').split(b'\n')[:size]
    name = r.bases['parties'].name
    root = root_of(lines)
    fields = [(name, note.sign(r.bases['parties'].secrets.log_seed, name, note.note_text(name, size, root))),
              (name + '/notary', note.cosign(key_seed('notary'), name + '/notary', TIME, note.note_text(name, size, root)))]
    return note.write_note(name, size, root, fields)
