"""The input folders of rehearsals with parties, slots drawn by hand, two rounds, rows for auditors."""

from . import digest, ed25519, note
from .draw_folders import D10, OPENING, folder, table

SEED = bytes(range(32))
PUBLIC_ROWS = ['rows', '', '', 'public; the authority; the ground']


def key_seed(party):
    return digest.mac(SEED, 'sunlot/v1/vectors', 'party', party)


def party(name, role, device, sealed=False, words=('own', 'host', 'sealed')):
    """A row of rules.csv. device: own or host."""
    key = note.minisign_public(key_seed(name)[:8], ed25519.public_key(key_seed(name)))
    value = [role, key, words[0] if device == 'own' else words[1]] + [words[2]] * sealed
    return ['party', '', name, '; '.join(value)]


def children(count):
    return [['id', 'name', 'sex']] + [[str(i), f'Child {i}', 'fm'[i % 2]] for i in range(count)]


def parties_files():
    """Three parties, two of them sealed; groups of groups; sources that nobody here can check; numbers drawn by hand."""
    rules = OPENING + [party('notary', 'notary', 'own', True), party('parents', 'parents\' committee', 'own', True), party('inspector', 'inspector', 'host'),
                       ['group', '', 'people', 'any; notary; inspector'], ['group', '', 'most', '2; parents; people; host'],
                       ['quorum', '', 'digits', 'most'], ['quorum', '', 'after', 'people'],
                       ['source', '', '1', 'd6 50; fifty people; throw again; balls'],
                       ['source', '', '2', 'lottery 3; Hill lottery 2026095; as the lottery says; the next issue'],
                       ['source', '', '3', 'drand 4242424; h' + '8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce' + '; no such thing; the next round'],
                       PUBLIC_ROWS, ['mix', '', '', '20'], ['hand', '', 'numbers', '3 1 2'], ['balance', 'students', 'sex', '']]
    return folder(rules, [['1', ''], ['2', ''], ['3', '']], children(13))


def formed_teachers():
    rows = [['id', 'name', 'subject', 'classes', 'homeroom', 'team']]
    for i in range(3):
        rows += [[f'a{i}', f'Teacher A{i}', 'art', '1', 'yes' if i else '', f'team {i + 1}']]
    return rows + [['b0', 'Teacher B0', 'maths', '2', 'yes', 'team 1;team 3'], ['b1', 'Teacher B1', 'maths', '1', '', 'team 2']]


def rounds_files():
    """Students in a first round, teams in a second; slots of numbers and of teams drawn by hand; recusals."""
    rules = OPENING + [['draw', '', 'rounds', '2'], ['draw', '', 'late', '2026-09-10; 2026-10-12'], D10, PUBLIC_ROWS, ['mix', '', '', '20'],
                       ['hand', '', 'teams', '2 3 1'], ['hand', '', 'numbers', '2 1 3'], ['recuse', '', 'parent', ''], ['balance', 'students', 'sex', '']]
    students = children(12)
    students = [students[0] + ['parent']] + [row + [{1: 'a0', 5: 'b1'}.get(i, '')] for i, row in enumerate(students[1:])]
    return folder(rules, [['1', ''], ['2', ''], ['3', '']], students, formed_teachers())


def two_schools_files():
    """Two rounds in a district of which one school has no teachers; a hand draw of one school."""
    rules = OPENING + [['draw', '', 'rounds', '2'], D10, ['mix', '', '', '10'], ['hand', '', 'numbers', '2 1', 'B'], party('notary', 'notary', 'own'),
                       ['quorum', '', 'digits', 'host'], ['quorum', '', 'seed-base', 'notary']]
    students = [['id', 'name', 'school']] + [[str(i), f'Child {i}', 'AB'[i % 2]] for i in range(9)]
    teachers = [['id', 'name', 'school', 'subject', 'classes', 'homeroom', 'team'], ['a', 'A', 'A', 'art', '1', 'yes', 'x'],
                ['b', 'B', 'A', 'art', '1', 'yes', 'y']]
    return folder(rules, [['1', '', 'A'], ['2', '', 'A'], ['1', '', 'B'], ['2', '', 'B']], students, teachers, several=True)


def auditors_files():
    """Rows for auditors only, parties in Chinese words."""
    words = ('自备', '主办', '密封')
    rules = [['规则', '对象', '列', '值'], ['抽签', '', '地区', '山区'], ['抽签', '', '年份', '2026'], ['抽签', '', '年级', '七年级'],
             ['抽签', '', '轮数', '2'], ['抽签', '', '补录', '2026-09-10;2026-10-12'], ['随机源', '', '1', 'd10 40; 四十人各掷一次; 重掷; 同样的球'],
             ['公示', '', '', '审计; 教育局; 文件'], ['步数', '', '', '10'], ['手抽', '', '班号', '2 3 1'], ['手抽', '', '教师组', '3 2 1'],
             party('gongzheng', '公证员', 'own', words=words), party('jiazhang-1', '家长代表', 'own', True, words), party('jiazhang-2', '家长代表', 'host', words=words),
             ['组', '', 'jiazhang', '任一; jiazhang-1; jiazhang-2'], ['组', '', 'duoshu', '全部; jiazhang; gongzheng'],
             ['法定', '', '底单', 'duoshu'], ['法定', '', '数字', '主办'], ['法定', '', '事后', '全部'], ['均分', '学生', '数学', '10 40'], ['均衡', '学生', '性别', '']]
    rules = [rules[0]] + [[{'party': '参与方'}.get(row[0], row[0])] + row[1:] for row in rules[1:]]
    students = [['编号', '姓名', '性别', '数学']] + [[f'学{i:02}', f'小{"明红刚"[i % 3]}', '男女'[i % 2], str(60 + i * 7 % 33)] for i in range(12)]
    files = {'rules.csv': rules, 'classes.csv': [['班级', '座位'], ['1班', '5'], ['2班', '5'], ['3班', '5']], 'students.csv': students}
    files = {name: table(rows) for name, rows in files.items()}
    files['teachers.csv'] = table(formed_teachers())
    return files


REHEARSALS = {'sealed': parties_files, 'twice': rounds_files, 'twice-district': two_schools_files, 'hidden': auditors_files}
