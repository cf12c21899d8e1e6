"""Checkpoints, signatures, the log key and the minisign file (SPEC 6)."""

import base64
import binascii
import hashlib

from . import ed25519
from .digest import sha256

PHASES = ('seed-base', 'digits', 'results')


def base64_text(data):
    return base64.b64encode(data).decode()


def base64_bytes(text, length):
    """The bytes of canonical base64 of this length, else None."""
    try:
        data = base64.b64decode(text.encode(), validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) == length and base64_text(data) == text else None


def key_id(name, public):
    return sha256(name.encode() + b'\n\1' + public)[:4]


def write_vkey(name, public):
    return f'{name}+{key_id(name, public).hex()}+{base64_text(bytes([1]) + public)}'


def read_vkey(text, name):
    """The public key of a vkey of this name, else None."""
    parts = text.split('+', 2)
    if len(parts) != 3 or parts[0] != name:
        return None
    key = base64_bytes(parts[2], 33)
    if key is None or key[0] != 1 or parts[1] != key_id(name, key[1:]).hex():
        return None
    return key[1:]


def note_text(draw_id, size, root):
    return f'{draw_id}\n{size}\n{base64_text(root)}\n'.encode()


def write_signature(name, public, signature):
    return 'b' + base64_text(key_id(name, public) + signature)


def signed_note(draw_id, size, root, name, public, signature):
    """The checkpoint as a C2SP signed note."""
    line = f'\u2014 {name} {base64_text(key_id(name, public) + signature)}\n'
    return note_text(draw_id, size, root) + b'\n' + line.encode()


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
