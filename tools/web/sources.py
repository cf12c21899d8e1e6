"""The sources of libsodium and libcsv, from the distribution, checked and unpacked."""
import glob
import hashlib
import os
import shutil
import subprocess
import time

# What makes the page the same everywhere: other bytes are refused.
PACKAGES = ["libsodium=1.0.18-1+deb12u1", "libcsv=3.0.3+dfsg-6"]
FILES = {
    "libsodium_1.0.18.orig.tar.gz": "d59323c6b712a1519a5daf710b68f5e7fde57040845ffec53850911f10a5d4f4",
    "libsodium_1.0.18-1+deb12u1.debian.tar.xz": "f410474e46346b06b162defa05b1be26906aeed6cf309e3d4ebe30b4d1350733",
    "libcsv_3.0.3+dfsg.orig.tar.gz": "06fddfaca720a4be7603bad63eb1833bca5b6c5a69b42b1c518a02cda2a73aef",
}
# Of the distribution's changes those that touch what is compiled; libcsv's are of examples and comments.
PATCHES = ["debian/patches/CVE-2025-69277.patch"]
TRIES = 4


class Refused(Exception):
    pass


def good(path, digest):
    if not os.path.exists(path):
        return False
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest() == digest


def missing(folder):
    return [name for name, digest in FILES.items() if not good(os.path.join(folder, name), digest)]


def stanzas():
    """The machine's sources of packages, each as deb822 fields: those of Debian's archive, asked for sources."""
    for path in sorted(glob.glob("/etc/apt/sources.list.d/*.sources")):
        with open(path, encoding="utf-8") as file:
            text = "".join(line for line in file if not line.startswith("#"))
        for block in text.split("\n\n"):
            fields = dict(line.split(":", 1) for line in block.splitlines() if ":" in line and not line.startswith(" "))
            if "URIs" in fields and "deb" in fields.get("Types", "").split():
                yield "".join(f"{name}:{value}\n" for name, value in {**fields, "Types": " deb-src"}.items())
    for path in ["/etc/apt/sources.list", *sorted(glob.glob("/etc/apt/sources.list.d/*.list"))]:
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            for line in file:
                line = line.split("#", 1)[0].strip()
                if not line.startswith("deb "):
                    continue
                rest, options = line[4:].strip(), []
                if rest.startswith("["):
                    inside, rest = rest[1:].split("]", 1)
                    options = [option.split("=", 1) for option in inside.split() if option.startswith("signed-by=")]
                uri, suite, *components = rest.split()
                signed = "".join(f"Signed-By: {value}\n" for _, value in options)
                yield f"Types: deb-src\nURIs: {uri}\nSuites: {suite}\n" + (f"Components: {' '.join(components)}\n" if components else "") + signed


def apt(folder, *arguments):
    """apt-get with lists of its own: the system's stay as they are."""
    lists = os.path.join(folder, "lists")
    os.makedirs(os.path.join(lists, "partial"), exist_ok=True)
    os.makedirs(os.path.join(folder, "cache", "archives", "partial"), exist_ok=True)
    options = {"Dir::State::Lists": lists, "Dir::Etc::SourceList": os.path.join(folder, "debian.sources"), "Dir::Etc::SourceParts": "/dev/null",
               "Dir::Cache": os.path.join(folder, "cache"), "APT::Sandbox::User": "root", "Acquire::Languages": "none"}
    command = ["apt-get", "-q"] + [part for name, value in options.items() for part in ("-o", f"{name}={value}")] + list(arguments)
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def fetch(folder):
    said = "there is no apt-get here"
    if shutil.which("apt-get"):
        with open(os.path.join(folder, "debian.sources"), "w", encoding="utf-8") as file:
            file.write("\n".join(stanzas()))
        for attempt in range(TRIES):
            if attempt > 0:
                time.sleep(3 * attempt)
            updated = apt(folder, "update")
            fetched = apt(folder, "source", "--download-only", *PACKAGES)
            if not missing(folder):
                return
            said = (updated.stderr + fetched.stderr).strip()
    raise Refused(f"these files, with these SHA-256, are wanted in {folder}:\n"
                  + "".join(f"    {name}  {FILES[name]}\n" for name in missing(folder))
                  + f"and the distribution did not give them:\n{said}\nPut them there by hand, and run it again.")


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise Refused(f"{' '.join(command)}: {done.stdout}{done.stderr}")


def unpacked(folder):
    """Returns the folders of the two libraries, patched."""
    os.makedirs(folder, exist_ok=True)
    if missing(folder):
        print("fetching the sources of " + " and ".join(PACKAGES))
        fetch(folder)
    sodium, csv = os.path.join(folder, "libsodium-1.0.18"), os.path.join(folder, "libcsv-3.0.3")
    done = os.path.join(folder, "unpacked")
    if not os.path.exists(done):
        for old in (sodium, csv):
            shutil.rmtree(old, ignore_errors=True)
        for name in FILES:
            run(["tar", "-xf", os.path.join(folder, name)], sodium if ".debian." in name else folder)
        for patch in PATCHES:
            run(["patch", "-s", "-p1", "-i", patch], sodium)
        with open(done, "w"):
            pass
    return {"sodium": sodium, "csv": csv}
