"""The Merkle tree of RFC 6962 (SPEC 6)."""

from .digest import sha256


def leaf(data):
    return sha256(b'\0' + data)


def node(left, right):
    return sha256(b'\1' + left + right)


class Tree:
    """A tree that grows: the roots of its perfect subtrees, from the largest to the smallest."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def append(self, data):
        self.append_leaf(leaf(data))

    def append_leaf(self, digest):
        self.peaks.append(digest)
        self.size += 1
        size = self.size
        while size % 2 == 0:
            right = self.peaks.pop()
            self.peaks[-1] = node(self.peaks[-1], right)
            size //= 2

    def root(self):
        if not self.peaks:
            return sha256(b'')
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node(peak, root)
        return root


def split(size):
    """The largest power of two below size."""
    return 1 << (size - 1).bit_length() - 1


def root_of(leaves):
    if not leaves:
        return sha256(b'')
    if len(leaves) == 1:
        return leaf(leaves[0])
    k = split(len(leaves))
    return node(root_of(leaves[:k]), root_of(leaves[k:]))


def proof_of(index, leaves):
    """The audit path of the leaf, from the bottom up."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return proof_of(index, leaves[:k]) + [root_of(leaves[k:])]
    return proof_of(index - k, leaves[k:]) + [root_of(leaves[:k])]


def holds(index, size, data, path, root):
    """Whether the path proves that data is the leaf number index of a tree of this size and root."""
    if index >= size:
        return False
    sides = []
    while size > 1:
        k = split(size)
        sides.append(index >= k)
        index, size = (index - k, size - k) if index >= k else (index, k)
    if len(path) != len(sides):
        return False
    digest = leaf(data)
    for sibling, right in zip(path, reversed(sides)):
        digest = node(sibling, digest) if right else node(digest, sibling)
    return digest == root
