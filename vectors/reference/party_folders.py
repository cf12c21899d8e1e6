"""Folders of live draws with several parties: inputs, the parties' keys, and the steps."""

from . import digest, ed25519, note
from .cases_text import SEED
from .draw_folders import D10, OPENING, folder

TIME = 1787000000
NUMBERS = 'i2026095-05-12-23-07-41'
BEACON = 'r5000-g' + digest.mac(SEED, 'sunlot/v1/vectors', 'beacon').hex() + digest.mac(SEED, 'sunlot/v1/vectors', 'beacon 2').hex()[:32]
DICE = ['3141-5926-5358-9793-2384-6264-3383-27', '1616-1625-1643']
THROWN = DICE + [NUMBERS, BEACON]
AGAIN = ['2718-2818-2845-9045-2353-6028-7471-35', '3243-6541-2234', NUMBERS, BEACON]
ONE = ['3141-5926-5358-9793-2384-6264-3383-2795-0288-419']
OTHER = ['2718-2818-2845-9045-2353-6028-7471-3526-6249-775']
THIRD = ['1414-2135-6237-3095-0488-0168-8724-2096-9807-856']
DATES = ['2026-09-01', '2026-10-12']


def secret(*names):
    return digest.mac(SEED, 'sunlot/v1/vectors', *names)


def key_seed(party, number=1):
    return secret('party', party, number)


def contribution(party):
    return secret('contribution', party)


def minisign_key(party):
    return note.minisign_public(secret('party id', party)[:8], ed25519.public_key(key_seed(party)))


def party(party_id, role, *parts):
    return ['party', '', party_id, '; '.join((role, minisign_key(party_id)) + parts)]


FOUR = [party('inspector', 'Inspector', 'own'), party('notary', 'Notary', 'own', 'sealed'), party('parents', 'Parents', 'own', 'sealed'),
        party('pupils', 'Pupils', 'host', 'sealed'),
        ['group', '', 'families', '1; parents; pupils'], ['group', '', 'hands', '2; families; inspector; notary'],
        ['quorum', '', 'seed-base', 'hands'], ['quorum', '', 'digits', 'hands'], ['quorum', '', 'after', 'hands']]
TWO = [party('notary', 'Notary', 'own'), party('parents', 'Parents', 'host'),
       ['group', '', 'either', 'any; notary; parents'], ['quorum', '', 'seed-base', 'all'], ['quorum', '', 'digits', 'either'],
       ['quorum', '', 'after', 'either']]
SOURCES = [['source', '', '1', 'd10 30; thirty children; throw again; balls'], ['source', '', '2', 'd6 12; twelve parents; throw again; balls'],
           ['source', '', '3', 'lottery 5; The Lottery 2026095; the first draw; the second draw'],
           ['source', '', '4', 'drand 5000; h' + '52' * 32 + '; the first answer; another relay']]
STUDENTS = [['id', 'name', 'sex']] + [[str(i), f'Child {i}', 'fm'[i % 2]] for i in range(12)]
TEACHERS = [['id', 'name', 'subject', 'classes', 'homeroom'], ['a', 'A', 'art', '1', 'yes'], ['b', 'B', 'art', '1', 'yes']]
SEATS = [['1', '7'], ['2', '7']]


def parties_files():
    """Four parties besides the host, three of them sealed; dice, a lottery and a beacon."""
    rules = OPENING + FOUR + SOURCES + [['draw', '', 'late', ';'.join(DATES)], ['balance', 'students', 'sex', '']]
    return folder(rules, SEATS, STUDENTS, TEACHERS)


def after_files():
    """Two parties; supplements on two dates; seats for two more students."""
    rules = OPENING + TWO + [D10, ['draw', '', 'late', ';'.join(DATES)], ['balance', 'students', 'sex', '']]
    return folder(rules, SEATS, STUDENTS, TEACHERS)


def rounds_files():
    """Two rounds: teams that the school formed, and recusals."""
    rules = OPENING + TWO + [D10, ['draw', '', 'rounds', '2'], ['draw', '', 'late', DATES[0]], ['recuse', 'students', 'parent', ''],
                             ['rows', '', '', 'public; the authority; the ground']]
    students = [['id', 'name', 'parent']] + [[str(i), f'Child {i}', {1: 'b', 4: 'a'}.get(i, '')] for i in range(11)]
    teachers = [['id', 'name', 'subject', 'classes', 'homeroom', 'team'], ['a', 'A', 'art', '2', 'yes', '甲;乙'],
                ['b', 'B', 'art', '1', 'no', '丙'], ['c', 'C', 'maths', '1', 'yes', '丙'], ['d', 'D', 'maths', '2', 'yes', '乙; 甲']]
    return folder(rules, [['1', ''], ['2', ''], ['3', '']], students, teachers)


def hand_files():
    """Slots of numbers and of teams drawn by hand before the dice; the host alone."""
    rules = OPENING + [D10, ['hand', '', 'numbers', '3 1 2'], ['hand', '', 'teams', '2 3 1'], ['rows', '', '', 'public; the authority; the ground'],
                       ['balance', 'students', 'sex', '']]
    teachers = [['id', 'name', 'subject', 'classes', 'homeroom']] + [[t, t.upper(), 'art', '1', 'yes'] for t in 'abc']
    return folder(rules, [['1', ''], ['2', ''], ['3', '']], STUDENTS, teachers)


def auditors_files():
    """Rows for auditors; a sealed party; numbers of classes that can be checked."""
    rules = OPENING + [party('clerk', 'Clerk', 'host'), party('notary', 'Notary', 'own', 'sealed'), party('parents', 'Parents', 'own'),
                       ['group', '', 'hands', '2; clerk; notary; parents'], ['quorum', '', 'seed-base', 'hands'], ['quorum', '', 'digits', 'hands'],
                       D10, ['draw', '', 'late', DATES[0]], ['rows', '', '', 'auditors; the authority; the ground'],
                       ['mean', 'students', 'math', '4 20'], ['balance', 'students', 'sex', ''], ['spread', 'students', 'name', '']]
    students = [['id', 'name', 'sex', 'math']] + [[str(i), f'Child {i % 10}', 'fm'[i % 2], str(50 + i * 37 % 49)] for i in range(13)]
    return folder(rules, [['1', ''], ['2', '']], students)


def pseudonym(master, number):
    """Of a student by number, of a school without name."""
    return digest.pseudonym(master, 'student', '-', str(number))


def late_line(master, date, number, seats=1, school=1):
    """The record of a late student whose id is late-N."""
    who = digest.pseudonym(master, 'student', '-', f'late-{number}')
    commitment = digest.commitment(digest.salt(master, who), who, '-', f'late-{number}', f'Late child {number}')
    return f'late,{date},{school},{who},h{commitment.hex()},{seats}'


def late_sorted(*lines):
    return sorted(lines, key=lambda line: (int(line.split(',')[2]), line.split(',')[3]))


def replaced_line(draw_id, party_id, number=2, device='own', date='2026-08-27'):
    name = f'{draw_id}/{party_id}'
    return f'replaced,{date},{party_id},{note.write_vkey(name, ed25519.public_key(key_seed(party_id, number)), note.PARTY)},{device}'
