"""Run the unit of `schedule systemd` under a systemd of its own, and write docs/unit.md.

python -m scripts.hardening.unit

systemd is started on a copy of this system that is thrown away, with the project in /srv/darlington
as README.md has it installed. Then: what the unit may and may not do, beside what root may; a whole
run; one killed and one stopped in the midst, and the run after each.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts import ROOT
from scripts.hardening.unit_machine import Machine, until

PAGE = ROOT / "docs" / "unit.md"
PLACE, PORT = "/srv/darlington", "8765"
NOTHING = "nothing left in /dev/shm, no process"
MAY = {"write into data", "write into data/processed", "write into reports", "write into /tmp"}
HEAD = """# The systemd unit, as it runs

Made by `make unit`; do not edit. systemd {version} ran the unit that `schedule systemd` prints, on
a copy of a system. The project was installed as `docs/how_to/run_on_a_schedule.md` says.

## What it may do

Each action was tried by root outside the unit, where all of them are possible, and then inside the
unit, with its user, its folders and its network.

{probed}

## What it did

{ran}
"""
INSTALLED = f"""
set -e
chmod o+x {" ".join(map(str, Path(sys.base_prefix).parents))}
useradd --system --no-create-home --shell /usr/sbin/nologin darlington
mkdir -p {PLACE}/reports {PLACE}/data/processed {PLACE}/data/.runs
chown darlington: {PLACE}/data
chown -R darlington: {PLACE}/data/processed {PLACE}/data/.runs {PLACE}/reports
chgrp -R darlington {PLACE}/data/raw/restricted && chmod -R g+rX,o= {PLACE}/data/raw/restricted
cd {PLACE}
.venv/bin/python -m darlington_analysis schedule systemd |
  awk '/^# \\/etc\\/systemd/ {{file = $2; next}} {{print > file}}'
cd /etc/systemd/system
sed 's#^ExecStart=.*#ExecStart={PLACE}/.venv/bin/python /srv/probe.py {PLACE} {PORT}\\n'\
'StandardOutput=truncate:/srv/probed.json#' darlington-packs.service > darlington-probe.service
systemctl daemon-reload
systemd-run --quiet --unit=server {PLACE}/.venv/bin/python -m http.server --bind 127.0.0.1 {PORT}
"""


def main() -> int:
    """Try the unit, print what it met, write the page; 1 where anything is not as it should be."""
    with tempfile.TemporaryDirectory(prefix="unit-") as folder:
        machine = Machine(Path(folder))
        try:
            installed(machine)
            probed, ran = probes(machine), runs(machine)
            version = machine.says("systemctl --version").split()[1]
        finally:
            machine.end()
    bad = [what for what, *_, is_right in (*probed, *ran) if not is_right]
    text = HEAD.format(
        version=version,
        probed=table("tried | by root | by the unit", probed),
        ran=table("what | how it went", ran),
    )
    print(text, f"not as it should be: {', '.join(bad) or 'nothing'}", sep="\n")
    PAGE.write_text(text, "utf-8")
    return int(bool(bad))


def table(head: str, rows: list[tuple]) -> str:
    """Return a table of rows; what is not as it should be says so."""
    lines = [f"| {head} |", re.sub(r"[^|]+", "---", f"|{head}|")]
    for *cells, is_right in rows:
        lines.append(f"| {' | '.join(cells)}{'' if is_right else ': WRONG'} |")
    return "\n".join(lines)


def installed(machine: Machine) -> None:
    """Put the project where the unit is to find it, with its Python, as README.md says."""
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    sent = subprocess.run(
        ["tar", "-c", "--null", "-T", "-"],
        cwd=ROOT,
        input=files.stdout,
        capture_output=True,
        check=True,
    )
    machine.run(
        f"mkdir {PLACE} && tar -x --no-same-owner -C {PLACE}", input=sent.stdout, check=True
    )
    sent = subprocess.run(["tar", "-c", ".venv"], cwd=ROOT, capture_output=True, check=True)
    machine.run(f"tar -x --no-same-owner -C {PLACE}", input=sent.stdout, check=True)
    machine.run(
        "cat > /srv/probe.py", input=(ROOT / "scripts/hardening/unit_probe.py").read_bytes()
    )
    machine.run(
        f"grep -rlI {ROOT} {PLACE}/.venv/bin {PLACE}/.venv/lib/*/site-packages/*.pth | "
        f"xargs sed -i 's#{ROOT}#{PLACE}#g'"
    )
    done = machine.run(INSTALLED)
    if done.returncode:
        sys.exit(done.stderr.decode())


def probes(machine: Machine) -> list[tuple]:
    """Return what was tried, what root met, what the unit met, and whether that is right."""
    python = f"{PLACE}/.venv/bin/python"
    until(lambda: machine.run(f"{python} /srv/probe.py {PLACE} {PORT}").returncode == 0, 30)
    root = json.loads(machine.says(f"{python} /srv/probe.py {PLACE} {PORT}"))
    machine.run("systemctl start darlington-probe.service")
    unit = json.loads(machine.says("cat /srv/probed.json"))
    return [
        (what, met, unit[what], met == "done" and (unit[what] == "done") == (what in MAY))
        for what, met in root.items()
    ]


def runs(machine: Machine) -> list[tuple]:
    """Return what a whole run did, one killed, one stopped, and the run after each."""
    rows = [whole(machine, "a run, whole", "")]
    for what, word in (("killed", "kill --signal=KILL"), ("stopped", "stop")):
        before = edition(machine)
        turned(machine, what)
        journal = f"journalctl -o cat -u darlington-packs --since=@{time.time():.0f}"
        machine.run("systemctl start --no-block darlington-packs")
        until(lambda: re.search(r"(?m)^[2-9]/24 ", machine.says(journal)), 300)  # noqa: B023
        began = time.monotonic()
        machine.run(f"systemctl {word} darlington-packs")
        until(
            lambda: (
                "activ"
                not in machine.says("systemctl is-active darlington-packs").replace("inactive", "")
            ),
            60,
        )
        took, left = time.monotonic() - began, rest(machine)
        is_same = edition(machine) == before
        rows.append(
            (
                f"{what} while it makes packs",
                f"ended in {took:.1f} s; {left}; the edition "
                f"from before is {'untouched' if is_same else 'another'}",
                is_same and left == NOTHING,
            )
        )
        said = "was ended before it was done" if what == "killed" else ""
        rows.append(whole(machine, f"the run after the one that was {what}", said))
    timer = machine.says(
        "systemctl start darlington-packs.timer && "
        "systemctl list-timers --no-pager darlington-packs.timer | sed -n 2p"
    )
    is_armed = "darlington-packs.service" in timer
    return [*rows, ("the timer is started", f"next: {' '.join(timer.split()[:4])}", is_armed)]


def whole(machine: Machine, what: str, said: str) -> tuple:
    """Run the unit to its end; return the row. ``said`` is what its journal must hold."""
    journal = f"journalctl -o cat -u darlington-packs --since=@{time.time():.0f}"
    code = machine.run("systemctl start darlington-packs").returncode
    told = machine.says(journal)
    packs = machine.says(f"ls {PLACE}/reports/2011/*/manifest.json | wc -l")
    owner = machine.says(f"stat -c '%U %a' {PLACE}/reports/2011")
    left = rest(machine)
    is_said = said in told and bool(said) == ("was ended before" in told)
    last = next((line for line in told.splitlines() if "packs made" in line), "no summary")
    tells = "; it says that the one before was ended" if "was ended before" in told else ""
    met = f"exit {code}; {last} {packs} packs there, owner and mode {owner}; {left}{tells}"
    is_right = code == 0 and packs == "24" and owner == "darlington 750" and is_said
    return what, met, is_right and left == NOTHING


def turned(machine: Machine, word: str) -> None:
    """Change a setting that stands on every pack, so that all are to be made anew."""
    machine.run(
        f"sed -i 's#policy and performance [a-z]*#policy and performance {word}#' "
        f"{PLACE}/darlington.toml"
    )


def edition(machine: Machine) -> str:
    """Return the checksums of all that is published."""
    return machine.says(
        f"cd {PLACE}/reports && find . -type f -not -path './.aside*' | sort | xargs sha256sum"
    )


def rest(machine: Machine) -> str:
    """Return what of the unit is left when it has ended."""
    shared = machine.says("find /dev/shm -user darlington | wc -l")
    processes = machine.says("ps -u darlington -o pid= | wc -l")
    if shared == processes == "0":
        return NOTHING
    return f"left in /dev/shm: {shared}, processes: {processes}"


if __name__ == "__main__":
    sys.exit(main())
