/* sunlot strike, move, by-hand, replace, set-aside: what is decided after the results. */
#include <string.h>

#include "ceremony/act.h"
#include "ceremony/ceremony_people.h"
#include "commands/commands.h"
#include "common/characters.h"
#include "common/messages.h"
#include "common/options.h"

/* What was given on the command line. */
typedef struct {
    const char *date, *student, *class_, *reason, *authority, *school, *what, *slots, *party, *key;
    bool host_made;
    char pseudonym[34];
    file_bytes file;
} act_wish;

static int need_option(const char *command, const char *name, const char *value, const char *expected)
{
    return value != NULL ? STATUS_RUN : options_wrong(command, name, NULL, expected);
}

/* A pseudonym, or the id of a student in the lists of people.  NULL if it is neither. */
static const person *find_student(const people_list *people, const sunlot_log *log, const char *given)
{
    sunlot_seat seat;
    if (sunlot_log_find(log, text_of(given), &seat)) return people_find(people, seat.pseudonym);
    for (uint32_t i = 0; i < people->count; i++)
        if (text_same(people->person[i].id, text_of(given)) && sunlot_log_find(log, people->person[i].pseudonym, &seat)) return &people->person[i];
    return NULL;
}

static bool holds(sunlot_text text, sunlot_text part)
{
    for (size_t at = 0; part.n > 0 && at + part.n <= text.n; at++)
        if (memcmp(text.p + at, part.p, part.n) == 0) return true;
    return false;
}

/* What is entered stands in the log for ever, beside the pseudonym.  An authority may have the name of the child. */
static int check_reason(const person *student, const char *reason)
{
    if (!holds(text_of(reason), student->name)) return STATUS_RUN;
    complain(_("the reason is published, and the name of the student stands in it; write it without"));
    return STATUS_REFUSED;
}

static int fill_student(sunlot_entry *entry, const ceremony *c, const ceremony_state *state, void *user)
{
    act_wish *w = user;
    people_list people;
    int status = ceremony_people(&people, c);
    if (status != STATUS_RUN) return status;
    const person *student = find_student(&people, state->log, w->student);
    if (student == NULL) {
        complain(_("no student has the pseudonym or the id “%s”"), SHOW(text_of(w->student)));
        status = STATUS_REFUSED;
    } else {
        memcpy(w->pseudonym, student->pseudonym.p, student->pseudonym.n);
        status = check_reason(student, w->reason);
    }
    people_free(&people);
    entry->date = text_of(w->date);
    entry->subject = text_of(w->pseudonym);
    if (w->class_ != NULL) entry->value = text_of(w->class_);
    entry->reason = text_of(w->reason);
    entry->authority = text_of(w->authority);
    return status;
}

int cmd_strike(int argc, char **argv)
{
    static const char command[] = "sunlot strike";
    act_wish w = {.date = NULL};
    const char *folder;
    const tool_option option[] = {{"date", &w.date, NULL}, {"student", &w.student, NULL}, {"reason", &w.reason, NULL}, {"authority", &w.authority, NULL}};
    int status = options_read(argc, argv, command,
                              _("Usage: sunlot strike DIR --date 2026-09-01 --student ID --reason TEXT --authority TEXT\n"
                                "Enter that a student should not have been in the list.  Nothing is drawn again: the others stay where they are.\n"
                                "The parties sign it.\n"
                                "  --date DATE       the day\n"
                                "  --student ID      the student's pseudonym, or the id in the input files\n"
                                "  --reason TEXT     why; it is published\n"
                                "  --authority TEXT  who decided it; it is published\n"
                                "  --lang en|zh      language of messages\n"
                                "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                              option, 4, &folder, 1);
    if (status == STATUS_RUN) status = need_option(command, "date", w.date, "2026-09-01");
    if (status == STATUS_RUN) status = need_option(command, "student", w.student, _("a pseudonym or an id"));
    if (status == STATUS_RUN) status = need_option(command, "reason", w.reason, _("a text"));
    if (status == STATUS_RUN) status = need_option(command, "authority", w.authority, _("a text"));
    return status == STATUS_RUN ? act_run(folder, SUNLOT_ENTRY_STRUCK, fill_student, &w) : status;
}

int cmd_move(int argc, char **argv)
{
    static const char command[] = "sunlot move";
    act_wish w = {.date = NULL};
    const char *folder;
    const tool_option option[] = {
        {"date", &w.date, NULL}, {"student", &w.student, NULL}, {"class", &w.class_, NULL}, {"reason", &w.reason, NULL}, {"authority", &w.authority, NULL}};
    int status = options_read(argc, argv, command,
                              _("Usage: sunlot move DIR --date 2026-09-01 --student ID --class NAME --reason TEXT --authority TEXT\n"
                                "Enter that a student changes to another class of the school, as an authority allows.  The parties sign it.\n"
                                "  --date DATE       the day\n"
                                "  --student ID      the student's pseudonym, or the id in the input files\n"
                                "  --class NAME      the class from now on\n"
                                "  --reason TEXT     why; it is published\n"
                                "  --authority TEXT  who allows it; it is published\n"
                                "  --lang en|zh      language of messages\n"
                                "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                              option, 5, &folder, 1);
    if (status == STATUS_RUN) status = need_option(command, "date", w.date, "2026-09-01");
    if (status == STATUS_RUN) status = need_option(command, "student", w.student, _("a pseudonym or an id"));
    if (status == STATUS_RUN) status = need_option(command, "class", w.class_, _("the name of a class"));
    if (status == STATUS_RUN) status = need_option(command, "reason", w.reason, _("a text"));
    if (status == STATUS_RUN) status = need_option(command, "authority", w.authority, _("a text"));
    return status == STATUS_RUN ? act_run(folder, SUNLOT_ENTRY_MOVED, fill_student, &w) : status;
}

static int fill_by_hand(sunlot_entry *entry, const ceremony *c, const ceremony_state *state, void *user)
{
    const act_wish *w = user;
    const sunlot_roster *r = sunlot_log_roster(state->log);
    sunlot_school_info info;
    (void)c;
    entry->date = text_of(w->date);
    entry->value = text_of(w->what);
    entry->more = text_of(w->slots);
    for (uint32_t i = 0; i < sunlot_roster_schools(r); i++) {
        sunlot_roster_school(r, i, &info);
        if (w->school == NULL ? sunlot_roster_schools(r) == 1 : text_same(info.name, text_of(w->school))) entry->subject = info.name;
    }
    if (entry->subject.n > 0) return STATUS_RUN;
    if (w->school == NULL)
        complain(_("there are several schools; say which with --school"));
    else
        complain(_("there is no school “%s”"), SHOW(text_of(w->school)));
    return STATUS_REFUSED;
}

int cmd_by_hand(int argc, char **argv)
{
    static const char command[] = "sunlot by-hand";
    act_wish w = {.date = NULL};
    const char *folder;
    const tool_option option[] = {{"date", &w.date, NULL}, {"school", &w.school, NULL}, {"what", &w.what, NULL}, {"slots", &w.slots, NULL}};
    int status =
        options_read(argc, argv, command,
                     _("Usage: sunlot by-hand DIR --date 2026-09-01 [--school NAME] --what numbers|teams --slots \"3 1 2\"\n"
                       "Enter what was drawn by hand after the groups were known: class numbers for the groups, or teams for the classes.\n"
                       "Every answer of the verifier says so from then on; slots drawn before the dice go into rules.csv (hand).  The parties sign it.\n"
                       "  --date DATE     the day\n"
                       "  --school NAME   whose, if there are several schools\n"
                       "  --what WHAT     numbers: group G1 gets the class of the first number in the order of the log, G2 that of the second, …\n"
                       "                  teams: the first class gets the team of the first number, …\n"
                       "  --slots LIST    1 to the number of classes, each once, separated by spaces\n"
                       "  --lang en|zh    language of messages\n"
                       "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                     option, 4, &folder, 1);
    if (status == STATUS_RUN) status = need_option(command, "date", w.date, "2026-09-01");
    if (status == STATUS_RUN) status = need_option(command, "what", w.what, "numbers, teams");
    if (status == STATUS_RUN) status = need_option(command, "slots", w.slots, "\"3 1 2\"");
    return status == STATUS_RUN ? act_run(folder, SUNLOT_ENTRY_BY_HAND, fill_by_hand, &w) : status;
}

static int fill_replaced(sunlot_entry *entry, const ceremony *c, const ceremony_state *state, void *user)
{
    act_wish *w = user;
    (void)c;
    (void)state;
    if (text_same(text_of(w->party), text_of("host"))) {
        complain(_("the host's key is the log's own and is not replaced"));
        return STATUS_REFUSED;
    }
    file_result result = file_read(&w->file, w->key, 4096);
    if (result == FILE_MISSING) complain_file(_("cannot read"), w->key);
    if (result == FILE_MISSING || result == FILE_UNREADABLE) return STATUS_CANNOT;
    if (result != FILE_READ || !sunlot_key_file_public(&entry->value, file_view(&w->file))) {
        complain(_("%s is no public key file of minisign's"), w->key);
        return STATUS_REFUSED;
    }
    entry->date = text_of(w->date);
    entry->subject = text_of(w->party);
    entry->more = text_of(w->host_made ? "host" : "own");
    return STATUS_RUN;
}

int cmd_replace(int argc, char **argv)
{
    static const char command[] = "sunlot replace";
    act_wish w = {.date = NULL};
    const char *folder;
    const tool_option option[] = {{"date", &w.date, NULL}, {"party", &w.party, NULL}, {"key", &w.key, NULL}, {"host-made", NULL, &w.host_made}};
    int status = options_read(argc, argv, command,
                              _("Usage: sunlot replace DIR --date 2026-09-01 --party ID --key FILE.pub [--host-made]\n"
                                "Enter that a party signs with another key from the next act on.  The others sign it: the old key does not count for it.\n"
                                "  --date DATE    the day\n"
                                "  --party ID     whose key; not the host's\n"
                                "  --key FILE     the new public key file\n"
                                "  --host-made    the key was made on the host's device, not on the party's own\n"
                                "  --lang en|zh   language of messages\n"
                                "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                              option, 4, &folder, 1);
    if (status == STATUS_RUN) status = need_option(command, "date", w.date, "2026-09-01");
    if (status == STATUS_RUN) status = need_option(command, "party", w.party, _("the id of a party"));
    if (status == STATUS_RUN) status = need_option(command, "key", w.key, _("a public key file"));
    if (status == STATUS_RUN) {
        status = act_run(folder, SUNLOT_ENTRY_REPLACED, fill_replaced, &w);
        file_free(&w.file);
    }
    return status;
}

static int fill_set_aside(sunlot_entry *entry, const ceremony *c, const ceremony_state *state, void *user)
{
    const act_wish *w = user;
    (void)c;
    (void)state;
    entry->date = text_of(w->date);
    entry->authority = text_of(w->authority);
    entry->reason = text_of(w->reason);
    return STATUS_RUN;
}

int cmd_set_aside(int argc, char **argv)
{
    static const char command[] = "sunlot set-aside";
    act_wish w = {.date = NULL};
    const char *folder;
    const tool_option option[] = {{"date", &w.date, NULL}, {"authority", &w.authority, NULL}, {"reference", &w.reason, NULL}};
    int status = options_read(argc, argv, command,
                              _("Usage: sunlot set-aside DIR --date 2026-09-01 --authority TEXT --reference TEXT\n"
                                "Enter that a court or an authority has set the results aside.  Only by its order.  The parties sign it.\n"
                                "  --date DATE       the day of the order\n"
                                "  --authority TEXT  whose order; it is published\n"
                                "  --reference TEXT  what names the order; it is published\n"
                                "  --lang en|zh      language of messages\n"
                                "Exit status: 0 done, 1 refused, 2 it could not be done.\n"),
                              option, 3, &folder, 1);
    if (status == STATUS_RUN) status = need_option(command, "date", w.date, "2026-09-01");
    if (status == STATUS_RUN) status = need_option(command, "authority", w.authority, _("a text"));
    if (status == STATUS_RUN) status = need_option(command, "reference", w.reason, _("a text"));
    return status == STATUS_RUN ? act_run(folder, SUNLOT_ENTRY_SET_ASIDE, fill_set_aside, &w) : status;
}
