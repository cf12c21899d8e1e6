"""Logs to be changed: faults are put in, and everything else is signed anew."""

from . import announce, log_reader, note
from .text import write_record


class Forge:
    """A log to be changed: lines as lists of fields, or as bytes where no record is wanted."""

    def __init__(self, writer):
        self.secrets, self.name = writer.secrets, writer.name
        self.lines = [log_reader.read_record(line, 0) for line in writer.lines]
        self.ending = b'\n'
        self.frozen = set()

    def copy(self):
        other = object.__new__(Forge)
        other.secrets, other.name, other.ending, other.frozen = self.secrets, self.name, self.ending, set(self.frozen)
        other.lines = [list(line) if isinstance(line, list) else line for line in self.lines]
        return other

    def at(self, kind, number=0):
        """The index of a record of this type; number may be negative."""
        return [i for i, line in enumerate(self.lines) if isinstance(line, list) and line[0] == kind][number]

    def set(self, kind, field, value, number=0):
        self.lines[self.at(kind, number)][field] = value

    def cut(self, end):
        """Keep the lines up to the signature of seed-base (0), of digits (1), or all."""
        if end < 2:
            del self.lines[self.at('signature', end) + 1:]
        return self

    def data(self):
        """The bytes, with every checkpoint and signature made anew that is not frozen."""
        writer = announce.Writer(self.secrets)
        writer.name = self.name
        for i, line in enumerate(self.lines):
            if not isinstance(line, list) or line[0] not in ('checkpoint', 'signature') or i in self.frozen:
                writer.add_line(line if isinstance(line, bytes) else write_record(line).encode())
            elif line[0] == 'checkpoint':
                line[2], line[3] = str(writer.tree.size), 'h' + writer.tree.root().hex()
                writer.add_line(write_record(line).encode())
                root = bytes.fromhex(line[3][1:])
                size = line[2]
            else:
                line[2] = self.signed(int(size), root, line[1])
                writer.add_line(write_record(line).encode())
        return self.ending.join(writer.lines) + self.ending

    def signed(self, size, root, name):
        public = self.secrets.log_public()
        return note.write_signature(name, public, announce.ed25519.sign(self.secrets.log_seed, note.note_text(self.name, size, root)))


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


def after_signing(kind, field, value, number=0):
    def change(forge):
        forge.data()
        forge.frozen |= {i for i, line in enumerate(forge.lines) if line[0] in ('checkpoint', 'signature')}
        forge.set(kind, field, value, number)
    return change
