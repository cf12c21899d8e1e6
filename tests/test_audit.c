/* The audit: what differs between a draw and an enrolment list is named, and nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "log/log.h"
#include "random/secrets.h"
#include "support/made_input.h"
#include "support/made_log.h"

static sunlot_buffer log_text, people;
static sunlot_log *log_;

static void ignore(void *user, const sunlot_issue *issue)
{
    (void)user;
    (void)issue;
}

static int start(void **state)
{
    (void)state;
    if (sunlot_init() != SUNLOT_OK) return 1;
    const sunlot_input input = made_input_of(made_input);
    sunlot_enrolment *e;
    sunlot_roster *r;
    assert_int_equal(sunlot_enrolment_read(&e, &input, ignore, NULL, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_roster_new(&r, e, SUNLOT_LIVE, &made_master, NULL), SUNLOT_OK);
    assert_int_equal(sunlot_announce(&log_, &log_text, &people, e, r, &made_master, NULL), SUNLOT_OK);
    sunlot_enrolment_free(e);
    sunlot_roster_free(r);
    return 0;
}

static int end(void **state)
{
    (void)state;
    sunlot_log_free(log_);
    sunlot_buffer_free(&log_text);
    sunlot_buffer_free(&people);
    return 0;
}

/* Differences and issues as text, a line each. */
typedef struct {
    char text[4096];
    size_t n;
} notebook;

static void note_difference(void *user, const sunlot_difference *d)
{
    notebook *b = user;
    static const char *const kind[] = {"missing", "extra", "school", "name", "value", "list twice", "draw twice", "commitment", "sealed", "stranger"};
    b->n +=
        (size_t)snprintf(b->text + b->n, sizeof b->text - b->n, "%s %.*s", kind[d->kind], (int)d->person.id.n, d->person.id.p == NULL ? "" : d->person.id.p);
    if (d->column.n > 0) b->n += (size_t)snprintf(b->text + b->n, sizeof b->text - b->n, " %.*s", (int)d->column.n, d->column.p);
    if (d->draw.n > 0 || d->list.n > 0) {
        b->n += (size_t)snprintf(b->text + b->n, sizeof b->text - b->n, " %.*s|%.*s", (int)d->draw.n, d->draw.n == 0 ? "" : d->draw.p, (int)d->list.n,
                                 d->list.n == 0 ? "" : d->list.p);
    }
    if (d->list_line > 0) b->n += (size_t)snprintf(b->text + b->n, sizeof b->text - b->n, " @%u", (unsigned)d->list_line);
    b->n += (size_t)snprintf(b->text + b->n, sizeof b->text - b->n, "\n");
}

static void note_issue(void *user, const sunlot_issue *issue)
{
    notebook *b = user;
    b->n += (size_t)snprintf(b->text + b->n, sizeof b->text - b->n, "issue %d line %u\n", (int)issue->code, (unsigned)issue->line);
}

static notebook found;
static sunlot_audit_result result;

static sunlot_err audit(sunlot_text with, const char *list)
{
    found.n = 0;
    found.text[0] = 0;
    return sunlot_audit(&result, log_, with, sunlot_text_of(list), note_difference, note_issue, &found);
}

/* The differences of a list. */
static const char *differences(const char *list)
{
    assert_int_equal(audit(made_view(&people), list), SUNLOT_OK);
    return found.text;
}

#define LIST "id,name,sex,math\ns1,Ann,f,87.5\ns2,Bob,m,\ns3,Cid,m,90\ns4,Dee,f,71\ns5,Eve,f,65.125\ns6,Eve,m,-3\n"

static void lists_that_agree(void **state)
{
    (void)state;
    assert_string_equal(differences(LIST), "");
    assert_int_equal(result.students, 6);
    assert_int_equal(result.teachers, 4);
    assert_int_equal(result.opened, 10);
    assert_int_equal(result.agree, 6);
    assert_int_equal(result.compared, 12);
    assert_int_equal(result.listed, 6);
    assert_int_equal(result.absent, 0);
    /* Another order, Chinese headers, columns that nobody knows, scores in another form, a byte order mark. */
    assert_string_equal(
        differences("\xEF\xBB\xBF学校,姓名,编号,电话\r\nHill,Eve,s6,1\r\nHill,Ann,s1,2\r\nHill,Bob,s2,\r\nHill,Cid,s3,\r\nHill,Dee,s4,\r\nHill,Eve,s5,\r\n"),
        "");
    assert_int_equal(result.absent, 2);
    assert_int_equal(result.compared, 0);
    assert_string_equal(differences("id,name,math\ns1,Ann,87.50\ns2,Bob,\ns3,Cid,90.0\ns4,Dee,71\ns5,Eve,65.125\ns6,Eve,-3.000\n"), "");
    assert_string_equal(differences(made_input[SUNLOT_FILE_STUDENTS]), "");
}

static void lists_that_differ(void **state)
{
    (void)state;
    assert_string_equal(differences("id,name\ns1,Ann\ns2,Bob\ns3,Cid\ns4,Dee\ns5,Eve\ns6,Eve\ns7,New\n"), "missing s7 @8\n");
    assert_string_equal(differences("id,name\ns1,Ann\ns2,Bob\ns3,Cid\ns4,Dee\ns6,Eve\n"), "extra s5\n");
    assert_string_equal(differences("id,name\ns1,Anne\ns2,Bob\ns3,Cid\ns4,Dee\ns5,Eve\ns6,Eve\n"), "name s1 Ann|Anne @2\n");
    assert_string_equal(differences("id,name,sex\ns1,Ann,f\ns2,Bob,m\ns3,Cid,m\ns4,Dee,m\ns5,Eve,f\ns6,Eve,m\n"), "value s4 sex f|m @5\n");
    (void)differences("id,name,math\ns1,Ann,87.5\ns2,Bob,0\ns3,Cid,90\ns4,Dee,\ns5,Eve,65.126\ns6,Eve,-3\n");
    assert_int_equal(result.kind[SUNLOT_AUDIT_VALUE], 3);
    assert_non_null(strstr(found.text, "value s2 math |0 @3\n"));
    assert_non_null(strstr(found.text, "value s4 math 71| @5\n"));
    assert_non_null(strstr(found.text, "value s5 math 65.125|65.126 @6\n"));
    assert_int_equal(result.agree, 3);
    assert_string_equal(differences("id,name\ns1,Ann\ns2,Bob\ns3,Cid\ns4,Dee\ns5,Eve\ns6,Eve\ns1,Ann\n"), "list twice s1 @8\n");
    assert_string_equal(differences("id,name,school\ns1,Ann,Hill\ns2,Bob,Hall\ns3,Cid,Hill\ns4,Dee,Hill\ns5,Eve,Hill\ns6,Eve,Hill\n"),
                        "school s2 Hill|Hall @3\n");
    /* Numbers exchanged between two children of different names. */
    assert_int_equal(strlen(differences("id,name\ns2,Ann\ns1,Bob\ns3,Cid\ns4,Dee\ns5,Eve\ns6,Eve\n")) > 0, 1);
    assert_int_equal(result.kind[SUNLOT_AUDIT_NAME], 2);
}

static void lists_that_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "id\ns1\n", "name\nAnn\n", "id,name\n,Ann\n", "id,name\ns1\n", "id,name\n\"s1,Ann\n", "id;name\ns1;Ann\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(audit(made_view(&people), bad[i]), SUNLOT_ERR_INPUT);
        assert_int_equal(result.people_line, 0);
        assert_true(found.n > 0);
    }
}

/* One place of the list of people replaced. */
static sunlot_buffer changed(const char *from, const char *to)
{
    sunlot_buffer out = {0};
    assert_true(sunlot_buffer_text(&out, made_view(&people)));
    made_break(&out, from, to);
    return out;
}

static void records_that_do_not_open(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *found;
    } known[] = {
        {"Hill,s3,Cid", "Hill,s3,Sid", "commitment s3\nname s3 Sid|Cid @4\n"},
        {"Hill,s3,Cid", "Hall,s3,Cid", "commitment s3\n"},
        {"Hill,s3,Cid", "Hill,s9,Cid", "commitment s9\nextra s9\nmissing s3 @4\n"},
        {"Hill,t1,Fox", "Hill,t1,Box", "commitment t1\n"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        sunlot_buffer with = changed(known[i].from, known[i].to);
        assert_int_equal(audit(made_view(&with), LIST), SUNLOT_OK);
        assert_string_equal(found.text, known[i].found);
        assert_int_equal(result.opened, 9);
        sunlot_buffer_free(&with);
    }
    /* Two lines of the draw opened as one child: the number stands twice. */
    sunlot_buffer with = changed("Hill,s3,Cid", "Hill,s1,Ann");
    assert_int_equal(audit(made_view(&with), LIST), SUNLOT_OK);
    assert_int_equal(result.kind[SUNLOT_AUDIT_DRAW_TWICE], 1);
    assert_int_equal(result.kind[SUNLOT_AUDIT_COMMITMENT], 1);
    assert_int_equal(result.kind[SUNLOT_AUDIT_MISSING], 1);
    sunlot_buffer_free(&with);
}

static void lists_of_people(void **state)
{
    (void)state;
    sunlot_text rest = made_view(&people), header = sunlot_text_split(rest, '\n', &rest), first = sunlot_text_split(rest, '\n', &rest);
    sunlot_buffer fewer = {0}, more = {0}, twice = {0};
    assert_true(sunlot_buffer_text(&fewer, header) && sunlot_buffer_byte(&fewer, '\n') && sunlot_buffer_text(&fewer, rest));
    assert_int_equal(audit(made_view(&fewer), LIST), SUNLOT_OK);
    assert_int_equal(result.kind[SUNLOT_AUDIT_SEALED], 1);
    assert_int_equal(result.kind[SUNLOT_AUDIT_MISSING], 1);

    assert_true(sunlot_buffer_text(&more, made_view(&people)));
    assert_true(
        sunlot_buffer_string(&more, "s00000000000000000000000000000001,h0000000000000000000000000000000000000000000000000000000000000000,Hill,s8,Who\n"));
    assert_int_equal(audit(made_view(&more), LIST), SUNLOT_OK);
    assert_string_equal(found.text, "stranger s8\n");

    assert_true(sunlot_buffer_text(&twice, made_view(&people)) && sunlot_buffer_text(&twice, first) && sunlot_buffer_byte(&twice, '\n'));
    assert_int_equal(audit(made_view(&twice), LIST), SUNLOT_ERR_INPUT);
    assert_int_equal(result.people_line, 12);
    assert_int_equal(audit(SUNLOT_TEXT("id,name\n"), LIST), SUNLOT_ERR_INPUT);
    assert_int_equal(result.people_line, 1);
    sunlot_buffer_free(&fewer);
    sunlot_buffer_free(&more);
    sunlot_buffer_free(&twice);
}

/* A commitment that opens with another school than the one in whose block the line stands opens nothing. */
static void lines_of_another_school(void **state)
{
    (void)state;
    static const char *const school[] = {"East", "North"};
    for (int i = 0; i < 2; i++) {
        const sunlot_digest salt = {{0}};
        const sunlot_person person = {sunlot_text_of(school[i]), SUNLOT_TEXT("K1"), SUNLOT_TEXT("Ann")};
        const sunlot_text value[] = {SUNLOT_TEXT("F")};
        const sunlot_digest commitment = sunlot_commitment(&salt, SUNLOT_TEXT("s01000000000000000000000000000000"), &person, value, 1);
        char hex[66] = {'h'}, record[256];
        sunlot_hex_write(hex + 1, commitment.b, 32);
        const made_edit edit[] = {{"h0100000000000000000000000000000000000000000000000000000000000000", hex}, {NULL, NULL}};
        sunlot_buffer text = made_log(MADE_ANNOUNCED, edit);
        (void)snprintf(record, sizeof record,
                       "pseudonym,salt,school,id,name\ns01000000000000000000000000000000,"
                       "h0000000000000000000000000000000000000000000000000000000000000000,%s,K1,Ann\n",
                       school[i]);
        sunlot_log *own = log_;
        sunlot_fault fault;
        assert_int_equal(sunlot_log_read(&log_, made_view(&text), &fault, NULL), SUNLOT_OK);
        assert_int_equal(audit(sunlot_text_of(record), "id,name,school\nK1,Ann,East\n"), SUNLOT_OK);
        assert_int_equal(result.opened, 1 - i);
        assert_int_equal(result.kind[SUNLOT_AUDIT_COMMITMENT], i);
        assert_int_equal(result.kind[SUNLOT_AUDIT_SEALED], 15);
        sunlot_log_free(log_);
        log_ = own;
        sunlot_buffer_free(&text);
    }
}

static void memory_can_run_out(void **state)
{
    (void)state;
    const uint64_t live = sunlot_alloc_live();
    uint64_t n = 1;
    for (bool done = false; !done; n++) {
        sunlot_alloc_refuse(n, true);
        const sunlot_err err = audit(made_view(&people), LIST);
        sunlot_alloc_refuse(0, false);
        done = err == SUNLOT_OK;
        assert_true(done || err == SUNLOT_ERR_MEMORY);
        assert_int_equal(sunlot_alloc_live(), live);
    }
    assert_true(n > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_that_agree),         cmocka_unit_test(lists_that_differ), cmocka_unit_test(lists_that_are_refused),
        cmocka_unit_test(records_that_do_not_open), cmocka_unit_test(lists_of_people),   cmocka_unit_test(lines_of_another_school),
        cmocka_unit_test(memory_can_run_out),
    };
    return cmocka_run_group_tests_name("audit", tests, start, end);
}
