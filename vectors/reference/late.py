"""Late arrivals (SPEC 8.8): each goes by lot to one of the smallest classes that have a seat."""

from . import digest
from .stream import below, words


def place(classes, sizes, students, seed, school, act):
    """The index of the class of each late student, by pseudonym; None if somebody finds no seat.

    classes: (name, seats or None) in order; sizes: the effective size of each; students: (pseudonym, seats);
    school: its name; act: the supplement's number among the acts.
    """
    key = digest.stage_key(seed, 'late', school, act)
    word, sizes, found = words(key), list(sizes), {}
    for pseudonym, seats in sorted(students, key=lambda student: digest.ticket(key, student[0])):
        room = [c for c, (_, most) in enumerate(classes) if most is None or sizes[c] + seats <= most]
        if not room:
            return None
        least = min(sizes[c] for c in room)
        candidates = [c for c in room if sizes[c] <= least + 1]
        found[pseudonym] = candidates[below(word, len(candidates))]
        sizes[found[pseudonym]] += seats
    return found
