"""More than one log, and a log and earlier notes (SPEC 10.2)."""

import re

from .text import Fault
from .tree import Tree, leaf

LEAF = re.compile(b'leaf,h[0-9a-f]{64}')


def leaves_of(data):
    """The leaf of each line, without reading the log."""
    return [bytes.fromhex(line[6:].decode()) if LEAF.fullmatch(line) else leaf(line) for line in data.split(b'\n')[:-1]]


def is_longer(a, b):
    """Whether a log is the one that is answered for: of more lines, or of as many and the full edition."""
    sizes = a.count(b'\n'), b.count(b'\n')
    return sizes[0] > sizes[1] or (sizes[0] == sizes[1] and _is_full(a) and not _is_full(b))


def _is_full(data):
    return not any(LEAF.fullmatch(line) for line in data.split(b'\n'))


def first_difference(a, b):
    """The number of the first line that differs, or None where one log continues the other."""
    if a.startswith(b) or b.startswith(a):
        return None
    pairs = zip(leaves_of(a), leaves_of(b))
    return next((line for line, (x, y) in enumerate(pairs, 1) if x != y), None)


def check_continues(longer, shorter):
    line = first_difference(longer, shorter)
    if line is not None:
        raise Fault('split', line, 'the two logs differ from this line on')


def check_extends(log, note):
    """That the log's first lines are those of an earlier note."""
    if note is None:
        raise Fault('split', None, 'not a note')
    leaves, tree = log.leaves(), Tree()
    for digest in leaves[:note.size]:
        tree.append_leaf(digest)
    if note.name != log.draw.name or len(leaves) < note.size or tree.root() != note.root:
        raise Fault('split', None, 'the log does not extend the note')


def check_notes(log, notes):
    known = {(checkpoint.size, checkpoint.root) for checkpoint in log.checkpoints}
    for note in notes:
        if note is None or note.name != log.draw.name or (note.size, note.root) not in known:
            raise Fault('split', None, 'a note of no checkpoint of the log')
