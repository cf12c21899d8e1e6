#!/bin/sh
# One draw from one folder: a log that is lost or put back leads neither to another announcement nor to other digits.
. "$(dirname "$0")/common.sh"

digits=3141-5926-5358-9793-2384-6264-3383-2795-0288-419
others=9141-5926-5358-9793-2384-6264-3383-2795-0288-419

expect 0 sunlot new d
expect 0 sunlot announce d
cp d/public/draw.log announced.log
same d/public/draw.log d/private/draw.log
mode 600 d/private/draw.log

# The log is lost and a rule is changed: no second announcement; the copy stands and is named.
rm d/public/draw.log
cp d/rules.csv rules.csv
echo 'mix,,,3001,' >>d/rules.csv
expect 1 sunlot announce d
has err "d/private/draw.log"
gone d/public/draw.log
same announced.log d/private/draw.log

# With the rules as they were it is the same announcement.
cp rules.csv d/rules.csv
expect 0 sunlot announce d
same announced.log d/public/draw.log

# Drawn, and put back to before the digits: other digits are refused, the same ones go on to the same bytes.
expect 0 sunlot entropy d --source 1 --digits $digits --again $digits
expect 0 sunlot draw d
cp d/public/draw.log drawn.log
same drawn.log d/private/draw.log
cp announced.log d/public/draw.log
expect 1 sunlot entropy d --source 1 --digits $others --again $others
same announced.log d/public/draw.log
same drawn.log d/private/draw.log
expect 0 sunlot entropy d --source 1 --digits $digits --again $digits
expect 0 sunlot draw d
same drawn.log d/public/draw.log

# Lost after the draw: the announcement comes back, and with it everything else.
rm d/public/draw.log
expect 0 sunlot announce d
same announced.log d/public/draw.log
expect 0 sunlot entropy d --source 1 --digits $digits --again $digits
expect 0 sunlot draw d
same drawn.log d/public/draw.log

# Put back to before an act: another one is refused, the same one gives the same bytes.
first=$(sed -n 2p d/private/people.csv | cut -d, -f 1)
second=$(sed -n 3p d/private/people.csv | cut -d, -f 1)
strike() { expect "$1" sunlot strike d --date 2026-09-01 --student "$2" --reason twice --authority bureau; }
strike 0 "$first"
cp d/public/draw.log struck.log
cp d/public/draw.log.minisig struck.minisig
cp drawn.log d/public/draw.log
strike 1 "$second"
has err "d/private/draw.log"
same drawn.log d/public/draw.log
same struck.log d/private/draw.log
strike 0 "$first"
same struck.log d/public/draw.log
same struck.minisig d/public/draw.log.minisig

# What a step was broken off over is written by whatever is run next.
rm d/public/minisig/draw.*.log.minisig d/public/draw.log.minisig
expect 0 sunlot receipts d
same struck.minisig d/public/draw.log.minisig
same struck.minisig "d/public/minisig/draw.$(wc -l <struck.log).log.minisig"

finish
