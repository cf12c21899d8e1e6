#!/usr/bin/env python3
"""Print the texts that page.html names in data-t attributes, or that stand in elements with an empty one, as a script for xgettext."""
import html.parser
import json
import os


class Texts(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.texts, self.open = [], False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.open = "data-t" in attributes and not attributes["data-t"]
        if attributes.get("data-t"):
            self.texts.append(attributes["data-t"])

    def handle_endtag(self, tag):
        self.open = False

    def handle_data(self, data):
        if self.open and data.strip():
            self.texts.append(data.strip())


page = os.path.join(os.path.dirname(os.path.abspath(__file__)), "page.html")
if os.path.exists(page):
    texts = Texts()
    with open(page, encoding="utf-8") as file:
        texts.feed(file.read())
    for text in texts.texts:
        print(f"T({json.dumps(text, ensure_ascii=False)});")
