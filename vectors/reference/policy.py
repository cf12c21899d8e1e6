"""Who must have signed, said from outside: C2SP tlog-policies (SPEC 14.3)."""

from . import note
from .text import NUMBER, Refused

MOST = 64  # witnesses, and groups


class Policy:
    """log: the vkey; witnesses: vkeys by name; groups: (k, members) by name; quorum: a name, or None."""

    def __init__(self, log):
        self.log, self.witnesses, self.groups, self.quorum = log, {}, {}, None

    def lines(self):
        yield f'log {self.log}'
        for name, vkey in self.witnesses.items():
            yield f'witness {name} {vkey}'
        for name, (k, members) in self.groups.items():
            yield ' '.join(['group', name, str(k)] + members)
        yield f'quorum {self.quorum or "none"}'

    def text(self):
        return ''.join(line + '\n' for line in self.lines())

    def reached(self, vkeys):
        """Whether these witnesses, by their vkeys, reach the quorum. Each group once: nested ones would be looked at again and again."""
        satisfied = {name for name, vkey in self.witnesses.items() if vkey in vkeys}
        for name, (k, members) in self.groups.items():
            if len(satisfied.intersection(members)) >= least(k, members):
                satisfied.add(name)
        return self.quorum is None or self.quorum in satisfied

    def fault(self, log, vkeys):
        """`signature`, `quorum` or None for a log with this key, whose seed base these witnesses signed."""
        return 'signature' if log != self.log else None if self.reached(vkeys) else 'quorum'


def least(k, members):
    return len(members) if k == 'all' else 1 if k == 'any' else int(k)


def announced(draw):
    """The policy of an announcement."""
    host, others = draw.parties[0], draw.parties[1:]
    policy = Policy(note.write_vkey(host.name, host.public))
    policy.witnesses = {party.id: note.write_vkey(party.name, party.public, party.kind) for party in others}
    granted = {'host'}  # what the host's signature alone satisfies
    for group in draw.groups:
        members = [member for member in group.members if member not in granted]
        k = group.least - (len(group.members) - len(members))
        if k <= 0:
            granted.add(group.name)
        else:
            policy.groups[group.name] = k, members
    who = draw.quorums['seed-base'][0]
    if who == 'all' and others:
        policy.groups['all'] = 'all', list(policy.witnesses)
    policy.quorum = None if who in granted or (who == 'all' and not others) else who
    return policy


def parse(data):
    """The Policy in these bytes; Refused if they are none."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Refused('a policy that is not UTF-8') from None
    if text and text[-1] != '\n':
        raise Refused('a policy whose last line has no end')
    policy, ended = Policy(None), False
    for number, line in enumerate(text.split('\n')[:-1], 1):
        if not line or line.startswith('#'):
            continue
        words = line.split(' ')
        if not all(words) or not _entered(policy, words, ended):
            raise Refused(f'policy, line {number}: {line!r}')
        ended = ended or words[0] == 'quorum'
    if policy.log is None or not ended:
        raise Refused('a policy without log or quorum')
    return policy


def _entered(policy, words, ended):
    """Enter a line; whether it may stand there."""
    known = {**policy.witnesses, **policy.groups}
    kind, count = words[0], len(words)
    if kind == 'log' and count == 2 and policy.log is None and note.read_vkey(words[1]) is not None:
        policy.log = words[1]
    elif kind == 'witness' and count == 3 and len(policy.witnesses) < MOST and _is_new(words[1], known) and words[2] not in policy.witnesses.values() \
            and note.read_vkey(words[2], kind=note.PARTY) is not None:
        policy.witnesses[words[1]] = words[2]
    elif kind == 'group' and count > 3 and len(policy.groups) < MOST and _is_new(words[1], known):
        k, members = words[2], words[3:]
        if k not in ('all', 'any') and not (NUMBER.fullmatch(k) and len(k) < 9 and 1 <= int(k) <= len(members)):
            return False
        if len(set(members)) < len(members) or not set(members) <= set(known):
            return False
        policy.groups[words[1]] = k, members
    elif kind == 'quorum' and count == 2 and not ended and (words[1] == 'none' or words[1] in known):
        policy.quorum = None if words[1] == 'none' else words[1]
    else:
        return False
    return True


def _is_new(name, known):
    return name != 'none' and name not in known
