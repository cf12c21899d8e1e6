"""Write to FILE a public edition, signed as it should be, whose lines of balance have figures as long as a line may: there nobody recomputes them."""
import os
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../vectors"))
from reference import party_draws
from reference.cases_refused_editions import public

with tempfile.TemporaryDirectory() as scratch:
    log = party_draws.play_draw(os.path.join(scratch, "auditors-live"), "auditors").forge().cut("results")
public(log)
mean, count = log.lines[log.at("mean")], log.lines[log.at("count")]
mean[4:6] = "-" + "9" * 30 + ".12345", "9" * 900 + ".5"
count[4:8] = "0", "99999999999", "0", "4294967297"
with open(sys.argv[1], "wb") as file:
    file.write(log.data())
