"""verify.html: page.html with its style, its scripts, the worker, the core and the Chinese texts inside, and a policy that lets it reach nothing else."""
import base64
import gettext
import glob
import hashlib
import json
import os
import re
import subprocess

WEB = os.path.dirname(os.path.abspath(__file__))
FIRST, LAST = "dom.js", "page.js"  # of the scripts; between them by name


class Refused(Exception):
    pass


def read(name):
    with open(os.path.join(WEB, name), encoding="utf-8", newline="") as file:
        return file.read()


def scripts():
    """Names of the page's scripts in their order; the worker is none of them."""
    names = sorted(os.path.basename(path) for path in glob.glob(os.path.join(WEB, "*.js")))
    middle = [name for name in names if name not in (FIRST, LAST, "worker.js")]
    return [name for name in [FIRST, *middle, LAST] if name in names]


def run(command, **options):
    done = subprocess.run(command, capture_output=True, **options)
    if done.returncode != 0:
        raise Refused(f"{' '.join(command)}: {done.stderr.decode()}")
    return done.stdout


def catalog(folder):
    """The Chinese of what the page says, and of what the core says is wrong."""
    template, chinese, binary = (os.path.join(folder, name) for name in ("page.pot", "page.po", "page.mo"))
    with open(template, "wb") as file:
        file.write(run(["tools/po/extract.sh", "--page"]))
    run(["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", chinese, "tools/po/zh_CN.po", template])
    run(["msgfmt", "-o", binary, chinese])
    with open(binary, "rb") as file:
        texts = gettext.GNUTranslations(file)._catalog
    return {text: texts[text] for text in sorted(texts) if text}


def data(text):
    """As JSON that may stand in a page."""
    return json.dumps(text, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def digest(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def put(html, mark, text):
    if html.count(mark) != 1:
        raise Refused(f"page.html has not one {mark}")
    return html.replace(mark, text)


def block(kind, name, text):
    return f'<script type="{kind}" id="{name}">{text}</script>\n'


def made(folder, core):
    html, style, script, worker = read("page.html"), read("page.css"), "".join(map(read, scripts())), read("worker.js")
    if re.search("</(script|style)|<!--", script + style + worker, re.IGNORECASE):
        raise Refused("a script or the style ends before its end")
    policy = "; ".join(["default-src 'none'", f"script-src {digest(script)} 'wasm-unsafe-eval'", f"style-src {digest(style)}", "worker-src blob:",
                        "connect-src 'self'", "img-src data:", "base-uri 'none'", "form-action 'none'"])
    head = '<meta charset="utf-8">\n'
    html = put(html, head, head + f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n')
    html = put(html, "<style></style>", f"<style>{style}</style>")
    blocks = block("text/plain", "worker", worker) + block("text/plain", "core", base64.b64encode(core).decode()) + \
        block("application/json", "catalog", data(catalog(folder)))
    return put(html, "<script></script>", blocks + f"<script>{script}</script>").encode()
