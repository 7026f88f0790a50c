#!/usr/bin/env python3
"""Start and memory of two programs in turns; see weigh.sh. Fails when a goal is missed."""
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 7
GOALS = {"PSS": 1.5}


def family(pid):
    """The process and all that came from it: WebKit's are children too."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as file:
                    parents[int(entry)] = int(file.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                pass
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def pss(pid):
    total = 0
    for one in family(pid):
        try:
            with open(f"/proc/{one}/smaps_rollup") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:
            pass
    return total / 1024


def run(program):
    home = tempfile.mkdtemp()
    sign = os.path.join(home, "ready")
    places = {name: os.path.join(home, name.lower()) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    start = time.monotonic()
    child = subprocess.Popen([program], env={**os.environ, **places, "HOME": home, "ASHORE_READY_FILE": sign},
                             stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while not os.path.exists(sign):
            if child.poll() is not None or time.monotonic() - start > 60:
                sys.exit(f"{program} did not open its window")
            time.sleep(0.002)
        took = time.monotonic() - start
        time.sleep(3)  # until it is at rest
        return took, pss(child.pid)
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait()
        time.sleep(0.3)
        shutil.rmtree(home, ignore_errors=True)


def main():
    ours, bare = sys.argv[1:]
    run(ours), run(bare)  # both are in the cache of files before anything counts
    rounds = [(run(ours), run(bare)) for _ in range(ROUNDS)]
    missed = False
    for place, (name, unit, factor) in enumerate((("start", "ms", 1000), ("PSS", "MiB", 1))):
        mine = statistics.median(one[0][place] for one in rounds) * factor
        least = statistics.median(one[1][place] for one in rounds) * factor
        goal = GOALS.get(name)
        kept = goal is None or mine / least <= goal
        missed |= not kept
        judged = "(ours until its first screen is drawn)" if goal is None else f"goal {goal} {'kept' if kept else 'MISSED'}"
        print(f"{name}: {mine:.0f} {unit}, bare window {least:.0f} {unit}, ratio {mine / least:.2f}    {judged}")
    sys.exit(missed)


main()
