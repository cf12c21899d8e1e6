/* Made-up schools with the shapes of real ones, the same bytes on every machine: integers and the stream of SPEC 4 only.
 *
 * Each school has streams of its own, so its people depend on the seed, its number and its size, and on no other school. */
#ifndef SUNLOT_TOOLS_SAMPLE_H
#define SUNLOT_TOOLS_SAMPLE_H

#include <stdio.h>

#include "sunlot.h"

#define SAMPLE_NAME_BYTES 16u

typedef struct {
    uint32_t schools, classes, students;
    uint8_t seed[32];
} sample_plan;

typedef struct {
    uint32_t classes, students;
} sample_size;

/* A teacher whom a student may have to avoid. */
typedef struct {
    uint32_t number; /* of the id, from 1, over all schools */
    uint32_t classes;
    uint32_t surname; /* sample_name */
} sample_teacher;

/* The stream of a school (from 0; UINT32_MAX: of the whole) for a purpose of at most 20 letters. */
void sample_stream(sunlot_stream *s, const sample_plan *plan, uint32_t school, const char *purpose);
/* True once in n times. */
bool sample_once_in(sunlot_stream *s, uint32_t n);

/* A name that nobody bears: a heavenly stem or earthly branch and two words of nature. */
#define SAMPLE_SURNAMES 18u
#define SAMPLE_GIVEN    48u
void sample_name(char name[SAMPLE_NAME_BYTES], uint32_t surname, uint32_t first, uint32_t second);
/* What a school is called: by its number, or as the only one. */
void sample_school_write(FILE *to, const sample_plan *plan, uint32_t school);

/* Share classes and students among the schools: each has at least two classes, some have many.  size[plan->schools].
 * Returns false if a school would be beyond the published limits. */
bool sample_sizes(sample_size *size, const sample_plan *plan);

/* The files.  What cannot be written shows at ferror. */
void sample_rules_write(FILE *to, const sample_plan *plan);
void sample_classes_write(FILE *to, const sample_plan *plan, const sample_size *size);
/* A school's teachers; *next is the number of the next id.  Out: staff, at most SUNLOT_MAX_SCHOOL_TEACHERS; returns how many. */
void sample_teachers_header(FILE *to, const sample_plan *plan);
uint32_t sample_teachers_write(FILE *to, sample_teacher *staff, uint32_t *next, const sample_plan *plan, uint32_t school, uint32_t classes);
/* A school's students. */
void sample_students_header(FILE *to, const sample_plan *plan);
void sample_students_write(FILE *to, uint32_t *next, const sample_plan *plan, uint32_t school, const sample_size *size, const sample_teacher *staff,
                           uint32_t teachers);

#endif
