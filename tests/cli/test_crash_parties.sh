# What parties do, broken off at every call: what a key signed is remembered before the signature is anywhere, a contribution is on the disk before the
# commitment is, and each step run again gives the same bytes as if nothing had happened.
. tests/cli/common.sh
. "$HERE/crash.sh"
. "$HERE/parties.sh"

# The keys are in the folder, so that what lies beside them is compared too.
parties s s/keys
expect 0 sunlot announce s
for name in parent-1 parent-2; do
    expect 0 sunlot commit --log s/public/draw.log --party $name --key s/keys/$name.key -o s/$name.commit
done
cp -a s announced
expect 0 sunlot commit s --add s/parent-1.commit
cp -a s one
expect 0 sunlot missing s --party parent-3
cp -a s two
expect 0 sunlot commit s --party parent-2 --key s/keys/parent-2.key
cp -a s committed
expect 0 sunlot reveal s --party parent-1 --key s/keys/parent-1.key
cp -a s half
expect 0 sunlot reveal s --party parent-2 --key s/keys/parent-2.key
cp -a s base
expect 0 sunlot sign s --party notary --key s/keys/notary.key --time "$TIME"
cp -a s signed
sign s s/keys parent-1 parent-2
cp -a s ready
enter s
cp -a s thrown
sign s s/keys notary
cp -a s sealed
expect 0 sunlot draw s
each commit announced one commit w --add w/parent-1.commit
each missing one two missing w --party parent-3
each commit two committed commit w --party parent-2 --key w/keys/parent-2.key
each reveal committed half reveal w --party parent-1 --key w/keys/parent-1.key
each reveal half base reveal w --party parent-2 --key w/keys/parent-2.key
each sign base signed sign w --party notary --key w/keys/notary.key --time "$TIME"
each entropy ready thrown entropy w --source 1 --digits "$DIGITS" --again "$DIGITS"
other=4${DIGITS#?}
cp -a thrown corrected
expect 0 sunlot entropy corrected --source 1 --digits "$other" --again "$other" --correct
each correct thrown corrected entropy w --source 1 --digits "$other" --again "$other" --correct
each draw sealed s draw w
cp -a ready withdrawn
expect 0 sunlot withdraw withdrawn --date 2026-08-30 --reason "a child is missing"
each withdraw ready withdrawn withdraw w --date 2026-08-30 --reason "a child is missing"

# No signature without memory of it; no commitment without the bytes that open it.
at=1
while :; do
    rm -rf w
    cp -a base w
    broken kill $at sign w --party parent-1 --key w/keys/parent-1.key --time "$TIME"
    [ $? = 137 ] || break
    ! grep -q /parent-1 w/public/seed-base.note 2>/dev/null || [ -e w/keys/parent-1.key.signed ] || wrong "signed after call $at, and not remembered"
    at=$((at + 1))
done
[ $at -gt 5 ] || wrong "sign: only $at calls were seen"
at=1
while :; do
    rm -rf w
    cp -a announced w
    rm -f w/keys/*.sealed
    broken kill $at commit w --party parent-1 --key w/keys/parent-1.key
    [ $? = 137 ] || break
    [ ! -e w/private/commit-parent-1.draft ] || [ -e w/keys/parent-1.key.*.sealed ] || wrong "committed after call $at, and nothing to open it with"
    rm -f before
    [ ! -e w/keys/parent-1.key.*.sealed ] || cp w/keys/parent-1.key.*.sealed before
    expect 0 sunlot commit w --party parent-1 --key w/keys/parent-1.key
    [ ! -e before ] || same before w/keys/parent-1.key.*.sealed
    at=$((at + 1))
done
[ $at -gt 5 ] || wrong "commit: only $at calls were seen"

# A key is whole or not there.
at=1
while :; do
    rm -f k.key k.pub
    broken kill $at key new k --no-password
    [ $? = 137 ] || break
    [ ! -e k.key ] || expect 0 sunlot key show k.key
    [ ! -e k.pub ] || [ -e k.key ] || wrong "a public key without its secret one"
    at=$((at + 1))
done
[ $at -gt 5 ] || wrong "key new: only $at calls were seen"
finish
