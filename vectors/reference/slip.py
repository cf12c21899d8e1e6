"""Slips: the link of a child, and what is typed against its line (SPEC 14.5)."""

import re

from . import digest, log_reader
from .text import SPACES
from .verify import CHECKS, Pins, verify

FRAGMENT = re.compile(r'1\.([0-9A-Fa-f]{32})\.([0-9A-Fa-f]{64})\.([0-9A-Fa-f]{64})')
BLANKS = ' \t\r\n'


class Slip:
    """pseudonym `s...`, salt and fingerprint (32 bytes each)."""

    def __init__(self, pseudonym, salt, fingerprint):
        self.pseudonym, self.salt, self.fingerprint = pseudonym, salt, fingerprint

    def link(self, address=''):
        digits = '.'.join([self.pseudonym[1:], self.salt.hex(), self.fingerprint.hex()])
        return f'{address}verify.html#1.{digits.upper()}'


def read(link):
    """The Slip of a link or of its fragment; None if it is none."""
    link = link.strip(BLANKS)
    match = FRAGMENT.fullmatch(link.partition('#')[2] if '#' in link else link)
    if not match:
        return None
    pseudonym, salt, fingerprint = (digits.lower() for digits in match.groups())
    return Slip('s' + pseudonym, bytes.fromhex(salt), bytes.fromhex(fingerprint))


def write(data, pseudonym, salt):
    """The link of a student's slip of a log."""
    log = log_reader.read(data)
    return Slip(pseudonym, salt, log.checkpoint('seed-base').root).link(log.draw.facts.get('address', ''))


def line_of(log, pseudonym):
    """Of a student's line: its number, the name of the school, the commitment and the values; None if the log shows none."""
    for school in log.draw.schools:
        for student in school.students:
            if student.pseudonym == pseudonym:
                return student.line, school.name, student.commitment, student.values
    for act in log.acts:
        for line, fields in act.records if act.kind == 'late' else ():
            if fields[0] == 'late' and fields[3] == pseudonym:
                return line, log.draw.schools[int(fields[2]) - 1].name, fields[4], []
    return None


def opened(log, slip, person_id, name):
    """The commitment that slip, id and name give for the student's line, and whether it is the line's: (number of the line, commitment, bool)."""
    found = line_of(log, slip.pseudonym)
    if found is None:
        return None
    line, school, commitment, values = found
    there = 'h' + digest.commitment(slip.salt, slip.pseudonym, school, person_id.strip(SPACES), name.strip(SPACES), values).hex()
    return line, there, there == commitment


def answer(data, slip, person_id, name, until='results'):
    """The word for a log, a slip and a child that is typed; and what `opened` gives, None where the log shows no line."""
    judged = verify(data, until=until, pins=Pins(fingerprint=slip.fingerprint.hex()))
    told = opened(judged.log, slip, person_id, name) if judged.log else None
    first = CHECKS.index(judged.word) if judged.word in CHECKS else len(CHECKS)
    wrong = told is not None and not told[2] and first > CHECKS.index('commitment')
    return 'commitment' if wrong else judged.word, told
