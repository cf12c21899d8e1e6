/* The records of acts, for those who show them (SPEC 5.5). */
#include "log/history.h"

void sunlot_log_entries(const sunlot_log *log, sunlot_entry_fn *each, void *user)
{
    const sunlot_history *h = log->history;
    for (uint32_t i = 0; h != NULL && i < h->entries; i++) {
        const sunlot_history_entry *entry = &h->entry[i];
        sunlot_record record;
        SUNLOT_REQUIRE(sunlot_record_parse(&record, entry->record) == NULL); /* seen when it was read */
        const sunlot_text *f = record.field;
        const sunlot_text school = entry->school == UINT32_MAX ? (sunlot_text){NULL, 0} : log->roster->school[entry->school].name;
        sunlot_entry e = {.kind = entry->kind, .act = entry->act, .line = entry->line, .record = entry->record, .date = f[1]};
        switch (entry->kind) {
        case SUNLOT_ENTRY_STRUCK:
            e.subject = f[2];
            e.reason = f[3];
            e.authority = f[4];
            break;
        case SUNLOT_ENTRY_MOVED:
            e.subject = f[2];
            e.value = f[3];
            e.reason = f[4];
            e.authority = f[5];
            break;
        case SUNLOT_ENTRY_BY_HAND:
            e.subject = school;
            e.value = f[3];
            e.more = f[4];
            break;
        case SUNLOT_ENTRY_REPLACED:
            e.subject = f[2];
            e.value = f[3];
            e.more = f[4];
            break;
        case SUNLOT_ENTRY_SET_ASIDE:
            e.authority = f[2];
            e.reason = f[3];
            break;
        case SUNLOT_ENTRY_LATE:
            e.subject = f[3], e.value = school;
            e.more = f[5];
            break;
        case SUNLOT_ENTRY_KINDS:
            break;
        }
        each(user, &e);
    }
}

uint32_t sunlot_log_supplements(const sunlot_log *log) { return log->history == NULL ? 0 : log->history->supplements; }

void sunlot_log_supplement(const sunlot_log *log, uint32_t i, sunlot_supplement_info *out)
{
    SUNLOT_REQUIRE(i < sunlot_log_supplements(log));
    const sunlot_supplement *s = &log->history->supplement[i];
    *out = (sunlot_supplement_info){s->act, s->hidden > 0 ? s->hidden : s->lates, s->date, s->seats > 0};
}

sunlot_text sunlot_log_supplement_digits(const sunlot_log *log, uint32_t i, uint32_t source)
{
    SUNLOT_REQUIRE(i < sunlot_log_supplements(log) && source < log->roster->sources);
    return log->history->supplement[i].entropy.digits[source];
}
