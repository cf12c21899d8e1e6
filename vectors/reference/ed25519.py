"""Ed25519 (RFC 8032) with the strict acceptance of SPEC 6. Not constant in time: for vectors and checks only."""

import hashlib
from functools import lru_cache

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)


def add(p, q):
    """The sum of two points in extended coordinates X, Y, Z, T."""
    x1, y1, z1, t1 = p
    x2, y2, z2, t2 = q
    a = (y1 - x1) * (y2 - x2) % P
    b = (y1 + x1) * (y2 + x2) % P
    c = 2 * t1 * t2 * D % P
    d = 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def double(p):
    x1, y1, z1, _ = p
    a = x1 * x1 % P
    b = y1 * y1 % P
    h = a + b
    e = h - (x1 + y1) * (x1 + y1) % P
    g = a - b
    f = 2 * z1 * z1 % P + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, p):
    table = [IDENTITY, p]
    for _ in range(14):
        table.append(add(table[-1], p))
    result = IDENTITY
    for shift in range(252, -4, -4):
        result = double(double(double(double(result))))
        digit = scalar >> shift & 15
        if digit:
            result = add(result, table[digit])
    return result


@lru_cache(maxsize=None)
def _base_table():
    """For each of the 64 hex digits of a scalar, its 15 multiples of the base point."""
    table, point = [], decode(bytes.fromhex('58' + '66' * 31))
    for _ in range(64):
        row = [IDENTITY]
        for _ in range(15):
            row.append(add(row[-1], point))
        table.append(row)
        point = add(row[-1], point)
    return table


def multiply_base(scalar):
    result = IDENTITY
    for row in _base_table():
        if scalar & 15:
            result = add(result, row[scalar & 15])
        scalar >>= 4
    return result


def encode(p):
    x, y, z, _ = p
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, 'little')


def decode(data):
    """The point of a canonical encoding, else None."""
    y = int.from_bytes(data, 'little')
    sign, y = y >> 255, y & (2 ** 255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * SQRT_MINUS_1 % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def is_small_order(p):
    x, y, z, _ = double(double(double(p)))
    return x % P == 0 and (y - z) % P == 0


def expand(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], 'little') & (2 ** 254 - 8) | 2 ** 254
    return scalar, digest[32:]


@lru_cache(maxsize=256)
def public_key(seed):
    return encode(multiply_base(expand(seed)[0]))


def sign(seed, message):
    scalar, prefix = expand(seed)
    public = public_key(seed)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), 'little') % L
    point = encode(multiply_base(r))
    k = int.from_bytes(hashlib.sha512(point + public + message).digest(), 'little') % L
    return point + ((r + k * scalar) % L).to_bytes(32, 'little')


def verify(public, message, signature):
    a, r = decode(public), decode(signature[:32])
    s = int.from_bytes(signature[32:], 'little')
    if a is None or r is None or s >= L or is_small_order(a) or is_small_order(r):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), 'little') % L
    x, y, z, t = multiply(k, a)
    return encode(add(multiply_base(s), (P - x, y, z, P - t))) == signature[:32]
