/* The records of the opening that say who signs and where chance comes from: party, group, quorum, source (SPEC 5.1). */
#include <string.h>

#include "base/alloc.h"
#include "log/reader.h"

/* ---- party -------------------------------------------------------------------------------------------------------------------------------- */

/* NAME of a vkey: the draw id, and for another party than the host a slash and its id. */
static bool is_name(const sunlot_roster *r, sunlot_text name, sunlot_text id, bool host)
{
    if (host) return sunlot_text_equal(name, r->id);
    if (name.n != r->id.n + 1 + id.n || !sunlot_text_starts(name, r->id) || name.p[r->id.n] != '/') return false;
    return memcmp(name.p + r->id.n + 1, id.p, id.n) == 0;
}

bool sunlot_party_vkey_parse(sunlot_vkey *out, const sunlot_roster *r, sunlot_text id, sunlot_text vkey)
{
    const bool host = sunlot_text_equal(id, SUNLOT_TEXT("host"));
    return sunlot_vkey_parse(out, vkey) && out->type == (host ? SUNLOT_KEY_LOG : SUNLOT_KEY_PARTY) && is_name(r, out->name, id, host);
}

/* One of two words. */
static bool read_flag(bool *out, sunlot_text field, const char *yes, const char *no)
{
    *out = sunlot_text_equal(field, sunlot_text_of(yes));
    return *out || sunlot_text_equal(field, sunlot_text_of(no));
}

bool sunlot_line_party(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_roster *r = rd->r;
    const bool host = r->parties == 0;
    sunlot_party_rule party = {0};
    sunlot_vkey key;
    if (host && (!sunlot_text_equal(field[1], SUNLOT_TEXT("host")) || !sunlot_text_equal(field[2], SUNLOT_TEXT("host"))))
        return sunlot_reader_parse(rd, "the first party is the host", rd->line);
    if (!sunlot_party_id_check(field[1])) return sunlot_reader_parse(rd, "not the id of a party", field[1]);
    if (field[2].n == 0) return sunlot_reader_parse(rd, "an empty field of a party", rd->line);
    if (!sunlot_vkey_parse(&key, field[3]) || key.type != (host ? SUNLOT_KEY_LOG : SUNLOT_KEY_PARTY) || !is_name(r, key.name, field[1], host))
        return sunlot_reader_parse(rd, "not a key of this draw", field[3]);
    if (!read_flag(&party.own, field[4], "own", "host") || (host && party.own)) return sunlot_reader_parse(rd, "not where the key was made", field[4]);
    if (!read_flag(&party.sealed, field[5], "sealed", "-") || (host && party.sealed)) return sunlot_reader_parse(rd, "not the part of a party", field[5]);
    if (host && !sunlot_facts_complete(rd)) return false;
    if (!host && sunlot_party_id_reserved(field[1])) return sunlot_reader_order(rd, "this id belongs to no other party", field[1]);
    if (r->parties > 1 && sunlot_text_compare(r->party[r->parties - 1].id, field[1]) >= 0)
        return sunlot_reader_order(rd, "parties are sorted, each once", field[1]);
    if (r->parties == SUNLOT_MAX_PARTIES) return sunlot_reader_order(rd, "too many parties", rd->line);

    memcpy(party.public_, key.public_, sizeof party.public_);
    for (uint32_t i = 0; i < r->parties; i++)
        if (memcmp(r->party[i].public_, party.public_, sizeof party.public_) == 0)
            sunlot_reader_roster(rd, rd->log->lines, "two parties with one key", field[1]);
    if (!sunlot_reader_keep(rd, field[1], &party.id) || !sunlot_reader_keep(rd, field[2], &party.role) || !sunlot_reader_keep(rd, field[3], &party.vkey))
        return false;
    r->party[r->parties++] = party;
    return true;
}

/* ---- group --------------------------------------------------------------------------------------------------------------------------------- */

/* Members are ids, ascending, joined by semicolons: a form.  How many; 0: not of this form. */
static uint32_t count_members(sunlot_text members)
{
    sunlot_text before = {NULL, 0};
    uint32_t count = 0;
    for (sunlot_text rest = members; rest.p != NULL; count++) {
        const sunlot_text id = sunlot_text_split(rest, ';', &rest);
        if (!sunlot_party_id_check(id) || (count > 0 && sunlot_text_compare(before, id) >= 0)) return 0;
        before = id;
    }
    return count;
}

bool sunlot_line_group(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_roster *r = rd->r;
    uint64_t k;
    sunlot_group_rule group = {.count = count_members(field[3])};
    if (!sunlot_party_id_check(field[1])) return sunlot_reader_parse(rd, "not the name of a group", field[1]);
    if (group.count == 0) return sunlot_reader_parse(rd, "not a list of members", field[3]);
    if (!sunlot_number_parse(&k, field[2], group.count) || k == 0) return sunlot_reader_parse(rd, "not how many of a group", field[2]);
    if (sunlot_party_id_reserved(field[1]) || sunlot_roster_party(r, field[1]) != SUNLOT_NONE32 || sunlot_roster_group(r, field[1]) != SUNLOT_NONE32)
        return sunlot_reader_order(rd, "this name is taken", field[1]);
    for (sunlot_text rest = field[3]; rest.p != NULL;) {
        const sunlot_text id = sunlot_text_split(rest, ';', &rest);
        const uint32_t party = sunlot_roster_party(r, id), inner = sunlot_roster_group(r, id);
        if (party == SUNLOT_NONE32 && inner == SUNLOT_NONE32) return sunlot_reader_order(rd, "a member that is not there", id);
        if (party != SUNLOT_NONE32)
            group.parties |= UINT32_C(1) << party;
        else
            group.groups |= UINT32_C(1) << inner;
    }
    if (r->groups == SUNLOT_MAX_GROUPS) return sunlot_reader_order(rd, "too many groups", rd->line);
    group.k = (uint32_t)k;
    if (!sunlot_reader_keep(rd, field[1], &group.name) || !sunlot_reader_keep(rd, field[3], &group.members)) return false;
    r->group[r->groups++] = group;
    return true;
}

/* ---- quorum --------------------------------------------------------------------------------------------------------------------------------- */

bool sunlot_line_quorum(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    const sunlot_text who = field[2];
    sunlot_roster *r = rd->r;
    unsigned quorum = 0;
    while (quorum < SUNLOT_QUORUMS && !sunlot_text_equal(field[1], sunlot_quorum_word((sunlot_quorum)quorum))) quorum++;
    if (quorum == SUNLOT_QUORUMS || !sunlot_party_id_check(who)) return sunlot_reader_parse(rd, "not a quorum of version 1", rd->line);
    if (quorum != rd->quorums) return sunlot_reader_order(rd, "quorums stand in the order of the phases", rd->line);
    if (!sunlot_text_equal(who, SUNLOT_TEXT("all")) && sunlot_roster_party(r, who) == SUNLOT_NONE32 && sunlot_roster_group(r, who) == SUNLOT_NONE32)
        return sunlot_reader_order(rd, "neither a party nor a group", who);
    rd->quorums++;
    if (!sunlot_reader_keep(rd, who, &r->quorum[quorum])) return false;
    const uint32_t blocker = quorum == SUNLOT_QUORUM_DIGITS ? sunlot_quorum_blocker(r, who) : SUNLOT_NONE32;
    if (blocker != SUNLOT_NONE32)
        sunlot_fault_set(&rd->quorum, SUNLOT_FAULT_QUORUM, rd->log->lines, "one party alone can block the digits", r->party[blocker].id);
    return true;
}

/* ---- source --------------------------------------------------------------------------------------------------------------------------------- */

static bool read_length(sunlot_source_rule *source, sunlot_text field)
{
    static const uint64_t most[SUNLOT_SOURCE_KINDS] = {SUNLOT_MAX_DIGITS, SUNLOT_MAX_DIGITS, SUNLOT_MAX_NUMBERS, UINT64_C(1000000000000)};
    return sunlot_number_parse(&source->length, field, most[source->kind]) && source->length > 0;
}

bool sunlot_line_source(sunlot_reader *rd)
{
    const sunlot_text *field = rd->record->field;
    sunlot_roster *r = rd->r;
    uint64_t number;
    uint8_t chain[32];
    unsigned kind = 0;
    while (kind < SUNLOT_SOURCE_KINDS && !sunlot_text_equal(field[2], sunlot_text_of(sunlot_source_kind_name((sunlot_source_kind)kind)))) kind++;
    sunlot_source_rule source = {.kind = (sunlot_source_kind)kind};
    if (!sunlot_number_parse(&number, field[1], SUNLOT_MAX_SOURCES) || number == 0) return sunlot_reader_parse(rd, "not a number of a source", field[1]);
    if (kind == SUNLOT_SOURCE_KINDS) return sunlot_reader_parse(rd, "not a kind of source", field[2]);
    if (!read_length(&source, field[3])) return sunlot_reader_parse(rd, "not a length of a source", field[3]);
    if (field[4].n == 0 || field[5].n == 0 || field[6].n == 0) return sunlot_reader_parse(rd, "an empty field of a source", rd->line);
    if (source.kind == SUNLOT_SOURCE_LOTTERY && !sunlot_lottery_check(field[4]))
        return sunlot_reader_parse(rd, "not the name and issue of a lottery", field[4]);
    if (source.kind == SUNLOT_SOURCE_DRAND && !sunlot_reader_hex(chain, sizeof chain, 'h', field[4]))
        return sunlot_reader_parse(rd, "not the hash of a chain", field[4]);
    if (number != r->sources + 1) return sunlot_reader_order(rd, "sources are numbered 1, 2, in order", field[1]);
    if (source.kind < SUNLOT_SOURCE_LOTTERY && r->sources > 0 && r->source[r->sources - 1].kind >= SUNLOT_SOURCE_LOTTERY)
        return sunlot_reader_order(rd, "dice after a source that nobody here can check", rd->line);
    if (!sunlot_reader_keep(rd, field[4], &source.holder) || !sunlot_reader_keep(rd, field[5], &source.crooked) ||
        !sunlot_reader_keep(rd, field[6], &source.substitute))
        return false;
    r->source[r->sources++] = source;
    return true;
}
