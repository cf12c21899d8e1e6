"""The facts of ed25519.txt: which signatures are accepted. Its first part is Wycheproof's; nothing here was worked out by us."""

import os

from . import ed25519
from .cases import read_cases


def _accepted(case):
    signature = case.hex('signature')
    return len(signature) == 64 and ed25519.verify(case.hex('key'), case.hex('message'), signature)


def check(folder):
    """The names of the cases that do not hold, and how many there are."""
    with open(os.path.join(folder, 'ed25519.txt'), encoding='utf-8', newline='\n') as file:
        cases = read_cases(file.read())
    cases = [case for case in cases if any(name == 'case' for name, _ in case.pairs)]
    return [case.one('case') for case in cases if _accepted(case) != (case.one('expect') == 'valid')], len(cases)
