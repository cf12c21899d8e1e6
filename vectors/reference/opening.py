"""Reading the opening of a log (SPEC 5.1)."""

from . import note, parties
from .record_reader import any_text, matches, number, one_of
from .roster import (ALGORITHMS, FACTS, LENGTHS, LIVE, MILLIBITS, REHEARSAL, REQUIRED_FACTS, Rule, Source, is_fact, is_holder, is_name,
                     is_rule)
from .text import Fault


def read_opening(reader, draw):
    fields = reader.take('sunlot', (one_of('v1'), one_of(ALGORITHMS), one_of(LIVE, REHEARSAL), is_name, matches('[0-9]{4}'),
                                    is_name, is_name, number(1, 99)))
    draw.mode = fields[3]
    draw.name = 'sunlot/v1/' + '/'.join(fields[3:])
    _facts(reader, draw)
    _parties(reader, draw)
    _groups(reader, draw)
    _quorums(reader, draw)
    _sources(reader, draw)
    _rules(reader, draw)


def _facts(reader, draw):
    last = ''
    while reader.next_is('fact'):
        line = reader.line()
        _, key, value = reader.take('fact', (one_of(*FACTS), bool))
        if not is_fact(key, value, draw.mode):
            raise Fault('parse', line, 'a value that does not have its form')
        if key <= last:
            reader.misplaced(line, 'facts not in order')
        draw.facts[key], last = value, key


def _parties(reader, draw):
    _party(reader, draw, (one_of('host'), one_of('host'), any_text, one_of('host'), one_of('-')))
    if any(key not in draw.facts for key in REQUIRED_FACTS) or ('authority' in draw.facts) != ('ground' in draw.facts):
        reader.misplaced(draw.parties[0].line, 'a fact is missing')
    while reader.next_is('party'):
        _party(reader, draw, (parties.is_id, bool, any_text, one_of('own', 'host'), one_of('sealed', '-')))
        party = draw.parties[-1]
        if len(draw.parties) > parties.MOST_PARTIES + 1 or party.id in parties.RESERVED or (
                len(draw.parties) > 2 and draw.parties[-2].id >= party.id):
            reader.misplaced(party.line, 'parties not in order, or too many')


def _party(reader, draw, forms):
    line = reader.line()
    _, party_id, role, vkey, device, part = reader.take('party', forms)
    name = f'{draw.name}/{party_id}' if draw.parties else draw.name
    party = parties.Party(party_id, role, name, None, device, part == 'sealed', line)
    if draw.parties:
        party.kind = note.PARTY
    party.public = note.read_vkey(vkey, name, party.kind)
    if party.public is None:
        raise Fault('parse', line, 'a key that does not have its form')
    draw.parties.append(party)


def _groups(reader, draw):
    known = {party.id for party in draw.parties}
    while reader.next_is('group'):
        line = reader.line()
        _, name, least, members = reader.take('group', (parties.is_id, number(1, 10 ** 12), parties.is_members))
        members = members.split(';')
        if int(least) > len(members):
            raise Fault('parse', line, 'more than there are members')
        if name in known or name in parties.RESERVED or not set(members) <= known or len(draw.groups) == parties.MOST_GROUPS:
            reader.misplaced(line, 'a name that is taken, an unknown member, or too many groups')
        known.add(name)
        draw.groups.append(parties.Group(name, int(least), members, line))


def _quorums(reader, draw):
    known = {'all'} | {party.id for party in draw.parties} | {group.name for group in draw.groups}
    for phase in parties.PHASES:
        line = reader.line()
        _, written, who = reader.take('quorum', (one_of(*parties.PHASES), parties.is_id))
        if written != phase or who not in known:
            reader.misplaced(line, 'the quorum of another phase, or of nobody')
        draw.quorums[phase] = who, line


def _sources(reader, draw):
    while reader.next_is('source') or not draw.sources:
        line = reader.line()
        fields = reader.take('source', (number(1, 16), one_of(*MILLIBITS), number(1, 10 ** 12), bool, bool, bool))
        kind, length, holder = fields[2], int(fields[3]), fields[4]
        if length > LENGTHS[kind] or not is_holder(kind, holder):
            raise Fault('parse', line, 'a length or a holder that does not have its form')
        throws = MILLIBITS[kind] > 0
        if int(fields[1]) != len(draw.sources) + 1 or (throws and any(MILLIBITS[source.kind] == 0 for source in draw.sources)):
            reader.misplaced(line, 'sources not in order')
        draw.sources.append(Source(kind, length, holder, line))


def _rules(reader, draw):
    last = b''
    while reader.next_is('rule'):
        line, text = reader.line(), reader.lines[reader.at]
        rule = Rule(reader.take('rule', (any_text,) * 5)[1:], line)
        if not is_rule(rule.who, rule.kind, rule.column, rule.value):
            raise Fault('parse', line, 'a rule that does not have its form')
        if text <= last:
            reader.misplaced(line, 'rules not in order')
        draw.rules.append(rule)
        last = text
