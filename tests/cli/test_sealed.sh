# Parties in rules.csv: a rehearsal has them in its log, all sealed ones missing, the host's signatures alone; mistakes are named in both languages.
. tests/cli/common.sh

KEY_1=RWQBAQEBAQEBAddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea
KEY_2=RWQCAgICAgICAj1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM

expect 0 sunlot new s
cp s/rules.csv rules.csv
expect 0 sunlot rehearse s --seed $SEED --made-up --log alone.log
grep -q '^party,host,host,.*,host,-$' alone.log || wrong "the host"
grep -c '^quorum,' alone.log | grep -qx 3 || wrong "three quorums"
lacks alone.log "checkpoint,list"

cat >>s/rules.csv <<EOF
party,,notary,Notary; $KEY_1; own; sealed,
party,,parents,Parents' council; $KEY_2; own,
group,,outside,any; notary; parents,
quorum,,digits,outside,
EOF
expect 0 sunlot check s
expect 0 sunlot rehearse s --seed $SEED --made-up --log many.log
expect 0 verify many.log --rehearsal
has out "rehearsal" "seed-base signed by: host" "of the signatures of the seed base 0 of 1 do not depend on the host" "contributions left out, as announced: notary"
expect 0 verify many.log --rehearsal --json
has out '"id":"notary","role":"Notary"' '"own":true,"sealed":true,"committed":false,"revealed":false,"missing":true' \
    '"name":"digits"' '"signed_by":["host"]' '"independent":0,"open":false,"withdrawn":false'
grep -v '^signature\|^party,[hnp]' many.log | sed -n '/^quorum/p; /^group/p; /^missing/p; /^checkpoint/s/,[0-9]*,h.*//p' >found
cat >wanted <<EOF
group,outside,1,notary;parents
quorum,seed-base,all
quorum,digits,outside
quorum,after,all
checkpoint,list
missing,notary
checkpoint,commits
checkpoint,seed-base
checkpoint,digits
checkpoint,results
EOF
same found wanted
grep -c '^signature,' many.log | grep -qx 5 || wrong "the host's five signatures"
# Who signs changes no result: the rows of the seats are the same.
grep '^seat,' alone.log >alone.seats
grep '^seat,' many.log >many.seats
same alone.seats many.seats
for phase in list commits seed-base digits groups results; do
    expect 1 verify many.log --until $phase
    has out "rehearsal"
done
expect 2 verify many.log --until dice

sed -i 's/^quorum,,digits,.*/quorum,,digits,all,/' s/rules.csv
expect 1 sunlot check s
has out "could stop the draw by itself"
expect 1 sunlot check s --lang zh
has out "能单独阻止抽签" "notary"
cp rules.csv s/rules.csv
echo "party,,notary,Notary; $KEY_1; own," >>s/rules.csv
expect 1 sunlot check s --lang zh
has out "法定,,数字"
finish
