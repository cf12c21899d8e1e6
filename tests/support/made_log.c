#include "support/made_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/supplements.h"
#include "random/secrets.h"

const sunlot_master made_master = {"made for tests, 32 bytes of it.."};

static void need(bool ok, const char *what, const char *detail)
{
    if (ok) return;
    (void)fprintf(stderr, "made_log: %s: %s\n", what, detail);
    abort();
}

sunlot_text made_view(const sunlot_buffer *b) { return (sunlot_text){b->p, b->n}; }

static void add(sunlot_buffer *b, sunlot_text text) { need(sunlot_buffer_text(b, text), "no memory", ""); }

static sunlot_signer signer_of(const char *label)
{
    sunlot_signer signer;
    const sunlot_digest seed = sunlot_secret_key(&made_master, label);
    sunlot_signer_init(&signer, &seed);
    return signer;
}

/* The draw id: the first line from its fourth field, after `sunlot/v1/`, with slashes for commas. */
static sunlot_buffer id_of(sunlot_text log)
{
    sunlot_text rest, line = sunlot_text_split(log, '\n', &rest);
    sunlot_buffer id = {0};
    for (int i = 0; i < 3; i++) {
        (void)sunlot_text_split(line, ',', &rest);
        line = rest;
    }
    add(&id, SUNLOT_TEXT("sunlot/v1/"));
    add(&id, line);
    for (size_t i = 0; i < id.n; i++)
        if (id.p[i] == ',') id.p[i] = '/';
    return id;
}

/* Where `from` stands in the bytes from `at` on; SIZE_MAX if nowhere. */
static size_t find(const sunlot_buffer *b, size_t at, const char *from)
{
    const size_t n = strlen(from);
    for (; at + n <= b->n; at++)
        if (memcmp(b->p + at, from, n) == 0) return at;
    return SIZE_MAX;
}

static void replace(sunlot_buffer *b, size_t at, const char *from, const char *to)
{
    sunlot_buffer changed = {0};
    add(&changed, (sunlot_text){b->p, at});
    add(&changed, sunlot_text_of(to));
    add(&changed, (sunlot_text){b->p + at + strlen(from), b->n - at - strlen(from)});
    sunlot_buffer_free(b);
    *b = changed;
}

static void fill(sunlot_buffer *out, sunlot_text line)
{
    static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] != '{') {
            add(out, (sunlot_text){line.p + i, 1});
            continue;
        }
        const char letter = line.p[i + 1];
        const size_t all = letter == 's' || letter == 't' ? 32 : 64;
        size_t digits = 0;
        while (line.p[i + 2 + digits] != '}') digits++;
        add(out, (sunlot_text){line.p + i + 1, 1 + digits});
        add(out, (sunlot_text){zeros, all - digits});
        i += 2 + digits;
    }
}

/* Placeholders filled in, and a zero at the end. */
static sunlot_buffer filled(const char *text)
{
    sunlot_buffer out = {0};
    fill(&out, sunlot_text_of(text));
    add(&out, (sunlot_text){"", 1});
    return out;
}

/* Replace the one place at or after `at`; false if there is none. */
static bool replace_one(sunlot_buffer *log, size_t at, const char *from, const char *to)
{
    sunlot_buffer old = filled(from), new = filled(to);
    const size_t place = find(log, at, old.p);
    if (place != SIZE_MAX) {
        need(find(log, place + 1, old.p) == SIZE_MAX, "two places to replace", from);
        replace(log, place, old.p, new.p);
    }
    sunlot_buffer_free(&old);
    sunlot_buffer_free(&new);
    return place != SIZE_MAX;
}

void made_break(sunlot_buffer *log, const char *from, const char *to) { need(replace_one(log, 0, from, to), "nothing to replace", from); }

/* Apply the edits that find their place in the bytes from `at` on. */
static void edit(sunlot_buffer *log, size_t at, const made_edit *edits, bool *done)
{
    for (size_t i = 0; edits != NULL && edits[i].from != NULL; i++)
        if (!done[i]) done[i] = replace_one(log, at, edits[i].from, edits[i].to);
}

static void add_results(sunlot_buffer *out)
{
    sunlot_log *log;
    sunlot_fault fault = {0};
    const sunlot_err err = sunlot_log_read(&log, made_view(out), &fault, NULL);
    need(err == SUNLOT_OK, "no results of a log that is not sound", fault.what);
    sunlot_buffer lines = {0};
    for (uint32_t i = 0; i < sunlot_roster_schools(sunlot_log_roster(log)); i++) {
        sunlot_outcome outcome;
        need(sunlot_replay_school(&lines, log, i, &outcome) == SUNLOT_OK, "a school that is not placed", "");
    }
    sunlot_log_free(log);
    add(out, made_view(&lines));
    sunlot_buffer_free(&lines);
}

static void add_checkpoint(sunlot_buffer *out, sunlot_text word, sunlot_text phase)
{
    sunlot_tree tree;
    sunlot_buffer id = id_of(made_view(out));
    sunlot_signer signer = signer_of(sunlot_text_equal(word, SUNLOT_TEXT("@foreign")) ? "minisign key" : "log key");
    sunlot_tree_init(&tree, 0);
    need(sunlot_tree_lines(&tree, made_view(out), 0, NULL) == SUNLOT_OK, "tree", "");
    need(sunlot_log_write_checkpoint(out, phase, &tree, made_view(&id), &signer) == SUNLOT_OK, "checkpoint", "");
    sunlot_buffer_free(&id);

    size_t start = out->n - 1;
    while (out->p[start - 1] != '\n') start--;
    sunlot_buffer signature = {0};
    add(&signature, (sunlot_text){out->p + start, out->n - start});
    if (sunlot_text_equal(word, SUNLOT_TEXT("@unsigned"))) out->n = start;
    if (sunlot_text_equal(word, SUNLOT_TEXT("@twice"))) add(out, made_view(&signature));
    sunlot_buffer_free(&signature);
}

/* ---- other parties --------------------------------------------------------------------------------------------------------------- */

static sunlot_signer signer_of_party(sunlot_text id)
{
    sunlot_buffer label = {0};
    add(&label, SUNLOT_TEXT("party "));
    add(&label, id);
    add(&label, (sunlot_text){"", 1});
    const sunlot_signer signer = signer_of(label.p);
    sunlot_buffer_free(&label);
    return signer;
}

void made_secret(uint8_t secret64[64], const char *id)
{
    const sunlot_signer signer = signer_of_party(sunlot_text_of(id));
    memcpy(secret64, signer.secret, 64);
}

void made_contribution(uint8_t contribution32[32], const char *id)
{
    const sunlot_text field = sunlot_text_of(id);
    const sunlot_digest digest = sunlot_mac(made_master.b, "contribution", &field, 1);
    memcpy(contribution32, digest.b, 32);
}

/* DRAWID/ID */
static sunlot_buffer key_name(const sunlot_buffer *log, sunlot_text id)
{
    sunlot_buffer name = id_of(made_view(log));
    add(&name, SUNLOT_TEXT("/"));
    add(&name, id);
    return name;
}

static void add_member(sunlot_buffer *out, sunlot_text words)
{
    sunlot_buffer id = id_of(made_view(out));
    sunlot_text word[4];
    for (int i = 0; i < 4; i++) word[i] = sunlot_text_split(words, ' ', &words);
    const sunlot_signer signer = signer_of_party(word[0]);
    add(out, SUNLOT_TEXT("party,"));
    add(out, word[0]);
    add(out, SUNLOT_TEXT(","));
    add(out, word[1]);
    add(out, SUNLOT_TEXT(","));
    need(sunlot_party_vkey(out, made_view(&id), word[0], signer.public_) == SUNLOT_OK, "no memory", "");
    add(out, SUNLOT_TEXT(","));
    add(out, word[2]);
    add(out, SUNLOT_TEXT(","));
    add(out, word[3]);
    add(out, SUNLOT_TEXT("\n"));
    sunlot_buffer_free(&id);
}

/* The last checkpoint of what is made so far, and the lines before it. */
static void add_cosignature(sunlot_buffer *out, sunlot_text words)
{
    sunlot_text label;
    const sunlot_text party = sunlot_text_split(words, ' ', &label);
    size_t at = 0, next = 0;
    while ((next = find(out, next, "\ncheckpoint,")) != SIZE_MAX) at = ++next;
    sunlot_tree tree;
    sunlot_tree_init(&tree, 0);
    need(at > 0 && sunlot_tree_lines(&tree, (sunlot_text){out->p, at}, 0, NULL) == SUNLOT_OK, "tree", "");
    const sunlot_digest root = sunlot_tree_root(&tree);
    sunlot_buffer note = {0}, id = id_of(made_view(out)), name = key_name(out, party), sig = {0};
    const sunlot_signer signer = signer_of_party(label.n > 0 ? label : party);
    need(sunlot_note_write(&note, made_view(&id), tree.size, &root), "no memory", "");
    need(sunlot_note_cosign(&sig, signer.secret, made_view(&name), made_view(&note), 1786000000), "no memory", "");
    const sunlot_text field[] = {SUNLOT_TEXT("signature"), made_view(&name), made_view(&sig)};
    need(sunlot_record_write(out, field, 3), "no memory", "");
    sunlot_buffer_free(&note);
    sunlot_buffer_free(&id);
    sunlot_buffer_free(&name);
    sunlot_buffer_free(&sig);
}

/* The vkey of a party with the key that a label makes. */
static void add_vkey(sunlot_buffer *out, sunlot_text id, sunlot_text label)
{
    sunlot_buffer draw = id_of(made_view(out));
    const sunlot_signer signer = signer_of_party(label);
    need(sunlot_party_vkey(out, made_view(&draw), id, signer.public_) == SUNLOT_OK, "no memory", "");
    sunlot_buffer_free(&draw);
}

/* `BEFORE{@key ID LABEL}AFTER` */
static bool add_replaced(sunlot_buffer *out, sunlot_text line)
{
    sunlot_text rest, label, after, id;
    size_t at = 0;
    while (at < line.n && line.p[at] != '{') at++;
    if (!sunlot_text_starts((sunlot_text){line.p + at, line.n - at}, SUNLOT_TEXT("{@key "))) return false;
    add(out, (sunlot_text){line.p, at});
    (void)sunlot_text_split((sunlot_text){line.p + at, line.n - at}, ' ', &rest);
    id = sunlot_text_split(rest, ' ', &rest);
    label = sunlot_text_split(rest, '}', &after);
    add_vkey(out, id, label);
    add(out, after);
    add(out, SUNLOT_TEXT("\n"));
    return true;
}

static void add_seats(sunlot_buffer *out)
{
    sunlot_log *log;
    sunlot_fault fault = {0};
    sunlot_buffer lines = {0};
    const sunlot_err err = sunlot_log_read(&log, made_view(out), &fault, NULL);
    need(err == SUNLOT_OK, "no seats in a log that is not sound", fault.what);
    need(sunlot_supplement_replay(&lines, log) == SUNLOT_OK, "late students without seats", "");
    sunlot_log_free(log);
    add(out, made_view(&lines));
    sunlot_buffer_free(&lines);
}

/* The log need not be sound: so this is put together here (SPEC 3, 5.3). */
static void add_commit(sunlot_buffer *out, sunlot_text id, const uint8_t contribution32[32])
{
    const size_t list = find(out, 0, "\ncheckpoint,list,");
    need(list != SIZE_MAX, "no list to commit to", "");
    sunlot_tree tree;
    sunlot_tree_init(&tree, 0);
    need(sunlot_tree_lines(&tree, (sunlot_text){out->p, list + 1}, 0, NULL) == SUNLOT_OK, "tree", "");
    const sunlot_digest root = sunlot_tree_root(&tree);
    char root_text[65] = {'h'}, digest_text[65] = {'h'};
    sunlot_hex_write(root_text + 1, root.b, 32);
    sunlot_buffer draw = id_of(made_view(out)), name = key_name(out, id), text = {0}, sig = {0};
    const sunlot_text of[] = {made_view(&draw), id, {root_text, sizeof root_text}};
    const sunlot_digest commitment = sunlot_mac(contribution32, "sunlot/v1/contribution", of, 3);
    sunlot_hex_write(digest_text + 1, commitment.b, 32);
    const sunlot_text digest = {digest_text, sizeof digest_text}, lines[] = {SUNLOT_TEXT("sunlot/v1/commit"), made_view(&draw), id, digest};
    for (int i = 0; i < 4; i++) {
        add(&text, lines[i]);
        add(&text, SUNLOT_TEXT("\n"));
    }
    const sunlot_signer signer = signer_of_party(id);
    need(sunlot_text_sign(&sig, signer.secret, made_view(&name), made_view(&text)), "no memory", "");
    const sunlot_text field[] = {SUNLOT_TEXT("commit"), id, digest, made_view(&sig)};
    need(sunlot_record_write(out, field, 4), "no memory", "");
    sunlot_buffer_free(&draw);
    sunlot_buffer_free(&name);
    sunlot_buffer_free(&text);
    sunlot_buffer_free(&sig);
}

/* A record of a sealed party, made from the log so far. */
static void add_sealed(sunlot_buffer *out, sunlot_text id, bool reveal)
{
    sunlot_buffer zero_ended = {0};
    uint8_t contribution[32];
    add(&zero_ended, id);
    add(&zero_ended, (sunlot_text){"", 1});
    made_contribution(contribution, zero_ended.p);
    sunlot_buffer_free(&zero_ended);
    if (reveal) {
        char hex[64];
        sunlot_hex_write(hex, contribution, 32);
        add(out, SUNLOT_TEXT("reveal,"));
        add(out, id);
        add(out, SUNLOT_TEXT(",x"));
        add(out, (sunlot_text){hex, sizeof hex});
        add(out, SUNLOT_TEXT("\n"));
        return;
    }
    add_commit(out, id, contribution);
}

/* What stands behind an @ and takes words.  False if it is another. */
static bool add_party_line(sunlot_buffer *out, sunlot_text word, sunlot_text words)
{
    if (sunlot_text_equal(word, SUNLOT_TEXT("@member")))
        add_member(out, words);
    else if (sunlot_text_equal(word, SUNLOT_TEXT("@cosign")))
        add_cosignature(out, words);
    else if (sunlot_text_equal(word, SUNLOT_TEXT("@commit")) || sunlot_text_equal(word, SUNLOT_TEXT("@reveal")))
        add_sealed(out, words, sunlot_text_equal(word, SUNLOT_TEXT("@reveal")));
    else
        return false;
    return true;
}

static void add_key(sunlot_buffer *out, bool party)
{
    const sunlot_digest number = sunlot_secret_key(&made_master, "minisign id");
    sunlot_buffer id = id_of(made_view(out));
    sunlot_signer signer = signer_of(party ? "log key" : "minisign key");
    add(out, party ? SUNLOT_TEXT("party,host,host,") : SUNLOT_TEXT("fact,minisign,"));
    need(party ? sunlot_vkey_write(out, made_view(&id), SUNLOT_KEY_LOG, signer.public_) : sunlot_minisign_key(out, &signer, number.b), "no memory", "");
    add(out, party ? SUNLOT_TEXT(",host,-\n") : SUNLOT_TEXT("\n"));
    sunlot_buffer_free(&id);
}

sunlot_buffer made_log(const char *text, const made_edit *edits)
{
    sunlot_buffer log = {0};
    bool done[32] = {false};
    size_t sealed = 0;
    sunlot_text rest = sunlot_text_of(text);
    while (rest.n > 0) {
        sunlot_text line = sunlot_text_split(rest, '\n', &rest), phase;
        if (line.n == 0 || line.p[0] != '@') {
            if (add_replaced(&log, line)) continue;
            fill(&log, line);
            add(&log, SUNLOT_TEXT("\n"));
            continue;
        }
        const sunlot_text word = sunlot_text_split(line, ' ', &phase);
        if (phase.n > 0 && add_party_line(&log, word, phase)) continue;
        if (phase.n > 0) {
            sunlot_text ids;
            phase = sunlot_text_split(phase, ' ', &ids);
            edit(&log, sealed, edits, done);
            add_checkpoint(&log, word, phase);
            while (ids.n > 0) add_cosignature(&log, sunlot_text_split(ids, ' ', &ids));
            edit(&log, sealed, edits, done);
            sealed = log.n;
        } else if (sunlot_text_equal(word, SUNLOT_TEXT("@results"))) {
            add_results(&log);
        } else if (sunlot_text_equal(word, SUNLOT_TEXT("@seats"))) {
            edit(&log, sealed, edits, done);
            add_seats(&log);
        } else {
            add_key(&log, sunlot_text_equal(word, SUNLOT_TEXT("@party")));
        }
    }
    edit(&log, sealed, edits, done);
    for (size_t i = 0; edits != NULL && edits[i].from != NULL; i++) need(done[i], "an edit without a place", edits[i].from);
    return log;
}

sunlot_answer made_answer(sunlot_text log, const sunlot_pin *pin, sunlot_fault *fault)
{
    const sunlot_pin none = {.until = SUNLOT_PHASE_NONE};
    sunlot_verifier *v;
    sunlot_verdict verdict;
    need(sunlot_verifier_new(&v, log, pin != NULL ? pin : &none, NULL) == SUNLOT_OK, "no memory", "");
    for (uint32_t i = 0; i < sunlot_verifier_schools(v); i++) need(sunlot_verifier_school(v, i) == SUNLOT_OK, "no memory", "");
    sunlot_verifier_verdict(v, &verdict);
    sunlot_verifier_free(v);
    if (fault != NULL) *fault = verdict.fault;
    return verdict.answer;
}
