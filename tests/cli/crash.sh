# Breaking steps off: what the tests of crashes share.  Sourced after common.sh.

${CC:-cc} -shared -fPIC -O1 -o fail.so "$HERE/fail_calls.c" -ldl || exit 1
ASAN_OPTIONS=verify_asan_link_order=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export ASAN_OPTIONS

# Each call of the program that changes files is one that is broken off here.
nm -D --undefined-only "$BUILD/sunlot" 2>/dev/null | sed 's/.* U //; s/@.*//' |
    grep -E '^(open|openat|creat|write|pwrite|pwritev|writev|fsync|fdatasync|syncfs|sync|sync_file_range|f?truncate|rename|renameat|link|linkat|symlink|symlinkat|unlink|unlinkat|remove|rmdir|mkdir|mkdirat|f?chmod|fchmodat|f?chown|mkfifo|mknod|mkstemp|mkdtemp|fallocate|posix_fallocate|copy_file_range|sendfile|utimensat|futimens)[0-9]*$' | sort >calls
nm -D --defined-only fail.so | sed 's/.* //' | sort >caught
[ -z "$(comm -23 calls caught)" ] || wrong "not broken off: $(comm -23 calls caught | tr '\n' ' ')"
[ "$(wc -l <calls)" -gt 6 ] || wrong "the program seems to change no files"

# broken HOW AT ARGUMENT...: sunlot with the call number AT broken off
broken() {
    how=$1 at=$2
    shift 2
    LD_PRELOAD=$SCRATCH/fail.so FAIL_HOW=$how FAIL_AT=$at FAIL_COUNT=$SCRATCH/count "$BUILD/sunlot" "$@" >out 2>err
}

# files DIR: all but the lock, hidden temporary files, and lists of drafts
files() { (cd "$1" && find . -type f ! -name '.*.tmp' ! -name lock -exec cksum {} + | sort -k 3); }

# Whose rename is the commit point; where rows are for auditors, the full edition's.
log=public/draw.log

# old_or_new NAME FILE FROM TO: after a step was broken off
old_or_new() {
    cmp -s "w/$2" "$3/$2" || cmp -s "w/$2" "$4/$2" || { [ ! -e "w/$2" ] && [ ! -e "$3/$2" ]; } || wrong "$1: $2 is neither old nor new"
}

# In which ways each call is broken off: killed in it and the disk full at it; or, in half the time, one of the two, in turns that do not go with
# the five calls that store a file.
ways="kill full"
# The status of a step: what an audit finds is 1.
done_=0

# each NAME FROM TO ARGUMENT...: break off the step that leads from folder FROM to folder TO at every call, in every way
each() {
    name=$1 from=$2 to=$3
    shift 3
    files "$to" >wanted
    for way in $ways short; do
        at=1
        while :; do
            how=$way
            [ $way != mixed ] || { [ $((at % 7)) -lt 3 ] && how=full || how=kill; }
            rm -rf w
            cp -a "$from" w
            broken $how $at "$@"
            status=$?
            case $status in
            "$done_") break ;;
            137) [ $how = kill ] || wrong "$name $how $at: killed" ;;
            2) [ $how != kill ] || wrong "$name $how $at: status 2"; [ -s err ] || wrong "$name $how $at: no word of it" ;;
            *) wrong "$name $how $at: status $status" ;;
            esac
            old_or_new "$name $how $at" public/draw.log "$from" "$to"
            old_or_new "$name $how $at" private/draw.log "$from" "$to"
            # The published log never goes ahead of the one that is the commit point.
            ! cmp -s w/public/draw.log "$to/public/draw.log" || cmp -s "w/$log" "$to/$log" || wrong "$name $how $at: the public log is ahead"
            "$BUILD/sunlot" "$@" >out 2>err
            status=$?
            # Done before it was broken off, some steps are not the one that comes next any more.
            [ $status = "$done_" ] || { [ $status = 1 ] && cmp -s "w/$log" "$to/$log"; } ||
                wrong "$name $how $at: then run again, status $status: $(cat err)"
            files w >got
            [ -z "$(find w -name '.*.tmp')" ] || wrong "$name $how $at: then run again, temporary files are left"
            cmp -s wanted got || { wrong "$name $how $at: then run again, other files"; diff wanted got | head -5; }
            at=$((at + 1))
            [ $FAILED = 0 ] || finish # all later ones would say the same
            [ $at -lt 200 ] || { wrong "$name never ends"; break; }
        done
        [ $at -gt 5 ] || [ $way = short ] || wrong "$name $way: only $at calls were seen"
        [ $way != short ] || { files w >got; same wanted got; }
    done
    rm -rf w
    cp -a "$from" w
    broken locked 1 "$@"
    [ $? = 2 ] || wrong "$name on a read-only disk"
    has err "Read-only file system"
    files w >got
    files "$from" >wanted
    same wanted got
}

