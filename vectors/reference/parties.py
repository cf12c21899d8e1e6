"""Who signs: parties, groups and quorums of the opening (SPEC 5.1)."""

import re

from . import note

MOST_PARTIES, MOST_GROUPS = 15, 32  # parties besides the host
PHASES = ('seed-base', 'digits', 'after')
RESERVED = ('host', 'all', 'none')


class Party:
    """name: that of its keys; kind: 1 for the host, 4 for others."""

    def __init__(self, party_id, role, name, public, device, sealed, line=None):
        self.id, self.role, self.name, self.public = party_id, role, name, public
        self.device, self.sealed, self.line = device, sealed, line
        self.kind = note.HOST if party_id == 'host' else note.PARTY

    def is_own(self):
        """Whether its signatures do not depend on the host."""
        return self.device == 'own'


class Group:
    def __init__(self, name, least, members, line=None):
        self.name, self.least, self.members, self.line = name, least, members, line


def is_id(text):
    return len(text) <= 32 and re.fullmatch('[a-z0-9]([a-z0-9-]*[a-z0-9])?', text) is not None


def is_members(text):
    """Ids, ascending and distinct, joined by `;`."""
    ids = text.split(';')
    return all(map(is_id, ids)) and all(a < b for a, b in zip(ids, ids[1:]))


def key_name(draw_id, party_id):
    return draw_id if party_id == 'host' else f'{draw_id}/{party_id}'


def satisfied(draw, who, signers):
    """Whether the set of party ids satisfies WHO: all, a party, or a group."""
    if who == 'all':
        return all(party.id in signers for party in draw.parties)
    reached = set(signers)
    for group in draw.groups:
        if len(reached.intersection(group.members)) >= group.least:
            reached.add(group.name)
    return who in reached


def blockers(draw, who):
    """The parties other than the host without whom all the others do not satisfy WHO."""
    everybody = {party.id for party in draw.parties}
    return [party.id for party in draw.parties[1:] if not satisfied(draw, who, everybody - {party.id})]
