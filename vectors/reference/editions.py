"""The public edition of a log whose rows are for auditors (SPEC 5, 10)."""

from . import results
from .entropy import seed_of
from .text import read_record
from .tree import leaf

HIDDEN = (b'student,', b'late,')


def public_line(line):
    return b'leaf,h' + leaf(line).hex().encode() if line.startswith(HIDDEN) else line


def public_edition(data):
    """The public edition of a full one."""
    return b''.join(public_line(line) + b'\n' for line in data.split(b'\n')[:-1])


def attesters(log, notes=()):
    """The ids of those who have recomputed the full edition: they signed `results` with keys of their own."""
    checkpoint = log.checkpoint('results')
    if checkpoint is None:
        return []
    names = {name for _, name, _ in checkpoint.signatures}
    names |= {name for note in notes if note and (note.size, note.root) == (checkpoint.size, checkpoint.root) for name, _ in note.signatures}
    return [party.id for party in log.draw.parties if party.name in names and party.is_own()]


def result_faults(log):
    """What a public edition shows to be wrong with its results: (line, reason), the first line first."""
    records = [(line, read_record(text, line)) for line, text in enumerate(log.result_lines(), log.rounds[0].start)]
    at = 0
    for school in log.draw.schools:
        if at == len(records) or records[at][1][1] != str(school.number):
            yield log.rounds[0].end if at == len(records) else records[at][0], 'the results of another school, or none'
            return
        end = next((i for i in range(at + 1, len(records)) if records[i][1][0] == 'placed'), len(records))
        yield from _seat_faults(log, school, records[at + 1:end] + [(records[end][0] if end < len(records) else log.rounds[0].end, ['', ''])])
        at = end
    if at < len(records):
        yield records[at][0], 'the results of a school that is not in the log'


def _seat_faults(log, school, records):
    """records: those of the block but the first, and what stands behind it."""
    names = [name for name, _ in school.classes]
    class_of, group_of = {}, {}
    if school.is_uniform():
        for name, g in zip(names, results.number_classes(school, seed_of(log))):
            class_of[f'G{g + 1}'], group_of[name] = name, f'G{g + 1}'
    last, locked = '', set(school.locks)
    for count, (line, fields) in enumerate(records):
        if (fields[0] == 'seat') != (count < school.announced):
            yield line, 'not as many seats as students'
            return
        if fields[0] != 'seat':
            if locked:
                yield line, 'a lock of nobody'
            return
        _, pseudonym, _, group, name, _ = fields
        if pseudonym <= last:
            yield line, 'seats not in order'
        if name not in names or int(group[1:]) > len(names):
            yield line, 'a class or a group that the school does not have'
        if class_of.setdefault(group, name) != name or group_of.setdefault(name, group) != group:
            yield line, 'a group in another class'
        if pseudonym in school.locks and school.locks[pseudonym][0] != name:
            yield line, 'a student who is not in the class of the lock'
        locked.discard(pseudonym)
        last = pseudonym
