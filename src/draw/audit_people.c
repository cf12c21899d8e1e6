#include "draw/audit_people.h"

#include "base/bytes.h"
#include "log/opening.h"

enum { FIELDS = 5 };

static bool keep(sunlot_audited_people *p, sunlot_text line, sunlot_text field, sunlot_text *out)
{
    const bool inside = field.p >= line.p && field.p <= line.p + line.n;
    *out = field;
    return inside || sunlot_arena_copy(&p->arena, field, out);
}

static sunlot_err take(sunlot_audited_people *p, sunlot_record *record, sunlot_text line)
{
    sunlot_audited *one = &p->one[p->count];
    if (sunlot_record_parse(record, line) != NULL || record->fields != FIELDS || !sunlot_opening_salt(record->field[1])) return SUNLOT_ERR_INPUT;
    sunlot_text *to[FIELDS] = {&one->pseudonym, &one->salt, &one->person.school, &one->person.id, &one->person.name};
    for (uint32_t i = 0; i < FIELDS; i++)
        if (!keep(p, line, record->field[i], to[i])) return SUNLOT_ERR_MEMORY;
    if (sunlot_text_index_add(&p->index, one->pseudonym, p->count) != p->count) return SUNLOT_ERR_INPUT;
    p->count++;
    return SUNLOT_OK;
}

sunlot_err sunlot_audited_read(sunlot_audited_people *out, sunlot_text bytes, uint32_t *line)
{
    sunlot_record record;
    uint64_t lines = 0;
    for (sunlot_text rest = bytes; rest.n > 0; lines++) (void)sunlot_text_split(rest, '\n', &rest);
    *line = 1;
    if (lines > SUNLOT_MAX_STUDENTS + SUNLOT_MAX_TEACHERS + 1) return SUNLOT_ERR_INPUT;
    out->one = sunlot_alloc((size_t)lines, sizeof *out->one);
    if (out->one == NULL || !sunlot_text_index_init(&out->index, (uint32_t)lines)) return SUNLOT_ERR_MEMORY;
    sunlot_text rest = bytes, first = sunlot_text_split(rest, '\n', &rest);
    if (rest.p == NULL || !sunlot_text_equal(first, SUNLOT_TEXT("pseudonym,salt,school,id,name"))) return SUNLOT_ERR_INPUT;
    while (rest.n > 0) {
        ++*line;
        const sunlot_text text = sunlot_text_split(rest, '\n', &rest);
        const sunlot_err err = rest.p == NULL ? SUNLOT_ERR_INPUT : take(out, &record, text);
        if (err != SUNLOT_OK) return err;
    }
    *line = 0;
    return SUNLOT_OK;
}

void sunlot_audited_free(sunlot_audited_people *p)
{
    sunlot_arena_free(&p->arena);
    sunlot_release(p->one);
    sunlot_text_index_free(&p->index);
}
