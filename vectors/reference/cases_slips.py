"""The cases of slips and of the figures of each class: both begin with a log that is there already."""

import os

from . import digest, figures, log_reader, slip
from .cases import Kind
from .cases_text import COUNTED, STUDENT, yes
from .text import write_record

VECTORS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIGURES = ('tiny', 'chinese', 'scores', 'bound', 'teachers', 'empty', 'totals', 'far', 'tight', 'published', 'rounds', 'by-hand', 'late', 'auditors')
DISTRICTS = ('district', 'twice-district')


def read_bytes(*names):
    with open(os.path.join(VECTORS, *names), 'rb') as file:
        return file.read()


def _hex(*names):
    return bytes.fromhex(read_bytes(*names).decode().split()[0])


# Links

def make_slip():
    link = slip.Slip(STUDENT, COUNTED[1], COUNTED[2]).link()
    fragment = link.partition('#')[2]

    def case(text):
        return [('link', text.encode().hex())]

    yield 'a fragment', case(fragment)
    yield 'a link without address', case(link)
    yield 'a whole link', case('https://hill.example/g7/' + link)
    yield 'in lower case', case('https://hill.example/g7/' + link.lower())
    yield 'in both', case(fragment[:50] + fragment[50:].lower())
    yield 'from a file', case('file:///home/me/verify%20(1).html#' + fragment)
    yield 'a # alone before it', case('#' + fragment)
    yield 'spaces, a tab and line ends at both ends', case(' \t' + link + '\r\n ')
    yield 'a digit too few', case(fragment[:-1])
    yield 'a digit too many', case(fragment + '0')
    yield 'a digit more in the pseudonym and one less in the salt', case(fragment[:3] + '0' + fragment[3:-1])
    yield 'the point between salt and fingerprint is elsewhere', case(fragment[:36] + fragment[36:].replace('.', '0').replace('0', '.', 1))
    yield 'a letter that is no digit', case(fragment[:-1] + 'G')
    yield 'another version', case('2' + fragment[1:])
    yield 'no version', case(fragment[2:])
    yield 'a space behind the #', case('verify.html# ' + fragment)
    yield 'a space inside', case(fragment[:40] + ' ' + fragment[41:])
    yield 'hyphens for points', case(fragment.replace('.', '-'))
    yield 'two of them', case('#' + fragment + '#' + fragment)
    yield 'something behind it', case(fragment + '&x=1')
    yield 'full-width digits', case('\uff11' + fragment[1:])
    yield 'the letter of a pseudonym', case('1.s' + fragment[2:-1])
    yield 'an address alone', case('https://hill.example/g7/verify.html')
    yield 'nothing behind the #', case('verify.html#')
    yield 'nothing', case('')


def compute_slip(case):
    read = slip.read(case.hex('link').decode())
    if read is None:
        return [('accepted', 'no')]
    return [('accepted', 'yes'), ('pseudonym', read.pseudonym), ('salt', 'h' + read.salt.hex()), ('fingerprint', read.fingerprint.hex())]


# Links of logs

def make_link():
    for name in ('draws/tiny/draw.log', 'draws/published/draw.log', 'draws/auditors/public.log', 'draws/live-announced/draw.log'):
        yield name, [('log', name), ('pseudonym', STUDENT), ('salt', 'h' + COUNTED[3].hex())]


def compute_link(case):
    return [('link', slip.write(read_bytes(case.one('log')), case.one('pseudonym'), bytes.fromhex(case.one('salt')[1:])))]


# A child that is typed

class _Draw:
    """A log and its secret."""

    def __init__(self, name, log='draw.log'):
        self.path = f'draws/{name}/{log}'
        self.data = read_bytes(self.path)
        live = os.path.exists(os.path.join(VECTORS, 'draws', name, 'master'))
        self.master = _hex('draws', name, 'master') if live else digest.rehearsal_master(_hex('draws', name, 'seed'))

    def slip(self, person_id, school='-'):
        pseudonym = digest.pseudonym(self.master, 'student', school, person_id)
        root = log_reader.read(self.data).checkpoint('seed-base').root
        return slip.Slip(pseudonym, digest.salt(self.master, pseudonym), root)

    def case(self, of, person_id, name, **more):
        return [('log', self.path), ('link', of.link()), ('id', person_id), ('name', name)] + list(more.items())


def make_opens():
    tiny, published, late, acts = _Draw('tiny'), _Draw('published'), _Draw('late'), _Draw('acts')
    full, public, announced = _Draw('auditors'), _Draw('auditors', 'public.log'), _Draw('live-announced')
    one = tiny.slip('1')
    yield 'the child of the line', tiny.case(one, '1', 'Child 1')
    yield 'with values that are absent', published.case(published.slip('3'), '3', 'Child 3')
    yield 'spaces at the ends of both', tiny.case(one, '\u3000 1 ', '\u00a0Child 1\u2003\u3000')
    yield 'another name', tiny.case(one, '1', 'Child 2')
    yield 'another id', tiny.case(one, '2', 'Child 1')
    yield 'another child', tiny.case(one, '2', 'Child 2')
    yield 'id and name exchanged', tiny.case(one, 'Child 1', '1')
    yield 'the name in another case', tiny.case(one, '1', 'child 1')
    yield 'two spaces inside the name', tiny.case(one, '1', 'Child  1')
    yield 'neither id nor name', tiny.case(one, '', '')
    yield 'the salt of another child', tiny.case(slip.Slip(one.pseudonym, tiny.slip('2').salt, one.fingerprint), '1', 'Child 1')
    yield 'the pseudonym of another child', tiny.case(slip.Slip(tiny.slip('2').pseudonym, one.salt, one.fingerprint), '1', 'Child 1')
    yield 'a pseudonym that the log does not have', tiny.case(slip.Slip(STUDENT, one.salt, one.fingerprint), '1', 'Child 1')
    yield 'the pseudonym of a teacher, as a student\'s', tiny.case(
        slip.Slip('s' + digest.pseudonym(tiny.master, 'teacher', '-', 't1')[1:], one.salt, one.fingerprint), 't1', 'Teacher 1')
    yield 'the slip of another draw', tiny.case(slip.Slip(one.pseudonym, one.salt, COUNTED[4]), '1', 'Child 1')
    yield 'the slip of another draw, and another name: commitment goes before split', tiny.case(slip.Slip(one.pseudonym, one.salt, COUNTED[4]), '1', 'Child 2')
    yield 'a live draw', acts.case(acts.slip('1'), '1', 'Child 1')
    yield 'announced alone', announced.case(announced.slip('1'), '1', 'Child 1')
    yield 'announced alone, asked for the seed base', announced.case(announced.slip('1'), '1', 'Child 1', until='seed-base')
    yield 'announced alone, another name', announced.case(announced.slip('1'), '1', 'Child 2')
    yield 'a late student', late.case(late.slip('late-1'), 'late-1', 'Late child 1')
    yield 'a late student, another name', late.case(late.slip('late-1'), 'late-1', 'Late child 2')
    yield 'rows for auditors', full.case(full.slip('1'), '1', 'Child 1')
    yield 'rows for auditors, another name', full.case(full.slip('1'), '1', 'Child 2')
    yield 'in a public edition nothing is said', public.case(public.slip('1'), '1', 'Child 2')


def compute_opens(case):
    read = slip.read(case.one('link'))
    word, told = slip.answer(read_bytes(case.one('log')), read, case.one('id'), case.one('name'), case.one('until', 'results'))
    if told is None:
        return [('word', word), ('opens', '-')]
    line, commitment, opens = told
    return [('word', word), ('line', line), ('commitment', commitment), ('opens', yes(opens))]


# Figures

def make_figures():
    for name in FIGURES:
        yield name, [('log', f'draws/{name}/draw.log'), ('school', 1)]
    for name in DISTRICTS:
        for school in log_reader.read(read_bytes('draws', name, 'draw.log')).draw.schools:
            yield f'{name}, school {school.number}', [('log', f'draws/{name}/draw.log'), ('school', school.number)]


def compute_figures(case):
    pairs = []
    for fields, numbers, whole in figures.of_log(log_reader.read(read_bytes(case.one('log'))), case.int('school')):
        pairs += [('line', write_record(fields)), ('reached', ' '.join(numbers)), ('whole', whole)]
    return pairs


KINDS = [
    Kind('slips/slip.txt', 'Whether a text, in hex, is the link of a slip, and what it says (SPEC 14.5)', 'link', 'accepted pseudonym salt fingerprint',
         make_slip, compute_slip),
    Kind('slips/link.txt', 'The link of a student\'s slip (SPEC 14.5)', 'log pseudonym salt', 'link', make_link, compute_link),
    Kind('slips/opens.txt', 'A slip and a child that is typed, against a log (SPEC 14.5)', 'log link id name until', 'word line commitment opens',
         make_opens, compute_opens),
    Kind('figures/figures.txt', 'The figures of each class of a school (SPEC 10.3)', 'log school', 'line reached whole', make_figures, compute_figures),
]
