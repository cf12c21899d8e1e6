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
expect 0 sunlot entropy s --source 2 --digits 6666-6666-6666-6666-6666-6666-6666-66
has out "kept as a draft" "still to come: 1"
same announced.log s/public/draw.log
expect 0 sunlot entropy s --source 2 --digits $six
has out "kept as a draft"
expect 0 sunlot entropy s --source 2 --digits $six
has out "nothing changes"
expect 1 sunlot entropy s --source 2 --digits 0${six#?}
has err "character 1 is “0”, expected a digit from 1 to 6"
expect 1 sunlot draw s
same announced.log s/public/draw.log
expect 0 sunlot entropy s --source 1 --digits $ten
has out "source 1: $ten" "source 2: $six"
has s/public/draw.log "entropy,1,$ten" "entropy,2,$six"
gone s/private/source-1.draft
gone s/private/source-2.draft
expect 0 sunlot entropy s --source 2 --digits $six
has out "sealed already"
expect 1 sunlot entropy s --source 2 --digits 2${six#?}
has err "sealed as $six"
expect 0 sunlot draw s
expect 0 verify s/public/draw.log --key s/public/log.vkey

# A draft is of the announcement it was typed for: another one begins without.
expect 0 sunlot new o
cp s/rules.csv o/rules.csv
expect 0 sunlot announce o
expect 0 sunlot entropy o --source 1 --digits $ten
rm o/public/draw.log o/private/draw.log
sed '/^source,,1/i tries,,,65,' s/rules.csv >o/rules.csv
expect 0 sunlot announce o
expect 0 sunlot entropy o --source 2 --digits $six
has out "kept as a draft" "still to come: 1"
lacks o/public/draw.log "entropy,"
expect 0 sunlot entropy o --source 1 --digits 9${ten#?}
has o/public/draw.log "entropy,1,9${ten#?}" "entropy,2,$six"

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
