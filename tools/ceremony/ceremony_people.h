/* Whom the pseudonyms of a ceremony stand for: private/people.csv, and private/people-late.csv of those who came later. */
#ifndef SUNLOT_TOOLS_CEREMONY_PEOPLE_H
#define SUNLOT_TOOLS_CEREMONY_PEOPLE_H

#include "ceremony/ceremony.h"
#include "common/people.h"

/* Read both.  Returns STATUS_RUN (release with people_free), or the exit status after an explanation. */
int ceremony_people(people_list *out, const ceremony *c);

/* Complain that they do not know a pseudonym of the log.  Returns STATUS_REFUSED. */
int ceremony_stranger(const ceremony *c, sunlot_text pseudonym);

/* Add the late students of a supplement, before the log has them; those of a supplement that never came into it go.  people: a list as sunlot_log_late_lines
 * gives it.  Returns STATUS_RUN or the exit status. */
int ceremony_people_add(const ceremony *c, const sunlot_log *log, sunlot_text people);

#endif
