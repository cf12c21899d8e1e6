# The manual pages: their macros are right, they name every command and option, and what their EXAMPLES say can be done as it stands there.
. tests/cli/common.sh

MAN=$TOP/tools/man

# examples PAGE: the commands of its EXAMPLES
examples() {
    sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$1" | sed -n '/^\.Bd/,/^\.Ed/p' | sed -e '/^\.[BE]d/d' -e 's/\\e/\\/g'
}

# A finished draw, and what else the pages take for granted.
mkdir bin work
for program in sunlot sunlot-verify; do
    printf '#!/bin/sh\nexec %s "%s" "$@"\n' "${RUN:-}" "$BUILD/$program" >bin/$program
    chmod +x bin/$program
done
expect 0 sunlot new s
expect 0 sunlot key new other --no-password
{
    sunlot key show other.pub --role notary
    printf '%s,\n' quorum,,seed-base,host quorum,,digits,host
} >>s/rules.csv
expect 0 sunlot announce s
cp s/public/draw.log work/copy-of-the-notary.log
expect 0 sunlot sign s --party other --key other.key --time 2026-08-30T09:00:00+08:00
cp s/public/seed-base.note work
expect 0 sunlot entropy s --source 1 --digits "$DIGITS" --again "$DIGITS"
expect 0 sunlot draw s
expect 0 sunlot receipts s
cp s/public/draw.log s/public/log.vkey s/public/draw.policy work
cp "$(find s/private/receipts -name '*.receipt' | sort | head -1)" work/my-child.receipt
sed -n 's/^checkpoint,seed-base,[0-9]*,h//p' s/public/draw.log >work/fingerprint-from-the-newspaper.txt

for page in sunlot.1 sunlot-verify.1 sunlot-log.5; do
    if command -v groff >/dev/null 2>&1; then
        groff -mandoc -Kutf8 -Tutf8 -ww "$MAN/$page" >shown 2>warnings
        [ ! -s warnings ] || { wrong "$page: groff warns"; head -5 warnings; }
    fi
    examples "$MAN/$page" >script
    [ "$(wc -l <script)" -ge 2 ] || wrong "$page has no examples"
    # A real evidence of ten thousand draws takes minutes; a student's number is made up.
    student=$(grep -m1 '^student,' work/draw.log | cut -d, -f2)
    sed -e 's/--draws 10000/--draws 20/' -e "s/s0123456789abcdef0123456789abcdef/$student/" script >script.sh
    (cd work && PATH=$SCRATCH/bin:$PATH sh -e ../script.sh) >out 2>err || { wrong "$page: an example fails"; tail -5 err; }
done

for command in $(sunlot --help | sed -n 's/^  sunlot \([a-z-]*\) .*/\1/p' | sort -u); do
    grep -q "^\.It Cm $command" "$MAN/sunlot.1" || wrong "sunlot.1 does not explain $command"
    for option in $(sunlot "$command" --help | sed -n 's/^ *\(-o, \)*--\([a-z-]*\).*/\2/p' | sort -u); do
        grep -q -- "-$option\b" "$MAN/sunlot.1" || wrong "sunlot.1 does not have --$option of $command"
    done
done
for option in $(verify --help | sed -n 's/^ *--\([a-z-]*\).*/\1/p' | sort -u); do
    grep -q -- "-$option" "$MAN/sunlot-verify.1" || wrong "sunlot-verify.1 does not explain --$option"
done
for word in valid unpinned rehearsal by-hand incomplete set-aside parse order roster commitment entropy quorum signature split mismatch rule proof; do
    grep -qE "^\.It Cm (.* , )?$word\b" "$MAN/sunlot-verify.1" || wrong "sunlot-verify.1 does not explain the answer $word"
done
# The opening, the list, what happens: every type of record that a log can hold.
for type in $(sed -n '/^## 5/,/^## 7/p' "$TOP/vectors/SPEC.md" | grep -oE '\*\*`[a-z-]+,' | tr -d '*`,' | sort -u); do
    grep -qE "^\.It Cm (.* , )?$type\b" "$MAN/sunlot-log.5" || wrong "sunlot-log.5 does not explain the record $type"
done
# What the pages for people say can be typed: the commands and options are there.
for page in tools/CEREMONY.md tools/CEREMONY.zh.md tools/PUBLISH.md tools/PUBLISH.zh.md README.md README.zh.md; do
    { grep -oE '`sunlot(-verify)? [^`]*`' "$TOP/$page" | tr -d '`'; sed -n -E 's/^ {4}(\$ )?(sunlot(-verify)? .*)/\2/p' "$TOP/$page"; } >commands
    [ -s commands ] || wrong "$page has no commands"
    while read -r program command rest; do
        if [ "$program" = sunlot ]; then help="sunlot $command --help"; else help="verify --help"; fi
        $help >help 2>&1 || wrong "$page: there is no $program $command"
        for option in $(echo "$command $rest" | grep -oE -e '--[a-z][a-z-]*'); do
            grep -qE -e "$option\b" help || wrong "$page: $program $command has no $option"
        done
    done <commands
done
finish
