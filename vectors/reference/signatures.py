"""Who signed what: commitments, quorums, checkpoints, cosignatures (SPEC 5.3, 6)."""

from . import digest, ed25519, note, parties, roster
from .acts import replacing_key
from .text import Fault
from .tree import Tree


def check_contributions(log):
    """Reveals are what was committed to."""
    committed = {fields[1]: fields[2] for _, fields in log.commits if fields[0] == 'commit'}
    for line, fields in log.reveals:
        if fields[0] == 'reveal':
            found = digest.contribution(bytes.fromhex(fields[2][1:]), log.draw.name, fields[1], log.checkpoint('list').root)
            if 'h' + found.hex() != committed[fields[1]]:
                raise Fault('commitment', line, 'not what was committed to')


def commit_text(draw_id, party_id, commitment):
    """What a party signs when it commits; commitment: the field."""
    return f'sunlot/v1/commit\n{draw_id}\n{party_id}\n{commitment}\n'.encode()


def keys_at(log, act):
    """The key of each party at the checkpoints of an act (0: before all acts), and the ids of those who are being replaced in it."""
    keys, replaced = {party.id: party.public for party in log.draw.parties}, set()
    for entered in log.acts:
        for _, fields in entered.records if entered.kind == 'replaced' else ():
            if entered.number < act:
                keys[fields[2]] = replacing_key(log.draw, fields)
            elif entered.number == act:
                replaced.add(fields[2])
    return keys, replaced


def counts(log, name):
    """Whether a signature of this name in a note is looked at: of a party, in a rehearsal of the host alone."""
    party = log.draw.signer(name)
    return party is not None and (party.kind == note.HOST or log.draw.mode != roster.REHEARSAL)


def signatures_of(log, checkpoint, notes=()):
    """Line (None in a note), name and bytes of each signature of a checkpoint."""
    more = [(None, name, data) for each in notes if each and (each.size, each.root) == (checkpoint.size, checkpoint.root)
            for name, data in each.signatures if counts(log, name)]
    return checkpoint.signatures + more


def quorum_is_reached(log, checkpoint, notes=()):
    if checkpoint.quorum is None or log.draw.mode == roster.REHEARSAL:
        return True
    signers = {log.draw.signer(name).id for _, name, _ in signatures_of(log, checkpoint, notes) if log.draw.signer(name)}
    return parties.satisfied(log.draw, log.draw.quorums[checkpoint.quorum][0], signers - keys_at(log, checkpoint.act)[1])


def check_quorums(log, notes=()):
    who, line = log.draw.quorums['digits']
    if parties.blockers(log.draw, who):
        raise Fault('quorum', line, 'one party alone can block the digits')
    for checkpoint in log.checkpoints:
        if log.draw.name not in [name for _, name, _ in checkpoint.signatures]:
            raise Fault('quorum', checkpoint.line, 'the host has not signed')
        if checkpoint not in log.checkpoints[-2 if log.withdrawn else -1:] and not quorum_is_reached(log, checkpoint, notes):
            raise Fault('quorum', checkpoint.line, 'not all who must have signed')


def is_valid(log, checkpoint, name, data):
    party = log.draw.signer(name)
    if party is None:
        return False
    keys, _ = keys_at(log, checkpoint.act)
    return note.accepts(party.name, keys[party.id], party.kind, note.note_text(log.draw.name, checkpoint.size, checkpoint.root), data)


def check_policy(log, policy, notes=()):
    """That the witnesses of the policy have signed the seed base. Of another log's policy no quorum is asked."""
    checkpoint = log.checkpoint('seed-base')
    if checkpoint is None or policy.log != note.write_vkey(log.draw.name, log.draw.public):
        return
    vkeys = {note.write_vkey(party.name, party.public, note.PARTY) for party in log.draw.parties[1:]
             for _, name, data in signatures_of(log, checkpoint, notes) if name == party.name and is_valid(log, checkpoint, name, data)}
    if not policy.reached(vkeys):
        raise Fault('quorum', checkpoint.line, 'the quorum of the policy is not reached')


def check_key(log, vkey):
    if vkey is not None and vkey != note.write_vkey(log.draw.name, log.draw.public):
        raise Fault('signature', log.draw.parties[0].line, 'the log key is not the pinned one')


def check_earlier(log, earlier):
    """The signatures of an earlier note, by the keys that the parties had then."""
    if earlier is None:
        return
    act = max([0] + [act.number for act in log.acts if act.line <= earlier.size])
    keys, _ = keys_at(log, act)
    for name, data in earlier.signatures:
        party = log.draw.signer(name)
        if counts(log, name) and not note.accepts(name, keys[party.id], party.kind, earlier.text, data):
            raise Fault('signature', None, 'an earlier note with a signature that is not valid')


def check_signatures(log, notes=()):
    _check_commits(log)
    tree, leaves = Tree(), log.leaves()
    for checkpoint in log.checkpoints:
        while tree.size < checkpoint.line - 1:
            tree.append_leaf(leaves[tree.size])
        if checkpoint.size != tree.size or checkpoint.root != tree.root():
            raise Fault('signature', checkpoint.line, 'a checkpoint of other lines')
        for line, name, data in signatures_of(log, checkpoint, notes):
            if not is_valid(log, checkpoint, name, data):
                raise Fault('signature', line, 'a signature that is not valid, or by somebody else')


def _check_commits(log):
    for line, fields in log.commits:
        if fields[0] == 'commit':
            party = log.draw.party(fields[1])
            data = note.base64_bytes(fields[3][1:], 68)
            if (data[:4] != note.key_id(party.name, party.public, party.kind)
                    or not ed25519.verify(party.public, commit_text(log.draw.name, party.id, fields[2]), data[4:])):
                raise Fault('signature', line, 'a commitment that its party did not sign')


def independent(log):
    """How many of the signatures of the seed base do not depend on the host, and how many there are."""
    checkpoint = log.checkpoint('seed-base')
    signers = [log.draw.signer(name) for _, name, _ in checkpoint.signatures] if checkpoint else []
    return sum(party.is_own() for party in signers), len(signers)
