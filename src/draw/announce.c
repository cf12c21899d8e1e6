/* The announcement: a log up to its first signed checkpoint, and what is published or kept beside it (SPEC 6, 11.3). */
#include <string.h>

#include "base/alloc.h"
#include "draw/append.h"
#include "random/secrets.h"
#include "roster/enrolment.h"

/* ---- keys ------------------------------------------------------------------------------------------------------------------------------------- */

/* The minisign key of a master secret; wipe it after use. */
static void minisign_of(sunlot_signer *out, uint8_t id8[8], const sunlot_master *master)
{
    sunlot_digest seed = sunlot_secret_key(master, "minisign key");
    const sunlot_digest id = sunlot_secret_key(master, "minisign id");
    sunlot_signer_init(out, &seed);
    sunlot_digest_wipe(&seed);
    memcpy(id8, id.b, 8);
}

/* Append the log key as a vkey, and the minisign key as `form` writes it: as the log names it, or as a file. */
typedef bool minisign_form(sunlot_buffer *out, const sunlot_signer *signer, const uint8_t id8[8]);

static bool write_keys(sunlot_buffer *vkey, sunlot_buffer *minisign, minisign_form *form, sunlot_text id, const sunlot_master *master)
{
    sunlot_signer log_key, minisign_key;
    uint8_t id8[8];
    sunlot_signer_of(&log_key, master);
    minisign_of(&minisign_key, id8, master);
    const bool complete = sunlot_vkey_write(vkey, id, SUNLOT_KEY_LOG, log_key.public_) && form(minisign, &minisign_key, id8);
    sunlot_signer_wipe(&log_key);
    sunlot_signer_wipe(&minisign_key);
    return complete;
}

sunlot_err sunlot_keys_write(sunlot_buffer *vkey, sunlot_buffer *minisign_pub, const sunlot_roster *r, const sunlot_master *master)
{
    const size_t before = vkey->n, before_pub = minisign_pub->n;
    if (write_keys(vkey, minisign_pub, sunlot_minisign_pub, r->id, master) && sunlot_buffer_byte(vkey, '\n')) return SUNLOT_OK;
    vkey->n = before;
    minisign_pub->n = before_pub;
    return SUNLOT_ERR_MEMORY;
}

/* ---- people ----------------------------------------------------------------------------------------------------------------------------------- */

static bool write_person(sunlot_buffer *people, int who, const sunlot_person *person, const sunlot_mac_state *secrets)
{
    uint8_t pseudonym16[16];
    char pseudonym[33], salt[65] = {'h'};
    sunlot_secret_pseudonym(pseudonym16, secrets, who == SUNLOT_STUDENTS ? "student" : "teacher", person->school, person->id);
    sunlot_pseudonym_write(pseudonym, who == SUNLOT_STUDENTS ? 's' : 't', pseudonym16);
    const sunlot_text pseudonym_text = {pseudonym, sizeof pseudonym};
    sunlot_digest digest = sunlot_secret_salt(secrets, pseudonym_text);
    sunlot_hex_write(salt + 1, digest.b, sizeof digest.b);
    sunlot_digest_wipe(&digest);
    const sunlot_text field[] = {pseudonym_text, {salt, sizeof salt}, person->school, person->id, person->name};
    return sunlot_record_write(people, field, 5);
}

static bool write_people(sunlot_buffer *people, const sunlot_enrolment *e, const sunlot_mac_state *secrets)
{
    if (!sunlot_buffer_string(people, "pseudonym,salt,school,id,name\n")) return false;
    for (int who = 0; who < SUNLOT_WHOS; who++) {
        for (uint32_t school = 0; school < e->schools; school++) {
            for (uint32_t place = 0; place < e->school[school].count[who]; place++) {
                const sunlot_person person = sunlot_enrolment_person(e, who, school, place);
                if (!write_person(people, who, &person, secrets)) return false;
            }
        }
    }
    return true;
}

/* ---- the announcement --------------------------------------------------------------------------------------------------------------------------- */

/* The vkeys of the parties: the host's is given, the others' are made of their keys.  In *room. */
static bool name_keys(sunlot_roster *keyed, sunlot_text host, sunlot_buffer *room)
{
    size_t at[SUNLOT_MAX_PARTIES + 1] = {0};
    for (uint32_t i = 1; i < keyed->parties; i++) {
        if (sunlot_party_vkey(room, keyed->id, keyed->party[i].id, keyed->party[i].public_) != SUNLOT_OK) return false;
        at[i] = room->n;
    }
    keyed->party[0].vkey = host;
    for (uint32_t i = 1; i < keyed->parties; i++) keyed->party[i].vkey = (sunlot_text){room->p + at[i - 1], at[i] - at[i - 1]};
    return true;
}

/* The roster knows no keys of the host; a copy of its head gets them. */
static sunlot_err write_roster(sunlot_buffer *bytes, const sunlot_roster *r, const sunlot_master *master, const sunlot_crew *crew)
{
    sunlot_buffer vkey = {0}, minisign = {0}, others = {0};
    sunlot_roster keyed = *r;
    const bool named = write_keys(&vkey, &minisign, sunlot_minisign_key, r->id, master) && name_keys(&keyed, sunlot_buffer_view(&vkey), &others);
    keyed.facts.minisign = sunlot_buffer_view(&minisign);
    const sunlot_err err = named ? sunlot_log_write_roster(bytes, &keyed, crew) : SUNLOT_ERR_MEMORY;
    sunlot_buffer_free(&vkey);
    sunlot_buffer_free(&minisign);
    sunlot_buffer_free(&others);
    return err;
}

static sunlot_err write_log(sunlot_log **out, sunlot_buffer *bytes, const sunlot_roster *r, const sunlot_master *master, const sunlot_crew *crew)
{
    const size_t before = bytes->n;
    sunlot_err err = write_roster(bytes, r, master, crew);
    if (err != SUNLOT_OK) return err;
    if ((uint64_t)(bytes->n - before) > SUNLOT_MAX_LOG_BYTES) return SUNLOT_ERR_LIMIT;
    sunlot_signer signer;
    sunlot_signer_of(&signer, master);
    err = sunlot_log_begin(out, bytes, before, &signer, crew);
    sunlot_signer_wipe(&signer);
    return err;
}

sunlot_err sunlot_announce(sunlot_log **out, sunlot_buffer *bytes, sunlot_buffer *people, const sunlot_enrolment *e, const sunlot_roster *r,
                           const sunlot_master *master, const sunlot_crew *crew)
{
    const size_t bytes_before = bytes->n, people_before = people != NULL ? people->n : 0;
    sunlot_log *log = NULL;
    sunlot_err err = write_log(&log, bytes, r, master, crew);
    if (err == SUNLOT_OK && people != NULL) {
        sunlot_mac_state secrets;
        sunlot_secret_begin(&secrets, master);
        if (!write_people(people, e, &secrets)) err = SUNLOT_ERR_MEMORY;
        sunlot_mac_wipe(&secrets);
    }
    if (err == SUNLOT_OK && out != NULL)
        *out = log;
    else
        sunlot_log_free(log);
    if (err == SUNLOT_OK) return SUNLOT_OK;
    bytes->n = bytes_before;
    if (people != NULL) people->n = people_before;
    return err;
}

/* ---- minisign ----------------------------------------------------------------------------------------------------------------------------------- */

static uint64_t count_lines(sunlot_text log)
{
    uint64_t lines = 0;
    while (log.n > 0) {
        sunlot_text_split(log, '\n', &log);
        lines++;
    }
    return lines;
}

/* The draw id of a log, from its first line.  In the arena of scratch. */
static sunlot_err read_id(sunlot_roster *scratch, sunlot_text log)
{
    sunlot_text rest;
    sunlot_record *record = sunlot_alloc(1, sizeof *record);
    if (record == NULL) return SUNLOT_ERR_MEMORY;
    sunlot_err err = SUNLOT_ERR_LOG;
    if (sunlot_record_parse(record, sunlot_text_split(log, '\n', &rest)) == NULL) err = sunlot_title_read(scratch, record);
    sunlot_release(record);
    return err;
}

/* `DRAWID SIZE lines` */
static sunlot_err write_comment(sunlot_buffer *out, sunlot_text log)
{
    sunlot_roster scratch = {0};
    sunlot_err err = read_id(&scratch, log);
    if (err == SUNLOT_OK) {
        const bool complete = sunlot_buffer_text(out, scratch.id) && sunlot_buffer_byte(out, ' ') && sunlot_buffer_number(out, count_lines(log)) &&
                              sunlot_buffer_string(out, " lines");
        if (!complete) err = SUNLOT_ERR_MEMORY;
    }
    sunlot_arena_free(&scratch.arena);
    return err;
}

/* Is this the key that the log names?  Its facts follow the first line. */
static sunlot_err check_key(sunlot_text log, const sunlot_signer *signer, const uint8_t id8[8])
{
    sunlot_buffer fact = {0};
    if (!sunlot_buffer_string(&fact, "fact,minisign,") || !sunlot_minisign_key(&fact, signer, id8)) {
        sunlot_buffer_free(&fact);
        return SUNLOT_ERR_MEMORY;
    }
    bool found = false;
    sunlot_text line = sunlot_text_split(log, '\n', &log);
    do {
        line = sunlot_text_split(log, '\n', &log);
        found = sunlot_text_equal(line, sunlot_buffer_view(&fact));
    } while (!found && sunlot_text_starts(line, SUNLOT_TEXT("fact,")));
    sunlot_buffer_free(&fact);
    return found ? SUNLOT_OK : SUNLOT_ERR_KEY;
}

sunlot_err sunlot_minisign(sunlot_buffer *out, sunlot_text log, const sunlot_master *master)
{
    sunlot_buffer comment = {0};
    sunlot_signer signer;
    uint8_t id8[8];
    minisign_of(&signer, id8, master);
    sunlot_err err = write_comment(&comment, log);
    if (err == SUNLOT_OK) err = check_key(log, &signer, id8);
    if (err == SUNLOT_OK && !sunlot_minisign_sign(out, &signer, id8, log, sunlot_buffer_view(&comment))) err = SUNLOT_ERR_MEMORY;
    sunlot_signer_wipe(&signer);
    sunlot_buffer_free(&comment);
    return err;
}
