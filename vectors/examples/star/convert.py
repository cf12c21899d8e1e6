#!/usr/bin/env python3
"""Make the input files of this example from the kindergarten of Project STAR.

    convert.py SOURCE FOLDER

SOURCE holds classes.csv, students.csv and teachers.csv as README.md tells; FOLDER receives the four files of sunlot.
"""
import csv
import pathlib
import sys

# Classes of these sizes are artefacts of how the source numbered its teachers (README.md).
ARTEFACTS = {"1", "2", "3", "32", "44"}

RULES = """\
rule,who,column,value,school
draw,,district,Project-STAR,
draw,,year,1985,
draw,,grade,kindergarten,
draw,,retention,an example: public research data,
source,,1,d10 39; throw 1 to 39 by the school numbers in turn; a die that leans or falls is thrown again; the last digits of 39 balls drawn with putting back,
rows,,,public; nobody (an example); public research data without names,
# Each class has its share of each sex, origin and lunch status. Blank is a value like any other.
balance,students,gender,,
balance,students,ethnicity,,
balance,students,lunch,,
# Class means of the scaled scores within 1 point, or else within 2 or 4. A missing score counts as the school's mean.
mean,students,read,1 2 4,
mean,students,math,1 2 4,
absent,students,read,mean,
absent,students,math,mean,
# One teacher a class: this asks for each class no more than one teacher of each degree.
balance,teachers,degree,,
"""


def read(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder, name, header, rows):
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def main(source, folder):
    source, folder = pathlib.Path(source), pathlib.Path(folder)
    classes = [c for c in read(source, "classes.csv") if c["seats"] not in ARTEFACTS]
    kept = {c["class"] for c in classes}  # a class bears the id of its teacher
    schools = {c["school"] for c in classes}
    write(folder, "classes.csv", ["school", "class", "seats"],
          ([c["school"], c["class"], ""] for c in classes))
    write(folder, "students.csv", ["school", "id", "name", "gender", "ethnicity", "lunch", "read", "math"],
          ([s["school"], s["id"], "pupil " + s["id"], s["gender"], s["ethnicity"], s["lunch"], s["read"], s["math"]]
           for s in read(source, "students.csv") if s["school"] in schools))
    write(folder, "teachers.csv", ["school", "id", "name", "subject", "classes", "homeroom", "degree", "years"],
          ([t["school"], t["id"], "teacher " + t["id"], "kindergarten", "1", "yes", t["degree"], t["years"]]
           for t in read(source, "teachers.csv") if t["id"] in kept))
    (folder / "rules.csv").write_text(RULES, encoding="utf-8")


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(*sys.argv[1:])
