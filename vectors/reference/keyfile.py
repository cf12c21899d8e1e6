"""A party's key in minisign's files (SPEC 14.4)."""

import hashlib
import struct

from . import ed25519, note
from .text import Refused

COMMENT = 'untrusted comment: '
LENGTH, SEALED = 158, 104
ALGORITHM, SCRYPT, NO_PASSWORD, BLAKE2 = b'Ed', b'Sc', b'\0\0', b'B2'
LEAST_OPERATIONS = 32768


def scrypt_parameters(operations, memory):
    """N, r and p of scrypt for minisign's two limits."""
    r, operations = 8, max(operations, LEAST_OPERATIONS)
    if operations < memory // 32:
        most = operations // (4 * r)
    else:
        most = memory // (128 * r)
    n = 2
    while n <= most // 2 and n < 1 << 63:
        n *= 2
    p = 1 if operations < memory // 32 else min(operations // 4 // n, 0x3fffffff) // r
    return n, r, p


def pad(password, salt, operations, memory):
    n, r, p = scrypt_parameters(operations, memory)
    if p < 1:
        raise Refused('limits with which there is no scrypt')
    return hashlib.scrypt(password, salt=salt, n=n, r=r, p=p, dklen=SEALED, maxmem=128 * r * (n + p + 2) + (1 << 20))


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def check_of(number, secret):
    return hashlib.blake2b(ALGORITHM + number + secret, digest_size=32).digest()


def write(seed, number, password=None, salt=bytes(32), operations=0, memory=0, with_check=True):
    """The second line of a secret key file. number: minisign's key id, 8 bytes; password: bytes, or None."""
    secret = seed + ed25519.public_key(seed)
    sealed = number + secret + (check_of(number, secret) if with_check else bytes(32))
    kind = NO_PASSWORD
    if password is None:
        salt, operations, memory = bytes(32), 0, 0
    else:
        kind, sealed = SCRYPT, xor(sealed, pad(password, salt, operations, memory))
    return note.base64_text(ALGORITHM + kind + BLAKE2 + salt + struct.pack('<QQ', operations, memory) + sealed)


def read(line, password=None):
    """Key id, seed and public key of the second line of a secret key file; Refused if it cannot be opened."""
    data = note.base64_bytes(line, LENGTH)
    if data is None or data[:2] != ALGORITHM or data[2:4] not in (SCRYPT, NO_PASSWORD) or data[4:6] != BLAKE2:
        raise Refused('not a secret key of minisign')
    sealed, kind = data[54:], data[2:4]
    operations, memory = struct.unpack('<QQ', data[38:54])
    if kind == SCRYPT:
        if password is None:
            raise Refused('a password is due')
        sealed = xor(sealed, pad(password, data[6:38], operations, memory))
    number, secret, check = sealed[:8], sealed[8:72], sealed[72:]
    if check != check_of(number, secret) and not (kind == NO_PASSWORD and check == bytes(32)):
        raise Refused('another password, or a damaged file')
    if secret[32:] != ed25519.public_key(secret[:32]):
        raise Refused('the public key is not that of the secret key')
    return number, secret[:32], secret[32:]
