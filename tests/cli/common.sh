# What the command-line tests share.  Sourced, from the top folder; each test works in a scratch folder of its own.
set -u

TOP=$(pwd)
BUILD=$(cd "${BUILD:-build}" && pwd) || exit 1
HERE=$TOP/tests/cli
unset LANGUAGE LC_MESSAGES LANG
LC_ALL=C.UTF-8
export LC_ALL

SCRATCH=$(mktemp -d) || exit 1
trap 'chmod -R u+rwX "$SCRATCH"; rm -rf "$SCRATCH"' EXIT
trap 'exit 1' HUP INT TERM
cd "$SCRATCH" || exit 1

FAILED=0
DIGITS=3141-5926-5358-9793-2384-6264-3383-2795-0288-419
SEED=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff

sunlot() { ${RUN:-} "$BUILD/sunlot" "$@"; }
verify() { ${RUN:-} "$BUILD/sunlot-verify" "$@"; }

wrong() {
    echo "  wrong: $*"
    FAILED=$((FAILED + 1))
}

# expect STATUS COMMAND...: run it, its output in the files out and err
expect() {
    expected=$1
    shift
    "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
    status=$?
    if [ $status != "$expected" ]; then
        wrong "$* gave status $status, not $expected"
        sed 's/^/    out: /' "$SCRATCH/out" | head -5
        sed 's/^/    err: /' "$SCRATCH/err" | head -5
    fi
}

# has FILE TEXT..., lacks FILE TEXT: the text stands in the file, or not
has() {
    file=$1
    shift
    for text in "$@"; do
        grep -qF -e "$text" "$file" || { wrong "$file lacks “$text”"; head -3 "$file" | sed 's/^/    /'; }
    done
}
lacks() { ! grep -qF -e "$2" "$1" || wrong "$1 has “$2”"; }

# same A B: the same bytes
same() { cmp -s "$1" "$2" || wrong "$1 and $2 differ"; }
there() { [ -e "$1" ] || wrong "$1 is not there"; }
gone() { [ ! -e "$1" ] || wrong "$1 is there"; }
mode() { [ "$(stat -c %a "$2")" = "$1" ] || wrong "$2 has the mode $(stat -c %a "$2"), not $1"; }

# tree DIR: names, modes and contents of everything below
tree() { (cd "$1" && find . ! -type d -exec stat -c '%n %a' {} + | sort && find . -type f -exec cksum {} + | sort -k 3); }

# ceremony DIR: from input files to results
ceremony() {
    expect 0 sunlot announce "$1"
    expect 0 sunlot entropy "$1" --source 1 --digits "$DIGITS" --again "$DIGITS"
    expect 0 sunlot draw "$1"
}

# secrets_of DIR: what nobody may find in what others see, a line each: the secret of the draw, salts, names and ids of all people; where rows are for
# auditors, of each student's line the commitment and what follows it: tokens and values.  Ids that are short or numbers stand in many a digest: not those.
secrets_of() {
    cat "$1/private/master"
    base64 -w 0 <"$1/private/master"
    echo
    cat "$1"/private/people*.csv | grep -v '^pseudonym,' >"$SCRATCH/people"
    cut -d, -f 2 "$SCRATCH/people" | sed 's/^h//'
    cut -d, -f 4 "$SCRATCH/people" | grep '[A-Za-z]' | grep '.....'
    cut -d, -f 5- "$SCRATCH/people" | sed 's/^"\(.*\)"$/\1/; s/""/"/g'
    [ ! -e "$1/private/draw.log.minisig" ] || {
        sed -nE 's/^(student|late),(.*,)?h([0-9a-f]{64}),.*$/\3/p' "$1/private/draw.log"
        sed -nE 's/^student,[^,]*,h[0-9a-f]{64}(,.{6,})$/\1/p' "$1/private/draw.log"
    }
}

# hidden WHERE...: in none of these files stands a line of the file `secrets`, in capitals or not
hidden() {
    LC_ALL=C grep -raioFf "$SCRATCH/secrets" "$@" >"$SCRATCH/found"
    [ $? = 1 ] || wrong "not hidden: $(head -3 "$SCRATCH/found" | tr '\n' ' ')"
}

finish() {
    [ $FAILED = 0 ] || { echo "  $FAILED wrong"; exit 1; }
    exit 0
}
