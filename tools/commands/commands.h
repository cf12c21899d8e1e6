/* The commands of sunlot.  Each takes its own arguments, argv[0] being its name, and returns the exit status. */
#ifndef SUNLOT_TOOLS_COMMANDS_H
#define SUNLOT_TOOLS_COMMANDS_H

int cmd_announce(int argc, char **argv);
int cmd_audit(int argc, char **argv);
int cmd_by_hand(int argc, char **argv);
int cmd_ceremony(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_commit(int argc, char **argv);
int cmd_draw(int argc, char **argv);
int cmd_entropy(int argc, char **argv);
int cmd_evidence(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_key(int argc, char **argv);
int cmd_late(int argc, char **argv);
int cmd_missing(int argc, char **argv);
int cmd_move(int argc, char **argv);
int cmd_new(int argc, char **argv);
int cmd_publish(int argc, char **argv);
int cmd_receipts(int argc, char **argv);
int cmd_rehearse(int argc, char **argv);
int cmd_replace(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_reveal(int argc, char **argv);
int cmd_sample(int argc, char **argv);
int cmd_set_aside(int argc, char **argv);
int cmd_sign(int argc, char **argv);
int cmd_slips(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_strike(int argc, char **argv);
int cmd_withdraw(int argc, char **argv);

#endif
