"""What breaks a rule, and by how much (SPEC 8.2)."""


def dist(x, low, high):
    return low - x if x < low else x - high if x > high else 0


def fineness(unit):
    """q of a sum with this unit: a violation is counted in steps of 2^q."""
    return unit.bit_length() - 10


def violation(distance, q):
    """v of a distance, in the steps of a sum's q."""
    if q < 0:
        return min(min(distance, 1 << 40) << -q, 1 << 48)
    return min(-(-distance >> q), 1 << 48)


def coarse(v):
    """⌈v / 1024⌉, what a violation counts in the mix."""
    return -(-v >> 10)
