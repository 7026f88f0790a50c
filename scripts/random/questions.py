"""Questions for `ashore-cli calc`, drawn from a seed: sound ones of every kind, and sound ones with something spoilt."""

import copy
import random
from datetime import date, timedelta

KINDS = ["cost", "schedule", "statement", "cap", "capacity", "plan", "identify", "forecast", "limitation", "deadline", "compare", "conduct"]
METHODS = ["equal_installment", "equal_principal", "interest_only_bullet", "single_payment", "flat_rate", "daily_accrual"]
FEES = ["service_fee", "guarantee_fee", "insurance_premium", "membership_fee", "handling_fee"]
LENDERS = ["bank", "consumer_finance_co", "micro_loan_co", "private_lender", "guarantee_co", "unknown"]
EVENTS = ["demand_letter", "demand_message", "account_debited", "lawsuit", "payment", "repayment_plan", "deferral_request", "promise_to_pay", "repayment_agreement"]
PERIODS = ["DL-PAYMENT-ORDER", "DL-ANSWER", "DL-APPEAL-RULING", "DL-CREDIT-OBJECTION", "DL-COMPLAINT", "DL-REPORT-ACCEPT", "DL-LENDER-REPLY", "LIM-GENERAL", "CREDIT-ADVERSE"]
CHANNELS = ["call", "call", "call", "sms", "email", "im_chat", "in_app_chat", "visit", "letter", "other"]
# What collectors write, mild and not, so that the lexicon has something to find.
TEXTS = ["您的借款已逾期，请尽快处理", "再不还就通知你单位和通讯录", "已立案，警察马上上门", "【12368】某法院通知", "请转到这个个人账户", "无", "call back", "💢", "影响子女上学", ""]
BUCKETS = ["interest", "penalty", "compound", "late_fee", "fees"]

# What nobody means, in every place: wrong types, numbers that are none, days that never were, sizes beyond all limits.
HOSTILE = [
    None, True, 0, -1, 1e400, 1.5, 10**30, "", " ", "-0.00", "NaN", "inf", "1e5", "0.001", "-5", "9" * 400, "１２", "十万", "½", "\u202e12",
    "2025-02-30", "9999-12-31", "0000-00-00", "1989-12-31", "2101-01-01", "2025-13", [], {}, [[]], {"a": 1}, ["x"] * 3, "\x00", "💸", "month", "1/0",
]


class Draw:
    """Everything random comes from here, so that a seed gives the same questions again."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def yuan(self, most=5_000_000, least=1):
        fen = int(self.r.triangular(least, most, least)) if self.r.random() < 0.9 else self.r.choice([least, least + 1, most])
        return f"{fen // 100}.{fen % 100:02d}"

    def day(self, first="2019-01-01", days=2900):
        return (date.fromisoformat(first) + timedelta(self.r.randrange(days))).isoformat()

    def month(self, first=(2026, 1), months=60):
        at = first[0] * 12 + first[1] - 1 + self.r.randrange(months)
        return f"{at // 12:04d}-{at % 12 + 1:02d}"

    def rate(self):
        per = self.r.choice(["year", "year", "year", "month", "day", "term_flat"])
        scale = {"year": 10_000, "month": 120_000, "day": 4_000_000, "term_flat": 120_000}[per]
        return {"value": f"{self.r.randrange(0, 9000) / scale:.8f}", "per": per}

    def some(self, chance):
        return self.r.random() < chance

    def loan(self, plain=False):
        r = self.r
        start = date.fromisoformat(self.day("2020-01-01", 2200))
        loan = {"principal": self.yuan(), "disbursed_on": start.isoformat(), "method": r.choice(METHODS), "terms": r.choice([1, 2, 3, 6, 12, 12, 24, 36])}
        loan["first_due"] = (start + timedelta(r.randrange(1, 60))).isoformat()
        if self.some(0.15):
            loan["method"] = "equal_installment"
            loan["payment"] = self.yuan(200_000, 100)
        else:
            loan["rate"] = self.rate()
        if self.some(0.4):
            loan["day_count"] = r.choice(["months", "act_360", "act_365"])
        if loan.get("rate", {}).get("per") == "day":
            loan["day_count"], loan["method"] = r.choice(["act_360", "act_365"]), r.choice(METHODS[1:4] + METHODS[5:])
        if not plain and self.some(0.3):
            loan["period"] = r.choice(["month", "quarter", "week", "biweek", {"days": r.randrange(1, 90)}])
        if self.some(0.4):
            loan["fees"] = [
                {"kind": r.choice(FEES), "when": r.choice(["upfront", "each_term", "final"]), **({"amount": self.yuan(30_000)} if self.some(0.6) else {"rate_of_principal": f"{r.randrange(1, 300) / 10_000:.4f}"}), **({"counts_in_cost": False} if self.some(0.2) else {})}
                for _ in range(r.randrange(1, 4))
            ]
        if self.some(0.4):
            multiple = loan.get("rate", {"per": "term_flat"})["per"] != "term_flat" and self.some(0.5)
            loan["penalty"] = {"rate": {"multiple_of_contract": "1.5"} if multiple else {"value": f"{r.randrange(1, 20) / 10_000:.4f}", "per": "day"}}
            if self.some(0.3):
                loan["penalty"]["base"] = "overdue_total"
            elif self.some(0.4):
                loan["penalty"]["compound_on"] = "in_term_interest"
        if self.some(0.2):
            loan["late_fee"] = self.yuan(10_000)
        if self.some(0.5):
            loan["lender_kind"] = r.choice(LENDERS)
        if self.some(0.15):
            loan["allocation_order"] = r.sample(["enforcement_cost", *BUCKETS, "principal"], 7)
        return loan

    def payments(self, loan):
        start = date.fromisoformat(loan["disbursed_on"])
        return [{"date": (start + timedelta(self.r.randrange(0, 1200))).isoformat(), "amount": self.yuan(300_000)} for _ in range(self.r.randrange(0, 8))]

    def cost(self):
        r = self.r
        if self.some(0.5):
            flows = [self.yuan(2_000_000)] + [("-" if self.some(0.9) else "") + self.yuan(300_000) for _ in range(r.randrange(1, 30))]
            return {"period": r.choice(["month", "week", "biweek", "quarter", {"days": 7}]), "flows": flows}
        return {"flows": [{"date": self.day(), "amount": ("-" if self.some(0.6) else "") + self.yuan(900_000)} for _ in range(r.randrange(1, 25))]}

    def schedule(self):
        return {"loan": self.loan()}

    def statement(self):
        loan = self.loan()
        asked = {"loan": loan, "payments": self.payments(loan), "as_of": self.after(loan, 1400)}
        if self.some(0.15):
            asked["acceleration_on"] = self.after(loan, 900)
        if self.some(0.2):
            asked["changes"] = [{"date": self.after(loan, 900), "waive": {self.r.choice([*BUCKETS, "principal"]): self.yuan(50_000)}}]
        return asked

    def after(self, loan, days):
        return (date.fromisoformat(loan["disbursed_on"]) + timedelta(self.r.randrange(1, days))).isoformat()

    def cap(self):
        loan = self.loan(plain=True)
        asked = {"loan": loan, "as_of": self.after(loan, 1400), "payments": self.payments(loan)}
        if self.some(0.5):
            asked["claimed"] = {bucket: self.yuan(200_000) for bucket in BUCKETS if self.some(0.6)}
        if self.some(0.3):
            asked["disclosed"] = [{"kind": self.r.choice(FEES), "amount": self.yuan(60_000, 0)} for _ in range(self.r.randrange(0, 4))]
        return asked

    def every(self):
        every = self.r.choice(["month", "month", "week", "biweek", "year", "once"])
        return {"every": every, **({"on": self.month()} if every == "once" else {})}

    def capacity(self):
        r = self.r
        return {
            "first_month": self.month(), "months": r.randrange(1, 25),
            "income": [{"amount": self.yuan(900_000), **self.every(), "certainty": r.choice(["fixed", "variable", "one_off"])} for _ in range(r.randrange(0, 5))],
            "expenses": [{"class": r.choice(["essential", "flexible", "irregular"]), "amount": self.yuan(300_000), **self.every()} for _ in range(r.randrange(0, 6))],
            "priority": [{"amount": self.yuan(200_000), **self.every()} for _ in range(r.randrange(0, 3))],
            "changes": [{"from": self.month(), "income": ("-" if self.some(0.5) else "") + self.yuan(200_000)} for _ in range(r.randrange(0, 3))],
            **({"contract_payments": self.yuan(400_000)} if self.some(0.6) else {}), **({"buffer": self.yuan(50_000)} if self.some(0.4) else {}),
        }

    def plan(self):
        r = self.r
        horizon = r.choice([3, 6, 12, 12, 24])
        months = [f"{(2026 * 12 + 11 + k) // 12:04d}-{(2026 * 12 + 11 + k) % 12 + 1:02d}" for k in range(horizon)]
        debts = []
        for k in range(r.choice([1, 1, 2, 2, 3, 4, 6])):
            debt = {"id": f"d{k}", "principal": self.yuan(1_000_000), "interest": self.yuan(40_000, 0), "penalty": self.yuan(20_000, 0), "fees": self.yuan(10_000, 0), "terms_max": r.randrange(1, horizon + 2)}
            if self.some(0.5):
                debt["grace_max"] = r.randrange(0, 4)
            if self.some(0.3):
                debt["rate_after"] = f"{r.randrange(0, 2400) / 10_000:.4f}"
            if self.some(0.3):
                debt["waivable"] = {bucket: f"{r.randrange(0, 101) / 100:.2f}" for bucket in ["penalty", "fees", "interest"] if self.some(0.6)}
            if self.some(0.3):
                debt["settlement"] = {"amount": self.yuan(700_000), "until": r.choice(months)}
            if self.some(0.3):
                debt["contract_payments"] = [{"month": month, "amount": self.yuan(90_000)} for month in months[: r.randrange(1, horizon + 1)]]
            if self.some(0.15):
                debt["installment_min"] = self.yuan(20_000)
            debts.append(debt)
        each = self.yuan(500_000, 0)
        capacity = each if self.some(0.6) else [self.yuan(500_000, 0) for _ in months]
        return {"as_of": "2026-11-22", "first_month": "2026-12", "capacity": capacity, "cash_now": self.yuan(100_000, 0), "debts": debts, "objective": r.choice(["soonest", "lightest", "pro_rata", "fewest_asks", "cheapest"]), "horizon_months": horizon}

    def identify(self):
        loan = self.loan(plain=True)
        loan["terms"] = self.r.choice([3, 6, 12])
        rate = loan.get("rate") or {"value": "0.18", "per": "year"}
        if rate["per"] == "day":
            loan["rate"] = {"value": "0.18", "per": "year"}
        if self.some(0.4):
            named = {bucket: self.yuan(100_000, 0) for bucket in ["principal", "interest", "penalty"] if self.some(0.8)}
            return {"loan": loan, "claimed": {"as_of": self.after(loan, 500), **named}, "payments": self.payments(loan)}
        first = date.fromisoformat(loan["first_due"])
        rows = []
        for k in range(loan["terms"]):
            at = first.year * 12 + first.month - 1 + k
            due = date(at // 12, at % 12 + 1, min(first.day, 28)).isoformat()
            row = {"due": due, "principal": self.yuan(90_000), "interest": self.yuan(9_000)}
            rows.append({"due": due, "payment": self.yuan(99_000)} if self.some(0.3) else row)
        return {"loan": loan, "printed": rows}

    def forecast(self):
        r = self.r
        months = sorted({self.month((2026, 11), 14) for _ in range(r.randrange(0, 14))})
        dues = [{"loan": r.choice("甲乙丙丁"), "due": self.day("2026-10-01", 420), "amount": self.yuan(300_000, 0)} for _ in range(r.randrange(0, 20))]
        return {"as_of": "2026-11-22", "capacity": [{"month": month, "amount": self.yuan(400_000, 0)} for month in months], "cash_now": ("-" if self.some(0.1) else "") + self.yuan(100_000, 0), "dues": dues}

    def limitation(self):
        return {"last_due": self.day("2000-01-01", 9700), "as_of": self.day("2020-01-01", 3000), "events": [{"date": self.day("2015-01-01", 4500), "kind": self.r.choice(EVENTS)} for _ in range(self.r.randrange(0, 8))]}

    def deadline(self, rules=PERIODS):
        asked = {"rule": self.r.choice(rules), "received_on": self.day("2024-01-01", 1000)}
        if self.some(0.3):
            asked["holidays"] = [self.day("2024-01-01", 1100) if self.some(0.5) else {"date": self.day("2024-01-01", 1100), "off": self.some(0.5)} for _ in range(self.r.randrange(1, 6))]
        return asked

    def compare(self):
        r = self.r
        debt = {"principal": self.yuan(900_000), **{bucket: self.yuan(50_000, 0) for bucket in BUCKETS if self.some(0.5)}}
        if self.some(0.6):
            debt["penalty_rate"] = {"value": f"{r.randrange(1, 10) / 10_000:.4f}", "per": "day"}
        proposals = []
        for k in range(r.randrange(1, 4)):
            months = sorted(self.month((2026, 12), 24) for _ in range(r.randrange(1, 12)))
            proposal = {"id": f"p{k}", "waived": {}, "rows": [{"month": month, "amount": self.yuan(100_000)} for month in months]}
            if self.some(0.4) and "penalty" in debt:
                proposal["waived"] = {"penalty": debt["penalty"]}
            if self.some(0.4):
                proposal["interest_during"] = {"value": f"{r.randrange(1, 3000) / 10_000:.4f}", "per": "year"}
            if self.some(0.3):
                proposal["conditions"] = [r.choice(["waiver_lapses_on_breach", "waiver_stays_on_breach"])]
            proposals.append(proposal)
        return {"as_of": "2026-11-22", "debt": debt, "proposals": proposals, **({"capacity": self.yuan(300_000, 0)} if self.some(0.5) else {})}

    def conduct(self):
        """Some days of contacts: rotating numbers, at all hours, by collectors, to the debtor and to others."""
        r = self.r
        lenders, numbers = r.sample(["甲消费金融", "乙小贷", "丙银行"], r.choice([1, 1, 2, 3])), [f"1{r.randrange(3, 10)}{r.randrange(10**9):09d}" for _ in range(r.randrange(1, 6))]
        days = [self.day("2025-01-01", 690) for _ in range(r.choice([1, 1, 2, 4]))]
        contacts = []
        for _ in range(r.randrange(0, 40)):
            hour = r.choice([7, 8, 9, 12, 15, 19, 21, 22, 23, 0, 3])
            contact = {"at": f"{r.choice(days)}T{hour:02d}:{r.choice([0, 0, 30, 59]):02d}:{r.choice([0, 59]):02d}{r.choice(['+08:00', '+08:00', '+00:00', '-05:00'])}", "channel": r.choice(CHANNELS), "direction": r.choice(["incoming", "incoming", "incoming", "outgoing"])}
            optional = {"duration_s": r.choice([0, 1, 9, 10, 11, 300]), "connected": self.some(0.6), "number": r.choice(numbers), "lender": r.choice(lenders), "target": "third_party" if self.some(0.15) else "debtor", "text": r.choice(TEXTS)}
            contacts.append(contact | {name: value for name, value in optional.items() if self.some(0.8)})
        if self.some(0.3):
            # A day of calls, more than any rule has: half of them are not answered.
            day, lender = r.choice(days), r.choice(lenders)
            for n in range(r.randrange(3, 20)):
                answered = self.some(0.5)
                contacts.append({"at": f"{day}T{8 + n // 2:02d}:{n % 2 * 30:02d}:00+08:00", "channel": "call", "direction": "incoming", "duration_s": 30 * answered, "connected": answered, "number": r.choice(numbers), "lender": lender, "target": "debtor"})
        consent = {"consented_hours": r.choice(["21:00-23:00", ["22:00-23:00", "07:00-08:00"], {"from": "22:00", "to": "01:00"}])} if self.some(0.3) else {}
        return {"contacts": contacts, **consent}

    def spoilt(self, question):
        """The same with one to three things in it that do not belong there."""
        spoilt = copy.deepcopy(question)
        for _ in range(self.r.randrange(1, 4)):
            places = list(walk(spoilt))
            if not places:
                break
            holder, key = self.r.choice(places)
            what = self.r.random()
            if what < 0.15 and isinstance(holder, dict):
                del holder[key]
            elif what < 0.25 and isinstance(holder, dict):
                holder["unknown_field"] = 1
            elif what < 0.3 and isinstance(holder, list):
                holder.extend([holder[key]] * self.r.choice([1, 3, 700]))
            else:
                holder[key] = copy.deepcopy(self.r.choice(HOSTILE))
        return spoilt


def walk(value):
    """Every place in a question that can be spoilt."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for key, inner in list(pairs):
        yield value, key
        yield from walk(inner)
