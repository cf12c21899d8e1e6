"""Checkpoints as notes, signatures, cosignatures, keys and the minisign file (SPEC 6)."""

import base64
import binascii
import hashlib

from . import ed25519
from .digest import sha256
from .text import is_number

PHASES = ('list', 'commits', 'seed-base', 'digits', 'groups', 'results')  # those that can be asked for
HOST, PARTY = 1, 4  # the types of keys: who signs the note itself, and who signs it with a time
LATEST = 253402300799  # the last second of the year 9999


def base64_text(data):
    return base64.b64encode(data).decode()


def base64_bytes(text, length):
    """The bytes of canonical base64 of this length, else None."""
    try:
        data = base64.b64decode(text.encode(), validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) == length and base64_text(data) == text else None


def key_id(name, public, kind=HOST):
    return sha256(name.encode() + b'\n' + bytes([kind]) + public)[:4]


def write_vkey(name, public, kind=HOST):
    return f'{name}+{key_id(name, public, kind).hex()}+{base64_text(bytes([kind]) + public)}'


def read_vkey(text, name=None, kind=HOST):
    """The public key of a vkey of this kind (and name), else None."""
    parts = text.split('+', 2)
    if len(parts) != 3 or not parts[0] or name not in (None, parts[0]):
        return None
    key = base64_bytes(parts[2], 33)
    if key is None or key[0] != kind or parts[1] != key_id(parts[0], key[1:], kind).hex():
        return None
    return key[1:]


def note_text(draw_id, size, root):
    return f'{draw_id}\n{size}\n{base64_text(root)}\n'.encode()


def cosigned_text(time, text):
    """What a party other than the host signs: the note with a time."""
    return f'cosignature/v1\ntime {time}\n'.encode() + text


def write_signature(name, public, signature):
    return 'b' + base64_text(key_id(name, public) + signature)


def sign(seed, name, text):
    """The field of the host's signature of a note."""
    return write_signature(name, ed25519.public_key(seed), ed25519.sign(seed, text))


def cosign(seed, name, time, text):
    """The field of another party's signature of a note."""
    signature = ed25519.sign(seed, cosigned_text(time, text))
    return 'b' + base64_text(key_id(name, ed25519.public_key(seed), PARTY) + time.to_bytes(8, 'big') + signature)


def is_signature(field):
    """Whether a field has the form of a signature or of a cosignature."""
    return field[:1] == 'b' and (base64_bytes(field[1:], 68) is not None
                                 or (base64_bytes(field[1:], 76) is not None and 1 <= time_of(base64_bytes(field[1:], 76)) <= LATEST))


def time_of(data):
    return int.from_bytes(data[4:12], 'big')


def accepts(name, public, kind, text, data):
    """Whether data (key id, perhaps time, and signature) is a signature of the note by this key."""
    if len(data) != (68 if kind == HOST else 76) or data[:4] != key_id(name, public, kind):
        return False
    return ed25519.verify(public, text if kind == HOST else cosigned_text(time_of(data), text), data[-64:])


class Note:
    """A note file: whose draw, size and root, the text that is signed, and the signatures (name, bytes)."""

    def __init__(self, name, size, root, text, signatures):
        self.name, self.size, self.root, self.text, self.signatures = name, size, root, text, signatures


def read_note(data):
    """The Note in a signed note, else None."""
    try:
        head, _, tail = data.decode().partition('\n\n')
    except UnicodeDecodeError:
        return None
    lines = head.split('\n')
    root = base64_bytes(lines[2], 32) if len(lines) == 3 else None
    if root is None or not lines[0] or not is_number(lines[1], 0, 10 ** 12) or tail[-1:] != '\n':
        return None
    signatures = []
    for line in tail[:-1].split('\n'):
        parts = line.split(' ')
        if len(parts) != 3 or parts[0] != '\u2014' or not parts[1] or not is_signature('b' + parts[2]):
            return None
        signatures.append((parts[1], base64.b64decode(parts[2])))
    return Note(lines[0], int(lines[1]), root, note_text(lines[0], int(lines[1]), root), signatures)


def write_note(draw_id, size, root, signatures):
    """A checkpoint as a C2SP signed note. signatures: name and field of each."""
    lines = ''.join(f'\u2014 {name} {field[1:]}\n' for name, field in signatures)
    return note_text(draw_id, size, root) + b'\n' + lines.encode()


def signed_note(draw_id, size, root, name, public, signature):
    """The checkpoint as a C2SP signed note by the host alone."""
    return write_note(draw_id, size, root, [(name, write_signature(name, public, signature))])


def minisign_public(key_number, public):
    return base64_text(b'Ed' + key_number + public)


def read_minisign_public(text):
    data = base64_bytes(text, 42)
    return None if data is None or data[:2] != b'Ed' else (data[2:10], data[10:])


def minisign_file(seed, key_number, data, comment):
    """The signature file of minisign over data, prehashed."""
    signature = ed25519.sign(seed, hashlib.blake2b(data).digest())
    whole = ed25519.sign(seed, signature + comment.encode())
    return (f'untrusted comment: sunlot draw.log\n{base64_text(b"ED" + key_number + signature)}\n'
            f'trusted comment: {comment}\n{base64_text(whole)}\n').encode()


def fingerprint(root):
    """The 16 groups of four that are shown."""
    text = root.hex()
    return ' '.join(text[i:i + 4] for i in range(0, 64, 4))
