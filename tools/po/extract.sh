#!/bin/sh
# Write the catalogue's template, po/sunlot.pot, to standard output: the sentences of the tools, and what the library says of input files
# and logs.  The library marks nothing: all its texts of more than one word are taken.
#
#     tools/po/extract.sh > sunlot.pot && msgmerge --update tools/po/zh_CN.po sunlot.pot
#     tools/po/extract.sh --page          only what the verify page shows: its own texts, and what the library says of logs
#
# What is not used any more goes by `msgattrib --no-obsolete` of what msgmerge writes.
set -eu
cd "$(dirname "$0")/../.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM

xgettext --from-code=UTF-8 --no-location -k_ -kN_ -o "$folder/tools.pot" $(find tools -name '*.c' | sort)
# The page's scripts: T('...').
"${PYTHON:-python3}" tools/web/texts.py >"$folder/page.js"
cat $(find tools/web -name '*.js' | sort) >>"$folder/page.js"
xgettext --from-code=UTF-8 --no-location -L JavaScript -kT -o "$folder/page.pot" --force-po "$folder/page.js" 2>"$folder/warnings"

library="src/roster/*.c src/log/*.c src/draw/*.c"
[ "${1:-}" != --page ] || library="src/roster/school.c src/log/*.c src/draw/*.c"
# shellcheck disable=SC2086
xgettext --from-code=UTF-8 --no-location -a -o "$folder/all.pot" $library 2>"$folder/warnings"
# Not sentences: labels of digests hold a slash, formats a percent sign, rows a comma without a space after it; lists of words; names of keys.
msggrep -K -E -e '[a-z] [A-Za-z0-9]' -o "$folder/some.pot" "$folder/all.pot"
msggrep -v -K -E -e '[/%]|,[^ 0-9]' \
    -e '^(one array|district year|students teachers|balance mean|yes no|[0-9])' -e 'trusted comment|Ed25519' -e '^(minisign key|minisign id|log key)$' \
    -o "$folder/library.pot" "$folder/some.pot"
[ "${1:-}" != --page ] || cp "$folder/page.pot" "$folder/tools.pot"
msgcat --no-location --sort-output --use-first "$folder/tools.pot" "$folder/page.pot" "$folder/library.pot" |
    sed 's/^"POT-Creation-Date: .*/"POT-Creation-Date: 2026-01-01 00:00+0000\\n"/'
