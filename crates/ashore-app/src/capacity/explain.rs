use ashore_domain::{Money, Month, Worksheet};
use ashore_engine::explain::{Explanation, explain_amount, explain_capacity, explain_spending, explain_sum};
use ashore_engine::monthly_capacity;

use super::CapacityForm;
use super::show::MONTHS_SHOWN;
use crate::explain::{find, placed};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode};

impl App<Unlocked> {
    /// Every figure that a worksheet's view shows, with its derivation: of a form as it stands, else of the worksheet
    /// last stated.
    pub(crate) fn capacity_explained(
        &self,
        form: Option<&CapacityForm>,
    ) -> Result<Vec<Explanation>, AppError> {
        let today = self.clock.today();
        let sheet =
            match form {
                Some(form) => form.read(today)?,
                None => self.state.vault.latest_capacity()?.ok_or_else(|| {
                    AppError::field(ErrorCode::NotFound, "form", "no worksheet was stated yet")
                })?,
            };
        let month = Month::of(today);
        let files = self.open_loan_files()?;
        let dues = files.iter().map(|file| file.due_in(month.plus(1), today));
        let dues = dues.collect::<Result<Vec<Money>, AppError>>()?;
        let contract: Money = dues.iter().copied().sum();
        let result = monthly_capacity(&sheet, month, MONTHS_SHOWN);
        let mut explained = followed(&sheet, month, MONTHS_SHOWN);
        let rule = Some("dues of the coming month, loan by loan");
        let contracts = explain_sum("contract_payments", "loan", dues, rule, contract);
        let inputs = [("contract_payments", contract), ("capacity", result.capacity)];
        let short = explain_amount(
            "short",
            "contract_payments - capacity",
            &inputs,
            None,
            contract - result.capacity,
        );
        if (contract - result.capacity).is_positive() {
            let with_capacity = find(&explained, "capacity").map(|capacity| short.clone().after(capacity));
            explained.push(with_capacity.unwrap_or(short).after(&contracts));
        }
        explained.push(contracts);
        Ok(explained)
    }
}

/// The figures of a worksheet by their places in its view, each from the lines on.
pub(crate) fn followed(sheet: &Worksheet, first: Month, months: u16) -> Vec<Explanation> {
    let result = monthly_capacity(sheet, first, months);
    let all = explain_capacity(sheet, &result);
    let from_lines = |path: &str| -> Option<Explanation> {
        let own = find(&all, path)?.clone();
        Some(match path {
            "buffer" if sheet.buffer.is_none() => own.after(find(&all, "essential")?),
            _ => own,
        })
    };
    let surplus = (|| {
        let buffer = from_lines("buffer")?;
        Some(find(&all, "surplus")?.clone().after(&buffer).after(find(&all, "net_income")?))
    })();
    let mut explained = placed(explain_spending(sheet), |path| Some(format!("totals.{path}")));
    for (path, place) in
        [("net_income", "totals.income"), ("essential", "totals.essential"), ("buffer", "totals.buffer")]
    {
        explained.extend(from_lines(path).map(|found| found.at(place)));
    }
    for found in all.iter().filter(|e| e.path == "capacity" || e.path.starts_with("by_month[")) {
        explained.extend(surplus.as_ref().map(|surplus| found.clone().after(surplus)));
    }
    explained.extend(surplus);
    explained
}
