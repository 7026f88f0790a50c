"""How much more memory a file of a gigabyte needs than one of a megabyte, in the reader and in the program itself.

    python3 scripts/material/memory.py target/debug/ashore-cli [--size 1024] [--take] [KIND…]

Writes files of generated messages (xml, ndjson, mbox) beside the build, has each looked at (with --take: taken in), and
prints the peaks of both processes. Exits with 1 where either needs more than 64 MiB more than for the small file.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

MOST = 64 << 10
WORDS = "您的借款已逾期，请尽快处理；如需协商分期，请在本周五之前联系客服登记，逾期费用以合同为准。"
BEGUN = 1_600_000_000_000


def xml(n):
    return f'  <sms protocol="0" address="1069{n % 997:05}" date="{BEGUN + n * 1000}" type="1" subject="null" body="第{n}条：{WORDS}" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" contact_name="(Unknown)" />\n'


def ndjson(n):
    line = {"_id": str(n), "address": f"1069{n % 997:05}", "date": str(BEGUN + n * 1000), "type": "1", "body": f"第{n}条：{WORDS}"}
    return json.dumps(line, ensure_ascii=False) + "\n"


def mbox(n):
    head = f"From a@example.cn Thu Jan  1 00:00:00 2026\nFrom: a@example.cn\nTo: b@example.cn\nMessage-ID: <{n}@example.cn>\n"
    return head + f"Subject: {n}\nDate: Mon, 10 Nov 2025 09:{n // 60 % 60:02}:{n % 60:02} +0800\nContent-Type: text/plain; charset=utf-8\n\n{n} {WORDS * 8}\n\n"


KINDS = {"xml": (xml, '<smses count="0">\n', "</smses>\n"), "ndjson": (ndjson, "", ""), "mbox": (mbox, "", "")}


def write(path, kind, size):
    one, head, tail = KINDS[kind]
    with path.open("w", encoding="utf-8", buffering=1 << 20) as file:
        written, n = file.write(head), 0
        while written < size:
            block = "".join(one(n + k) for k in range(2000)).encode()
            file.flush()
            file.buffer.write(block)
            written, n = written + len(block), n + 2000
        file.write(tail)
    return n


def peaks(program, arguments, environment):
    """Peak memory in KiB of the program and of the process it starts, and its answer."""
    child = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    highest = {"program": 0, "reader": 0}

    def watch():
        unlocked = False
        while child.poll() is None:
            # Making the key takes more memory than anything after it, and all of it is given back: it would hide the rest.
            if not unlocked and any(high_water(pid, reader=True) for pid in children(child.pid)):
                unlocked = forget_peak(child.pid)
                highest["program"] = 0
            highest["program"] = max(highest["program"], high_water(child.pid))
            for pid in children(child.pid):
                highest["reader"] = max(highest["reader"], high_water(pid, reader=True))
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    answer, trouble = child.communicate()
    watcher.join()
    return highest, answer or trouble


def children(pid):
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def high_water(pid, reader=False):
    try:
        # Until it has become the reader it shows its parent's memory.
        if reader and b"--read-foreign-file" not in Path(f"/proc/{pid}/cmdline").read_bytes():
            return 0
        line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0
    return int(line.split()[1])


def forget_peak(pid):
    """From now on the peak of this process is counted anew."""
    try:
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    except OSError:
        return False
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--size", type=int, default=1024, help="of the large file, in MiB")
    parser.add_argument("--take", action="store_true")
    given = parser.parse_intermixed_args()
    environment = {**os.environ, "ASHORE_PASSPHRASE": "only a vault to look into"}
    failed = False
    for kind in given.kinds or KINDS:
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/tmp")) as top:
            path, seen = Path(top) / f"file.{kind}", {}
            for size in (1, given.size):
                vault = Path(top) / f"vault{size}"
                subprocess.run([given.program, "--vault", vault, "vault", "create"], env=environment, check=True, capture_output=True)
                count = write(path, kind, size << 20)
                arguments = ["--json", "--vault", str(vault), "import", str(path)] + ([] if given.take else ["--dry-run"])
                begun = time.monotonic()
                seen[size], answer = peaks(given.program, arguments, environment)
                took = time.monotonic() - begun
                report = json.loads(answer)["files"][0]
                if report["stored"] != count:
                    sys.exit(f"{kind}: {report['stored']} of {count} records: {str(report)[:400]}")
            more = {name: seen[given.size][name] - seen[1][name] for name in seen[1]}
            failed |= any(kib > MOST for kib in more.values())
            told = ", ".join(f"{name} {kib / 1024:+.1f} MiB (peak {seen[given.size][name] / 1024:.1f})" for name, kib in more.items())
            print(f"{kind}, {given.size} MiB, {count} records in {took:.0f} s: {told}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
