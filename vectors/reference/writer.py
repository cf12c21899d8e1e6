"""A log that grows, and the keys that sign it (SPEC 6, 11.3)."""

from . import digest, ed25519, note
from .text import write_record
from .tree import Tree


class Secrets:
    """What comes from the master."""

    def __init__(self, master):
        self.master = master
        self.log_seed = digest.private(master, 'log key')
        self.minisign_seed = digest.private(master, 'minisign key')
        self.minisign_number = digest.private(master, 'minisign id')[:8]

    def log_public(self):
        return ed25519.public_key(self.log_seed)

    def minisign_public(self):
        return note.minisign_public(self.minisign_number, ed25519.public_key(self.minisign_seed))

    def pseudonym(self, role, school, person_id):
        return digest.pseudonym(self.master, role, school, person_id)

    def commitment(self, pseudonym, school, person_id, name, values=()):
        """The field of a person's line; values: those of the line."""
        salt = digest.salt(self.master, pseudonym)
        return 'h' + digest.commitment(salt, pseudonym, school, person_id, name, values).hex()


class Writer:
    """Lines (bytes) and their tree."""

    def __init__(self, secrets):
        self.secrets, self.lines, self.tree, self.name = secrets, [], Tree(), None

    def add(self, fields):
        self.add_line(write_record([str(field) for field in fields]).encode())

    def add_line(self, line):
        self.lines.append(line)
        self.tree.append(line)

    def sign(self, phase):
        """A checkpoint and the host's signature; the root."""
        size, root = self.tree.size, self.tree.root()
        self.add(['checkpoint', phase, size, 'h' + root.hex()])
        self.add(['signature', self.name, note.sign(self.secrets.log_seed, self.name, note.note_text(self.name, size, root))])
        return root

    def data(self):
        return b''.join(line + b'\n' for line in self.lines)

    def minisig(self):
        comment = f'{self.name} {len(self.lines)} lines'
        return note.minisign_file(self.secrets.minisign_seed, self.secrets.minisign_number, self.data(), comment)
