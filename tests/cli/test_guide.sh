# sunlot ceremony, through a pseudo-terminal: every screen, mistakes, stopping, a power failure, another machine, both languages.
. tests/cli/common.sh
. "$HERE/parties.sh"

expect 0 sunlot new one
parties many keys
expect 2 sunlot ceremony one
has err "needs a terminal" "sunlot status one"
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$HERE ${PYTHON:-python3} "$HERE/guide.py" "$BUILD/sunlot" >out 2>err || { wrong "the guide"; tail -30 err; }
expect 0 verify many/public/draw.log --key many/public/log.vkey
expect 0 verify carried/public/draw.log --key carried/public/log.vkey
finish
