# Totals and standard deviations: what check, a rehearsal and sunlot-verify say of them, and the faults of their rows.
. tests/cli/common.sh

cp -r "$TOP/vectors/draws/totals" t # too short a walk for a live draw, so check refuses in the end
expect 1 sunlot check t --trials 20
has out "students: standard deviation 数学: gap 2, of 23 students with a score" "students: standard deviation 数学;英语;语文: gap 3" \
    "students: mean 数学;英语;语文: gap 2" "teachers: standard deviation years: gap 4, of 9 sections with a value"
expect 1 sunlot check t --trials 20 --lang zh
has out "学生：数学 标准差：班级之差不超过 2，有成绩的学生 23 名"

log=t/draw.log
expect 0 verify "$log" --rehearsal
has out "students, mean of 数学;英语;语文: within 2 asked" "teachers, standard deviation of years: within 4 asked;"
line=$(grep '^deviation,students,数学,' "$log")
least=$(echo "$line" | cut -d, -f5)
most=$(echo "$line" | cut -d, -f6)
has out "students, standard deviation of 数学: within 2 asked; $least to $most reached"
expect 0 verify "$log" --rehearsal --lang zh
has out "学生，数学 的标准差：要求各班相差不超过 2；各班实际为 $least 至 $most"
expect 0 verify "$log" --rehearsal --json
has out "{\"rule\":\"deviation\",\"who\":\"students\",\"column\":\"数学\",\"gap\":\"2\",\"least\":\"$least\",\"most\":\"$most\"}"
awk -f "$TOP/tests/balance.awk" "$log" >table
has table "students 数学, deviations differ by" "students 数学;英语;语文, means differ by"
expect 0 sunlot rehearse t --seed "$(cat t/seed)" --made-up --log again.log
cmp again.log "$log" || wrong "the rehearsal is another"

# Rows that are no total, and a header that none can name.
refused() {
    rm -rf u
    cp -r "$TOP/vectors/draws/totals" u
    echo "$1" >>u/rules.csv
    expect 1 sunlot check u
    shift
    has out "$@"
}
refused 'mean,students,数学;几何,1' "rules.csv:" "no column of this name" "几何"
refused 'mean,students,数学;数学,1' "Columns joined by ; are a total" "数学;数学"
refused 'balance,students,sex;id,' "Columns joined by ; are a total" "sex;id"
refused 'deviation,students,英语；语文；数学,4' "contradicts an earlier one"
rm -rf u
cp -r "$TOP/vectors/draws/totals" u
sed -i '1s/sex/sex;more/' u/students.csv
sed -i 's/^balance,students,sex/balance,students,sex;more/' u/rules.csv
expect 1 sunlot check u --lang zh
has out "这一列的表头里有分号" "sex;more"
finish
