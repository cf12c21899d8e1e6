/* The commands of sunlot.  Each takes its own arguments, argv[0] being its name, and returns the exit status. */
#ifndef SUNLOT_TOOLS_COMMANDS_H
#define SUNLOT_TOOLS_COMMANDS_H

int cmd_announce(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_draw(int argc, char **argv);
int cmd_entropy(int argc, char **argv);
int cmd_evidence(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_new(int argc, char **argv);
int cmd_rehearse(int argc, char **argv);
int cmd_sample(int argc, char **argv);

#endif
