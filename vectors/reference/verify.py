"""The verifier: one word for a log (SPEC 10)."""

from . import acts, editions, log_reader, problem, results, roster, rulecheck, several, signatures
from .entropy import check_entropy, grouped, rehearsal_seed, seed_of  # some for those who make logs
from .text import Fault, read_record

CHECKS = ('parse', 'order', 'roster', 'commitment', 'entropy', 'quorum', 'signature', 'split', 'mismatch', 'rule')
RECOMPUTED = ('mismatch', 'rule')
PHASES = ('list', 'commits', 'seed-base', 'digits', 'groups', 'digits-2', 'results')


class Answer:
    """The word; of the first fault its line (or None) and reason; what became of each check; who attested."""

    def __init__(self, word, fault=None, log=None, attested=()):
        self.word, self.line, self.reason = word, fault and fault.line, fault and fault.reason
        self.log, self.attested = log, list(attested)
        at = CHECKS.index(word) if fault else len(CHECKS)
        self.checks = {check: 'ok' if i < at else 'fault' if i == at else 'not reached' for i, check in enumerate(CHECKS)}
        if log and log.draw.public_edition:
            for check in RECOMPUTED:
                if self.checks[check] == 'ok':
                    self.checks[check] = 'attested' if attested else 'not reached'


class Pins:
    """What is given from outside: the log key, the fingerprint, a Policy, Notes of the log's checkpoints, an earlier Note, another log.

    A note is None where the file is none; there is no earlier one if since is ().
    """

    def __init__(self, vkey=None, fingerprint=None, policy=None, notes=(), since=(), other=None):
        self.vkey, self.fingerprint, self.policy = vkey, fingerprint, policy
        self.notes, self.since, self.other = list(notes), since, other

    def pin(self):
        """Whether there is anything to compare key or fingerprint with."""
        return (self.vkey, self.fingerprint, self.policy) != (None, None, None)


def verify(data, vkey=None, fingerprint=None, until='results', pins=None):
    """The Answer for the bytes of a log. vkey, fingerprint, or pins: what pins it."""
    pins = pins or Pins(vkey, fingerprint)
    if pins.other is not None and several.is_longer(pins.other, data):
        data, pins.other = pins.other, data
    log = None
    try:
        log = log_reader.read(data)
        check_roster(log)
        standing = acts.final_standing(log)
        signatures.check_contributions(log)
        check_entropy(log)
        signatures.check_quorums(log, pins.notes)
        if pins.policy:
            signatures.check_policy(log, pins.policy, pins.notes)
        for key in (pins.vkey, pins.policy and pins.policy.log):
            signatures.check_key(log, key)
        signatures.check_signatures(log, pins.notes)
        if pins.since != ():
            signatures.check_earlier(log, pins.since)
        pinned = check_pins(log, data, pins)
        check_results(log)
    except Fault as fault:
        return Answer(fault.word, fault, log)
    return Answer(word_of(log, standing, pins, pinned, until), None, log, editions.attesters(log, pins.notes))


def check_pins(log, data, pins):
    """Whether the log is pinned; Fault of kind split."""
    base = log.checkpoint('seed-base')
    if pins.fingerprint is not None and base and base.root.hex() != pins.fingerprint:
        raise Fault('split', base.line, 'the fingerprint is not the pinned one')
    several.check_notes(log, pins.notes)
    if pins.since != ():
        several.check_extends(log, pins.since)
    if pins.other is not None:
        several.check_continues(data, pins.other)
    return pins.vkey is not None or pins.policy is not None or (pins.fingerprint is not None and base is not None)


def phase_of(log):
    """The last phase that the log has reached: acts and a withdrawal are none."""
    return [checkpoint.phase for checkpoint in log.checkpoints if checkpoint.phase in PHASES][-1]


def word_of(log, standing, pins, pinned, until):
    """The word for a log without fault."""
    if standing.set_aside:
        return 'set-aside'
    unattested = log.draw.public_edition and log.result_lines() and not editions.attesters(log, pins.notes)
    if (PHASES.index(phase_of(log)) < PHASES.index(until) or log.withdrawn or unattested
            or not signatures.quorum_is_reached(log, log.checkpoints[-1], pins.notes)):
        return 'incomplete'
    if log.draw.mode == roster.REHEARSAL:
        return 'rehearsal'
    if any(act.kind == 'by-hand' for act in log.acts):
        return 'by-hand'
    return 'valid' if pinned else 'unpinned'


def exit_status(word, rehearsal):
    return 0 if word == 'valid' or (word == 'rehearsal' and rehearsal) else 1


def headline(answer):
    """What goes with the word of a sound log: names and values (SPEC 10)."""
    log = answer.log
    standing = acts.final_standing(log)
    base = log.checkpoint('seed-base')
    own, signed = signatures.independent(log)
    yield 'word', answer.word
    yield 'fingerprint', base.root.hex() if base else '-'
    yield 'independent', f'{own} of {signed}'
    yield 'announced', sum(school.announced for school in log.draw.schools)
    yield 'fixed', sum(len(school.locks) for school in log.draw.schools)
    yield 'struck', len(standing.struck)
    yield 'late', standing.arrived
    yield 'moved', len(standing.moved)
    if log.draw.public_edition:
        yield 'attested', ' '.join(answer.attested) or '-'


def roster_faults(log):
    draw = log.draw
    yield from roster.limit_faults(draw)
    yield from roster.party_faults(draw)
    yield from roster.rule_faults(draw)
    yield from roster.round_faults(draw)
    for school in draw.schools:
        yield from roster.school_faults(school, draw.public_edition)
    seen = set()
    for school in draw.schools:
        for person in school.teachers + school.students:
            if person.pseudonym in seen:
                yield person.line, 'a pseudonym of two schools'
            seen.add(person.pseudonym)


def check_roster(log):
    for line, reason in roster_faults(log):
        raise Fault('roster', line, reason)
    for school in log.draw.schools:
        for who, people in (('students', school.students), ('teachers', school.teachers)):
            if people and sum(len(c.counted) for c in problem.categories_of(school, who, people)) > 512:
                raise Fault('roster', school.line, 'more than 512 counted codes')


def replay(log):
    """The result lines (bytes) of all rounds that there are digits for, a list each, or None if some school has no results."""
    draw, first, second = log.draw, [], []
    for school in draw.schools:
        placement = results.settle(school, seed_of(log), draw.mix(), draw.tries())
        if placement is None:
            return None
        first += results.first_lines(school, placement, draw.mode, draw.rounds())
        if len(log.rounds) > 1:
            second += results.second_lines(school, placement, seed_of(log, 1), draw.mode)
    return [[line.encode() for line in lines] for lines in (first, second)[:len(log.rounds)]]


def _compare(start, here, there):
    for number, (a, b) in enumerate(zip(here + [None], there + [None])):
        if a != b:
            raise Fault('mismatch', start + number, 'the results are not those of the draw')


def check_results(log):
    if not log.result_lines():
        return
    if log.draw.public_edition:
        for line, reason in editions.result_faults(log):
            raise Fault('mismatch', line, reason)
        return
    there = replay(log) or [[]] * len(log.rounds)
    for number, (this, lines) in enumerate(zip(log.rounds, there)):
        if this.start:
            _compare(this.start, log.result_lines(number), lines)
    for act in log.acts:
        if act.seats:
            _compare(act.seats[0][0], log.lines[act.seats[0][0] - 1:act.seats[-1][0]], act.expected)
    for reason in broken_rules(log):
        raise Fault('rule', None, reason)


def broken_rules(log):
    return rulecheck.broken_rules(log.draw, all_results(log), len(log.rounds) == log.draw.rounds() and log.rounds[-1].start is not None)


def all_results(log):
    """The result lines as they would stand in one round: sections behind their school's block; without those of a second round to come."""
    if log.draw.rounds() == 1:
        return log.result_lines()
    blocks = {}
    for number in range(len(log.rounds)):
        for line in log.result_lines(number):
            fields = read_record(line, 0)
            if fields[0] in ('placed', 'matched'):
                block = blocks.setdefault(fields[1], [])
            if fields[0] != 'matched':
                block.append(line)
    return [line for block in blocks.values() for line in block]
