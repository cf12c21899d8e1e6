"""Logs with one fault each: parties, groups, quorums, sources, and who signed (SPEC 5.1, 6)."""

from . import ed25519, note, parties, policy
from .digest import sha256
from .forge import (TIME, after_signing, both, edit, frozen_checkpoint, frozen_party_signature, insert, move,
                    raw, remove, repeat)
from .party_folders import key_seed

HOST, INSPECTOR, NOTARY, PARENTS, PUPILS = range(5)
FAMILIES, HANDS = range(2)
IDENTITY = (1).to_bytes(32, 'little')
SAME_POINT = (ed25519.P + 1).to_bytes(32, 'little')  # the identity again, not canonical


def add_cases(r):
    _forms(r)
    _places(r)
    _contradictions(r)
    _quorums(r)
    _signatures(r)


def _vkey(forge, party, public, kind=note.PARTY):
    return note.write_vkey(parties.key_name(forge.name, party), public, kind)


def keyed(number, party, public, kind=note.PARTY):
    """The party number `number` with a vkey of this name, key and kind."""
    return lambda forge: forge.set('party', 3, _vkey(forge, party, public, kind), number)


def _public(party, number=1):
    return ed25519.public_key(key_seed(party, number))


def _forms(r):
    def parse(reason, *changes):
        r.add('parse', reason, both(*changes), base='parties', end='list')

    parse('a party\'s id with a capital letter', edit('party', 1, 'Notary', NOTARY))
    parse('a party\'s id that ends with a hyphen', edit('party', 1, 'notary-', NOTARY), keyed(NOTARY, 'notary-', _public('notary')))
    parse('a party\'s id of 33 characters', edit('party', 1, 'n' * 33, NOTARY), keyed(NOTARY, 'n' * 33, _public('notary')))
    parse('a second host', repeat('party', HOST))
    parse('a party without a role', edit('party', 2, '', NOTARY))
    parse('a party with the key of another', lambda forge: forge.set('party', 3, forge.lines[forge.at('party', PARENTS)][3], NOTARY))
    parse('a party with a key for notes, not for cosignatures', keyed(NOTARY, 'notary', _public('notary'), note.HOST))
    parse('a log key for cosignatures', lambda forge: forge.set('party', 3, _vkey(forge, 'host', forge.secrets.log_public(), note.PARTY), HOST))
    parse('a party of another draw', raw('party', lambda line: line.replace(b'/1/notary+', b'/2/notary+'), NOTARY))
    parse('the host\'s key made on its own device', edit('party', 4, 'own', HOST))
    parse('the host adds a contribution', edit('party', 5, 'sealed', HOST))
    parse('a key made on a telephone', edit('party', 4, 'phone', NOTARY))
    parse('a party with another part', edit('party', 5, 'yes', NOTARY))
    parse('a party of four fields, as the host once had', lambda forge: forge.lines.__setitem__(forge.at('party', HOST), forge.lines[forge.at('party', HOST)][:4]))
    parse('a group of which none need sign', edit('group', 2, '0', FAMILIES))
    parse('three of two members', edit('group', 2, '3', FAMILIES))
    parse('members not ascending', edit('group', 3, 'pupils;parents', FAMILIES))
    parse('a member twice', edit('group', 3, 'parents;parents', FAMILIES))
    parse('a group without members', edit('group', 3, '', FAMILIES))
    parse('a group\'s name with a space', edit('group', 1, 'the families', FAMILIES))
    parse('a quorum of nobody', edit('quorum', 2, '', 0))
    parse('a quorum of a phase that has none', edit('quorum', 1, 'results', 2))
    parse('a lottery without an issue', edit('source', 4, 'The_Lottery', 2))
    parse('a lottery whose issue is no number', edit('source', 4, 'The Lottery 2026-95', 2))
    parse('a lottery of 65 numbers', edit('source', 3, '65', 2))
    parse('a beacon whose chain is no digest', edit('source', 4, 'the chain', 3))
    parse('round 0 of a beacon', edit('source', 3, '0', 3))
    parse('dates for late students not ascending', edit('fact', 2, '2026-10-12;2026-09-01', 0))
    parse('a date for late students twice', edit('fact', 2, '2026-09-01;2026-09-01', 0))
    parse('17 dates for late students', edit('fact', 2, ';'.join(f'2026-09-{day:02}' for day in range(1, 18)), 0))
    r.add('parse', 'three rounds', edit('fact', 2, '3', 5), base='rounds', end='seed-base')
    r.add('parse', 'rows for nobody', edit('fact', 2, 'nobody', 5), base='auditors', end='list')


def _places(r):
    def order(reason, *changes):
        r.add('order', reason, both(*changes), base='parties', end='list')

    order('a party named all', _another('all', INSPECTOR))
    order('a party named none', _another('none', NOTARY))
    order('a party named host', _another('host', INSPECTOR))
    order('parties not in order', move('party', PARENTS, 'party', NOTARY))
    order('a party twice', repeat('party', NOTARY))
    order('sixteen parties besides the host', _many_parties)
    order('a party after the groups', move('party', PUPILS, 'quorum'))
    order('a member that is no party', edit('group', 3, 'parents;school', FAMILIES))
    order('all as a member', edit('group', 3, 'all;parents', FAMILIES))
    order('a group before the group that is its member', move('group', HANDS, 'group'))
    order('a group that is its own member', edit('group', 3, 'hands;inspector', HANDS))
    order('a group with the name of a party', insert('quorum', 0, ['group', 'notary', '1', 'parents']))
    order('a group named all', insert('quorum', 0, ['group', 'all', '1', 'notary']))
    order('a group named none', insert('quorum', 0, ['group', 'none', '1', 'notary']))
    order('a group twice', repeat('group', FAMILIES))
    order('33 groups', _many_groups)
    order('a quorum of somebody unknown', edit('quorum', 2, 'court', 0))
    order('no quorum for what comes after', remove('quorum', 2))
    order('the quorum for what comes after stands first', move('quorum', 2, 'quorum'))
    order('dice after a lottery', both(move('source', 1, 'rule'), edit('source', 1, '4', 3), edit('source', 1, '2', 1), edit('source', 1, '3', 2)))


def _another(name, before):
    """One more party, before another."""
    def change(forge):
        forge.lines.insert(forge.at('party', before), [
            'party', name, 'Witness', note.write_vkey(f'{forge.name}/{name}', _public('witness'), note.PARTY), 'own', '-'])
    return change


def _many_parties(forge):
    i = forge.at('group')
    forge.lines[i:i] = [['party', f'x{n:02}', 'Witness', _vkey(forge, f'x{n:02}', _public(f'x{n:02}')), 'own', '-'] for n in range(12)]


def _many_groups(forge):
    i = forge.at('quorum')
    forge.lines[i:i] = [['group', f'g{n}', '1', 'parents'] for n in range(31)]


def _contradictions(r):
    r.add('roster', 'two parties with one key', keyed(PUPILS, 'pupils', _public('notary')), base='parties', end='list')
    r.add('roster', 'a party with the log key', lambda forge: keyed(NOTARY, 'notary', forge.secrets.log_public())(forge), base='parties', end='list')
    r.add('entropy', 'dice of too little entropy beside a lottery and a beacon', edit('source', 3, '29', 0), base='parties', end='list')
    r.add('entropy', 'a lottery and a beacon alone', lambda forge: forge.lines.__delitem__(slice(forge.at('source'), forge.at('source', 2))) or _renumber(forge),
          base='parties', end='list')


def _renumber(forge):
    for number in range(2):
        forge.set('source', 1, str(number + 1), number)


def _without(phase, party):
    return lambda forge: forge.lines.__delitem__(forge.signature(phase, party))


def _quorums(r):
    def blocked(reason, *changes, **options):
        r.add('quorum', reason, both(*changes), base='parties', end='list', **options)

    blocked('the digits need all', edit('quorum', 2, 'all', 1))
    blocked('the digits need one party', edit('quorum', 2, 'notary', 1))
    blocked('the digits need three of three', edit('group', 2, '3', HANDS))
    blocked('the digits need a group in which one party is indispensable', insert('quorum', 0, ['group', 'needed', '2', 'hands;notary']),
            edit('quorum', 2, 'needed', 1))
    for phase, party in (('seed-base', 'notary'), ('digits', 'pupils'), ('digits', 'notary')):
        r.add('quorum', f'without {party} the quorum of {phase} is not reached', _without(phase, party), base='parties')
    r.add('quorum', 'two of one group are not two of the hands',
          lambda forge: forge.lines.__setitem__(forge.signature('digits', 'notary'), ['signature', forge.name + '/parents', '']), base='parties')
    r.add('quorum', 'the groups need the quorum of the seed base', _without('groups', 'notary'), base='rounds')
    r.add('quorum', 'the digits of the second round need theirs', _without('digits-2', 'notary'), base='rounds')
    r.add('quorum', 'an act without its quorum, and another act after it', lambda forge: [_without('after-1', party)(forge) for party in (
        'notary', 'parents')] and None, base='acts')
    r.add('quorum', 'the old key of a replaced party alone', lambda forge: forge.lines.__setitem__(
        forge.signature('after-3', 'notary'), ['signature', forge.name + '/parents', '']), base='acts')
    r.add('quorum', 'late students without the quorum of the seed base', _without('late-base-1', 'parents'), base='late')
    r.add('quorum', 'the digits for late students without theirs', _without('late-digits-1', 'parents'), base='late')
    for phase in ('list', 'commits', 'seed-base', 'results'):
        r.add('quorum', f'the host has not signed {phase}', _without(phase, 'host'), base='parties')
    r.add('quorum', 'the host has not signed an act', _without('after-2', 'host'), base='acts')
    r.add('quorum', 'the host has not signed what is last', _without('after-1', 'host'), base='set-aside')
    pinned = policy_of(r)
    r.add('quorum', 'the policy asks for two parties of whom one has signed', base='rounds', policy=pinned(lambda draw: [
        f'witness {p} {note.write_vkey(draw + "/" + p, _public(p), note.PARTY)}' for p in ('notary', 'inspector')] + ['group both all notary inspector', 'quorum both']))
    r.add('quorum', 'the policy asks for another key of a party', base='rounds', policy=pinned(lambda draw: [
        f'witness notary {note.write_vkey(draw + "/notary", _public("notary", 2), note.PARTY)}', 'quorum notary']))
    r.add('signature', 'a log forged whole with other keys, and the policy of the true one', _forged(r), base='parties', policy=policy.announced(
        _read(r.data('parties')).draw).text().encode())


def _read(data):
    from . import log_reader
    return log_reader.read(data)


def policy_of(r):
    """Policies for the draw `rounds`: of lines that a function gives from the draw id, after the line of the log."""
    draw = _read(r.data('rounds')).draw
    return lambda lines: ''.join(line + '\n' for line in [f'log {note.write_vkey(draw.name, draw.public)}'] + lines(draw.name)).encode()


def _forged(r):
    """The same log with keys of somebody who has none of the true ones."""
    def change(forge):
        from .writer import Secrets
        forge.secrets = Secrets(sha256(b'somebody else'))
        forge.keys = {party: [sha256(seed) for seed in seeds] for party, seeds in forge.keys.items()}
        for i, line in enumerate(forge.lines):
            if line[0] == 'party':
                public = forge.secrets.log_public() if line[1] == 'host' else ed25519.public_key(forge.keys[line[1]][0])
                line[3] = _vkey(forge, line[1], public, note.HOST if line[1] == 'host' else note.PARTY)
    return change


def _signatures(r):
    def signature(reason, phase, party, function, base='parties', end='seed-base'):
        r.add('signature', reason, frozen_party_signature(phase, party, function), base=base, end=end)

    def named(name):
        """Signed as it should be, by the host's key under another name."""
        return lambda forge, size, root, line: ['signature', name, forge.signed(size, root, name)]

    def field(function):
        """The bytes of the signature, changed."""
        def change(forge, size, root, line):
            data = bytearray(note.base64_bytes(line[2][1:], 76) or note.base64_bytes(line[2][1:], 68))
            return line[:2] + ['b' + note.base64_text(bytes(function(data)))]
        return change

    def bits(at, mask=1):
        def change(data):
            data[at] ^= mask
            return data
        return field(change)

    signature('by a name that is no party', 'seed-base', 'inspector', named('inspector'))
    signature('by a party\'s id, not the name of its key', 'seed-base', 'notary', lambda forge, size, root, line: ['signature', 'notary', line[2]])
    signature('by a party of another draw', 'seed-base', 'inspector', named('sunlot/v1/live/Hill/2026/G7/placement/2/inspector'))
    signature('the host\'s form in place of a cosignature', 'seed-base', 'notary', lambda forge, size, root, line: line[:2] + [
        note.sign(key_seed('notary'), line[1], note.note_text(forge.name, size, root))])
    signature('the host\'s form, with the key id of the party', 'seed-base', 'notary', lambda forge, size, root, line: line[:2] + [
        'b' + note.base64_text(note.key_id(line[1], _public('notary'), note.PARTY) + ed25519.sign(
            key_seed('notary'), note.note_text(forge.name, size, root)))])
    signature('a cosignature by the host', 'seed-base', 'host', lambda forge, size, root, line: line[:2] + [
        note.cosign(forge.secrets.log_seed, forge.name, TIME, note.note_text(forge.name, size, root))])
    signature('by the key of another party', 'seed-base', 'notary', lambda forge, size, root, line: line[:2] + [
        forge.cosigned(size, root, 'notary', seed=key_seed('parents'))])
    signature('by the key of another party, with the right key id', 'seed-base', 'notary', lambda forge, size, root, line: line[:2] + [
        'b' + note.base64_text(note.key_id(line[1], _public('notary'), note.PARTY) + note.base64_bytes(
            forge.cosigned(size, root, 'notary', seed=key_seed('parents'))[1:], 76)[4:])])
    signature('a cosignature with another time', 'seed-base', 'notary', bits(11))
    signature('a cosignature with another key id', 'seed-base', 'notary', bits(0))
    signature('a cosignature with a bit changed in R', 'seed-base', 'notary', bits(20))
    signature('a cosignature with a bit changed in S', 'seed-base', 'notary', bits(50))
    signature('a cosignature of the checkpoint before', 'seed-base', 'notary', lambda forge, size, root, line: line[:2] + [
        forge.cosigned(int(forge.lines[forge.checkpoint('commits')][2]), bytes.fromhex(forge.lines[forge.checkpoint('commits')][3][1:]), 'notary')])
    signature('a cosignature of one line less', 'seed-base', 'notary', lambda forge, size, root, line: line[:2] + [forge.cosigned(size - 1, root, 'notary')])
    signature('a cosignature of another draw', 'seed-base', 'notary', lambda forge, size, root, line: line[:2] + [
        note.cosign(key_seed('notary'), line[1], TIME, note.note_text(forge.name[:-1] + '2', size, root))])
    signature('S + L in place of S in a cosignature', 'seed-base', 'notary', field(lambda data: data[:44] + (
        int.from_bytes(data[44:], 'little') + ed25519.L).to_bytes(32, 'little')))
    signature('a cosignature whose R is of small order', 'seed-base', 'notary', _special('notary', IDENTITY))
    signature('a cosignature whose R is not canonical', 'seed-base', 'notary', _special('notary', SAME_POINT))
    r.add('signature', 'a party whose key is of small order', _weak(IDENTITY), base='parties', end='seed-base')
    r.add('signature', 'a party whose key is not canonical', _weak(SAME_POINT), base='parties', end='seed-base')
    r.add('signature', 'a party whose key is no point', _weak((2).to_bytes(32, 'little')), base='parties', end='seed-base')
    signature('the digits signed by another key', 'digits', 'notary', lambda forge, size, root, line: line[:2] + [
        forge.cosigned(size, root, 'notary', seed=key_seed('notary', 2))], end='digits')
    signature('the list signed over another root', 'list', 'inspector', lambda forge, size, root, line: line[:2] + [
        forge.cosigned(size, bytes(32), 'inspector')], end='commits')
    signature('the results signed by a key that was not announced', 'results', 'parents', lambda forge, size, root, line: line[:2] + [
        forge.cosigned(size, root, 'parents', seed=key_seed('parents', 2))], end=2)
    r.add('signature', 'the new key of a party in the act that brings it', _new_key_early, base='acts')
    signature('the old key of a party after it was replaced', 'after-4', 'parents', lambda forge, size, root, line: line[:2] + [
        forge.cosigned(size, root, 'parents')], base='acts', end=2)
    for number, phase in enumerate(('list', 'commits')):
        r.add('signature', f'the checkpoint {phase} of one line less', frozen_checkpoint(lambda line: line[:2] + [str(int(line[2]) - 1)] + line[3:], number),
              base='parties', end=phase)
    r.add('signature', 'a party\'s role changed after signing', after_signing('party', 2, 'Registrar', NOTARY), base='parties')
    r.add('signature', 'a quorum changed after signing', after_signing('quorum', 2, 'either', 0), base='rounds')
    r.add('signature', 'a reason changed after signing', after_signing('struck', 3, 'another reason'), base='acts')
    r.add('signature', 'a log forged whole with other keys, and the key of the true one', _forged(r), base='parties', key='parties')
    r.add('signature', 'the policy of another log key', base='rounds', policy=('log ' + note.write_vkey(
        _read(r.data('rounds')).draw.name, _public('notary')) + '\nquorum none\n').encode())


def _special(party, encoding):
    """A signature with an R of small order that a lax equation holds for: S = k·a."""
    def change(forge, size, root, line):
        scalar, _ = ed25519.expand(key_seed(party))
        text = note.cosigned_text(TIME, note.note_text(forge.name, size, root))
        return line[:2] + [_field(forge, party, _public(party), encoding, scalar, text)]
    return change


def _field(forge, party, public, encoding, scalar, text):
    from hashlib import sha512
    k = int.from_bytes(sha512(encoding + public + text).digest(), 'little') % ed25519.L
    data = note.key_id(parties.key_name(forge.name, party), public, note.PARTY) + TIME.to_bytes(8, 'big') + encoding
    return 'b' + note.base64_text(data + (k * scalar % ed25519.L).to_bytes(32, 'little'))


def _weak(encoding):
    """A notary whose key this is, and a signature that a lax equation holds for: R = [S]B."""
    def change(forge):
        keyed(NOTARY, 'notary', encoding)(forge)
        del forge.lines[forge.at('commit', 0)], forge.lines[forge.at('reveal', 0)]
        i = forge.at('commit', 0)
        forge.lines.insert(i, ['missing', 'notary'])
        forge.data()
        name = parties.key_name(forge.name, 'notary')
        data = note.key_id(name, encoding, note.PARTY) + TIME.to_bytes(8, 'big') + ed25519.encode(ed25519.multiply_base(5)) + (5).to_bytes(32, 'little')
        i = forge.signature('seed-base', 'notary')
        forge.lines[i] = ['signature', name, 'b' + note.base64_text(data)]
        forge.frozen.add(i)
    return change


def _new_key_early(forge):
    forge.data()
    i, checkpoint = forge.end_of('after-3'), forge.lines[forge.checkpoint('after-3')]
    line = ['signature', parties.key_name(forge.name, 'parents'),
            forge.cosigned(int(checkpoint[2]), bytes.fromhex(checkpoint[3][1:]), 'parents', seed=key_seed('parents', 2))]
    forge.lines.insert(i, line)
    forge.frozen.add(i)
