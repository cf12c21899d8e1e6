# Two processes at once, a process killed from outside, and folders that belong to somebody else.
. tests/cli/common.sh

expect 0 sunlot sample --schools 1 --classes 8 --students 400 --seed "$SEED" s
# Ten announcements at once: one is made; whoever came second says so or finds it done.
for i in 1 2 3 4 5 6; do
    sunlot announce s >"out$i" 2>"err$i" &
    eval "pid$i=$!"
done
made=0
for i in 1 2 3 4 5 6; do
    eval "wait \$pid$i"
    status=$?
    if grep -q '^Announced' "out$i"; then made=$((made + 1)); fi
    case $status in
    0) ;;
    2) grep -q 'another process' "err$i" || wrong "no word of the other process: $(cat "err$i")" ;;
    *) wrong "status $status of an announcement among others" ;;
    esac
done
[ $made = 1 ] || wrong "$made announcements were made"
expect 0 verify s/public/draw.log --key s/public/log.vkey --until seed-base

if command -v flock >/dev/null; then
    flock -x s/private/lock sh -c ': >held; while [ ! -e done ]; do sleep 0.1; done' &
    holder=$!
    while [ ! -e held ]; do sleep 0.1; done
    for line in "announce s" "entropy s --source 1 --digits $DIGITS --again $DIGITS" "draw s" "export s" "report s" "rehearse s --seed $SEED"; do
        # shellcheck disable=SC2086
        expect 2 sunlot $line
        has err "another process is working in this folder"
    done
    : >done
    wait $holder
fi

expect 0 sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
cp -a s t
expect 0 sunlot draw t
# Killed at some moment of the draw, then run again: the same bytes.
for delay in 0.01 0.03 0.06 0.1 0.2; do
    rm -rf w
    cp -a s w
    "$BUILD/sunlot" draw w >out 2>err &
    pid=$!
    sleep $delay
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    cmp -s w/public/draw.log s/public/draw.log || same w/public/draw.log t/public/draw.log
    expect 0 sunlot draw w
    same w/public/draw.log t/public/draw.log
    same w/public/draw.log.minisig t/public/draw.log.minisig
done

# Pairs of commands at once, where a lock file lies that a crash left: each is done, or refused in words; whatever came first, nothing is lost.
. "$HERE/parties.sh"
SECOND=2718-2818-2845-9045-2353-6028-7471-3526-6249-775
# both DIR "WORDS" "WORDS": at the same time, then those that were refused once more.  No word has a space in it.
both() {
    i=1
    echo 4711 >"$1/private/lock"
    chmod 644 "$1/private/lock"
    for words in "$2" "$3"; do
        # shellcheck disable=SC2086
        sunlot $words >"out$i" 2>"err$i" &
        eval "pid$i=$! words$i=\$words"
        i=$((i + 1))
    done
    again=
    for i in 1 2; do
        eval "wait \$pid$i"
        status=$?
        case $status in
        0) ;;
        2) grep -q 'another process' "err$i" && again="$again $i" || wrong "no word of the other process: $(cat "err$i")" ;;
        *) wrong "status $status of “$2” and “$3”: $(cat "err$i")" ;;
        esac
    done
    [ "$again" != " 1 2" ] || wrong "each refused for the other"
    for i in $again; do
        eval "words=\$words$i"
        # shellcheck disable=SC2086
        expect 0 sunlot $words
    done
}
parties p keys
printf '%s,\n' 'draw,,late,2026-09-10' 'quorum,,after,host' >>p/rules.csv
printf 'id,name\n901,Late\n' >late.csv
expect 0 sunlot announce p
for name in parent-1 parent-2; do sunlot commit --log p/public/draw.log --party $name --key keys/$name.key -o $name.commit >out; done
both p "commit p --add parent-1.commit" "commit p --add parent-2.commit"
both p "missing p --party parent-3" "missing p --party parent-3"
both p "reveal p --party parent-1 --key keys/parent-1.key" "reveal p --party parent-2 --key keys/parent-2.key"
both p "sign p --party notary --key keys/notary.key --time $TIME" "sign p --party parent-1 --key keys/parent-1.key --time $TIME"
sign p keys parent-2
both p "entropy p --source 1 --digits $DIGITS --again $DIGITS" "sign p --party parent-3 --key keys/parent-3.key --time $TIME"
[ "$(grep -c '^signature,.*/parent-2,' p/public/draw.log)" = 1 ] || wrong "a signature is lost"
sign p keys notary
both p "draw p" "audit p --list p/students.csv"
both p "draw p" "draw p"
sign p keys notary parent-1 parent-2
both p "receipts p" "late p --file late.csv --date 2026-09-10"
sign p keys notary parent-1 parent-2
both p "entropy p --source 1 --digits $SECOND --again $SECOND" "entropy p --source 1 --digits $SECOND --again $SECOND"
sign p keys notary
both p "draw p" "receipts p"
sign p keys notary parent-1 parent-2
both p "export p" "strike p --date 2026-09-11 --student $(sed -n 2p p/private/people.csv | cut -d, -f 1) --reason twice --authority bureau"
both p "export p" "receipts p"
expect 0 verify p/public/draw.log --key p/public/log.vkey
has out "struck 1, late 1"
[ -z "$(find p keys -name '.*.tmp')" ] || wrong "temporary files are left"
rm -rf p

# A folder in which a common user may not write.
if [ "$(id -u)" != 0 ]; then
    expect 0 sunlot new r
    chmod 555 r
    expect 0 sunlot check r
    for line in "announce r" "rehearse r --seed $SEED" "new r/r"; do
        # shellcheck disable=SC2086
        expect 2 sunlot $line
    done
    chmod 755 r
    gone r/private
    gone r/public
    chmod 000 r/students.csv
    expect 2 sunlot check r
    has err "students.csv"
fi
# Files in place of folders stop everybody.
expect 0 sunlot new q
: >q/private
expect 2 sunlot announce q
gone q/public
rm q/private
: >q/public
expect 2 sunlot announce q
gone q/public/draw.log
rm q/public
expect 0 sunlot announce q
# What others left under the name of a temporary file is never written to: another file's second name, a file open to all, a pipe, a link.
expect 0 sunlot new p
mkdir p/public p/private
echo precious >precious
ln precious p/public/.draw.log.tmp
ln -s ../../precious p/public/.log.vkey.tmp
mkfifo p/public/.minisign.pub.tmp
: >p/private/.master.tmp
: >p/private/.people.csv.tmp
chmod 666 p/private/.*.tmp
expect 0 sunlot announce p
[ "$(cat precious)" = precious ] || wrong "another file was written over"
[ -f p/public/minisign.pub ] || wrong "a pipe became a key"
[ ! -L p/public/log.vkey ] || wrong "a link became a key"
mode 600 p/private/master
mode 600 p/private/people.csv
expect 0 verify p/public/draw.log --key p/public/log.vkey --until seed-base
# A private folder that others could read is closed.
expect 0 sunlot new o
mkdir o/private
chmod 755 o/private
expect 0 sunlot announce o
mode 700 o/private
finish
