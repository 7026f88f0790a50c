//! The little language in which derivations are written: numbers, names, `+ - * / ^`, brackets, `min`, `max`, and
//! `months_after` a day, and the four rates that have no closed form. Exact throughout; nothing here knows a loan.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::Ratio;

use super::number::{Exact, solved};
use crate::irr::{Roots, roots};

/// Why a formula has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormulaError {
    /// Not in the language.
    #[error("the formula is not readable at {at}")]
    Unreadable {
        /// What comes there.
        at: String,
    },
    /// A name without an input.
    #[error("{name} is no input")]
    UnknownName {
        /// The name.
        name: String,
    },
    /// Division by nothing, a power that is no small whole number, a rate that does not exist.
    #[error("{what} has no value")]
    NoValue {
        /// Which operation.
        what: String,
    },
}

/// The value of `formula` when its names stand for `inputs`.
///
/// # Errors
/// What keeps the formula from having a value.
pub fn evaluate(formula: &str, inputs: &BTreeMap<String, Exact>) -> Result<Exact, FormulaError> {
    let mut reader = Reader { rest: formula, inputs };
    let value = reader.sum()?;
    if reader.peek().is_some() { Err(reader.unreadable()) } else { Ok(value) }
}

struct Reader<'a> {
    rest: &'a str,
    inputs: &'a BTreeMap<String, Exact>,
}

/// The largest power in a formula: terms and periods are fewer.
const POWER_MAX: u32 = 36_600;

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.rest = self.rest.get(wanted.len_utf8()..).unwrap_or("");
        }
        found
    }

    fn unreadable(&self) -> FormulaError {
        FormulaError::Unreadable { at: self.rest.chars().take(20).collect() }
    }

    fn sum(&mut self) -> Result<Exact, FormulaError> {
        let mut value = self.product()?;
        loop {
            if self.take('+') {
                value += self.product()?;
            } else if self.take('-') {
                value -= self.product()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn product(&mut self) -> Result<Exact, FormulaError> {
        let mut value = self.power()?;
        loop {
            if self.take('*') {
                value *= self.power()?;
            } else if self.take('/') {
                let divisor = self.power()?;
                if divisor == Exact::from(BigInt::ZERO) {
                    return Err(FormulaError::NoValue { what: "division by zero".to_owned() });
                }
                value /= divisor;
            } else {
                return Ok(value);
            }
        }
    }

    fn power(&mut self) -> Result<Exact, FormulaError> {
        let base = self.atom()?;
        if !self.take('^') {
            return Ok(base);
        }
        let exponent = self.atom()?;
        let whole = exponent.is_integer().then(|| u32::try_from(exponent.numer()).ok()).flatten();
        let Some(whole) = whole.filter(|n| *n <= POWER_MAX) else {
            return Err(FormulaError::NoValue { what: format!("a power of {exponent}") });
        };
        Ok(Ratio::new_raw(base.numer().pow(whole), base.denom().pow(whole)))
    }

    fn atom(&mut self) -> Result<Exact, FormulaError> {
        if self.take('(') {
            let value = self.sum()?;
            return if self.take(')') { Ok(value) } else { Err(self.unreadable()) };
        }
        if self.take('-') {
            return Ok(-self.atom()?);
        }
        let word = self.word();
        match word.chars().next() {
            None => Err(self.unreadable()),
            Some(first) if first.is_ascii_digit() => {
                super::number::parse(&word).ok_or(FormulaError::Unreadable { at: word })
            }
            Some(_) if self.peek() == Some('(') => self.call(&word),
            Some(_) => self.inputs.get(&word).cloned().ok_or(FormulaError::UnknownName { name: word }),
        }
    }

    fn word(&mut self) -> String {
        self.peek();
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.');
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word.to_owned()
    }

    fn call(&mut self, name: &str) -> Result<Exact, FormulaError> {
        self.take('(');
        let mut values = Vec::new();
        loop {
            values.push(self.sum()?);
            if self.take(')') {
                break;
            }
            if !self.take(',') {
                return Err(self.unreadable());
            }
        }
        let none = || FormulaError::NoValue { what: name.to_owned() };
        match name {
            "min" => values.into_iter().min().ok_or_else(none),
            "max" => values.into_iter().max().ok_or_else(none),
            "months_after" => months_after(&values).ok_or_else(none),
            "irr" | "irr_nominal" | "irr_effective" | "xirr" => rate(name, &values).ok_or_else(none),
            _ => Err(FormulaError::UnknownName { name: name.to_owned() }),
        }
    }
}

/// `months_after(day, n)`: the corresponding day n months later, or that month's last where there is none.
fn months_after(values: &[Exact]) -> Option<Exact> {
    let [day, months] = values else { return None };
    let months = months.is_integer().then(|| u32::try_from(months.numer()).ok()).flatten()?;
    let later = super::number::as_day(day)?.checked_add_months(chrono::Months::new(months))?;
    Some(super::number::day(later))
}

/// `irr(t0, f0, t1, f1, …)`: the i nearest zero with Σ f_k / (1+i)^t_k = 0. `irr_nominal(a, b, t0, f0, …)`: i × a / b.
/// `irr_effective(a, b, t0, f0, …)`: (1+i)^(a/b) − 1. `xirr(d0, f0, …)`: the same as `irr` by days over 365.
fn rate(name: &str, values: &[Exact]) -> Option<Exact> {
    let whole = |value: &Exact| i64::try_from(value.numer()).ok().filter(|_| value.is_integer());
    let has_units = matches!(name, "irr_nominal" | "irr_effective");
    let (units, timed) = if has_units { values.split_at_checked(2)? } else { (&[][..], values) };
    let first = timed.first()?;
    let flows = timed.chunks(2).map(|pair| {
        let [at, flow] = pair else { return None };
        Some((whole(&(at - first))?, super::number::money(flow)?))
    });
    let a_year = if name == "xirr" { 365 } else { 1 };
    let Roots::Found { log, .. } = roots(&flows.collect::<Option<Vec<_>>>()?, a_year) else { return None };
    let units = units.iter().map(|unit| u16::try_from(whole(unit)?).ok()).collect::<Option<Vec<_>>>()?;
    solved(match (name, units.as_slice()) {
        ("irr_nominal", [a, b]) => log.nominal((*a, *b)),
        ("irr_effective", [a, b]) => log.effective((*a, *b)),
        _ => log.rate(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::number::parse;

    fn value(formula: &str) -> Result<Exact, FormulaError> {
        let inputs = [("base", "1000.00"), ("rate", "3/2000"), ("from", "2025-02-10"), ("to", "2025-03-12")];
        let inputs = inputs.map(|(name, text)| (name.to_owned(), parse(text).unwrap())).into();
        evaluate(formula, &inputs)
    }

    #[test]
    fn exact_arithmetic_with_the_usual_precedence() {
        for (formula, expect) in [
            ("1 + 2 * 3", "7"),
            ("(1 + 2) * 3 ^ 2", "27"),
            ("base * rate * (to - from)", "45"),
            ("10 - 4 - 3", "3"),
            ("1 / 3 / 2", "1/6"),
            ("-base + 1", "-999"),
            ("max(min(base, 7), 3, rate)", "7"),
            ("(1 + 1/50)^2 - 1", "0.0404"),
            ("months_after(from, 12) - from", "365"),
        ] {
            assert_eq!(value(formula).unwrap(), parse(expect).unwrap(), "{formula}");
        }
    }

    #[test]
    fn rates_are_solved_again() {
        let found = value("irr(0, 1000, 1, -600, 2, -600)").unwrap();
        assert!(found > parse("0.13066").unwrap() && found < parse("0.13067").unwrap());
        assert!(value("irr_nominal(12, 1, 0, 1000, 1, -600, 2, -600)").unwrap() > parse("1.5679").unwrap());
    }

    #[test]
    fn nonsense_has_no_value() {
        for formula in [
            "",
            "1 +",
            "(1",
            "base base",
            "unknown",
            "1 / 0",
            "2 ^ rate",
            "sin(1)",
            "irr(0, 1, 1, 1)",
            "irr(0, 1, 2)",
            "1,2",
            "months_after(from, 1/2)",
            "months_after(from)",
        ] {
            assert!(value(formula).is_err(), "{formula}");
        }
    }
}
