#!/bin/sh
# Install what a target of the Makefile needs and this machine has not, from the distribution.
#
#     tools/deps.sh build         to compile the programs
#     tools/deps.sh check         to compile and test them
#     tools/deps.sh web           to make the verify page
#     tools/deps.sh check-web     to test it in a browser, besides what build and web need
#     tools/deps.sh deep          what .ci/run needs: clang, and another architecture
#
# Says what is missing and what it does.  Looks for things, not for packages, so that a library from elsewhere is enough.
set -eu
PATH=$PATH:/usr/sbin:/sbin

target=${1:-check}
missing=

# need PACKAGE COMMAND...: the package is missing unless the command succeeds
need() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

program() { command -v "$1"; }

header() { echo "#include $1" | ${CC:-cc} -E -x c - ; }

cmocka() { printf '#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <cmocka.h>\n' | ${CC:-cc} -E -x c -; }

chinese_font() { [ -n "$(fc-list :lang=zh-cn)" ]; }

# foreign GNU-TYPE DEBIAN-ARCHITECTURE: compiler and libraries for another architecture
foreign() {
    need "gcc-$1" program "$1-gcc"
    need "libc6-dev-$2-cross" test -e "/usr/$1/include/stdio.h"
    libraries=$1
    [ "$2" != i386 ] || libraries=i386-linux-gnu
    for library in sodium csv qrencode cmocka; do
        need "lib$library-dev:$2" test -e "/usr/lib/$libraries/lib$library.so"
    done
}

if [ "$target" = web ]; then
    # This compiler and no other: the page has the same bytes everywhere.
    need clang-14 program clang-14
    need lld-14 program wasm-ld-14
    need wasi-libc test -e /usr/lib/wasm32-wasi/libc.a
    need libclang-rt-14-dev-wasm32 test -e /usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/libclang_rt.builtins-wasm32.a
    need patch program patch
    need python3 program python3
    need xz-utils program xz
elif [ "$target" = check-web ]; then
    need chromium program chromium
    # From wherever they are; the distribution's only where there are none.
    need nodejs program node
    need npm program npm
    need fonts-wqy-microhei chinese_font
    need zbar-tools program zbarimg
    need nginx-light program nginx
    need poppler-utils program pdftoppm
elif ! program "${CC:-cc}" >/dev/null 2>&1; then
    # Without a compiler nothing can be asked of headers: take all.
    missing="$missing gcc libc6-dev libsodium-dev libcsv-dev libqrencode-dev"
    [ "$target" = build ] || missing="$missing libcmocka-dev"
else
    need libc6-dev header '<stdlib.h>'
    need libsodium-dev header '<sodium.h>'
    need libcsv-dev header '<csv.h>'
    need libqrencode-dev header '<qrencode.h>'
    [ "$target" = build ] || need libcmocka-dev cmocka
fi
need make program make
[ "$target" = web ] || need pkg-config program pkg-config
need gettext program msgfmt
if [ "$target" != build ] && [ "$target" != web ]; then
    need binutils program nm
    need python3 program python3
    need minisign program minisign
fi
if [ "$target" = deep ]; then
    need clang program clang
    need git program git
    foreign i686-linux-gnu i386
    foreign s390x-linux-gnu s390x
    need qemu-user program qemu-s390x
fi

[ -n "$missing" ] || exit 0

echo "missing here:$missing"
if ! program apt-get >/dev/null 2>&1; then
    echo "this is not Debian or Ubuntu (no apt-get): install them by hand, then run make again" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" != 0 ]; then
    if ! program sudo >/dev/null 2>&1; then
        echo "run as root:  apt-get update && apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi

run() {
    echo "\$ $*"
    "$@"
}

for architecture in i386 s390x; do
    case $missing in
    *:$architecture*)
        dpkg --print-foreign-architectures | grep -qx $architecture || run $as_root dpkg --add-architecture $architecture
        ;;
    esac
done
run $as_root apt-get -q update || echo "the lists of packages could not all be fetched; going on with those that are there"
run $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing
