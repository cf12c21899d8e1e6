/* The steps after the results: acts, and the seats of late students (SPEC 5.5). */
#include "draw/acts.h"

#include "base/alloc.h"
#include "draw/append.h"
#include "draw/supplements.h"
#include "log/signature.h"
#include "random/base64.h"

/* ---- one record ------------------------------------------------------------------------------------------------------------------------------ */

/* The number of a school as the records have it; of a school that the log does not have the name as it is, which is found when the lines are read. */
static sunlot_text school_number(char out[SUNLOT_NUMBER_BYTES], const sunlot_roster *r, sunlot_text name)
{
    for (uint32_t i = 0; i < r->schools; i++)
        if (sunlot_text_equal(r->school[i].name, name)) return (sunlot_text){out, sunlot_number_write(out, (uint64_t)i + 1)};
    return name;
}

/* The party's vkey is made of its minisign public key; what is none stays as it is. */
static bool write_replaced(sunlot_buffer *out, const sunlot_log *log, const sunlot_entry *e)
{
    uint8_t key[SUNLOT_MINISIGN_KEY_BYTES];
    sunlot_buffer vkey = {0};
    const bool good = sunlot_minisign_key_check(e->value) && sunlot_base64_parse(key, sizeof key, e->value);
    bool complete = good ? sunlot_party_vkey(&vkey, log->roster->id, e->subject, key + 10) == SUNLOT_OK : sunlot_buffer_text(&vkey, e->value);
    const sunlot_text field[] = {SUNLOT_TEXT("replaced"), e->date, e->subject, sunlot_buffer_view(&vkey), e->more};
    complete = complete && sunlot_record_write(out, field, sizeof field / sizeof *field);
    sunlot_buffer_free(&vkey);
    return complete;
}

static bool write_entry(sunlot_buffer *out, const sunlot_log *log, const sunlot_entry *e)
{
    const sunlot_text kind = sunlot_text_of(sunlot_entry_name(e->kind));
    char number[SUNLOT_NUMBER_BYTES];
    switch (e->kind) {
    case SUNLOT_ENTRY_STRUCK:
        return sunlot_record_write(out, (const sunlot_text[]){kind, e->date, e->subject, e->reason, e->authority}, 5);
    case SUNLOT_ENTRY_MOVED:
        return sunlot_record_write(out, (const sunlot_text[]){kind, e->date, e->subject, e->value, e->reason, e->authority}, 6);
    case SUNLOT_ENTRY_BY_HAND:
        return sunlot_record_write(out, (const sunlot_text[]){kind, e->date, school_number(number, log->roster, e->subject), e->value, e->more}, 5);
    case SUNLOT_ENTRY_REPLACED:
        return write_replaced(out, log, e);
    case SUNLOT_ENTRY_SET_ASIDE:
        return sunlot_record_write(out, (const sunlot_text[]){kind, e->date, e->authority, e->reason}, 4);
    case SUNLOT_ENTRY_LATE:
    case SUNLOT_ENTRY_KINDS:
        break;
    }
    sunlot_require_failed();
}

static int by_line(const void *a, const void *b, const void *user)
{
    (void)user;
    return sunlot_text_compare(sunlot_buffer_view(a), sunlot_buffer_view(b));
}

/* The records of one act, sorted. */
static bool write_entries(sunlot_buffer *lines, const sunlot_log *log, const sunlot_entry *entry, uint32_t entries)
{
    sunlot_buffer *line = sunlot_alloc(2 * (size_t)entries, sizeof *line);
    bool good = line != NULL;
    for (uint32_t i = 0; i < entries && good; i++) {
        SUNLOT_REQUIRE(entry[i].kind == entry[0].kind);
        good = write_entry(&line[i], log, &entry[i]);
        if (good) line[i].n--; /* as lines are compared: without LF */
    }
    if (good) sunlot_sort(line, entries, sizeof *line, by_line, NULL, line + entries);
    for (uint32_t i = 0; i < entries && good; i++) good = sunlot_buffer_text(lines, sunlot_buffer_view(&line[i])) && sunlot_buffer_byte(lines, '\n');
    for (uint32_t i = 0; line != NULL && i < entries; i++) sunlot_buffer_free(&line[i]);
    sunlot_release(line);
    return good;
}

/* ---- steps ------------------------------------------------------------------------------------------------------------------------------------ */

sunlot_err sunlot_act_begin(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, sunlot_late_stage stage, const sunlot_signer *signer)
{
    if (log->edition != SUNLOT_EDITION_FULL) return SUNLOT_ERR_EDITION;
    if (log->phase != SUNLOT_PHASE_RESULTS || log->late_stage != stage) return SUNLOT_ERR_PHASE;
    if (stage == SUNLOT_LATE_NONE && log->act_number == SUNLOT_MAX_ACTS) return SUNLOT_ERR_LIMIT;
    return sunlot_append_begin(lines, log, note, signer);
}

sunlot_err sunlot_act_finish(sunlot_buffer *lines, size_t from, const sunlot_log *log, sunlot_act_kind kind, const sunlot_signer *signer)
{
    char name[24];
    sunlot_act_name(name, kind, log->act_number + (log->late_stage == SUNLOT_LATE_NONE));
    return sunlot_append_finish(lines, from, log, sunlot_text_of(name), signer, NULL);
}

sunlot_err sunlot_log_act_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_entry *entry, uint32_t entries,
                                const sunlot_master *master)
{
    const size_t before = lines->n;
    sunlot_signer signer;
    SUNLOT_REQUIRE(entries > 0);
    sunlot_signer_of(&signer, master);
    sunlot_err err = sunlot_act_begin(lines, log, note, SUNLOT_LATE_NONE, &signer);
    if (err == SUNLOT_OK && !write_entries(lines, log, entry, entries)) err = SUNLOT_ERR_MEMORY;
    if (err == SUNLOT_OK) err = sunlot_act_finish(lines, before, log, SUNLOT_ACT_AFTER, &signer);
    if (err != SUNLOT_OK) lines->n = before;
    sunlot_signer_wipe(&signer);
    return err;
}

sunlot_err sunlot_log_late_seat_lines(sunlot_buffer *lines, const sunlot_log *log, sunlot_text note, const sunlot_master *master)
{
    const size_t before = lines->n;
    sunlot_signer signer;
    sunlot_signer_of(&signer, master);
    sunlot_err err = sunlot_act_begin(lines, log, note, SUNLOT_LATE_THROWN, &signer);
    if (err == SUNLOT_OK) err = sunlot_supplement_replay(lines, log);
    if (err == SUNLOT_OK) err = sunlot_act_finish(lines, before, log, SUNLOT_ACT_AFTER, &signer);
    if (err != SUNLOT_OK) lines->n = before;
    sunlot_signer_wipe(&signer);
    return err;
}
