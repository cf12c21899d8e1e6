# Two sources, one with six-sided dice: digits are drafts until all are there.
. tests/cli/common.sh

expect 0 sunlot new s
sed 's/^source,,1,d10 39;/source,,1,d10 20;/' s/rules.csv >rules
sed '/^source,,1/a source,,2,d6 30; one throw a parent; thrown again; drawn from numbered cards,' rules >s/rules.csv
expect 0 sunlot announce s
has out "Source 1: 20 throws, digits 0 to 9" "Source 2: 30 throws, digits 1 to 6"
cp s/public/draw.log announced.log

ten=0123-4567-8901-2345-6789
six=1234-5612-3456-1234-5612-3456-1234-56
expect 0 sunlot entropy s --source 2 --digits 6666-6666-6666-6666-6666-6666-6666-66 --again 6666-6666-6666-6666-6666-6666-6666-66
has out "kept as a draft" "still to come: 1"
same announced.log s/public/draw.log
expect 0 sunlot entropy s --source 2 --digits $six --again $six
has out "kept as a draft"
expect 0 sunlot entropy s --source 2 --digits $six --again $six
has out "nothing changes"
expect 1 sunlot entropy s --source 2 --digits 0${six#?} --again 0${six#?}
has err "character 1 is “0”, expected a digit from 1 to 6"
expect 1 sunlot draw s
same announced.log s/public/draw.log
expect 0 sunlot entropy s --source 1 --digits $ten --again $ten
has out "source 1: $ten" "source 2: $six"
has s/public/draw.log "entropy,1,$ten" "entropy,2,$six"
gone s/private/source-1.draft
gone s/private/source-2.draft
expect 0 sunlot entropy s --source 2 --digits $six --again $six
has out "sealed already"
expect 1 sunlot entropy s --source 2 --digits 2${six#?} --again 2${six#?}
has err "sealed as $six"
expect 0 sunlot draw s
expect 0 verify s/public/draw.log --key s/public/log.vkey

# A draft is of the announcement it was typed for: another one begins without.
expect 0 sunlot new o
cp s/rules.csv o/rules.csv
expect 0 sunlot announce o
expect 0 sunlot entropy o --source 1 --digits $ten --again $ten
rm o/public/draw.log o/private/draw.log
sed '/^source,,1/i tries,,,65,' s/rules.csv >o/rules.csv
expect 0 sunlot announce o
expect 0 sunlot entropy o --source 2 --digits $six --again $six
has out "kept as a draft" "still to come: 1"
lacks o/public/draw.log "entropy,"
expect 0 sunlot entropy o --source 1 --digits 9${ten#?} --again 9${ten#?}
has o/public/draw.log "entropy,1,9${ten#?}" "entropy,2,$six"

# A lottery and a drand round come after the dice.
chain=h52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971
round=$(printf '%096d' 7)
expect 0 sunlot new p
sed '/^source,,1/a source,,2,lottery 5; the state lottery 2026095; not possible; the next issue,' s/rules.csv | grep -v '^source,,2,d6' |
    sed "/^source,,2/a source,,3,drand 4711; $chain; not possible; the next round," | sed 's/^source,,1,d10 20;/source,,1,d10 39;/' >p/rules.csv
expect 0 sunlot announce p
has out "Source 2: 5 numbers of the lottery the state lottery 2026095" "Source 3: round 4711 of the drand chain $chain"
expect 1 sunlot entropy p --source 2 --digits 05-12-23-31 --again 05-12-23-31
has err "source 2: wrong from character" "i2026095-05-12"
expect 1 sunlot entropy p --source 2 --digits i2026096-05-12-23-31-44 --again i2026096-05-12-23-31-44
expect 0 sunlot entropy p --source 2 --digits 05-12-23-31-44 --again i2026095-05-12-23-31-44
has out "i2026095-05-12-23-31-44 is kept as a draft"
expect 1 sunlot entropy p --source 3 --digits r4712-g$round --again r4712-g$round
has err "r4711-g and 96 digits"
expect 1 sunlot entropy p --source 3 --digits $round --again 1${round#?}
has err "the two differ"
expect 0 sunlot entropy p --source 3 --digits $round --again r4711-g$round

# At a terminal what is not given is asked for, and asked for again.
if command -v "${PYTHON:-python3}" >/dev/null; then
    typed() { "${PYTHON:-python3}" "$HERE/type.py" "$BUILD/sunlot" "$@"; }
    expect 1 typed entropy p --source 1 -- "$DIGITS" "${DIGITS%?}8"
    has out "what fell: " "the same once more, read by somebody else: " "first at digit 39: “9”, then “8”"
    gone p/private/source-1.draft
    expect 0 typed entropy p --source 1 --digits "$DIGITS" -- "$DIGITS"
else
    expect 0 sunlot entropy p --source 1 --digits "$DIGITS" --again "$DIGITS"
fi
has p/public/draw.log "entropy,2,i2026095-05-12-23-31-44" "entropy,3,r4711-g$round"
expect 0 sunlot draw p
expect 0 verify p/public/draw.log --key p/public/log.vkey

# Too little chance is refused before anything is written.
expect 0 sunlot new t
sed 's/^source,,1,d10 39;/source,,1,d10 38;/' s/rules.csv | sed '/^source,,2/d' >rules
sed 's/d10 20;/d10 38;/' rules >t/rules.csv
expect 1 sunlot check t
has out "rules.csv:"
expect 1 sunlot announce t
gone t/private
gone t/public
finish
