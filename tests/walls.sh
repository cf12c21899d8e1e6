#!/bin/sh
# The walls of the house: which way includes go, what the library may call, that it keeps no state, that the engine computes
# with integers alone and allocates nothing, what sunlot-verify is made of, and that versions agree.
#
# The checks run on a small tree that breaks every wall first: each must be noticed, or a wall proves nothing.
set -u
LC_ALL=C
export LC_ALL
root=$(pwd)
build=${BUILD:-build}
cc=${CC:-cc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Faults are lines of a file: a pipe's last part cannot count in a variable.
: >"$work/faults"
fault() {
    echo "$*" >>"$work/faults"
}

# Lines on standard input are faults.
each_fault() {
    while IFS= read -r line; do
        fault "$1: $line"
    done
}

# ---- text -----------------------------------------------------------------------------------------------------------------------

# #include "layer/file.h": a layer knows itself and those before it.
check_directions() {
    known=
    for layer in base random place roster log draw; do
        known="$known $layer"
        grep -rHE '^ *# *include *"' "src/$layer" 2>/dev/null | while IFS= read -r line; do
            header=${line#*\"}
            header=${header%%\"*}
            case $header in
            sunlot.h) continue ;;
            */*) case " $known " in *" ${header%%/*} "*) continue ;; esac ;;
            esac
            echo "$line"
        done
    done | each_fault "include against the direction"
}

# System headers of src: what computes, and the two libraries in their places.
check_system_headers() {
    grep -rHE '^ *# *include *<' src | while IFS= read -r line; do
        file=${line%%:*}
        header=${line#*<}
        header=${header%%>*}
        case $header in
        stdalign.h | stdbool.h | stddef.h | stdint.h | string.h | limits.h) continue ;;
        stdlib.h) case $file in src/base/alloc.c | src/base/error.c) continue ;; esac ;;
        stdatomic.h) [ "$file" = src/base/alloc.c ] && continue ;; # counts for tests
        csv.h) case $file in src/roster/csv_file.c | src/log/record.c) continue ;; esac ;;
        sodium.h) case $file in src/random/*.[ch] | src/log/sign*.c) continue ;; esac ;;
        esac
        echo "$line"
    done | each_fault "system header"
}

# Tools see include/sunlot.h and the headers of the rooms up to their own; the two programs see all rooms.
ROOMS="common sample trials verify ceremony pages commands"
check_tools_headers() {
    find tools -name '*.[ch]' -not -path 'tools/web/*' -exec grep -HE '^ *# *include *"' {} + | while IFS= read -r line; do
        file=${line%%:*}
        header=${line#*\"}
        header=${header%%\"*}
        [ "$header" = sunlot.h ] && continue
        room=${file#tools/}
        seen=" $ROOMS "
        case $room in */*) seen=" ${ROOMS%%"${room%%/*}"*}${room%%/*} " ;; esac
        case $header in */*) case $seen in *" ${header%%/*} "*) [ -e "tools/$header" ] && continue ;; esac ;; esac
        echo "$line"
    done | each_fault "tools include a private header, or against the direction"
}

# What the verify page is made of computes and says: of the system it has memory alone.  Its files are those of tools/web, and the tools that
# tools/web/module.py names.
check_web_headers() {
    files=$(sed -n 's/^TOOLS = \[\(.*\)\]$/\1/p' tools/web/module.py | tr -d '",')
    [ -n "$files" ] || fault "tools/web/module.py names no tools"
    for file in tools/web/*.c $(printf 'tools/%s.c ' $files); do
        grep -HE '^ *# *include *[<"]' "$file" | while IFS= read -r line; do
            header=${line#*include }
            case $header in
            '<stdlib.h>' | '<string.h>' | '"sunlot.h"') continue ;;
            '<sodium.h>' | '"private/implementations.h"') [ "$file" = tools/web/shim.c ] && continue ;; # libsodium's own
            '"common/messages.h"' | '"common/files.h"' | '"common/jobs.h"') ;;
            '"'*'"') header=${header#\"} && [ -e "tools/${header%\"}" ] && continue ;;
            esac
            echo "$line"
        done
    done | each_fault "the page includes"
}

# Words that mean floating point, a stack of unknown size, or a locale; texts and comments may hold them.
check_words() {
    find src -name '*.[ch]' | sort | while IFS= read -r file; do
        sed -e 's/"[^"]*"//g' -e 's|/\*.*\*/||g' -e 's|/\*.*||' -e 's|^ \*.*||' -e 's|//.*||' "$file" |
            grep -nwE 'float|double|alloca|setlocale' | sed "s|^|$file:|"
    done | each_fault "word in src"
}

# A file is one noun, its name unique, seldom over 500 lines; the public header is the whole interface.
check_files() {
    find src tools tests include -name '*.[ch]' | sed 's|.*/||' | sort | uniq -d | each_fault "file name used twice"
    find src tools tests include -name '*.[ch]' -exec awk 'END { if (NR > (FILENAME ~ /sunlot.h$/ ? 1500 : 700)) print FILENAME ": " NR " lines" }' {} \; | each_fault "long file"
}

# ---- objects --------------------------------------------------------------------------------------------------------------------

# Compiled without floating-point registers, floating arithmetic is refused or becomes a call (__muldf3 …) that no list below allows;
# compiled without PIC, constant tables of pointers are constant to nm.
integers=
case $($cc -dumpmachine) in x86_64-* | aarch64-*) integers=-mgeneral-regs-only ;; esac

compile_objects() {
    for source in src/*/*.c; do
        object=$1/${source%.c}.o
        mkdir -p "${object%/*}"
        $cc -std=c11 -O1 -fno-pic -fno-stack-protector $integers -Iinclude -Isrc -c -o "$object" "$source" || fault "cannot compile $source"
    done
}

# nm_lines FOLDER FLAGS: "path/of/object symbol type" for each symbol
nm_lines() {
    (cd "$1" && find src -name '*.o' | sort | while IFS= read -r object; do
        nm -P $2 "$object" | while read -r symbol type _; do echo "$object $symbol $type"; done
    done)
}

check_calls() {
    nm_lines "$1" -u | while read -r object symbol _; do
        case $symbol in
        sunlot_alloc | sunlot_resize | sunlot_release | sunlot_arena_* | sunlot_buffer_*) case $object in src/place/*) ;; *) continue ;; esac ;;
        sunlot_*) continue ;;
        memcpy | memmove | memset | memcmp | bcmp | memchr | strlen | strcmp | bcmp | strncmp | strchr | _GLOBAL_OFFSET_TABLE_) continue ;;
        malloc | calloc | realloc | free) [ "$object" = src/base/alloc.o ] && continue ;;
        abort) [ "$object" = src/base/error.o ] && continue ;; # sunlot_require_failed
        csv_*) case $object in src/roster/csv_file.o | src/log/record.o) continue ;; esac ;;
        crypto_* | sodium_* | randombytes_buf_deterministic) case $object in src/random/*.o | src/log/sign*.o) continue ;; esac ;;
        # 64-bit division on machines of 32 bits
        __udivdi3 | __umoddi3 | __divdi3 | __moddi3 | __udivmoddi4 | __divmoddi4) continue ;;
        esac
        echo "$object calls $symbol"
    done | each_fault "call"
}

check_state() {
    nm_lines "$1" --defined-only | while read -r object symbol type; do
        case $type in
        [dDbBCsS]) echo "$object: $symbol" ;;
        esac
    done | each_fault "mutable global"
}

check_names() {
    nm_lines "$1" "-g --defined-only" | while read -r object symbol _; do
        case $symbol in sunlot_*) ;; *) echo "$object: $symbol" ;; esac
    done | each_fault "name"
}

# ---- programs -------------------------------------------------------------------------------------------------------------------

# sunlot-verify reads: it has nothing that draws up, writes, signs or derives secrets.
check_verifier() {
    [ -e "$1" ] || fault "no $1"
    nm -P --defined-only "$1" | while read -r symbol _; do
        case $symbol in
        cmd_* | sample_* | store_* | sunlot_announce* | sunlot_enrolment_* | sunlot_log_add_* | sunlot_keys_* | sunlot_signer_* | sunlot_party_key_* | sunlot_note_sign | sunlot_minisign* | sunlot_secret_*)
            echo "$symbol" ;;
        esac
    done | grep -vxE 'sunlot_minisign_key_check' | each_fault "sunlot-verify holds"
    nm -P -u "$1" | while read -r symbol _; do
        case ${symbol%%@*} in
        rename | renameat* | unlink* | mkdir* | fsync | fdatasync | ftruncate* | chmod | fchmod | flock | lockf | mkstemp* | crypto_sign_detached | crypto_sign_seed_keypair | crypto_sign_keypair | randombytes_buf | getrandom | QRcode_*)
            echo "$symbol" ;;
        esac
    done | each_fault "sunlot-verify calls"
}

# Every place that names the version names the same.
check_versions() {
    version=$(sed -n 's/^#define SUNLOT_VERSION "\(.*\)"$/\1/p' include/sunlot.h)
    [ -n "$version" ] || fault "version: none in include/sunlot.h"
    [ "$(sed -n 's/^## *\([^ ]*\).*/\1/p' CHANGELOG.md | head -n 1)" = "$version" ] || fault "version: CHANGELOG.md does not begin with $version"
    grep -q '^### Log format compatibility$' CHANGELOG.md || fault "version: CHANGELOG.md says nothing of the log format"
    for page in tools/man/*.1; do
        [ -e "$page" ] || continue
        grep -qF "sunlot $version" "$page" || fault "version: $page does not name sunlot $version"
    done
}

# ---- a tree that breaks every wall ------------------------------------------------------------------------------------------------

# expect N CHECK...: the check finds exactly N faults
expect() {
    wanted=$1
    shift
    : >"$work/faults"
    "$@"
    [ "$(wc -l <"$work/faults")" -eq "$wanted" ] || {
        echo "walls: $1 does not find $wanted faults in a tree that has them, but:"
        cat "$work/faults"
        echo "$1 is blind" >>"$work/blind"
    }
}

: >"$work/blind"
mkdir -p "$work/bad/src/base" "$work/bad/src/place" "$work/bad/tools" "$work/bad/tests" "$work/bad/include"
cd "$work/bad" || exit 1
cat >src/base/first.c <<'END'
#include "log/log.h"
#include "first.h"
END
echo '#include <csv.h>' >>src/base/first.c
echo '#include <stdio.h>' >src/place/second.c
echo '#include "base/bytes.h"' >>src/place/second.c
expect 2 check_directions
expect 2 check_system_headers
printf '#include "sunlot.h"\n#include "base/bytes.h"\n#include "absent.h"\n' >tools/first.c
mkdir tools/common tools/commands
touch tools/commands/upper.h
echo '#include "commands/upper.h"' >tools/common/lower.h
expect 3 check_tools_headers
rm -r tools/common tools/commands
mkdir -p tools/web
printf '#include <string.h>\n#include "base/bytes.h"\n#include "absent.h"\n#include <sodium.h>\n' >tools/web/core.c
printf '#include "common/messages.h"\n#include "sunlot.h"\n' >tools/second.c
echo 'TOOLS = ["second"]' >tools/web/module.py
expect 4 check_web_headers
rm -r tools/web tools/second.c
expect 1 check_files
cat >src/base/first.c <<'END'
int printf(const char *format, ...);
void *malloc(unsigned long n);
int sunlot_state = 1;
static int calls;
void *sunlot_memory(void) { calls++; printf("%d", calls); return malloc(1); }
int other(void) { static const char *const words[] = {"a", "b"}; return words[calls & 1][0]; }
END
cat >src/place/second.c <<'END'
void *sunlot_alloc(unsigned long n);
void sunlot_place(void **x) { *x = sunlot_alloc(1); }
END
echo 'void sunlot_third(double *x) { *x = *x * 3; }' >src/place/third.c
expect 1 check_words
compile_and_check_calls() {
    compile_objects "$1" 2>"$work/complaints"
    check_calls "$1"
}
# printf, malloc, sunlot_alloc in the engine, and the multiplication: there is no register for it, so it is refused or becomes a call
expect $((3 + ${#integers} / 18)) compile_and_check_calls "$work/badobj"
expect 2 check_state "$work/badobj"
expect 1 check_names "$work/badobj"
printf 'void cmd_draw(void) {}\nint rename(const char *, const char *);\nint main(void) { return rename("a", "b"); }\n' >verify.c
$cc -o "$work/verify" verify.c
expect 2 check_verifier "$work/verify"
printf '#define SUNLOT_VERSION "9.9.9"\n' >include/sunlot.h
printf '## 0.0.1\n' >CHANGELOG.md
expect 2 check_versions
cd "$root" || exit 1
mv "$work/blind" "$work/faults"

# ---- the tree -----------------------------------------------------------------------------------------------------------------------

check_directions
check_system_headers
check_tools_headers
check_web_headers
check_words
check_files
compile_objects "$work/objects"
check_calls "$work/objects"
check_state "$work/objects"
check_names "$work/objects"
check_verifier "$build/sunlot-verify"
check_versions

if [ -s "$work/faults" ]; then
    sed 's/^/walls: /' "$work/faults"
    exit 1
fi
echo "walls: all stand ($(find src -name '*.c' | wc -l | tr -d ' ') source files)"
