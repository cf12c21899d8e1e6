"""Logs with faults in what they say of where they are published (SPEC 5.1), and sound ones."""

from .forge import edit, insert, move

PAGE, ADDRESS = 3, 0  # of the facts of the base


def add_cases(r):
    def page(reason, value):
        r.add('parse', reason, edit('fact', 2, value, PAGE), base='published', end=0)

    def address(reason, value):
        r.add('parse', reason, edit('fact', 2, value, ADDRESS), base='published', end=0)

    digits = '0123456789abcdef' * 4
    page('a page in upper case', 'h' + digits.upper())
    page('a page without its letter', digits)
    page('a page of another letter', 'x' + digits)
    page('a page of 63 digits', 'h' + digits[1:])
    page('a page of 65 digits', 'h0' + digits)
    page('an empty page', '')
    address('an empty address', '')
    address('an address without a scheme', 'hill.example/g7/')
    address('an address of another scheme', 'ftp://hill.example/g7/')
    address('a scheme in upper case', 'HTTPS://hill.example/g7/')
    address('an address that is no folder', 'https://hill.example/g7')
    address('an address without a host', 'https:///g7/')
    address('a scheme alone', 'https://')
    address('a scheme and a slash', 'https:///')
    address('an address with a fragment', 'https://hill.example/#g7/')
    address('an address with a query', 'https://hill.example/?g7/')
    address('an address with a space', 'https://hill.example/g 7/')
    address('an address with a quotation mark', 'https://hill.example/"g7"/')
    address('an address with an apostrophe', 'https://hill.example/g\'7/')
    address('an address with <', 'https://hill.example/<g7/')
    address('an address with >', 'https://hill.example/g7>/')
    address('an address with `', 'https://hill.example/g`7/')
    address('an address with a backslash', 'https://hill.example\\g7/')
    address('an address in Chinese', 'https://hill.example/七年级/')
    address('an address of 201 bytes', 'https://hill.example/' + 'x' * 179 + '/')
    r.add('order', 'an address after the mix', move('fact', ADDRESS, 'fact', 2), base='published', end=0)
    r.add('order', 'a page before the mix', move('fact', PAGE, 'fact', 2), base='published', end=0)
    r.add('order', 'a page twice', insert('fact', PAGE, ['fact', 'page', 'h' + digits]), base='published', end=0)
    r.add('rehearsal', 'published at an address of 200 bytes, by a page', edit('fact', 2, 'http://hill.example/' + 'x' * 179 + '/', ADDRESS),
          base='published', end='seed-base', until='seed-base')
    r.add('rehearsal', 'published at an address with every sign that one may have', edit(
        'fact', 2, 'https://!$%&()*+,-.0123456789:;=@ABC[]^_abc{|}~/', ADDRESS), base='published', end='seed-base', until='seed-base')
