"""The input folder: four CSV files as people have them (SPEC 11.1)."""

import os

from .text import Refused, field_fault, normal_score

HEADERS = {'学校': 'school', '班级': 'class', '座位': 'seats', '编号': 'id', '姓名': 'name', '班数': 'classes', '教师组': 'team',
           '规则': 'rule', '对象': 'who', '列': 'column', '值': 'value', '学科': 'subject', '班主任': 'homeroom',
           '学生': 'students', '教师': 'teachers', '是': 'yes', '否': 'no', '禁止': 'forbidden', '公开': 'public',
           '前': 'top', '后': 'last'}
RULES = {'均衡': 'balance', '均分': 'mean', '标准差': 'deviation', '分段': 'band', '同班': 'together', '分开': 'apart', '分散': 'spread', '上限': 'cap',
         '占座': 'weight', '回避': 'recuse', '锁定': 'fix', '成绩': 'scores', '缺考': 'absent', '公示': 'rows', '步数': 'mix',
         '次数': 'tries', '抽签': 'draw', '随机源': 'source', '参与方': 'party', '组': 'group', '法定': 'quorum', '手抽': 'hand'}
KEYS = {'地区': 'district', '年份': 'year', '年级': 'grade', '阶段': 'stage', '届次': 'attempt', '日期': 'date', '保存': 'retention',
        '学校': 'school', '轮数': 'rounds', '补录': 'late', '核验页': 'page', '网址': 'address'}
WORDS = {'自备': 'own', '主办': 'host', '密封': 'sealed', '全部': 'all', '任一': 'any', '底单': 'seed-base', '数字': 'digits', '事后': 'after',
         '班号': 'numbers', '教师组': 'teams'}
EDITIONS = {'公开': 'public', '审计': 'auditors'}
REASONS = {'命令': 'order', '亲属': 'family', '教室': 'room', '其他': 'other'}  # of the rows fix
GREATEST_FILE = 1 << 30


class Table:
    """A file: its header cells as written, and its rows as lists of cells with their line numbers."""

    def __init__(self, name, header, rows):
        self.name, self.header, self.rows = name, header, rows

    def find(self, name):
        """The column of this name, in either language, or None."""
        if name in self.header:
            return self.header.index(name)
        meanings = [HEADERS.get(cell, cell) for cell in self.header]
        meaning = HEADERS.get(name, name)
        return meanings.index(meaning) if meaning in meanings else None

    def need(self, name):
        column = self.find(name)
        if column is None:
            raise Refused(f'{self.name}: no column {name}')
        return column

    def cells(self, name):
        """The cells of a column, empty ones if there is none."""
        column = self.find(name)
        return [row[column] if column is not None else '' for row in self.rows]


def decode(data):
    try:
        text = data.decode('utf-8')
    except UnicodeDecodeError:
        try:
            text = data.decode('gb18030')
        except UnicodeDecodeError:
            raise Refused('neither UTF-8 nor GB18030') from None
    return text[1:] if text[:1] == '\ufeff' else text


def split_csv(text):
    """The records of a CSV text: lists of cells. Lines whose first byte is # are passed over."""
    at, records = 0, []
    while at < len(text):
        if text[at] == '#':
            end = text.find('\n', at)
            at = len(text) if end < 0 else end + 1
            continue
        cells, ended = [], False
        while not ended:
            if text[at:at + 1] == '"':
                cell, at = _quoted(text, at + 1)
            else:
                start = at
                while at < len(text) and text[at] not in ',"\r\n':
                    at += 1
                cell = text[start:at]
            cells.append(cell)
            if text[at:at + 1] == ',':
                at += 1
            elif at == len(text):
                ended = True
            elif text[at] == '\n' or text[at:at + 2] == '\r\n':
                at += 1 if text[at] == '\n' else 2
                ended = True
            else:
                raise Refused('a quotation mark or a carriage return that stands alone')
        records.append(cells)
    return records


def _quoted(text, at):
    cell = []
    while True:
        end = text.find('"', at)
        if end < 0:
            raise Refused('an open quotation mark')
        cell.append(text[at:end])
        if text[end + 1:end + 2] != '"':
            return ''.join(cell), end + 1
        cell.append('"')
        at = end + 2


def read_table(folder, name, optional=False):
    path = os.path.join(folder, name)
    if optional and not os.path.exists(path):
        return None
    with open(path, 'rb') as file:
        data = file.read()
    if len(data) > GREATEST_FILE:
        raise Refused(f'{name}: more than 1 GiB')
    try:
        records = [cells for cells in split_csv(decode(data)) if any(cells) and not cells[0].startswith('#')]
    except Refused as refusal:
        raise Refused(f'{name}: {refusal}') from None
    if not records:
        raise Refused(f'{name}: empty')
    header = records[0]
    for cells in records:
        if len(cells) != len(header):
            raise Refused(f'{name}: a row of {len(cells)} cells, not {len(header)}')
        for cell in cells:
            if field_fault(cell) and normal_score(cell) is None:
                raise Refused(f'{name}: {field_fault(cell)}: {cell!r}')
    meanings = [HEADERS.get(cell, cell) for cell in header]
    if '' in header or len(set(meanings)) != len(meanings):
        raise Refused(f'{name}: header cells are empty or equal')
    return Table(name, header, records[1:])


class Enrolment:
    """The four tables of a folder."""

    def __init__(self, folder):
        self.rules = read_table(folder, 'rules.csv')
        self.classes = read_table(folder, 'classes.csv')
        self.students = read_table(folder, 'students.csv')
        self.teachers = read_table(folder, 'teachers.csv', optional=True)
        for table, names in ((self.rules, ('rule', 'who', 'column', 'value')), (self.classes, ('class', 'seats')),
                             (self.students, ('id', 'name')),
                             (self.teachers, ('id', 'name', 'subject', 'classes', 'homeroom'))):
            for name in names if table else ():
                table.need(name)
