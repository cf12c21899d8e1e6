# The lines of `make bench-speed` as a Markdown table, phases of a placement only for the school example:
#     make -s bench-speed | awk -f tests/bench/table.awk
BEGIN { FS = ","; print "| figure | value | unit | yardstick | ratio | goal |\n|---|---:|---|---|---:|---|" }
NF != 6 || $1 == "figure" { next }
$4 == "the placement" && $1 !~ /^school/ { next }
{ printf "| %s | %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, $5, $6 }
