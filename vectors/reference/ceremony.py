"""Live draws of several parties, step by step: what a folder of vectors with the files `keys` and `steps` says (vectors/README.md)."""

from . import acts, digest, ed25519, log_reader, note, parties, signatures, verify
from .text import Refused


class Ceremony:
    """A log that goes on from its announcement. keys: the seeds of each party's keys, one after the other."""

    def __init__(self, writer, keys):
        self.writer, self.keys = writer, {party: list(seeds) for party, seeds in keys.items()}
        self.draw = log_reader.read(writer.data()).draw
        self.contributions, self.entropy = {}, 0

    def run(self, step):
        """One line of `steps`."""
        word, _, rest = step.partition(' ')
        getattr(self, '_' + word.replace('-', '_'))(*([rest] if word == 'record' else rest.split(' ') if rest else []))

    def _checkpoint(self, phase):
        self.writer.sign(phase)
        self.entropy = 0

    def _cosign(self, party, time):
        """A signature of the last checkpoint by a party's key, the time in decimal."""
        checkpoint = log_reader.read(self.writer.data()).checkpoints[-1]
        name = parties.key_name(self.writer.name, party)
        text = note.note_text(self.writer.name, checkpoint.size, checkpoint.root)
        self.writer.add(['signature', name, note.cosign(self.keys[party][0], name, int(time), text)])

    def _commit(self, party, contribution):
        log = log_reader.read(self.writer.data()[:self._end_of_list()])
        self.contributions[party] = bytes.fromhex(contribution)
        commitment = 'h' + digest.contribution(self.contributions[party], self.writer.name, party, log.checkpoint('list').root).hex()
        self.writer.add(['commit', party, commitment, sign_commitment(self.keys[party][0], self.writer.name, party, commitment)])

    def _end_of_list(self):
        """Where the log ends with the signatures of `list`."""
        size = 0
        for line in self.writer.lines:
            if line.startswith((b'commit,', b'missing,')):
                break
            size += len(line) + 1
        return size

    def _missing(self, party):
        self.writer.add(['missing', party])

    def _reveal(self, party):
        self.writer.add(['reveal', party, 'x' + self.contributions[party].hex()])

    def _entropy(self, digits):
        self.entropy += 1
        self.writer.add(['entropy', str(self.entropy), digits])

    def _results(self):
        found = verify.replay(log_reader.read(self.writer.data()))
        if found is None:
            raise Refused('no placement was found')
        for line in found[-1]:
            self.writer.add_line(line)

    def _late_seats(self):
        log = log_reader.read(self.writer.data())
        acts.final_standing(log)
        for line in log.acts[-1].expected:
            self.writer.add_line(line)

    def _record(self, text):
        """A line as it is: of an act, or `withdrawn`."""
        self.writer.add_line(text.encode())

    def _next_key(self, party):
        """From here on the party signs with its next key."""
        self.keys[party].pop(0)


def sign_commitment(seed, draw_id, party, commitment):
    """The field SIG of a record `commit`."""
    number = note.key_id(parties.key_name(draw_id, party), ed25519.public_key(seed), note.PARTY)
    return 'b' + note.base64_text(number + ed25519.sign(seed, signatures.commit_text(draw_id, party, commitment)))


def read_keys(text):
    """The seeds of each party in a file `keys`."""
    keys = {}
    for line in text.splitlines():
        party, seed = line.split(' ')
        keys.setdefault(party, []).append(bytes.fromhex(seed))
    return keys


def play(writer, keys, steps):
    """The Writer after all steps (a text)."""
    ceremony = Ceremony(writer, keys)
    for step in steps.splitlines():
        if step and not step.startswith('#'):
            ceremony.run(step)
    return writer
