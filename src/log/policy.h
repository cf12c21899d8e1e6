/* Policies: who must have signed, said from outside (C2SP tlog-policy; SPEC 14.3). */
#ifndef SUNLOT_LOG_POLICY_H
#define SUNLOT_LOG_POLICY_H

#include "log/log.h"
#include "log/signature.h"

/* The vkey of the log. */
sunlot_text sunlot_policy_log(const sunlot_policy *p);
uint32_t sunlot_policy_witnesses(const sunlot_policy *p);
const sunlot_vkey *sunlot_policy_witness(const sunlot_policy *p, uint32_t i);
/* The text of its vkey. */
sunlot_text sunlot_policy_vkey(const sunlot_policy *p, uint32_t i);
/* Whether a set of witnesses, one bit each, reaches the quorum. */
bool sunlot_policy_reached(const sunlot_policy *p, uint64_t witnesses);

/* Whether a log key, and the witnesses with these vkeys, are what a policy asks for; base_line: of the checkpoint.  Out: *fault, answer SUNLOT_VALID if so, else
 * `signature` or `quorum`. */
void sunlot_policy_judge(sunlot_fault *fault, const sunlot_policy *p, sunlot_text log_vkey, const sunlot_text *signed_by, uint32_t count, uint64_t base_line);
/* Whether a log agrees with a policy, as far as it has its seed base (SPEC 14.3).  Out: *fault, answer SUNLOT_VALID if so, else `signature` or `quorum`.
 * Returns SUNLOT_OK, SUNLOT_ERR_MEMORY. */
SUNLOT_MUST_CHECK sunlot_err sunlot_policy_check(sunlot_fault *fault, const sunlot_policy *p, const sunlot_log *log);

#endif
