"""Takes real files in through the built command line and compares every record with a second reading of the file.

    python3 scripts/material/imports.py FOLDER target/debug/ashore-cli

Each file goes into a vault of its own. What it holds is read here a second time with nothing but Python's library, or
from the parse that stands beside an e-mail as JSON; counts, times, amounts, ways, texts and attached files must be the
same, what is left out must have been said, and taking the file in again must add nothing. Exits with 1 on any difference.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from mails import expected_mail, told_mail
from messages import expected_messages, told_message
from tables import expected_payments, told_payment

FOLDER, PROGRAM = Path(sys.argv[1]), str(Path(sys.argv[2]).resolve())
TABLES = {".csv", ".xlsx", ".xls"}
ENV = {**os.environ, "ASHORE_PASSPHRASE": "only a vault to look into"}


def ask(vault, *words):
    done = subprocess.run([PROGRAM, "--json", "--vault", str(vault), *map(str, words)], capture_output=True, env=ENV)
    try:
        return done.returncode, json.loads(done.stdout)
    except ValueError:
        sys.exit(f"{words}: {done.returncode}, {done.stderr.decode()[:400]}")


def records(vault, into):
    """Every record, by the file it came from: what it says and the digests of its parts."""
    ask(vault, "export", "open", "-o", into)
    facts = [json.loads(line) for line in (into / "json/facts.jsonl").read_text().splitlines()]
    kept = {fact["data"]["id"]: fact["data"] for fact in facts if fact["kind"] == "imported"}
    by_file = {kept[one]["file"]["sha256"]: [] for one in kept}
    for fact in facts:
        if fact["kind"] == "evidence":
            by_file[kept[fact["data"]["imported"]["import"]]["file"]["sha256"]].append(fact["data"])
    return by_file


def differ(ours, theirs):
    """What one reading has and the other has not, shortened."""
    ours, theirs = Counter(ours), Counter(theirs)
    lines = [f"only the file has {str(one)[:300]}" for one in (theirs - ours)]
    return lines + [f"only the vault has {str(one)[:300]}" for one in (ours - theirs)]


def one_file(path, empty, place):
    vault = place / "vault"
    shutil.copytree(empty, vault)
    exit_code, answer = ask(vault, "import", path)
    report = answer["files"][0]
    wrong, lost = [], 0
    if path.suffix == ".xml":
        expected, lost = expected_messages(path.read_bytes())
        tell = told_message
    else:
        sheets, tell = expected_payments(path), told_payment
        expected = [payment for sheet in sheets for payment in sheet]
    if report["stored"] + report["duplicates"] + len(report["left_out"]) != report["found"]:
        wrong.append(f"the counts do not add up: {report}")
    if report["found"] != len(expected) + lost or len(report["left_out"]) != lost:
        wrong.append(f"{len(expected)} to take and {lost} to leave out, but the report says {report}")
    if exit_code != (1 if lost else 0):
        wrong.append(f"exit {exit_code}")
    stored = [one for of_file in records(vault, place / "open").values() for one in of_file]
    if report["duplicates"]:
        # A sheet that says the same once more is found twice and kept once.
        once = Counter()
        for sheet in sheets:
            once |= Counter(sheet)
        expected = list(once.elements())
    if len(stored) != report["stored"]:
        wrong.append(f"{len(stored)} records in the vault, {report['stored']} in the report")
    wrong += differ(map(tell, stored), expected)
    again = ask(vault, "import", path)[1]["files"][0]
    if again["stored"] != 0 or again["duplicates"] != report["stored"] + report["duplicates"]:
        wrong.append(f"taken in again it adds {again}")
    return report, wrong


def mails(paths, empty, place):
    """All of them in one vault, where each is one record."""
    vault = place / "vault"
    shutil.copytree(empty, vault)
    exit_code, answer = ask(vault, "import", *paths)
    wrong = [f"exit {exit_code}"] if exit_code else []
    by_file = records(vault, place / "open")
    for path, report in zip(paths, answer["files"], strict=True):
        expected = expected_mail(path)
        found = by_file.get(expected.pop("sha256"), [])
        if report["stored"] != 1 or len(found) != 1:
            wrong.append(f"{path.name}: not one record: {report}")
            continue
        told = told_mail(found[0])
        wrong += [
            f"{path.name}: {name} is {told[name]!r:.300} instead of {value!r:.300}"
            for name, value in expected.items()
            if told[name] != value
        ]
    return wrong


def main():
    differences = 0
    with tempfile.TemporaryDirectory() as top:
        top = Path(top)
        empty = top / "empty"
        ask(empty, "vault", "create")
        files = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".xml", *TABLES})
        for number, path in enumerate(files):
            place = top / str(number)
            place.mkdir()
            report, wrong = one_file(path, empty, place)
            shutil.rmtree(place)
            differences += len(wrong)
            left = "".join(f"; {one['where']}: {one['reason']}" for one in report["left_out"])
            counts = f"found {report['found']}, stored {report['stored']}, twice {report['duplicates']}"
            print(f"{path.relative_to(FOLDER)}: {report['format']}, {counts}{left}")
            for line in wrong:
                print(f"    {line}")
        paths = sorted(path for path in FOLDER.rglob("*.eml") if path.with_suffix(".json").exists())
        place = top / "mails"
        place.mkdir()
        wrong = mails(paths, empty, place)
        differences += len(wrong)
        print(f"{len(paths)} e-mails taken in and compared with the parses beside them")
        for line in wrong:
            print(f"    {line}")
    print(f"{len(files)} other files; {differences} differences")
    return 1 if differences or not files or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
