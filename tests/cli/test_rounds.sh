# Two rounds on two days, with slots drawn by hand beforehand: a ceremony and a rehearsal.
. tests/cli/common.sh

SECOND=2718-2818-2845-9045-2353-6028-7471-3526-6249-775

# digits DIR DIGITS: of the one source, as two people type them
digits() { expect 0 sunlot entropy "$1" --source 1 --digits "$2" --again "$2"; }

mkdir s
cat >s/rules.csv <<'END'
rule,who,column,value,school
draw,,district,Exampleshire,
draw,,year,2026,
draw,,grade,grade 1,
draw,,rounds,2,
source,,1,d10 39; one person a throw; throw again; other dice,
balance,students,sex,,
rows,,,public; Example Office; Example Act,
recuse,students,parent,,
hand,,teams,3 1 2,North
手抽,,班号,2  3 1,North
END
sed -i 's/grade 1/grade-1/' s/rules.csv
cat >s/classes.csv <<'END'
school,class,seats
North,1,
North,2,
North,3,
West,A,
West,B,
END
{
    echo 'school,id,name,sex,parent'
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "North,n$i,Student N$i,$([ $((i % 2)) = 0 ] && echo f || echo m),$([ $i = 5 ] && echo t2)"; done
    for i in 1 2 3 4; do echo "West,w$i,Student W$i,$([ $((i % 2)) = 0 ] && echo f || echo m),"; done
} >s/students.csv
cat >s/teachers.csv <<'END'
school,id,name,subject,classes,homeroom,team
North,t1,Teacher One,maths,1,yes,a
North,t2,Teacher Two,maths,1,yes,b
North,t3,Teacher Three,maths,1,yes,c
END

# Formed teams are needed.
cp -r s t
sed -i 's/,[abc]$/,/' t/teachers.csv
expect 1 sunlot announce t
cp -r s t2
sed -i 's/3 1 2,North/3 1 1,North/' t2/rules.csv
expect 1 sunlot announce t2
has err "rules.csv:10:4" "1 to as many as there are, each once"
expect 1 sunlot announce t2 --lang zh
has err "手抽"

expect 0 sunlot announce s
has s/public/draw.log "fact,rounds,2" "hand,numbers,2 3 1" "hand,teams,3 1 2"
digits s $DIGITS
expect 0 sunlot draw s
has s/public/draw.log "checkpoint,groups,"
lacks s/public/draw.log "section,"
expect 1 sunlot export s
expect 0 verify s/public/draw.log --key s/public/log.vkey --until groups
expect 1 verify s/public/draw.log --key s/public/log.vkey
has out "Answer: incomplete"
expect 1 sunlot draw s
digits s $SECOND
expect 0 sunlot draw s
has s/public/draw.log "checkpoint,digits-2," "matched,2," "section,1,T" "checkpoint,results,"
[ "$(grep -c '^matched,' s/public/draw.log)" = 1 ] || wrong "a match of a school without teachers"
expect 0 verify s/public/draw.log --key s/public/log.vkey
has out "Answer: valid" "$DIGITS" "$SECOND"
expect 0 sunlot export s
[ "$(wc -l <s/private/sections.csv)" = 4 ] || wrong "sections.csv"
# The student is not taught by the parent.
tr -d '\r' <s/private/placement.csv | grep ',n5,' | cut -d, -f 4 >class
! tr -d '\r' <s/private/sections.csv | grep "^North,$(cat class)," | grep -q "Teacher Two" || wrong "taught by a parent"

# A rehearsal has both rounds, from one seed, and the same sections as in one round.
expect 0 sunlot rehearse s --made-up --seed $SEED --log two.log
expect 0 verify two.log --rehearsal
[ "$(grep -c '^entropy,rehearsal,' two.log)" = 2 ] || wrong "a rehearsal of two rounds has two records of entropy"
cp -r s one
rm -r one/private one/public
sed -i '/rounds/d' one/rules.csv
expect 0 sunlot rehearse one --made-up --seed $SEED --log one.log
grep '^section,' two.log >two.sections
grep '^section,' one.log >one.sections
same one.sections two.sections
grep '^seat,' two.log >two.seats
grep '^seat,' one.log >one.seats
same one.seats two.seats
expect 0 sunlot evidence one --draws 200 --seed $SEED --mix 2 -o evidence
expect 0 sunlot evidence s --draws 200 --seed $SEED --mix 2 -o evidence2
finish
