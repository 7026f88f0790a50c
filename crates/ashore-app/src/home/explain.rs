use ashore_domain::{Money, Month};
use ashore_engine::explain::{Explanation, explain_amount, explain_forecast, explain_statement, explain_sum};
use ashore_engine::{DueItem, Statement};
use chrono::{NaiveDate, TimeDelta};

use super::forecast::{Foreseen, SHOWN};
use super::path::Path;
use super::path_explained::path_explained;
use super::show::UPCOMING_DAYS;
use crate::AppError;
use crate::capacity::followed;
use crate::explain::{chained, find, placed};
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};

/// Money of the present month that has gone to these loans already.
fn paid_in(files: &[LoanFile], month: Month) -> impl Iterator<Item = Money> {
    let counted = files.iter().flat_map(|file| &file.payments).filter(|p| p.counts());
    counted.filter(move |p| Month::of(p.payment.on) == month).map(|p| p.payment.amount)
}

/// What a due still asks for: its term as it stands, less credit that waits for it.
fn of_due(path: &str, due: &DueItem, statement: &Statement) -> Explanation {
    let term = statement.terms.iter().find(|t| (t.schedule, t.term) == (due.schedule, due.term));
    let unpaid = term.map_or(due.amount, |term| term.unpaid.total());
    let inputs = [("unpaid", unpaid), ("credit", unpaid - due.amount)];
    let rule = Some("credit meets earlier terms first");
    explain_amount(path, "unpaid - credit", &inputs, rule, due.amount)
}

/// The dues of the coming weeks in the order of the view.
fn upcoming_explained(
    files: &[LoanFile],
    statements: &[Statement],
    today: NaiveDate,
) -> Result<Vec<Explanation>, AppError> {
    let mut dues = Vec::new();
    for (file, statement) in files.iter().zip(statements) {
        for due in file.dues(today, today, today + TimeDelta::days(UPCOMING_DAYS))? {
            dues.push((due.due, file.name().to_owned(), of_due("", &due, statement)));
        }
    }
    dues.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let placed = dues.into_iter().enumerate();
    Ok(placed.map(|(place, (_, _, due))| due.at(format!("upcoming[{place}].amount"))).collect())
}

impl App<Unlocked> {
    /// Every amount of the part of the first tab in which `path` lies, with its derivation.
    pub(crate) fn home_explained(&self, path: &str) -> Result<Vec<Explanation>, AppError> {
        let today = self.clock.today();
        let month = Month::of(today);
        let files = self.open_loan_files()?;
        let statements = files.iter().map(|file| file.statement(today)).collect::<Result<Vec<_>, _>>()?;
        let owed: Vec<Money> = statements.iter().map(|s| s.outstanding.total()).collect();
        let late: Vec<Money> =
            statements.iter().filter(|s| s.overdue.days > 0).map(|s| s.overdue.total).collect();
        let mut still_due = Vec::new();
        for file in &files {
            still_due.extend(file.dues(today, today, month.last_day())?.iter().map(|due| due.amount));
        }
        let due: Money = still_due.iter().copied().sum();
        let mut explained = vec![
            explain_sum(
                "owed",
                "loan",
                owed.iter().copied(),
                Some("every open loan"),
                owed.iter().copied().sum(),
            ),
            explain_sum(
                "overdue.total",
                "loan",
                late.iter().copied(),
                Some("terms due before, with principal, interest or fees unpaid"),
                late.iter().copied().sum(),
            ),
        ];
        let dues = explain_sum(
            "month.still_due",
            "due",
            still_due,
            Some("dues from today to the end of the month"),
            due,
        );
        if let Some(available) = self.available_explained(&files, today)? {
            let have = self.available(files.iter(), today)?.unwrap_or_default();
            if (due - have).is_positive() {
                let inputs = [("still_due", due), ("available", have)];
                let short = explain_amount("month.short", "still_due - available", &inputs, None, due - have);
                explained.push(short.after(&available).after(&dues));
            }
            explained.push(available);
        }
        explained.push(dues);
        if path.starts_with("upcoming[") {
            explained.extend(upcoming_explained(&files, &statements, today)?);
        }
        if path.starts_with("path.") {
            let way = Path::of(files.iter().zip(&statements), today);
            explained.extend(way.iter().flat_map(path_explained));
        }
        if path.starts_with("loans[") {
            for (place, file) in files.iter().enumerate() {
                let of_loan = file.replayed(today, explain_statement)?.1;
                explained.extend(placed(of_loan, |path| {
                    let name = match path {
                        "outstanding.total" => "owed",
                        "overdue.total" => "overdue_total",
                        "next_due.amount" => "next_due.amount",
                        _ => return None,
                    };
                    Some(format!("loans[{place}].card.{name}"))
                }));
            }
        }
        if path.starts_with("forecast.") {
            let all: Vec<&LoanFile> = files.iter().collect();
            let available = self.available(files.iter(), today)?;
            explained.extend(self.forecast_explained(&all, available, Money::ZERO, "forecast.")?);
        }
        Ok(explained)
    }

    /// The forecast as it is, or with a loan that is not taken yet: its money comes in today, its dues follow.
    pub(crate) fn forecast_with_explained(
        &self,
        new: Option<&LoanFile>,
        prefix: &str,
    ) -> Result<Vec<Explanation>, AppError> {
        let open = self.open_loan_files()?;
        let available = self.available(open.iter(), self.clock.today())?;
        let cash = new.and_then(LoanFile::terms).map_or(Money::ZERO, ashore_domain::LoanTerms::received);
        let files: Vec<&LoanFile> = open.iter().chain(new).collect();
        self.forecast_explained(&files, available, cash, prefix)
    }

    /// What can still be paid this month, from the lines of the worksheet on.
    fn available_explained(
        &self,
        files: &[LoanFile],
        today: NaiveDate,
    ) -> Result<Option<Explanation>, AppError> {
        let Some(sheet) = self.state.vault.latest_capacity()? else { return Ok(None) };
        let month = Month::of(today);
        let explained = followed(&sheet, month, 1);
        let capacity = ashore_engine::monthly_capacity(&sheet, month, 1);
        let capacity = capacity.by_month.first().map_or(capacity.capacity, |m| m.capacity);
        let paid: Vec<Money> = paid_in(files, month).collect();
        let total: Money = paid.iter().copied().sum();
        let inputs = [("capacity", capacity), ("paid_already", total)];
        let formula = "max(capacity - paid_already, 0)";
        let rule = Some("capacity of the month, less what was paid in it");
        let left = (capacity - total).max(Money::ZERO);
        let own = explain_amount("month.available", formula, &inputs, rule, left);
        let own = own.after(&explain_sum("paid", "payment", paid, None, total));
        Ok(Some(match find(&explained, "by_month[0].capacity") {
            Some(capacity) => own.after(capacity),
            None => own,
        }))
    }

    /// The figures of a forecast, each due after the other up to the one that is asked for. `available` stands for the
    /// present month's capacity; paths begin with `prefix`. Empty before a worksheet is stated.
    pub(crate) fn forecast_explained(
        &self,
        files: &[&LoanFile],
        available: Option<Money>,
        cash: Money,
        prefix: &str,
    ) -> Result<Vec<Explanation>, AppError> {
        let today = self.clock.today();
        let Some(sheet) = self.state.vault.latest_capacity()? else { return Ok(Vec::new()) };
        let seen = Foreseen::of(files.iter().copied(), &sheet, available, cash, today)?;
        let all = explain_forecast(today, cash, &seen.capacity, &seen.expected, &seen.forecast);
        let (one_by_one, figures): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|explanation| explanation.path.starts_with("cash["));
        let mut explained = Vec::new();
        for figure in figures {
            let place = match figure.path.as_str() {
                "lowest_cash.amount" => "lowest".to_owned(),
                "lowest_cash.date" => "lowest_on".to_owned(),
                other => other.to_owned(),
            };
            let followed = match place.strip_prefix("breaks[").and_then(|rest| rest.split_once("].")) {
                Some((number, "short")) => number.parse::<usize>().ok().and_then(|number| {
                    let failed = seen.forecast.breaks.get(number)?.index;
                    chained(&one_by_one, |due| due.path == format!("cash[{failed}]"))
                }),
                _ if place == "lowest" => chained(&one_by_one, |due| due.value == figure.value),
                _ => None,
            };
            let figure = match &followed {
                Some(before) => figure.after(before),
                None => figure,
            };
            explained.push(figure.at(format!("{prefix}{place}")));
        }
        for (place, failed) in seen.forecast.breaks.iter().enumerate().take(SHOWN) {
            let Some((file, due)) = seen.dues.get(failed.index) else { continue };
            let path = format!("{prefix}breaks[{place}].amount");
            explained.push(of_due(&path, due, &file.statement(today)?));
        }
        Ok(explained)
    }
}
