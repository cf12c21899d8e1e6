"""Reads pages of slips: what stands on each slip, and what its QR code says (ISO/IEC 18004 for a code without faults: no errors are corrected).

    slips.py PAGE                    a JSON object a line: school, name, id, values, groups of digits, link, notes
"""
import html.parser, json, re, sys

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
# Level M, by version from 1: codewords of error correction a block, and blocks.
CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28]
BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49]
MASKS = [lambda x, y: (x + y) % 2, lambda x, y: y % 2, lambda x, y: x % 3, lambda x, y: (x + y) % 3, lambda x, y: (x // 3 + y // 2) % 2,
         lambda x, y: x * y % 2 + x * y % 3, lambda x, y: (x * y % 2 + x * y % 3) % 2, lambda x, y: ((x + y) % 2 + x * y % 3) % 2]


def modules(view_box, path):
    """The modules of a picture of one path; the quiet zone of four must be empty."""
    side = int(re.fullmatch(r"0 0 (\d+) \1", view_box)[1])
    turns = [[0] * side for _ in range(side)]  # how often the path goes down, less up, left of a module
    for outline in re.findall(r"M[^M]*z", path):
        x, y = start = tuple(map(int, re.match(r"M(\d+) (\d+)", outline).groups()))
        steps = [(way, int(length)) for way, length in re.findall(r"([hv])(-?\d+)", outline)]
        dx, dy = sum(n for way, n in steps if way == "h"), sum(n for way, n in steps if way == "v")
        assert dx == 0 or dy == 0, "the last edge is no edge"
        for way, length in steps + ([("h", -dx)] if dx else [("v", -dy)]):
            if way == "h":
                x += length
                continue
            for row in range(min(y, y + length), max(y, y + length)):
                for column in range(x, side):
                    turns[row][column] += 1 if length > 0 else -1
            y += length
        assert (x, y) == start
    assert all(turns[i][j] == 0 for i in range(side) for j in range(side) if min(i, j, side - 1 - i, side - 1 - j) < 4), "the quiet zone is not empty"
    return [[turn != 0 for turn in row[4:-4]] for row in turns[4:-4]]


def read(dark):
    side = len(dark)
    version = (side - 17) // 4
    form = 0
    for x, y in [(0, 8), (1, 8), (2, 8), (3, 8), (4, 8), (5, 8), (7, 8), (8, 8), (8, 7), (8, 5), (8, 4), (8, 3), (8, 2), (8, 1), (8, 0)]:
        form = form * 2 + dark[y][x]
    form ^= 0x5412
    assert form >> 13 == 0, "not level M"
    mask = MASKS[form >> 10 & 7]

    fixed = [[x == 6 or y == 6 or (x < 9 and y < 9) or (x >= side - 8 and y < 9) or (x < 9 and y >= side - 8) for x in range(side)] for y in range(side)]
    if version > 1:
        count = version // 7 + 2
        step = 26 if version == 32 else (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
        places = [6] + [side - 7 - step * i for i in range(count - 1)][::-1]
        for cx in places:
            for cy in places:
                if (cx, cy) not in [(6, 6), (6, side - 7), (side - 7, 6)]:
                    for i in range(25):
                        fixed[cy - 2 + i // 5][cx - 2 + i % 5] = True
    if version >= 7:
        for i in range(18):
            fixed[i // 3][side - 11 + i % 3] = fixed[side - 11 + i % 3][i // 3] = True

    bits, up = [], True
    for right in [x for x in range(side - 1, 6, -2)] + [5, 3, 1]:
        for y in range(side - 1, -1, -1) if up else range(side):
            for x in (right, right - 1):
                if not fixed[y][x]:
                    bits.append(dark[y][x] ^ (mask(x, y) == 0))
        up = not up
    words = [sum(bit << 7 - j for j, bit in enumerate(bits[i:i + 8])) for i in range(0, len(bits) // 8 * 8, 8)]

    blocks, short = BLOCKS[version - 1], len(words) // BLOCKS[version - 1] - CORRECTION[version - 1]
    first_long = blocks - len(words) % blocks
    block, at = [[] for _ in range(blocks)], 0
    for i in range(short + 1):
        for j in range(blocks):
            if i < short or j >= first_long:
                block[j].append(words[at])
                at += 1
    stream = "".join(f"{word:08b}" for part in block for word in part)

    text, at = "", 0

    def take(n):
        nonlocal at
        at += n
        return int(stream[at - n:at], 2)

    size = 0 if version < 10 else 1 if version < 27 else 2
    while at + 4 <= len(stream):
        mode = take(4)
        if mode == 0:
            break
        if mode == 4:
            text += bytes(take(8) for _ in range(take((8, 16, 16)[size]))).decode()
        elif mode == 2:
            length = take((9, 11, 13)[size])
            for _ in range(length // 2):
                pair = take(11)
                text += ALPHANUMERIC[pair // 45] + ALPHANUMERIC[pair % 45]
            if length % 2:
                text += ALPHANUMERIC[take(6)]
        elif mode == 1:
            length = take((10, 12, 14)[size])
            for i in range(0, length, 3):
                digits = min(3, length - i)
                text += f"{take((4, 7, 10)[digits - 1]):0{digits}}"
        else:
            raise ValueError(f"mode {mode}")
    return text, version


class Page(html.parser.HTMLParser):
    """Every element and attribute there is; the slips with their texts, those of one language alone."""

    def __init__(self, language):
        super().__init__()
        self.language, self.tags, self.slips, self.open, self.heads = language, set(), [], [], []

    def handle_starttag(self, tag, attributes):
        have = dict(attributes)
        self.tags |= {tag} | {f"{tag} {name}" for name in have}
        classes = (have.get("class") or "").split()
        if "slip" in classes:
            self.slips.append({"texts": [], "late": "late" in classes})
        if tag == "svg":
            self.slips[-1]["box"] = have["viewbox"]
        if tag == "path":
            self.slips[-1]["path"] = have["d"]
        if tag not in ("meta", "input", "br", "wbr"):
            self.open.append((tag, classes))

    def handle_endtag(self, tag):
        assert self.open[-1][0] == tag, (tag, self.open[-3:])
        self.open.pop()

    def handle_data(self, data):
        within = [name for _, classes in self.open for name in classes]
        if "zh" in within and self.language != "zh" or "en" in within and self.language != "en":
            return
        if "head" in within and self.open[-1][0] == "b":
            self.heads.append(data)
        if "slip" in within and data.strip():
            self.slips[-1]["texts"].append((within[-1] if within[-1] != self.language else within[-2], data))


def slips(path, language="en"):
    page = Page(language)
    text = open(path, encoding="utf-8").read()
    page.feed(text)
    page.close()
    assert not page.open, page.open
    for slip in page.slips:
        dark = modules(slip.pop("box"), slip.pop("path"))
        slip["link"], slip["version"] = read(dark)
        for kind in ("school", "name", "number", "salt", "hash", "warn"):
            found = [data for k, data in slip["texts"] if k == kind or (kind == "name" and k == "long")]
            slip[kind] = "".join(found)
        slip["print"] = [data for k, data in slip["texts"] if k == "print"]
        slip["text"] = " ".join(data for _, data in slip["texts"])
    return page


if __name__ == "__main__":
    for slip in slips(sys.argv[1]).slips:
        del slip["texts"]
        print(json.dumps(slip, ensure_ascii=False))
