"""The ChaCha20 stream and uniform numbers (SPEC 4)."""

import struct
from itertools import chain

NONCE = b'LibsodiumDRG'
CONSTANTS = (0x61707865, 0x3320646e, 0x79622d32, 0x6b206574)
QUARTERS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
            (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def chacha20_blocks(key, counter, blocks):
    """The 16 * blocks words from the block counter on.

    All blocks are computed at once: each of the 16 words of the state is one large integer with a lane of 64 bits for
    each block. 32 bits of a lane are the word, the others take the carries (which are masked away before they matter).
    """
    ones = sum(1 << 64 * lane for lane in range(blocks)) if blocks < 8 else _ones(blocks)
    mask = ones * 0xffffffff
    words = CONSTANTS + struct.unpack('<8I', key)
    start = [word * ones for word in words]
    start.append(int.from_bytes(struct.pack(f'<{blocks}Q', *range(counter, counter + blocks)), 'little') & mask)
    start.extend(word * ones for word in struct.unpack('<3I', NONCE))
    x = list(start)
    for _ in range(10):
        for ia, ib, ic, id_ in QUARTERS:
            a, b, c, d = x[ia], x[ib], x[ic], x[id_]
            a += b
            d = ((d ^ a) & mask) << 16
            d = (d | d >> 32) & mask
            c += d
            b = ((b ^ c) & mask) << 12
            b = (b | b >> 32) & mask
            a += b
            d = ((d ^ a) & mask) << 8
            d = (d | d >> 32) & mask
            c += d
            b = ((b ^ c) & mask) << 7
            b = (b | b >> 32) & mask
            x[ia], x[ib], x[ic], x[id_] = a, b, c, d
    out = [0] * (16 * blocks)
    form = f'<{blocks}Q'
    for i in range(16):
        out[i::16] = struct.unpack(form, ((x[i] + start[i]) & mask).to_bytes(8 * blocks, 'little'))
    return out


def _ones(lanes):
    return int.from_bytes(b'\1\0\0\0\0\0\0\0' * lanes, 'little')


def _batches(key):
    counter, blocks = 0, 8
    while True:
        yield chacha20_blocks(key, counter, blocks)
        counter += blocks
        blocks = min(2 * blocks, 256)


def words(key):
    """word(): a function that returns the next word of the key's stream."""
    return chain.from_iterable(_batches(key)).__next__


def below(word, n):
    """A uniform number 0 ... n - 1, 1 <= n <= 2^31."""
    least = 2 ** 32 % n
    while True:
        product = word() * n
        if product & 0xffffffff >= least:
            return product >> 32


def shuffle(word, array):
    for i in range(len(array) - 1, 0, -1):
        j = below(word, i + 1)
        array[i], array[j] = array[j], array[i]


def stream_bytes(key, length):
    """The first bytes of the stream (for the vectors)."""
    blocks = -(-length // 64)
    return struct.pack(f'<{16 * blocks}I', *chacha20_blocks(key, 0, blocks))[:length]
