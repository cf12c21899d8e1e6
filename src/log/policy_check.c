/* A log held against a policy. */
#include "base/alloc.h"
#include "base/bytes.h"
#include "log/fault.h"
#include "log/policy.h"

/* The parties whose signature of the seed base is good, one bit each. */
static sunlot_err good_signers(uint32_t *parties, const sunlot_log *log)
{
    const sunlot_checkpoint *base = &log->checkpoint[SUNLOT_PHASE_SEED_BASE - 1];
    sunlot_checkpoint_state state;
    uint32_t i = 0;
    while (sunlot_checkpoint_at(log, i) != base) i++;
    const sunlot_err err = sunlot_checkpoint_check(log, i, NULL, &state);
    *parties = state.good;
    return err;
}

static bool is_log(sunlot_fault *fault, const sunlot_policy *p, sunlot_text log_vkey)
{
    *fault = (sunlot_fault){.answer = SUNLOT_VALID};
    if (sunlot_text_equal(sunlot_policy_log(p), log_vkey)) return true;
    sunlot_fault_set(fault, SUNLOT_FAULT_SIGNATURE, 0, "the log key is not the one given", log_vkey);
    return false;
}

void sunlot_policy_judge(sunlot_fault *fault, const sunlot_policy *p, sunlot_text log_vkey, const sunlot_text *signed_by, uint32_t count, uint64_t base_line)
{
    uint64_t witnesses = 0;
    if (!is_log(fault, p, log_vkey)) return;
    for (uint32_t w = 0; w < sunlot_policy_witnesses(p); w++)
        for (uint32_t i = 0; i < count; i++)
            if (sunlot_text_equal(sunlot_policy_vkey(p, w), signed_by[i])) witnesses |= UINT64_C(1) << w;
    if (!sunlot_policy_reached(p, witnesses)) sunlot_fault_set(fault, SUNLOT_FAULT_QUORUM, base_line, "the policy's quorum is not reached", SUNLOT_TEXT(""));
}

sunlot_err sunlot_policy_check(sunlot_fault *fault, const sunlot_policy *p, const sunlot_log *log)
{
    const sunlot_roster *r = log->roster;
    sunlot_text signed_by[SUNLOT_MAX_PARTIES];
    uint32_t parties = 0, count = 0;
    if (!is_log(fault, p, r->party[0].vkey) || log->phase < SUNLOT_PHASE_SEED_BASE) return SUNLOT_OK;
    const sunlot_err err = good_signers(&parties, log);
    if (err != SUNLOT_OK) return err;
    for (uint32_t i = 1; i < r->parties; i++)
        if ((parties >> i & 1) != 0) signed_by[count++] = r->party[i].vkey;
    sunlot_policy_judge(fault, p, r->party[0].vkey, signed_by, count, log->checkpoint[SUNLOT_PHASE_SEED_BASE - 1].line);
    return SUNLOT_OK;
}
