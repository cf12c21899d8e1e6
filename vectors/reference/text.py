"""Text: fields, records, numbers and orders (SPEC 1 and 2)."""

import re

FORBIDDEN = re.compile('[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]')
SPACES = '\u0020\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'
DECIMAL = re.compile(r'-?(0|[1-9][0-9]*)(\.[0-9]{0,4}[1-9])?')
SCORE = re.compile(r'-?(0|[1-9][0-9]*)(\.[0-9]{0,2}[1-9])?')
NUMBER = re.compile(r'0|[1-9][0-9]*')
LOOSE = re.compile(r'(-?)(0|[1-9][0-9]*)(?:\.([0-9]{1,3}))?')
GREATEST_SCORE = 999999999


class Fault(Exception):
    """What is wrong with a log: one of the words of SPEC 10, and the line, counted from 1 (or None)."""

    def __init__(self, word, line, reason):
        super().__init__(f'{word} at line {line}: {reason}')
        self.word, self.line, self.reason = word, line, reason


class Refused(Exception):
    """Input that makes no log: what is wrong with it."""


def field_fault(text):
    """Why text may not be a field, or None."""
    if not text:
        return None
    if len(text.encode()) > 1024:
        return 'a field of more than 1,024 bytes'
    if FORBIDDEN.search(text):
        return 'a forbidden character'
    if text[0] in SPACES or text[-1] in SPACES:
        return 'a space at an end of a field'
    if text[0] in '=+@':
        return 'a field that a spreadsheet would run'
    if text[0] == '-' and text != '-' and (text == '-0' or not DECIMAL.fullmatch(text)):
        return 'a field that a spreadsheet would run'
    return None


def write_field(text):
    if ',' in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def write_record(fields):
    return ','.join(map(write_field, fields))


def split_record(line):
    """The fields of a line of text, read leniently: read_record compares what they would be written as."""
    if '"' not in line:
        return line.split(',')
    fields, at = [], 0
    while True:
        if line[at:at + 1] == '"':
            end = at + 1
            while True:
                end = line.find('"', end)
                if end < 0:
                    return [line]
                if line[end + 1:end + 2] != '"':
                    break
                end += 2
            fields.append(line[at + 1:end].replace('""', '"'))
            at = end + 1
        else:
            end = line.find(',', at)
            end = len(line) if end < 0 else end
            fields.append(line[at:end])
            at = end
        if at >= len(line):
            return fields
        if line[at] != ',':
            return [line]
        at += 1


def read_record(line, number):
    """The fields of a line (bytes, without LF) of a log."""
    if len(line) > 65536:
        raise Fault('parse', number, 'a line of more than 65,536 bytes')
    try:
        text = line.decode('utf-8')
    except UnicodeDecodeError:
        raise Fault('parse', number, 'not UTF-8') from None
    fields = split_record(text)
    if not 2 <= len(fields) <= 64:
        raise Fault('parse', number, 'fewer than two fields, or more than 64')
    if write_record(fields) != text:
        raise Fault('parse', number, 'quotation marks where none belong, or none where they do')
    for field in fields:
        reason = field_fault(field)
        if reason:
            raise Fault('parse', number, reason)
    return fields


def is_number(text, least, most):
    return NUMBER.fullmatch(text) is not None and len(text) <= 20 and least <= int(text) <= most


def is_score(text):
    return (SCORE.fullmatch(text) is not None and text != '-0' and len(text) <= 20
            and abs(scaled(text)) <= GREATEST_SCORE)


def scaled(text):
    """1000 times the score number that text is."""
    sign, text = (-1, text[1:]) if text[0] == '-' else (1, text)
    whole, _, decimals = text.partition('.')
    return sign * (int(whole) * 1000 + int((decimals + '000')[:3]))


def decimal(value, places):
    """value / 10^places without superfluous zeros: decimal(-125, 5) is '-0.00125'."""
    sign, value = ('-', -value) if value < 0 else ('', value)
    whole, rest = divmod(value, 10 ** places)
    decimals = f'{rest:0{places}d}'.rstrip('0')
    return f'{sign}{whole}.{decimals}' if decimals else f'{sign}{whole}'


def normal_score(text):
    """A decimal of a CSV file in the form of SPEC 1, or None: `87.50` becomes `87.5`."""
    match = LOOSE.fullmatch(text)
    if not match or len(text) > 20:
        return None
    sign, whole, decimals = match.groups()
    value = int(whole) * 1000 + int(((decimals or '') + '000')[:3])
    if value > GREATEST_SCORE or (sign and value == 0):
        return None
    return decimal(-value if sign else value, 3)


def shortlex(text):
    data = text.encode()
    return len(data), data


def byte_order(text):
    return text.encode()
