use std::path::Path;

use ashore_documents::letters::{compose, title};
use ashore_domain::LetterKind;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::PackedFile;
use super::export::{LetterFormat, rendered};
use super::packer::{Packer, plain_name};
use crate::session::{App, Unlocked};
use crate::view::day;
use crate::{AppError, id};

/// What to put together for somebody who advises.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AdviserPackRequest {
    /// About these loans; all open ones when empty.
    #[serde(default)]
    pub loan_ids: Vec<String>,
}

/// What was put together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AdviserPackView {
    /// The file.
    pub file: String,
    /// What is in it.
    pub files: Vec<PackedFile>,
}

impl App<Unlocked> {
    /// One ZIP for a lawyer or adviser: an overview, and for each loan what is owed, the hardship, the agreement if
    /// there is one and the evidence index. No originals: who needs them gets an evidence pack.
    ///
    /// # Errors
    /// An unknown loan, no font, or the file cannot be written.
    pub fn export_adviser_pack(
        &self,
        request: &AdviserPackRequest,
        path: &Path,
    ) -> Result<AdviserPackView, AppError> {
        let list = self.list_loans()?;
        let wanted: Vec<String> = if request.loan_ids.is_empty() {
            list.loans.iter().map(|card| card.id.clone()).collect()
        } else {
            request.loan_ids.clone()
        };
        let mut packer = Packer::new(path, None)?;
        let mut overview = vec![format!("总览（截至 {}）", day(self.clock.today())), String::new()];
        for (n, loan) in (1..).zip(&wanted) {
            let file = self.loan_file(id::parse("loan_ids", loan)?)?;
            if let Some(card) = list.loans.iter().chain(&list.closed).find(|card| card.id == *loan) {
                let lender = card.lender.as_deref().unwrap_or("放款方未写明");
                let late = match card.overdue_days {
                    0 => "未逾期".to_owned(),
                    days => format!("已逾期 {days} 天"),
                };
                let owed = file.statement(self.clock.today())?.outstanding.total();
                overview.push(format!("{n}. {}（{lender}）：欠 {owed} 元，{late}。", card.name));
            }
            let mut kinds = vec![LetterKind::Statement, LetterKind::EvidenceIndex];
            if !file.agreements.is_empty() {
                kinds.push(LetterKind::AgreementAnnex);
            }
            if n == 1 {
                // The hardship is the borrower's, not the loan's.
                kinds.push(LetterKind::Hardship);
            }
            for kind in kinds {
                let draft = compose(kind, &self.case_for(kind, &file, None)?);
                let name = format!("{n}-{}/{}.pdf", plain_name(file.name()), plain_name(title(kind)));
                packer.add(&name, &rendered(&draft.document, LetterFormat::Pdf)?)?;
            }
        }
        overview.push(String::new());
        overview.push(
            "数字由借款人自己的记录算出，不是对账结果。证件号码已遮住中间几位；证据原件请向借款人要证据包。"
                .to_owned(),
        );
        packer.add("0-总览.txt", overview.join("\n").as_bytes())?;
        let (_, files) = packer.finish()?;
        Ok(AdviserPackView { file: path.display().to_string(), files })
    }
}
