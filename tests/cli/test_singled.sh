# What could single out a child is said before anything is announced, and in every headline.
. tests/cli/common.sh

expect 0 sunlot new s
sed -i 's/^# apart/apart/; s/^rows,,,public,/rows,,,auditors,/' s/rules.csv
# The first student is kept apart from six others, each by a token of its own; the eighth has a value that nobody else has.
grep -v '^#' s/students.csv | awk -F, 'NR == 1 { print $0 ",conflict"; next }
    NR == 2 { print $0 ",c3;c4;c5;c6;c7;c8"; next }
    NR <= 8 { print $0 ",c" NR; next }
    NR == 9 { print $1 "," $2 ",other," $4 ","; next }
    { print $0 "," }' >new
mv new s/students.csv
expect 0 sunlot check s
has out "shared with fewer than 5 others: 24" "without limits (apart, spread, cap: one kind of token, which says no reason): " "without “sex”: " \
    "values that fewer than 5 students have, and that the published figures name: 1" "“other” in “sex”: 1" \
    "kept apart from as many others as there are classes, or more: 1; one of them from 6" \
    "fewer than 5 students of a school have 1; students kept apart from as many others as there are classes 1" "This can be announced."
expect 0 sunlot check s --lang zh
has out "如果没有限制" "须分开的同学达到或超过班数的学生：1 名" "“other”（列“sex”）：1"
expect 0 sunlot announce s
has out "fewer than 5 students of a school have 1; students kept apart from as many others as there are classes 1"
expect 0 verify s/private/draw.log --key s/public/log.vkey --until seed-base
has out "students kept apart from as many others as there are classes 1"
expect 0 verify s/private/draw.log --key s/public/log.vkey --until seed-base --json
has out '"values_that_few_have":1' '"kept_apart_from_as_many_as_classes":1'
# Who has the public edition is not told.
expect 0 verify s/public/draw.log --key s/public/log.vkey --until seed-base
lacks out "kept apart"
# Publishing these rows needs authority and ground.
sed -i 's/^rows,,,auditors,/rows,,,public,/' s/rules.csv
expect 1 sunlot check s
has out "write rows auditors"
finish
