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
GOALS = {"start to the loaded page": 1.3, "PSS": 1.5}


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
    loaded, drawn = (os.path.join(home, name) for name in ("loaded", "drawn"))
    places = {name: os.path.join(home, name.lower()) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    start = time.monotonic()
    child = subprocess.Popen([program], env={**os.environ, **places, "HOME": home, "ASHORE_LOADED_FILE": loaded, "ASHORE_READY_FILE": drawn},
                             stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while not os.path.exists(loaded):
            if child.poll() is not None or time.monotonic() - start > 60:
                sys.exit(f"{program} did not open its window")
            time.sleep(0.002)
        took = time.monotonic() - start
        first_screen = None
        while time.monotonic() - start < took + 3:  # until it is at rest
            if first_screen is None and os.path.exists(drawn):
                first_screen = time.monotonic() - start
            time.sleep(0.002)
        return took, pss(child.pid), first_screen
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
    for place, (name, unit, factor) in enumerate((("start to the loaded page", "ms", 1000), ("PSS", "MiB", 1))):
        mine = statistics.median(one[0][place] for one in rounds) * factor
        least = statistics.median(one[1][place] for one in rounds) * factor
        kept = mine / least <= GOALS[name]
        missed |= not kept
        print(f"{name}: {mine:.0f} {unit}, bare window {least:.0f} {unit}, ratio {mine / least:.2f}    "
              f"goal {GOALS[name]} {'kept' if kept else 'MISSED'}")
    drawn = [one[0][2] for one in rounds if one[0][2] is not None]
    if not drawn:
        sys.exit("our first screen was never drawn")
    print(f"start to our first drawn screen: {statistics.median(drawn) * 1000:.0f} ms")
    sys.exit(missed)


main()
