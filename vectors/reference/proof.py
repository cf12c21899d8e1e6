"""C2SP tlog-proofs (SPEC 14.1)."""

import base64
import binascii

from . import note, tree
from .text import is_number

HEADER = 'c2sp.org/tlog-proof@v1'


class Proof:
    """extra: bytes, or None; index: of the leaf, from 0; path: from the bottom up; note: a Note; signed: its bytes."""

    def __init__(self, extra, index, path, signed):
        self.extra, self.index, self.path, self.signed = extra, index, path, signed
        self.note = note.read_note(signed)

    def text(self):
        lines = [HEADER] + ([f'extra {note.base64_text(self.extra)}'] if self.extra is not None else []) + [f'index {self.index}']
        return ''.join(line + '\n' for line in lines + [note.base64_text(node) for node in self.path] + ['']).encode() + self.signed

    def holds(self, line):
        return tree.holds(self.index, self.note.size, line, self.path, self.note.root)


def read_proofs(data):
    """The proofs that stand one after another in these bytes, or None if that is not what they are."""
    try:
        lines = data.decode().split('\n')
    except UnicodeDecodeError:
        return None
    if lines.pop():
        return None
    proofs, at = [], 0
    while at < len(lines):
        end = next((i for i in range(at + 1, len(lines)) if lines[i] == HEADER), len(lines))
        proofs.append(_read_proof(lines[at:end]))
        if proofs[-1] is None:
            return None
        at = end
    return proofs or None


def _read_proof(lines):
    if lines[0] != HEADER or '' not in lines:
        return None
    head, tail = lines[1:lines.index('')], lines[lines.index('') + 1:]
    extra = None
    if head and head[0].startswith('extra '):
        extra = any_base64(head.pop(0)[len('extra '):])
        if extra is None:
            return None
    if not head or not head[0].startswith('index ') or not is_number(head[0][len('index '):], 0, 10 ** 12):
        return None
    path = [note.base64_bytes(node, 32) for node in head[1:]]
    proof = Proof(extra, int(head[0][len('index '):]), path, ''.join(line + '\n' for line in tail).encode())
    return None if None in path or proof.note is None else proof


def any_base64(text):
    """The bytes of canonical base64 of any length, else None."""
    try:
        data = base64.b64decode(text.encode(), validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if note.base64_text(data) == text else None


def prove(lines, number, checkpoint, extra):
    """The Proof of the line of this number (from 1) under a checkpoint; lines: those of the log, bytes.

    checkpoint: size and signatures, name and field of each, and the draw id.
    """
    size, signatures, draw_id = checkpoint
    under = lines[:size]
    signed = note.write_note(draw_id, size, tree.root_of(under), signatures)
    return Proof(extra, number - 1, tree.proof_of(number - 1, under), signed)
