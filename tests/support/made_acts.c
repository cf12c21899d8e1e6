#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/made_acts.h"

sunlot_buffer made_acts(const char *acts)
{
    static char text[1 << 14];
    assert_true(strlen(DRAWN) + strlen(acts) < sizeof text);
    strcpy(text, DRAWN);
    strcat(text, acts);
    return made_log(text, NULL);
}

sunlot_log *made_acts_read(const sunlot_buffer *bytes)
{
    sunlot_log *log;
    sunlot_fault fault = {.what = ""};
    const sunlot_err err = sunlot_log_read(&log, made_view(bytes), &fault, NULL);
    if (err != SUNLOT_OK) print_message("line %u: %s %s\n", (unsigned)fault.line, fault.what, fault.found);
    assert_int_equal(err, SUNLOT_OK);
    return log;
}

sunlot_verdict made_acts_verdict(const sunlot_buffer *log, const sunlot_pin *pin)
{
    const sunlot_pin none = {.until = SUNLOT_PHASE_NONE};
    sunlot_verifier *v;
    sunlot_verdict verdict;
    assert_int_equal(sunlot_verifier_new(&v, made_view(log), pin != NULL ? pin : &none, NULL), SUNLOT_OK);
    for (uint32_t i = 0; i < sunlot_verifier_schools(v); i++) assert_int_equal(sunlot_verifier_school(v, i), SUNLOT_OK);
    sunlot_verifier_verdict(v, &verdict);
    sunlot_verifier_free(v);
    return verdict;
}
