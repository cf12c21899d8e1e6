/* A receipt: what it says in words and in JSON. */
#ifndef SUNLOT_TOOLS_VERIFY_RECEIPT_H
#define SUNLOT_TOOLS_VERIFY_RECEIPT_H

#include "common/json.h"
#include "verify/verify.h"

typedef struct {
    const char *path;         /* of the receipt, as given */
    const verify_report *log; /* the log beside it; NULL: none was given */
    const sunlot_receipt_info *info;
    sunlot_answer answer; /* the receipt's first fault, or the log's answer */
    bool by_key, by_policy, by_fingerprint;
    int status;
} receipt_report;

/* Fill in answer and status; all other members are set.  rehearsal: a sound one is accepted. */
void verify_receipt_judge(receipt_report *r, bool rehearsal);

/* Print the report to standard output. */
void verify_receipt_text(const receipt_report *r);
/* Write it as one object, ended by a line end. */
void verify_receipt_json(json *j, const receipt_report *r);

#endif
