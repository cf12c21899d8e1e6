"""Logs with one fault each: phases, contributions, entropy, rounds, withdrawal; and the words for sound ones (SPEC 5, 5.3, 10)."""

from . import ed25519, log_reader, note, parties, policy
from .ceremony import sign_commitment
from .forge import TIME, both, edit, frozen_line, insert, insert_before_checkpoint, move, raw, remove, repeat
from .party_folders import AGAIN, ONE, contribution, key_seed


def add_cases(r):
    _contributions(r)
    _phases(r)
    _entropy(r)
    _rounds(r)
    _withdrawal(r)
    _notes(r)
    _words(r)


def _exchange(kind, first=0, second=1):
    def change(forge):
        a, b = forge.at(kind, first), forge.at(kind, second)
        forge.lines[a], forge.lines[b] = forge.lines[b], forge.lines[a]
    return change


def _contributions(r):
    def case(word, reason, *changes, end='seed-base', **options):
        r.add(word, reason, both(*changes), base=options.pop('base', 'parties'), end=end, **options)

    def committed(function):
        """The record of the notary, frozen: function gives the value that is committed to and the root, from the true ones."""
        def make(forge, line):
            root = bytes.fromhex(forge.lines[forge.checkpoint('list')][3][1:])
            from .digest import contribution as commitment
            line[2] = 'h' + commitment(*function(contribution('notary'), forge.name, root)).hex()
            line[3] = sign_commitment(key_seed('notary'), forge.name, 'notary', line[2])
            return line
        return frozen_line('commit', make)

    def signed(function):
        return frozen_line('commit', lambda forge, line: line[:3] + [function(forge, line)])

    case('parse', 'a commitment in upper case', frozen_line('commit', lambda _, line: line[:2] + ['h' + line[2][1:].upper()] + line[3:]), end='commits')
    case('parse', 'a commitment signed with a time', signed(lambda forge, line: note.cosign(key_seed('notary'), line[1], TIME, b'')), end='commits')
    case('parse', 'a commitment without a signature', frozen_line('commit', lambda _, line: line[:3]), end='commits')
    case('parse', 'a contribution with the letter of a digest', raw('reveal', lambda line: line.replace(b',x', b',h')))
    case('parse', 'a contribution of 31 bytes', raw('reveal', lambda line: line[:-2]))
    case('order', 'commitments not in the order of the parties', _exchange('commit'), end='commits')
    case('order', 'a commitment twice', repeat('commit'), end='commits')
    case('order', 'a commitment left out', remove('commit'), end='commits')
    case('order', 'a party of whom nothing is said', remove('missing'), end='commits')
    case('order', 'a party that adds nothing is missing', insert('commit', 0, ['missing', 'inspector']), end='commits')
    case('order', 'a commitment by a party that adds nothing', lambda forge: forge.lines.insert(
        forge.at('commit'), ['commit', 'inspector'] + forge.lines[forge.at('commit')][2:]), end='commits')
    case('order', 'a commitment before the checkpoint of the list', move('commit', 0, 'checkpoint'), end='commits')
    case('order', 'a late commitment: after the checkpoint of the commitments', lambda forge: (
        forge.lines.insert(forge.end_of('commits'), forge.lines.pop(forge.at('commit', 1)))))
    case('order', 'a late commitment: after a reveal', lambda forge: forge.lines.insert(
        forge.at('reveal') + 1, ['commit', 'pupils'] + forge.lines[forge.at('commit')][2:]))
    case('order', 'a reveal before the checkpoint of the commitments', move('reveal', 0, 'checkpoint', 1))
    case('order', 'a reveal after the seed base', lambda forge: forge.lines.append(forge.lines.pop(forge.at('reveal'))))
    case('order', 'a reveal left out', remove('reveal'))
    case('order', 'a reveal by a party that did not commit', lambda forge: forge.lines.insert(
        forge.checkpoint('seed-base'), ['reveal', 'pupils', 'x' + contribution('pupils').hex()]))
    case('order', 'a reveal by another party than is next', edit('reveal', 1, 'parents'))
    case('order', 'a reveal twice', repeat('reveal'))
    case('order', 'a party is missing that did not commit', insert_before_checkpoint('seed-base', ['missing', 'pupils']))
    case('order', 'a commitment in a rehearsal', lambda forge: forge.lines.__setitem__(
        forge.at('missing'), ['commit', 'notary', 'h' + '0' * 64, 'b' + note.base64_text(bytes(68))]), base='parties-rehearsal')
    case('order', 'a reveal in a rehearsal', insert_before_checkpoint('seed-base', ['reveal', 'notary', 'x' + '0' * 64]), base='parties-rehearsal')
    case('commitment', 'a reveal that is not what was committed to', edit('reveal', 2, 'x' + '00' * 32))
    case('commitment', 'a reveal with one bit changed', edit('reveal', 2, 'x' + (contribution('notary')[:-1] + bytes([contribution('notary')[-1] ^ 1])).hex()))
    case('commitment', 'a commitment under another list', committed(lambda value, draw, root: (value, draw, 'notary', bytes(32))))
    case('commitment', 'a commitment for another draw', committed(lambda value, draw, root: (value, draw[:-1] + '2', 'notary', root)))
    case('commitment', 'a commitment of another party', committed(lambda value, draw, root: (value, draw, 'parents', root)))
    case('commitment', 'two contributions exchanged', lambda forge: forge.lines.__setitem__(
        forge.at('reveal'), ['reveal', 'notary', 'x' + contribution('parents').hex()]))
    case('signature', 'a commitment signed by the key of another party', signed(lambda forge, line: sign_commitment(
        key_seed('parents'), forge.name, 'notary', line[2])), end='commits')
    case('signature', 'a commitment signed with the key id of another type', signed(lambda forge, line: 'b' + note.base64_text(
        note.key_id(forge.name + '/notary', ed25519.public_key(key_seed('notary'))) + note.base64_bytes(line[3][1:], 68)[4:])), end='commits')
    case('signature', 'the signature of another commitment', signed(lambda forge, line: sign_commitment(
        key_seed('notary'), forge.name, 'notary', 'h' + '0' * 64)), end='commits')
    case('signature', 'a commitment signed for another draw', signed(lambda forge, line: _commitment_for(forge.name[:-1] + '2', forge.name, line[2])), end='commits')


def _commitment_for(draw, name, commitment):
    from .signatures import commit_text
    number = note.key_id(parties.key_name(name, 'notary'), ed25519.public_key(key_seed('notary')), note.PARTY)
    return 'b' + note.base64_text(number + ed25519.sign(key_seed('notary'), commit_text(draw, 'notary', commitment)))


def _cut_out(first, last):
    """Without the lines from a checkpoint to the end of a phase's signatures."""
    return lambda forge: forge.lines.__delitem__(slice(forge.checkpoint(first), forge.end_of(last)))


def _phases(r):
    def order(reason, *changes, base='parties', end=2):
        r.add('order', reason, both(*changes), base=base, end=end)

    order('no checkpoint of the list, though parties are sealed', _cut_out('list', 'list'), end='commits')
    order('no phase of commitments, though parties are sealed', lambda forge: forge.lines.__delitem__(
        slice(forge.checkpoint('list'), forge.checkpoint('seed-base'))), end='seed-base')
    order('a phase of commitments, though no party is sealed', lambda forge: [forge.set('party', 5, '-', n) for n in range(5)] and None, end='commits')
    order('no checkpoint of the commitments', _cut_out('commits', 'commits'), end='seed-base')
    order('no checkpoint of the seed base', _cut_out('seed-base', 'seed-base'))
    order('the digits before the seed base', lambda forge: forge.lines.insert(forge.checkpoint('seed-base'), forge.lines.pop(forge.at('entropy'))))
    order('the seed base again after the dice', _again('seed-base'))
    order('a signature of the seed base after the dice', lambda forge: forge.lines.insert(
        forge.at('entropy', 1), forge.lines.pop(forge.signature('seed-base', 'notary'))))
    order('a party\'s commitment after the dice', lambda forge: forge.lines.insert(forge.at('entropy', 1), list(forge.lines[forge.at('commit')])))
    order('results before the checkpoint of the digits', lambda forge: forge.lines.insert(forge.checkpoint('digits'), forge.lines.pop(forge.at('placed'))))
    order('the checkpoint of the digits twice', _again('digits'))
    order('the checkpoint of the results before them', _cut_out('results', 'results'), lambda forge: forge.lines.insert(
        forge.at('placed'), ['checkpoint', 'results', '', '']))
    order('the results twice', lambda forge: forge.lines.extend(forge.lines[forge.at('placed'):]))
    order('new digits after the results', lambda forge: forge.lines.extend([['entropy', '1', AGAIN[0]]]))
    order('signatures not in the order of the parties', _exchange_signatures('seed-base', 'inspector', 'notary'))
    order('the host signs after another', _exchange_signatures('seed-base', 'host', 'inspector'))
    order('a party signs twice', lambda forge: forge.lines.insert(
        forge.signature('digits', 'notary'), list(forge.lines[forge.signature('digits', 'notary')])))
    order('another party signs a rehearsal', lambda forge: forge.lines.append(['signature', forge.name + '/notary', '']), base='parties-rehearsal')
    order('a checkpoint named for an act', edit('checkpoint', 1, 'after-1', 2), end='seed-base')
    r.add('parse', 'a checkpoint of no phase', edit('checkpoint', 1, 'reveals', 1), base='parties', end='commits')
    r.add('parse', 'a signature of 72 bytes', _with_signature(bytes(72)), base='parties', end='seed-base')
    r.add('parse', 'a cosignature of the time 0', _with_signature(bytes(76)), base='parties', end='seed-base')
    r.add('parse', 'a cosignature of the year 10000', _with_signature(bytes(4) + (note.LATEST + 1).to_bytes(8, 'big') + bytes(64)), base='parties', end='seed-base')


def _again(phase):
    def change(forge):
        i, end = forge.checkpoint(phase), forge.end_of(phase)
        at = forge.checkpoint('digits') if phase == 'seed-base' else end
        forge.lines[at:at] = [list(line) for line in forge.lines[i:end]]
    return change


def _exchange_signatures(phase, first, second):
    def change(forge):
        a, b = forge.signature(phase, first), forge.signature(phase, second)
        forge.lines[a], forge.lines[b] = forge.lines[b], forge.lines[a]
    return change


def _with_signature(data):
    def change(forge):
        forge.data()
        i = forge.signature('seed-base', 'notary')
        forge.lines[i][2] = 'b' + note.base64_text(data)
        forge.frozen.add(i)
    return change


def _entropy(r):
    def case(reason, number, text, base='parties', end='digits'):
        r.add('entropy', reason, edit('entropy', 2, text, number), base=base, end=end)

    case('a throw too few', 0, '3141-5926-5358-9793-2384-6264-3383-2')
    case('a throw too many', 0, '3141-5926-5358-9793-2384-6264-3383-271')
    case('a lottery of another issue', 2, 'i2026096-05-12-23-07-41')
    case('a lottery with a number too few', 2, 'i2026095-05-12-23-07')
    case('a lottery with a number too many', 2, 'i2026095-05-12-23-07-41-02')
    case('a lottery with a number of one digit', 2, 'i2026095-5-12-23-07-41')
    case('a lottery with a number of three digits', 2, 'i2026095-105-12-23-07-41')
    case('a lottery without its issue', 2, '05-12-23-07-41')
    case('another round of the beacon', 3, 'r5001-g' + '5c' * 48)
    case('a signature of the beacon of 47 bytes', 3, 'r5000-g' + '5c' * 47)
    case('a signature of the beacon of 96 bytes', 3, 'r5000-g' + '5c' * 96)
    case('a signature of the beacon in upper case', 3, 'r5000-g' + '5C' * 48)
    case('the lottery in the place of the beacon', 3, 'i2026095-05-12-23-07-41')
    case('dice in the place of the lottery', 2, '1616-1625-1643')
    case('the seed of a rehearsal in the place of a source', 0, 'x' + '00' * 32)
    r.add('entropy', 'the beacon is missing', remove('entropy', 3), base='parties', end='digits')
    r.add('entropy', 'the lottery twice', repeat('entropy', 2), base='parties', end='digits')
    r.add('entropy', 'the second round with a throw too few', edit('entropy', 2, ONE[0][:-1], 1), base='rounds', end='digits-2')
    r.add('entropy', 'the second round with another seed than the rehearsal\'s', edit('entropy', 2, 'x' + '01' * 32, 1), base='rounds-rehearsal')
    r.add('entropy', 'digits for late students with a throw too many', edit('entropy', 2, ONE[0] + '1', 1), base='late')


def _rounds(r):
    def case(word, reason, *changes, base='rounds', end=2):
        r.add(word, reason, both(*changes), base=base, end=end)

    case('roster', 'two rounds, and the teams are still to be formed', lambda forge: [forge.set('teacher', 6, '', n) for n in range(4)] and None, end='seed-base')
    case('roster', 'two rounds without teachers', _no_teachers, end='seed-base')
    case('order', 'groups, though there is one round', edit('checkpoint', 1, 'groups', 2), base='live')
    case('order', 'a match, though there is one round', lambda forge: forge.lines.__setitem__(forge.at('placed'), ['matched', '1', '1', 'live']), base='live')
    case('order', 'a match in the first round of two', lambda forge: forge.lines.__setitem__(forge.at('placed'), ['matched', '1', '1', 'live']))
    case('order', 'a match before the checkpoint of the groups', lambda forge: forge.lines.insert(
        forge.checkpoint('groups'), list(forge.lines[forge.at('matched')])))
    case('order', 'results where the groups are due', edit('checkpoint', 1, 'results', 2), end='groups')
    case('order', 'the second round without digits', lambda forge: forge.lines.__delitem__(slice(forge.at('entropy', 1), forge.end_of('digits-2'))))
    case('order', 'the second digits under the name of the first', edit('checkpoint', 1, 'digits', 3), end='digits-2')
    case('order', 'places in the second round', lambda forge: forge.lines.__setitem__(forge.at('matched'), list(forge.lines[forge.at('placed')])))
    case('order', 'a match without sections', lambda forge: forge.lines.__delitem__(slice(forge.at('section'), forge.checkpoint('results'))))
    case('order', 'a third round', lambda forge: forge.lines.extend(list(line) for line in forge.lines[forge.at('entropy', 1):]))
    case('parse', 'no shuffles', edit('matched', 2, '0'))
    case('mismatch', 'sections in the first round', lambda forge: forge.lines.insert(forge.checkpoint('groups'), list(forge.lines[forge.at('section')])))
    case('mismatch', 'another number of shuffles', edit('matched', 2, '77'))
    case('mismatch', 'the match of another school', edit('matched', 1, '2'))
    case('mismatch', 'two teams exchanged in the second round', _exchange_teams)
    case('mismatch', 'other digits in the second round, signed again', edit('entropy', 2, ONE[0], 1))
    case('mismatch', 'a section left out in the second round', remove('section', 3))


def _no_teachers(forge):
    forge.lines = [line for line in forge.lines if line[0] != 'teacher']
    forge.set('school', 5, '0')
    for line in forge.lines:
        if line[0] == 'student':
            line[5] = ''


def _exchange_teams(forge):
    names = {'1': '2', '2': '1'}
    rows = [i for i, line in enumerate(forge.lines) if line[0] == 'section']
    for i in rows:
        forge.lines[i][1] = names.get(forge.lines[i][1], forge.lines[i][1])
    forge.lines[rows[0]:rows[-1] + 1] = sorted(forge.lines[rows[0]:rows[-1] + 1], key=lambda line: line[1])


def _withdrawal(r):
    line = ['withdrawn', '2026-08-20', 'a reason']

    def lines(forge, *names):
        return [list(line), ['checkpoint', 'withdrawn', '', '']] + [['signature', parties.key_name(forge.name, name), ''] for name in ('host',) + names]

    def added(at, *names):
        """A withdrawal after the signatures of a phase, with what the log had behind it."""
        return lambda forge: forge.lines.__setitem__(slice(forge.end_of(at), forge.end_of(at)), lines(forge, *names))

    r.add('order', 'withdrawn after the digits', added('digits', 'inspector', 'notary'), base='parties', end='digits')
    r.add('order', 'withdrawn after the results', added('results', 'inspector', 'notary'), base='parties')
    r.add('order', 'withdrawn, and the draw goes on', added('seed-base', 'inspector', 'notary'), base='parties')
    r.add('order', 'withdrawn between the first digit and the last', lambda forge: forge.lines.insert(forge.at('entropy', 1), list(line)), base='parties', end='digits')
    r.add('order', 'withdrawn before the list is signed', lambda forge: forge.lines.insert(forge.checkpoint('list'), list(line)), base='parties', end='list')
    r.add('order', 'withdrawn among the reveals', lambda forge: forge.lines.insert(forge.checkpoint('seed-base'), list(line)), base='parties', end='seed-base')
    r.add('order', 'withdrawn twice', lambda forge: forge.lines.extend(lines(forge, 'inspector', 'notary')), base='withdrawn')
    r.add('order', 'withdrawn in two lines', repeat('withdrawn'), base='withdrawn')
    r.add('order', 'withdrawn without a checkpoint', lambda forge: forge.lines.__delitem__(slice(forge.checkpoint('withdrawn'), None)), base='withdrawn')
    r.add('parse', 'withdrawn without a reason', edit('withdrawn', 2, ''), base='withdrawn')
    r.add('parse', 'withdrawn on the 32nd', edit('withdrawn', 1, '2026-08-32'), base='withdrawn')
    r.add('incomplete', 'withdrawn after the commitments', base='withdrawn')
    r.add('incomplete', 'withdrawn, asked for the list', base='withdrawn', until='list')
    r.add('incomplete', 'withdrawn after the list', added('list', 'inspector', 'notary'), base='parties', end='list')
    r.add('incomplete', 'withdrawn after the seed base', added('seed-base', 'inspector', 'notary'), base='parties', end='seed-base', until='seed-base')
    r.add('incomplete', 'withdrawn by the host alone', added('seed-base'), base='parties', end='seed-base')


def note_of(forge, phase, *signers, **changes):
    """The note file of a phase with cosignatures."""
    forge.data()
    checkpoint = forge.lines[forge.checkpoint(phase)]
    size, root = changes.get('size', int(checkpoint[2])), changes.get('root', bytes.fromhex(checkpoint[3][1:]))
    name = changes.get('name', forge.name)
    fields = [(name, note.sign(forge.secrets.log_seed, name, note.note_text(name, size, root)))]
    for signer in signers:
        party = parties.key_name(name, signer)
        seed = changes.get('seed') or key_seed(signer)
        fields.append((party, note.cosign(seed, party, TIME, note.note_text(name, size, root))))
    return note.write_note(name, size, root, fields)


def _alone(*signers):
    """Without these signatures of the last checkpoint."""
    def change(forge):
        names = [parties.key_name(forge.name, signer) for signer in signers]
        last = forge.at('checkpoint', -1)
        forge.lines = forge.lines[:last + 1] + [line for line in forge.lines[last + 1:] if line[1] not in names]
    return change


def _notes(r):
    open_base = _cut(r, 'parties', 'seed-base', 'inspector', 'notary')

    def case(word, reason, data, **options):
        r.add(word, reason, _alone('inspector', 'notary'), base='parties', end='seed-base', until='seed-base', note=data, **options)

    r.add('incomplete', 'the quorum of the seed base is open', _alone('inspector', 'notary'), base='parties', end='seed-base', until='seed-base')
    r.add('incomplete', 'the quorum of the digits is open', _alone('notary'), base='parties', end='digits', until='digits')
    case('unpinned', 'the quorum is reached with the signatures of a note file', note_of(open_base, 'seed-base', 'inspector', 'notary'))
    case('valid', 'and its key is the one given', note_of(open_base, 'seed-base', 'inspector', 'notary'), key='parties')
    case('incomplete', 'the quorum is still open with those of a note file', note_of(open_base, 'seed-base', 'inspector'))
    case('incomplete', 'a note file of an earlier checkpoint', note_of(open_base, 'commits', 'inspector', 'notary'))
    case('signature', 'a note file with a signature by another key', note_of(open_base, 'seed-base', 'inspector', 'notary', seed=key_seed('notary', 2)))
    case('split', 'a note file without a signature', note_of(open_base, 'seed-base').partition(b'\n\n')[0] + b'\n\n')
    case('split', 'a note file that is none', b'inspector and notary have signed\n')
    case('split', 'a note file whose last line has no LF', note_of(open_base, 'seed-base', 'inspector', 'notary')[:-1])
    case('split', 'a note file of another root', note_of(open_base, 'seed-base', 'inspector', 'notary', root=bytes(32)))
    case('split', 'a note file of another size', note_of(open_base, 'seed-base', 'inspector', 'notary', size=10))
    case('split', 'a note file of another draw', note_of(open_base, 'seed-base', 'inspector', 'notary', name=open_base.name[:-1] + '2'))
    stranger = note_of(open_base, 'seed-base', 'inspector', 'notary', 'stranger')
    case('unpinned', 'a note file with a signature by nobody of the log is read', stranger)
    forge = r.bases['parties-rehearsal'].copy()
    forge.keys = r.bases['parties'].keys
    r.add('rehearsal', 'a note file of a rehearsal: other parties\' lines are passed over', base='parties-rehearsal', note=note_of(
        forge, 'seed-base', 'notary', seed=key_seed('stranger')))
    r.add('quorum', 'without the signatures of the seed base, and the log goes on', lambda forge: [
        forge.lines.__delitem__(forge.signature('seed-base', name)) for name in ('inspector', 'notary')] and None, base='parties')
    r.add('unpinned', 'the quorum of the groups is open in the log, and reached with a note file', _alone('notary'), base='rounds', end='groups', until='groups',
          note=note_of(_cut(r, 'rounds', 'groups', 'notary'), 'groups', 'notary'))


def _cut(r, base, end, *without):
    forge = r.bases[base].copy().cut(end)
    _alone(*without)(forge)
    return forge


def _words(r):
    r.add('incomplete', 'announced, the commitments are due', base='parties', end='list')
    r.add('unpinned', 'announced, asked for the list', base='parties', end='list', until='list')
    r.add('valid', 'announced, asked for the list, with its key', base='parties', end='list', until='list', key='parties')
    r.add('incomplete', 'announced, asked for the commitments', base='parties', end='list', until='commits')
    r.add('unpinned', 'committed, asked for the commitments', base='parties', end='commits', until='commits')
    r.add('unpinned', 'a list has no fingerprint to compare with one', base='parties', end='list', until='list', fingerprint='00' * 32)
    r.add('unpinned', 'drawn by four parties', base='parties')
    parties_log = log_reader.read(r.data('parties'))
    r.add('valid', 'drawn by four parties, with the fingerprint', base='parties', fingerprint=parties_log.checkpoint('seed-base').root.hex())
    r.add('valid', 'drawn by four parties, with the policy of the announcement', base='parties', policy=policy.announced(parties_log.draw).text().encode())
    r.add('valid', 'two parties, with the policy of the announcement', base='rounds', policy=policy.announced(
        log_reader.read(r.data('rounds')).draw).text().encode())
    r.add('split', 'not the fingerprint given, in a draw of four parties', base='parties', fingerprint='11' * 32)
    r.add('incomplete', 'the groups of two rounds', base='rounds', end='groups')
    r.add('unpinned', 'the groups of two rounds, asked for the groups', base='rounds', end='groups', until='groups')
    r.add('incomplete', 'the digits of the second round', base='rounds', end='digits-2')
    r.add('unpinned', 'the first digits of two rounds, asked for the digits', base='rounds', end='digits', until='digits')
    r.add('unpinned', 'two rounds', base='rounds')
    r.add('unpinned', 'one round, asked for the groups', base='live', until='groups')
    r.add('incomplete', 'one round, the digits, asked for the groups', base='live', end=1, until='groups')
    r.add('rehearsal', 'a rehearsal in which all sealed parties are missing', base='parties-rehearsal')
    r.add('rehearsal', 'a rehearsal of two rounds', base='rounds-rehearsal')
    r.add('unpinned', 'numbers and teams drawn by hand before the dice', base='hand')
