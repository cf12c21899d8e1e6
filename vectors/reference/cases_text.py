"""The cases of digests, streams, trees, notes, signatures and records."""

import hashlib

from . import digest, ed25519, note, stream, text, tree
from .cases import Kind

SEED = bytes(range(32))
COUNTED = [digest.mac(SEED, 'sunlot/v1/vectors', i) for i in range(40)]
SCHOOL = '实验小学'
DRAW, PRACTICE = 'sunlot/v1/live/Hill/2026/G7/placement/1', 'sunlot/v1/rehearsal-演练/山区/2026/七年级/分班/2'
STUDENT, TEACHER = 's' + '0123456789abcdef' * 2, 't' + 'fedcba9876543210' * 2


def yes(value):
    return 'yes' if value else 'no'


# Digests

def make_mac():
    yield 'a label alone', [('key', bytes(32).hex()), ('label', 'sunlot/v1/seed')]
    yield 'an empty field is a field', [('key', SEED.hex()), ('label', 'sunlot/v1/seed'), ('field', '')]
    yield 'two fields; no other split of the same letters gives this MAC', [
        ('key', SEED.hex()), ('label', 'sunlot/v1/stage'), ('field', 'ab'), ('field', 'c')]
    yield 'the other split', [('key', SEED.hex()), ('label', 'sunlot/v1/stage'), ('field', 'a'), ('field', 'bc')]
    yield 'fields that are not ASCII, and a number', [
        ('key', 'ff' * 32), ('label', 'sunlot/v1/stage'), ('field', 'place'), ('field', SCHOOL), ('field', '1'), ('field', '10')]


def make_seed():
    yield 'one source', [('root', COUNTED[0].hex()), ('entropy', 'entropy,1,3141-5926-5358-9793-2384-6264-3383-2795-0288-419')]
    yield 'two sources, in order', [('root', COUNTED[0].hex()), ('entropy', 'entropy,1,0000-0000-0000-0000-0000'),
                                    ('entropy', 'entropy,2,1234-5612-3456-1234-5612-3456')]
    yield 'the same digits under another root', [
        ('root', COUNTED[1].hex()), ('entropy', 'entropy,1,3141-5926-5358-9793-2384-6264-3383-2795-0288-419')]


def make_stage():
    for stage in ('ticket', 'number'):
        yield f'stage {stage}', [('seed', SEED.hex()), ('stage', stage), ('school', SCHOOL)]
    for stage in ('place', 'teams', 'match'):
        yield f'stage {stage}', [('seed', SEED.hex()), ('stage', stage), ('school', '-'), ('rung', 1), ('try', 1)]
    yield 'a later try at another rung', [('seed', SEED.hex()), ('stage', 'place'), ('school', '-'), ('rung', 2), ('try', 64)]


def compute_stage(case):
    rung_try = [case.int(name) for name in ('rung', 'try') if case.all(name)]
    return [('stage-key', digest.stage_key(case.hex('seed'), case.one('stage'), case.one('school'), *rung_try).hex())]


def make_ticket():
    yield 'a student', [('stage-key', SEED.hex()), ('pseudonym', STUDENT)]
    for section in (1, 12):
        yield f'section {section} of a teacher', [('stage-key', SEED.hex()), ('pseudonym', TEACHER), ('section', section)]


def compute_ticket(case):
    return [('ticket', digest.ticket(case.hex('stage-key'), case.one('pseudonym'), *case.all('section')).hex())]


def make_commitment():
    def case(pseudonym, school, person_id, name, *values):
        person = list(zip(('pseudonym', 'school', 'id', 'name'), (pseudonym, school, person_id, name)))
        return [('salt', COUNTED[2].hex())] + person + [('value', value) for value in values]

    yield 'a student without values', case(STUDENT, SCHOOL, '2026001', '小明')
    yield 'a teacher', case(TEACHER, '-', 'T7', 'Ms. A, B')
    yield 'an empty name', case(STUDENT, '-', '1', '')
    yield 'a student with values', case(STUDENT, SCHOOL, '2026001', '小明', '女', '87.5')
    yield 'the same values in the other order', case(STUDENT, SCHOOL, '2026001', '小明', '87.5', '女')
    yield 'an empty value is a value', case(STUDENT, SCHOOL, '2026001', '小明', '女', '')
    yield 'two values are not one', case(STUDENT, SCHOOL, '2026001', '小明', '女87.5')
    yield 'a teacher with a value', case(TEACHER, '-', 'T7', 'Ms. A, B', 'say "x"')


def compute_commitment(case):
    person = [case.one(name) for name in ('pseudonym', 'school', 'id', 'name')]
    return [('commitment', digest.commitment(case.hex('salt'), *person, values=case.all('value')).hex())]


def make_contribution():
    for comment, secret, draw_id, party, root in (
            ('a party', COUNTED[13], DRAW, 'notary', COUNTED[14]), ('another party', COUNTED[13], DRAW, 'parents-1', COUNTED[14]),
            ('another list', COUNTED[13], DRAW, 'notary', COUNTED[15]), ('zeros, and a draw id that is not ASCII', bytes(32), PRACTICE, 'a', COUNTED[14])):
        yield comment, [('contribution', secret.hex()), ('draw-id', draw_id), ('party', party), ('root', root.hex())]


def compute_contribution(case):
    commitment = digest.contribution(case.hex('contribution'), case.one('draw-id'), case.one('party'), case.hex('root'))
    return [('commitment', commitment.hex())]


def make_secret():
    for i, (role, school, person) in enumerate((('student', SCHOOL, '2026001'), ('teacher', '-', 'T7'), ('student', '-', 'T7'))):
        yield f'a {role}', [('rehearsal', COUNTED[3 + i].hex()), ('role', role), ('school', school), ('id', person)]


def compute_secret(case):
    master = digest.rehearsal_master(case.hex('rehearsal'))
    person = digest.pseudonym(master, case.one('role'), case.one('school'), case.one('id'))
    seeds = [digest.private(master, name) for name in ('log key', 'minisign key', 'minisign id')]
    return [('master', master.hex()), ('pseudonym', person), ('salt', digest.salt(master, person).hex()),
            ('log-seed', seeds[0].hex()), ('log-public', ed25519.public_key(seeds[0]).hex()),
            ('minisign-seed', seeds[1].hex()), ('minisign-public', ed25519.public_key(seeds[1]).hex()),
            ('minisign-id', seeds[2][:8].hex())]


# Streams and uniform numbers

def make_stream():
    for comment, key, offset in (('the first block', SEED, 0), ('across the blocks 0 and 1', SEED, 48),
                                 ('the key of zeros', bytes(32), 0), ('far along', SEED, 64 * 5000 + 4)):
        yield comment, [('key', key.hex()), ('offset', offset), ('length', 64)]


def compute_stream(case):
    end = case.int('offset') + case.int('length')
    return [('bytes', stream.stream_bytes(case.hex('key'), end)[case.int('offset'):].hex())]


def rejections(key, n):
    """How many words are read past before the first number."""
    word, past = stream.words(key), 0
    while word() * n & 0xffffffff < 2 ** 32 % n:
        past += 1
    return past


def make_uniform():
    for n in (1, 2, 3, 10, 45, 1245, 4096, 2 ** 31 - 1, 2 ** 31):
        yield f'n = {n}', [('key', SEED.hex()), ('n', n), ('count', 8)]
    for n in (3 << 29, (1 << 30) + 1):
        for wanted in (1, 2, 3):
            key = next(key for key in (digest.mac(SEED, 'sunlot/v1/uniform', n, i) for i in range(10000))
                       if rejections(key, n) == wanted)
            yield f'{wanted} words are read past before the first number', [('key', key.hex()), ('n', n), ('count', 1)]


def compute_uniform(case):
    word, read = stream.words(case.hex('key')), [0]

    def counted():
        read[0] += 1
        return word()

    numbers = [stream.below(counted, case.int('n')) for _ in range(case.int('count'))]
    return [('numbers', ' '.join(map(str, numbers))), ('words', read[0])]


def make_words():
    for comment, n, words in (
            ('0 is below the threshold 1', 3, (0, 0x55555556)), ('m mod 2^32 = t is taken', 3, (0xaaaaaaab,)),
            ('the greatest word', 3, (0xffffffff,)), ('a power of two reads nothing past', 2 ** 31, (0,)),
            ('n = 1 takes any word', 1, (0,)), ('just below the threshold', 5, (0, 0xcccccccd)),
            ('three words read past', 3 << 29, (0, 8, 0xaaaaaaab, 0xffffffff))):
        yield comment, [('n', n), ('words', ' '.join(f'{word:08x}' for word in words))]


def compute_words(case):
    words = iter([int(word, 16) for word in case.one('words').split()])
    number = stream.below(words.__next__, case.int('n'))
    return [('number', number), ('left', len(list(words)))]


def make_shuffle():
    for n in (1, 2, 3, 12, 52):
        yield f'{n} numbers', [('key', SEED.hex()), ('n', n), ('times', 1)]
    yield 'three times, going on in the stream', [('key', COUNTED[5].hex()), ('n', 5), ('times', 3)]


def compute_shuffle(case):
    word, array = stream.words(case.hex('key')), list(range(case.int('n')))
    pairs = []
    for _ in range(case.int('times')):
        stream.shuffle(word, array)
        pairs.append(('array', ' '.join(map(str, array))))
    return pairs


# Records

def make_record():
    good = [('plain', b'fact,rows,public'), ('quoted for a comma', b'fact,ground,"a, b"'),
            ('quoted for a quotation mark', b'fact,ground,"say ""x"""'), ('a field of one quotation mark', b'fact,ground,""""'),
            ('empty fields', b'rule,students,apart,,,'), ('the field -', b'school,1,-,1,1,0'),
            ('score numbers', b'fact,ground,-1.5,-999999.999,0.001'), ('a deviation', b'mean,students,x,1,-0.00125,0.3,live'),
            ('Chinese, and a space inside', 'fact,ground,甲 乙'.encode()), ('a field of 1,024 bytes', b'fact,ground,' + b'x' * 1024),
            ('U+10FFFF', b'a,\xf4\x8f\xbf\xbf'), ('64 fields', b'fact' + b',x' * 63)]
    bad = [('one field', b'fact'), ('an empty line', b''), ('quoted without need', b'fact,"rows",public'),
           ('an empty field in quotation marks', b'rule,students,apart,"",,'), ('a bare quotation mark', b'fact,ground,a"b'),
           ('an open quotation mark', b'fact,ground,"a,b'), ('text after the closing mark', b'fact,ground,"a,b"c'),
           ('a space before the opening mark', b'fact,ground, "a,b"'), ('a space at the start', b'fact,ground, a'),
           ('a space at the end', b'fact,ground,a '), ('U+00A0 at the end', b'fact,ground,a\xc2\xa0'),
           ('U+3000 at the start', b'fact,ground,\xe3\x80\x80a'), ('a carriage return', b'fact,rows,public\r'),
           ('a tab', b'fact,rows,pub\tlic'), ('NUL', b'fact,rows,\0'), ('U+0085', b'fact,ground,a\xc2\x85b'),
           ('U+2028', b'fact,ground,a\xe2\x80\xa8b'), ('U+FEFF', b'\xef\xbb\xbffact,ground,a'), ('U+202E', b'fact,ground,a\xe2\x80\xaeb'),
           ('U+2066', b'fact,ground,a\xe2\x81\xa6b'), ('U+200F', b'fact,ground,a\xe2\x80\x8fb'), ('U+200B', b'fact,ground,a\xe2\x80\x8bb'),
           ('U+E0041', b'fact,ground,a\xf3\xa0\x81\x81b'), ('U+2003 at the end', b'fact,ground,a\xe2\x80\x83'),
           ('a formula', b'fact,ground,=1+1'), ('a plus sign', b'fact,ground,+1'), ('an at sign', b'fact,ground,@a'),
           ('a minus sign before text', b'fact,ground,-a'), ('minus zero', b'fact,ground,-0'),
           ('a negative number with a superfluous zero', b'fact,ground,-1.50'), ('six decimals', b'fact,ground,-0.000001'),
           ('an overlong form', b'fact,ground,\xc0\xaf'), ('a surrogate', b'fact,ground,\xed\xa0\x80'),
           ('above U+10FFFF', b'fact,ground,\xf4\x90\x80\x80'), ('a lone continuation byte', b'fact,ground,\x80'),
           ('65 fields', b'fact' + b',x' * 64),
           ('a cut sequence', b'fact,ground,\xe4\xb8'), ('a field of 1,025 bytes', b'fact,ground,' + b'x' * 1025)]
    for comment, line in good + bad:
        yield comment, [('line', line.hex())]


def compute_record(case):
    try:
        fields = text.read_record(case.hex('line'), 1)
    except text.Fault:
        return [('accepted', 'no')]
    return [('accepted', 'yes')] + [('field', field) for field in fields]


# Trees

def make_root():
    for n in (0, 1, 2, 3, 4, 5, 7, 8, 13):
        yield f'{n} leaves', [('leaf', f'line {i}'.encode().hex()) for i in range(n)] or [('leaves', 'none')]


def compute_root(case):
    return [('root', tree.root_of([bytes.fromhex(leaf) for leaf in case.all('leaf')]).hex())]


def make_proof():
    leaves = [f'line {i}'.encode() for i in range(7)]

    def case(index, size, leaf, path, root):
        return [('index', index), ('size', size), ('leaf', leaf.hex()), ('root', root.hex())] + [('node', x.hex()) for x in path]

    for size in (1, 2, 3, 7):
        for index in range(size):
            yield f'leaf {index} of {size}', case(index, size, leaves[index], tree.proof_of(index, leaves[:size]),
                                                  tree.root_of(leaves[:size]))
    path, root = tree.proof_of(2, leaves), tree.root_of(leaves)
    yield 'another leaf', case(2, 7, leaves[3], path, root)
    yield 'another index', case(3, 7, leaves[2], path, root)
    yield 'an index outside the tree', case(7, 7, leaves[2], path, root)
    yield 'another root', case(2, 7, leaves[2], path, tree.root_of(leaves[:6]))
    yield 'another size with a path of another length', case(2, 3, leaves[2], path, root)
    yield 'a node missing', case(2, 7, leaves[2], path[:-1], root)
    yield 'a node too many', case(2, 7, leaves[2], path + path[-1:], root)
    yield 'two nodes exchanged', case(2, 7, leaves[2], [path[1], path[0]] + path[2:], root)
    yield 'a bit changed in a node', case(2, 7, leaves[2], [bytes([path[0][0] ^ 1]) + path[0][1:]] + path[1:], root)
    yield 'an inner node passed off as a leaf', case(0, 4, tree.leaf(leaves[0]) + tree.leaf(leaves[1]), tree.proof_of(0, leaves)[1:],
                                                     root)
    for comment, changed in mutated(5, 7, leaves[5], tree.proof_of(5, leaves), tree.root_of(leaves)):
        yield f'leaf 5 of 7, changed: {comment}', case(*changed)
    for comment, changed in mutated(0, 1, leaves[0], [], tree.root_of(leaves[:1])):
        yield f'leaf 0 of 1, changed: {comment}', case(*changed)
    yield 'leaf 5 of 7 as if of 8, a tree of the same shape there: holds, for it is the note that says the size', case(
        5, 8, leaves[5], tree.proof_of(5, leaves), tree.root_of(leaves))
    yield 'a tree of one leaf with a path', case(0, 1, leaves[0], [tree.leaf(leaves[1])], tree.root_of(leaves[:2]))
    yield 'no tree at all', case(0, 0, leaves[0], [], tree.root_of([]))


def mutated(index, size, leaf, path, root):
    """Changes of a proof that holds, none of which holds, as the tests of transparency-dev/merkle make them."""
    junk = tree.leaf(b'junk')

    def flipped(data, bit=0x10):
        return bytes([data[0] ^ bit]) + data[1:]

    for by in (1, 2, 4, 1 << 40):
        yield f'index xor {by}', (index ^ by, size, leaf, path, root)
    for by in (1, 2, 4):
        yield f'index + {by}', (index + by, size, leaf, path, root)
    for other in (2 * size, size // 2, size + 2, size - 1, size << 20):
        yield f'size {other}', (index, other, leaf, path, root)
    yield 'size and index doubled', (2 * index + 2 * (index == 0), 2 * size, leaf, path, root)
    yield 'the leaf empty', (index, size, b'', path, root)
    yield 'the leaf with a byte before it', (index, size, b'\0' + leaf, path, root)
    yield 'the leaf with a byte behind it', (index, size, leaf + b'\n', path, root)
    yield 'the leaf is its digest', (index, size, tree.leaf(leaf), path, root)
    yield 'the root is the leaf itself', (index, size, leaf, path, leaf.ljust(32, b'\0'))
    yield 'the root of nothing', (index, size, leaf, path, tree.root_of([]))
    yield 'a bit of the root', (index, size, leaf, path, flipped(root))
    yield 'a node before the others', (index, size, leaf, [junk] + path, root)
    yield 'a node behind the others', (index, size, leaf, path + [junk], root)
    yield 'the root as a node behind the others', (index, size, leaf, path + [root], root)
    yield 'the leaf\'s digest as a node before the others', (index, size, leaf, [tree.leaf(leaf)] + path, root)
    for i in range(len(path)):
        yield f'a bit of node {i}', (index, size, leaf, path[:i] + [flipped(path[i])] + path[i + 1:], root)
        yield f'node {i} removed', (index, size, leaf, path[:i] + path[i + 1:], root)
        yield f'node {i} twice', (index, size, leaf, path[:i] + [path[i]] + path[i:], root)
        yield f'a node inserted before node {i}', (index, size, leaf, path[:i] + [junk] + path[i:], root)
    if path:
        yield 'the nodes from the top down', (index, size, leaf, path[::-1], root)
        yield 'no node', (index, size, leaf, [], root)


def compute_proof(case):
    path = [bytes.fromhex(node) for node in case.all('node')]
    return [('holds', yes(tree.holds(case.int('index'), case.int('size'), case.hex('leaf'), path, case.hex('root'))))]


# Notes and signatures

def make_note():
    def case(draw_id, size, *signers):
        return [('key-seed', COUNTED[7].hex()), ('draw-id', draw_id), ('size', size), ('root', COUNTED[8].hex())] + [
            ('signer', f'{party} {time} {seed.hex()}') for party, time, seed in signers]

    yield 'a draw', case(DRAW, 53)
    yield 'a rehearsal', case(PRACTICE, 1000)
    yield 'two parties besides the host: id, time, seed of the key', case(
        DRAW, 53, ('notary', 1787212800, COUNTED[26]), ('parents-1', 1787212861, COUNTED[27]))
    yield 'the first and the last second', case(DRAW, 53, ('a', 1, COUNTED[26]), ('b', 253402300799, COUNTED[27]))


def compute_note(case):
    seed, name, size, root = case.hex('key-seed'), case.one('draw-id'), case.int('size'), case.hex('root')
    public, message = ed25519.public_key(seed), note.note_text(name, size, root)
    signature = ed25519.sign(seed, message)
    signatures = [(name, note.write_signature(name, public, signature))]
    for text in case.all('signer'):
        party, time, party_seed = text.split(' ')
        signatures.append((f'{name}/{party}', note.cosign(bytes.fromhex(party_seed), f'{name}/{party}', int(time), message)))
    return [('public', public.hex()), ('key-id', note.key_id(name, public).hex()), ('vkey', note.write_vkey(name, public)),
            ('note', message.hex()), ('signature', signature.hex()), ('sig', signatures[0][1]),
            ('signed-note', note.write_note(name, size, root, signatures).hex()), ('fingerprint', note.fingerprint(root))]


def make_cosignature():
    def case(draw_id, party, time, size=53, root=COUNTED[8], seed=COUNTED[26]):
        return [('key-seed', seed.hex()), ('draw-id', draw_id), ('party', party), ('time', time), ('size', size), ('root', root.hex())]

    yield 'a party', case(DRAW, 'notary', 1787212800)
    yield 'the same a second later', case(DRAW, 'notary', 1787212801)
    yield 'another name, so another key id', case(DRAW, 'notary-2', 1787212800)
    yield 'the host\'s key as that of a party', case(DRAW, 'notary', 1787212800, seed=COUNTED[7])
    yield 'another size', case(DRAW, 'notary', 1787212800, size=54)
    yield 'the first second', case(DRAW, 'a', 1)
    yield 'the last second, in a draw whose id is not ASCII', case(PRACTICE, 'a-b', 253402300799, size=1000)


def compute_cosignature(case):
    seed, time, name = case.hex('key-seed'), case.int('time'), f'{case.one("draw-id")}/{case.one("party")}'
    public, text = ed25519.public_key(seed), note.note_text(case.one('draw-id'), case.int('size'), case.hex('root'))
    return [('public', public.hex()), ('key-id', note.key_id(name, public, note.PARTY).hex()),
            ('vkey', note.write_vkey(name, public, note.PARTY)), ('message', note.cosigned_text(time, text).hex()),
            ('sig', note.cosign(seed, name, time, text))]


def small_order_points():
    """The encodings of the eight points of small order."""
    y = 2
    while True:
        point = ed25519.decode(y.to_bytes(32, 'little'))
        if point:
            eighth = ed25519.multiply(ed25519.L, point)
            multiples = [ed25519.IDENTITY]
            for _ in range(7):
                multiples.append(ed25519.add(multiples[-1], eighth))
            if len({ed25519.encode(p) for p in multiples}) == 8:
                return multiples
        y += 1


def make_signature():
    seed, message = COUNTED[9], b'sunlot'
    public, good = ed25519.public_key(seed), ed25519.sign(seed, message)
    s = int.from_bytes(good[32:], 'little')

    def case(public, message, signature):
        return [('public', public.hex()), ('message', message.hex()), ('signature', signature.hex())]

    yield 'a good signature', case(public, message, good)
    yield 'of the empty message', case(public, b'', ed25519.sign(seed, b''))
    yield 'another message', case(public, b'sunlot2', good)
    yield 'another key', case(ed25519.public_key(COUNTED[10]), message, good)
    yield 'a bit of R changed', case(public, message, bytes([good[0] ^ 1]) + good[1:])
    yield 'a bit of S changed', case(public, message, good[:32] + bytes([good[32] ^ 1]) + good[33:])
    yield 'S + L', case(public, message, good[:32] + (s + ed25519.L).to_bytes(32, 'little'))
    yield 'the highest bit of S set', case(public, message, good[:63] + bytes([good[63] | 0x80]))
    torsion = small_order_points()
    for i, point in enumerate(torsion):
        encoded = ed25519.encode(point)
        yield f'a key of small order ({i}), R = the neutral element, S = 0', case(encoded, message, ed25519.encode(torsion[0]) + bytes(32))
    yield 'R = the neutral element, and the equation holds: refused for the small order of R', case(*_small_r(seed, message))
    yield 'a key that is not canonical: y = p + 1, the neutral element', case((ed25519.P + 1).to_bytes(32, 'little'), message, good)
    yield 'a key with x = 0 and sign bit 1', case((1 | 1 << 255).to_bytes(32, 'little'), message, good)
    yield 'R not canonical: y = p + 1', case(public, message, (ed25519.P + 1).to_bytes(32, 'little') + good[32:])
    yield 'a key that is no point', case((2).to_bytes(32, 'little'), message, good)
    yield 'a key of mixed order that holds with the equation as it stands', case(*_mixed(seed, torsion[1], message, True))
    yield 'a key of mixed order that holds only with the cofactor', case(*_mixed(seed, torsion[1], message, False))


def _challenge(r, public, message):
    return int.from_bytes(hashlib.sha512(r + public + message).digest(), 'little') % ed25519.L


def _small_r(seed, message):
    public, r = ed25519.public_key(seed), ed25519.encode(ed25519.IDENTITY)
    scalar = ed25519.expand(seed)[0]
    return public, message, r + (_challenge(r, public, message) * scalar % ed25519.L).to_bytes(32, 'little')


def _mixed(seed, point, message, as_it_stands):
    """A key A + T, T of order 8: [k]T vanishes only if 8 divides k."""
    scalar = ed25519.expand(seed)[0]
    public = ed25519.encode(ed25519.add(ed25519.multiply_base(scalar), point))
    for nonce in range(1, 1000):
        r = ed25519.encode(ed25519.multiply_base(nonce))
        k = _challenge(r, public, message)
        if (k % 8 == 0) == as_it_stands:
            return public, message, r + ((nonce + k * scalar) % ed25519.L).to_bytes(32, 'little')
    raise AssertionError


def compute_signature(case):
    return [('accepted', yes(ed25519.verify(case.hex('public'), case.hex('message'), case.hex('signature'))))]


def make_minisign():
    for comment, data in (('an empty file', b''), ('a short file', b'a,b\n')):
        yield comment, [('key-seed', COUNTED[11].hex()), ('key-id', COUNTED[12][:8].hex()), ('data', data.hex()),
                        ('comment', 'sunlot/v1/live/Hill/2026/G7/placement/1 53 lines')]


def compute_minisign(case):
    seed, key_number = case.hex('key-seed'), case.hex('key-id')
    lines = note.minisign_file(seed, key_number, case.hex('data'), case.one('comment')).decode().split('\n')
    return ([('public', note.minisign_public(key_number, ed25519.public_key(seed)))]
            + [('line', line) for line in lines[:-1]])


KINDS = [
    Kind('digest/mac.txt', 'MAC (SPEC 3)', 'key label field', 'mac', make_mac,
         lambda case: [('mac', digest.mac(case.hex('key'), case.one('label'), *case.all('field')).hex())]),
    Kind('digest/seed.txt', 'The seed of a live draw (SPEC 3)', 'root entropy', 'seed', make_seed,
         lambda case: [('seed', digest.seed_live(case.hex('root'), case.all('entropy')).hex())]),
    Kind('digest/stage.txt', 'Keys of stages (SPEC 3)', 'seed stage school rung try', 'stage-key', make_stage, compute_stage),
    Kind('digest/ticket.txt', 'Tickets (SPEC 3)', 'stage-key pseudonym section', 'ticket', make_ticket, compute_ticket),
    Kind('digest/commitment.txt', 'Commitments of persons (SPEC 3)', 'salt pseudonym school id name value', 'commitment', make_commitment,
         compute_commitment),
    Kind('digest/contribution.txt', 'Commitments of parties (SPEC 3)', 'contribution draw-id party root', 'commitment', make_contribution,
         compute_contribution),
    Kind('digest/secret.txt', 'What comes from the seed of a rehearsal (SPEC 11.3)', 'rehearsal role school id',
         'master pseudonym salt log-seed log-public minisign-seed minisign-public minisign-id', make_secret, compute_secret),
    Kind('stream/stream.txt', 'The stream of a key (SPEC 4)', 'key offset length', 'bytes', make_stream, compute_stream),
    Kind('uniform/uniform.txt', 'Uniform numbers below n from the stream of a key (SPEC 4); words: how many were read',
         'key n count', 'numbers words', make_uniform, compute_uniform),
    Kind('uniform/words.txt', 'One number below n from given words (SPEC 4); left: how many are not read', 'n words', 'number left',
         make_words, compute_words),
    Kind('shuffle/shuffle.txt', 'The array 0 ... n - 1 shuffled (SPEC 4), as often as told', 'key n times', 'array', make_shuffle,
         compute_shuffle),
    Kind('record/record.txt', 'Lines of a log, in hex, as records (SPEC 2)', 'line', 'accepted field', make_record, compute_record),
    Kind('tree/root.txt', 'Roots (SPEC 6); leaves in hex', 'leaf leaves', 'root', make_root, compute_root),
    Kind('tree/proof.txt', 'Inclusion proofs, nodes from the bottom up (SPEC 6)', 'index size leaf root node', 'holds', make_proof,
         compute_proof),
    Kind('signature/note.txt', 'Checkpoints as notes, signed (SPEC 6); note and signed-note in hex', 
         'key-seed draw-id size root signer', 'public key-id vkey note signature sig signed-note fingerprint', make_note, compute_note),
    Kind('signature/cosignature.txt', 'Checkpoints signed by parties other than the host (SPEC 6); message in hex',
         'key-seed draw-id party time size root', 'public key-id vkey message sig', make_cosignature, compute_cosignature),
    Kind('signature/signature.txt', 'Which Ed25519 signatures are accepted (SPEC 6)', 'public message signature', 'accepted',
         make_signature, compute_signature),
    Kind('signature/minisign.txt', 'minisign files (SPEC 6), line by line', 'key-seed key-id data comment', 'public line',
         make_minisign, compute_minisign),
]
