"""type.py COMMAND... -- LINE...: run a command at a terminal and type the lines, each when it is asked for (^C: Ctrl-C); print what the terminal shows."""
import sys

sys.dont_write_bytecode = True
from terminal import Terminal  # noqa: E402

at = sys.argv.index('--')
terminal = Terminal(sys.argv[1:at])
for line in sys.argv[at + 1:]:
    terminal.see(': ')
    terminal.type(line.replace('^C', '\003'))
status = terminal.close()
print(terminal.text(), end='')
sys.exit(status)
