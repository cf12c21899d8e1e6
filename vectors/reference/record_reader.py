"""Taking the records of a log one after another: forms and places (SPEC 2, 5)."""

import re

from .text import Fault, is_number, read_record

TYPES = {'sunlot', 'fact', 'party', 'group', 'quorum', 'source', 'rule', 'school', 'class', 'hand', 'lock', 'limit', 'teacher', 'student', 'leaf',
         'commit', 'missing', 'reveal', 'checkpoint', 'signature', 'entropy', 'placed', 'matched', 'seat', 'section', 'count', 'mean', 'deviation',
         'struck', 'moved', 'by-hand', 'replaced', 'set-aside', 'late', 'late-seat', 'withdrawn'}
ANY = 10 ** 12


class RecordReader:
    def __init__(self, data):
        self.lines = data.split(b'\n')
        self.tail = self.lines.pop()
        self.at, self.loaded, self.record = 0, -1, None

    @property
    def fields(self):
        """The record that is next, read when first asked for; None at the end."""
        if self.loaded != self.at:
            self.loaded, self.record = self.at, None
            if self.at < len(self.lines):
                self.record = read_record(self.lines[self.at], self.at + 1)
                if self.record[0] not in TYPES:
                    raise Fault('parse', self.at + 1, 'an unknown type')
            elif self.tail:
                raise Fault('parse', self.at + 1, 'a line without LF')
        return self.record

    def line(self):
        return self.at + 1

    def next_is(self, *kinds):
        return self.fields is not None and self.fields[0] in kinds

    def take(self, kind, forms):
        """The fields of the next record, which must be of this type; forms: one check a field after the type."""
        if not self.next_is(kind):
            raise Fault('order', self.line(), f'{kind} is due')
        fields, line = self.fields, self.line()
        if len(fields) != len(forms) + 1:
            raise Fault('parse', line, 'a wrong number of fields')
        for place, (field, form) in enumerate(zip(fields[1:], forms), 2):
            if not form(field):
                raise Fault('parse', line, f'field {place} does not have its form')
        self.at += 1
        return fields

    def misplaced(self, line, reason):
        raise Fault('order', line, reason)


def number(least, most):
    return lambda text: is_number(text, least, most)


def one_of(*texts):
    return lambda text: text in texts


def matches(pattern):
    return lambda text: re.fullmatch(pattern, text) is not None


def any_text(_):
    return True


def take_leaf(reader, log):
    """A line that stands for a student's in a public edition."""
    line = reader.line()
    log.hidden[line] = bytes.fromhex(reader.take('leaf', (matches('h[0-9a-f]{64}'),))[1][1:])
