"""The verifier: one word for a log (SPEC 10)."""

from . import digest, ed25519, log_reader, note, problem, results, roster, rulecheck
from .text import Fault, Refused
from .tree import Tree

CHECKS = ('parse', 'order', 'roster', 'entropy', 'quorum', 'signature', 'split', 'mismatch', 'rule')


class Answer:
    """The word; of the first fault its line (or None) and reason; what became of each check."""

    def __init__(self, word, fault=None):
        self.word, self.line, self.reason = word, fault and fault.line, fault and fault.reason
        at = CHECKS.index(word) if fault else len(CHECKS)
        self.checks = {check: 'ok' if i < at else 'fault' if i == at else 'not reached' for i, check in enumerate(CHECKS)}


def verify(data, vkey=None, fingerprint=None, until='results'):
    """The Answer for the bytes of a log. vkey, fingerprint: what pins it."""
    try:
        log = log_reader.read(data)
        check_roster(log)
        check_entropy(log)
        check_signatures(log, vkey)
        if fingerprint is not None and log.checkpoints[0].root.hex() != fingerprint:
            raise Fault('split', log.checkpoints[0].line, 'the fingerprint is not the pinned one')
        check_results(log)
    except Fault as fault:
        return Answer(fault.word, fault)
    if log.checkpoints[-1].phase != until and note.PHASES.index(log.checkpoints[-1].phase) < note.PHASES.index(until):
        return Answer('incomplete')
    if log.draw.mode == roster.REHEARSAL:
        return Answer('rehearsal')
    return Answer('unpinned' if vkey is None and fingerprint is None else 'valid')


def exit_status(word, rehearsal):
    return 0 if word == 'valid' or (word == 'rehearsal' and rehearsal) else 1


def roster_faults(draw):
    yield from roster.limit_faults(draw)
    yield from roster.rule_faults(draw)
    for school in draw.schools:
        yield from roster.school_faults(school)
    seen = set()
    for school in draw.schools:
        for person in school.teachers + school.students:
            if person.pseudonym in seen:
                yield person.line, 'a pseudonym of two schools'
            seen.add(person.pseudonym)


def check_roster(log):
    for line, reason in roster_faults(log.draw):
        raise Fault('roster', line, reason)
    for school in log.draw.schools:
        for who, people in (('students', school.students), ('teachers', school.teachers)):
            if people and sum(len(c.counted) for c in problem.categories_of(school, who, people)) > 512:
                raise Fault('roster', school.line, 'more than 512 counted codes')


def check_entropy(log):
    draw = log.draw
    if sum(length * roster.MILLIBITS[kind] for kind, length, _ in draw.sources) < 128000:
        raise Fault('entropy', draw.sources[-1][2], 'sources of too little entropy')
    if not log.entropy:
        return
    if draw.mode == roster.REHEARSAL:
        for number, (line, fields) in enumerate(log.entropy):
            if number or fields[1] != 'rehearsal' or rehearsal_seed(fields[2]) is None:
                raise Fault('entropy', line, 'not the one record of a rehearsal')
        return
    for number, (line, fields) in enumerate(log.entropy, 1):
        if number > len(draw.sources) or fields[1] != str(number) or not _are_digits(fields[2], *draw.sources[number - 1][:2]):
            raise Fault('entropy', line, 'not what the source announced')
    if len(log.entropy) != len(draw.sources):
        raise Fault('entropy', log.entropy[-1][0], 'a source without its record')


def rehearsal_seed(text):
    if text[:1] != 'x' or len(text) != 65 or any(c not in '0123456789abcdef' for c in text[1:]):
        return None
    return bytes.fromhex(text[1:])


def _are_digits(text, kind, length):
    digits = text.replace('-', '')
    allowed = '0123456789' if kind == 'd10' else '123456'
    return len(digits) == length and all(c in allowed for c in digits) and grouped(digits) == text


def grouped(digits):
    return '-'.join(digits[i:i + 4] for i in range(0, len(digits), 4))


def check_signatures(log, vkey):
    draw = log.draw
    for checkpoint in log.checkpoints:
        if checkpoint.signature is None:
            raise Fault('quorum', checkpoint.line, 'the party has not signed')
    if vkey is not None and vkey != note.write_vkey(draw.name, draw.public):
        raise Fault('signature', None, 'the log key is not the pinned one')
    tree = Tree()
    for checkpoint in log.checkpoints:
        while tree.size < checkpoint.line - 1:
            tree.append(log.lines[tree.size])
        if checkpoint.size != tree.size or checkpoint.root != tree.root():
            raise Fault('signature', checkpoint.line, 'a checkpoint of other lines')
        line, name, data = checkpoint.signature
        text = note.note_text(draw.name, checkpoint.size, checkpoint.root)
        if (name != draw.name or data[:4] != note.key_id(draw.name, draw.public)
                or not ed25519.verify(draw.public, text, data[4:])):
            raise Fault('signature', line, 'a signature that is not valid, or by somebody else')


def seed_of(log):
    if not log.entropy:
        raise Refused('a log without entropy')
    if log.draw.mode == roster.REHEARSAL:
        return rehearsal_seed(log.entropy[0][1][2])
    return digest.seed_live(log.checkpoints[0].root, [log.lines[line - 1].decode() for line, _ in log.entropy])


def replay(log):
    """The result lines (bytes), or None if some school has none."""
    draw, lines = log.draw, []
    for school in draw.schools:
        found = results.lines_of(school, seed_of(log), draw.mix(), draw.tries(), draw.mode)
        if found is None:
            return None
        lines += [line.encode() for line in found]
    return lines


def check_results(log):
    if log.results_start is None:
        return
    here, there = log.result_lines(), replay(log) or []
    for number, (a, b) in enumerate(zip(here + [None], there + [None])):
        if a != b:
            raise Fault('mismatch', log.results_start + number, 'the results are not those of the draw')
    for reason in rulecheck.broken_rules(log.draw, here):
        raise Fault('rule', None, reason)
