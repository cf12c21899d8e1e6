"""The guided ceremony, as hosts use it: guide.py SUNLOT.  In a folder with the input folders one and many, and the parties' keys in keys."""
import os
import shutil
import subprocess
import sys

from terminal import Terminal

SUNLOT = sys.argv[1]
DIGITS = "3141-5926-5358-9793-2384-6264-3383-2795-0288-419"
OTHERS = "3141-5926-5358-9793-2384-6264-3383-2795-0288-418"
TIME = "2026-08-30T09:30:00+08:00"


def ceremony(folder, language="en", columns=120, lines=40):
    return Terminal([SUNLOT, "ceremony", folder, "--lang", language], columns, lines)


def sunlot(*words, status=0):
    done = subprocess.run([SUNLOT, *words], capture_output=True, text=True)
    if done.returncode != status:
        sys.exit("%s gave %d: %s" % (words, done.returncode, done.stderr))


def log_of(folder):
    with open(folder + "/public/draw.log", "rb") as f:
        return f.read()


def require(holds, what):
    if not holds:
        sys.exit("wrong: " + what)


def entered(at, digits, question="What fell", again="once more"):
    at.see(question)
    at.type(digits)
    at.see(again)
    at.type(digits)


# ---- killed at every screen, and gone on with on another machine, which has a copy of the folder -----------------------------------------

def tree_of(folder):
    """Names, modes and bytes of all that is there, but the lock."""
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            file = os.path.join(path, name)
            if name != "lock":
                with open(file, "rb") as f:
                    found[os.path.relpath(file, folder)] = (os.stat(file).st_mode, f.read())
    return found


def answered(at, screens):
    """Answer each screen; the last one is only waited for, or typed into and not waited for."""
    for wanted, answer in screens:
        at.see(*wanted)
        if answer is not None:
            at.type(answer)


def moved(folder, number):
    to = "moved-%d" % number
    if number % 2:
        subprocess.run(["tar", "-cf", "folder.tar", "--exclude", "lock", folder], check=True)
        shutil.rmtree(folder)
        os.mkdir(to)
        subprocess.run(["tar", "-xf", "folder.tar", "-C", to, "--strip-components", "1"], check=True)
    else:
        shutil.copytree(folder, to, ignore=shutil.ignore_patterns("lock"))
        shutil.rmtree(folder)
    return to


CHECK, SHOWN = ("Type “announce”",), ("The fingerprint of list and rules", "Enter")
TYPED = [(SHOWN, ""), (("What fell",), DIGITS), (("once more",), DIGITS)]
CONFIRMED = TYPED + [(("“yes”",), "yes"), (("“seal”",), "seal")]
DRAWING = [(SHOWN, ""), (("The draw", "Enter"), "")]
LISTED = [(SHOWN, ""), (("The class lists", "Enter"), "")]
STOPS = [
    [(CHECK, None)],
    [(CHECK, "announce")],
    [(SHOWN, None)],
    TYPED[:1] + [(("What fell",), None)],
    TYPED[:2] + [(("once more",), None)],
    TYPED + [(("“yes”",), None)],
    TYPED + [(("“yes”",), "yes"), (("“seal”",), None)],
    CONFIRMED + [(("sealed", "Enter"), None)],
    [(SHOWN, ""), (("The draw", "Enter"), None)],
    DRAWING + [(("Drawn", "Enter"), None)],
    [(SHOWN, ""), (("The class lists",), None)],
    LISTED + [(("class 1", "Enter"), None)],
    LISTED + [(("class %d" % i, "Enter"), "") for i in (1, 2, 3)] + [(("Checking it at home", "This was all"), None)],
]
shutil.copytree("one", "moved")
folder = "moved"
for number, stop in enumerate(STOPS):
    if number == 1:
        require(not os.path.exists(folder + "/public"), "nothing is announced by being killed")
        sunlot("announce", folder)  # the secret, which everything else follows from
        shutil.copytree(folder, "straight")
        sunlot("entropy", "straight", "--source", "1", "--digits", DIGITS, "--again", DIGITS)
        sunlot("draw", "straight")
        sunlot("export", "straight")
        shutil.rmtree(folder + "/public")  # as before the commit point
        os.remove(folder + "/private/draw.log")
    at = ceremony(folder)
    answered(at, stop)
    if number == 1:
        at.see("Fingerprint")  # it is announced
    at.kill()
    folder = moved(folder, number)
require(tree_of(folder) == tree_of("straight"), "killed at every screen, the same bytes")

# ---- one party, in English, from the first screen to the last -------------------------------------------------------------------------

shutil.copytree("one", "broken")
with open("broken/students.csv", "a") as f:
    f.write("1,2,3,4,5,6,7\n")
at = ceremony("broken")
at.see("The list and the rules", "students.csv", "Mend the files")
require(at.close() == 1, "a folder with faults is refused")
require(not os.path.exists("broken/private"), "nothing is written for it")

at = ceremony("one")
at.see("The list and the rules", "students 24", "Type “announce”")
at.type("yes")
at.see("Type “announce”")
at.type("q")
at.see("To go on: sunlot ceremony one")
require(at.close() == 0, "stopping is no fault")
require(not os.path.exists("one/public"), "nothing is announced by stopping")

at = ceremony("one")
at.see("Type “announce”")
at.type("announce")
at.see("Fingerprint", "Enter")
at.type("")
at.see("The fingerprint of list and rules", "█", "Read all sixteen groups aloud", "Enter")
at.type("")
at.see("Source 1: d10 39", "Whose each position is: throws 1 to 13 by the notary", "What fell")
at.type(DIGITS[:-1])
at.see("once more")
at.type(DIGITS[:-1])
at.see("too few digits: 39 are announced, 38 are given", "Enter")
at.type("")
at.see("What fell")
at.type(DIGITS)
at.see("once more")
at.type(OTHERS)
at.see("Enter")
at.type("")
entered(at, OTHERS)
at.see("Compare with the dice", "“yes”")
at.type("")  # not what fell
entered(at, DIGITS)
at.see("“yes”")
at.type("yes")
at.see("“seal”")
announced = log_of("one")
at.kill()  # the power fails before they are sealed
require(log_of("one") == announced, "nothing is entered before the digits are sealed")

# On another machine, smaller, with the same folder.
shutil.copytree("one", "carried")
shutil.rmtree("one")
at = ceremony("carried", columns=80, lines=24)
at.see("The fingerprint of list and rules", announced.decode().split("checkpoint,seed-base,")[1].split(",h")[1][:4], "Enter")
require("█" not in at.screen(), "large type only where there is room")
at.type("")
entered(at, DIGITS.replace("-", ""))
at.see(DIGITS, "“yes”")
at.type("yes")
at.see("“seal”")
at.type("seal")
at.see("sealed", "Enter")
at.type("")
at.see("The draw", "Enter")
at.type("")
at.see("Drawn", "Enter")
at.type("")
at.see("The class lists", "placement.csv", "Enter")
at.type("")
shown = ""
for number in "123":
    at.see("class " + number, "Enter")
    shown += at.screen()
    at.type("")
require(all("Student %02d" % i in shown for i in range(1, 25)), "everybody is in a class list")
at.see("Checking it at home", "was this fingerprint shown before the dice?", "This was all")
require(at.close() == 0, "the end")
require(log_of("carried").startswith(announced), "the log went on from the announcement")
drawn = log_of("carried")
at = ceremony("carried")
at.see("The fingerprint", "Enter")
at.type("")
at.see("The class lists", "Enter")
at.type("q")
at.close()
require(log_of("carried") == drawn, "looking again changes nothing")

# ---- many parties, in Chinese -----------------------------------------------------------------------------------------------------------

at = ceremony("many", "zh")
at.see("名单和规则", "输入“公布”")
at.type("公布")
at.see("回车")
at.type("")
for name in ("parent-1", "parent-2", "parent-3"):
    at.see("密封的随机数：承诺", name, "它的文件")
    if name == "parent-3":
        at.type("缺席")
    else:
        sunlot("commit", "--log", "many/public/draw.log", "--party", name, "--key", "keys/%s.key" % name, "-o", name + ".commit")
        at.type("nowhere" if name == "parent-2" else name + ".commit")
    at.see("回车")
    at.type("")
at.see("密封的随机数：承诺", "parent-1", "它的文件")  # parent-2's file was not there: all are asked again
at.type("")
at.see("密封的随机数：承诺")
at.see("parent-2", "它的文件")
at.type("parent-2.commit")
at.see("回车")
at.type("")
for name in ("parent-1", "parent-2"):
    at.see("密封的随机数：打开", name, "它的文件")
    sunlot("reveal", "--log", "many/public/draw.log", "--party", name, "--key", "keys/%s.key" % name, "-o", name + ".reveal")
    at.type(name + ".reveal")
    at.see("回车")
    at.type("")
at.see("名单和规则的指纹", "回车")
at.type("")


def signatures(checkpoint, names):
    """Sign elsewhere what the screen exports, and bring it back."""
    note = checkpoint + ".note"
    at.see("签名", checkpoint, "签名文件")
    at.type("export " + note)
    at.see("回车")
    at.type("")
    for name in names:
        at.see("签名", "签名文件")
        sunlot("sign", "--note", note, "--log", "many/public/draw.log", "--party", name, "--key", "keys/%s.key" % name, "--time", TIME, "-o",
               name + ".signature")
        at.type(name + ".signature")
        at.see("回车")
        at.type("")


signatures("seed-base", ("notary", "parent-2", "parent-1"))
entered(at, DIGITS, "掷出的数字", "再输入一遍")
at.see("“是”")
at.type("是")
at.see("“封存”")
at.type("封存")
at.see("回车")
at.type("")
signatures("digits", ("parent-1", "parent-2"))
at.see("抽签", "回车")
at.type("")
at.see("回车")
at.type("")
at.see("分班名单", "回车")
at.type("q")
require(at.close() == 0, "the end of the ceremony of many")
