# A student locked to a class beforehand: counted in every headline, shown wherever the result is.
. tests/cli/common.sh

expect 0 sunlot new s
printf 'fix,students,105,2; order; Example Court,\nfix,students,106,"3; family; Example Office, ""x""",\n' >>s/rules.csv
expect 0 sunlot check s
has out "locked 2" "locked beforehand 2"
ceremony s
expect 0 sunlot announce s
has out "Students 24, of them locked beforehand 2"
expect 0 sunlot export s
head -1 s/private/placement.csv >private
head -1 s/public/placement.csv >public
has private "school,id,name,class,group,lock"
has public "pseudonym,school,class,starting place,group,lock"
for file in s/private/placement.csv s/public/placement.csv; do
    [ "$(grep -c ',order' "$file")" = 1 ] || wrong "$file: not one lock"
    [ "$(grep -c ',family' "$file")" = 1 ] || wrong "$file: not one lock of the other kind"
    [ "$(tr -d '\r' <"$file" | grep -c ',G[1-3],$')" = 22 ] || wrong "$file: not 22 without a lock"
done
locked=$(sed -n 's/^\(s[0-9a-f]*\),.*,order.*/\1/p' s/public/placement.csv)
free=$(tr -d '\r' <s/public/placement.csv | sed -n 's/^\(s[0-9a-f]*\),.*,G1,$/\1/p' | head -1)
expect 0 verify s/public/draw.log --key s/public/log.vkey --student "$locked"
has out "locked beforehand 2" "LOCKED beforehand to a class, not drawn: order" "class 2 "
expect 0 verify s/public/draw.log --key s/public/log.vkey --student "$locked" --json
has out '"lock_reason":"order"' '"locked":2'
expect 0 verify s/public/draw.log --key s/public/log.vkey --student "$free"
lacks out "LOCKED"
expect 0 verify s/public/draw.log --key s/public/log.vkey --student "$free" --json
has out '"lock_reason":null'

has s/public/draw.log ',3,family,"Example Office, ""x"""'

# No words of one's own about a child.
cp -r s v
rm -r v/private v/public
sed -i 's/2; order; Example Court/2; a limb in plaster; Example Court/' v/rules.csv
expect 1 sunlot check v
has out "one of a few codes" "order family room other" "a limb in plaster"
expect 1 sunlot check v --lang zh
has out "只能是规定代码之一" "命令 亲属 教室 其他"

# Before the results too.
expect 0 sunlot new t --lang zh
echo '锁定,学生,105,2; 命令; 示例区,' >>t/rules.csv
expect 0 sunlot announce t --lang zh
has out "学生 24 名，其中事先锁定 1 名"
locked=$(sed -n 's/^lock,\(s[0-9a-f]*\),.*/\1/p' t/public/draw.log)
expect 0 verify t/public/draw.log --key t/public/log.vkey --until seed-base --student "$locked"
has out "LOCKED beforehand to a class, not drawn: order" "not placed yet"
finish
