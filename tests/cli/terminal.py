"""A person at a terminal: starts a program in a pseudo-terminal, reads what its screen shows, types."""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

CLEAR = "\x1b[H\x1b[2J"
PATIENCE = 120  # seconds; nothing is measured, this only ends a test that hangs


class Terminal:
    def __init__(self, argv, columns=120, lines=40, environment=None):
        self.child, self.fd = pty.fork()
        if self.child == 0:
            os.environ.update(environment or {})
            os.execvp(argv[0], argv)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.seen = b""   # all that was shown
        self.at = 0       # what the last see() has gone past
        self.status = None

    def _read(self):
        """True if there was more."""
        try:
            if not select.select([self.fd], [], [], 0.2)[0]:
                return True
            more = os.read(self.fd, 65536)
        except OSError:
            more = b""
        self.seen += more
        return more != b""

    def text(self):
        return self.seen.decode("utf-8", "replace").replace("\r\n", "\n")

    def screen(self):
        return self.text().rpartition(CLEAR)[2]

    def see(self, *wanted):
        """Wait until all of these were shown since the last see()."""
        end = time.monotonic() + PATIENCE
        open_ = True
        while True:
            new = self.text()[self.at:]
            if all(w in new for w in wanted):
                self.at += max(new.index(w) + len(w) for w in wanted)
                return
            if not open_ or time.monotonic() > end:
                missing = [w for w in wanted if w not in new]
                sys.exit("not shown: %r; the terminal has\n%s" % (missing, new[-3000:]))
            open_ = self._read()

    def type(self, line):
        os.write(self.fd, line.encode() + b"\n")

    def kill(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.fd)

    def close(self):
        """Read to the end; the exit status."""
        while self._read():
            done, status = os.waitpid(self.child, os.WNOHANG)
            if done:
                while select.select([self.fd], [], [], 0)[0] and self._read():
                    pass
                break
        else:
            _, status = os.waitpid(self.child, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)
