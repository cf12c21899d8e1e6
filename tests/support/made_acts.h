/* Logs with acts, for tests: two schools, and three parties besides the host, two of whom sign acts. */
#ifndef TESTS_SUPPORT_MADE_ACTS_H
#define TESTS_SUPPORT_MADE_ACTS_H

#include "support/made_log.h"

/* East has seats and no teachers, its classes are not alike; South is alike and has formed teams; three parties sign by two of three. */
#define FACTS "fact,late,2026-09-10;2026-10-10\n@minisign\nfact,mix,1000\nfact,rows,public\nfact,tries,64\n"
#define PARTIES                                                                                                                                                \
    "@party\n@member ann party own -\n@member bob party own -\n@member cid party own -\ngroup,two,2,ann;bob;cid\nquorum,seed-base,host\nquorum,digits,host\nquorum,after,two\n"
#define SOURCES "source,1,d10,39,a,b,c\n"
#define EAST                                                                                                                                                   \
    "school,1,East,2,4,0\nclass,1,6\nclass,10,7\n"                                                                                                             \
    "student,{s01},{h01},,,,1\nstudent,{s02},{h02},,,,1\nstudent,{s03},{h03},,,,1\nstudent,{s04},{h04},,,,1\n"
#define SOUTH                                                                                                                                                  \
    "school,2,South,3,6,3\nclass,A,\nclass,B,\nclass,C,\n"                                                                                                     \
    "teacher,{t01},{h11},maths,1,yes,T1\nteacher,{t02},{h12},maths,1,yes,T2\nteacher,{t03},{h13},maths,1,yes,T3\n"                                             \
    "student,{s11},{h21},,,,1\nstudent,{s12},{h22},,,,1\nstudent,{s13},{h23},,,,1\nstudent,{s14},{h24},,,,1\nstudent,{s15},{h25},,,,1\n"                       \
    "student,{s16},{h26},,,,1\n"
#define DIGITS     "entropy,1,3141-5926-5358-9793-2384-6264-3383-2795-0288-419\n"
#define DIGITS_2   "entropy,1,2718-2818-2845-9045-2353-6028-7471-3526-6249-775\n"
#define DRAWN      MADE_TITLE FACTS PARTIES SOURCES EAST SOUTH "@checkpoint seed-base\n" DIGITS "@checkpoint digits\n@results\n@checkpoint results\n"
#define AFTER(k)   "@checkpoint after-" k "\n@cosign ann ann\n@cosign bob bob\n"
#define STRUCK     "struck,2026-09-01,{s01},moved away,the bureau\n"
#define LATE       "late,2026-09-10,1,{s31},{h31},1\nlate,2026-09-10,1,{s32},{h32},2\nlate,2026-09-10,2,{s33},{h33},1\n"
#define SUPPLEMENT LATE "@checkpoint late-base-1\n" DIGITS_2 "@checkpoint late-digits-1\n@seats\n@checkpoint after-1\n"

/* DRAWN with these acts behind it. */
sunlot_buffer made_acts(const char *acts);
/* A log read, which must be sound; it borrows from bytes. */
sunlot_log *made_acts_read(const sunlot_buffer *bytes);
/* What the verifier says of it, all schools recomputed; pin NULL: nothing is given from outside. */
sunlot_verdict made_acts_verdict(const sunlot_buffer *log, const sunlot_pin *pin);

#endif
