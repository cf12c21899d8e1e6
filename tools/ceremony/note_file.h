/* A checkpoint of a log, mostly the last one, and the signatures of it that are collected beside the log: public/PHASE.note (SPEC 6). */
#ifndef SUNLOT_TOOLS_NOTE_FILE_H
#define SUNLOT_TOOLS_NOTE_FILE_H

#include "ceremony/ceremony.h"

typedef struct {
    uint32_t index;              /* of the checkpoint in the log */
    sunlot_checkpoint_info info; /* as the log has it */
    char *path;
    sunlot_buffer text; /* a note file: the note, the log's signatures, those collected */
    uint32_t parties;   /* that have signed, here or there */
    bool reached;       /* with them the quorum is reached, if one is asked for */
} note_file;

/* Read that of the last checkpoint, or of another one; a file that is not there has no signatures.
 * Return STATUS_RUN (release with note_file_free), or the exit status after an explanation. */
int note_file_read(note_file *out, const ceremony *c, const sunlot_log *log);
int note_file_read_one(note_file *out, const ceremony *c, const sunlot_log *log, uint32_t checkpoint);
void note_file_free(note_file *n);
sunlot_text note_file_view(const note_file *n);

/* Take signature lines, or a note file with them, and store all.  *added: the parties that were not there.  what: where they come from, for complaints.
 * Refused: a signature that is not good, or of another checkpoint; signatures by nobody of this draw.  Returns STATUS_RUN or the exit status. */
int note_file_add(note_file *n, uint32_t *added, const sunlot_log *log, sunlot_text lines, const char *what);

#endif
