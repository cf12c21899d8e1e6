# Whether pages are what they should be: page.py [LOG...] PAGE...
#
# Every element is closed in its order, an id stands once, links lead to one; no script, nothing from elsewhere, no style but the one whose hash the policy
# names; what is said in one language is said in the other; and in the Chinese there is no English sentence
# but those of the logs.
import base64, hashlib, html.parser, re, sys

VOID = {"meta", "input", "br", "img", "hr", "link"}


class Page(html.parser.HTMLParser):
    logs = ""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.wrong = [], [], [], []
        self.said = {"zh": 0, "en": 0}
        self.chinese, self.style, self.policy, self.text = [], "", "", []
        with open(path, encoding="utf-8", newline="") as file:
            self.feed(file.read())
        self.close()
        if self.open:
            self.wrong.append(f"open at the end: {self.open}")
        for each in {i for i in self.ids if self.ids.count(i) > 1} if len(self.ids) < 5000 else []:
            self.wrong.append(f"id {each} stands twice")
        for each in set(self.links) - {"#" + i for i in self.ids}:
            self.wrong.append(f"link {each} leads nowhere")
        if self.said["zh"] != self.said["en"]:
            self.wrong.append(f"parts in Chinese and English: {self.said}")
        digest = base64.b64encode(hashlib.sha256(self.style.encode("utf-8")).digest()).decode()
        if f"style-src 'sha256-{digest}'" not in self.policy or "default-src 'none'" not in self.policy:
            self.wrong.append(f"the policy {self.policy} is not that of the style sheet")
        for sentence in self.chinese:
            if re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", sentence) and sentence not in self.logs:
                self.wrong.append(f"English in Chinese: {sentence[:90]}")

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if tag in ("script", "link", "iframe", "object", "img", "base", "form"):
            self.wrong.append(f"<{tag}>")
        for name, value in attributes:
            if name == "style" or name.startswith("on") or name == "src":
                self.wrong.append(f"{name}={value}")
        if "id" in known:
            self.ids.append(known["id"])
        if "href" in known:
            self.links.append(known["href"])
        if known.get("http-equiv") == "Content-Security-Policy":
            self.policy = known["content"]
        if tag in VOID:
            return
        language = known.get("class") if known.get("class") in self.said else None
        if language:
            self.said[language] += 1
        self.open.append((tag, language))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(f"</{tag}> at line {self.getpos()[0]} closes {self.open[-1:]}")
            return
        self.open.pop()

    def handle_data(self, data):
        tags = [tag for tag, _ in self.open]
        if "style" in tags:
            self.style += data
            return
        self.text.append(data)
        if "zh" in [language for _, language in self.open] and not {"pre", "code"} & set(tags):
            self.chinese.append(data)


if __name__ == "__main__":
    Page.logs = "".join(open(path, encoding="utf-8").read() for path in sys.argv[1:] if path.endswith(".log"))
    faults = [f"{path}: {wrong}" for path in sys.argv[1:] if path.endswith(".html") for wrong in Page(path).wrong]
    print("\n".join(faults[:10]))
    sys.exit(bool(faults))
