#!/bin/sh
# Pack the release: tools/dist.sh VERSION
#
# The same files give the same bytes: names sorted, the time of the commit (or $SOURCE_DATE_EPOCH), no owner, no name in gzip's
# header.  Then unpack it elsewhere, pack again from there, compare, and run inside what shows
# that nothing is missing: the test programs, the vectors, the demo.
set -eu
LC_ALL=C
export LC_ALL
name=sunlot-$1
build=${BUILD:-build}

# Tracked files; in an unpacked release, all files but what was built.
list() {
    if git rev-parse --git-dir >/dev/null 2>&1; then git ls-files -z; else find . -type f ! -path './build/*' ! -path '*/__pycache__/*' -printf '%P\0'; fi | sort -z
}

# pack FILE.gz
pack() {
    list >"$scratch/list"
    tar --create --file="$scratch/tar" --format=ustar --sort=name --no-recursion --transform="s,^,$name/," \
        --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' --null --files-from="$scratch/list"
    gzip -n -9 <"$scratch/tar" >"$1"
}

if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 315532800)
fi
export SOURCE_DATE_EPOCH

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ "${2:-}" = --pack ]; then
    pack "$3"
    exit
fi

[ "$(list | tr -cd '\0' | wc -c)" -gt 0 ] || { echo "dist: git tracks no file" >&2; exit 1; }
mkdir -p "$build"
tarball=$build/$name.tar.gz
pack "$tarball"

inside=$scratch/inside
mkdir "$inside"
tar -xzf "$tarball" -C "$inside"
(cd "$inside/$name" && GIT_CEILING_DIRECTORIES="$inside" BUILD=build sh tools/dist.sh "$1" --pack "$inside/again.tar.gz")
cmp "$tarball" "$inside/again.tar.gz"
echo "packed again from inside: the same bytes"
(
    cd "$inside/$name"
    unset BUILD MAKEFLAGS MFLAGS MAKELEVEL
    make="${MAKE:-make} --no-print-directory"
    $make -j"$(nproc)" LEFT_OUT='test_place_walk test_place' check-unit && $make demo
) >"$inside/check.log" 2>&1 || {
    tail -n 60 "$inside/check.log"
    echo "dist: the tests fail inside the tarball" >&2
    exit 1
}
echo "inside: $(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$inside/check.log" | tail -n 1)"
(cd "$build" && sha256sum "$name.tar.gz")
