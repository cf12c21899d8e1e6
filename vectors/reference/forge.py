"""Logs to be changed: faults are put in, and everything else is signed anew."""

from . import digest, note, parties
from .ceremony import sign_commitment
from .several import LEAF
from .text import read_record, write_record
from .tree import Tree, leaf

TIME = 1787000000
ENDS = ('seed-base', 'digits')


class Forge:
    """A log to be changed: lines as lists of fields, or as bytes where no record is wanted.

    keys: the seeds of each party, one after the other; contributions: of each party that commits.
    """

    def __init__(self, writer, keys=None, contributions=None):
        self.secrets, self.name = writer.secrets, writer.name
        self.keys, self.contributions = keys or {}, contributions or {}
        self.lines = [read_record(line, 0) for line in writer.lines]
        self.ending = b'\n'
        self.frozen = set()

    def copy(self):
        other = object.__new__(Forge)
        other.__dict__.update(self.__dict__)
        other.frozen = set(self.frozen)
        other.lines = [list(line) if isinstance(line, list) else line for line in self.lines]
        return other

    def at(self, kind, number=0):
        """The index of a record of this type; number may be negative."""
        return [i for i, line in enumerate(self.lines) if isinstance(line, list) and line[0] == kind][number]

    def checkpoint(self, phase):
        """The index of the checkpoint of a phase."""
        return next(i for i, line in enumerate(self.lines) if line[:2] == ['checkpoint', phase])

    def end_of(self, phase):
        """The index behind the signatures of a phase."""
        i = self.checkpoint(phase) + 1
        while i < len(self.lines) and self.lines[i][0] == 'signature':
            i += 1
        return i

    def signature(self, phase, party='host'):
        """The index of a party's signature of a phase."""
        name = parties.key_name(self.name, party)
        return next(i for i in range(self.checkpoint(phase), self.end_of(phase)) if self.lines[i][1] == name)

    def set(self, kind, field, value, number=0):
        self.lines[self.at(kind, number)][field] = value

    def cut(self, end):
        """Keep the lines up to the signatures of a phase (0: seed-base, 1: digits), or all (2)."""
        if end != 2:
            del self.lines[self.end_of(ENDS[end] if isinstance(end, int) else end):]
        return self

    def data(self):
        """The bytes, with every checkpoint, signature and commitment made anew that is not frozen."""
        tree, signer = Tree(), _Signer(self)
        written = []
        for i, line in enumerate(self.lines):
            if isinstance(line, list) and i not in self.frozen:
                signer.renew(line, tree)
            text = line if isinstance(line, bytes) else write_record(line).encode()
            written.append(text)
            tree.append_leaf(bytes.fromhex(text[6:].decode()) if LEAF.fullmatch(text) else leaf(text))
        return self.ending.join(written) + self.ending

    def signed(self, size, root, name):
        return note.sign(self.secrets.log_seed, name, note.note_text(self.name, size, root))

    def cosigned(self, size, root, party, time=TIME, seed=None):
        """A signature by a party's first key, or another one."""
        name = parties.key_name(self.name, party)
        return note.cosign(seed or self.keys[party][0], name, time, note.note_text(self.name, size, root))


class _Signer:
    """Makes lines anew, one after the other."""

    def __init__(self, forge):
        self.forge, self.size, self.root, self.list_root = forge, 0, bytes(32), bytes(32)
        self.keys = {party: list(seeds) for party, seeds in forge.keys.items()}
        self.replaced, self.root_is_of_act = [], False

    def renew(self, line, tree):
        if line[0] != 'signature' and self.replaced and self.root_is_of_act:
            for party in self.replaced:
                self.keys[party].pop(0)
            self.replaced = []
        if line[0] == 'checkpoint':
            self.size, self.root = tree.size, tree.root()
            self.root_is_of_act = line[1].startswith('after-')
            if line[1] == 'list':
                self.list_root = self.root
            line[2], line[3] = str(self.size), 'h' + self.root.hex()
        elif line[0] == 'signature':
            line[2] = self._signature(line[1], line[2])
        elif line[0] == 'commit' and len(line) == 4 and line[1] in self.forge.contributions:
            self._commit(line)
        elif line[0] == 'replaced' and len(self.keys.get(line[2], [])) > 1:
            self.root_is_of_act = False
            self.replaced.append(line[2])

    def _signature(self, name, old):
        party = name[len(self.forge.name) + 1:] if name.startswith(self.forge.name + '/') else ''
        if party not in self.keys:
            return self.forge.signed(self.size, self.root, name)
        data = note.base64_bytes(old[1:], 76)
        time = note.time_of(data) if data else TIME
        return note.cosign(self.keys[party][0], name, time, note.note_text(self.forge.name, self.size, self.root))

    def _commit(self, line):
        value = self.forge.contributions[line[1]]
        line[2] = 'h' + digest.contribution(value, self.forge.name, line[1], self.list_root).hex()
        line[3] = sign_commitment(self.keys[line[1]][0], self.forge.name, line[1], line[2])


def edit(kind, field, value, number=0):
    return lambda forge: forge.set(kind, field, value, number)


def raw(kind, function, number=0):
    """The line as bytes, changed by function."""
    def change(forge):
        i = forge.at(kind, number)
        forge.lines[i] = function(write_record(forge.lines[i]).encode())
    return change


def remove(kind, number=0):
    def change(forge):
        del forge.lines[forge.at(kind, number)]
    return change


def repeat(kind, number=0):
    def change(forge):
        i = forge.at(kind, number)
        forge.lines.insert(i, list(forge.lines[i]))
    return change


def move(kind, number, before, where=0):
    def change(forge):
        line = forge.lines.pop(forge.at(kind, number))
        forge.lines.insert(forge.at(before, where), line)
    return change


def insert(before, number, line):
    def change(forge):
        forge.lines.insert(forge.at(before, number), line)
    return change


def insert_before_checkpoint(phase, *lines):
    def change(forge):
        i = forge.checkpoint(phase)
        forge.lines[i:i] = [list(line) for line in lines]
    return change


def append(*lines):
    """Lines after the end; of signatures and checkpoints the last field may be anything, it is made anew."""
    def change(forge):
        forge.lines += [list(line) for line in lines]
    return change


def both(*changes):
    def change(forge):
        for each in changes:
            each(forge)
    return change


def frozen_checkpoint(function, number=0):
    def change(forge):
        forge.data()
        i = forge.at('checkpoint', number)
        forge.lines[i] = function(forge.lines[i])
        forge.frozen |= {i, i + 1}
    return change


def frozen_signature(function, number=0):
    """function gets the forge and the signature line, made as it should be."""
    def change(forge):
        forge.data()
        i = forge.at('signature', number)
        forge.lines[i] = function(forge, forge.lines[i])
        forge.frozen.add(i)
    return change


def frozen_party_signature(phase, party, function):
    """function gets the forge, the size and root that the phase signs, and the signature line; it returns the line."""
    def change(forge):
        forge.data()
        i, checkpoint = forge.signature(phase, party), forge.lines[forge.checkpoint(phase)]
        forge.lines[i] = function(forge, int(checkpoint[2]), bytes.fromhex(checkpoint[3][1:]), forge.lines[i])
        forge.frozen.add(i)
    return change


def frozen_line(kind, function, number=0):
    """A line as function makes it from what it should be, and it stays so."""
    def change(forge):
        forge.data()
        i = forge.at(kind, number)
        forge.lines[i] = function(forge, list(forge.lines[i]))
        forge.frozen.add(i)
    return change


def after_signing(kind, field, value, number=0):
    def change(forge):
        forge.data()
        forge.frozen |= {i for i, line in enumerate(forge.lines) if line[0] in ('checkpoint', 'signature', 'commit')}
        forge.set(kind, field, value, number)
    return change
