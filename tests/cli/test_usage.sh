# Command lines: help, versions, mistakes, and an output that cannot be written.
. tests/cli/common.sh

expect 0 sunlot --version
has out "sunlot 0."
expect 0 verify --version
has out "sunlot-verify 0."
expect 0 sunlot --help
has out "sunlot announce DIR" "Exit status"
expect 0 verify --help
has out "--fingerprint HEX"
for command in new check announce entropy draw export rehearse evidence sample key sign commit reveal missing status withdraw; do
    expect 0 sunlot $command --help
    has out "Usage: sunlot $command"
    expect 2 sunlot $command
    has err "try “sunlot $command --help”"
    expect 2 sunlot $command --nonsense
    has err "--nonsense" "try “sunlot $command --help”"
    expect 2 sunlot $command -x
    expect 2 sunlot $command --lang
    expect 2 sunlot $command --lang fr a
    has err "en, zh"
    if [ $command != sample ] && [ $command != key ]; then
        expect 2 sunlot $command a b
        has err "“b”"
        expect 2 sunlot $command a --help=x
    fi
done
gone a
expect 2 sunlot
has err "Usage: sunlot"
expect 2 sunlot nonsense
has err "nonsense" "try “sunlot --help”"
expect 2 sunlot --nonsense
expect 2 sunlot --lang
expect 2 sunlot --lang fr check a
expect 0 sunlot --lang=en --help
expect 2 verify
expect 2 verify --nonsense log
expect 2 verify a b
expect 2 verify --key k --fingerprint "$SEED" log

# Folders and files that are not there, or are something else.
for command in check announce draw export; do
    expect 2 sunlot $command missing
done
expect 2 sunlot entropy missing --source 1 --digits 1
expect 2 sunlot rehearse missing --seed "$SEED"
gone missing
: >file
expect 2 sunlot check file
expect 2 sunlot announce file
expect 2 sunlot new file
expect 2 verify missing
expect 2 verify .

# Values of options.
expect 0 sunlot new school
for jobs in 0 257 x -1 01 1.5 ''; do
    expect 2 sunlot check school --jobs "$jobs"
    has err "--jobs"
    expect 2 verify file --jobs "$jobs"
done
expect 2 sunlot check school --jobs 1 --jobs 1
has err "twice"
for seed in 0 "${SEED}0" "${SEED%?}g" "${SEED%?} "; do
    expect 2 sunlot rehearse school --seed "$seed"
    has err "64 hexadecimal digits"
done
expect 2 sunlot check school --trials 101
expect 2 sunlot rehearse school
expect 2 sunlot entropy school --source 1
expect 2 sunlot entropy school --digits 1
expect 2 verify file --fingerprint 123
expect 2 verify file --until never
expect 2 verify file --key missing
expect 2 verify file --key file

# A report that cannot be written is a failure, whatever else was done.
for line in "--version" "--help" "check school" "rehearse school --seed $SEED" "announce school" \
    "entropy school --source 1 --digits $DIGITS --again $DIGITS" "draw school" "export school"; do
    # shellcheck disable=SC2086
    "$BUILD/sunlot" $line >/dev/full 2>err
    [ $? = 2 ] || wrong "sunlot $line >/dev/full was not status 2"
    has err "standard output"
done
for line in "school/public/draw.log --key school/public/log.vkey" "school/public/draw.log --json" "--help"; do
    # shellcheck disable=SC2086
    "$BUILD/sunlot-verify" $line >/dev/full 2>err
    [ $? = 2 ] || wrong "sunlot-verify $line >/dev/full was not status 2"
done
expect 0 verify school/public/draw.log --key school/public/log.vkey
finish
