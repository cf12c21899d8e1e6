#include "support/made_input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const made_input[SUNLOT_FILE_COUNT] = {
    "rule,who,column,value,school\n"                                   /* 1 */
    "draw,,district,Example,\n"                                        /* 2 */
    "draw,,year,2026,\n"                                               /* 3 */
    "draw,,grade,7,\n"                                                 /* 4 */
    "draw,,school,Hill,\n"                                             /* 5 */
    "source,,1,d10 39; one person a throw; throw again; other dice,\n" /* 6 */
    "rows,,,public; Example Office; Example Act,\n"                    /* 7 */
    "balance,students,sex,,\n"                                         /* 8 */
    "mean,students,math,0.50 100,\n"                                   /* 9 */
    "absent,students,math,mean,\n"                                     /* 10 */
    "band,students,math,top 2,Hill\n"                                  /* 11 */
    "together,students,twins,,\n"                                      /* 12 */
    "spread,students,name,,\n"                                         /* 13 */
    "apart,students,conflict,,\n"                                      /* 14 */
    "cap,students,special,yes 1,\n"                                    /* 15 */
    "weight,students,seats,,\n"                                        /* 16 */
    "recuse,students,parent,,\n"                                       /* 17 */
    "fix,students,s5,2; order; Example Office,\n"                      /* 18 */
    "balance,teachers,degree,,\n"                                      /* 19 */
    "mix,,,5000,\n"                                                    /* 20 */
    "tries,,,70,\n",                                                   /* 21 */
    "class,seats\n1,4\n2,4\n",
    "id,name,sex,math,twins,conflict,special,seats,parent\n" /* 1 */
    "s1,Ann,f,87.50,a,,,,\n"                                 /* 2 */
    "s2,Bob,m,,a,,,0,\n"                                     /* 3 */
    "s3,Cid,m,90,,x,yes,,\n"                                 /* 4 */
    "s4,Dee,f,71,,x;y,yes,,t3\n"                             /* 5 */
    "s5,Eve,f,65.125,,y,,1,\n"                               /* 6 */
    "s6,Eve,m,-3,,,,,\n",                                    /* 7 */
    "id,name,subject,classes,homeroom,degree\n"
    "t1,Fox,maths,1,yes,a\n"
    "t2,Gil,maths,1,,b\n"
    "t3,Hal,music,1,yes,a\n"
    "t4,Ida,music,1,no,b\n",
};

sunlot_input made_input_of(const char *const file[SUNLOT_FILE_COUNT])
{
    sunlot_input input = {0};
    for (int i = 0; i < SUNLOT_FILE_COUNT; i++) {
        if (file[i] == NULL) continue;
        input.file[i] = (sunlot_text){file[i], strlen(file[i])};
        input.present[i] = true;
    }
    return input;
}

static int length(sunlot_text text) { return (int)text.n; }

static const char *start(sunlot_text text) { return text.p == NULL ? "" : text.p; }

void made_report_add(void *report, const sunlot_issue *issue)
{
    static const char *const file[] = {"rules", "classes", "students", "teachers"};
    made_report *r = report;
    r->issues++;
    r->seen[issue->code] = true;
    const size_t left = sizeof r->text - r->n;
    const int n = snprintf(r->text + r->n, left, "%s %u:%u %.*s %d [%.*s] [%.*s]\n", file[issue->file], (unsigned)issue->line, (unsigned)issue->column,
                           length(issue->header), start(issue->header), (int)issue->code, length(issue->found), start(issue->found), length(issue->expected),
                           start(issue->expected));
    if (n > 0 && (size_t)n < left) r->n += (size_t)n;
    r->text[r->n] = 0;
}

sunlot_err made_input_read(sunlot_enrolment **e, const char *const *file, made_report *report)
{
    const sunlot_input input = made_input_of(file);
    memset(report, 0, sizeof *report);
    return sunlot_enrolment_read(e, &input, made_report_add, report, NULL);
}

char *made_input_replace(const char *text, uint32_t line, const char *with)
{
    const char *from = text;
    for (uint32_t i = 1; i < line && *from != 0; i++) from = strchr(from, '\n') + 1;
    const char *rest = line == 0 ? "" : *from == 0 ? from : strchr(from, '\n') + 1;
    const size_t head = line == 0 ? 0 : (size_t)(from - text);
    char *out = malloc(head + strlen(with) + strlen(rest) + 1);
    if (out == NULL) abort();
    memcpy(out, text, head);
    strcpy(out + head, with);
    strcat(out, rest);
    return out;
}
