# Two rounds, what comes after the draw, and what parties do on devices of their own: broken off at every call, with the rows public and for auditors.
. tests/cli/common.sh
. "$HERE/crash.sh"
. "$HERE/parties.sh"

SECOND=2718-2818-2845-9045-2353-6028-7471-3526-6249-775
ways=mixed

# school DIR ROWS: as in parties.sh, with two rounds and days for late students
school() {
    parties "$1" "$1/keys"
    sed -i "s/^rows,,,public,/rows,,,$2,/" "$1/rules.csv"
    printf '%s,\n' 'draw,,rounds,2' 'draw,,late,2026-09-10; 2026-10-10' 'quorum,,after,two' >>"$1/rules.csv"
    printf '%s\n' id,name,subject,classes,homeroom,title,team T1,One,Chinese,1,yes,senior,a T2,Two,Chinese,1,yes,junior,b T3,Three,Chinese,1,yes,junior,c >"$1/teachers.csv"
    [ -e "$1/keys/other.key" ] || expect 0 sunlot key new "$1/keys/other" --no-password
    printf 'id,name\n901,Late One\n902,Late Two\n' >"$1/late.csv"
}

# step NAME TO ARGUMENT...: the next step of the folder s, broken off at every call; a copy of what it comes to is kept as TO
step() {
    name=$1 to=$2
    shift 2
    rm -rf before w
    cp -a s before
    mv s w
    expect $done_ sunlot "$@"
    [ $FAILED = 0 ] || finish
    mv w s
    cp -a s "$to"
    each "$name" before "$to" "$@"
}

# act NAME ARGUMENT...: the same, then signed
act() {
    name=$1
    shift
    step "$name" "to-$name" "$@"
    sign s s/keys notary
}

# begin ROWS: a new folder, up to the seed base with its signatures
begin() {
    rm -rf s before listed to-*
    school s "$1"
    expect 0 sunlot announce s
    [ $FAILED = 0 ] || finish
    cp -a s listed
    for name in parent-1 parent-2; do expect 0 sunlot commit s --party $name --key s/keys/$name.key; done
    expect 0 sunlot missing s --party parent-3
    for name in parent-1 parent-2; do expect 0 sunlot reveal s --party $name --key s/keys/$name.key; done
}

id_of() { grep ",Student $1" s/students.csv | cut -d, -f 1; }

# Where rows are for auditors: two rounds, an act, a supplement.
log=private/draw.log
begin auditors
step audit to-audit audit w --list w/students.csv
sign s s/keys notary parent-1 parent-2
enter s
sign s s/keys notary
step "first round" to-groups draw w
sign s s/keys notary parent-1 parent-2
step "second digits" to-digits entropy w --source 1 --digits $SECOND --again $SECOND
sign s s/keys notary
step "second round" to-results draw w
sign s s/keys notary
expect 0 sunlot export s
act strike strike w --date 2026-09-01 --student "$(id_of 01)" --reason "entered twice" --authority "the bureau"
step "export after an act" to-exported export w
step late to-late late w --file w/late.csv --date 2026-09-10
sign s s/keys notary parent-1 parent-2
step "late digits" to-late-digits entropy w --source 1 --digits $DIGITS --again $DIGITS
sign s s/keys notary
step "late draw" to-late-seats draw w
step "receipts after a supplement" to-receipts receipts w

# Where they are public: files that go to parties' devices and back, and the other acts.
log=public/draw.log
begin public
step "sign --export" to-export sign w --export w/seed-base.export
step "sign --note" to-note sign --note w/seed-base.export --log w/public/draw.log --party notary --key w/keys/notary.key --time "$TIME" -o w/notary.signature
step "sign --add" to-add sign w --add w/notary.signature
sign s s/keys parent-1 parent-2
enter s
sign s s/keys notary
expect 0 sunlot draw s
sign s s/keys notary parent-1 parent-2
expect 0 sunlot entropy s --source 1 --digits $SECOND --again $SECOND
sign s s/keys notary
expect 0 sunlot draw s
sign s s/keys notary
act by-hand by-hand w --date 2026-09-02 --what numbers --slots "3 1 2"
act replace replace w --date 2026-09-03 --party parent-3 --key w/keys/other.pub
act set-aside set-aside w --date 2026-09-04 --authority "the court" --reference "No. 7"
rm -rf s to-commit
mv listed s
# The random bytes are there; that a new one is kept is shown in test_crash_parties.sh.
expect 0 sunlot commit --log s/public/draw.log --party parent-1 --key s/keys/parent-1.key -o once.commit
step "commit -o" to-commit commit --log w/public/draw.log --party parent-1 --key w/keys/parent-1.key -o w/parent-1.commit
finish
