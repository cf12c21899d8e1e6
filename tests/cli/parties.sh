# A school with a notary and three parents who add contributions, 2 of whom must sign: what the tests of parties share.  Sourced after common.sh.

TIME=2026-08-30T09:30:00+08:00

# parties DIR KEYS: a new folder whose rules declare the parties, and their keys in another one
parties() {
    expect 0 sunlot new "$1"
    mkdir -p "$2"
    for name in notary parent-1 parent-2 parent-3; do
        [ -e "$2/$name.key" ] || expect 0 sunlot key new "$2/$name" --no-password
    done
    {
        sunlot key show "$2/notary.pub" --role notary
        for name in parent-1 parent-2 parent-3; do sunlot key show "$2/$name.pub" --role "parents' representative" --sealed; done
        echo 'group,,parents,2; parent-1; parent-2; parent-3,'
        echo 'group,,ceremony,all; host; notary; parents,'
        echo 'group,,two,2; host; notary; parents,'
        echo 'quorum,,seed-base,ceremony,'
        echo 'quorum,,digits,two,'
    } >>"$1/rules.csv"
}

# sign DIR KEYS NAME...: each of them signs the last checkpoint in the folder
sign() {
    folder=$1 keys=$2
    shift 2
    for name in "$@"; do expect 0 sunlot sign "$folder" --party "$name" --key "$keys/$name.key" --time "$TIME"; done
}

# enter DIR: the digits
enter() { expect 0 sunlot entropy "$1" --source 1 --digits "$DIGITS" --again "$DIGITS"; }
