"""The cases of several logs, and of a log and an earlier note (SPEC 10.2)."""

from . import several, tree
from .cases import Kind
from .cases_text import STUDENT, yes

LINES = [b'sunlot,v1,x', b'student,' + STUDENT.encode() + b',h00,,,,1', b'student,' + STUDENT.encode() + b',h01,,,,1', b'checkpoint,seed-base,3,h00',
         b'signature,a,b', b'entropy,1,1234', b'checkpoint,digits,6,h00', b'signature,a,b']


def whole(lines):
    return b''.join(line + b'\n' for line in lines)


def hidden(line):
    return b'leaf,h' + tree.leaf(line).hex().encode()


def make_continue():
    def case(a, b):
        return [('first', whole(a).hex()), ('second', whole(b).hex())]

    public = [hidden(line) if line.startswith(b'student') else line for line in LINES]
    other = LINES[:5] + [b'entropy,1,4321'] + LINES[6:]
    signed = LINES[:5] + [b'signature,a/notary,b'] + LINES[5:]
    yield 'the same log twice', case(LINES, LINES)
    yield 'the second is a prefix', case(LINES, LINES[:5])
    yield 'the first is a prefix', case(LINES[:5], LINES)
    yield 'an empty file is a prefix of every log', case([], LINES)
    yield 'other digits', case(LINES, other)
    yield 'other digits in a shorter log', case(other[:6], LINES)
    yield 'a signature more after the last checkpoint of the shorter one', case(LINES[:5], signed)
    yield 'a signature more, but the shorter one went on without it', case(LINES[:6], signed)
    yield 'the other edition', case(LINES, public)
    yield 'a prefix of the other edition', case(public[:4], LINES)
    yield 'the other edition, longer', case(public, LINES[:4])
    yield 'the other edition of another log', case(public, other)
    yield 'a leaf of another line', case(public[:1] + [hidden(b'x')] + public[2:], LINES)


def compute_continue(case):
    line = several.first_difference(case.hex('first'), case.hex('second'))
    return [('line', '-' if line is None else line)]


def make_extend():
    def case(lines, size, root):
        return [('log', whole(lines).hex()), ('size', size), ('root', root.hex())]

    roots = [tree.root_of(LINES[:size]) for size in range(len(LINES) + 1)]
    public = [hidden(line) if line.startswith(b'student') else line for line in LINES]
    yield 'an earlier checkpoint', case(LINES, 3, roots[3])
    yield 'all lines', case(LINES, 8, roots[8])
    yield 'one line', case(LINES, 1, roots[1])
    yield 'a note of no line', case(LINES, 0, roots[0])
    yield 'of the public edition', case(public, 3, roots[3])
    yield 'another root', case(LINES, 3, roots[4])
    yield 'another size', case(LINES, 4, roots[3])
    yield 'more lines than there are', case(LINES[:3], 4, roots[4])
    yield 'another line before it', case(LINES[:2] + [LINES[1]] + LINES[3:], 3, roots[3])
    yield 'another line behind it', case(LINES[:3] + LINES[:2], 3, roots[3])


def compute_extend(case):
    leaves, size, there = several.leaves_of(case.hex('log')), case.int('size'), tree.Tree()
    for digest in leaves[:size]:
        there.append_leaf(digest)
    return [('extends', yes(len(leaves) >= size and there.root() == case.hex('root')))]


KINDS = [
    Kind('tree/continue.txt', 'Whether two logs continue each other (SPEC 10.2), in hex; line: the first that differs, or -', 'first second', 'line',
         make_continue, compute_continue),
    Kind('tree/extend.txt', 'Whether a log, in hex, extends a note (SPEC 10.2)', 'log size root', 'extends', make_extend, compute_extend),
]
