"""Receipts: what a student's family keeps (SPEC 14.2)."""

from . import digest, note, tree
from .proof import prove, read_proofs
from .roster import REHEARSAL, is_digest, is_pseudonym
from .text import Fault, read_record, write_record
from .verify import Pins, verify

FIRST = {'student': 'seat', 'late': 'late-seat'}
# Of each type how many fields it has (`student`: at least), where its pseudonym stands.
SHAPES = {'student': (7, 1), 'late': (6, 3), 'seat': (6, 1), 'late-seat': (4, 1), 'struck': (5, 2), 'moved': (6, 2), 'by-hand': (5, None)}
BASES = {'student': 'seed-base', 'late': 'late-base-'}
ACTS = ('struck', 'moved', 'by-hand')


class Person:
    """The private record. salt: 32 bytes; school: its name."""

    def __init__(self, pseudonym, salt, school, person_id, name):
        self.pseudonym, self.salt, self.school, self.id, self.name = pseudonym, salt, school, person_id, name

    def line(self):
        return write_record(['person', self.pseudonym, 'h' + self.salt.hex(), self.school, self.id, self.name]).encode()


# Writing

def write(data, person):
    """The receipt (bytes) of a student, from the bytes of a full log; None if the log has no such student under a seed base."""
    lines = data.split(b'\n')[:-1]
    records = [read_record(line, number) for number, line in enumerate(lines, 1)]
    draw_id = 'sunlot/v1/' + '/'.join(records[0][3:])
    checkpoints = []  # (phase, size, signatures)
    for fields in records:
        if fields[0] == 'checkpoint':
            checkpoints.append((fields[1], int(fields[2]), []))
        elif fields[0] == 'signature':
            checkpoints[-1][2].append((fields[1], fields[2]))
    mine, school = [], None
    for number, fields in enumerate(records, 1):
        if fields[0] == 'school':
            block = fields[1]
        if fields[0] in SHAPES and SHAPES[fields[0]][1] and fields[SHAPES[fields[0]][1]] == person.pseudonym:
            mine.append(number)
            if fields[0] in FIRST:
                school = fields[2] if fields[0] == 'late' else block
    if school is None:
        return None
    first = min(mine)
    mine += [number for number, fields in enumerate(records, 1) if number > first and fields[0] == 'by-hand' and fields[2] == school]
    base = next((checkpoint for checkpoint in checkpoints if checkpoint[1] >= first and checkpoint[0].startswith(BASES[records[first - 1][0]])), None)
    if base is None:
        return None
    proofs = [_proof(draw_id, lines, first, base, lines[first - 1] + b'\n' + person.line() + b'\n')]
    last = checkpoints[-1]
    for number in sorted(mine)[1:]:
        if number <= last[1]:
            proofs.append(_proof(draw_id, lines, number, last, lines[number - 1] + b'\n'))
    return b''.join(proof.text() for proof in proofs)


def _proof(draw_id, lines, number, checkpoint, extra):
    return prove(lines, number, (checkpoint[1], checkpoint[2], draw_id), extra)


# Checking

class Receipt:
    """proofs; of each the line (bytes) and its fields; person: the fields of that record."""

    def __init__(self, data):
        self.proofs = read_proofs(data)
        if self.proofs is None:
            raise Fault('parse', None, 'not proofs')
        first = _records(self.proofs[0], 2)
        self.lines, self.person = [first[0]], first[1][1]
        for proof in self.proofs[1:]:
            self.lines += _records(proof, 1)
        self._check_types()
        if len({proof.note.name for proof in self.proofs}) > 1:
            raise Fault('parse', None, 'notes of several draws')

    def _check_types(self):
        kinds = [fields[0] for _, fields in self.lines]
        if kinds[0] not in FIRST or any(kind != FIRST[kinds[0]] for kind in kinds[1:2]) or any(kind not in ACTS for kind in kinds[2:]):
            raise Fault('parse', None, 'a record of another type')
        for _, fields in self.lines:
            count, at = SHAPES[fields[0]]
            if len(fields) < count or (fields[0] != 'student' and len(fields) > count):
                raise Fault('parse', None, 'a record of another number of fields')
            if at and not (is_pseudonym(fields[at], 's') and fields[at] == self.pseudonym()):
                raise Fault('parse', None, 'a record of somebody else')
        if self.person[0] != 'person' or len(self.person) != 6 or self.person[1] != self.pseudonym() or not is_digest(self.person[2]):
            raise Fault('parse', None, 'not the private record')
        if not is_digest(self.commitment()):
            raise Fault('parse', None, 'no commitment')

    def is_late(self):
        return self.lines[0][1][0] == 'late'

    def pseudonym(self):
        fields = self.lines[0][1]
        return fields[SHAPES[fields[0]][1]]

    def commitment(self):
        return self.lines[0][1][4 if self.is_late() else 2]

    def values(self):
        return [] if self.is_late() else self.lines[0][1][7:]

    def draw_id(self):
        return self.proofs[0].note.name


def _records(proof, count):
    """The lines of an extra with their fields."""
    lines = (proof.extra or b'').split(b'\n')
    if len(lines) != count + 1 or lines[-1]:
        raise Fault('parse', None, 'not as many records as are due')
    return [(line, read_record(line, None)) for line in lines[:-1]]


def answer(data, pins=None, log=None, until='results'):
    """The word for a receipt. pins: verify.Pins (vkey, policy, fingerprint); log: the bytes of a log beside it; until: the phase asked for."""
    pins = pins or Pins()
    judged = verify(log, until=until, pins=pins) if log is not None else None
    read = judged and judged.log
    try:
        receipt = Receipt(data)
        _check_commitment(receipt)
        _check_signatures(receipt, pins, read)
        _check_roots(receipt, pins, log, read)
        _check_proofs(receipt, read)
    except Fault as fault:
        return fault.word
    if judged:
        return judged.word
    if receipt.draw_id().startswith(f'sunlot/v1/{REHEARSAL}/'):
        return 'rehearsal'
    if len(receipt.proofs) == 1 and until not in ('list', 'commits', 'seed-base'):
        return 'incomplete'
    if pins.vkey is None and pins.policy is None and (pins.fingerprint is None or len(receipt.proofs) > 1):
        return 'unpinned'
    return 'valid'


def _check_commitment(receipt):
    _, pseudonym, salt, school, person_id, name = receipt.person
    found = digest.commitment(bytes.fromhex(salt[1:]), pseudonym, school, person_id, name, receipt.values())
    if 'h' + found.hex() != receipt.commitment():
        raise Fault('commitment', None, 'the record is not the one of the line')


def _check_signatures(receipt, pins, log):
    name, first = receipt.draw_id(), receipt.proofs[0].note
    hosts = [[signature for signer, signature in proof.note.signatures if signer == name and len(signature) == 68] for proof in receipt.proofs]
    if not all(hosts):
        raise Fault('quorum', None, 'the host has not signed')
    witnessed = []  # vkey, name, public key and signature of each by a witness of the policy
    for vkey in pins.policy.witnesses.values() if pins.policy else ():
        witness, public = vkey.split('+')[0], note.read_vkey(vkey, kind=note.PARTY)
        for signer, signature in first.signatures:
            if signer == witness and len(signature) == 76 and signature[:4] == note.key_id(witness, public, note.PARTY):
                witnessed.append((vkey, witness, public, signature))
    if pins.policy:
        public = note.read_vkey(pins.policy.log, name)
        ours = public and any(signature[:4] == note.key_id(name, public) for signature in hosts[0])
        if ours and not pins.policy.reached({vkey for vkey, *_ in witnessed}):
            raise Fault('quorum', None, 'the quorum of the policy is not reached')
    keys = [key for key in (pins.vkey, pins.policy and pins.policy.log, log and note.write_vkey(log.draw.name, log.draw.public)) if key]
    if not keys:
        return
    public = note.read_vkey(keys[0], name)
    if len(set(keys)) > 1 or public is None:
        raise Fault('signature', None, 'another log key')
    for proof, signatures in zip(receipt.proofs, hosts):
        by_key = [signature for signature in signatures if signature[:4] == note.key_id(name, public)]
        if not by_key or not all(note.accepts(name, public, note.HOST, proof.note.text, signature) for signature in by_key):
            raise Fault('signature', None, 'not signed by the log key')
    for _, witness, key, signature in witnessed:
        if not note.accepts(witness, key, note.PARTY, first.text, signature):
            raise Fault('signature', None, 'a signature of a witness that is not valid')


def _check_roots(receipt, pins, data, log):
    if pins.fingerprint is not None and data is None and receipt.proofs[0].note.root.hex() != pins.fingerprint:
        raise Fault('split', None, 'not the root that was shown')
    if log:
        known = {(checkpoint.size, checkpoint.root) for checkpoint in log.checkpoints}
        if any((proof.note.size, proof.note.root) not in known for proof in receipt.proofs):
            raise Fault('split', None, 'a note of no checkpoint of the log')


def _check_proofs(receipt, log):
    leaves = log.leaves() if log else None
    indices = [proof.index for proof in receipt.proofs]
    if any(a >= b for a, b in zip(indices, indices[1:])):
        raise Fault('proof', None, 'lines not in the order of the log')
    for proof, (line, _) in zip(receipt.proofs, receipt.lines):
        if not proof.holds(line) or proof.note.size < receipt.proofs[0].note.size:
            raise Fault('proof', None, 'a proof that does not hold')
        if leaves and leaves[proof.index] != tree.leaf(line):
            raise Fault('proof', None, 'not the line of the log')
