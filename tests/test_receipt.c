/* Receipts: what a log's are worth, and the word for each thing that is wrong with one (SPEC 14.2). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "log/log.h"
#include "log/proof.h"
#include "log/signer.h"
#include "log/tree_levels.h"
#include "random/secrets.h"
#include "support/made_log.h"

/* ---- a small log made by hand, with acts ------------------------------------------------------------------------------------- */

#define DRAW      "sunlot/v1/live/Example/2026/7/placement/1"
#define STUDENT   "s0123456789abcdef0123456789abcdef"
#define OTHER     "sfedcba9876543210fedcba9876543210"
#define SALT      "h000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define PERSON    "person," STUDENT "," SALT ",Hill,K7,Ann\n"
#define SEAT      "seat," STUDENT ",4,G2,3,live"
#define MOVED     "moved,2026-09-01," STUDENT ",2,a reason,the office"
#define STRUCK    "struck,2026-09-02," STUDENT ",went away,the office"
#define BY_HAND   "by-hand,2026-09-03,1,numbers,3 1 2"
#define LATE_SEAT "late-seat," STUDENT ",2,live"

enum { LINE = 5, BASE = 9, SEAT_LINE = 13, ACT_LINE = 17, LAST = 21, LINES = 24 };

static sunlot_text lines[LINES];
static char student_line[256];

static sunlot_signer signer_named(uint8_t first)
{
    sunlot_signer s;
    const sunlot_digest seed = {{first}};
    sunlot_signer_init(&s, &seed);
    return s;
}

/* What is proved, and what is wrong with it. */
typedef struct {
    const char *line, *person; /* of the student; NULL: as they should be */
    uint8_t key;               /* of the signer; 0: 1 */
    const char *draw;          /* of the first note; NULL: DRAW */
    const char *draw_2;        /* of the second */
    const char *name;          /* of the signature line of the notes; NULL: the draw */
    uint32_t proofs;           /* 0: 2 */
    const char *seat;          /* NULL: SEAT */
    const char *act[3];        /* further lines */
    uint64_t index, size;      /* instead of the true ones of the first proof; 0: true */
    uint64_t last;             /* size of the last checkpoint; 0: LAST */
    uint64_t seat_at;          /* index of the seat's line; 0: SEAT_LINE */
    bool turned;               /* the first two acts in the other order */
    int flip, drop, add;       /* of the first proof's nodes: number + 1 */
    bool bad_signature, root;  /* of the first note: another signature; another root, signed */
    const char *extra;         /* instead of line and person */
    bool witness, bad_witness; /* a cosignature of the first note by key 2, named DRAW/w */
    bool no_time;              /*   … whose time is none */
} wrong;

static void add(sunlot_buffer *out, const char *text) { assert_true(sunlot_buffer_string(out, text)); }

static void add_note(sunlot_buffer *out, const wrong *w, const char *draw, uint64_t size, bool first)
{
    sunlot_tree t;
    sunlot_buffer note = {0}, sig = {0};
    const sunlot_signer signer = signer_named(w->key != 0 ? w->key : 1);
    sunlot_tree_init(&t, 0);
    for (uint64_t i = 0; i < size; i++) sunlot_tree_add(&t, lines[i]);
    sunlot_digest root = sunlot_tree_root(&t);
    if (first && w->root) root.b[31] ^= 1;
    const char *name = w->name != NULL ? w->name : draw;
    assert_true(sunlot_note_write(&note, sunlot_text_of(draw), first && w->size != 0 ? w->size : size, &root));
    assert_true(sunlot_buffer_text(out, made_view(&note)));
    if (first && w->bad_signature) note.p[note.n - 3]++;
    assert_true(sunlot_note_sign(&sig, &signer, sunlot_text_of(name), made_view(&note)));
    add(out, "\n\xe2\x80\x94 ");
    add(out, name);
    add(out, " ");
    assert_true(sunlot_buffer_add(out, sig.p + 1, sig.n - 1));
    add(out, "\n");
    if (first && (w->witness || w->bad_witness)) {
        const sunlot_signer witness = signer_named(2);
        sig.n = 0;
        if (w->bad_witness) note.p[note.n - 3]++;
        assert_true(sunlot_note_cosign(&sig, witness.secret, SUNLOT_TEXT(DRAW "/w"), made_view(&note), w->no_time ? 0 : 1));
        add(out, "\xe2\x80\x94 " DRAW "/w ");
        assert_true(sunlot_buffer_add(out, sig.p + 1, sig.n - 1));
        add(out, "\n");
    }
    sunlot_buffer_free(&note);
    sunlot_buffer_free(&sig);
}

static void add_proof(sunlot_buffer *out, const wrong *w, uint32_t number, uint64_t index, uint64_t size, const char *extra)
{
    static sunlot_digest leaf[LINES], path[SUNLOT_PROOF_NODES];
    sunlot_levels l;
    sunlot_buffer note = {0};
    const bool first = number == 0;
    for (size_t i = 0; i < LINES; i++) leaf[i] = sunlot_tree_leaf(lines[i]);
    assert_true(sunlot_levels_make(&l, leaf, size));
    uint32_t length = sunlot_levels_prove(path, &l, index);
    sunlot_levels_free(&l);
    if (first && w->flip > 0) path[w->flip - 1].b[7] ^= 4;
    if (first && w->drop > 0) {
        memmove(path + w->drop - 1, path + w->drop, (length - (uint32_t)w->drop) * sizeof *path);
        length--;
    }
    if (first && w->add > 0) length++;
    add_note(&note, w, (first ? w->draw : w->draw_2) != NULL ? (first ? w->draw : w->draw_2) : DRAW, size, first);
    assert_true(sunlot_tlog_proof_write(out, sunlot_text_of(extra), first && w->index != 0 ? w->index : index, path, length, made_view(&note)));
    sunlot_buffer_free(&note);
}

static sunlot_buffer receipt(const wrong *w)
{
    sunlot_buffer out = {0}, extra = {0};
    const char *seat = w->seat != NULL ? w->seat : SEAT;
    lines[LINE] = sunlot_text_of(w->line != NULL ? w->line : student_line);
    const uint64_t seat_at = w->seat_at != 0 ? w->seat_at : SEAT_LINE;
    const sunlot_text there = lines[seat_at];
    lines[seat_at] = sunlot_text_of(seat);
    assert_true(sunlot_buffer_text(&extra, lines[LINE]));
    add(&extra, "\n");
    add(&extra, w->person != NULL ? w->person : PERSON);
    assert_true(sunlot_buffer_byte(&extra, 0));
    add_proof(&out, w, 0, LINE, BASE, w->extra != NULL ? w->extra : extra.p);
    sunlot_buffer_free(&extra);
    if (w->proofs == 1) {
        lines[seat_at] = there;
        return out;
    }
    const uint64_t last = w->last != 0 ? w->last : LAST;
    for (uint32_t i = 0; i < 3 && w->act[i] != NULL; i++) lines[ACT_LINE + i] = sunlot_text_of(w->act[i]);
    for (uint32_t i = 0; i < 4 && (i == 0 || w->act[i - 1] != NULL); i++) {
        const uint32_t act = w->turned && i > 0 && i < 3 ? 2 - i : i - 1;
        add(&extra, i == 0 ? seat : w->act[act]);
        add(&extra, "\n");
        assert_true(sunlot_buffer_byte(&extra, 0));
        add_proof(&out, w, 1 + i, i == 0 ? seat_at : ACT_LINE + act, last, extra.p);
        sunlot_buffer_free(&extra);
    }
    lines[seat_at] = there;
    return out;
}

static char log_vkey[256], other_vkey[256], foreign_vkey[256], policy_text[1024];

static void write_vkey(char *out, size_t room, const char *name, uint8_t type, uint8_t key)
{
    sunlot_buffer vkey = {0};
    const sunlot_signer s = signer_named(key);
    assert_true(sunlot_vkey_write(&vkey, sunlot_text_of(name), type, s.public_) && vkey.n < room);
    memcpy(out, vkey.p, vkey.n);
    out[vkey.n] = 0;
    sunlot_buffer_free(&vkey);
}

static int start(void **state)
{
    (void)state;
    if (sunlot_init() != SUNLOT_OK) return 1;
    static char others[LINES][16];
    for (size_t i = 0; i < LINES; i++) {
        memset(others[i], 'a' + (int)i, sizeof others[i]);
        lines[i] = (sunlot_text){others[i], sizeof others[i]};
    }
    sunlot_digest salt;
    for (size_t i = 0; i < sizeof salt.b; i++) salt.b[i] = (uint8_t)i;
    const sunlot_person person = {SUNLOT_TEXT("Hill"), SUNLOT_TEXT("K7"), SUNLOT_TEXT("Ann")};
    const sunlot_text value[] = {SUNLOT_TEXT("88.5"), SUNLOT_TEXT("F")};
    const sunlot_digest commitment = sunlot_commitment(&salt, SUNLOT_TEXT(STUDENT), &person, value, 2);
    char hex[65] = {0};
    sunlot_hex_write(hex, commitment.b, 32);
    const char *const parts[] = {"student," STUDENT ",h", hex, ",,,,1,88.5,F"};
    for (size_t i = 0; i < 3; i++) strcat(student_line, parts[i]);

    char witness[256];
    write_vkey(log_vkey, sizeof log_vkey, DRAW, SUNLOT_KEY_LOG, 1);
    write_vkey(other_vkey, sizeof other_vkey, DRAW, SUNLOT_KEY_LOG, 9);
    write_vkey(foreign_vkey, sizeof foreign_vkey, "sunlot/v1/live/Other/2026/7/placement/1", SUNLOT_KEY_LOG, 1);
    write_vkey(witness, sizeof witness, DRAW "/w", SUNLOT_KEY_PARTY, 2);
    const char *const policy[] = {"# a policy\n\nlog ", log_vkey, "\nwitness w ", witness, "\ngroup all all w\nquorum all\n"};
    for (size_t i = 0; i < sizeof policy / sizeof *policy; i++) strcat(policy_text, policy[i]);
    return 0;
}

static sunlot_receipt_info info;
static char class_name[32];

static const char *word(const wrong *w, const sunlot_pin *pin)
{
    sunlot_buffer text = receipt(w);
    sunlot_receipt *r;
    assert_int_equal(sunlot_receipt_check(&r, made_view(&text), pin, NULL), SUNLOT_OK);
    info = *sunlot_receipt_view(r);
    assert_true(info.class_name.n < sizeof class_name);
    memset(class_name, 0, sizeof class_name);
    if (info.class_name.n > 0) memcpy(class_name, info.class_name.p, info.class_name.n);
    sunlot_receipt_free(r);
    sunlot_buffer_free(&text);
    return sunlot_answer_name(info.answer);
}

static sunlot_pin keyed(void) { return (sunlot_pin){.vkey = sunlot_text_of(log_vkey)}; }

static void fingerprint(sunlot_pin *pin)
{
    sunlot_tree t;
    sunlot_tree_init(&t, 0);
    lines[LINE] = sunlot_text_of(student_line);
    for (uint64_t i = 0; i < BASE; i++) sunlot_tree_add(&t, lines[i]);
    const sunlot_digest root = sunlot_tree_root(&t);
    pin->has_fingerprint = true;
    memcpy(pin->fingerprint, root.b, 32);
}

/* ---- words --------------------------------------------------------------------------------------------------------------------- */

static void sound_receipts(void **state)
{
    (void)state;
    const sunlot_pin none = {0}, key = keyed();
    sunlot_pin print = {0};
    fingerprint(&print);
    const wrong whole = {0}, first = {.proofs = 1},
                rehearsal = {.draw = "sunlot/v1/rehearsal-演练/E/2026/7/placement/1", .draw_2 = "sunlot/v1/rehearsal-演练/E/2026/7/placement/1"};
    assert_string_equal(word(&whole, &none), "unpinned");
    assert_false(info.signed_ || info.confirmed);
    assert_string_equal(class_name, "3");
    assert_int_equal(info.line, LINE + 1);
    assert_int_equal(info.seat_line, SEAT_LINE + 1);
    assert_int_equal(info.values, 2);
    assert_string_equal(word(&whole, &key), "valid");
    assert_true(info.signed_ && info.confirmed);
    assert_int_equal(info.checked, 1);
    /* A fingerprint says nothing of what came after it: a seat wants a key, a policy or the log. */
    assert_string_equal(word(&whole, &print), "unpinned");
    assert_false(info.signed_ || info.confirmed);
    print.until = SUNLOT_PHASE_SEED_BASE;
    assert_string_equal(word(&first, &print), "valid");
    assert_string_equal(word(&whole, &print), "unpinned");
    print.until = SUNLOT_PHASE_NONE;
    assert_string_equal(word(&first, &print), "incomplete");
    assert_string_equal(word(&first, &key), "incomplete");
    assert_string_equal(word(&first, &none), "incomplete");
    assert_false(info.placed);
    assert_string_equal(word(&rehearsal, &none), "rehearsal");
    print.fingerprint[9] ^= 1;
    assert_string_equal(word(&whole, &print), "split");
}

static void forms(void **state)
{
    (void)state;
    const sunlot_pin key = keyed();
    const wrong parse[] = {
        {.person = "person," OTHER "," SALT ",Hill,K7,Ann\n"},
        {.person = "people," STUDENT "," SALT ",Hill,K7,Ann\n"},
        {.person = "person," STUDENT "," SALT ",Hill,K7\n"},
        {.person = "person," STUDENT "," SALT ",Hill,K7,\"Ann\"\n"},
        {.person = "person," STUDENT ",000102,Hill,K7,Ann\n"},
        {.person = "person," STUDENT "," SALT ",Hill,K7,Ann"},
        {.person = PERSON PERSON},
        {.extra = ""},
        {.extra = "seat\n"},
        {.seat = "seat," OTHER ",4,G2,3,live"},
        {.seat = "seat," STUDENT ",4,G2,3"},
        {.seat = LATE_SEAT},
        {.seat = MOVED},
        {.act = {SEAT}},
        {.act = {"moved,2026-09-01," OTHER ",2,a reason,the office"}},
        {.act = {"moved,2026-09-01," STUDENT ",2,a reason"}},
        {.act = {"struck,2026-09-01," OTHER ",a reason,the office"}},
        {.act = {"set-aside,2026-09-01,the court,7"}},
        {.line = "student," STUDENT ",h00,,,,1,88.5,F"},
        {.line = "teacher," STUDENT},
        {.draw_2 = "sunlot/v1/live/Other/2026/7/placement/1"},
    };
    for (size_t i = 0; i < sizeof parse / sizeof *parse; i++) {
        const char *found = word(&parse[i], &key);
        if (strcmp(found, "parse") != 0) print_message("form %zu\n", i);
        assert_string_equal(found, "parse");
    }
}

static void commitments(void **state)
{
    (void)state;
    const sunlot_pin key = keyed();
    char value[256], missing[256];
    strcpy(value, student_line);
    strcpy(missing, student_line);
    value[strlen(value) - 3] = '6';
    missing[strlen(missing) - 2] = 0;
    const wrong w[] = {
        {.person = "person," STUDENT "," SALT ",Hill,K7,Anne\n"},
        {.person = "person," STUDENT "," SALT ",Hill,K8,Ann\n"},
        {.person = "person," STUDENT "," SALT ",Hall,K7,Ann\n"},
        {.person = "person," STUDENT ",h1"
                   "00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                   ",Hill,K7,Ann\n"},
        {.line = value},
        {.line = missing},
        {.person = "person," OTHER "," SALT ",Hill,K7,Ann\n",
         .line = "student," OTHER ",h000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f,,,,1,88.5,F",
         .proofs = 1},
    };
    for (size_t i = 0; i < sizeof w / sizeof *w; i++) assert_string_equal(word(&w[i], &key), "commitment");
}

static void signatures(void **state)
{
    (void)state;
    const sunlot_pin key = keyed(), none = {0}, other = {.vkey = sunlot_text_of(other_vkey)}, foreign = {.vkey = sunlot_text_of(foreign_vkey)},
                     no_key = {.vkey = SUNLOT_TEXT("no key")};
    const wrong whole = {0}, unnamed = {.name = "somebody"}, bad = {.bad_signature = true}, by_other = {.key = 9}, root = {.root = true},
                size = {.size = LINE + 1}, both = {.bad_signature = true, .flip = 1};
    assert_string_equal(word(&unnamed, &key), "quorum");
    assert_string_equal(word(&unnamed, &none), "quorum");
    assert_string_equal(word(&bad, &key), "signature");
    assert_string_equal(word(&bad, &none), "unpinned"); /* nobody knows the key */
    assert_string_equal(word(&by_other, &key), "signature");
    assert_string_equal(word(&whole, &other), "signature");
    assert_string_equal(word(&whole, &foreign), "signature");
    assert_string_equal(word(&whole, &no_key), "signature");
    assert_string_equal(word(&both, &key), "signature");
    assert_string_equal(word(&root, &key), "proof");
    assert_string_equal(word(&size, &key), "proof");
}

static void proofs(void **state)
{
    (void)state;
    const sunlot_pin key = keyed();
    for (int i = 1; i <= 4; i++) {
        const wrong flip = {.flip = i}, drop = {.drop = i};
        assert_string_equal(word(&flip, &key), "proof");
        assert_string_equal(word(&drop, &key), "proof");
    }
    const wrong more = {.add = 1}, fewer = {.last = 0, .proofs = 0, .index = LINE + 1}, far = {.index = BASE}, early = {.act = {MOVED}, .index = SEAT_LINE};
    assert_string_equal(word(&more, &key), "proof");
    assert_string_equal(word(&fewer, &key), "proof");
    assert_string_equal(word(&far, &key), "proof");
    assert_string_equal(word(&early, &key), "proof");
    const wrong in_order = {.act = {MOVED, BY_HAND}}, turned = {.act = {MOVED, BY_HAND}, .turned = true}, seat_first = {.seat_at = LINE - 1},
                seat_in_base = {.seat_at = LINE + 2}, fewer_lines = {.seat_at = LINE + 2, .last = BASE - 1};
    assert_string_equal(word(&in_order, &key), "valid");
    assert_string_equal(word(&turned, &key), "proof");
    assert_string_equal(word(&seat_first, &key), "proof");
    assert_string_equal(word(&seat_in_base, &key), "valid");
    assert_string_equal(word(&fewer_lines, &key), "proof");
}

static void policies(void **state)
{
    (void)state;
    sunlot_policy *policy;
    uint64_t line;
    assert_int_equal(sunlot_policy_read(&policy, sunlot_text_of(policy_text), &line), SUNLOT_OK);
    const sunlot_pin pin = {.policy = policy};
    const wrong whole = {0}, witness = {.witness = true}, bad = {.bad_witness = true}, other = {.key = 9, .witness = true}, other_alone = {.key = 9};
    assert_string_equal(word(&whole, &pin), "quorum");
    assert_string_equal(word(&witness, &pin), "valid");
    assert_int_equal(info.checked, 2);
    assert_int_equal(info.signatures, 2);
    assert_string_equal(word(&bad, &pin), "signature");
    assert_string_equal(word(&other, &pin), "signature");
    assert_string_equal(word(&other_alone, &pin), "signature"); /* another log: nothing more is asked of it */
    /* A line of a witness's counts by its length, name and key id: so it must be valid. */
    const wrong no_time = {.witness = true, .no_time = true};
    assert_string_equal(word(&no_time, &pin), "signature");
    /* Key and policy must be of one log key. */
    const sunlot_pin both = {.policy = policy, .vkey = sunlot_text_of(log_vkey)}, differ = {.policy = policy, .vkey = sunlot_text_of(other_vkey)};
    assert_string_equal(word(&witness, &both), "valid");
    assert_string_equal(word(&witness, &differ), "signature");
    assert_string_equal(word(&whole, &differ), "quorum");
    char text[512] = "log ";
    strcat(text, other_vkey);
    strcat(text, "\nquorum none\n");
    sunlot_policy *elsewhere;
    assert_int_equal(sunlot_policy_read(&elsewhere, sunlot_text_of(text), &line), SUNLOT_OK);
    const sunlot_pin of_two = {.policy = elsewhere, .vkey = sunlot_text_of(log_vkey)};
    assert_string_equal(word(&whole, &of_two), "signature");
    sunlot_policy_free(elsewhere);
    sunlot_policy_free(policy);
}

static void acts(void **state)
{
    (void)state;
    const sunlot_pin key = keyed();
    const wrong moved = {.act = {MOVED}}, struck = {.act = {STRUCK}}, hand = {.act = {BY_HAND}}, all = {.act = {BY_HAND, MOVED, STRUCK}},
                hand_last = {.act = {MOVED, BY_HAND}}, teams = {.act = {"by-hand,2026-09-03,1,teams,3 1 2"}};
    assert_string_equal(word(&moved, &key), "valid");
    assert_true(info.moved);
    assert_string_equal(class_name, "2");
    assert_string_equal(word(&struck, &key), "valid");
    assert_true(info.struck);
    assert_string_equal(class_name, "");
    assert_string_equal(word(&hand, &key), "valid");
    assert_true(info.by_hand);
    assert_int_equal(info.class_number, 1); /* group G2: the second number */
    assert_string_equal(word(&all, &key), "valid");
    assert_true(info.struck && info.moved && info.by_hand);
    assert_int_equal(info.class_number, 0);
    /* Who was moved goes with the group of that class: the log knows it. */
    assert_string_equal(word(&hand_last, &key), "valid");
    assert_int_equal(info.class_number, 0);
    assert_string_equal(class_name, "");
    assert_string_equal(word(&teams, &key), "valid");
    assert_string_equal(class_name, "3");
}

static void late_students(void **state)
{
    (void)state;
    const sunlot_pin key = keyed();
    sunlot_digest salt;
    for (size_t i = 0; i < sizeof salt.b; i++) salt.b[i] = (uint8_t)i;
    const sunlot_person person = {SUNLOT_TEXT("Hill"), SUNLOT_TEXT("K7"), SUNLOT_TEXT("Ann")};
    const sunlot_digest commitment = sunlot_commitment(&salt, SUNLOT_TEXT(STUDENT), &person, NULL, 0);
    char hex[65] = {0}, line[256] = "late,2026-09-01,1," STUDENT ",h";
    sunlot_hex_write(hex, commitment.b, 32);
    strcat(line, hex);
    strcat(line, ",1");
    const wrong late = {.line = line, .seat = LATE_SEAT}, seat = {.line = line};
    assert_string_equal(word(&late, &key), "valid");
    assert_true(info.late);
    assert_string_equal(class_name, "2");
    assert_string_equal(word(&seat, &key), "parse");
    /* The class of a late student after numbers by hand is known to the log alone. */
    const wrong hand = {.line = line, .seat = LATE_SEAT, .act = {BY_HAND}};
    assert_string_equal(word(&hand, &key), "valid");
    assert_string_equal(class_name, "");
    assert_int_equal(info.class_number, 0);
    /* It is late by its type, whatever stands where the school's number should. */
    char nowhere[256] = "late,2026-09-01,," STUDENT ",h";
    strcat(nowhere, hex);
    strcat(nowhere, ",1");
    const wrong no_school = {.line = nowhere, .seat = LATE_SEAT}, no_school_seat = {.line = nowhere};
    assert_string_equal(word(&no_school, &key), "valid");
    assert_string_equal(word(&no_school_seat, &key), "parse");
}

/* Whatever byte is changed: it is never sound. */
static void any_byte(void **state)
{
    (void)state;
    const sunlot_pin key = keyed();
    const wrong whole = {.act = {MOVED}};
    sunlot_buffer text = receipt(&whole);
    for (size_t i = 0; i < text.n; i++) {
        sunlot_receipt *r;
        text.p[i] ^= 1;
        assert_int_equal(sunlot_receipt_check(&r, made_view(&text), &key, NULL), SUNLOT_OK);
        assert_true(sunlot_receipt_view(r)->answer >= SUNLOT_FAULT_PARSE);
        sunlot_receipt_free(r);
        text.p[i] ^= 1;
        assert_int_equal(sunlot_receipt_check(&r, (sunlot_text){text.p, i}, &key, NULL), SUNLOT_OK);
        const sunlot_answer cut = sunlot_receipt_view(r)->answer; /* at the end of a proof less is said, and it is sound */
        assert_true(cut == SUNLOT_FAULT_PARSE || cut == SUNLOT_INCOMPLETE || (cut == SUNLOT_VALID && !sunlot_receipt_view(r)->moved));
        sunlot_receipt_free(r);
    }
    sunlot_buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_receipts), cmocka_unit_test(forms), cmocka_unit_test(commitments),   cmocka_unit_test(signatures), cmocka_unit_test(proofs),
        cmocka_unit_test(policies),       cmocka_unit_test(acts),  cmocka_unit_test(late_students), cmocka_unit_test(any_byte),
    };
    return cmocka_run_group_tests_name("receipt", tests, start, NULL);
}
