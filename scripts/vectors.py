#!/usr/bin/env python3
"""Holds worked cases against `ashore-cli calc`.

    scripts/vectors.py DIRECTORY ashore-cli

DIRECTORY holds any of schedule, cost, published, statement and plan `.jsonl`; each line is a question in `in` and in
`expect` what the answer must agree with. Prints what differs and, last, "N passed, M failed"; exits 1 if any failed.
Standard library only.
"""

import json
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

RATES = ("irr_periodic", "apr_nominal", "apr_effective", "xirr", "apr_simple")


def fen(text):
    """An amount as written, in whole fen; anything else than yuan with two decimals is a difference."""
    value = Decimal(text) * 100
    if value != value.to_integral_value() or "." not in text or len(text.split(".")[1]) != 2:
        raise ValueError(f"{text!r} is not yuan with two decimals")
    return int(value)


def near(got, wanted, tolerance):
    """Within a tolerance, relative for rates above one."""
    got, wanted = Fraction(got), Fraction(wanted)
    return abs(got - wanted) <= Fraction(tolerance) * max(1, abs(wanted))


def differences(got, wanted, path=""):
    """What of `wanted` is otherwise in `got`; fields that are not asked for may be there."""
    if isinstance(wanted, dict):
        if not isinstance(got, dict):
            return [f"{path}: {got!r} instead of {wanted!r}"]
        return [d for key in wanted for d in differences(got.get(key), wanted[key], f"{path}.{key}")]
    if isinstance(wanted, list):
        if not isinstance(got, list) or len(got) != len(wanted):
            return [f"{path}: {len(got) if isinstance(got, list) else got!r} entries instead of {len(wanted)}"]
        pairs = enumerate(zip(got, wanted))
        return [d for i, (g, w) in pairs for d in differences(g, w, f"{path}[{i}]")]
    return [] if got == wanted else [f"{path}: {got!r} instead of {wanted!r}"]


def schedule(_, expect, answer):
    return differences(answer, expect)


def cost(_, expect, answer):
    wrong = []
    tolerance = expect.get("tolerance", "0.00000001")
    for measure in RATES:
        if measure not in expect:
            continue
        roots = expect[measure] if isinstance(expect[measure], list) else [expect[measure]]
        got = answer.get(measure)
        if not roots:
            if got is not None:
                wrong.append(f".{measure}: {got} instead of none")
        elif got is None or not any(near(got, root, tolerance) for root in roots):
            wrong.append(f".{measure}: {got} instead of {' or '.join(roots)}")
    rest = {k: v for k, v in expect.items() if k not in RATES and k != "tolerance"}
    return wrong + differences(answer, rest)


def statement(question, expect, answer):
    wrong = differences(answer, expect)
    placed = sum(fen(a["amount"]) for a in answer.get("allocations", [])) + fen(answer.get("credit", "0.00"))
    paid = sum(int(Decimal(p["amount"]) * 100) for p in question["payments"] if p["date"] <= question["as_of"])
    return wrong if placed == paid else wrong + [f"allocations and credit are {placed} fen, payments {paid}"]


def month_index(first, month):
    year, number = month.split("-")
    first_year, first_number = first.split("-")
    return (int(year) - int(first_year)) * 12 + int(number) - int(first_number)


def level_rows(balance, annual, count):
    """Instalments in fen by exact fractions: level payment half-up, interest a month, the last takes the rest."""
    if annual == 0:
        return [balance // count] * (count - 1) + [balance - balance // count * (count - 1)]

    def half_up(value):
        return (2 * value.numerator + value.denominator) // (2 * value.denominator)

    rate = annual / 12
    grown = (1 + rate) ** count
    level = half_up(balance * rate * grown / (grown - 1))
    rows = []
    for k in range(count):
        interest = half_up(balance * rate)
        part = balance if k == count - 1 else min(balance, max(0, level - interest))
        rows.append(part + interest)
        balance -= part
    return rows


def check_debt(question, debt, planned):
    """The rows one debt must have under the plan's own choice, or what forbids that choice."""
    rows = [(month_index(question["first_month"], r["month"]), fen(r["amount"])) for r in planned["rows"]]
    amount = lambda text: int(Decimal(text) * 100)
    if planned["kind"] == "contract":
        wanted = [(month_index(question["first_month"], r["month"]), amount(r["amount"]))
                  for r in debt.get("contract_payments", [])]
        return [] if wanted and sorted(rows) == sorted(wanted) else ["contract rows changed"]
    if planned["kind"] == "settlement":
        offer = debt.get("settlement")
        if not offer or len(rows) != 1 or rows[0][1] != amount(offer["amount"]):
            return ["not the settlement offered"]
        return [] if rows[0][0] <= month_index(question["first_month"], offer["until"]) else ["settled too late"]
    balance = 0
    for bucket in ("principal", "interest", "penalty", "compound", "late_fee", "fees"):
        owed = amount(debt.get(bucket, "0"))
        waived = Fraction(debt.get("waivable", {}).get(bucket, "0")) * owed
        balance += owed - (2 * waived.numerator + waived.denominator) // (2 * waived.denominator)
    grace, count = planned["grace"], planned["terms"]
    if balance == 0:
        return [] if sum(a for _, a in rows) == 0 else ["nothing is owed"]
    if count > debt["terms_max"] or grace > debt.get("grace_max", 0):
        return [f"grace {grace}, {count} terms are more than allowed"]
    wanted = level_rows(balance, Fraction(debt.get("rate_after", "0")), count)
    if [a for _, a in rows] != wanted or [m for m, _ in rows] != list(range(grace, grace + count)):
        return ["rows are not the instalments of this grace and these terms"]
    least = amount(debt.get("installment_min", "0"))
    return ["a row below installment_min"] if any(a < least for a in wanted[:-1]) else []


def plan(question, expect, answer):
    """Feasibility as expected, the objective no worse, and the plan itself sound."""
    if answer.get("feasible") != expect["feasible"]:
        return [f".feasible: {answer.get('feasible')} instead of {expect['feasible']}"]
    if not expect["feasible"]:
        return []
    horizon, wrong = question["horizon_months"], []
    planned = {d["id"]: d for d in answer["debts"]}
    by_month = [0] * horizon
    asks = 0
    for debt in question["debts"]:
        mine = planned.get(debt["id"])
        if mine is None:
            return [f"debt {debt['id']} has no place in the plan"]
        wrong += [f"debt {debt['id']}: {w}" for w in check_debt(question, debt, mine)]
        asks += mine["kind"] != "contract"
        for row in mine["rows"]:
            index = month_index(question["first_month"], row["month"])
            if not 0 <= index < horizon:
                return [f"debt {debt['id']}: a row outside the horizon"]
            by_month[index] += fen(row["amount"])
    capacity = question["capacity"]
    cash = int(Decimal(question.get("cash_now", "0")) * 100)
    for index in range(horizon):
        month = capacity if isinstance(capacity, str) else capacity[index] if index < len(capacity) else "0"
        cash += int(Decimal(month) * 100) - by_month[index]
        if cash < 0:
            wrong.append(f"month {index} is overspent by {-cash} fen")
    shared = {(d["grace"], d["terms"]) for d in answer["debts"]}
    figures = {
        "last_month_index": max((i for i, paid in enumerate(by_month) if paid), default=0),
        "paid": sum(by_month),
        "peak_month": max(by_month, default=0),
        "asks": asks,
        "grace": min(g for g, _ in shared) if question["objective"] == "pro_rata" else None,
    }
    if question["objective"] == "pro_rata" and (len(shared) != 1 or asks != len(question["debts"])):
        wrong.append("pro rata gives every debt one grace and one number of terms")
    best = expect.get("best", {})
    order = {"soonest": ("last_month_index", "paid"), "lightest": ("peak_month", "last_month_index"),
             "fewest_asks": ("asks", "last_month_index"), "cheapest": ("paid", "last_month_index"),
             "pro_rata": ("last_month_index", "grace")}[question["objective"]]
    keys = [key for key in order if key in best]
    number = lambda value: int(Decimal(value) * 100) if isinstance(value, str) else value
    got, wanted = [figures[k] for k in keys], [number(best[k]) for k in keys]
    return wrong if got <= wanted else wrong + [f"{keys} are {got}, {wanted} is possible"]


FILES = {
    "schedule": ("schedule", schedule),
    "cost": ("cost", cost),
    "published": ("cost", cost),
    "statement": ("statement", statement),
    "plan": ("plan", plan),
}


def main(directory, program):
    passed, failed = 0, 0
    for name, (command, check) in FILES.items():
        path = Path(directory) / f"{name}.jsonl"
        if not path.exists():
            continue
        cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        asked = "".join(json.dumps(case["in"], ensure_ascii=False) + "\n" for case in cases)
        run = subprocess.run([program, "calc", command], input=asked, capture_output=True, text=True, check=False)
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        if len(answers) != len(cases):
            print(f"{name}: {len(answers)} answers to {len(cases)} questions. {run.stderr.strip()}")
            failed += len(cases)
            continue
        for case, answer in zip(cases, answers):
            question, expect = case["in"], case["expect"]
            if "error" in answer and "error" not in expect:
                wrong = [json.dumps(answer["error"], ensure_ascii=False)]
            else:
                wrong = check(question, expect, answer)
            if answer.get("id") != question.get("id"):
                wrong.append(f".id: {answer.get('id')!r}")
            passed, failed = (passed, failed + 1) if wrong else (passed + 1, failed)
            for line in wrong[:5]:
                print(f"{name} {question.get('id')}: {line}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
