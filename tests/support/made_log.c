#include "support/made_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log/log.h"
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
    need(sunlot_log_read(&log, made_view(out), &fault, NULL) == SUNLOT_OK, "no results of a log that is not sound", fault.what);
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
    unsigned number = SUNLOT_PHASE_SEED_BASE;
    while (!sunlot_text_equal(phase, sunlot_text_of(sunlot_phase_name((sunlot_phase)number)))) number++;
    sunlot_tree_init(&tree, 0);
    need(sunlot_tree_lines(&tree, made_view(out), 0, NULL) == SUNLOT_OK, "tree", "");
    need(sunlot_log_write_checkpoint(out, (sunlot_phase)number, &tree, made_view(&id), &signer) == SUNLOT_OK, "checkpoint", "");
    sunlot_buffer_free(&id);

    size_t start = out->n - 1;
    while (out->p[start - 1] != '\n') start--;
    sunlot_buffer signature = {0};
    add(&signature, (sunlot_text){out->p + start, out->n - start});
    if (sunlot_text_equal(word, SUNLOT_TEXT("@unsigned"))) out->n = start;
    if (sunlot_text_equal(word, SUNLOT_TEXT("@twice"))) add(out, made_view(&signature));
    sunlot_buffer_free(&signature);
}

static void add_key(sunlot_buffer *out, bool party)
{
    const sunlot_digest number = sunlot_secret_key(&made_master, "minisign id");
    sunlot_buffer id = id_of(made_view(out));
    sunlot_signer signer = signer_of(party ? "log key" : "minisign key");
    add(out, party ? SUNLOT_TEXT("party,host,host,") : SUNLOT_TEXT("fact,minisign,"));
    need(party ? sunlot_vkey_write(out, made_view(&id), signer.public_) : sunlot_minisign_key(out, &signer, number.b), "no memory", "");
    add(out, SUNLOT_TEXT("\n"));
    sunlot_buffer_free(&id);
}

sunlot_buffer made_log(const char *text, const made_edit *edits)
{
    sunlot_buffer log = {0};
    bool done[16] = {false};
    size_t sealed = 0;
    sunlot_text rest = sunlot_text_of(text);
    while (rest.n > 0) {
        sunlot_text line = sunlot_text_split(rest, '\n', &rest), phase;
        if (line.n == 0 || line.p[0] != '@') {
            fill(&log, line);
            add(&log, SUNLOT_TEXT("\n"));
            continue;
        }
        const sunlot_text word = sunlot_text_split(line, ' ', &phase);
        if (phase.n > 0) {
            edit(&log, sealed, edits, done);
            add_checkpoint(&log, word, phase);
            edit(&log, sealed, edits, done);
            sealed = log.n;
        } else if (sunlot_text_equal(word, SUNLOT_TEXT("@results"))) {
            add_results(&log);
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
