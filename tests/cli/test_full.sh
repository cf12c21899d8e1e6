# A disk that is full, at every size: the step is refused, the log is as before or as after, and with room the same bytes come.  A file system of
# its own where the test may mount one; everywhere a limit to the size of files, at which writes fail after a part was written.
. tests/cli/common.sh
. "$HERE/parties.sh"

# limited N COMMAND...: no file grows beyond N blocks of 512 bytes.  The status in $status, what was printed in err.
limited() {
    { (
        trap '' XFSZ
        ulimit -f "$1"
        shift
        "$@" 2>&1
    ); echo "status $?"; } | cat >err
    status=$(sed -n 's/^status //p' err)
}

# filled N COMMAND...: on a file system that has N pages left
filled() {
    head -c $((8192 * 1024)) /dev/zero >filler 2>/dev/null
    truncate -s $(($(stat -c %s filler) - 4096 * $1)) filler
    shift
    "$@" >"$SCRATCH/err" 2>&1
    status=$?
    rm filler
}

# step HOW STEP FROM TO ARGUMENT...: from folder FROM to folder TO, with more and more room until it is enough
step() {
    how=$1 name=$2 from=$SCRATCH/$3 to=$SCRATCH/$4
    shift 4
    room=0
    while :; do
        rm -rf w
        cp -a "$from" w
        $how $room sunlot "$@"
        [ "$status" != 0 ] || break
        [ "$status" = 2 ] || wrong "$name $how $room: status $status"
        grep -qE 'No space left on device|File too large' "$SCRATCH/err" || wrong "$name $how $room: $(cat "$SCRATCH/err")"
        cmp -s w/public/draw.log "$from/public/draw.log" || cmp -s w/public/draw.log "$to/public/draw.log" || [ ! -e w/public/draw.log ] ||
            wrong "$name $how $room: the log is neither old nor new"
        [ -e w/public/draw.log ] || [ ! -e "$from/public/draw.log" ] || wrong "$name $how $room: the log is lost"
        expect 0 sunlot "$@"
        tree w | grep -v /lock >"$SCRATCH/got"
        tree "$to" | grep -v /lock >"$SCRATCH/wanted"
        same "$SCRATCH/got" "$SCRATCH/wanted"
        [ $FAILED = 0 ] || finish
        room=$((room + 1))
        [ $room -lt 100 ] || { wrong "$name $how never ends"; finish; }
    done
    [ $room -gt 0 ] || wrong "$name $how: there was room enough"
}

steps() {
    step "$1" announce with_secret announced announce w
    step "$1" sign announced signed sign w --party notary --key w/notary.key --time "$TIME"
    step "$1" entropy signed thrown entropy w --source 1 --digits $DIGITS --again $DIGITS
    step "$1" draw thrown drawn draw w
    step "$1" export drawn exported export w
    step "$1" receipts exported handed receipts w
    step "$1" report exported reported report w
}

expect 0 sunlot new s
expect 0 sunlot key new s/notary --no-password
sunlot key show s/notary.pub --role notary | grep ^party >>s/rules.csv
printf '%s,\n' 'quorum,,seed-base,all' 'quorum,,digits,host' >>s/rules.csv
cp -a s with_secret
expect 0 sunlot announce s
mkdir -m 700 with_secret/private
cp -a s/private/master with_secret/private
cp -a s announced
expect 0 sunlot sign s --party notary --key s/notary.key --time "$TIME"
cp -a s signed
enter s
cp -a s thrown
expect 0 sunlot draw s
cp -a s drawn
expect 0 sunlot export s
cp -a s exported
cp -a s reported
expect 0 sunlot report reported
expect 0 sunlot receipts s
mv s handed
steps limited
mkdir disk
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=4m none disk 2>/dev/null; then
    trap 'cd "$SCRATCH"; umount disk; chmod -R u+rwX "$SCRATCH"; rm -rf "$SCRATCH"' EXIT
    cd disk || exit 1
    steps filled
fi
finish
