# Keys of parties: made here and used in minisign, made by minisign and used here; on the disk closed to others; never overwritten.
. tests/cli/common.sh

expect 0 sunlot key new nb --no-password
has out "nb.key" "nb.pub" "sunlot key show nb.pub"
mode 600 nb.key
mode 644 nb.pub
cp nb.key kept.key
expect 1 sunlot key new nb --no-password
has err "never overwritten"
rm nb.pub
expect 1 sunlot key new nb --no-password
same nb.key kept.key
expect 0 sunlot key show nb.key
cp out row
has row "party,,nb,ROLE; RW" "; own"
expect 0 sunlot key show nb.key --id notary --role "notary's office" --sealed --host-made
has out "party,,notary,notary's office; RW" "; host; sealed"
expect 0 sunlot key show nb.key --role 公证处 --lang zh
has out "参与方,,nb,公证处; RW" "; 自备"

# Two keys are two keys.
expect 0 sunlot key new other --no-password
cmp -s nb.key other.key && wrong "the same key twice"

# A password from standard input; the empty one is none.
# given TEXT COMMAND...: the text is standard input
given() {
    text=$1
    shift
    printf "$text" | { "$@"; }
}
expect 1 given '\n' sunlot key new pw
has err "--no-password"
gone pw.key
expect 2 given '' sunlot key new pw
gone pw.key
expect 0 given 'two words\n' sunlot key new pw
mode 600 pw.key
grep -q "two words" pw.key pw.pub out err && wrong "the password is shown"
expect 0 sunlot key show pw.pub
cp out row
expect 0 given 'two words\n' sunlot key show pw.key
same out row
expect 1 given 'two word\n' sunlot key show pw.key
has err "wrong password for pw.key"
expect 2 sunlot key show missing.key
has err "sunlot key new"
expect 1 sunlot key show "$TOP/README.md"
has err "no key file"
sed 's/^RWQAAEIyA/RWQAAEIyB/; s/.=$/A=/' nb.key >damaged.key
expect 2 sunlot key
expect 2 sunlot key new
expect 2 sunlot key old x
expect 2 sunlot key show nb.key --password x

if command -v minisign >/dev/null; then
    echo text >m
    # Ours in minisign.
    expect 0 sunlot key new ours --no-password
    expect 0 minisign -S -W -s ours.key -m m
    expect 0 minisign -V -p ours.pub -m m
    rm m.minisig
    expect 0 minisign -R -s ours.key -p again.pub
    expect 0 sunlot key show ours.pub --id x
    cp out row
    expect 0 sunlot key show again.pub --id x
    same out row
    expect 0 given 'two words\n' minisign -S -s pw.key -m m
    expect 0 minisign -V -p pw.pub -m m
    expect 1 minisign -V -p ours.pub -m m
    # minisign's here.
    expect 0 minisign -G -W -s theirs.key -p theirs.pub
    expect 0 sunlot key show theirs.pub
    cp out row
    expect 0 sunlot key show theirs.key
    same out row
    expect 0 given 'a secret\na secret\n' minisign -G -s locked.key -p locked.pub
    expect 0 sunlot key show locked.pub
    cp out row
    expect 0 given 'a secret\n' sunlot key show locked.key
    same out row
fi

# At a terminal: asked twice, nothing shown, and the terminal is as before.
if command -v "${PYTHON:-python3}" >/dev/null; then
    typed() { "${PYTHON:-python3}" "$HERE/type.py" "$BUILD/sunlot" "$@"; }
    expect 0 typed key new t -- hidden hidden
    has out "Password of t.key: " "The same again: "
    lacks out hidden
    expect 0 typed key show t.key -- hidden
    has out "party,,t,"
    expect 2 typed key new u -- hidden hiden
    has out "differ"
    gone u.key
    expect 2 typed key new u -- "hid^C"
    has out "broken off"
    gone u.key
fi
finish
