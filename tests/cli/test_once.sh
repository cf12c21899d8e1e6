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
expect 0 sunlot entropy d --source 1 --digits $digits
expect 0 sunlot draw d
cp d/public/draw.log drawn.log
same drawn.log d/private/draw.log
cp announced.log d/public/draw.log
expect 1 sunlot entropy d --source 1 --digits $others
same announced.log d/public/draw.log
same drawn.log d/private/draw.log
expect 0 sunlot entropy d --source 1 --digits $digits
expect 0 sunlot draw d
same drawn.log d/public/draw.log

# Lost after the draw: the announcement comes back, and with it everything else.
rm d/public/draw.log
expect 0 sunlot announce d
same announced.log d/public/draw.log
expect 0 sunlot entropy d --source 1 --digits $digits
expect 0 sunlot draw d
same drawn.log d/public/draw.log

finish
