# sunlot publish: a folder that any web server can serve.  Nothing of a name, id or salt in any byte of it, whatever names there are; the same bytes every time;
# nothing else in it; no page but the announced one; at every moment an index whose links lead somewhere.
. tests/cli/common.sh
. "$HERE/parties.sh"
. "$HERE/crash.sh"

SECOND=2718-2818-2845-9045-2353-6028-7471-3526-6249-775
printf '<!DOCTYPE html>\n<title>verify</title>\n' >page.html
printf '<!DOCTYPE html>\n<title>another</title>\n' >other.html
PAGE=$(sha256sum <page.html | cut -d ' ' -f 1)
OTHER=$(sha256sum <other.html | cut -d ' ' -f 1)

# links DIR: what the index links to is there
links() {
    grep -oE 'href="[^"#]*"' "$1/public/index.html" | sed 's/^href="//; s/"$//' | sort -u >links
    while read -r link; do [ -s "$1/public/$link" ] || wrong "the index names $link, which is not there"; done <links
}

# publishable DIR: sums that sha256sum finds right, of every file, sorted; links that lead somewhere; no secret; open to a web server; again the same bytes
publishable() {
    (cd "$1/public" && sha256sum --quiet --strict -c SHA256SUMS) || wrong "$1: SHA256SUMS"
    (cd "$1/public" && find . -type f ! -name SHA256SUMS | sed 's|^\./||' | sort) >files
    cut -c 67- "$1/public/SHA256SUMS" >summed
    same files summed
    [ -z "$(find "$1/public" -type l -o -name '.?*' -o ! -type d ! -type f)" ] || wrong "$1: $(find "$1/public" -type l -o -name '.?*')"
    [ -z "$(find "$1/public" ! -perm -444)" ] || wrong "$1: not for everybody: $(find "$1/public" ! -perm -444)"
    [ -z "$(find "$1/public" -type d ! -perm -555)" ] || wrong "$1: not for everybody: $(find "$1/public" -type d ! -perm -555)"
    links "$1"
    has links draw.log SHA256SUMS verify.html
    secrets_of "$1" | sort -u >secrets
    hidden "$1/public"
    ! grep -rhE '^(student|late),' "$1/public" | grep -q . || [ ! -e "$1/private/draw.log.minisig" ] || wrong "$1: a student's line"
    tree "$1" >before
    expect 0 sunlot publish "$1" --page page.html
    ! grep written out || wrong "$1: written again"
    tree "$1" >after
    same before after
}

# ids DIR: ids of which none stands anywhere by chance
ids() {
    for file in students teachers; do
        awk -F, -v OFS=, -v of="$2" '!/^#/ && seen++ { $of = "Zq" $of "xQz" } { print }' "$1/$file.csv" >new.csv
        mv new.csv "$1/$file.csv"
    done
}

# ---- through a ceremony of parties, with hostile names, rows public and not ----------------------------------------------------------------

# whole DIR ROWS
whole() {
    rm -rf keys # which remember what they have signed
    parties "$1" keys
    ids "$1" 1
    sed -i "s/^rows,,,public,/rows,,,$2,/" "$1/rules.csv"
    printf '%s,\n' "draw,,page,$PAGE" 'draw,,late,2026-09-10' 'quorum,,after,two' >>"$1/rules.csv"
    # A district, a school, a word about deleting, a class that would like to be markup.
    sed -i 's|^draw,,school,.*|draw,,school,"Ex <b onclick=x>& ""School""</b>",|; s|^draw,,retention,.*||' "$1/rules.csv"
    echo 'draw,,retention,"</p><script>alert(1)</script><img src=x onerror=y>",' >>"$1/rules.csv"
    # And names: markup, quotes, other scripts, something that looks like a pseudonym's beginning, one in capitals.
    sed -i 's/Student 01/"Qx<script>alert(""Wei"")<\/script>"/; s/Student 02/"O\x27Zzyx, ""Bobby"" \& Co"/; s/Student 03/示范·阿卜杜拉/; s/Student 04/𠮷田示例/; s/Student 05/s0123-Qq/; s/Student 06/ZZ TOP-Muster/' "$1/students.csv"
    expect 0 sunlot announce "$1"
    has out "sunlot publish $1"
    expect 0 sunlot publish "$1" --page page.html
    has out "written: $1/public/index.html" "$PAGE, as announced"
    publishable "$1"
    has "$1/public/index.html" "there is no fingerprint yet" "还没有指纹" "$PAGE"
    for name in parent-1 parent-2; do expect 0 sunlot commit "$1" --party $name --key keys/$name.key; done
    expect 0 sunlot missing "$1" --party parent-3
    for name in parent-1 parent-2; do expect 0 sunlot reveal "$1" --party $name --key keys/$name.key; done
    expect 0 sunlot status "$1"
    has out "sunlot slips $1" "sunlot publish $1"
    sign "$1" keys notary parent-1 parent-2
    expect 0 sunlot publish "$1" --page page.html
    publishable "$1"
    has "$1/public/index.html" "No digit has been entered yet" "$(sed -n 's/^checkpoint,seed-base,[0-9]*,h\(....\)\(....\).*/\1 \2/p' "$1/public/draw.log")"
    lacks "$1/public/index.html" "report.html"
    enter "$1"
    expect 0 sunlot publish "$1" --page page.html
    publishable "$1"
    has "$1/public/index.html" "$DIGITS" "The results are not here yet"
    sign "$1" keys notary parent-1
    expect 0 sunlot draw "$1"
    has out "sunlot report $1" "sunlot publish $1"
    sign "$1" keys notary parent-1 parent-2
    expect 0 sunlot receipts "$1"
    tree "$1/private" >before
    expect 0 sunlot publish "$1" --page page.html
    # The note files that it adds change no receipt.
    expect 0 sunlot receipts "$1"
    tree "$1/private" >after
    same before after
    publishable "$1"
    has "$1/public/index.html" "The draw is done" "抽签已经完成" "placement.csv"
    for note in list commits seed-base digits results; do
        [ "$note" = commits ] || has "$1/public/index.html" "$note.note"
        [ ! -e "$1/public/$note.note" ] || expect 0 verify "$1/public/draw.log" --key "$1/public/log.vkey" --since "$1/public/$note.note" --note "$1/public/results.note"
    done
    # Acts and a supplement.
    expect 0 sunlot strike "$1" --date 2026-09-01 --student "$(sed -n 2p "$1/private/people.csv" | cut -d, -f 1)" --reason twice --authority bureau
    sign "$1" keys notary
    printf 'id,name\nZq9001xQz,Late Zzyxson\n' >late.csv
    expect 0 sunlot late "$1" --file late.csv --date 2026-09-10
    sign "$1" keys notary parent-1 parent-2
    expect 0 sunlot publish "$1" --page page.html
    publishable "$1"
    has secrets "Late Zzyxson" Zq9001xQz
    has "$1/public/index.html" "is not complete" "something was entered"
    expect 0 sunlot entropy "$1" --source 1 --digits $SECOND --again $SECOND
    sign "$1" keys notary
    expect 0 sunlot draw "$1"
    expect 0 sunlot set-aside "$1" --date 2026-09-11 --authority "A <i>court</i>" --reference "7/26"
    sign "$1" keys notary
    expect 0 sunlot publish "$1" --page page.html
    has out "written: $1/public/placement.csv" "written: $1/public/index.html"
    publishable "$1"
    has "$1/public/index.html" "SET ASIDE" "已撤销" "A &lt;i&gt;court" "$SECOND"
    # Nothing that people wrote is markup.
    for file in "$1"/public/*.html; do
        [ "${file##*/}" = verify.html ] || ! grep -oE '.{0,20}<(b o|script|img|i>).{0,20}' "$file" >markup || wrong "$file: $(head -2 markup)"
    done
    has "$1/public/index.html" "&lt;script&gt;alert(1)"
}
whole s public
[ "$(grep -c '^student,' s/public/draw.log)" = 24 ] || wrong "rows are not public"
whole t auditors
has t/public/index.html "public edition"
gone t/public/odds.csv

# Made anew from the log, the secret and the signatures that were collected it is the same bytes; only those of earlier lengths are lost.  Closed files are opened.
tree s | grep -v -e minisig/ -e SHA256SUMS -e index.html >before
find s/public -mindepth 1 ! -name draw.log ! -name '*.note' -delete
umask 077
expect 0 sunlot publish s --page page.html
umask 022
tree s | grep -v -e minisig/ -e SHA256SUMS -e index.html >after
same before after
publishable s

# ---- a school of 1,245 students, rows for auditors; 79 schools of 6,325, rows public ----------------------------------------------------------------------

for draw in school star; do
    cp -r "$TOP/vectors/examples/$draw" $draw
    if [ $draw = school ]; then
        ids $draw 1
        sed -i 's/,\(T[0-9]*\)$/,Zq\1xQz/' $draw/students.csv # whom these are kept from
        sed -i 's/^公示,,,公开;/公示,,,审计;/' $draw/rules.csv
    else
        ids $draw 2
    fi
    ceremony $draw
    expect 0 sunlot publish $draw --page page.html
    publishable $draw
    [ "$(wc -l <secrets)" -gt 3700 ] || wrong "$draw: only $(wc -l <secrets) secrets are looked for"
    has $draw/public/index.html report.html placement.csv
    cut -d, -f 5 $draw/private/people.csv | sort -u | tail -1 >>$draw/public/placement.csv
    hidden $draw/public >said
    [ $FAILED -gt 0 ] && FAILED=$((FAILED - 1)) || wrong "$draw: a name is not found"
    rm -rf $draw
done

# ---- nothing else --------------------------------------------------------------------------------------------------------------------------

rm -rf s
expect 0 sunlot new s
ids s 1
ceremony s
expect 0 sunlot publish s --page page.html
publishable s
name=$(sed -n 2p s/private/people.csv | cut -d, -f 5)
has secrets "$name"

# That the search finds a name: wherever it is put, in capitals too.
for file in draw.log index.html minisig/draw.51.log.minisig; do
    cp -a s w
    echo "x$(echo "$name" | tr a-z A-Z)x" >>"w/public/$file"
    was=$FAILED
    hidden w/public >said
    [ "$FAILED" = $((was + 1)) ] || wrong "a name in $file is not found"
    FAILED=$was
    rm -rf w
done

# A name in any of the files: it is written again without, or the folder is refused.
(cd s/public && find . -type f | sed 's|^\./||' | sort) >all
while read -r file; do
    cp -a s w
    echo "$name" >>"w/public/$file"
    sunlot publish w --page page.html >out 2>err
    status=$?
    if [ $status = 0 ]; then
        has out "$file"
        tree s >before
        tree w >after
        same before after
    else
        [ $status = 1 ] || wrong "a name in $file: status $status"
        has err "$file"
    fi
    rm -rf w
done <all
[ "$(wc -l <all)" -gt 15 ] || wrong "only $(wc -l <all) files"

# Files and links that are none of it are named and left; what a crash left is removed.
cp -a s w
cp w/private/placement.csv w/public/classes.csv 2>/dev/null || cp w/private/people.csv w/public/classes.csv
touch w/public/minisig/names.txt "w/public/a
b" w/public/draw.1.log.minisig w/public/after-1.note w/public/.names.tmp w/public/.DS_Store
ln -s ../private/people.csv w/public/people.csv
mkdir w/public/photos
tree w >before
expect 1 sunlot publish w --page page.html
has err w/public/classes.csv w/public/minisig/names.txt 'public/a\' w/public/draw.1.log.minisig w/public/after-1.note w/public/.names.tmp w/public/.DS_Store \
    "people.csv: a link" "w/public/photos: no file" "not fit to be published"
tree w >after
same before after
rm -r w/public/classes.csv w/public/minisig/names.txt w/public/a* w/public/draw.1.log.minisig w/public/.names.tmp w/public/.DS_Store w/public/people.csv w/public/photos
touch w/public/.draw.log.tmp w/public/minisig/.draw.51.log.minisig.tmp
expect 0 sunlot publish w --page page.html
has out "removed: w/public/.draw.log.tmp" "removed: w/public/minisig/.draw.51.log.minisig.tmp"
publishable w
rm w/public/draw.log
ln -s ../private/draw.log w/public/draw.log
expect 1 sunlot publish w --page page.html
has err "w/public/draw.log: a link"
rm -rf w

# Written in one language, then in the other: nobody edited the lists.
expect 0 sunlot publish s --page page.html --lang zh
has s/public/placement.csv "代号"
expect 0 sunlot publish s --page page.html --lang en
has s/public/placement.csv "pseudonym"
publishable s

# ---- the page ------------------------------------------------------------------------------------------------------------------------------

expect 0 sunlot publish s --page other.html
has out "written: s/public/verify.html" "$OTHER; the log does not name it"
same s/public/verify.html other.html
has s/public/index.html "$OTHER"
expect 2 sunlot publish s --page nowhere.html
has err "there is no nowhere.html"
expect 1 sunlot publish s --page s/private/people.csv
has err "is no web page"
mkdir -p alone/web
cp "$BUILD/sunlot" alone
ln -s "$BUILD/locale" alone
expect 1 alone/sunlot publish s
has err "nothing says which page it should be"
rm s/public/verify.html
expect 0 alone/sunlot publish s
has out "There is no verify page here"
lacks s/public/index.html verify.html
cp page.html alone/web/verify.html
expect 0 alone/sunlot publish s
has out "written: s/public/verify.html"
publishable s
mkdir -p moved/bin moved/share/sunlot
mv alone/sunlot alone/locale moved/bin
cp other.html moved/share/sunlot/verify.html
expect 0 moved/bin/sunlot publish s
same s/public/verify.html other.html

# An announced one: no other, and none is refused.
expect 1 sunlot publish t --page other.html
has err "is not the verify page that the log announces" "$PAGE" "$OTHER"
same t/public/verify.html page.html
expect 0 moved/bin/sunlot publish t # the announced one lies there, the program has another
same t/public/verify.html page.html
rm -r moved/share
expect 0 moved/bin/sunlot publish t
cp other.html t/public/verify.html
expect 1 moved/bin/sunlot publish t
has err "$PAGE" "$OTHER"
rm t/public/verify.html
expect 1 moved/bin/sunlot publish t
has err "the log announces a verify page, and there is none here" "$PAGE"
expect 0 sunlot publish t --page page.html
publishable t

# ---- withdrawn, not announced, a rehearsal ---------------------------------------------------------------------------------------------------

expect 0 sunlot new w
expect 2 sunlot publish w --page page.html
has err "sunlot announce w"
gone w/public
expect 0 sunlot announce w
expect 0 sunlot withdraw w --date 2026-08-21 --reason "wrong list"
has out "sunlot publish w"
expect 0 sunlot publish w --page page.html --lang zh
has w/public/index.html "Withdrawn" "已撤回" '<html lang="zh-CN">'
publishable_zh() { (cd w/public && sha256sum --quiet --strict -c SHA256SUMS) || wrong "w: SHA256SUMS"; }
publishable_zh
expect 0 sunlot new r
expect 0 sunlot rehearse r --seed $SEED --made-up --log r.log
expect 0 sunlot announce r
cp r.log r/public/draw.log
expect 1 sunlot publish r --page page.html
has err "is a rehearsal"

# ---- broken off anywhere, an index never names what is not there ------------------------------------------------------------------------------

rm -rf s published drawn
expect 0 sunlot new s
expect 0 sunlot announce s
expect 0 sunlot publish s --page page.html
expect 0 sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
expect 0 sunlot draw s
cp -a s drawn
expect 0 sunlot publish s --page page.html
ways=mixed
old_or_new() { [ ! -e w/public/index.html ] || links w; } # asked by each after every break
each publish drawn s publish w --page page.html
finish
