"""The figures of each class, from rules and seats alone (SPEC 10.3)."""

from . import problem, results, verify
from .text import decimal, read_record


def of_log(log, number):
    """Of each line of balance of a school of a log: the line, the classes' numbers (text, `-` for none), the school's (`-` for a count)."""
    school = log.draw.schools[number - 1]
    block = _block(log, number)
    rung = next(int(fields[2]) for fields in block if fields[0] == 'placed')
    names = [name for name, _ in school.classes]
    seat = {fields[1]: names.index(fields[4]) for fields in block if fields[0] == 'seat'}
    rows = {'students': (school.students, [seat[student.pseudonym] for student in school.students])}
    if school.forms_teams():
        by_pseudonym = {teacher.pseudonym: teacher for teacher in school.teachers}
        sections = [fields for fields in block if fields[0] == 'section']
        rows['teachers'] = ([by_pseudonym[fields[4]] for fields in sections], [names.index(fields[1]) for fields in sections])
    told = list(_counts(school, rows, len(names))) + [
        figure for kind in ('mean', 'deviation') for who in rows for figure in _sums(school, who, *rows[who], rung, kind, len(names))]
    lines = [fields for fields in block if fields[0] in ('count', 'mean', 'deviation')]
    assert len(lines) == len(told)
    return [(fields, numbers, whole) for fields, (numbers, whole) in zip(lines, told)]


def _block(log, number):
    """The records of a school's block, as they would stand in one round."""
    blocks = []
    for at, line in enumerate(verify.all_results(log), 1):
        fields = read_record(line, at)
        if fields[0] == 'placed':
            blocks.append([])
        blocks[-1].append(fields)
    return blocks[number - 1]


def _counts(school, rows, classes):
    for who, (people, class_of) in rows.items():
        for category in problem.categories_of(school, who, people):
            for code in category.counted:
                reached = [sum(c == there and x == code for there, x in zip(class_of, category.codes)) for c in range(classes)]
                yield [str(x) for x in reached], '-'


def _sums(school, who, people, class_of, rung, kind, classes):
    for rule in problem.sums_of(school, who, people, rung, kind):
        values = [value for value in problem.scores(school, who, rule.rule, people) if value is not None]
        numbers = []
        for c in range(classes):
            here = [value for there, value in zip(class_of, rule.values) if there == c]
            if not here:
                numbers.append('-')
            elif kind == 'mean':
                numbers.append(decimal(results.rounded(100 * sum(here), rule.m * len(here)), 5))
            else:
                numbers.append(decimal(rule.reached(sum(here), len(here)), 5))
        whole = results.rounded(100 * sum(values), len(values)) if kind == 'mean' else rule.reached(0, 1)
        yield numbers, decimal(whole, 5)
