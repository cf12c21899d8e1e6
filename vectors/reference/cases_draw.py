"""Whole draws: folders with the inputs, the seed (or the master and the digits) and the log that follows."""

import os

from . import announce, digest, draw_folders, party_draws, practice_folders, verify
from .cases_text import SEED
from .draw_folders import LIVE_DIGITS, live_files
from .samples import write_files

TRIED = ('again', 'bound', 'district')
REHEARSALS = {**draw_folders.REHEARSALS, **practice_folders.REHEARSALS}


def inputs():
    """The files that are given, by the name of the draw."""
    given = {}
    for name, files in REHEARSALS.items():
        given[name] = {**files(), 'seed': digest.mac(SEED, 'sunlot/v1/vectors', name).hex().encode() + b'\n'}
    for name, until in (('live', 'results'), ('live-announced', 'seed-base'), ('live-digits', 'digits')):
        extra = {'master': digest.mac(SEED, 'sunlot/v1/vectors', name).hex().encode() + b'\n', 'until': until.encode() + b'\n'}
        if until != 'seed-base':
            extra['digits'] = ''.join(text + '\n' for text in LIVE_DIGITS).encode()
        given[name] = {**live_files(), **extra}
    return given


def write_draws(path, wanted=()):
    """All draws, or those named."""
    for name, files in inputs().items():
        where = os.path.join(path, 'draws', name)
        if wanted and name not in wanted:
            continue
        write_files(where, files)
        writer = drawn(where)
        write_files(where, {'draw.log': writer.data(), 'draw.log.minisig': writer.minisig()})
        if name in TRIED:
            write_files(where, {'trials': trials_text(where)})
    party_draws.write_party_draws(path, wanted)


def trials_text(where):
    return ''.join(f'{succeeded} {name}\n' for name, succeeded in announce.trials(where)).encode()


def read_lines(where, name):
    path = os.path.join(where, name)
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as file:
        return file.read().splitlines()


def drawn(where):
    """The Writer of a folder of vectors."""
    if read_lines(where, 'seed'):
        return announce.rehearse(where, bytes.fromhex(read_lines(where, 'seed')[0]))
    return announce.live(where, bytes.fromhex(read_lines(where, 'master')[0]), read_lines(where, 'digits'), read_lines(where, 'until')[0])


def check_draws(path, wanted=()):
    wrong, names = [], sorted(set(wanted or inputs()) & set(inputs()))
    for name in names:
        where = os.path.join(path, 'draws', name)
        writer = drawn(where)
        for file_name, data in (('draw.log', writer.data()), ('draw.log.minisig', writer.minisig())):
            with open(os.path.join(where, file_name), 'rb') as file:
                if file.read() != data:
                    wrong.append(name)
        if name in TRIED:
            with open(os.path.join(where, 'trials'), 'rb') as file:
                if file.read() != trials_text(where):
                    wrong.append(name)
        answer = verify.verify(writer.data(), until=(read_lines(where, 'until') or ['results'])[0])
        if answer.word != ('rehearsal' if read_lines(where, 'seed') else 'unpinned'):
            wrong.append(name)
    wrong_of_parties, count = party_draws.check_party_draws(path, wanted)
    return wrong + wrong_of_parties, len(names) + count
