"""Checkpoints and the signatures after them, as records of a log (SPEC 6)."""

import base64
import re

from . import note
from .record_reader import ANY, any_text, number
from .roster import REHEARSAL, is_digest

PHASE = re.compile('list|commits|seed-base|digits|digits-2|groups|results|withdrawn|(after|late-base|late-digits)-[1-9][0-9]{0,2}')
QUORUMS = {'seed-base': 'seed-base', 'groups': 'seed-base', 'digits': 'digits', 'digits-2': 'digits'}


class Checkpoint:
    """signatures: line, name and bytes of each; act: the number of the act it belongs to, else 0; quorum: which one it needs, or None."""

    def __init__(self, phase, line, size, root):
        self.phase, self.line, self.size, self.root = phase, line, size, root
        self.signatures, self.act, self.quorum = [], 0, QUORUMS.get(phase)


def take_checkpoint(reader, log, phase, act=0, quorum=None):
    line = reader.line()
    fields = reader.take('checkpoint', (lambda text: PHASE.fullmatch(text) is not None, number(0, ANY), is_digest))
    if fields[1] != phase:
        reader.misplaced(line, f'the checkpoint {phase} is due')
    checkpoint = Checkpoint(phase, line, int(fields[2]), bytes.fromhex(fields[3][1:]))
    checkpoint.act, checkpoint.quorum = act, quorum or checkpoint.quorum
    log.checkpoints.append(checkpoint)
    last, names = -1, [party.name for party in log.draw.parties]
    while reader.next_is('signature'):
        line = reader.line()
        _, name, text = reader.take('signature', (bool, note.is_signature))
        if name in names:
            place = names.index(name)
            if place <= last or (place and log.draw.mode == REHEARSAL):
                reader.misplaced(line, 'signatures not in the order of the parties')
            last = place
        checkpoint.signatures.append((line, name, base64.b64decode(text[1:])))
    return checkpoint


def take_entropy(reader):
    """Line and fields of each record `entropy`."""
    entropy = []
    while reader.next_is('entropy') or not entropy:
        line = reader.line()
        entropy.append((line, reader.take('entropy', (any_text, any_text))))
    return entropy
