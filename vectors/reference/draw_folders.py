"""The input folders of the vectors: whole draws, and what logs with faults are made from."""

from .text import write_record

OPENING = [['draw', '', 'district', 'Hill'], ['draw', '', 'year', '2026'], ['draw', '', 'grade', 'G7']]
D10 = ['source', '', '1', 'd10 39; one throw each of 39 people; throw again; balls numbered 0 to 9']


def table(rows, newline='\n', encoding='utf-8', quoted=False):
    lines = [','.join('"' + cell.replace('"', '""') + '"' for cell in row) if quoted else write_record(row) for row in rows]
    return ''.join(line + newline for line in lines).encode(encoding)


def folder(rules, classes, students, teachers=None, several=False, **form):
    """The files of a folder with English words. students, teachers: header first."""
    school = ['school'] if several else []
    width = 5 if several or any(len(rule) > 4 for rule in rules) else 4
    rows = [['rule', 'who', 'column', 'value', 'school'][:width]] + [(rule + [''] * 5)[:width] for rule in rules]
    files = {'rules.csv': table(rows, **form), 'classes.csv': table([['class', 'seats'] + school] + classes, **form),
             'students.csv': table(students, **form)}
    if teachers:
        files['teachers.csv'] = table(teachers, **form)
    return files


# Whole draws

def tiny_files():
    """12 students, 3 classes, 2 rules, 4 teachers: the draw of SPEC 13."""
    students = [['id', 'name', 'sex', 'math']]
    for i, score in enumerate(['71', '88.5', '64', '93', '79.5', '85', '58', '90', '76', '82', '67.5', '95'], 1):
        students.append([str(i), f'Child {i}', 'f' if i % 2 else 'm', score])
    teachers = [['id', 'name', 'subject', 'classes', 'homeroom'], ['t1', 'Teacher 1', 'art', '2', 'yes'],
                ['t2', 'Teacher 2', 'art', '1', 'yes'], ['t3', 'Teacher 3', 'maths', '1', 'yes'], ['t4', 'Teacher 4', 'maths', '2', 'no']]
    rules = OPENING + [D10, ['mix', '', '', '20'], ['balance', 'students', 'sex', ''], ['mean', 'students', 'math', '2 20']]
    return folder(rules, [['1', ''], ['2', ''], ['3', '']], students, teachers)


def chinese_files():
    """A Chinese folder as GB18030 with CRLF."""
    form = {'newline': '\r\n', 'encoding': 'gb18030'}
    rules = [['规则', '对象', '列', '值'], ['抽签', '', '地区', '山区'], ['抽签', '', '年份', '2026'], ['抽签', '', '年级', '七年级'],
             ['抽签', '', '阶段', '分班'], ['抽签', '', '届次', '2'], ['抽签', '', '日期', '2026-08-20'], ['抽签', '', '学校', '实验小学'],
             ['抽签', '', '保存', '三年,由学校删除'], ['随机源', '', '1', 'd6 50; 五十人各掷一次; 重掷; 同样的球'], ['公示', '', '', '公开; 教育局; 文件'],
             ['步数', '', '', '30'], ['次数', '', '', '8'], ['均衡', '学生', '性别', ''], ['均分', '学生', '数学', '5.0 10.50 40'],
             ['缺考', '学生', '数学', '均分'], ['分段', '学生', '数学', '前 3'], ['分段', '学生', '数学', '后 2'], ['分散', '学生', '姓名', ''],
             ['同班', '', '双胞胎', ''], ['均衡', '教师', '学历', '']]
    students = [['编号', '姓名', '性别', '数学', '双胞胎']]
    for i in range(14):
        students.append([f'学{i:02}', '小' + '明红刚丽'[i % 4], '男女'[i % 2], ['', '61.50', '77', '93', '88.125', '70'][i % 6],
                         '一' if i in (3, 8) else ''])
    teachers = [['编号', '姓名', '学科', '班数', '班主任', '学历']]
    for i, (subject, load, homeroom) in enumerate([('语文', 1, '是'), ('语文', 1, '是'), ('语文', 1, ''), ('数学', 2, '否'), ('数学', 1, '是')]):
        teachers.append([f'师{i}', f'老师{i}', subject, str(load), homeroom, ['本科', '硕士'][i in (1, 4)]])
    files = {'rules.csv': rules, 'classes.csv': [['班级', '座位'], ['1班', ''], ['2班', ''], ['10班', '']],
             'students.csv': students, 'teachers.csv': teachers}
    return {name: table(rows, **form) for name, rows in files.items()}


def district_files():
    """Three schools; rules for one of them; teachers at two."""
    rules = OPENING + [D10, ['mix', '', '', '25'], ['balance', 'students', 'sex', '', ''], ['balance', 'students', 'lang', '', 'School 2'],
                       ['band', 'students', 'score', '2', 'School 10'], ['spread', 'students', 'name', '', 'West'],
                       ['balance', 'teachers', 'degree', '', 'West']]
    classes = [[str(c), '', school] for school, k in (('School 2', 2), ('West', 3), ('School 10', 2)) for c in range(1, k + 1)]
    students = [['id', 'name', 'school', 'sex', 'lang', 'score']]
    for i in range(31):
        students.append([f'n{i}', f'Child {i % 11}', ['School 10', 'West', 'School 2'][i % 3], 'fm'[i * 7 % 5 % 2], ['en', '', 'zh', 'fr'][i % 4],
                         str(50 + i * 13 % 47)])
    teachers = [['id', 'name', 'school', 'subject', 'classes', 'homeroom', 'degree'], ['a', 'A', 'West', 'art', '3', 'no', 'x'],
                ['b', 'B', 'West', 'maths', '2', 'yes', 'y'], ['c', 'C', 'West', 'maths', '1', 'yes', 'x'], ['d', 'D', 'West', 'music', '1', 'yes', 'x'],
                ['e', 'E', 'West', 'music', '1', 'no', 'y'], ['f', 'F', 'West', 'music', '1', 'no', 'y'],
                ['g', 'G', 'School 2', 'art', '1', 'yes', 'x'], ['h', 'H', 'School 2', 'art', '1', 'yes', 'y']]
    return folder(rules, classes, students, teachers, several=True)


def scores_files():
    """Several number columns, ladders of different lengths, absent scores, bands."""
    rules = OPENING + [D10, ['rows', '', '', 'public; the authority; the ground, "no. 7"'], ['mix', '', '', '60'], ['tries', '', '', '16'],
                       ['mean', 'students', 'math', '0.5 1 2 4'], ['mean', 'students', 'read', '0.25 0.5 8.125'], ['absent', 'students', 'read', '40.0'],
                       ['absent', 'students', 'sport', 'mean'], ['mean', 'students', 'sport', '12'], ['band', 'students', 'sport', '4'],
                       ['band', 'students', 'math', 'top 5'], ['band', 'students', 'math', 'last 3'], ['balance', 'students', 'sex', '']]
    students = [['id', 'name', 'sex', 'math', 'read', 'sport']]
    for i in range(24):
        students.append([str(i), f'Child {i}', 'fm'[i * i % 3 % 2], f'{50 + i * 37 % 48}.{i * 7 % 10}',
                         '' if i % 9 == 4 else f'{60 + i * 29 % 35}.{(i * 25) % 100:02}', '' if i % 7 == 3 else str(i * 11 % 17 - 3)])
    return folder(rules, [['a', ''], ['b', ''], ['c', '']], students)


def bound_files():
    """Twins, conflicts, spread names, a cap, weights, recusals, locks, seats."""
    rules = OPENING + [D10, ['mix', '', '', '40'], ['together', 'students', 'twin', ''], ['together', 'students', 'friend', ''],
                       ['apart', 'students', 'conflict', ''], ['apart', '', 'dispute', ''], ['spread', 'students', 'name', ''],
                       ['cap', 'students', 'special', 'yes 1'], ['weight', 'students', 'extra', ''], ['recuse', 'students', 'parent', ''],
                       ['balance', 'students', 'sex', ''], ['fix', 'students', '5', '2; room; the head'],
                       ['mean', 'students', 'math', '30']]
    students = [['id', 'name', 'sex', 'math', 'twin', 'friend', 'conflict', 'dispute', 'special', 'extra', 'parent']]
    for i in range(20):
        students.append([str(i), f'Child {i % 13}', 'fm'[i % 2], str(50 + i * 31 % 49), {2: 'w', 3: 'w', 9: 'v', 10: 'v'}.get(i, ''),
                         {3: 'z', 11: 'z'}.get(i, ''), {0: 'p; q', 1: 'p', 4: 'q', 12: 'q'}.get(i, ''), {0: 'p', 13: 'p'}.get(i, ''),
                         {6: 'yes', 7: 'yes', 8: 'yes'}.get(i, ''), {6: '2', 14: '1', 15: '3', 16: '0'}.get(i, ''),
                         {17: 'a', 18: 'b', 19: 'b'}.get(i, '')])
    teachers = [['id', 'name', 'subject', 'classes', 'homeroom'], ['a', 'A', 'art', '1', 'yes'], ['b', 'B', 'art', '1', 'yes'],
                ['c', 'C', 'art', '1', 'yes'], ['d', 'D', 'art', '1', 'yes']]
    return folder(rules, [['1', '8'], ['2', '8'], ['3', '8'], ['4', '6']], students, teachers)


def teams_files():
    """Teams that the school formed."""
    rules = OPENING + [D10, ['mix', '', '', '20'], ['balance', 'students', 'sex', ''], ['recuse', 'students', 'parent', ''],
                       ['balance', 'teachers', 'degree', '']]
    students = [['id', 'name', 'sex', 'parent']] + [[str(i), f'Child {i}', 'fm'[i % 2], {1: 'b', 4: 'e'}.get(i, '')] for i in range(11)]
    teachers = [['id', 'name', 'subject', 'classes', 'homeroom', 'team', 'degree'], ['a', 'A', 'art', '2', 'yes', '甲;乙', 'x'],
                ['b', 'B', 'art', '1', 'no', '丙', 'y'], ['c', 'C', 'maths', '1', 'yes', '丙', 'x'], ['d', 'D', 'maths', '2', 'no', '甲; 乙', 'y'],
                ['e', 'E', 'music', '1', 'no', '丙', 'x'], ['f', 'F', 'music', '1', 'no', '甲', 'x'], ['g', 'G', 'music', '1', 'yes', '乙', 'x']]
    return folder(rules, [['1', ''], ['2', ''], ['3', '']], students, teachers)


def teachers_files():
    """Teams to be formed under rules."""
    rules = OPENING + [D10, ['mix', '', '', '50'], ['balance', 'teachers', 'degree', ''], ['mean', 'teachers', 'years', '4 8 30'],
                       ['absent', 'teachers', 'years', 'mean'], ['band', 'teachers', 'years', 'top 2']]
    students = [['id', 'name']] + [[str(i), f'Child {i}'] for i in range(9)]
    teachers = [['id', 'name', 'subject', 'classes', 'homeroom', 'degree', 'years']]
    for i, (subject, load) in enumerate([('art', 2), ('art', 2), ('maths', 1), ('maths', 1), ('maths', 2), ('music', 1), ('music', 3)]):
        teachers.append([f't{i}', f'Teacher {i}', subject, str(load), 'yes' if i in (0, 2, 3, 6) else 'no', 'xyyxyxx'[i],
                         '' if i == 4 else str(3 + i * 5 % 19)])
    return folder(rules, [['1', ''], ['2', ''], ['3', ''], ['4', '']], students, teachers)


def quoted_files():
    """Everything quoted, a byte order mark, comments, empty lines, cells that need quoting."""
    rules = OPENING + [D10, ['draw', '', 'school', 'Hill, upper "B"'], ['mix', '', '', '10'], ['balance', 'students', 'a "group"', '']]
    students = [['name', 'a "group"', 'id']] + [[f'Child, {i}', ['x,y', '', '"', 'it is'][i % 4], f'"{i}"'] for i in range(9)]
    files = folder(rules, [['A, 1', ''], ['B "2"', '']], students, newline='\r\n', encoding='utf-8-sig', quoted=True)
    files['students.csv'] = files['students.csv'].replace(b'\r\n', b'\r\n# "a remark\r\n\r\n,,\r\n', 1)
    return files


def one_files():
    return folder(OPENING + [D10, ['mix', '', '', '5']], [['1', '']], [['id', 'name'], ['1', 'Child 1']])


def empty_files():
    """More classes than students: groups without heads."""
    rules = OPENING + [D10, ['mix', '', '', '9'], ['balance', 'students', 'sex', ''], ['mean', 'students', 'math', '90']]
    students = [['id', 'name', 'sex', 'math'], ['1', 'Child 1', 'f', '70'], ['2', 'Child 2', 'm', '80']]
    return folder(rules, [['1', ''], ['2', ''], ['3', '']], students)


def tight_files():
    """Twins and a gap that the first rung's tries cannot reach."""
    rules = OPENING + [D10, ['mix', '', '', '12'], ['tries', '', '', '64'], ['mean', 'students', 'math', '0.001 14'],
                       ['balance', 'students', 'sex', ''], ['together', 'students', 'twin', '']]
    students = [['id', 'name', 'sex', 'math', 'twin']]
    for i, score in enumerate([50, 61, 98, 77, 84, 93]):
        students.append([str(i), f'Child {i}', 'ffmfmm'[i], str(score), 'w' if i in (1, 4) else ''])
    return folder(rules, [['1', ''], ['2', '']], students)


def again_files():
    """The first try fails."""
    rules = OPENING + [D10, ['mix', '', '', '1'], ['tries', '', '', '64'], ['mean', 'students', 'math', '1'],
                       ['mean', 'students', 'read', '1'], ['balance', 'students', 'sex', '']]
    students = [['id', 'name', 'sex', 'math', 'read']]
    for i in range(12):
        students.append([str(i), f'Child {i}', 'fm'[i % 2], str(50 + i * 37 % 49), str(40 + i * i * 13 % 57)])
    return folder(rules, [['1', ''], ['2', ''], ['3', '']], students)


def totals_files():
    """Totals of Chinese columns named in any order, an absent part by number and by mean, deviations of students and of sections."""
    rules = OPENING + [D10, ['rows', '', '', 'public; the authority; the ground'], ['mix', '', '', '40'], ['tries', '', '', '16'],
                       ['balance', 'students', 'sex', ''], ['mean', 'students', '语文; 数学；英语', '2 6 40'],
                       ['deviation', 'students', '数学;语文;英语', '3 9 50'], ['deviation', 'students', '数学', '2 5 30'], ['mean', 'students', '英语', '30'],
                       ['band', 'students', '英语;语文', '3'], ['absent', 'students', '数学', 'mean'], ['absent', 'students', '英语', '40.50'],
                       ['deviation', 'teachers', 'years', '4 40'], ['mean', 'teachers', 'years;rank', '9 90'], ['absent', 'teachers', 'rank', 'mean']]
    students = [['id', 'name', 'sex', '语文', '数学', '英语']]
    for i in range(26):
        students.append([str(i), f'Child {i}', 'fm'[i * i % 3 % 2], f'{60 + i * 31 % 38}.{i * 3 % 10}', '' if i % 9 == 5 else str(40 + i * 17 % 61),
                         '' if i % 7 == 2 else f'{55 + i * 23 % 44}.{(i * 25) % 100:02}'])
    teachers = [['id', 'name', 'subject', 'classes', 'homeroom', 'years', 'rank']]
    for i, (subject, load) in enumerate([('art', 2), ('art', 1), ('maths', 1), ('maths', 1), ('maths', 1), ('music', 1), ('music', 2)]):
        teachers.append([f't{i}', f'Teacher {i}', subject, str(load), 'yes' if i in (0, 2, 6) else 'no', str(3 + i * 5 % 19), '' if i == 3 else str(i % 4)])
    return folder(rules, [['1', ''], ['2', ''], ['3', '']], students, teachers)


def far_files():
    """Scores at the ends of what they may be: units of many thousandths."""
    columns = [f'c{c:02}' for c in range(16)]
    rules = OPENING + [D10, ['mix', '', '', '20'], ['tries', '', '', '16'], ['deviation', 'students', ';'.join(reversed(columns)), '200000 999999.999'],
                       ['mean', 'students', ';'.join(columns), '999999.999'], ['deviation', 'students', 'c00', '0.001 100000 999999']]
    students = [['id', 'name'] + columns]
    for i in range(18):
        students.append([str(i), f'Child {i}'] + [('-' if (i * i + c * i) % 5 > 1 else '') + '999999.999' for c in range(16)])
    return folder(rules, [['1', ''], ['2', '']], students)


def large_files():
    """More students of one profile than there are candidates for a close pair, and profiles near to few and to many."""
    rules = OPENING + [D10, ['mix', '', '', '10'], ['balance', 'students', 'sex', ''], ['balance', 'students', 'house', ''],
                       ['mean', 'students', 'math', '0.5 2']]
    students = [['id', 'name', 'sex', 'house', 'math']]
    for i in range(300):
        students.append([str(i), f'Child {i}', 'm' if i % 30 == 7 else 'f', 'b' if i % 13 == 7 else 'a', str(50 + i * 37 % 49)])
    return folder(rules, [['1', ''], ['2', ''], ['3', ''], ['4', '']], students)


def raised_files():
    """The first weights are too low: friends who are hard to place."""
    rules = OPENING + [D10, ['mix', '', '', '40'], ['tries', '', '', '64'], ['together', 'students', 'friend', ''], ['weight', 'students', 'extra', ''],
                       ['balance', 'students', 'sex', ''], ['mean', 'students', 'math', '2'], ['apart', 'students', 'conflict', '']]
    students = [['id', 'name', 'sex', 'friend', 'extra', 'conflict', 'math']]
    for i in range(17):
        students.append([str(i), f'Child {i}', 'fm'[(i * i + 6) % 5 % 2], {0: 'a', 1: 'a', 2: 'b', 3: 'b', 4: 'c', 5: 'c', 6: 'c'}.get(i, ''),
                         '1' if i == 7 else '', 'x' if i in (0, 8, 9) else '', str(50 + (i + 6) * 37 % 49)])
    return folder(rules, [['1', ''], ['2', ''], ['3', '']], students)


def bands_files():
    """More category counts than a school has columns: the best one, two, three, ... and the last ones."""
    rules = OPENING + [D10, ['mix', '', '', '20'], ['balance', 'students', 'sex', '']]
    rules += [['band', 'students', 'math', f'{word} {n}'] for word in ('top', 'last') for n in range(1, 21)]
    students = [['id', 'name', 'sex', 'math']] + [[str(i), f'Child {i}', 'fm'[i % 2], str(40 + i * 17 % 61)] for i in range(44)]
    return folder(rules, [['1', ''], ['2', ''], ['3', '']], students)


def live_files():
    rules = OPENING + [['source', '', '1', 'd10 30; thirty children; throw again; balls'],
                       ['source', '', '2', 'd6 12; twelve parents; throw again; balls'],
                       ['rows', '', '', 'public; the authority; the ground'], ['balance', 'students', 'sex', '']]
    students = [['id', 'name', 'sex']] + [[str(i), f'Child {i}', 'fm'[i % 2]] for i in range(12)]
    teachers = [['id', 'name', 'subject', 'classes', 'homeroom'], ['a', 'A', 'art', '1', 'yes'], ['b', 'B', 'art', '1', 'yes']]
    return folder(rules, [['1', ''], ['2', '']], students, teachers)


LIVE_DIGITS = ['314159265358979323846264338327', '161616251643']
def published_files():
    """Where it is published and by which page it is checked; classes of different seats, absent scores, teams to be formed."""
    rules = OPENING + [['draw', '', '网址', 'https://hill.example/g7,2026/'], ['draw', '', 'page', 'FEDCBA9876543210' * 2 + '0123456789abcdef' * 2], D10,
                       ['mix', '', '', '20'], ['tries', '', '', '9'], ['balance', 'students', 'sex', ''], ['absent', 'students', 'math', 'mean'],
                       ['band', 'students', 'math', '3'], ['mean', 'students', 'math', '8 20'], ['deviation', 'students', 'math', '4 30'],
                       ['balance', 'teachers', 'degree', ''], ['mean', 'teachers', 'years', '30']]
    students = [['id', 'name', 'sex', 'math']]
    for i in range(13):
        students.append([str(i), f'Child {i}', 'fm'[i % 2], '' if i % 5 == 3 else str(50 + i * 7 % 45)])
    teachers = [['id', 'name', 'subject', 'classes', 'homeroom', 'degree', 'years']]
    for i, (subject, load, homeroom) in enumerate([('art', 1, 'yes'), ('art', 2, 'no'), ('maths', 1, 'yes'), ('maths', 1, 'yes'), ('maths', 1, 'no')]):
        teachers.append([f't{i}', f'Teacher {i}', subject, str(load), homeroom, 'xyxxy'[i], str(3 + i * 4)])
    return folder(rules, [['1', '6'], ['2', '4'], ['3', '5']], students, teachers)


REHEARSALS = {'tiny': tiny_files, 'chinese': chinese_files, 'district': district_files, 'scores': scores_files, 'bound': bound_files,
              'teams': teams_files, 'teachers': teachers_files, 'quoted': quoted_files, 'one': one_files, 'empty': empty_files,
              'tight': tight_files, 'again': again_files, 'totals': totals_files, 'far': far_files, 'large': large_files, 'raised': raised_files, 'bands': bands_files, 'published': published_files}


def small_files():
    """One school with something of everything."""
    rules = OPENING + [['draw', '', 'date', '2026-08-20'], ['draw', '', 'retention', 'three years'], D10,
                       ['rows', '', '', 'public; the authority; the ground'], ['mix', '', '', '10'], ['tries', '', '', '9'],
                       ['balance', 'students', 'sex', ''], ['mean', 'students', 'math', '60'], ['absent', 'students', 'math', 'mean'],
                       ['together', 'students', 'twin', ''], ['apart', 'students', 'conflict', ''], ['recuse', 'students', 'parent', ''],
                       ['fix', '', '6', '1; family; the head'], ['cap', 'students', 'special', 'yes 1'], ['balance', 'teachers', 'degree', '']]
    students = [['id', 'name', 'sex', 'math', 'twin', 'conflict', 'parent', 'special'],
                ['1', 'Child 1', 'f', '70.5', 'w', '', '', ''], ['2', 'Child 2', 'm', '81', 'w', '', '', ''],
                ['3', 'Child 3', 'f', '66', '', 'x', '', 'yes'], ['4', 'Child 4', 'm', '90', '', 'x', '', ''],
                ['5', 'Child 5', 'f', '', '', '', 'a', 'yes'], ['6', 'Child 6', 'm', '74', '', '', '', '']]
    teachers = [['id', 'name', 'subject', 'classes', 'homeroom', 'degree'], ['a', 'A', 'art', '1', 'yes', 'x'],
                ['b', 'B', 'art', '1', 'yes', 'x'], ['c', 'C', 'maths', '2', 'no', 'y']]
    return folder(rules, [['1', '4'], ['2', '4']], students, teachers)


def sums_files():
    """Five number columns in one total, and a deviation that exchanges soon break."""
    rules = OPENING + [D10, ['rows', '', '', 'public; the authority; the ground'], ['mix', '', '', '10'], ['tries', '', '', '9'],
                       ['balance', 'students', 'sex', ''], ['absent', 'students', 'a', 'mean'], ['band', 'students', 'a;b', '2'],
                       ['deviation', 'students', 'a;b;c;d;e', '6 60'], ['mean', 'students', 'a;b;c;d;e', '60']]
    students = [['id', 'name', 'sex', 'a', 'b', 'c', 'd', 'e']]
    for i in range(8):
        students.append([str(i), f'Child {i}', 'fm'[i % 2], '' if i == 3 else str(50 + i * 7), str(90 - i * 3), str(40 + i * i), '60.5', str(70 + i % 3)])
    return folder(rules, [['1', ''], ['2', '']], students)


def pair_files():
    """Two small schools, with teams given at the first."""
    rules = OPENING + [D10, ['mix', '', '', '5'], ['tries', '', '', '9'], ['balance', 'students', 'sex', '', 'A']]
    students = [['id', 'name', 'school', 'sex']] + [[str(i), f'Child {i}', 'AB'[i % 2], 'fm'[i // 2 % 2]] for i in range(8)]
    teachers = [['id', 'name', 'school', 'subject', 'classes', 'homeroom', 'team'], ['a', 'A', 'A', 'art', '1', 'yes', 'x'],
                ['b', 'B', 'A', 'art', '1', 'yes', 'y'], ['c', 'C', 'A', 'maths', '2', 'no', 'x;y']]
    return folder(rules, [['1', '', 'A'], ['2', '', 'A'], ['1', '', 'B'], ['2', '', 'B']], students, teachers, several=True)
