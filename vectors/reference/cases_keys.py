"""The cases of key files and policies (SPEC 14.3, 14.4)."""

from . import ed25519, keyfile, note, policy, roster
from .cases import Kind
from .cases_text import COUNTED, DRAW
from .parties import Group, Party, key_name
from .text import Refused

NUMBER = COUNTED[16][:8]
SMALL, DEFAULT = (32768, 16777216), (33554432, 1073741824)


def _key(password=None, limits=(0, 0), **given):
    """The second line of the key file of all cases."""
    return keyfile.write(COUNTED[17], NUMBER, password and password.encode(), COUNTED[18], *limits, **given)


# Writing key files

def make_secret_key():
    def case(password=None, limits=SMALL):
        pairs = [('seed', COUNTED[17].hex()), ('key-id', NUMBER.hex())]
        if password is not None:
            pairs += [('password', password), ('salt', COUNTED[18].hex()), ('operations', limits[0]), ('memory', limits[1])]
        return pairs

    yield 'without a password', case()
    yield 'with a password and small limits: N = 2^10, r = 8, p = 1', case('open sesame')
    yield 'a password that is not ASCII', case('芝麻开门')
    yield 'little memory, so that p is more than 1', case('open sesame', (524288, 1048576))
    yield 'fewer operations than there may be are 32768', case('open sesame', (1, 16777216))
    yield 'the limits that minisign takes: N = 2^20, r = 8, p = 1, 1 GiB', case('open sesame', DEFAULT)


def compute_secret_key(case):
    password = case.one('password').encode() if case.all('password') else None
    sealing = [case.hex('salt'), case.int('operations'), case.int('memory')] if password is not None else []
    line = keyfile.write(case.hex('seed'), case.hex('key-id'), password, *sealing)
    number, seed, public = keyfile.read(line, password)
    assert (number, seed) == (case.hex('key-id'), case.hex('seed'))
    return [('secret-line', line), ('public-line', note.minisign_public(number, public))]


# Opening key files

def make_open_key():
    def case(line, password=None):
        return [('secret-line', line)] + ([('password', password)] if password is not None else [])

    def changed(line, at, by=1):
        data = bytearray(note.base64_bytes(line, keyfile.LENGTH))
        data[at] ^= by
        return note.base64_text(bytes(data))

    plain, sealed = _key(), _key('open sesame', SMALL)
    yield 'without a password', case(plain)
    yield 'a password that is not needed', case(plain, 'open sesame')
    yield 'without a password, the check is zero, as other versions of minisign write it', case(_key(with_check=False))
    yield 'with a password', case(sealed, 'open sesame')
    yield 'another password', case(sealed, 'open Sesame')
    yield 'no password is given', case(sealed)
    yield 'with a password, the check is zero', case(_key('open sesame', SMALL, with_check=False), 'open sesame')
    yield 'a bit of the check changed', case(changed(plain, 157))
    yield 'a bit of the seed changed', case(changed(plain, 62))
    yield 'a bit of the public key changed', case(changed(plain, 94))
    yield 'a bit of the key id changed', case(changed(plain, 54))
    yield 'the check is zero and a bit of the public key changed', case(changed(_key(with_check=False), 94))
    yield 'a bit of the salt changed', case(changed(sealed, 6), 'open sesame')
    yield 'a bit of what is sealed changed', case(changed(sealed, 60), 'open sesame')
    yield 'another algorithm', case(changed(plain, 1))
    yield 'another derivation', case(changed(sealed, 3), 'open sesame')
    yield 'another check', case(changed(plain, 5))
    yield 'a byte less', case(note.base64_text(note.base64_bytes(plain, keyfile.LENGTH)[:-1]))
    yield 'a byte more', case(note.base64_text(note.base64_bytes(plain, keyfile.LENGTH) + b'\0'))
    yield 'base64 without padding', case(plain.rstrip('='))
    yield 'the line of a public key', case(note.minisign_public(NUMBER, COUNTED[17]))


def compute_open_key(case):
    try:
        number, seed, public = keyfile.read(case.one('secret-line'), case.one('password').encode() if case.all('password') else None)
    except Refused:
        return [('opened', 'no')]
    return [('opened', 'yes'), ('key-id', number.hex()), ('seed', seed.hex()), ('public', public.hex())]


# Policies

PUBLIC = {name: ed25519.public_key(COUNTED[20 + i]) for i, name in enumerate(('host', 'a', 'b', 'c', 'd'))}
PUBLIC['host-2'] = ed25519.public_key(COUNTED[25])
VKEY = {name: note.write_vkey(key_name(DRAW, name[:4]), public, note.HOST if name[:4] == 'host' else note.PARTY) for name, public in PUBLIC.items()}


def make_announced_policy():
    def case(parties, who, *groups):
        return ([('draw-id', DRAW)] + [('party', f'{name} {PUBLIC[name].hex()}') for name in ['host'] + list(parties)]
                + [('group', group) for group in groups] + [('seed-base', who)])

    yield 'the host alone', case('', 'all')
    yield 'all', case('abc', 'all')
    yield 'a party', case('ab', 'b')
    yield 'the host is enough', case('ab', 'host')
    yield 'a group', case('abc', 'two', 'two 2 a b c')
    yield 'a group of a group and a party', case('abcd', 'both', 'inner 1 b c', 'both 2 a inner')
    yield 'a group with the host: K less 1', case('ab', 'two', 'two 2 a b host')
    yield 'a group that the host satisfies: left out', case('ab', 'one', 'one 1 a b host')
    yield 'a group of the host: left out, and counted in the group of which it is a member', case('ab', 'outer', 'mine 1 host', 'outer 2 a b mine')
    yield 'a group that is left out with what it is a member of', case('ab', 'outer', 'mine 1 a host', 'outer 1 b mine')
    yield 'all of three, and a group that nobody asks', case('abc', 'all', 'two 2 a b')


def compute_announced_policy(case):
    draw, name = roster.Draw(), case.one('draw-id')
    for text in case.all('party'):
        party, public = text.split(' ')
        draw.parties.append(Party(party, 'text', key_name(name, party), bytes.fromhex(public), 'own', False))
    for text in case.all('group'):
        group, k, *members = text.split(' ')
        draw.groups.append(Group(group, int(k), members))
    draw.quorums = {'seed-base': (case.one('seed-base'), None)}
    written = policy.announced(draw)
    assert policy.parse(written.text().encode()).text() == written.text()
    return [('line', line) for line in written.lines()]


def make_policy():
    log, a, b, c = f'log {VKEY["host"]}', *(f'witness {name} {VKEY[name]}' for name in 'abc')

    def case(lines, signed='', key='host'):
        return [('policy', ''.join(line + '\n' for line in lines).encode().hex()), ('log', VKEY[key])] + [('signed', VKEY[name]) for name in signed]

    yield 'the log key alone', case([log, 'quorum none'])
    yield 'another log key', case([log, 'quorum none'], key='host-2')
    yield 'a witness that has signed', case([log, a, 'quorum a'], 'a')
    yield 'a witness that has not', case([log, a, b, 'quorum a'], 'b')
    yield 'a witness of another name with the same key', case([log, a.replace('witness a', 'witness notary'), 'quorum notary'], 'a')
    yield 'two of three', case([log, a, b, c, 'group g 2 a b c', 'quorum g'], 'ac')
    yield 'one of two of three', case([log, a, b, c, 'group g 2 a b c', 'quorum g'], 'c')
    yield 'all of two', case([log, a, b, 'group g all a b', 'quorum g'], 'ab')
    yield 'one of all of two', case([log, a, b, 'group g all a b', 'quorum g'], 'a')
    yield 'any of two', case([log, a, b, 'group g any a b', 'quorum g'], 'b')
    yield 'none of any of two', case([log, a, b, 'group g any a b', 'quorum g'], 'd')
    yield 'groups of groups', case([log, a, b, c, 'group g any a b', 'group h all g c', 'quorum h'], 'bc')
    yield 'groups of groups, not reached', case([log, a, b, c, 'group g any a b', 'group h all g c', 'quorum h'], 'ab')
    yield 'comments and empty lines', case(['# who must sign', '', log, '', '#', a, 'quorum a'], 'a')
    yield 'the quorum before what it does not need', case([log, a, 'quorum a', b], 'a')
    many = [f'witness w{i} {note.write_vkey(f"w{i}", COUNTED[i % 40], note.PARTY)}' for i in range(65)]
    yield '64 witnesses, one of whom is asked', case([log] + many[:63] + [a, 'quorum a'], 'a')
    yield 'refused: 65 witnesses', case([log] + many[:64] + [a, 'quorum a'], 'a')
    yield '64 groups', case([log, a] + [f'group g{i} 1 a' for i in range(64)] + ['quorum g63'], 'a')
    yield 'refused: 65 groups', case([log, a] + [f'group g{i} 1 a' for i in range(65)] + ['quorum g63'], 'a')
    for comment, lines in (
            ('no log', [a, 'quorum a']), ('two logs', [log, log, 'quorum none']), ('no quorum', [log, a]),
            ('two quorums', [log, 'quorum none', 'quorum none']), ('a quorum of nobody', [log, 'quorum a']),
            ('a name after its use', [log, 'quorum a', a]), ('a name twice', [log, a, b.replace('witness b', 'witness a'), 'quorum a']),
            ('a group with the name of a witness', [log, a, b, 'group a 1 b', 'quorum a']), ('a witness named none', [log, a.replace('witness a', 'witness none'), 'quorum none']),
            ('a key twice', [log, a, a.replace('witness a', 'witness b'), 'quorum a']), ('a group of nobody', [log, a, 'group g any', 'quorum g']),
            ('a group with an unknown member', [log, a, 'group g any a b', 'quorum g']), ('a member twice', [log, a, 'group g 2 a a', 'quorum g']),
            ('more than there are members', [log, a, b, 'group g 3 a b', 'quorum g']), ('none of', [log, a, b, 'group g 0 a b', 'quorum g']),
            ('a superfluous zero', [log, a, b, 'group g 01 a b', 'quorum g']), ('a group of itself', [log, a, 'group g 1 g', 'quorum g']),
            ('an unknown word', [log, 'threshold 1', 'quorum none']), ('two spaces', [log, a.replace(' a ', '  a '), 'quorum a']),
            ('a space at the end', [log, a, 'quorum a ']), ('a word too many', [log + ' https://example.org/', 'quorum none']),
            ('a log key of the type of a witness', [f'log {VKEY["a"]}', 'quorum none']), ('a witness of the type of a log', [log, f'witness a {VKEY["host"]}', 'quorum a']),
            ('a key id that is not that of the key', [log, a.replace('+' + VKEY['a'].split('+')[1], '+00000000'), 'quorum a']), ('CRLF', [log + '\r', 'quorum none\r'])):
        yield f'refused: {comment}', case(lines, 'ab')
    yield 'refused: the last line has no LF', [('policy', f'{log}\nquorum none'.encode().hex()), ('log', VKEY['host'])]
    yield 'refused: not UTF-8', [('policy', (f'{log}\n# '.encode() + b'\xff\nquorum none\n').hex()), ('log', VKEY['host'])]
    yield 'refused: an empty file', [('policy', ''), ('log', VKEY['host'])]


def compute_policy(case):
    try:
        return [('answer', policy.parse(case.hex('policy')).fault(case.one('log'), case.all('signed')) or 'agrees')]
    except Refused:
        return [('answer', 'refused')]


KINDS = [
    Kind('key/secret.txt', 'Key files (SPEC 14.4): their second lines', 'seed key-id password salt operations memory',
         'secret-line public-line', make_secret_key, compute_secret_key),
    Kind('key/open.txt', 'Which secret keys can be opened (SPEC 14.4)', 'secret-line password', 'opened key-id seed public',
         make_open_key, compute_open_key),
    Kind('policy/announced.txt', 'The policy of an announcement (SPEC 14.3); party: id and public key; group: name, K and members',
         'draw-id party group seed-base', 'line', make_announced_policy, compute_announced_policy),
    Kind('policy/policy.txt', 'Policies, in hex, and whether a log with this key and these witnesses under its seed base agrees (SPEC 14.3)',
         'policy log signed', 'answer', make_policy, compute_policy),
]
