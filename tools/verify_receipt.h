/* A receipt: what it says in words and in JSON. */
#ifndef SUNLOT_TOOLS_VERIFY_RECEIPT_H
#define SUNLOT_TOOLS_VERIFY_RECEIPT_H

#include "verify.h"

typedef struct {
    const char *path;         /* of the receipt, as given */
    const verify_report *log; /* the log beside it; NULL: none was given */
    const sunlot_receipt_info *info;
    sunlot_answer answer; /* the receipt's first fault, or the log's answer */
    bool by_key, by_policy, by_fingerprint;
    int status;
} receipt_report;

/* Print the report to standard output. */
void verify_receipt_text(const receipt_report *r);
/* Put its members: those of the object that the caller has begun. */
void verify_receipt_json(const receipt_report *r);

#endif
