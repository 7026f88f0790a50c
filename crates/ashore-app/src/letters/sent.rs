use ashore_domain::{
    Deadline, DeadlineId, DeadlineOutcome, DeadlineSettled, EvidenceId, Fact, LetterAnswered, LetterId,
    LetterKind, LetterProved, LetterSent,
};
use ashore_engine::deadline;
use chrono::NaiveDate;
use serde::Deserialize;
use specta::Type;

use super::LetterView;
use crate::deadlines::REPLY;
use crate::session::{App, Unlocked};
use crate::words::ContactChannel;
use crate::{AppError, ErrorCode, id, input};

/// A letter went out.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SendLetterRequest {
    /// Which version.
    pub letter_id: String,
    /// When; now when absent.
    #[serde(default)]
    pub at: Option<String>,
    /// By which channel.
    pub channel: ContactChannel,
    /// To which number or address.
    #[serde(default)]
    pub to: Option<String>,
    /// Waybill, ticket or complaint number.
    #[serde(default)]
    pub reference: Option<String>,
    /// Records that prove it.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
}

/// Proof that a letter arrived came after it went out.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ProveLetterRequest {
    /// Which version.
    pub letter_id: String,
    /// Which time it went out: `at` of that [`super::SentView`].
    pub sent_at: String,
    /// The day it arrived, as far as known.
    #[serde(default)]
    pub arrived_on: Option<String>,
    /// Waybill, ticket or complaint number.
    #[serde(default)]
    pub reference: Option<String>,
    /// Records that prove it.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
}

/// An answer came.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AnswerLetterRequest {
    /// To which version.
    pub letter_id: String,
    /// On which day; today when absent.
    #[serde(default)]
    pub on: Option<String>,
    /// Records that hold it.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
    /// In words.
    #[serde(default)]
    pub note: Option<String>,
}

impl App<Unlocked> {
    /// Five working days from a day, by the rule.
    pub(super) fn reply_by(&self, from: NaiveDate) -> Result<NaiveDate, AppError> {
        self.limit(REPLY, from)
    }

    fn limit(&self, rule: &str, from: NaiveDate) -> Result<NaiveDate, AppError> {
        let rules = self.rules()?;
        let unknown = |why: String| AppError::new(ErrorCode::RulesUnreadable, why);
        let period =
            rules.set.period(rule, from).ok_or_else(|| unknown(format!("the rules have no {rule}")))?;
        let end = deadline(period, from, rules.set.holidays()).map_err(|why| unknown(why.to_string()))?;
        Ok(end.last_day)
    }

    /// Records that a letter went out, and by when an answer is expected: for complaints and reports by the limit of
    /// the place they go to, else five working days.
    ///
    /// # Errors
    /// An unknown letter or record, or a time that has not come yet.
    pub fn letter_sent(&mut self, request: &SendLetterRequest) -> Result<LetterView, AppError> {
        let letter: LetterId = id::parse("letter_id", &request.letter_id)?;
        let unknown = || AppError::field(ErrorCode::NotFound, "letter_id", "no letter is known by this id");
        let state = self.state.vault.letter(letter)?.ok_or_else(unknown)?;
        let now = self.clock.now();
        let at = request.at.as_deref().map_or(Ok(now), |text| input::instant("at", text))?;
        if at > now {
            return Err(AppError::field(ErrorCode::DateOrder, "at", "this time has not come yet"));
        }
        let rule = self.reply_rule(state.letter.kind, state.letter.place.as_deref())?;
        let reply_due = self.limit(&rule, at.date_naive())?;
        // The time limit reminds like every other; its id is the letter's, counted on when the letter goes out again.
        let waiting = Deadline {
            id: waiting_id(letter, state.sent.len()),
            rule: rule.clone(),
            starts_on: at.date_naive(),
            loans: state.letter.loan.into_iter().collect(),
            party: None,
            reference: input::line_or_none("reference", request.reference.as_deref())?,
            evidence: evidence(&request.evidence_ids)?,
            note: Some(ashore_documents::letters::title(state.letter.kind).to_owned()),
        };
        let sent = LetterSent {
            letter,
            at,
            channel: request.channel.into(),
            to: input::line_or_none("to", request.to.as_deref())?,
            reference: input::line_or_none("reference", request.reference.as_deref())?,
            evidence: evidence(&request.evidence_ids)?,
            reply_due: Some(reply_due),
            reply_rule: Some(rule),
        };
        self.state.vault.append(&[Fact::LetterSent(sent), Fact::Deadline(waiting)], Vec::new(), now)?;
        self.letter(&request.letter_id)
    }

    /// Records what proves that a letter arrived: a day, a number, records, at least one of them.
    ///
    /// # Errors
    /// An unknown letter, time of sending or record, a day before it went out or one that has not come yet, or nothing
    /// at all.
    pub fn letter_proved(&mut self, request: &ProveLetterRequest) -> Result<LetterView, AppError> {
        let letter: LetterId = id::parse("letter_id", &request.letter_id)?;
        let unknown = |field: &str| {
            AppError::field(ErrorCode::NotFound, field, "no letter is known to have gone out so")
        };
        let state = self.state.vault.letter(letter)?.ok_or_else(|| unknown("letter_id"))?;
        let sent_at = input::instant("sent_at", &request.sent_at)?;
        if !state.sent.iter().any(|sent| sent.at == sent_at) {
            return Err(unknown("sent_at"));
        }
        let now = self.clock.now();
        let arrived_on = input::date_or_none("arrived_on", request.arrived_on.as_deref())?;
        if arrived_on.is_some_and(|day| day < sent_at.date_naive() || day > now.date_naive()) {
            let message = "it arrives after it went out, and this day must have come";
            return Err(AppError::field(ErrorCode::DateOrder, "arrived_on", message));
        }
        let proved = LetterProved {
            letter,
            sent_at,
            arrived_on,
            reference: input::line_or_none("reference", request.reference.as_deref())?,
            evidence: evidence(&request.evidence_ids)?,
        };
        if proved.arrived_on.is_none() && proved.reference.is_none() && proved.evidence.is_empty() {
            let message = "a day, a number or a record: one of them";
            return Err(AppError::field(ErrorCode::FieldMissing, "arrived_on", message));
        }
        self.state.vault.append(&[Fact::LetterProved(proved)], Vec::new(), now)?;
        self.letter(&request.letter_id)
    }

    /// Records that an answer came; nothing is waited for any more.
    ///
    /// # Errors
    /// An unknown letter or record, or a day that has not come yet.
    pub fn letter_answered(&mut self, request: &AnswerLetterRequest) -> Result<LetterView, AppError> {
        let letter: LetterId = id::parse("letter_id", &request.letter_id)?;
        let unknown = || AppError::field(ErrorCode::NotFound, "letter_id", "no letter is known by this id");
        let state = self.state.vault.letter(letter)?.ok_or_else(unknown)?;
        let now = self.clock.now();
        let on = input::day_or_today("on", request.on.as_deref(), now.date_naive())?;
        if on > now.date_naive() {
            return Err(AppError::field(ErrorCode::DateOrder, "on", "this day has not come yet"));
        }
        let answered = LetterAnswered {
            letter,
            on,
            evidence: evidence(&request.evidence_ids)?,
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        let mut facts = vec![Fact::LetterAnswered(answered)];
        let known = self.state.vault.deadlines()?;
        for deadline in (0..state.sent.len()).map(|n| waiting_id(letter, n)) {
            if known.iter().any(|limit| limit.deadline.id == deadline && limit.settled.is_none()) {
                let outcome = DeadlineOutcome::Answered;
                facts.push(Fact::DeadlineSettled(DeadlineSettled { deadline, on, outcome, note: None }));
            }
        }
        self.state.vault.append(&facts, Vec::new(), now)?;
        self.letter(&request.letter_id)
    }

    fn reply_rule(&self, kind: LetterKind, place: Option<&str>) -> Result<String, AppError> {
        if kind == LetterKind::CreditObjection {
            return Ok("DL-CREDIT-OBJECTION".to_owned());
        }
        let rules = self.rules()?;
        let channel = place.and_then(|place| rules.channels.iter().find(|c| c.rule.id == place));
        Ok(channel.and_then(|c| c.limits.first().cloned()).unwrap_or_else(|| REPLY.to_owned()))
    }
}

fn evidence(ids: &[String]) -> Result<Vec<EvidenceId>, AppError> {
    ids.iter().map(|text| id::parse("evidence_ids", text)).collect()
}

/// The time limit that a letter's n-th going out began.
fn waiting_id(letter: LetterId, n: usize) -> DeadlineId {
    let mut bytes = *letter.as_bytes();
    if let (Some(last), Ok(n)) = (bytes.last_mut(), u8::try_from(n % 256)) {
        *last = last.wrapping_add(n);
    }
    DeadlineId::from_bytes(bytes)
}
