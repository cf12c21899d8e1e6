/* Logs for tests, written as text with placeholders and sealed with the key of a test's master secret.
 *
 *     {s01}  {t01}  {h01}  {x01}   a letter, the digits, and zeros up to 32 (s, t) or 64 (h, x) digits
 *     @minisign  @party            the lines that name the keys
 *     @checkpoint PHASE            a checkpoint of the lines before it and its signature
 *     @unsigned PHASE              without its signature
 *     @twice PHASE                 with its signature twice
 *     @foreign PHASE               signed by another key
 *     @results                     the results of all schools, recomputed; of the second round after its digits
 *     @seats                       the classes of late students, recomputed
 *     @member ID ROLE DEVICE PART  the line of another party, whose key is made of its id
 *     @signed PHASE ID ID …        a checkpoint, signed by the host and by these parties
 *     @cosign ID LABEL             the signature of one more party, of the checkpoint before; perhaps with a key made of another label than its id
 *     {@key ID LABEL}              within a line of another kind: the vkey of a party with such a key
 *     @commit ID  @reveal ID       a party's record, its contribution made of its id
 *
 * An edit replaces the one place where `from` stands in the text, placeholders filled in, before the next checkpoint is made: so
 * everything is signed as if it had been so from the start. */
#ifndef TESTS_MADE_LOG_H
#define TESTS_MADE_LOG_H

#include "sunlot.h"

typedef struct {
    const char *from, *to;
} made_edit;

extern const sunlot_master made_master;

/* edits: ended by {NULL, NULL}, or NULL for none.  Ends the test program if an edit finds no place, or two.  Free with sunlot_buffer_free. */
sunlot_buffer made_log(const char *text, const made_edit *edits);
/* Replace the one place where `from` stands in a finished log; nothing is signed again. */
void made_break(sunlot_buffer *log, const char *from, const char *to);

/* The secret key of a party, and its contribution. */
void made_secret(uint8_t secret64[64], const char *id);
void made_contribution(uint8_t contribution32[32], const char *id);

sunlot_text made_view(const sunlot_buffer *b);
/* The answer of the verifier, with every school recomputed; *fault, if not NULL, what it found. */
sunlot_answer made_answer(sunlot_text log, const sunlot_pin *pin, sunlot_fault *fault);

/* The parts of a small live draw: two schools, one of them with teachers, a lock, a limit, two together, a mean and a band. */
#define MADE_TITLE     "sunlot,v1,ed25519-sha256-hmac-chacha20,live,Example,2026,G7,placement,1\n"
#define MADE_REHEARSAL "sunlot,v1,ed25519-sha256-hmac-chacha20,rehearsal-\xe6\xbc\x94\xe7\xbb\x83,Example,2026,G7,placement,1\n"
#define MADE_FACTS                                                                                                                                             \
    "fact,authority,\"The \"\"Bureau\"\", by letter\"\nfact,date,2026-08-20\nfact,ground,Rule 7\n@minisign\nfact,mix,3000\n"                                   \
    "fact,retention,30 days\nfact,rows,public\nfact,tries,64\n"
#define MADE_PARTY "@party\nquorum,seed-base,all\nquorum,digits,all\nquorum,after,all\n"
#define MADE_SOURCES                                                                                                                                           \
    "source,1,d10,30,a number a person,thrown again,another dice\n"                                                                                            \
    "source,2,d6,14,cells of a tray,thrown again,another tray\n"
#define MADE_RULES                                                                                                                                             \
    "rule,students,absent,maths,mean,North\nrule,students,apart,,,\nrule,students,balance,sex,,\n"                                                             \
    "rule,students,mean,maths,10 20,North\nrule,students,recuse,,,\nrule,students,together,,,\n"                                                               \
    "rule,teachers,balance,rank,,\n"
#define MADE_SCHOOLS                                                                                                                                           \
    "school,1,East,2,4,0\nclass,1,2\nclass,10,3\n"                                                                                                             \
    "student,{s01},{h01},,,,1,F\nstudent,{s02},{h02},,,,1,F\nstudent,{s03},{h03},,,,1,\"M,x\"\nstudent,{s04},{h04},,,,1,\"M,x\"\n"                             \
    "school,2,North,2,8,4\nclass,B,\nclass,\"A,1\",\n"                                                                                                         \
    "lock,{s11},\"A,1\",doctor's letter,the bureau\nlimit,a1,1\n"                                                                                              \
    "teacher,{t01},{h05},maths,1,yes,,high\nteacher,{t02},{h06},maths,1,-,,low\n"                                                                              \
    "teacher,{t03},{h07},reading,1,yes,,high\nteacher,{t04},{h08},reading,1,-,,low\n"                                                                          \
    "student,{s11},{h11},,,,1,80,F\nstudent,{s12},{h12},b1,,,1,90.5,F\nstudent,{s13},{h13},b1,,,1,70,M\n"                                                      \
    "student,{s14},{h14},,a1,,1,85,M\nstudent,{s15},{h15},,a1,{t03},1,75.25,F\nstudent,{s16},{h16},,,,1,,F\n"                                                  \
    "student,{s17},{h17},,,,1,88,M\nstudent,{s18},{h18},,,,1,79,M\n"
#define MADE_OPENING   MADE_TITLE MADE_FACTS MADE_PARTY MADE_SOURCES MADE_RULES
#define MADE_ANNOUNCED MADE_OPENING MADE_SCHOOLS "@checkpoint seed-base\n"
#define MADE_ENTROPY   "entropy,1,3141-5926-5358-9793-2384-6264-3383-27\nentropy,2,1234-5612-3456-12\n"
#define MADE_DIGITS    MADE_ANNOUNCED MADE_ENTROPY "@checkpoint digits\n"
#define MADE_DRAWN     MADE_DIGITS "@results\n@checkpoint results\n"

/* The smallest rehearsal with results. */
#define MADE_TINY                                                                                                                                              \
    MADE_REHEARSAL "@minisign\nfact,mix,1\nfact,rows,public\nfact,tries,1\n" MADE_PARTY "source,1,d10,39,a,b,c\n"                                              \
                   "rule,students,balance,sex,,\nschool,1,A,2,2,0\nclass,1,\nclass,2,\nstudent,{s01},{h01},,,,1,F\nstudent,{s02},{h02},,,,1,M\n"               \
                   "@checkpoint seed-base\nentropy,rehearsal,{x05}\n@checkpoint digits\n@results\n@checkpoint results\n"

#endif
