#!/usr/bin/env python3
"""Sunlot's second implementation, written from SPEC.md alone. Python 3.9 or newer, standard library only.

    reference.py rehearse DIR --seed HEX -o LOG        a whole rehearsal; LOG.minisig beside it
    reference.py live DIR --master HEX --digits D [--digits D ...] [--until PHASE] -o LOG
    reference.py play DIR -o LOG                       a live draw of several parties, from the files `master`, `keys` and `steps`
    reference.py public LOG -o PUBLIC                  the public edition of a log
    reference.py verify LOG [LOG] [--key FILE] [--policy FILE] [--fingerprint HEX] [--note FILE ...] [--since NOTE] [--until PHASE] [--rehearsal]
    reference.py receipt FILE [--key FILE] [--policy FILE] [--fingerprint HEX] [--log LOG]
    reference.py policy LOG                            the policy of an announcement
    reference.py trials DIR                            of each school, how many of 100 trials succeed
    reference.py evidence DIR --draws N --seed HEX [--mix M]
                                                       school, pseudonym, and in how many of N draws each class (SPEC 11.6)
    reference.py replay LOG                            the result lines that follow from the log
    reference.py rules LOG                             only whether the results keep the rules
    reference.py odds LOG                              the odds of the match (SPEC 10.1), for each school with recusals
    reference.py place FILE                            the engine on the problems of a vector file
    reference.py random --count N --seed HEX DIR       N small input folders DIR/0, DIR/1, ... with their draw.log
    reference.py vectors [DIR] [--only FILE ...]       write all vectors (into the folder of this file), or these: stream/stream.txt, draws/tiny
    reference.py check [DIR] [--only FILE ...]         recompute all vectors, or these
    reference.py tiny                                  section 13 of SPEC.md

verify exits with 0 if the word is `valid` (or `rehearsal`, with --rehearsal), 1 for every other word, 2 if it could not check.
"""

import argparse
import os
import sys

from reference import announce, editions, log_reader, note, odds, policy, receipt, verify
from reference.text import Fault, Refused

HERE = os.path.dirname(os.path.abspath(__file__))


def hex32(text):
    data = bytes.fromhex(text)
    if len(data) != 32:
        raise argparse.ArgumentTypeError('64 digits of hex are due')
    return data


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest='command', required=True)
    rehearse = commands.add_parser('rehearse')
    rehearse.add_argument('dir')
    rehearse.add_argument('--seed', type=hex32, required=True)
    rehearse.add_argument('-o', required=True)
    live = commands.add_parser('live')
    live.add_argument('dir')
    live.add_argument('--master', type=hex32, required=True)
    live.add_argument('--digits', action='append', default=[])
    live.add_argument('--until', choices=note.PHASES, default='results')
    live.add_argument('-o', required=True)
    check = commands.add_parser('verify')
    check.add_argument('log', nargs='+')
    for name in ('key', 'policy', 'fingerprint', 'since'):
        check.add_argument(f'--{name}')
    check.add_argument('--note', action='append', default=[])
    check.add_argument('--until', choices=note.PHASES, default='results')
    check.add_argument('--rehearsal', action='store_true')
    for name, what in (('play', 'dir'), ('public', 'log')):
        made = commands.add_parser(name)
        made.add_argument(what)
        made.add_argument('-o', required=True)
    kept = commands.add_parser('receipt')
    kept.add_argument('file')
    for name in ('key', 'policy', 'fingerprint', 'log'):
        kept.add_argument(f'--{name}')
    commands.add_parser('trials').add_argument('dir')
    evidence = commands.add_parser('evidence')
    evidence.add_argument('dir')
    evidence.add_argument('--draws', type=int, required=True)
    evidence.add_argument('--seed', type=hex32, required=True)
    evidence.add_argument('--mix', type=int)
    for name in ('replay', 'rules', 'odds', 'policy'):
        commands.add_parser(name).add_argument('log')
    commands.add_parser('place').add_argument('file')
    random = commands.add_parser('random')
    random.add_argument('dir')
    random.add_argument('--count', type=int, required=True)
    random.add_argument('--seed', type=hex32, required=True)
    for name in ('vectors', 'check'):
        vectors = commands.add_parser(name)
        vectors.add_argument('dir', nargs='?', default=HERE)
        vectors.add_argument('--only', nargs='+', default=[])
    commands.add_parser('tiny')
    return parser.parse_args()


def read_bytes(path):
    with open(path, 'rb') as file:
        return file.read()


def write_log(writer, path):
    for name, data in ((path, writer.data()), (path + '.minisig', writer.minisig())):
        with open(name, 'wb') as file:
            file.write(data)


def pins_of(args, **more):
    """What is given with a log or a receipt to compare it with."""
    return verify.Pins(args.key and read_bytes(args.key).decode().strip(), args.fingerprint and args.fingerprint.replace(' ', '').lower(),
                       policy.parse(read_bytes(args.policy)) if args.policy else None, **more)


def run_verify(args):
    if len(args.log) > 2:
        raise Refused('at most two logs')
    pins = pins_of(args, notes=[note.read_note(read_bytes(path)) for path in args.note],
                   since=note.read_note(read_bytes(args.since)) if args.since else (),
                   other=read_bytes(args.log[1]) if args.log[1:] else None)
    answer = verify.verify(read_bytes(args.log[0]), until=args.until, pins=pins)
    print(answer.word)
    if answer.reason:
        print(f'line {answer.line}: {answer.reason}' if answer.line else answer.reason)
    else:
        print(''.join(f'{name} = {value}\n' for name, value in list(verify.headline(answer))[1:]), end='')
    return verify.exit_status(answer.word, args.rehearsal)


def run_receipt(args):
    word = receipt.answer(read_bytes(args.file), pins_of(args), read_bytes(args.log) if args.log else None)
    print(word)
    return verify.exit_status(word, False)


def run(args):
    if args.command == 'rehearse':
        write_log(announce.rehearse(args.dir, args.seed), args.o)
    elif args.command == 'live':
        write_log(announce.live(args.dir, args.master, args.digits, args.until), args.o)
    elif args.command == 'play':
        from reference import party_draws
        write_log(party_draws.played(args.dir), args.o)
    elif args.command == 'public':
        with open(args.o, 'wb') as file:
            file.write(editions.public_edition(read_bytes(args.log)))
    elif args.command == 'trials':
        for name, succeeded in announce.trials(args.dir):
            print(name, succeeded)
    elif args.command == 'evidence':
        for school, pseudonym, counts in announce.evidence(args.dir, args.draws, args.seed, args.mix):
            print(school, pseudonym, *counts, sep=',')
    elif args.command == 'verify':
        return run_verify(args)
    elif args.command == 'receipt':
        return run_receipt(args)
    elif args.command == 'policy':
        print(policy.announced(log_reader.read(read_bytes(args.log)).draw).text(), end='')
    elif args.command == 'replay':
        lines = verify.replay(log_reader.read(read_bytes(args.log)))
        if lines is None:
            return 1
        sys.stdout.buffer.write(b''.join(line + b'\n' for round_lines in lines for line in round_lines))
    elif args.command == 'rules':
        log = log_reader.read(read_bytes(args.log))
        broken = list(verify.broken_rules(log))
        print('\n'.join(broken) or 'ok')
        return 1 if broken else 0
    elif args.command == 'odds':
        log = log_reader.read(read_bytes(args.log))
        for name, (how, rows) in odds.of_log(log.draw, verify.all_results(log), verify.seed_of(log)):
            print('\n'.join([f'{name}: {how}'] + [' '.join(map(str, row)) for row in rows]))
    elif args.command == 'place':
        from reference import cases
        print('\n'.join(cases.place_file(args.file)))
    elif args.command == 'random':
        from reference import samples
        samples.write_random(args.dir, args.count, args.seed)
    elif args.command == 'vectors':
        from reference import cases
        cases.write_only(args.dir, args.only) if args.only else cases.write_all(args.dir)
    elif args.command == 'check':
        from reference import cases
        return cases.check_only(args.dir, args.only) if args.only else cases.check_all(args.dir)
    else:
        from reference import tiny
        print(tiny.text(), end='')
    return 0


def main():
    args = arguments()
    try:
        return run(args)
    except (Fault, Refused, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == '__main__':
    sys.exit(main())
