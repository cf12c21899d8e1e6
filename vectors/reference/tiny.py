"""Section 13 of SPEC.md: the draw vectors/draws/tiny with all intermediate values."""

import tempfile

from . import announce, digest, engine, log_reader, note, plain, results
from .cases_text import SEED
from .draw_folders import tiny_files
from .samples import write_files
from .stream import stream_bytes
from .tree import leaf

SHOWN_STEPS = 20


def text():
    files, seed = tiny_files(), digest.mac(SEED, 'sunlot/v1/vectors', 'tiny')
    with tempfile.TemporaryDirectory() as folder:
        write_files(folder, files)
        writer = announce.rehearse(folder, seed)
    log = log_reader.read(writer.data())
    school, trace = log.draw.schools[0], {}
    results.lines_of(school, seed, log.draw.mix(), log.draw.tries(), log.draw.mode, trace)
    lines = ['## 13. A draw shown in full', '',
             'The rehearsal `vectors/draws/tiny`: 12 students, 3 classes, 2 rules, 4 teachers. This section is what `reference.py tiny` prints.']
    for part in (_inputs(files), _secrets(writer, seed, files), _log(writer), _checkpoints(log), _keys(seed, trace),
                 _place('students', 'The students', school, trace, [student.pseudonym for student in school.students]),
                 _place('teachers', 'The teachers', school, trace, _sections(school)), _match(school, trace), _number(school, trace, seed),
                 _figures(school, trace)):
        lines += [''] + list(part)
    return '\n'.join(lines) + '\n'


def block(lines):
    return ['', '```'] + [line.rstrip() for line in lines] + ['```']


def _inputs(files):
    yield '### 13.1 Input'
    for name, data in files.items():
        yield ''
        yield f'`{name}`:'
        yield from block(data.decode().splitlines())


def _secrets(writer, seed, files):
    secrets = writer.secrets
    yield '### 13.2 Secrets (11.3)'
    yield from block([
        f'seed                 {seed.hex()}', f'master               {secrets.master.hex()}',
        f'log key, seed        {secrets.log_seed.hex()}', f'log key, public      {secrets.log_public().hex()}',
        f'log key, id          {note.key_id(writer.name, secrets.log_public()).hex()}',
        f'minisign key, seed   {secrets.minisign_seed.hex()}', f'minisign key id      {secrets.minisign_number.hex()}',
        f'minisign public key  {secrets.minisign_public()}'])
    yield ''
    yield 'Of each person the id, the pseudonym, the salt and the commitment:'
    rows, commitments = [], dict(line.decode().split(',')[1:3] for line in writer.lines if line.startswith((b'student,', b'teacher,')))
    for role, name in (('student', 'students.csv'), ('teacher', 'teachers.csv')):
        for line in files[name].decode().splitlines()[1:]:
            person_id = line.split(',')[0]
            person = secrets.pseudonym(role, '-', person_id)
            rows += [f'{person_id:3} {person}', f'    salt {digest.salt(secrets.master, person).hex()}', f'    {commitments[person]}']
    yield from block(rows)


def _log(writer):
    yield '### 13.3 The log, its lines numbered'
    yield from block(f'{number:2} {line.decode()}' for number, line in enumerate(writer.lines, 1))
    yield ''
    yield 'Beside it `draw.log.minisig`:'
    yield from block(writer.minisig().decode().splitlines())


def _checkpoints(log):
    yield '### 13.4 Tree, notes, fingerprint (6)'
    rows = [f'leaf of line 1                H(00 ‖ line)  {leaf(log.lines[0]).hex()}',
            f'leaf of line 2                H(00 ‖ line)  {leaf(log.lines[1]).hex()}']
    for checkpoint in log.checkpoints:
        rows += ['', f'{checkpoint.phase}: {checkpoint.size} lines, root {checkpoint.root.hex()}']
        rows += ['  ' + line for line in note.note_text(log.draw.name, checkpoint.size, checkpoint.root).decode().splitlines()]
        rows.append(f'  Ed25519 {checkpoint.signatures[0][2][4:].hex()}')
    rows += ['', f'fingerprint  {note.fingerprint(log.checkpoints[0].root)}']
    yield from block(rows)


def _keys(seed, trace):
    yield '### 13.5 Keys of the stages (3), rung 1, try 1'
    rows = [f'ticket  {trace["ticket_key"].hex()}']
    rows += [f'{stage:7} {key.hex()}' for stage, key in trace['keys'].items()]
    rows.append(f'number  {digest.stage_key(seed, "number", "-").hex()}')
    yield from block(rows)


def _sections(school):
    return [f'{teacher.pseudonym} {c}' for teacher in school.teachers for c in range(1, teacher.classes + 1)]


def _interval(problem, count, g, heads):
    low, high = problem.interval(count, heads[g])
    return f'[{low}, {high}]'


def _place(who, title, school, trace, names):
    part = trace[who]
    problem = part['problem'][0] if who == 'students' else part['problem']
    key = trace['keys']['place' if who == 'students' else 'teams']
    k = len(problem.sizes)
    heads = [part['deal'].count(g) for g in range(k)]
    yield f'### 13.{6 if who == "students" else 7} {title} (7, 8)'
    rows = [f'sizes of the groups  {" ".join(map(str, problem.sizes))}']
    kinds = ['sex = f', 'sex = m'] if who == 'students' else ['homeroom']
    for name, count in zip(kinds, problem.counts):
        rows.append(f'count {name:14} {" ".join(_interval(problem, count, g, heads) for g in range(k))}')
    for width, unit in problem.sums:
        rows.append(f'sum of d             {" ".join(f"[{-(width * h // 2)}, {width * h // 2}]" for h in heads)}, u = {unit}')
    yield from block(rows)
    yield ''
    columns = 'number, ticket, pseudonym' + (', section' if who == 'teachers' else '') + ', stratum, profile'
    yield (f'The units in order: {columns}' + (', d' if problem.sums else '')
           + ', the group that the deal gives, and the last group of the walk:')
    rows = []
    for number, i in enumerate(part['order']):
        unit = problem.units[i]
        values = f' {unit.values[0]:8}' if problem.sums else ''
        rows.append(f'{number:2} {unit.ticket.hex()} {names[i]}  {unit.stratum} {list(unit.profile)}{values}  '
                    f'{part["deal"][i]} -> {part["mixed"][i]}')
    yield from block(rows)
    walk = plain.PlainWalk(problem, key)
    first = walk.energy
    assert (walk.place(), walk.groups(), walk.close, walk.near_pairs) == (part['looks'], part['mixed'], part['close'], part['near'])
    yield ''
    for name, pairs in ('close', walk.close), ('near', walk.near_pairs):
        yield f'The {len(pairs)} {name} pairs, those of a single in a line' + (f'; T = {len(walk.again)}:' if name == 'close' else ':')
        rows = []
        for i, j in pairs:
            if not rows or not rows[-1].startswith(f'{i:2}:'):
                rows.append(f'{i:2}:')
            rows[-1] += f' {j}'
        yield from block(rows)
        yield ''
    yield (f'The stream begins `{stream_bytes(key, 32).hex()}`. After the deal C = {first[0]}, V = {first[1]}, S = {first[2]}. '
           f'The repair takes {", ".join(f"{steps} steps in {phase}{r}" for phase, r, steps in part["repair"])}. '
           f'The probes, weights b and s and result: {"; ".join(f"{b}, {s}: {result}" for b, s, result in walk.probes)}. '
           f'So b = {walk.weights[0]}, s = {walk.weights[1]}; W = {problem.mix * max(problem.rows, 100)}; looks: {part["looks"]}.')
    yield ''
    yield ('Steps: the number t; c, where it is read; the byte; z; the word w; the kind and the units by their numbers; what '
           f'follows. Of each stretch the first {SHOWN_STEPS}; of those of the tempering, those of the first walk of the first probe:')
    rows = []
    for name, steps in walk.stretches:
        if name[0] in 'AB' or name == 'probe 1' and f'{name}:' not in rows or name == 'walk 1':
            rows += [f'{name}:'] + steps[:SHOWN_STEPS] + ['...'] * (len(steps) > SHOWN_STEPS)
    yield from block(rows)


def _match(school, trace):
    key = trace['keys']['match']
    yield '### 13.8 The match (8.7)'
    yield ''
    yield (f'The stream begins `{stream_bytes(key, 16).hex()}`; p = {engine.match(key, [set() for _ in school.classes])}: '
           f'group g gets team p[g].')


def _number(school, trace, seed):
    key = digest.stage_key(seed, 'number', school.name)
    yield '### 13.9 The numbers (8.7)'
    yield ''
    yield (f'The stream begins `{stream_bytes(key, 16).hex()}`; the classes are interchangeable; shuffled, their groups are '
           f'{trace["group_of_class"]}: class {school.classes[0][0]} gets group {trace["group_of_class"][0]}, that is '
           f'`G{trace["group_of_class"][0] + 1}`, and so on.')


def _figures(school, trace):
    yield '### 13.10 The figures (9)'
    rows = []
    for category in results.problem.categories_of(school, 'students', school.students):
        for code in category.counted:
            reached = [sum(x == code for x, g in zip(category.codes, trace['placement'].groups) if g == h) for h in range(3)]
            rows.append(f'{category.rule.column} = {category.names[code]}: {" ".join(map(str, reached))}')
    for mean in results.problem.sums_of(school, 'students', school.students, trace['placement'].rung):
        for g in range(3):
            here = [d for d, h in zip(mean.d, trace['placement'].groups) if h == g]
            rows.append(f'{mean.rule.column}, G{g + 1}: Σd = {sum(here)}, 100·Σd / (m·heads) = {100 * sum(here)} / {mean.m * len(here)}, '
                        f'rounded {results.rounded(100 * sum(here), mean.m * len(here))}')
    yield from block(rows)
