# Secrets: closed files whatever the umask, no links followed, none of them in what others see, and no dump of memory.
. tests/cli/common.sh
. "$HERE/parties.sh"

SECOND=2718-2818-2845-9045-2353-6028-7471-3526-6249-775

# closed DIR: nothing private is open to others
closed() {
    found=$(find "$1" "$1"/private \( -path "$1/public" -prune \) -o \( -path "$1/private*" -o -path "$1/keys/*" ! -name '*.pub' \) -perm /077 -print | sort -u)
    [ -z "$found" ] || wrong "open to others: $found"
    mode 700 "$1/private"
}

# whole DIR ROWS: from the announcement to a supplement, all that is printed in the file printed
whole() {
    rm -rf keys secrets printed
    parties "$1" "$1/keys"
    mv "$1/keys" keys
    ln -s "$SCRATCH/keys" "$1/keys"
    sed -i "s/^rows,,,public,/rows,,,$2,/" "$1/rules.csv"
    printf '%s,\n' 'draw,,late,2026-09-10' 'quorum,,after,two' >>"$1/rules.csv"
    printf 'id,name\n90001,Late Person\n' >late.csv
    {
        sunlot check "$1"
        sunlot announce "$1"
        for name in parent-1 parent-2; do sunlot commit "$1" --party $name --key keys/$name.key; done
        sunlot missing "$1" --party parent-3
    } >>printed 2>&1
    cat keys/*.sealed >sealed # until they are opened
    cp sealed secrets
    hidden printed "$1/public"
    {
        for name in parent-1 parent-2; do sunlot reveal "$1" --party $name --key keys/$name.key; done
        for name in notary parent-1 parent-2; do sunlot sign "$1" --party $name --key keys/$name.key --time "$TIME"; done
        sunlot audit "$1" --list "$1/students.csv"
        sunlot receipts "$1"
        sunlot slips "$1"
        sunlot entropy "$1" --source 1 --digits $DIGITS --again $DIGITS
        for name in notary parent-1; do sunlot sign "$1" --party $name --key keys/$name.key --time "$TIME"; done
        sunlot draw "$1"
        for name in notary parent-1 parent-2; do sunlot sign "$1" --party $name --key keys/$name.key --time "$TIME"; done
        sunlot strike "$1" --date 2026-09-01 --student "$(sed -n 2p "$1/private/people.csv" | cut -d, -f 1)" --reason twice --authority bureau
        sunlot sign "$1" --party notary --key keys/notary.key --time "$TIME"
        sunlot late "$1" --file late.csv --date 2026-09-10
        for name in notary parent-1 parent-2; do sunlot sign "$1" --party $name --key keys/$name.key --time "$TIME"; done
        sunlot entropy "$1" --source 1 --digits $SECOND --again $SECOND
        sunlot sign "$1" --party notary --key keys/notary.key --time "$TIME"
        sunlot draw "$1"
        sunlot export "$1"
        sunlot receipts "$1"
        sunlot report "$1"
        sunlot status "$1"
        verify "$1/public/draw.log" --key "$1/public/log.vkey"
        verify "$1/public/draw.log" --key "$1/public/log.vkey" --json
    } >>printed 2>&1
    grep -q '^late-seat,' "$1/public/draw.log" || { wrong "the ceremony of $1 did not come to its end"; tail -5 printed; }
    {
        secrets_of "$1"
        tail -q -n 1 keys/*.key
        echo ,90001,
    } >secrets
    has secrets "Late Person"
    [ "$(wc -l <secrets)" -gt 60 ] || wrong "only $(wc -l <secrets) secrets are looked for"
    hidden printed "$1/public"
    there "$1/public/report.html"
    there "$1/private/class-lists.html"
    [ -n "$(find keys -name '*.signed')" ] || wrong "no key remembers what it signed"
    rm "$1/keys"
    mv keys "$1/keys"
    closed "$1"
    mv "$1/keys" keys
}
umask 000
whole s public
[ -n "$(find s/public -perm /022)" ] && wrong "public files that anybody may write: $(find s/public -perm /022)"
umask 077
whole t auditors
umask 022

# A link in the place of a secret is neither read nor written through.
cp s/private/master theirs
chmod 644 theirs
mv s/private/master master
ln -s ../../theirs s/private/master
expect 2 sunlot draw s
has err "s/private/master is a symbolic link, and a secret is not read through one"
rm s/private/master
mv master s/private/master
expect 0 sunlot new r
mkdir r/private
echo precious >precious
ln -s ../../precious r/private/people.csv
ln -s ../../precious r/private/draw.log
expect 1 sunlot announce r # of another log
rm r/private/draw.log
: >r/private/nothing
ln -s nothing r/private/draw.log
expect 0 sunlot announce r
[ "$(cat precious)" = precious ] || wrong "written through a link"
for file in people.csv draw.log master; do
    [ ! -L "r/private/$file" ] || wrong "$file is still a link"
    mode 600 "r/private/$file"
done
mv r/private/people.csv theirs
ln -s ../../theirs r/private/people.csv # to the very bytes
expect 0 sunlot announce r
[ ! -L r/private/people.csv ] || wrong "people.csv is a link"
mode 600 r/private/people.csv
chmod 755 r/private
ln -s nowhere r/private/.source-1.draft.tmp
expect 0 sunlot entropy r --source 1 --digits $DIGITS --again $DIGITS
gone r/private/nowhere
mode 700 r/private

# While it waits for a password: no dump, and nobody else's look at its memory, not even the same user's.
if [ -r /proc/self/limits ]; then
    mkfifo password
    as=
    user=$(id -u)
    if [ "$user" = 0 ] && command -v setpriv >/dev/null; then
        chmod 711 .
        mkdir open
        chmod 777 open
        cp "$BUILD/sunlot" open
        as="setpriv --reuid=65534 --regid=65534 --clear-groups"
        user=65534
    else
        mkdir open
        ln -s "$BUILD/sunlot" open
    fi
    $as open/sunlot key new open/k <password >out 2>err &
    pid=$!
    exec 3>password
    # Started when it reads from the pipe; the shell is not yet it.
    until grep -q '^Max core file size *0 *0 ' "/proc/$pid/limits" || ! kill -0 $pid 2>/dev/null; do sleep 0.05; done
    grep -q '^Max core file size *0 *0 ' "/proc/$pid/limits" || wrong "core dumps are allowed"
    [ "$user" = 0 ] || [ "$(stat -c %u "/proc/$pid/environ")" = 0 ] || wrong "others may look at its memory"
    echo secret-password >&3
    exec 3>&-
    wait $pid || wrong "key new: $(cat err)"
    ! grep -q secret-password out err open/k.key open/k.pub || wrong "the password stands there"
    mode 600 open/k.key
fi
finish
