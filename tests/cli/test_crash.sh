# Every call that changes files is broken off once, in every step: the log is as before or as after, and the step run again gives the
# same bytes as if nothing had happened.
. tests/cli/common.sh
. "$HERE/crash.sh"

# steps ROWS: every step of a draw whose rows are for these.  The announcement has its secret from the system; from there on everything is fixed.
steps() {
    rm -rf s with_secret announced thrown drawn
    expect 0 sunlot new s
    sed -i "s/^rows,,,public,/rows,,,$1,/" s/rules.csv
    cp -a s with_secret
    expect 0 sunlot announce s
    mkdir with_secret/private
    chmod 700 with_secret/private
    cp -a s/private/master with_secret/private
    cp -a s announced
    expect 0 sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
    cp -a s thrown
    expect 0 sunlot draw s
    cp -a s drawn
    expect 0 sunlot export s
    # An announcement tries the rules out, which takes its time; receipts are many files.  Those in half the ways.
    ways=mixed
    each "announce, $1" with_secret announced announce w
    [ "$1" = auditors ] || ways="kill full"
    each "entropy, $1" announced thrown entropy w --source 1 --digits "$DIGITS" --again "$DIGITS"
    each "draw, $1" thrown drawn draw w
    each "export, $1" drawn s export w
    ways=mixed
    rm -rf handed_out
    cp -a s handed_out
    expect 0 sunlot receipts handed_out
    each "receipts, $1" s handed_out receipts w
    rm -rf reported
    cp -a s reported
    expect 0 sunlot report reported
    each "report, $1" s reported report w
}
steps public
log=private/draw.log
steps auditors
same s/private/draw.log drawn/private/draw.log
has s/public/draw.log "leaf,h"

# Without a secret yet: once it is on the disk it is kept; no log is there without it.  Some calls after that it is as above.
at=1 kept=0
while [ $kept -lt 12 ]; do
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
    [ ! -e secret ] || kept=$((kept + 1))
    at=$((at + 1))
done
[ $at -gt 14 ] || wrong "only $at calls were seen"

# A read-only disk: check and verify do not mind, the others say so and leave nothing.
rm -rf w
sunlot new w >/dev/null
broken locked 1 check w || wrong "check needs to write"
for line in "announce w" "rehearse w --seed $SEED" "rehearse w --seed $SEED --made-up --log x.log" "new v"; do
    # shellcheck disable=SC2086
    broken locked 1 $line
    [ $? = 2 ] || wrong "$line on a read-only disk"
    has err "Read-only file system"
done
gone w/private
gone w/public
gone x.log
gone v
broken full 2 rehearse w --seed "$SEED" --made-up --log x.log
[ $? = 2 ] || wrong "rehearse on a full disk"
has err "No space left"
gone x.log
gone .x.log.tmp
finish
