"""Whole live draws of several parties, step by step: those of vectors/draws, and what refused logs are made from."""

import os

from . import acts, announce, ceremony, digest, editions, log_reader, verify
from .cases_text import SEED
from .party_folders import (DATES, ONE, OTHER, THIRD, THROWN, TIME, after_files, auditors_files, contribution, hand_files, key_seed,
                            late_line, late_sorted, parties_files, pseudonym, replaced_line, rounds_files)
from .samples import write_files

PARTIES = ('clerk', 'inspector', 'notary', 'parents', 'pupils')


class Play:
    """A draw that is played and written down as it goes; times go on by a minute with each cosignature."""

    def __init__(self, where, name):
        self.master = digest.mac(SEED, 'sunlot/v1/vectors', name)
        self.keys = {party: [key_seed(party), key_seed(party, 2)] for party in PARTIES}
        self.writer = announce.opened(where, 'live', self.master)
        self.ceremony, self.steps, self.time = ceremony.Ceremony(self.writer, self.keys), [], TIME

    def do(self, *steps):
        for step in steps:
            self.ceremony.run(step)
            self.steps.append(step)
        return self

    def checkpoint(self, phase, *signers):
        return self.do(f'checkpoint {phase}').cosign(*signers)

    def cosign(self, *signers):
        for signer in signers:
            self.do(f'cosign {signer} {self.time}')
            self.time += 60
        return self

    def entropy(self, thrown):
        return self.do(*(f'entropy {text}' for text in thrown))

    def records(self, *lines):
        return self.do(*(f'record {line}' for line in lines))

    def student(self, number):
        return pseudonym(self.master, number)

    def log(self):
        return log_reader.read(self.writer.data())

    def class_of(self, who):
        return acts.final_standing(self.log()).class_of[who]

    def other_class(self, who):
        return {'1': '2', '2': '1'}[self.class_of(who)]

    def supplement(self, number, lines, thrown):
        self.records(*late_sorted(*lines)).checkpoint(f'late-base-{number}', 'notary', 'parents')
        return self.entropy(thrown).checkpoint(f'late-digits-{number}', 'parents').do('late-seats').checkpoint(f'after-{number}')

    def forge(self):
        from .forge import Forge
        return Forge(self.writer, self.keys, {party: contribution(party) for party in PARTIES})


def _sealed(play, until):
    """The draw of parties_files, until a phase."""
    if until == 'announced':
        return play
    play.cosign('inspector').do(f'commit notary {contribution("notary").hex()}', f'commit parents {contribution("parents").hex()}', 'missing pupils')
    play.checkpoint('commits')
    if until == 'committed':
        return play
    play.cosign('notary').do('reveal notary', 'missing parents').checkpoint('seed-base')
    if until == 'open':
        return play
    play.cosign('inspector', 'notary')
    if until == 'revealed':
        return play
    play.entropy(THROWN).checkpoint('digits', 'notary', 'pupils')
    if until == 'digits':
        return play
    return play.do('results').checkpoint('results', 'inspector', 'parents')


def _withdrawn(play):
    return _sealed(play, 'committed').records('withdrawn,2026-08-19,a school asks for another list').checkpoint('withdrawn', 'inspector', 'notary')


def _drawn(play):
    """The draw of after_files."""
    play.cosign('notary', 'parents').entropy(ONE).checkpoint('digits', 'notary').do('results')
    return play.checkpoint('results', 'notary')


def _acts(play):
    """Struck, moved, a party with another key, moved again, struck again."""
    first, second, third = play.student(0), play.student(1), play.student(2)
    _drawn(play).records(f'struck,2026-08-25,{first},twice in the list,the head').checkpoint('after-1', 'notary', 'parents')
    moved = sorted(f'moved,2026-08-26,{who},{play.other_class(who)},a step,the authority' for who in (second, third))
    play.records(*moved).checkpoint('after-2', 'notary', 'parents')
    play.records(replaced_line(play.writer.name, 'parents')).checkpoint('after-3', 'notary').do('next-key parents')
    play.records(f'moved,2026-08-28,{second},{play.other_class(second)},"back, as it was",the authority').checkpoint('after-4', 'parents')
    return play.records(f'struck,2026-08-29,{third},moved away,the head').checkpoint('after-5', 'notary', 'parents')


def _late(play):
    """Two supplements, and a student struck between them."""
    _drawn(play).supplement(1, [late_line(play.master, DATES[0], 1), late_line(play.master, DATES[0], 2)], OTHER)
    play.records(f'struck,2026-09-05,{play.student(3)},moved away,the head').checkpoint('after-2', 'notary', 'parents')
    return play.supplement(3, [late_line(play.master, DATES[1], 3)], THIRD)


def _by_hand(play):
    play = _drawn(play).records('by-hand,2026-08-25,1,numbers,2 1', 'by-hand,2026-08-25,1,teams,1 2')
    play.checkpoint('after-1', 'notary', 'parents').supplement(2, [late_line(play.master, DATES[0], 1)], OTHER)
    return play


def _set_aside(play):
    return _drawn(play).records('set-aside,2026-11-02,the court,no. 17 of 2026').checkpoint('after-1', 'notary', 'parents')


def _rounds(play, until='results'):
    play.cosign('notary', 'parents').entropy(ONE).checkpoint('digits', 'parents').do('results').checkpoint('groups', 'notary', 'parents')
    if until == 'groups':
        return play
    return play.entropy(OTHER).checkpoint('digits-2', 'notary').do('results').checkpoint('results', 'notary')


def _hand(play):
    return play.entropy(ONE).checkpoint('digits').do('results').checkpoint('results')


def _auditors(play):
    play.cosign('notary').do(f'commit notary {contribution("notary").hex()}').checkpoint('commits', 'notary').do('reveal notary')
    play.checkpoint('seed-base', 'clerk', 'notary', 'parents').entropy(ONE).checkpoint('digits', 'clerk', 'notary')
    play.do('results').checkpoint('results', 'clerk', 'notary', 'parents')
    play.records(late_line(play.master, DATES[0], 1)).checkpoint('late-base-1', 'clerk', 'notary')
    play.entropy(OTHER).checkpoint('late-digits-1', 'notary', 'parents').do('late-seats').checkpoint('after-1')
    return play


# Of each folder: its files, whose master it has, and how it is played.
DRAWS = {'parties-announced': (parties_files, 'parties', lambda play: _sealed(play, 'announced')),
         'parties-committed': (parties_files, 'parties', lambda play: _sealed(play, 'committed')),
         'parties-open': (parties_files, 'parties', lambda play: _sealed(play, 'open')),
         'parties-revealed': (parties_files, 'parties', lambda play: _sealed(play, 'revealed')),
         'parties-digits': (parties_files, 'parties', lambda play: _sealed(play, 'digits')),
         'parties': (parties_files, 'parties', lambda play: _sealed(play, 'drawn')),
         'withdrawn': (parties_files, 'parties', _withdrawn),
         'acts': (after_files, 'after', _acts), 'late': (after_files, 'after', _late), 'by-hand': (after_files, 'after', _by_hand),
         'set-aside': (after_files, 'after', _set_aside),
         'rounds': (rounds_files, 'rounds', _rounds), 'rounds-groups': (rounds_files, 'rounds', lambda play: _rounds(play, 'groups')),
         'hand': (hand_files, 'hand', _hand), 'auditors': (auditors_files, 'auditors', _auditors)}


# What refused logs are made from.
BASES = ('parties', 'acts', 'late', 'by-hand', 'set-aside', 'rounds', 'hand', 'auditors', 'withdrawn')


def play_draw(where, name):
    files, master, function = DRAWS[name]
    write_files(where, files())
    return function(Play(where, master))


def write_party_draws(path, wanted=()):
    for name in DRAWS:
        if wanted and name not in wanted:
            continue
        where = os.path.join(path, 'draws', name)
        play = play_draw(where, name)
        used = [party for party in PARTIES if any(step.split(' ')[1:2] == [party] for step in play.steps)]
        files = {'master': play.master.hex().encode() + b'\n', 'steps': ''.join(step + '\n' for step in play.steps).encode(),
                 'keys': ''.join(f'{party} {seed.hex()}\n' for party in used
                                 for seed in play.keys[party][:1 + (f'next-key {party}' in play.steps)]).encode()}
        write_files(where, {**files, **made_of(play.writer)})


def made_of(writer):
    """What follows from a log: itself, its other edition, the answers."""
    data = writer.data()
    files = {'draw.log': data, 'draw.log.minisig': writer.minisig(), 'answer': answer_text(data)}
    if b'\nfact,rows,auditors\n' in data:
        public = editions.public_edition(data)
        files.update({'public.log': public, 'public.answer': answer_text(public)})
    return files


def answer_text(data):
    """What a verifier says when asked for the phase that the log has reached; nothing from outside is given."""
    log = log_reader.read(data)
    until = verify.phase_of(log)
    until = 'groups' if until == 'digits-2' else until
    answer = verify.verify(data, until=until)
    if answer.reason:
        raise AssertionError(f'{answer.word}: line {answer.line}: {answer.reason}')
    return ''.join(f'{name} = {value}\n' for name, value in [('until', until)] + list(verify.headline(answer))).encode()


def played(where):
    """The Writer of a folder with steps."""
    def text(name):
        with open(os.path.join(where, name), encoding='utf-8') as file:
            return file.read()

    writer = announce.opened(where, 'live', bytes.fromhex(text('master').strip()))
    return ceremony.play(writer, ceremony.read_keys(text('keys')), text('steps'))


def check_party_draws(path, wanted=()):
    """The folders that do not follow from their files, and how many there are."""
    wrong, names = [], [name for name in DRAWS if not wanted or name in wanted]
    for name in names:
        where = os.path.join(path, 'draws', name)
        for file_name, data in made_of(played(where)).items():
            with open(os.path.join(where, file_name), 'rb') as file:
                if file.read() != data:
                    wrong.append(f'{name}/{file_name}')
    return wrong, len(names)
