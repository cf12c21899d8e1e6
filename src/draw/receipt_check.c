/* Checking a receipt (SPEC 14.2): all of its form first, then commitment, signatures, fingerprint and proofs, so that the first fault is the one
 * that is named. */
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "draw/receipt_log.h"
#include "log/fault.h"
#include "log/opening.h"
#include "log/policy.h"
#include "log/proof.h"
#include "log/signature.h"
#include "random/base64.h"

struct sunlot_receipt {
    sunlot_arena arena;
    uint32_t proofs;
    sunlot_tlog_proof *proof; /* [proofs] */
    sunlot_text *line;        /* [proofs] the lines that they are of */
    sunlot_text salt;
    bool opens;
    sunlot_receipt_info info;
};

static void blame(sunlot_receipt *r, sunlot_answer answer, uint32_t proof, const char *what, sunlot_text found)
{
    if (r->info.fault.answer == SUNLOT_VALID) sunlot_fault_set(&r->info.fault, answer, (uint64_t)proof + 1, what, found);
}

static bool faulty(const sunlot_receipt *r) { return r->info.fault.answer != SUNLOT_VALID; }

/* ---- its form ------------------------------------------------------------------------------------------------------------------ */

static sunlot_err take_proofs(sunlot_receipt *r, sunlot_text bytes)
{
    sunlot_tlog_proof scratch;
    const char *what = NULL;
    sunlot_text rest = bytes;
    size_t at;
    if (sunlot_utf8_check(bytes, &at) != 0) {
        blame(r, SUNLOT_FAULT_PARSE, 0, "bytes that are not well-formed UTF-8", SUNLOT_TEXT(""));
        return SUNLOT_OK;
    }
    do {
        what = sunlot_tlog_proof_take(&scratch, &rest);
        if (what == NULL) r->proofs++;
    } while (what == NULL && rest.n > 0);
    if (what != NULL) {
        blame(r, SUNLOT_FAULT_PARSE, r->proofs, what, SUNLOT_TEXT(""));
        return SUNLOT_OK;
    }
    r->proof = sunlot_arena_alloc(&r->arena, r->proofs, sizeof *r->proof);
    r->line = sunlot_arena_alloc(&r->arena, r->proofs, sizeof *r->line);
    if (r->proof == NULL || r->line == NULL) return SUNLOT_ERR_MEMORY;
    rest = bytes;
    for (uint32_t i = 0; i < r->proofs; i++) {
        what = sunlot_tlog_proof_take(&r->proof[i], &rest);
        SUNLOT_REQUIRE(what == NULL);
        if (!sunlot_text_equal(r->proof[i].note.id, r->proof[0].note.id)) blame(r, SUNLOT_FAULT_PARSE, i, "a checkpoint of another draw", r->proof[i].note.id);
    }
    return SUNLOT_OK;
}

/* The lines of the extra of a proof: the log's and, in the first, the person's record. */
static sunlot_err take_extra(sunlot_receipt *r, uint32_t i, sunlot_text *person)
{
    const size_t n = sunlot_base64_length(r->proof[i].extra);
    char *bytes = sunlot_arena_alloc(&r->arena, n, 1);
    if (bytes == NULL) return SUNLOT_ERR_MEMORY;
    sunlot_text rest = {bytes, n};
    if (!sunlot_base64_parse(bytes, n, r->proof[i].extra)) rest.n = 0;
    r->line[i] = sunlot_text_split(rest, '\n', &rest);
    bool good = rest.p != NULL;
    if (good && i == 0) {
        *person = sunlot_text_split(rest, '\n', &rest);
        good = rest.p != NULL;
    }
    if (!good || rest.n > 0) blame(r, SUNLOT_FAULT_PARSE, i, "a proof without the line that it is of", SUNLOT_TEXT(""));
    return SUNLOT_OK;
}

static sunlot_err keep(sunlot_receipt *r, sunlot_text *to, sunlot_text from) { return sunlot_arena_copy(&r->arena, from, to) ? SUNLOT_OK : SUNLOT_ERR_MEMORY; }

/* The student's line: what it commits to, and its values. */
static sunlot_err take_student(sunlot_receipt *r, sunlot_record *record, sunlot_text person)
{
    sunlot_opening opening;
    sunlot_receipt_info *info = &r->info;
    if (sunlot_record_parse(record, r->line[0]) != NULL || !sunlot_opening_read(&opening, record) || opening.pseudonym.p[0] != 's') {
        blame(r, SUNLOT_FAULT_PARSE, 0, "not the line of a student", r->line[0]);
        return SUNLOT_OK;
    }
    info->late = sunlot_text_equal(record->field[0], SUNLOT_TEXT("late"));
    info->values = opening.values;
    sunlot_text *value = sunlot_arena_alloc(&r->arena, opening.values, sizeof *value);
    if (value == NULL) return SUNLOT_ERR_MEMORY;
    sunlot_err err = keep(r, &info->pseudonym, opening.pseudonym);
    for (uint32_t i = 0; i < opening.values && err == SUNLOT_OK; i++) err = keep(r, &value[i], opening.value[i]);
    sunlot_text commitment = {NULL, 0};
    if (err == SUNLOT_OK) err = keep(r, &commitment, opening.commitment);
    info->value = value;
    if (err != SUNLOT_OK) return err;

    const sunlot_text *field = record->field;
    if (sunlot_record_parse(record, person) != NULL || record->fields != 6 || !sunlot_text_equal(field[0], SUNLOT_TEXT("person")) ||
        !sunlot_text_equal(field[1], info->pseudonym) || !sunlot_opening_salt(field[2])) {
        blame(r, SUNLOT_FAULT_PARSE, 0, "not the record of that student", SUNLOT_TEXT(""));
        return SUNLOT_OK;
    }
    err = keep(r, &r->salt, field[2]);
    if (err == SUNLOT_OK) err = keep(r, &info->person.school, field[3]);
    if (err == SUNLOT_OK) err = keep(r, &info->person.id, field[4]);
    if (err == SUNLOT_OK) err = keep(r, &info->person.name, field[5]);
    if (err != SUNLOT_OK) return err;
    opening = (sunlot_opening){info->pseudonym, commitment, {NULL, 0}, info->value, info->values};
    r->opens = sunlot_opening_check(&opening, r->salt, &info->person);
    return SUNLOT_OK;
}

/* `seat,PSEUDONYM,PLACE,GROUP,CLASS,MODE`, of a late student `late-seat,PSEUDONYM,CLASS,MODE`. */
static sunlot_err take_seat(sunlot_receipt *r, const sunlot_record *record)
{
    const sunlot_text *field = record->field;
    const uint32_t fields = r->info.late ? 4 : 6;
    const sunlot_text type = r->info.late ? SUNLOT_TEXT("late-seat") : SUNLOT_TEXT("seat");
    if (record->fields != fields || !sunlot_text_equal(field[0], type) || !sunlot_text_equal(field[1], r->info.pseudonym)) {
        blame(r, SUNLOT_FAULT_PARSE, 1, "not the student's line of the results", r->line[1]);
        return SUNLOT_OK;
    }
    r->info.placed = true;
    r->info.seat_line = r->proof[1].index + 1;
    if (r->info.late) return keep(r, &r->info.class_name, field[2]);
    const sunlot_err err = keep(r, &r->info.group, field[3]);
    return err == SUNLOT_OK ? keep(r, &r->info.class_name, field[4]) : err;
}

/* The number at a place, from 1, of a list separated by spaces; 0: none. */
static uint32_t number_at(sunlot_text list, uint64_t at)
{
    uint64_t number;
    sunlot_text rest = list, part = sunlot_text_split(list, ' ', &rest);
    for (; at > 1 && part.n > 0; at--) part = sunlot_text_split(rest, ' ', &rest);
    return sunlot_number_parse(&number, part, SUNLOT_MAX_SCHOOL_CLASSES) ? (uint32_t)number : 0;
}

/* `by-hand,DATE,SCHOOL,WHAT,PERMUTATION`: group Gg gets the class whose number in order is the g-th.  Who was moved
 * before, or came late, goes with the group of the class, which the log alone knows. */
static void apply_hand(sunlot_receipt *r, const sunlot_text *field)
{
    uint64_t group;
    const sunlot_text text = r->info.moved ? (sunlot_text){NULL, 0} : r->info.group;
    r->info.by_hand = true;
    if (!sunlot_text_equal(field[3], SUNLOT_TEXT("numbers"))) return;
    r->info.class_number = 0;
    r->info.class_name = (sunlot_text){NULL, 0};
    if (text.n < 2 || !sunlot_number_parse(&group, (sunlot_text){text.p + 1, text.n - 1}, SUNLOT_MAX_SCHOOL_CLASSES) || group == 0) return;
    r->info.class_number = number_at(field[4], group);
}

static sunlot_err take_act(sunlot_receipt *r, uint32_t i, const sunlot_record *record)
{
    const sunlot_text *field = record->field;
    sunlot_receipt_info *info = &r->info;
    const bool own = record->fields > 2 && sunlot_text_equal(field[2], info->pseudonym);
    sunlot_err err = SUNLOT_OK;
    if (record->fields == 5 && own && sunlot_text_equal(field[0], SUNLOT_TEXT("struck"))) {
        info->struck = true;
        info->class_name = (sunlot_text){NULL, 0};
        info->class_number = 0;
        err = keep(r, &info->reason, field[3]);
        if (err == SUNLOT_OK) err = keep(r, &info->authority, field[4]);
    } else if (record->fields == 6 && own && sunlot_text_equal(field[0], SUNLOT_TEXT("moved"))) {
        info->moved = true;
        info->class_number = 0;
        err = keep(r, &info->class_name, field[3]);
        if (err == SUNLOT_OK) err = keep(r, &info->reason, field[4]);
        if (err == SUNLOT_OK) err = keep(r, &info->authority, field[5]);
    } else if (record->fields == 5 && sunlot_text_equal(field[0], SUNLOT_TEXT("by-hand"))) {
        apply_hand(r, field);
    } else {
        blame(r, SUNLOT_FAULT_PARSE, i, "not an act that concerns the student", r->line[i]);
    }
    return err;
}

static sunlot_err parse(sunlot_receipt *r, sunlot_text bytes)
{
    sunlot_record record;
    sunlot_text person = {NULL, 0};
    sunlot_err err = take_proofs(r, bytes);
    for (uint32_t i = 0; i < r->proofs && err == SUNLOT_OK && !faulty(r); i++) err = take_extra(r, i, &person);
    if (err == SUNLOT_OK && !faulty(r)) err = take_student(r, &record, person);
    for (uint32_t i = 1; i < r->proofs && err == SUNLOT_OK && !faulty(r); i++) {
        if (sunlot_record_parse(&record, r->line[i]) != NULL)
            blame(r, SUNLOT_FAULT_PARSE, i, "not a line of a log", r->line[i]);
        else
            err = i == 1 ? take_seat(r, &record) : take_act(r, i, &record);
    }
    return err;
}

/* ---- signatures ------------------------------------------------------------------------------------------------------------------ */

/* Who must have signed: the log key, which all that was given must agree on, and the witnesses of a policy. */
typedef struct {
    bool known, agreed; /* the log key */
    sunlot_vkey log_key, policy_log;
    const sunlot_policy *policy;
} keys;

static bool is_line_of(const sunlot_note_line *line, sunlot_text name, size_t bytes) { return line->n == bytes && sunlot_text_equal(line->name, name); }

static bool has_host_line(const sunlot_signed_note *note)
{
    sunlot_note_line line;
    for (sunlot_text rest = note->signatures; sunlot_note_line_take(&line, &rest);)
        if (is_line_of(&line, note->id, SUNLOT_SIGNATURE_BYTES)) return true;
    return false;
}

/* What the lines of a key in a note are worth: NOTE_KEY: there is none; NOTE_BAD: one of them is not valid.  A key is known by its name and id.  A line that
 * is repeated is checked once, so that a receipt made of one costs no more than to read it. */
static sunlot_note_state look(const sunlot_signed_note *note, const sunlot_vkey *key)
{
    const size_t bytes = key->type == SUNLOT_KEY_PARTY ? SUNLOT_COSIGNATURE_BYTES : SUNLOT_SIGNATURE_BYTES;
    sunlot_note_line line, good;
    sunlot_note_state state = SUNLOT_NOTE_KEY;
    for (sunlot_text rest = note->signatures; sunlot_note_line_take(&line, &rest);) {
        if (!is_line_of(&line, key->name, bytes)) continue;
        if (state == SUNLOT_NOTE_GOOD && memcmp(line.sig, good.sig, line.sig_n) == 0) continue;
        const sunlot_note_state found = sunlot_note_check((sunlot_text){line.sig, line.sig_n}, key, note->text);
        if (found == SUNLOT_NOTE_MEMORY || found == SUNLOT_NOTE_BAD) return found;
        if (found != SUNLOT_NOTE_GOOD) continue;
        state = found;
        good = line;
    }
    return state;
}

/* The log's key is the one that was given only if its name is the draw's. */
static sunlot_note_state look_for_log(const sunlot_signed_note *note, const sunlot_vkey *key)
{
    return sunlot_text_equal(key->name, note->id) ? look(note, key) : SUNLOT_NOTE_KEY;
}

static void keep_fault(sunlot_fault *fault, uint32_t proof, const char *what, sunlot_text found)
{
    if (fault->answer == SUNLOT_VALID) sunlot_fault_set(fault, SUNLOT_FAULT_SIGNATURE, (uint64_t)proof + 1, what, found);
}

/* The witnesses of the policy under the first note.  Its quorum is asked for where the policy is one of this log; who has a line counts, and a line that is
 * not valid is a fault of its own. */
static sunlot_err check_witnesses(sunlot_receipt *r, const keys *k, sunlot_fault *signature)
{
    const sunlot_signed_note *note = &r->proof[0].note;
    const sunlot_note_state log = look_for_log(note, &k->policy_log);
    uint64_t signers = 0;
    for (uint32_t w = 0; w < sunlot_policy_witnesses(k->policy); w++) {
        const sunlot_vkey *key = sunlot_policy_witness(k->policy, w);
        const sunlot_note_state state = look(note, key);
        if (state == SUNLOT_NOTE_MEMORY) return SUNLOT_ERR_MEMORY;
        if (state == SUNLOT_NOTE_KEY) continue;
        signers |= UINT64_C(1) << w;
        if (state == SUNLOT_NOTE_GOOD)
            r->info.checked++;
        else
            keep_fault(signature, 0, "a signature that is not valid", key->name);
    }
    if (log == SUNLOT_NOTE_MEMORY) return SUNLOT_ERR_MEMORY;
    if (log != SUNLOT_NOTE_KEY && !sunlot_policy_reached(k->policy, signers))
        blame(r, SUNLOT_FAULT_QUORUM, 0, "the policy's quorum is not reached", SUNLOT_TEXT(""));
    return SUNLOT_OK;
}

static bool is_same_note(const sunlot_signed_note *a, const sunlot_signed_note *b)
{
    return sunlot_text_equal(a->text, b->text) && sunlot_text_equal(a->signatures, b->signatures);
}

/* The host's signature of one note.  What is wrong with a signature comes after what is missing in any note, so both are kept apart; of several the first is
 * named, and no other is looked for. */
static sunlot_err check_host(sunlot_receipt *r, uint32_t i, const keys *k, sunlot_fault *signature)
{
    const sunlot_signed_note *note = &r->proof[i].note;
    if (!has_host_line(note)) blame(r, SUNLOT_FAULT_QUORUM, i, "the host's signature is missing", SUNLOT_TEXT(""));
    if (!k->known || signature->answer != SUNLOT_VALID || (i > 0 && is_same_note(note, &r->proof[i - 1].note))) return SUNLOT_OK;
    const sunlot_note_state state = k->agreed ? look_for_log(note, &k->log_key) : SUNLOT_NOTE_KEY;
    if (state == SUNLOT_NOTE_MEMORY) return SUNLOT_ERR_MEMORY;
    if (state == SUNLOT_NOTE_KEY)
        keep_fault(signature, i, "the log key is not the one given", note->id);
    else if (state == SUNLOT_NOTE_BAD)
        keep_fault(signature, i, "a signature that is not valid", note->id);
    else if (i == 0)
        r->info.checked++;
    return SUNLOT_OK;
}

static void count_lines(sunlot_receipt *r)
{
    sunlot_note_line line;
    for (sunlot_text rest = r->proof[0].note.signatures; sunlot_note_line_take(&line, &rest);) r->info.signatures++;
}

/* One more vkey that the log's is to be. */
static void agree(keys *k, sunlot_text *first, sunlot_text vkey)
{
    if (vkey.n == 0) return;
    if (!k->known)
        k->agreed = sunlot_vkey_parse(&k->log_key, vkey);
    else if (!sunlot_text_equal(*first, vkey))
        k->agreed = false;
    k->known = true;
    *first = vkey;
}

static void take_keys(keys *k, const sunlot_pin *pin, const sunlot_log *log)
{
    sunlot_text vkey = pin->vkey, first = {NULL, 0};
    *k = (keys){.policy = pin->policy};
    if (vkey.n > 0 && vkey.p[vkey.n - 1] == '\n') vkey.n--;
    agree(k, &first, vkey);
    if (pin->policy != NULL) {
        SUNLOT_REQUIRE(sunlot_vkey_parse(&k->policy_log, sunlot_policy_log(pin->policy)));
        agree(k, &first, sunlot_policy_log(pin->policy));
    }
    if (log != NULL) agree(k, &first, log->roster->party[0].vkey);
}

static sunlot_err check_signatures(sunlot_receipt *r, const sunlot_pin *pin, const sunlot_log *log)
{
    keys k;
    sunlot_fault signature = {.answer = SUNLOT_VALID};
    take_keys(&k, pin, log);
    sunlot_err err = SUNLOT_OK;
    for (uint32_t i = 0; i < r->proofs && err == SUNLOT_OK; i++) err = check_host(r, i, &k, &signature);
    if (err == SUNLOT_OK && k.policy != NULL) err = check_witnesses(r, &k, &signature);
    if (err != SUNLOT_OK) return err;
    count_lines(r);
    if (!faulty(r)) r->info.fault = signature;
    r->info.signed_ = k.known && !faulty(r);
    return SUNLOT_OK;
}

/* ---- fingerprint, proofs, log ------------------------------------------------------------------------------------------------------ */

/* Beside a log the fingerprint is the log's: the line of a student who came late stands under another root. */
static void check_fingerprint(sunlot_receipt *r, const sunlot_pin *pin)
{
    const sunlot_tlog_proof *first = &r->proof[0];
    if (pin->has_fingerprint && memcmp(first->note.root.b, pin->fingerprint, sizeof pin->fingerprint) != 0) {
        char shown[80];
        sunlot_fingerprint_write(shown, first->note.root.b);
        blame(r, SUNLOT_FAULT_SPLIT, 0, "the fingerprint is not the one given", sunlot_text_of(shown));
    }
}

static void check_paths(sunlot_receipt *r)
{
    for (uint32_t i = 0; i < r->proofs; i++) {
        const sunlot_tlog_proof *p = &r->proof[i];
        if (!sunlot_tlog_proof_check(p, r->line[i]))
            blame(r, SUNLOT_FAULT_PROOF, i, "a proof that does not lead to its checkpoint", SUNLOT_TEXT(""));
        else if (i > 0 && p->note.size < r->proof[0].note.size)
            blame(r, SUNLOT_FAULT_PROOF, i, "a checkpoint of fewer lines than the first", SUNLOT_TEXT(""));
        else if (i > 0 && p->index <= r->proof[i - 1].index)
            blame(r, SUNLOT_FAULT_PROOF, i, "not in the order of the log", SUNLOT_TEXT(""));
    }
}

static void check_checkpoints(sunlot_receipt *r, const sunlot_log *log)
{
    for (uint32_t i = 0; i < r->proofs; i++)
        if (!sunlot_receipt_log_checkpoint(log, r->proof[i].note.size, &r->proof[i].note.root))
            blame(r, SUNLOT_FAULT_SPLIT, i, "a checkpoint that the log does not have", SUNLOT_TEXT(""));
}

static sunlot_err check_lines(sunlot_receipt *r, const sunlot_log *log)
{
    uint64_t *index = sunlot_arena_alloc(&r->arena, r->proofs, sizeof *index);
    if (index == NULL) return SUNLOT_ERR_MEMORY;
    for (uint32_t i = 0; i < r->proofs; i++) index[i] = r->proof[i].index;
    const uint32_t same = sunlot_receipt_log_lines(log, index, r->line, r->proofs);
    if (same < r->proofs) blame(r, SUNLOT_FAULT_PROOF, same, "another line than the log's", r->line[same]);
    return SUNLOT_OK;
}

/* ---- the answer -------------------------------------------------------------------------------------------------------------------- */

/* The mode is the third part of a draw id. */
static bool is_rehearsal(sunlot_text id) { return sunlot_text_starts(id, SUNLOT_TEXT("sunlot/v1/rehearsal-演练/")); }

/* A fingerprint alone vouches for the line under it, not for what later proofs say: anybody could have signed those. */
static void answer(sunlot_receipt *r, const sunlot_pin *pin, const sunlot_log *log)
{
    sunlot_receipt_info *info = &r->info;
    const bool keyed = pin->vkey.n > 0 || pin->policy != NULL;
    info->confirmed = info->placed && !faulty(r) && (keyed || log != NULL);
    if (faulty(r))
        info->answer = info->fault.answer;
    else if (is_rehearsal(info->draw))
        info->answer = SUNLOT_IS_REHEARSAL;
    else if (!info->placed && (pin->until == SUNLOT_PHASE_NONE || pin->until > SUNLOT_PHASE_SEED_BASE))
        info->answer = SUNLOT_INCOMPLETE;
    else
        info->answer = keyed || (pin->has_fingerprint && !info->placed) ? SUNLOT_VALID : SUNLOT_UNPINNED;
}

static sunlot_err check(sunlot_receipt *r, sunlot_text bytes, const sunlot_pin *pin, const sunlot_log *log)
{
    sunlot_err err = parse(r, bytes);
    r->info.proofs = r->proofs;
    if (err != SUNLOT_OK || faulty(r)) return err;
    r->info.draw = r->proof[0].note.id;
    r->info.line = r->proof[0].index + 1;
    memcpy(r->info.root, r->proof[0].note.root.b, sizeof r->info.root);
    if (!r->opens) blame(r, SUNLOT_FAULT_COMMITMENT, 0, "salt, person and data are not those of the line", r->line[0]);
    err = check_signatures(r, pin, log);
    if (err != SUNLOT_OK) return err;
    if (log == NULL)
        check_fingerprint(r, pin);
    else
        check_checkpoints(r, log);
    check_paths(r);
    if (log == NULL || faulty(r)) return SUNLOT_OK;
    err = check_lines(r, log);
    return err == SUNLOT_OK && !sunlot_receipt_log_names(&r->info, &r->arena, log) ? SUNLOT_ERR_MEMORY : err;
}

sunlot_err sunlot_receipt_check(sunlot_receipt **out, sunlot_text bytes, const sunlot_pin *pin, const sunlot_log *log)
{
    sunlot_receipt *r = sunlot_alloc(1, sizeof *r);
    if (r == NULL) return SUNLOT_ERR_MEMORY;
    const sunlot_err err = check(r, bytes, pin, log);
    if (err != SUNLOT_OK) {
        sunlot_receipt_free(r);
        return err;
    }
    answer(r, pin, log);
    *out = r;
    return SUNLOT_OK;
}

void sunlot_receipt_free(sunlot_receipt *r)
{
    if (r == NULL) return;
    sunlot_arena_free(&r->arena);
    sunlot_release(r);
}

const sunlot_receipt_info *sunlot_receipt_view(const sunlot_receipt *r) { return &r->info; }
