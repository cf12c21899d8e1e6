/* sunlot sample: made-up input files with the shapes of real ones. */
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "common/files.h"
#include "common/messages.h"
#include "common/options.h"
#include "common/store.h"
#include "sample/sample.h"

#define COMMAND "sunlot sample"

typedef struct {
    FILE *to;
    char *bytes;
    size_t n;
} memory_file;

/* The four files in memory.  False without memory. */
static bool make_files(memory_file file[SUNLOT_FILE_COUNT], const sample_plan *plan, const sample_size *size)
{
    for (int f = 0; f < SUNLOT_FILE_COUNT; f++) {
        file[f].to = open_memstream(&file[f].bytes, &file[f].n);
        if (file[f].to == NULL) return false;
    }
    FILE *students = file[SUNLOT_FILE_STUDENTS].to, *teachers = file[SUNLOT_FILE_TEACHERS].to;
    sample_rules_write(file[SUNLOT_FILE_RULES].to, plan);
    sample_classes_write(file[SUNLOT_FILE_CLASSES].to, plan, size);
    sample_students_header(students, plan);
    sample_teachers_header(teachers, plan);
    sample_teacher *staff = need(SUNLOT_MAX_SCHOOL_TEACHERS, sizeof *staff);
    uint32_t next_student = 1, next_teacher = 1;
    for (uint32_t school = 0; school < plan->schools; school++) {
        const uint32_t count = sample_teachers_write(teachers, staff, &next_teacher, plan, school, size[school].classes);
        sample_students_write(students, &next_student, plan, school, &size[school], staff, count);
    }
    free(staff);
    bool good = true;
    for (int f = 0; f < SUNLOT_FILE_COUNT; f++) {
        good = !ferror(file[f].to) && good;
        good = fclose(file[f].to) == 0 && good;
        file[f].to = NULL;
    }
    return good;
}

static int store_files(const char *folder, const memory_file file[SUNLOT_FILE_COUNT])
{
    if (!store_folder(folder, false)) return STATUS_CANNOT;
    int status = STATUS_OK;
    for (int f = 0; f < SUNLOT_FILE_COUNT && status == STATUS_OK; f++) {
        char *path = file_path(folder, messages_file((sunlot_file)f));
        const store_result result = store_file(path, (sunlot_text){file[f].bytes, file[f].n}, STORE_PUBLIC, false);
        if (result == STORE_EXISTS) complain(_("%s exists and holds something else; it stays as it is"), path);
        if (result == STORE_EXISTS || result == STORE_FAILED) status = STATUS_CANNOT;
        free(path);
    }
    return status;
}

static int run(const sample_plan *plan, const char *folder)
{
    sample_size *size = need(plan->schools, sizeof *size);
    memory_file file[SUNLOT_FILE_COUNT] = {{NULL, NULL, 0}};
    int status = STATUS_CANNOT;
    if (!sample_sizes(size, plan))
        complain(_("a school would have more than %u classes or %u students"), SUNLOT_MAX_SCHOOL_CLASSES, SUNLOT_MAX_SCHOOL_STUDENTS);
    else if (!make_files(file, plan, size))
        status = complain_error(SUNLOT_ERR_MEMORY);
    else
        status = store_files(folder, file);
    for (int f = 0; f < SUNLOT_FILE_COUNT; f++) {
        if (file[f].to != NULL) fclose(file[f].to);
        free(file[f].bytes);
    }
    free(size);
    return status;
}

int cmd_sample(int argc, char **argv)
{
    const char *schools = NULL, *classes = NULL, *students = NULL, *seed = NULL, *folder = NULL;
    const tool_option option[] = {{"schools", &schools, NULL}, {"classes", &classes, NULL}, {"students", &students, NULL}, {"seed", &seed, NULL}};
    const int status = options_read(argc, argv, COMMAND,
                                    _("Usage: sunlot sample --schools S --classes C --students N --seed HEX64 DIR\n"
                                      "Write the four input files of a made-up district into DIR, which is made if needed.  Nobody in them is real.\n"
                                      "The same options give the same bytes everywhere.\n"
                                      "  --schools S    number of schools\n"
                                      "  --classes C    number of classes in all, at least two a school\n"
                                      "  --students N   number of students in all, at least four a class\n"
                                      "  --seed HEX64   64 hex digits\n"
                                      "  --lang en|zh   language of messages\n"
                                      "Example: sunlot sample --schools 3 --classes 12 --students 480 --seed $(printf %064d 7) district\n"
                                      "Exit status: 0 written, 2 it could not be done.\n"),
                                    option, sizeof option / sizeof option[0], &folder, 1);
    if (status != STATUS_RUN) return status;
    if (schools == NULL || classes == NULL || students == NULL || seed == NULL) {
        complain(_("--schools, --classes, --students and --seed are all needed"));
        complain(_("try “%s --help”"), COMMAND);
        return STATUS_CANNOT;
    }
    sample_plan plan;
    if (!options_number(&plan.schools, schools, 1, SUNLOT_MAX_SCHOOLS)) return options_wrong(COMMAND, "schools", schools, "1 – 20000");
    if (!options_number(&plan.classes, classes, 2 * plan.schools, SUNLOT_MAX_SCHOOL_CLASSES * plan.schools)) {
        return options_wrong(COMMAND, "classes", classes, _("2 to 128 a school"));
    }
    if (!options_number(&plan.students, students, 4 * plan.classes, SUNLOT_MAX_STUDENTS)) {
        return options_wrong(COMMAND, "students", students, _("at least 4 a class, at most 2000000"));
    }
    if (!options_seed(plan.seed, seed)) return options_wrong(COMMAND, "seed", seed, _("64 hexadecimal digits"));
    return run(&plan, folder);
}
