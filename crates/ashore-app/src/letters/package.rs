use std::path::Path;

use ashore_documents::letters::{Draft, compose};
use ashore_domain::{LenderKind, LetterKind};
use ashore_engine::rules::Rule;
use ashore_vault::EvidenceFilter;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::export::{LetterFormat, rendered};
use super::packer::{PackedFile, Packer, plain_name, text_pieces};
use super::{EditForm, LetterRequest};
use crate::rules::Channel;
use crate::session::{App, Unlocked};
use crate::view::day;
use crate::{AppError, ErrorCode, id};

/// Where a complaint about this loan can go, the first step first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ChannelListView {
    /// The channels that fit this kind of lender.
    pub channels: Vec<ChannelView>,
    /// The kind of lender is not known: which channel is right cannot be said yet.
    pub lender_unknown: bool,
}

/// A channel as the rules describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the rules' own fields
pub struct ChannelView {
    pub id: String,
    pub title: String,
    pub title_en: String,
    pub address: Option<String>,
    pub contents: Option<String>,
    pub can: Option<String>,
    pub cannot: Option<String>,
    pub file_bytes: Option<u32>,
    pub text_chars: Option<u32>,
    pub a_day: Option<u8>,
    pub source: String,
    pub as_of: String,
    /// `high`, `mid` or `low`.
    pub confidence: String,
    /// Nobody has checked the row, or the time limit of its answer, for longer than rules keep.
    pub stale: bool,
    /// It takes reports of violations, not requests.
    pub report: bool,
    /// By when an answer would be expected, if it were sent today.
    pub answer_by: Option<String>,
}

/// What to put together for whom.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct PackageRequest {
    /// The channel, by the id of its rule with or without `CH-`.
    pub channel: String,
    /// About which loan.
    pub loan_id: String,
    /// Only these records; all of the loan's when absent.
    #[serde(default)]
    pub evidence_ids: Option<Vec<String>>,
    /// Parts of the complaint or report with another text, or left out.
    #[serde(default)]
    pub edits: Vec<EditForm>,
}

/// A package as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PackageView {
    /// The channel.
    pub channel: ChannelView,
    /// The complaint or report as it was kept.
    pub letter_id: String,
    /// The file.
    pub file: String,
    /// Its size in bytes, in digits.
    pub bytes: String,
    /// What is in it.
    pub files: Vec<PackedFile>,
    /// What the letter leaves blank or out.
    pub missing: Vec<super::MissingView>,
}

/// Channels a complaint or report can be handed to; the others are for help.
const FOR_COMPLAINTS: [&str; 9] = [
    "CH-LENDER",
    "CH-REVIEW",
    "CH-12378",
    "CH-NFRA-REPORT",
    "CH-LOCAL",
    "CH-12363",
    "CH-NIFA",
    "CH-12315",
    "CH-HEIMAO",
];
const REPORTS: [&str; 2] = ["CH-NFRA-REPORT", "CH-NIFA"];

impl App<Unlocked> {
    /// Channels for a complaint about a loan: the lender's own unit first, then those that fit its kind.
    ///
    /// # Errors
    /// An unknown loan.
    pub fn complaint_channels(&self, loan_id: &str) -> Result<ChannelListView, AppError> {
        let file = self.loan_file(id::parse("loan_id", loan_id)?)?;
        let kind = LenderKind::from(self.creditor(&file)?.kind);
        let rules = self.rules()?;
        let fits = |c: &&Channel| {
            FOR_COMPLAINTS.contains(&c.rule.id.as_str())
                && (c.rule.lenders.is_empty() || c.rule.lenders.contains(&kind))
        };
        let mut channels: Vec<&Channel> = rules.channels.iter().filter(fits).collect();
        channels.sort_by_key(|c| FOR_COMPLAINTS.iter().position(|id| *id == c.rule.id));
        Ok(ChannelListView {
            channels: channels.into_iter().map(|c| self.channel_view(c)).collect::<Result<_, _>>()?,
            lender_unknown: kind == LenderKind::Unknown,
        })
    }

    /// Every place where help is found, as the rules describe it.
    ///
    /// # Errors
    /// Never in a released program: the rules are part of it.
    pub fn help_channels(&self) -> Result<ChannelListView, AppError> {
        let rules = self.rules()?;
        let help = rules.channels.iter().filter(|c| c.can.is_some());
        let channels = help.map(|c| self.channel_view(c)).collect::<Result<_, _>>()?;
        Ok(ChannelListView { channels, lender_unknown: false })
    }

    fn channel_view(&self, channel: &Channel) -> Result<ChannelView, AppError> {
        let today = self.clock.today();
        let rules = self.rules()?;
        let limit = channel.limits.first().and_then(|rule| rules.set.period(rule, today));
        let answer_by =
            limit.and_then(|rule| ashore_engine::deadline(rule, today, rules.set.holidays()).ok());
        let old = |rule: &Rule| rules.set.stale(rule, today).is_some();
        Ok(ChannelView {
            stale: old(&channel.rule) || limit.is_some_and(|limit| old(&limit.rule)),
            id: channel.rule.id.clone(),
            title: channel.rule.title.clone(),
            title_en: channel.rule.title_en.clone(),
            address: channel.address.clone(),
            contents: channel.contents.clone(),
            can: channel.can.clone(),
            cannot: channel.cannot.clone(),
            file_bytes: channel.file_bytes,
            text_chars: channel.text_chars,
            a_day: channel.a_day,
            source: channel.rule.source.clone(),
            as_of: day(channel.rule.as_of),
            confidence: format!("{:?}", channel.rule.confidence).to_lowercase(),
            report: REPORTS.contains(&channel.rule.id.as_str()),
            answer_by: answer_by.map(|end| day(end.last_day)),
        })
    }

    /// Puts everything a channel asks for into one ZIP: the complaint or report as PDF and as text for forms, the
    /// evidence index with digests, the calculation, the files themselves, cut where the channel takes only small
    /// ones, and a note on how it goes together. The complaint is kept as a version, so that its going out and the
    /// answer to it can be recorded.
    ///
    /// # Errors
    /// An unknown channel or loan, a channel for other kinds of lenders, no font, or a file that cannot be read.
    pub fn export_package(&mut self, request: &PackageRequest, path: &Path) -> Result<PackageView, AppError> {
        let channels = self.complaint_channels(&request.loan_id)?.channels;
        let wanted = request.channel.trim().to_uppercase().replace('_', "-");
        let fits = |c: &&ChannelView| c.id == wanted || c.id.trim_start_matches("CH-") == wanted;
        let channel = channels.iter().find(fits).cloned().ok_or_else(|| {
            let known: Vec<&str> = channels.iter().map(|c| c.id.trim_start_matches("CH-")).collect();
            let message = format!(
                "“{}” takes no complaint about this lender; these do: {}",
                request.channel,
                known.join(", ")
            );
            AppError::field(ErrorCode::ChannelUnfit, "channel", message)
        })?;
        let file = self.loan_file(id::parse("loan_id", &request.loan_id)?)?;
        let kind = if channel.report { LetterKind::Report } else { LetterKind::Complaint };
        let drafted = |kind| -> Result<Draft, AppError> {
            Ok(compose(kind, &self.case_for(kind, &file, request.evidence_ids.as_deref())?))
        };
        let letter = LetterRequest {
            kind: kind.into(),
            loan_id: request.loan_id.clone(),
            edits: request.edits.clone(),
            replaces: None,
            place: Some(channel.id.clone()),
            evidence_ids: request.evidence_ids.clone(),
        };
        let filled = self.filled(&letter)?;
        let (index, statement) = (drafted(LetterKind::EvidenceIndex)?, drafted(LetterKind::Statement)?);
        let name = ashore_documents::letters::title(kind);
        let mut packer = Packer::new(path, channel.file_bytes)?;
        let text = filled.edited.plain_text();
        packer.add(&format!("1-{name}.pdf"), &rendered(&filled.edited, LetterFormat::Pdf)?)?;
        for (n, piece) in text_pieces(&text, channel.text_chars).into_iter().enumerate() {
            let place = if n == 0 { String::new() } else { format!("-{}", n + 1) };
            packer.add(&format!("1-{name}{place}.txt"), piece.as_bytes())?;
        }
        packer.add("2-证据目录.pdf", &rendered(&index.document, LetterFormat::Pdf)?)?;
        packer.add("3-欠款明细.pdf", &rendered(&statement.document, LetterFormat::Pdf)?)?;
        self.add_files(&mut packer, &file, request.evidence_ids.as_deref())?;
        let note = note(&channel, &packer.files);
        packer.add("0-说明.txt", note.as_bytes())?;
        let (bytes, files) = packer.finish()?;
        let kept = self.keep_filled(&letter, &filled)?;
        Ok(PackageView {
            channel,
            letter_id: kept.id,
            file: path.display().to_string(),
            bytes: bytes.to_string(),
            files,
            missing: filled.draft.missing.iter().map(Into::into).collect(),
        })
    }

    fn add_files(
        &self,
        packer: &mut Packer,
        file: &crate::loans::LoanFile,
        only: Option<&[String]>,
    ) -> Result<(), AppError> {
        let filter = EvidenceFilter::standing(Some(file.id()));
        let mut records = self.state.vault.evidence(&filter)?;
        records.reverse();
        records
            .retain(|state| only.is_none_or(|only| only.iter().any(|id| *id == state.record.id.to_string())));
        for (n, state) in (1..).zip(&records) {
            for (k, kept) in (1..).zip(&state.record.files) {
                let name = format!("证据/E{n}-{k}-{}", plain_name(&kept.name));
                packer.add_from(
                    &name,
                    kept.bytes,
                    &mut self.state.vault.read_attachment(kept.attachment)?,
                )?;
            }
        }
        Ok(())
    }
}

fn note(channel: &ChannelView, files: &[PackedFile]) -> String {
    let mut lines = vec![
        format!("交给：{}", channel.title),
        format!("内容要求：{}", channel.contents.as_deref().unwrap_or("没有记录")),
        format!("依据：{}，核对于 {}，可能已有变化，请以对方公布的为准。", channel.source, channel.as_of),
    ];
    lines.extend(channel.address.as_ref().map(|address| format!("电话或网址：{address}")));
    lines.extend(channel.file_bytes.map(|most| format!("单个附件不超过 {most} 字节，超过的已分成几段。")));
    lines.extend(channel.a_day.map(|most| format!("每天不超过 {most} 次。")));
    lines.extend(channel.answer_by.as_ref().map(|day| format!("如果今天交出，预计在 {day} 前有结果。")));
    lines.push(
        "签名后再交；证件号码已遮住中间几位，对方要求完整号码时请手写。内容必须真实，重复或虚构的投诉对自己不利。".to_owned(),
    );
    if files.iter().any(|f| f.piece) {
        lines.push("分段的文件按 .001、.002 的顺序首尾相接即得原文件：cat 文件名.0* > 文件名，再核对证据目录里的 SHA-256。".to_owned());
    }
    lines.push(String::new());
    lines.join("\n")
}
