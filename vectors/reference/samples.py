"""Small input folders made up at random, each with the log of its rehearsal."""

import os

from . import announce, digest, ed25519, note
from .enrolment import REASONS, WORDS
from .walk import TooLong
from .stream import below, shuffle, words
from .text import Refused

PATIENCE = 16000
CHINESE = {'rules': ['规则', '对象', '列', '值', '学校'], 'classes': ['班级', '座位', '学校'],
           'students': {'id': '编号', 'name': '姓名', 'school': '学校'},
           'teachers': {'id': '编号', 'name': '姓名', 'school': '学校', 'subject': '学科', 'classes': '班数', 'homeroom': '班主任',
                        'team': '教师组'}}
RULE_NAMES = {'balance': '均衡', 'mean': '均分', 'deviation': '标准差', 'band': '分段', 'together': '同班', 'apart': '分开', 'spread': '分散', 'cap': '上限',
              'weight': '占座', 'recuse': '回避', 'fix': '锁定', 'absent': '缺考', 'mix': '步数', 'tries': '次数', 'draw': '抽签',
              'source': '随机源', 'rows': '公示', 'party': '参与方', 'group': '组', 'quorum': '法定', 'hand': '手抽', 'students': '学生', 'teachers': '教师'}
VALUES = ['north', 'south', '东', '西', '', 'a,b', 'say "x"', '-', '7', '-1.5', "o'"]


class Dice:
    """Choices from a stream, the same with every version of Python."""

    def __init__(self, key):
        self.word = words(key)

    def below(self, n):
        return below(self.word, n)

    def between(self, least, most):
        return least + self.below(most - least + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]

    def shuffled(self, items):
        items = list(items)
        shuffle(self.word, items)
        return items


class _Folder:
    """The tables of a folder under construction."""

    def __init__(self, dice):
        self.dice = dice
        self.chinese, self.words = dice.chance(50), list(WORDS.items()) + list(REASONS.items())
        self.several = dice.chance(20)
        self.schools = [f'School {name}' if name < 3 else '实验小学' for name in range(dice.between(2, 4))] \
            if self.several else [dice.pick(['-', 'Hill', '山 校'])]
        self.rules, self.classes, self.students, self.teachers = [], [], [], []
        self.columns, self.teacher_columns = [], []

    def rule(self, kind, who, column, value='', school=''):
        if self.chinese and self.dice.chance(80):
            kind, who = RULE_NAMES.get(kind, kind), RULE_NAMES.get(who, who)
        self.rules.append([kind, who, column, value, school])

    def word(self, text):
        """A word of a rule in one of the languages."""
        return self.dice.pick([text] + [chinese for chinese, english in self.words if english == text]) if self.chinese else text


def made_up(key):
    """The files of a made-up folder: name -> bytes. Not every one of them can be drawn."""
    dice = Dice(key)
    folder = _Folder(dice)
    folder.rule('draw', '', 'district', 'Hill')
    folder.rule('draw', '', 'year', str(dice.between(2020, 2030)))
    folder.rule('draw', '', 'grade', dice.pick(['G1', '七年级']))
    if dice.chance(30):
        folder.rule('draw', '', 'attempt', str(dice.between(1, 99)))
    if dice.chance(20):
        folder.rule('draw', '', 'stage', '分班')
    if dice.chance(20):
        folder.rule('draw', '', 'date', '2026-08-20')
    if folder.schools[0] != '-' and not folder.several:
        folder.rule('draw', '', 'school', folder.schools[0])
    folder.rule('source', '', '1', 'd10 39; the host; "throw, again"; balls' if dice.chance(50) else 'd6 50; a; b; c')
    folder.rule('mix', '', '', str(dice.between(8, 60)))
    folder.rule('tries', '', '', str(dice.between(1, 4)))
    if dice.chance(30):
        folder.rule('rows', '', '', dice.pick(['public', 'public', 'auditors']) + '; the authority; the ground')
    _parties(folder)
    teacher_columns = _teacher_rules(folder) if dice.chance(40) else None
    columns = _student_rules(folder, teacher_columns is not None)
    for school in folder.schools:
        _fill(folder, school, columns, teacher_columns)
    _locks(folder)
    _hands_and_rounds(folder)
    return _files(folder, columns, teacher_columns)


def _school_limit(folder):
    return folder.dice.pick(folder.schools) if folder.several and folder.dice.chance(25) else ''


def _student_rules(folder, taught):
    """The further columns of students.csv: (header, what it holds)."""
    dice, columns = folder.dice, []
    for header in ['sex', '生源'][:dice.between(0, 2)]:
        columns.append((header, 'category'))
        folder.rule('balance', 'students', header, '', _school_limit(folder))
    for header in ['math', '语文'][:dice.pick([0, 0, 1, 1, 2])]:
        absent = dice.pick(['', 'mean', '50', '61.50'])
        columns.append((header, 'score' if not absent else 'score or nothing'))
        if absent:
            folder.rule('absent', 'students', header, absent)
        kind = dice.below(4)
        if kind < 2 or absent:
            folder.rule('mean', 'students', header, dice.pick(['20 40', '5 10 60', '100', '0.5 80.50', '30', '12', '2 15']), _school_limit(folder)
                        if not absent else '')
        if kind > 0:
            folder.rule('band', 'students', header, dice.pick(['2', '3', 'top 2', 'last 3', 'top 1']),
                        _school_limit(folder) if not absent else '')
    numbers = [header for header, kind in columns if kind.startswith('score')]
    if numbers and dice.chance(40):
        folder.rule('deviation', 'students', numbers[0], dice.pick(['4 30', '0.5 9.250 40', '100']))
    if len(numbers) == 2 and dice.chance(60):
        total = dice.pick(['math;语文', '语文; math', 'math；语文'])
        folder.rule(dice.pick(['mean', 'deviation']), 'students', total, dice.pick(['5 60', '30 80.50', '2 9 70']))
        if dice.chance(40):
            folder.rule('band', 'students', total, dice.pick(['2', 'top 3', 'last 1']))
    kinds = [('together', 'twin'), ('apart', 'conflict'), ('spread', 'name'), ('cap', 'special'), ('weight', 'extra')]
    for kind, header in dice.shuffled(kinds + [('recuse', 'parent')] * taught)[:dice.between(0, 4)]:
        if kind != 'spread':
            columns.append((header, kind))
        header = '姓名' if kind == 'spread' and dice.chance(50) else header
        folder.rule(kind, 'students' if dice.chance(50) else '', header, f'yes {dice.between(1, 2)}' if kind == 'cap' else '',
                    _school_limit(folder))
        if kind == 'cap' and dice.chance(30):
            folder.rule(kind, 'students', header, 'no 3')
    return columns


def _teacher_rules(folder):
    dice, columns = folder.dice, []
    if dice.chance(50):
        columns.append(('degree', 'category'))
        folder.rule('balance', 'teachers', 'degree')
    if dice.chance(30):
        columns.append(('years', 'score or nothing'))
        folder.rule('mean', 'teachers', 'years', '20 90')
        folder.rule('absent', 'teachers', 'years', dice.pick(['mean', '3']))
        if dice.chance(40):
            folder.rule('deviation', 'teachers', 'years', '15 90')
    return columns


def _cell(dice, kind, values, count):
    if kind == 'category':
        return dice.pick(values)
    if kind.startswith('score'):
        if kind != 'score' and dice.chance(15):
            return ''
        return dice.pick(['60', '70.50', '71', '88.125', '90.0', '-3', '99.9', str(dice.between(40, 100))])
    if kind == 'together':
        return f'w{dice.below(4)}' if dice.chance(20) else ''
    if kind == 'apart':
        return dice.pick(['x', 'y;x', 'z', 'z ; q', ';y']) if dice.chance(15) else ''
    if kind == 'cap':
        return dice.pick(['yes', 'no', '', ''])
    if kind == 'weight':
        return dice.pick(['1', '2', '3', '0']) if dice.chance(20) else ''
    return ''


def _fill(folder, school, columns, teacher_columns):
    """Classes, teachers and students of a school."""
    dice = folder.dice
    k, n = dice.between(1, 4), dice.between(2, 20)
    k = min(k, n) if dice.chance(95) else k
    values = {header: dice.shuffled(VALUES)[:dice.between(1, 4)] for header, _ in columns + (teacher_columns or [])}
    ids = []
    if teacher_columns is not None and (not folder.teachers or dice.chance(80)):
        ids = _staff(folder, school, k, teacher_columns, values)
    rows = []
    for i in range(n):
        row = {'id': f'n{school}{i}', 'name': f'Child {dice.between(1, 2 * n)}', 'school': school}
        for header, kind in columns:
            row[header] = _cell(dice, kind, values[header], n)
            if kind == 'recuse' and ids and dice.chance(15):
                row[header] = dice.pick(ids)
        rows.append(row)
    weight = sum(int(row.get('extra') or '0') for row in rows)
    seats = [''] * k
    if dice.chance(40):
        seats = [str(-(-(n + weight) // k) + dice.below(3)) for _ in range(k)]
        if dice.chance(50):
            seats = [seats[0]] * k
    for c in range(k):
        folder.classes.append([str(8 + c) if dice.chance(50) else f'{c + 1}班', seats[c], school])
    folder.students += rows


def _staff(folder, school, k, columns, values):
    """The teachers of a school: their ids."""
    dice, staff = folder.dice, []
    for s in range(dice.between(1, 3)):
        left = k
        while left:
            load = min(left, 1 if s == 0 else dice.between(1, 2))
            left -= load
            staff.append({'id': f't{school} {len(staff)}', 'name': f'Teacher {len(staff)}', 'school': school,
                          'subject': ['语文', 'maths', 'art'][s], 'classes': str(load), 'homeroom': ''})
            for header, kind in columns:
                staff[-1][header] = _cell(dice, kind, values[header], k)
    for row in dice.shuffled(staff)[:k]:
        row['homeroom'] = '是' if folder.chinese else 'yes'
    if 'team' in folder.teacher_columns or (not folder.teachers and dice.chance(30)):
        folder.teacher_columns = ['team']
        _given_teams(folder, staff, k)
    folder.teachers += staff
    return [row['id'] for row in staff]


def _given_teams(folder, staff, k):
    dice = folder.dice
    labels = dice.pick([['甲', '乙', '丙', '丁'], ['A', 'B', 'C', 'D'], ['12', '2', '1', '3']])[:k]
    for subject in dict.fromkeys(row['subject'] for row in staff):
        rest = dice.shuffled(labels)
        for row in staff:
            if row['subject'] == subject:
                load = int(row['classes'])
                row['team'], rest = ';'.join(rest[:load]), rest[load:]
    for row in staff:
        row['homeroom'] = ''
    for label in dice.shuffled(labels):
        free = [row for row in staff if not row['homeroom'] and label in row['team'].split(';')]
        if free:
            row = dice.pick(free)
            row['homeroom'] = 'yes'
            row['team'] = ';'.join([label] + [other for other in row['team'].split(';') if other != label])


def _locks(folder):
    dice = folder.dice
    for row in dice.shuffled(folder.students)[:dice.pick([0, 0, 0, 1, 2])]:
        name = dice.pick([name for name, _, school in folder.classes if school == row['school']])
        folder.rule('fix', '', row['id'], f'{name}; {folder.word(dice.pick(list(REASONS.values())))}; the head, "by hand"')


def _parties(folder):
    """Parties, groups, quorums, and sources that nobody here can check."""
    dice, word = folder.dice, folder.word
    for number, text in enumerate(dice.pick([[], [], ['lottery 2; Lottery 2026095; b; c'], ['drand 77; h' + '5a' * 32 + '; b; c'],
                                             ['lottery 1; a 1; b; c', 'drand 1; h' + '00' * 32 + '; b; c']]), 2):
        folder.rule('source', '', str(number), text)
    names = dice.shuffled(['notary', 'parents', 'inspector', 'a-1'])[:dice.pick([0, 0, 1, 2, 3])]
    for name in names:
        seed = digest.mac(bytes(32), 'sunlot/v1/random party', name)
        key = note.minisign_public(seed[:8], ed25519.public_key(seed))
        parts = [dice.pick(['notary', '公证员', 'a, b']), key, word(dice.pick(['own', 'host']))] + [word('sealed')] * dice.chance(40)
        folder.rule('party', '', name, dice.pick(['; ', ';']).join(parts))
    groups = ['host']
    if names and dice.chance(60):
        members = names + [word('host')] * dice.chance(40)
        folder.rule('group', '', 'most', '; '.join([word(dice.pick(['all', 'any', '1', '2']))] + members))
        groups.append('most')
        if dice.chance(40):
            folder.rule('group', '', 'both', '; '.join(['1', 'most', names[0]]))
            groups.append('both')
    if names or dice.chance(20):
        folder.rule('quorum', '', word('digits'), word(dice.pick(groups)))
    for phase in ('seed-base', 'after'):
        if dice.chance(30):
            folder.rule('quorum', '', word(phase), word(dice.pick(groups + names + ['all'])))


def _hands_and_rounds(folder):
    dice = folder.dice
    for what in ('numbers', 'teams'):
        for school in folder.schools:
            k = sum(row[2] == school for row in folder.classes)
            if dice.chance(20) and (what == 'numbers' or any(row['school'] == school for row in folder.teachers)):
                slots = ' '.join(str(slot + 1) for slot in dice.shuffled(range(k)))
                folder.rule('hand', '', folder.word(what), slots, school if folder.several else '')
    if 'team' in folder.teacher_columns and dice.chance(50):
        folder.rule('draw', '', 'rounds', '2')
    if dice.chance(20):
        folder.rule('draw', '', 'late', dice.pick(['2026-09-01', '2026-09-01; 2026-10-12']))
    if dice.chance(20):
        folder.rule('draw', '', dice.pick(['address', '网址']), dice.pick(['https://a.example/', 'http://a.example:8080/g7/%E4%B8%AD,1/']))
    if dice.chance(20):
        folder.rule('draw', '', dice.pick(['page', '核验页']), dice.pick(['0a' * 32, '0A' * 32, '9bCd' * 16]))


def _files(folder, columns, teacher_columns):
    dice, chinese = folder.dice, folder.chinese
    school = ['school'] if folder.several else []
    tables = {'rules.csv': [['rule', 'who', 'column', 'value', 'school']] + dice.shuffled(folder.rules),
              'classes.csv': [['class', 'seats'] + school] + [row[:2 + len(school)] for row in dice.shuffled(folder.classes)]}
    if chinese:
        tables['rules.csv'][0] = CHINESE['rules']
        tables['classes.csv'][0] = CHINESE['classes'][:2 + len(school)]
    people = [('students', folder.students, ['id', 'name'] + school + [header for header, _ in columns])]
    if folder.teachers:
        people.append(('teachers', folder.teachers, ['id', 'name', 'subject', 'classes', 'homeroom'] + school
                       + folder.teacher_columns + [header for header, _ in teacher_columns]))
    for name, rows, headers in people:
        headers = dice.shuffled(headers)
        shown = [CHINESE[name].get(header, header) if chinese else header for header in headers]
        tables[name + '.csv'] = [shown] + [[row[header] for header in headers] for row in dice.shuffled(rows)]
    encoding, newline = dice.pick([('utf-8', '\n'), ('utf-8-sig', '\r\n'), ('gb18030', '\r\n'), ('utf-8', '\n')])
    return {name: _csv(dice, table, newline).encode(encoding) for name, table in tables.items()}


def _csv(dice, table, newline):
    lines = ['# made up, "at random"'] if dice.chance(20) else []
    for row in table:
        quoted = dice.chance(10)
        lines.append(','.join('"' + cell.replace('"', '""') + '"' if quoted or ',' in cell or '"' in cell else cell
                              for cell in row))
        if dice.chance(3):
            lines.append(dice.pick(['', ',' * (len(row) - 1)]))
    return newline.join(lines) + newline


def write_files(path, files):
    os.makedirs(path, exist_ok=True)
    for name, data in files.items():
        with open(os.path.join(path, name), 'wb') as file:
            file.write(data)


def write_random(path, count, seed, refusals=None):
    """count folders path/0, path/1, ... that can be drawn; each with the files seed, draw.log and draw.log.minisig."""
    for i in range(count):
        for attempt in range(1000):
            key = digest.mac(seed, 'sunlot/v1/random', i, attempt)
            folder, draw_seed = os.path.join(path, str(i)), digest.mac(key, 'sunlot/v1/random seed')
            if os.path.exists(os.path.join(folder, 'teachers.csv')):
                os.remove(os.path.join(folder, 'teachers.csv'))
            write_files(folder, made_up(key))
            try:
                writer = announce.rehearse(folder, draw_seed, PATIENCE)
            except (Refused, TooLong) as error:
                if refusals is not None:
                    refusals.append((i, attempt, str(error)))
                continue
            write_files(folder, {'seed': draw_seed.hex().encode() + b'\n', 'draw.log': writer.data(),
                                 'draw.log.minisig': writer.minisig()})
            break
