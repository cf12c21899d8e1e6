"""The sources, what they gave, and the seeds (SPEC 3, 5.1, 5.3)."""

import re

from . import digest, roster
from .text import Fault

LEAST_MILLIBITS = 128000


def grouped(digits):
    return '-'.join(digits[i:i + 4] for i in range(0, len(digits), 4))


def is_of(source, text):
    """Whether a source gave this."""
    if source.kind == 'lottery':
        issue = source.holder.rpartition(' ')[2]
        return re.fullmatch(f'i{issue}(-[0-9][0-9]){{{source.length}}}', text) is not None
    if source.kind == 'drand':
        return re.fullmatch(f'r{source.length}-g[0-9a-f]{{96}}', text) is not None
    digits = text.replace('-', '')
    allowed = '0123456789' if source.kind == 'd10' else '123456'
    return len(digits) == source.length and all(c in allowed for c in digits) and grouped(digits) == text


def rehearsal_seed(text):
    return bytes.fromhex(text[1:]) if re.fullmatch('x[0-9a-f]{64}', text) else None


def check_sources(draw):
    if sum(source.length * roster.MILLIBITS[source.kind] for source in draw.sources if roster.MILLIBITS[source.kind]) < LEAST_MILLIBITS:
        raise Fault('entropy', draw.sources[-1].line, 'sources of too little entropy')


def check_entropy(log):
    """The sources, and the entropy records of all rounds and supplements."""
    check_sources(log.draw)
    for entropy in [this.entropy for this in log.rounds] + [act.entropy for act in log.acts if act.entropy]:
        _check_records(log, entropy)


def _check_records(log, entropy):
    draw = log.draw
    if draw.mode == roster.REHEARSAL:
        for number, (line, fields) in enumerate(entropy):
            if number or fields[1] != 'rehearsal' or rehearsal_seed(fields[2]) is None or fields != log.entropy[0][1]:
                raise Fault('entropy', line, 'not the one record of the rehearsal')
        return
    for number, (line, fields) in enumerate(entropy, 1):
        if number > len(draw.sources) or fields[1] != str(number) or not is_of(draw.sources[number - 1], fields[2]):
            raise Fault('entropy', line, 'not what the source announced')
    if len(entropy) != len(draw.sources):
        raise Fault('entropy', entropy[-1][0], 'a source without its record')


def _seed(log, entropy, checkpoint):
    if not entropy or checkpoint is None:
        return None
    if log.draw.mode == roster.REHEARSAL:
        return rehearsal_seed(entropy[0][1][2])
    return digest.seed_live(checkpoint.root, [log.lines[line - 1].decode() for line, _ in entropy])


def seed_of(log, which=0):
    """The seed of a round, or None if there is none yet."""
    if len(log.rounds) <= which:
        return None
    return _seed(log, log.rounds[which].entropy, log.checkpoint('groups' if which else 'seed-base'))


def seed_of_supplement(log, act):
    return _seed(log, act.entropy, act.base)
