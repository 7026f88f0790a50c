"""Computes the steps of a derivation again from their text alone, with fractions of its own; knows nothing of loans."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60
WORD = re.compile(r"\s*([A-Za-z0-9_.]+|.)")


class NoReplay(Exception):
    pass


def number(text):
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return Fraction(date.fromisoformat(text).toordinal())
    return Fraction(text)


def evaluate(formula, inputs):
    tokens = WORD.findall(formula.strip()) + [None]
    value, at = _sum(tokens, 0, inputs)
    if tokens[at] is not None:
        raise NoReplay(f"{formula}: not readable at {tokens[at]}")
    return value


def _sum(tokens, at, inputs):
    value, at = _product(tokens, at, inputs)
    while tokens[at] in ("+", "-"):
        sign = tokens[at]
        right, at = _product(tokens, at + 1, inputs)
        value = value + right if sign == "+" else value - right
    return value, at


def _product(tokens, at, inputs):
    value, at = _power(tokens, at, inputs)
    while tokens[at] in ("*", "/"):
        sign = tokens[at]
        right, at = _power(tokens, at + 1, inputs)
        value = value * right if sign == "*" else value / right
    return value, at


def _power(tokens, at, inputs):
    value, at = _atom(tokens, at, inputs)
    if tokens[at] == "^":
        exponent, at = _atom(tokens, at + 1, inputs)
        value = value ** int(exponent)
    return value, at


def _atom(tokens, at, inputs):
    word = tokens[at]
    if word == "(":
        value, at = _sum(tokens, at + 1, inputs)
        if tokens[at] != ")":
            raise NoReplay("a bracket is not closed")
        return value, at + 1
    if word == "-":
        value, at = _atom(tokens, at + 1, inputs)
        return -value, at
    if word is None:
        raise NoReplay("the formula ends too early")
    if word[0].isdigit():
        return Fraction(word), at + 1
    if tokens[at + 1] != "(":
        if word not in inputs:
            raise NoReplay(f"{word} is no input")
        return inputs[word], at + 1
    values, at = [], at + 1
    while tokens[at] in ("(", ","):
        value, at = _sum(tokens, at + 1, inputs)
        values.append(value)
    if tokens[at] != ")":
        raise NoReplay("a call is not closed")
    return _call(word, values), at + 1


def _call(name, values):
    if name in ("min", "max"):
        return (min if name == "min" else max)(values)
    if name == "months_after":
        day, months = date.fromordinal(int(values[0])), int(values[1])
        month = day.year * 12 + day.month - 1 + months
        year, month = month // 12, month % 12 + 1
        return Fraction(date(year, month, min(day.day, monthrange(year, month)[1])).toordinal())
    if name in ("irr", "irr_nominal", "irr_effective", "xirr"):
        return Rate(name, values)
    raise NoReplay(f"{name} is no function")


class Rate:
    """A rate without a closed form: whatever is stated must be a root of its flows."""

    def __init__(self, name, values):
        self.name, self.unit = name, Fraction(1)
        if name in ("irr_nominal", "irr_effective"):
            self.unit, values = values[0] / values[1], values[2:]
        base = 365 if name == "xirr" else 1
        self.flows = [(float((at - values[0]) / base), at - values[0], Decimal(flow.numerator) / Decimal(flow.denominator)) for at, flow in zip(values[::2], values[1::2])]
        self.base = base

    def holds(self, stated):
        stated = Decimal(stated.numerator) / Decimal(stated.denominator)
        unit = Decimal(self.unit.numerator) / Decimal(self.unit.denominator)
        slack = (abs(stated) + 1) * Decimal("1e-9")
        worth = [self.present(stated + shift, unit) for shift in (-slack, slack)]
        return worth[0] == 0 or worth[1] == 0 or (worth[0] < 0) != (worth[1] < 0)

    def present(self, rate, unit):
        if self.name == "irr_nominal":
            periodic = 1 + rate / unit
        elif self.name == "irr_effective":
            periodic = ((1 + rate).ln() / unit).exp() if 1 + rate > 0 else Decimal(0)
        else:
            periodic = 1 + rate
        if periodic <= 0:
            periodic = Decimal("1e-3000")
        log = periodic.ln()
        return sum(flow * (-log * Decimal(at.numerator) / Decimal(at.denominator * self.base)).exp() for _, at, flow in self.flows)


def rounded(value, rounding):
    if rounding is None:
        return value
    digits = {"half_up_fen": 2, "floor_fen": 2, "ceil_fen": 2, "half_up_12_decimals": 12}[rounding]
    scaled = value * 10**digits
    if rounding == "floor_fen":
        whole = scaled.numerator // scaled.denominator
    elif rounding == "ceil_fen":
        whole = -(-scaled.numerator // scaled.denominator)
    else:
        sign = -1 if scaled < 0 else 1
        doubled = abs(scaled) * 2 + 1
        whole = sign * (doubled.numerator // (2 * doubled.denominator))
    return Fraction(whole, 10**digits)


def replay(explanation):
    """The value of the last step; raises `NoReplay` where a step or the figure says something else."""
    values = []
    for step in explanation["steps"]:
        inputs = {}
        for name, text in step["inputs"].items():
            earlier = re.fullmatch(r"step_(\d+)", name)
            inputs[name] = values[int(earlier[1]) - 1] if earlier and int(earlier[1]) <= len(values) else number(text)
        value, stated = evaluate(step["formula"], inputs), number(step["value"])
        if isinstance(value, Rate):
            if not value.holds(stated):
                raise NoReplay(f"{step['value']} is no root of {step['formula']}")
            value = stated
        value = rounded(value, step.get("rounding"))
        if value != stated:
            raise NoReplay(f"{step['formula']} gives {value}, not {step['value']}")
        values.append(value)
    if not values or values[-1] != number(explanation["value"]):
        raise NoReplay("the last step is not the figure")
    return values[-1]
