"""Asks the built command line questions drawn from a seed and checks every answer.

    python3 scripts/random/check.py target/debug/ashore-cli [--cases 10000] [--explained 1000] [--seed 20261122]

Every line must be answered in its place with its id, by a figure or by a typed error from docs/codes.md; every figure
of the explained cases must have a derivation that this folder's own arithmetic replays to the same value; the same
questions must give the same bytes twice. Forecasts are computed a second time here, rates found from a payment must
give that payment again, bounds must lie below what they bound, and the remedies of plans that cannot be had are tried:
with the extra capacity there must be a plan, with a fen less none; with the waiver there must be one.
"""

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

from questions import KINDS, Draw
from replay import NoReplay, replay

FIGURE = re.compile(r"-?\d+\.\d{2,}")
CODES = set(re.findall(r"^\| `(\w+)` \|", (Path(__file__).parents[2] / "docs/codes.md").read_text(), re.M))

# Figures without a derivation of their own, and why. Everything else that looks like a figure needs one.
GIVEN = re.compile("|".join(f"(?:{pattern})" for pattern in [
    r"explain.*",  # the derivations themselves
    r"(alternatives\[\d+\]\.)?months\[\d+\]\.capacity",  # stands in the question; held against it below
    r"matches\[\d+\]\.differences\[\d+\]\.theirs",  # printed by the lender
    r"matches\[\d+\]\.convention\.penalty\.rate\..*",  # part of a convention's name
    r"findings\[\d+\]\.limit",  # of `information_only`: the figure of a rule's row
    r"rate_found\..*",  # a range found by search; it must give the payment again, which is tried below
    r"(alternatives\[\d+\]\.)?bound\..*",  # the limit of a search, paid by nobody; held against the plan below
]))

# Sentences around a plan repeat its figures: each must be a figure that has a derivation, or a part of the sum that the
# certificate is.
REPEATED = re.compile(r"explanation\[\d+\]\..*|certificate\.because\[\d+\]\.amount")


def leaves(value, path=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{index}]")
    else:
        yield path, value


def flat(value):
    return [(path, leaf) for path, leaf in leaves(value) if isinstance(leaf, str) and FIGURE.fullmatch(leaf)]


def ask(program, kind, lines):
    text = "\n".join(lines) + "\n"
    done = subprocess.run([program, "calc", kind], input=text.encode("utf-8", "surrogatepass"), capture_output=True, timeout=3600)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def broken(text, draw):
    """A line that is not even a question."""
    return draw.r.choice([text[:-1], text + "}", "[" + text + "]", text.replace('"', "'", 1), text.replace(":", "", 1), "\"" + text, "{" * 200, "null", "3"])


def answered(args):
    failed = Counter()
    draw, told = Draw(args.seed), Counter()
    for kind in KINDS:
        lines, ids = [], []
        for n in range(args.cases // len(KINDS) + 1):
            question = {"id": f"{kind}-{n}", **getattr(draw, kind)()}
            if draw.some(0.5):
                question = draw.spoilt(question)
            line = json.dumps(question, ensure_ascii=draw.some(0.5))
            if draw.some(0.03):
                line = broken(line, draw).replace("\n", " ")
                question = None
            if "Infinity" in line:
                # A number beyond all readers: the line is no JSON to most, and then its id cannot be known.
                line, question = line.replace("Infinity", "1e400"), None
            lines.append(line)
            ids.append(question.get("id") if question else ...)
        code, out, err = ask(args.program, kind, lines)
        again = ask(args.program, kind, lines)[1]
        answers = out.decode().splitlines()
        if code not in (0, 1) or len(answers) != len(lines):
            failed[kind] += 1
            print(f"{kind}: exit {code}, {len(answers)} answers to {len(lines)} lines\n{err[:2000]}")
            if len(answers) < len(lines):
                print("stopped at", lines[len(answers)][:2000])
            continue
        if again != out:
            failed[kind] += 1
            print(f"{kind}: the same questions gave other bytes")
        for line, wanted, text in zip(lines, ids, answers):
            answer = json.loads(text)
            error = answer.get("error")
            sound = error is None or (error.get("code") in CODES and isinstance(error.get("message"), str) and error["message"])
            if wanted is not ... and answer.get("id") != wanted and not (isinstance(wanted, float)):
                sound = False
            if not sound:
                failed[kind] += 1
                if failed[kind] <= 5:
                    print(f"{kind}: {line[:600]}\n  → {text[:600]}")
            told["refused" if error else "answered"] += 1
    print(f"{sum(told.values())} lines: {told['answered']} answered, {told['refused']} refused by code, {sum(failed.values())} faults")
    return sum(failed.values())


def explained(args):
    draw, failed, told, figures = Draw(args.seed + 1), Counter(), Counter(), 0
    for kind in KINDS:
        lines = [json.dumps({"id": n, **getattr(draw, kind)(), "explain": True}) for n in range(args.explained // len(KINDS) + 1)]
        code, out, err = ask(args.program, kind, lines)
        for line, text in zip(lines, out.decode().splitlines()):
            answer = json.loads(text)
            if "error" in answer:
                continue
            known, said = {}, set()
            for explanation in answer.get("explain", []):
                known[explanation["path"]] = explanation["value"]
                said.add(explanation["value"])
                if explanation["path"] == "certificate.needed":
                    said.update(explanation["steps"][-1]["inputs"].values())
                figures += 1
                try:
                    replay(explanation)
                except (NoReplay, ArithmeticError, ValueError, KeyError) as why:
                    failed[kind, "replay"] += 1
                    if failed[kind, "replay"] <= 3:
                        print(f"{kind}: {explanation['path']}: {why}\n  {line[:500]}")
            for path, value in flat(answer):
                if GIVEN.fullmatch(path) or path not in known and REPEATED.fullmatch(path) and value in said:
                    continue
                if path not in known:
                    failed[kind, "missing"] += 1
                    general = re.sub(r"\d+", "N", path)
                    told[general] += 1
                    if told[general] == 1:
                        print(f"{kind}: {path} = {value} has no derivation\n  {line[:300]}")
                elif known[path] != value:
                    failed[kind, "differs"] += 1
                    if failed[kind, "differs"] <= 3:
                        print(f"{kind}: {path} is {value}, its derivation says {known[path]}")
            # Counts need no derivation, but one that has it must agree with it.
            for path, value in leaves(answer):
                if isinstance(value, int) and known.get(path, str(value)) != str(value):
                    failed[kind, "differs"] += 1
                    print(f"{kind}: {path} is {value}, its derivation says {known[path]}")
            for fault in otherwise(json.loads(line), answer):
                failed[kind, "otherwise"] += 1
                print(f"{kind}: {fault}\n  {line[:500]}")
    print(f"{figures} figures replayed, {sum(failed.values())} faults {dict(failed) or ''}")
    return sum(failed.values())


def otherwise(asked, answer):
    """What is wrong with figures that are held against the question instead of a derivation."""
    found = answer.get("rate_found")
    if found:
        for name in ("lowest", "value", "highest"):
            paid = level_payment(asked["loan"], Fraction(found[name]), found["method"]) + fees_each_term(asked["loan"])
            if paid != fen(asked["loan"]["payment"]):
                yield f"rate_found.{name} = {found[name]} gives {paid} fen a term"
    for plan in [answer, *answer.get("alternatives", [])] if answer.get("feasible") else []:
        keys = plan.get("objective_value") or {}
        bound = plan.get("bound") or keys
        if [Fraction(str(bound[key])) for key in keys] > [Fraction(str(keys[key])) for key in keys]:
            yield f"the bound {bound} is above {keys}"
        months = plan.get("months") or []
        given = asked["capacity"] if isinstance(asked["capacity"], list) else [asked["capacity"]] * len(months)
        if months and [fen(month["capacity"]) for month in months] != [fen(text) for text in given]:
            yield "the months' capacity is not that of the question"


def level_payment(loan, rate, method):
    """What one term pays, in fen, at a rate found."""
    lent, terms = Fraction(fen(loan["principal"])), loan["terms"]
    if method == "flat_rate":
        # Principal and interest of a term are each rounded.
        return half_up(lent / terms) + half_up(lent * rate)
    period = loan.get("period", "month")
    months = {"month": 1, "quarter": 3}.get(period if isinstance(period, str) else "")
    days = period["days"] if isinstance(period, dict) else {"week": 7, "biweek": 14}.get(period)
    periodic = rate * months / 12 if months else rate * days / 365
    grown = (1 + periodic) ** terms
    exact = lent * periodic * grown / (grown - 1) if periodic else lent / terms
    return half_up(exact)


def fees_each_term(loan):
    """What every term pays besides: it is part of the payment that the rate was found from."""
    each = [fee for fee in loan.get("fees", []) if fee["when"] == "each_term"]
    return sum(fen(fee["amount"]) if "amount" in fee else half_up(fen(loan["principal"]) * Fraction(fee["rate_of_principal"])) for fee in each)


def half_up(exact):
    return (exact.numerator * 2 + exact.denominator) // (exact.denominator * 2)


def fen(text):
    return round(float(text) * 100)


def foreseen(asked):
    """Dues in order of date against cash, the plain way."""
    today, cash = asked["as_of"], fen(asked["cash_now"])
    coming = {line["month"]: fen(line["amount"]) for line in asked["capacity"] if line["month"] >= today[:7]}
    breaks, lowest = [], (today, cash)
    for due in sorted(asked["dues"], key=lambda due: due["due"]):
        day = max(due["due"], today)
        cash += sum(coming.pop(month) for month in sorted(coming) if month <= day[:7])
        cash -= fen(due["amount"])
        lowest = (day, cash) if cash < lowest[1] else lowest
        if min(-cash, fen(due["amount"])) > 0:
            breaks.append((due["due"], due["loan"], min(-cash, fen(due["amount"]))))
    return breaks, lowest


def second_opinion(args):
    draw, failed = Draw(args.seed + 2), 0
    count = max(args.explained // 5, 20)
    asked = [{"id": n, **draw.forecast()} for n in range(count)]
    answers = ask(args.program, "forecast", map(json.dumps, asked))[1].decode().splitlines()
    for question, text in zip(asked, answers):
        answer = json.loads(text)
        ours = [(each["due"], each["loan"], fen(each["short"])) for each in answer["breaks"]]
        lowest = (answer["lowest_cash"]["date"], fen(answer["lowest_cash"]["amount"]))
        if (ours, lowest) != foreseen(question):
            failed += 1
            print(f"forecast {question['id']}: {ours} {lowest} instead of {foreseen(question)}")
    asked = [{"id": n, **draw.plan()} for n in range(count)]
    tried, again, waived = 0, [], 0
    for question, text in zip(asked, ask(args.program, "plan", map(json.dumps, asked))[1].decode().splitlines()):
        answer = json.loads(text)
        extra = None if answer.get("feasible", True) else answer["smallest_extra_capacity"]
        for more, wanted in [] if extra is None else [(fen(extra), True), (fen(extra) - 1, False)]:
            months = question["capacity"] if isinstance(question["capacity"], list) else [question["capacity"]] * question["horizon_months"]
            raised = [f"{(fen(month) + more) // 100}.{(fen(month) + more) % 100:02d}" for month in months]
            again.append(({**question, "capacity": raised}, wanted))
        waiver = None if answer.get("feasible", True) else answer["smallest_waiver"]
        if waiver:
            lighter = json.loads(json.dumps(question))
            debt = next(debt for debt in lighter["debts"] if debt["id"] == waiver["debt"])
            left = fen(debt["principal"]) - fen(waiver["amount"])
            # Principal alone is never asked to be given up, so a reduction of it is one of the balance.
            if left >= 0:
                debt["principal"] = f"{left // 100}.{left % 100:02d}"
                again.append((lighter, True))
                waived += 1
    answers = ask(args.program, "plan", [json.dumps(question) for question, _ in again])[1].decode().splitlines()
    for (question, wanted), text in zip(again, answers):
        tried += 1
        if json.loads(text).get("feasible") != wanted:
            failed += 1
            print(f"plan {question['id']}: with its remedy feasible is not {wanted}")
    print(f"{count} forecasts computed twice, {tried} remedies tried, {waived} of them waivers, {failed} faults")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--explained", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=20261122)
    args = parser.parse_args()
    sys.exit(1 if answered(args) + explained(args) + second_opinion(args) else 0)


if __name__ == "__main__":
    main()
