# Every call that changes files is broken off once, in every step: the log is as before or as after, and the step run again gives the
# same bytes as if nothing had happened.
. tests/cli/common.sh

${CC:-cc} -shared -fPIC -O1 -o fail.so "$HERE/fail_calls.c" -ldl || exit 1
ASAN_OPTIONS=verify_asan_link_order=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export ASAN_OPTIONS

# broken HOW AT ARGUMENT...: sunlot with the call number AT broken off
broken() {
    how=$1 at=$2
    shift 2
    LD_PRELOAD=$SCRATCH/fail.so FAIL_HOW=$how FAIL_AT=$at FAIL_COUNT=$SCRATCH/count "$BUILD/sunlot" "$@" >out 2>err
}

# files DIR: all but the lock, hidden temporary files, and lists of drafts
files() { (cd "$1" && find . -type f ! -name '.*.tmp' ! -name lock -exec cksum {} + | sort -k 3); }

# each NAME FROM TO ARGUMENT...: break off the step that leads from folder FROM to folder TO at every call, in every way
each() {
    name=$1 from=$2 to=$3
    shift 3
    files "$to" >wanted
    for how in kill full; do
        at=1
        while :; do
            rm -rf w
            cp -a "$from" w
            broken $how $at "$@"
            status=$?
            case $status in
            0) break ;;
            137) [ $how = kill ] || wrong "$name $how $at: killed" ;;
            2) [ $how != kill ] || wrong "$name $how $at: status 2"; [ -s err ] || wrong "$name $how $at: no word of it" ;;
            *) wrong "$name $how $at: status $status" ;;
            esac
            cmp -s w/public/draw.log "$from/public/draw.log" || cmp -s w/public/draw.log "$to/public/draw.log" ||
                { [ ! -e w/public/draw.log ] && [ ! -e "$from/public/draw.log" ]; } || wrong "$name $how $at: the log is neither old nor new"
            expect 0 sunlot "$@"
            files w >got
            [ -z "$(find w -name '.*.tmp')" ] || wrong "$name $how $at: then run again, temporary files are left"
            cmp -s wanted got || { wrong "$name $how $at: then run again, other files"; diff wanted got | head -5; }
            at=$((at + 1))
            [ $at -lt 200 ] || { wrong "$name never ends"; break; }
        done
        [ $at -gt 5 ] || wrong "$name $how: only $at calls were seen"
    done
    rm -rf w
    cp -a "$from" w
    broken locked 1 "$@"
    [ $? = 2 ] || wrong "$name on a read-only disk"
    has err "Read-only file system"
    files w >got
    files "$from" >wanted
    same wanted got
}

# The announcement has its secret from the system; from there on everything is fixed.
expect 0 sunlot new s
cp -a s with_secret
expect 0 sunlot announce s
mkdir with_secret/private
chmod 700 with_secret/private
cp -a s/private/master with_secret/private
cp -a s announced
expect 0 sunlot entropy s --source 1 --digits "$DIGITS"
cp -a s thrown
expect 0 sunlot draw s
cp -a s drawn
expect 0 sunlot export s
each announce with_secret announced announce w
each entropy announced thrown entropy w --source 1 --digits "$DIGITS"
each draw thrown drawn draw w
each export drawn s export w

# Without a secret yet: once it is on the disk it is kept; no log is there without it.
at=1
while :; do
    rm -rf w
    sunlot new w >/dev/null
    broken kill $at announce w
    [ $? = 137 ] || break
    rm -f secret
    [ ! -e w/private/master ] || cp w/private/master secret
    [ ! -e w/public/draw.log ] || [ -e secret ] || wrong "a log without secret after call $at"
    expect 0 sunlot announce w
    [ ! -e secret ] || same secret w/private/master
    expect 0 verify w/public/draw.log --key w/public/log.vkey --until seed-base
    at=$((at + 1))
done
[ $at -gt 10 ] || wrong "only $at calls were seen"

# A read-only disk: check and verify do not mind, the others say so and leave nothing.
rm -rf w
sunlot new w >/dev/null
broken locked 1 check w || wrong "check needs to write"
for line in "announce w" "rehearse w --seed $SEED" "rehearse w --seed $SEED --log x.log" "new v"; do
    # shellcheck disable=SC2086
    broken locked 1 $line
    [ $? = 2 ] || wrong "$line on a read-only disk"
    has err "Read-only file system"
done
gone w/private
gone w/public
gone x.log
gone v
broken full 2 rehearse w --seed "$SEED" --log x.log
[ $? = 2 ] || wrong "rehearse on a full disk"
has err "No space left"
gone x.log
gone .x.log.tmp
finish
