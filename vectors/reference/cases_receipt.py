"""Receipts as they are written, altered ones, and the answers to them."""

import os
import tempfile

from . import digest, ed25519, editions, log_reader, note, policy, receipt, tree
from .announce import rehearse
from .cases import Case, read_cases
from .cases_draw import inputs
from .cases_text import COUNTED, SEED
from .party_draws import play_draw
from .proof import Proof, read_proofs
from .receipt import Person
from .samples import write_files
from .text import write_record
from .verify import Pins

LIVE = ('parties', 'parties-revealed', 'acts', 'late', 'by-hand', 'set-aside', 'rounds', 'rounds-groups', 'auditors')
PUBLIC = 'draws/auditors/public.log'
NAMES = ('log', 'key', 'policy', 'fingerprint', 'until')


class _Base:
    """A log and whose receipts it gives."""

    def __init__(self, writer, master):
        self.data, self.name, self.master, self.seed = writer.data(), writer.name, master, writer.secrets.log_seed
        self.log, self.written = log_reader.read(self.data), {}
        self.key = note.write_vkey(self.name, writer.secrets.log_public())

    def person(self, person_id, name):
        pseudonym = digest.pseudonym(self.master, 'student', '-', person_id)
        return Person(pseudonym, digest.salt(self.master, pseudonym), '-', person_id, name)

    def child(self, number):
        return self._written(self.person(str(number), f'Child {number}'))

    def late(self, number):
        return self._written(self.person(f'late-{number}', f'Late child {number}'))

    def _written(self, person):
        self.written[person.id] = person, receipt.write(self.data, person)
        return self.written[person.id][1]

    def fingerprint(self):
        return self.log.checkpoint('seed-base').root.hex()

    def policy(self):
        return policy.announced(self.log.draw).text().encode()


class _Cases:
    """files: what stands in the folder; blocks: the cases as they are written."""

    def __init__(self, bases, folder):
        self.bases, self.folder, self.files, self.blocks, self.number = bases, folder, {}, [], {}

    def add(self, word, reason, data, **pins):
        """One receipt; pins: the names that are given (see NAMES)."""
        name = next((old for old, bytes_of in self.files.items() if bytes_of == data), None)
        if name is None:
            self.number[word] = self.number.get(word, 0) + 1
            name = f'{word}-{self.number[word]:02}.receipt'
            self.files[name] = data
        pairs = [('receipt', name)] + [(key, pins[key]) for key in NAMES if key in pins]
        found = word_for(Case(pairs), {**self.files, **self.logs()})
        if found != word:
            raise AssertionError(f'{reason}: {found}, not {word}')
        self.blocks.append('\n'.join([f'# {reason}'] + [f'{key} = {value}' for key, value in pairs + [('word', word)]]))

    def logs(self):
        logs = {_log(name): base.data for name, base in self.bases.items()}
        return {**logs, PUBLIC: editions.public_edition(self.bases['auditors'].data)}

    def written(self):
        """The file that says which receipts follow from which logs; those that no case needed are left out."""
        names, blocks = {data: name for name, data in self.files.items()}, []
        for base_name, base in self.bases.items():
            for person, data in base.written.values():
                if data in names:
                    pairs = [('log', _log(base_name)), ('pseudonym', person.pseudonym), ('salt', person.salt.hex()), ('school', person.school),
                             ('id', person.id), ('name', person.name), ('receipt', names[data])]
                    blocks.append('\n'.join([f'# {base_name}: {person.name}'] + [f'{key} = {value}' for key, value in pairs]))
        about = '# Receipts as they are written (SPEC 14.2)\n# given: log, pseudonym, salt, school, id, name; follows: receipt'
        return ('\n\n'.join([about] + blocks) + '\n').encode()


def _log(name):
    return f'draws/{name}/draw.log'


def _good(r):
    bases = r.bases
    parties, acts, late = bases['parties'], bases['acts'], bases['late']
    r.files['parties.policy'], r.files['acts.policy'] = parties.policy(), acts.policy()
    seated = parties.child(3)
    r.add('valid', 'a student with a seat, and the log key', seated, key=parties.key)
    r.add('valid', 'the policy of the announcement', seated, policy='parties.policy')
    r.add('unpinned', 'nothing from outside', seated)
    r.add('unpinned', 'a fingerprint alone: it vouches for the line, not for the seat', seated, fingerprint=parties.fingerprint())
    r.add('valid', 'the log beside it, and its key', seated, log=_log('parties'), key=parties.key)
    r.add('valid', 'the log beside it, and its fingerprint', seated, log=_log('parties'), fingerprint=parties.fingerprint())
    r.add('unpinned', 'the log beside it, but nothing from outside', seated, log=_log('parties'))
    r.add('incomplete', 'before the dice', bases['parties-revealed'].child(3), key=parties.key)
    r.add('incomplete', 'before the dice, with the fingerprint alone', bases['parties-revealed'].child(3), fingerprint=parties.fingerprint())
    r.add('valid', 'before the dice, and no more is asked for', bases['parties-revealed'].child(3), key=parties.key, until='seed-base')
    r.add('valid', 'before the dice, and no more is asked for, with the fingerprint alone', bases['parties-revealed'].child(3),
          fingerprint=parties.fingerprint(), until='seed-base')
    r.add('unpinned', 'before the dice, and no more is asked for, and nothing from outside', bases['parties-revealed'].child(3), until='seed-base')
    r.add('valid', 'before the dice, beside the log that has gone on since', bases['parties-revealed'].child(3), log=_log('parties'), key=parties.key)
    for number, reason in ((0, 'struck'), (1, 'moved there and back'), (2, 'moved, then struck'), (5, 'nothing happened to this one, but to others')):
        r.add('valid', f'acts: {reason}', acts.child(number), key=acts.key)
        r.add('valid', f'acts: {reason}; the log beside it', acts.child(number), log=_log('acts'), key=acts.key)
    r.add('valid', 'acts: the policy, though a party has another key since', acts.child(1), policy='acts.policy')
    r.add('valid', 'a late student', late.late(1), key=late.key)
    r.add('unpinned', 'a late student, and the root of the supplement alone', late.late(1), fingerprint=late.log.checkpoint('late-base-1').root.hex())
    r.add('valid', 'a late student of the second supplement, the log beside it; the fingerprint is the log\'s', late.late(3), log=_log('late'),
          fingerprint=late.fingerprint())
    r.add('valid', 'numbers and teams drawn by hand', bases['by-hand'].child(4), key=bases['by-hand'].key)
    r.add('by-hand', 'numbers and teams drawn by hand, the log beside it', bases['by-hand'].child(4), log=_log('by-hand'), key=bases['by-hand'].key)
    r.add('valid', 'a student who came after that', bases['by-hand'].late(1), key=bases['by-hand'].key)
    r.add('valid', 'set aside, which is no line of the student', bases['set-aside'].child(4), key=bases['set-aside'].key)
    r.add('set-aside', 'set aside, the log beside it', bases['set-aside'].child(4), log=_log('set-aside'), key=bases['set-aside'].key)
    r.add('valid', 'after the first round of two', bases['rounds-groups'].child(4), key=bases['rounds'].key)
    r.add('valid', 'after the second round', bases['rounds'].child(4), key=bases['rounds'].key)
    r.add('valid', 'after the first round, beside the log that has gone on since', bases['rounds-groups'].child(4), log=_log('rounds'),
          key=bases['rounds'].key)
    r.add('valid', 'rows for auditors', bases['auditors'].child(4), key=bases['auditors'].key)
    r.add('valid', 'rows for auditors, the full edition beside it', bases['auditors'].child(4), log=_log('auditors'), key=bases['auditors'].key)
    r.add('valid', 'rows for auditors, the public edition beside it, attested', bases['auditors'].child(4), log=PUBLIC, key=bases['auditors'].key)
    r.add('rehearsal', 'a rehearsal', bases['twice'].child(4), key=bases['twice'].key)
    r.add('rehearsal', 'a rehearsal and nothing from outside', bases['twice'].child(4))
    r.add('rehearsal', 'a rehearsal with its log', bases['twice'].child(4), log=_log('twice'), key=bases['twice'].key)


def _parse(r):
    base = r.bases['parties']
    good, other, acts = base.child(3), base.child(4), r.bases['acts'].child(1)

    def add(reason, data):
        r.add('parse', reason, data, key=base.key)

    def replaced(old, new, count=1):
        assert old in good
        return good.replace(old, new, count)

    add('an empty file', b'')
    add('the last line has no LF', good[:-1])
    add('lines end with CRLF', good.replace(b'\n', b'\r\n'))
    add('a byte order mark', b'\xef\xbb\xbf' + good)
    add('another version of proofs', replaced(b'tlog-proof@v1', b'tlog-proof@v2'))
    add('something before the first proof', b'\n' + good)
    add('an empty line between two proofs', good.replace(b'\nc2sp', b'\n\nc2sp'))
    add('an empty line at the end', good + b'\n')
    add('not UTF-8', good[:-1] + b'\xff\n')
    add('a superfluous zero', replaced(b'index ', b'index 0'))
    add('no index', replaced(good[good.index(b'index '):good.index(b'\n', good.index(b'index ')) + 1], b''))
    add('a node without padding', replaced(b'=\n', b'\n'))
    add('a node of 33 bytes', changed(good, 0, lambda p: p.path.__setitem__(0, p.path[0] + b'\0')))
    add('no extra', changed(good, 0, lambda p: setattr(p, 'extra', None)))
    add('no extra in the second proof', changed(good, 1, lambda p: setattr(p, 'extra', None)))
    add('an extra that is not base64', replaced(b'extra ', b'extra *'))
    add('no signature at all', changed(good, 1, lambda p: setattr(p, 'signed', p.signed[:p.signed.index(b'\n\n') + 2])))
    add('a note with a fourth line', changed(good, 1, lambda p: setattr(p, 'signed', p.signed.replace(b'\n\n', b'\nmore\n\n', 1))))
    add('a signature line of another length', changed(good, 1, lambda p: setattr(p, 'signed', p.signed + '\u2014 somebody AAAAAA==\n'.encode())))
    add('a third record in the first extra', changed(good, 0, lambda p: setattr(p, 'extra', p.extra + p.extra.split(b'\n')[1] + b'\n')))
    add('no private record', changed(good, 0, lambda p: setattr(p, 'extra', p.extra.split(b'\n')[0] + b'\n')))
    add('the records in the other order', changed(good, 0, lambda p: setattr(p, 'extra', b'\n'.join(p.extra.split(b'\n')[1::-1]) + b'\n')))
    add('a record without LF', changed(good, 1, lambda p: setattr(p, 'extra', p.extra[:-1])))
    add('quoted without need', changed(good, 0, lambda p: setattr(p, 'extra', p.extra.replace(b',Child 3', b',"Child 3"'))))
    add('a salt that is no digest', fields_changed(good, 0, 1, {2: lambda text: text[1:]}))
    add('a salt in upper case', fields_changed(good, 0, 1, {2: lambda text: 'h' + text[1:].upper()}))
    add('a private record with a field more', changed(good, 0, lambda p: setattr(p, 'extra', p.extra[:-1] + b',x\n')))
    add('the private record of another student', changed(good, 0, lambda p: setattr(
        p, 'extra', p.extra.split(b'\n')[0] + b'\n' + read_proofs(other)[0].extra.split(b'\n')[1] + b'\n')))
    add('the seat of another student', joined(read_proofs(good)[:1] + read_proofs(other)[1:]))
    add('a line of the log that is no student\'s', joined([read_proofs(good)[0], _of_kind(base, b'section,')]))
    add('two receipts one after another', good + good)
    add('the seat twice', joined(read_proofs(good) + read_proofs(good)[1:]))
    add('the seat first', joined(read_proofs(good)[::-1]))
    r.add('parse', 'moved, but without the seat', joined(read_proofs(acts)[:1] + read_proofs(acts)[2:]), key=r.bases['acts'].key)
    r.add('parse', 'the act of another student', joined(read_proofs(acts)[:2] + read_proofs(r.bases['acts'].child(0))[2:]), key=r.bases['acts'].key)
    r.add('parse', 'the seat of a student behind the line of a late one', joined(
        read_proofs(r.bases['late'].late(1))[:1] + read_proofs(r.bases['late'].child(1))[1:2]), key=r.bases['late'].key)
    add('a record late-seat behind a line that is no late one', changed(good, 1, lambda p: setattr(
        p, 'extra', f'late-seat,{base.person("3", "").pseudonym},1,live\n'.encode())))
    r.add('parse', 'a note of another draw', joined(read_proofs(good)[:1] + [_resigned(base, read_proofs(good)[1], name=base.name[:-1] + '2')]))


def _commitment(r):
    base = r.bases['parties']
    good = base.child(3)
    for reason, data in (
            ('another name', fields_changed(good, 0, 1, {5: lambda text: 'Child 4'})), ('another id', fields_changed(good, 0, 1, {4: lambda text: '4'})),
            ('another school', fields_changed(good, 0, 1, {3: lambda text: 'Hill'})), ('a bit of the salt', fields_changed(good, 0, 1, {2: _flip})),
            ('an attribute', fields_changed(good, 0, 0, {7: lambda text: 'm' if text == 'f' else 'f'})),
            ('a bit of the commitment', fields_changed(good, 0, 0, {2: _flip})),
            ('an attribute more', changed(good, 0, lambda p: setattr(p, 'extra', p.extra.replace(b'\n', b',x\n', 1))))):
        r.add('commitment', reason, data, key=base.key)
    r.add('commitment', 'a name, and nothing from outside', fields_changed(good, 0, 1, {5: lambda text: 'Child 4'}))
    r.add('commitment', 'a name, and the note is not signed: the first fault counts', changed(
        fields_changed(good, 0, 1, {5: lambda text: 'Child 4'}), 1, lambda p: setattr(p, 'signed', _without(p.signed, base.name))), key=base.key)
    r.add('commitment', 'a name of a late student', fields_changed(r.bases['late'].late(1), 0, 1, {5: lambda text: 'Early child 1'}), key=r.bases['late'].key)
    r.add('commitment', 'a name, the log beside it', fields_changed(good, 0, 1, {5: lambda text: 'Child 4'}), log=_log('parties'), key=base.key)


def _quorum(r):
    base = r.bases['parties']
    good, inspector, notary = base.child(3), f'{base.name}/inspector', f'{base.name}/notary'
    for number, which in ((0, 'first'), (1, 'second')):
        data = changed(good, number, lambda p: setattr(p, 'signed', _without(p.signed, base.name)))
        r.add('quorum', f'the {which} note is not signed by the host', data, key=base.key)
        r.add('quorum', f'the {which} note is not signed by the host, and nothing from outside', data)
    r.add('quorum', 'the host\'s line has the length of a party\'s', changed(good, 0, lambda p: setattr(
        p, 'signed', _signed_again(base, p, base.name, base.seed))), key=base.key)
    fewer = changed(good, 0, lambda p: setattr(p, 'signed', _without(p.signed, notary)))
    r.add('quorum', 'too few of the parties have signed, says the policy', fewer, policy='parties.policy')
    r.add('valid', 'too few of the parties have signed, but no policy asks', fewer, key=base.key)
    named = changed(good, 0, lambda p: setattr(p, 'signed', p.signed.replace(f' {notary} '.encode(), f' {base.name}/notary-2 '.encode())))
    r.add('quorum', 'a signature under another name is not that of the party', named, policy='parties.policy')
    other = changed(good, 0, lambda p: setattr(p, 'signed', _signed_again(base, p, notary, COUNTED[30])))
    r.add('quorum', 'a signature under the party\'s name by another key is passed over, and then there are too few', other, policy='parties.policy')
    r.add('valid', 'a signature under the party\'s name by another key: no policy asks', other, key=base.key)
    second = changed(good, 1, lambda p: setattr(p, 'signed', _without(p.signed, inspector)))
    r.add('valid', 'too few parties in the second note, of which no policy asks anything', second, policy='parties.policy')


def _signature(r):
    base = r.bases['parties']
    good, notary = base.child(3), f'{base.name}/notary'
    key_of = {name: note.write_vkey(base.name if name == 'key' else base.name[:-1] + '2', ed25519.public_key(COUNTED[31] if name == 'key' else base.seed))
              for name in ('key', 'draw')}
    for number, which in ((0, 'first'), (1, 'second')):
        r.add('signature', f'a bit of the host\'s signature of the {which} note', changed(
            good, number, lambda p: setattr(p, 'signed', _broken(p.signed, base.name))), key=base.key)
    r.add('signature', 'the host\'s signature of another note', changed(good, 1, lambda p: setattr(
        p, 'signed', p.signed[:p.signed.index(b'\n\n') + 2] + read_proofs(good)[0].signed[read_proofs(good)[0].signed.index(b'\n\n') + 2:])), key=base.key)
    r.add('signature', 'another key', good, key=key_of['key'])
    r.add('signature', 'the key of another draw', good, key=key_of['draw'])
    r.add('signature', 'the host\'s signature of the first note by another key', changed(
        good, 0, lambda p: setattr(p, 'signed', _signed_by(base, p, COUNTED[31]))), key=base.key)
    r.add('signature', 'the host has signed twice, and once it is not valid', changed(
        good, 0, lambda p: setattr(p, 'signed', p.signed + _broken(p.signed, base.name).split(b'\n\n')[1].splitlines(True)[0])), key=base.key)
    r.add('valid', 'a second signature under the host\'s name, by another key, is passed over', changed(
        good, 0, lambda p: setattr(p, 'signed', p.signed + _signed_by(base, p, COUNTED[31]).split(b'\n\n')[1].splitlines(True)[0])), key=base.key)
    r.files['other.policy'] = parties_policy_of(base, key_of['key'])
    r.add('signature', 'the policy has another log key', good, policy='other.policy')
    broken = changed(good, 0, lambda p: setattr(p, 'signed', _broken(p.signed, notary)))
    r.add('signature', 'a bit of the signature of a party of the policy', broken, policy='parties.policy')
    r.add('valid', 'a bit of the signature of a party, but no policy names its key', broken, key=base.key)
    timed = changed(good, 0, lambda p: setattr(p, 'signed', _broken(p.signed, notary, at=11)))
    r.add('signature', 'the time of a party\'s signature changed', timed, policy='parties.policy')
    r.add('signature', 'the log beside it is of another host', good, log=_log('acts'))


def parties_policy_of(base, vkey):
    """The policy of a log with another log key."""
    changed_policy = policy.announced(base.log.draw)
    changed_policy.log = vkey
    return changed_policy.text().encode()


def _split(r):
    parties, acts, late = r.bases['parties'], r.bases['acts'], r.bases['late']
    other = parties.fingerprint()[:-1] + ('0' if parties.fingerprint()[-1] != '0' else '1')
    r.add('split', 'another fingerprint alone', parties.child(3), fingerprint=other)
    r.add('split', 'another fingerprint, before the dice', r.bases['parties-revealed'].child(3), fingerprint=other)
    r.add('split', 'the log beside it has another fingerprint than was shown', parties.child(3), log=_log('parties'), fingerprint=other)
    r.add('split', 'the host has signed two continuations', acts.child(1), log=_log('late'), key=acts.key)
    r.add('split', 'the log beside it is shorter', late.child(1), log=_log('set-aside'), key=late.key)
    forged = joined([_resigned(parties, proof) for proof in _moved_class(parties.child(3))])
    r.add('valid', 'another class, and the host signs it: without the log nobody sees it', forged, key=parties.key)
    r.add('split', 'another class, and the host signs it: the log beside it', forged, log=_log('parties'), key=parties.key)
    forged = joined([_resigned(parties, proof, seed=COUNTED[31]) for proof in _moved_class(parties.child(3))])
    r.add('signature', 'another class, signed by somebody else', forged, key=parties.key)
    r.add('unpinned', 'another class, signed by somebody else, and nothing from outside', forged)


def _proof(r):
    base = r.bases['parties']
    good = base.child(3)

    def add(reason, data, **pins):
        r.add('proof', reason, data, **(pins or {'key': base.key}))

    for number, which in ((0, 'first'), (1, 'second')):
        add(f'{which} proof: another index', changed(good, number, lambda p: setattr(p, 'index', p.index ^ 1)))
        add(f'{which} proof: an index beyond the tree', changed(good, number, lambda p: setattr(p, 'index', p.note.size)))
        add(f'{which} proof: a bit of a node', changed(good, number, lambda p: p.path.__setitem__(1, bytes([p.path[1][0] ^ 1]) + p.path[1][1:])))
        add(f'{which} proof: a node missing', changed(good, number, lambda p: p.path.pop()))
        add(f'{which} proof: a node too many', changed(good, number, lambda p: p.path.append(bytes(32))))
    add('kept together with somebody, which no commitment covers', fields_changed(good, 0, 0, {3: lambda text: 'b1'}))
    add('another class', fields_changed(good, 1, 0, {4: lambda text: '2' if text == '1' else '1'}))
    add('another class, and nothing from outside', fields_changed(good, 1, 0, {4: lambda text: '2' if text == '1' else '1'}), fingerprint=base.fingerprint())
    add('another starting place', fields_changed(good, 1, 0, {2: lambda text: str(int(text) + 1)}))
    acts = r.bases['acts']
    add('moved to another class', fields_changed(acts.child(1), 2, 0, {3: lambda text: '2' if text == '1' else '1'}), key=acts.key)
    add('struck for another reason', fields_changed(acts.child(0), 2, 0, {3: lambda text: 'another reason'}), key=acts.key)
    proofs = read_proofs(acts.child(1))
    add('acts in another order', joined(proofs[:2] + proofs[:1:-1]), key=acts.key)
    add('an act twice', joined(proofs + proofs[-1:]), key=acts.key)
    first, second = read_proofs(good)
    line = second.extra[:-1]
    small = Proof(second.extra, 2, [], second.signed)
    add('the seat under a checkpoint of fewer lines', joined([first, _resigned(base, small, lines=[b'a', b'b', line])]))
    add('the seat under a checkpoint of fewer lines, and nothing from outside', joined([first, _resigned(base, small, lines=[b'a', b'b', line])]),
        fingerprint=base.fingerprint())


# Changing receipts

def joined(proofs):
    return b''.join(proof.text() for proof in proofs)


def changed(data, number, change):
    """The receipt with one proof changed in place."""
    proofs = read_proofs(data)
    change(proofs[number])
    return joined(proofs)


def fields_changed(data, number, which, functions):
    """The receipt with fields of one record of an extra changed."""
    def change(proof):
        lines = proof.extra.split(b'\n')
        fields = receipt.read_record(lines[which], None)
        for at, function in functions.items():
            fields[at] = function(fields[at])
        lines[which] = write_record(fields).encode()
        proof.extra = b'\n'.join(lines)
    return changed(data, number, change)


def _flip(text):
    return text[:-1] + ('0' if text[-1] != '0' else '1')


def _without(signed, name):
    """A signed note without the line of one signer (two others are left, or somebody's who says nothing)."""
    head, tail = signed.split(b'\n\n')
    lines = [line for line in tail.splitlines(True) if line.split(b' ')[1] != name.encode()]
    return head + b'\n\n' + b''.join(lines or [f'\u2014 somebody {note.base64_text(bytes(68))}\n'.encode()])


def _broken(signed, name, at=40):
    """One bit of a signature changed."""
    head, tail = signed.split(b'\n\n')
    lines = tail.decode().splitlines()
    for i, line in enumerate(lines):
        mark, signer, text = line.split(' ')
        if signer == name:
            data = bytearray(note.base64.b64decode(text))
            data[at] ^= 1
            lines[i] = f'{mark} {signer} {note.base64_text(bytes(data))}'
    return head + b'\n\n' + ''.join(line + '\n' for line in lines).encode()


def _signed_again(base, proof, name, seed):
    """A party's signature, valid but by another key."""
    text = proof.note.text
    field = note.cosign(seed, name, 1787000000, text)
    return _without(proof.signed, name) + f'\u2014 {name} {field[1:]}\n'.encode()


def _signed_by(base, proof, seed):
    """The host's signature by another key; the others stay."""
    text = proof.note.text
    others = _without(proof.signed, base.name).split(b'\n\n')[1]
    return text + b'\n' + f'\u2014 {base.name} {note.sign(seed, base.name, text)[1:]}\n'.encode() + others


def _resigned(base, proof, name=None, seed=None, lines=None):
    """The proof under another note by the host alone; lines: those of its tree (the proof's leaf among them)."""
    name, size, root, path = name or base.name, proof.note.size, proof.note.root, proof.path
    if lines:
        size, root, path = len(lines), tree.root_of(lines), tree.proof_of(proof.index, lines)
    text = note.note_text(name, size, root)
    signed = text + b'\n' + f'\u2014 {name} {note.sign(seed or base.seed, name, text)[1:]}\n'.encode()
    return Proof(proof.extra, proof.index, path, signed)


def _moved_class(data):
    """The proofs of a receipt, the second for a seat in another class, in a tree of its own of the same size."""
    first, second = read_proofs(data)
    fields = receipt.read_record(second.extra[:-1], None)
    fields[4] = '2' if fields[4] == '1' else '1'
    line = write_record(fields).encode()
    lines = [b'x'] * second.note.size
    lines[second.index] = line
    root, path = tree.root_of(lines), tree.proof_of(second.index, lines)
    changed_note = note.note_text(second.note.name, second.note.size, root) + second.signed[second.signed.index(b'\n\n') + 1:]
    return [first, Proof(line + b'\n', second.index, path, changed_note)]


def _of_kind(base, start):
    """A proof of the first line that begins so, under the last checkpoint."""
    number = next(i for i, line in enumerate(base.log.lines, 1) if line.startswith(start))
    last = base.log.checkpoints[-1]
    signatures = [(name, 'b' + note.base64_text(data)) for _, name, data in last.signatures]
    return receipt.prove(base.log.lines, number, (last.size, signatures, base.name), base.log.lines[number - 1] + b'\n')


# Files

def word_for(case, files):
    pins = Pins(case.one('key') if case.all('key') else None, case.one('fingerprint') if case.all('fingerprint') else None,
                policy.parse(files[case.one('policy')]) if case.all('policy') else None)
    return receipt.answer(files[case.one('receipt')], pins, files[case.one('log')] if case.all('log') else None,
                          case.one('until', 'results'))


def _bases():
    bases, given = {}, inputs()
    with tempfile.TemporaryDirectory() as scratch:
        for name in LIVE:
            play = play_draw(os.path.join(scratch, name), name)
            bases[name] = _Base(play.writer, play.master)
        write_files(os.path.join(scratch, 'twice'), given['twice'])
        seed = digest.mac(SEED, 'sunlot/v1/vectors', 'twice')
        bases['twice'] = _Base(rehearse(os.path.join(scratch, 'twice'), seed), digest.rehearsal_master(seed))
    return bases


def write_receipts(folder):
    cases = _Cases(_bases(), folder)
    for part in (_good, _parse, _commitment, _quorum, _signature, _split, _proof):
        part(cases)
    about = '# Receipts and the answers to them (SPEC 14.2)\n# given: receipt, log, key, policy, fingerprint, until; follows: word'
    cases.files['index.txt'] = ('\n\n'.join([about] + cases.blocks) + '\n').encode()
    cases.files['written.txt'] = cases.written()
    where = os.path.join(folder, 'receipts')
    for name in os.listdir(where) if os.path.isdir(where) else ():
        if name not in cases.files:
            os.remove(os.path.join(where, name))
    write_files(where, cases.files)


def check_receipts(folder):
    """The receipts that are answered otherwise, and how many cases there are."""
    where = os.path.join(folder, 'receipts')

    def read(*path):
        with open(os.path.join(*path), 'rb') as file:
            return file.read()

    files = {name: read(where, name) for name in os.listdir(where)}
    cases = read_cases(files['index.txt'].decode())
    files.update({case.one('log'): read(folder, case.one('log')) for case in cases if case.all('log')})
    wrong = [f'{case.one("receipt")} ({number})' for number, case in enumerate(cases, 1) if word_for(case, files) != case.one('word')]
    written = read_cases(files['written.txt'].decode())
    for case in written:
        person = Person(case.one('pseudonym'), case.hex('salt'), case.one('school'), case.one('id'), case.one('name'))
        if receipt.write(read(folder, case.one('log')), person) != files[case.one('receipt')]:
            wrong.append(f'{case.one("receipt")} (written)')
    return wrong, len(cases) + len(written)
