"""Digests and keys (SPEC 3 and 11.3)."""

import hashlib
import hmac


def sha256(data):
    return hashlib.sha256(data).digest()


def mac(key, label, *fields):
    """MAC(key, label, f1, ..., fn); numbers stand in decimal."""
    text = ''.join(f'{field}\n' for field in (label,) + fields)
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def seed_live(root, entropy_lines):
    return mac(root, 'sunlot/v1/seed', *entropy_lines)


def stage_key(seed, stage, school, *rung_try):
    return mac(seed, 'sunlot/v1/stage', stage, school, *rung_try)


def ticket(key, pseudonym, *section):
    return mac(key, 'sunlot/v1/ticket', pseudonym, *section)


def commitment(salt, pseudonym, school, person_id, name, values=()):
    """values: those of the person's line, as they stand there."""
    return mac(salt, 'sunlot/v1/record', pseudonym, school, person_id, name, *values)


def contribution(value, draw_id, party_id, root):
    """The commitment of a party to its contribution (32 bytes), under the root of the checkpoint `list`."""
    return mac(value, 'sunlot/v1/contribution', draw_id, party_id, 'h' + root.hex())


def rehearsal_master(seed):
    return mac(seed, 'sunlot/v1/rehearsal')


def private(master, *names):
    return mac(master, 'sunlot/v1/private', *names)


def pseudonym(master, role, school, person_id):
    """role is 'student' or 'teacher'."""
    return role[0] + private(master, role, school, person_id)[:16].hex()


def salt(master, person):
    return private(master, 'salt', person)
