use ashore_engine::explain::explain_conduct;
use ashore_engine::{Contact, ContactTarget, ContactWay, Hours, conduct as check};
use chrono::DateTime;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::cap::under;
use crate::clock::shanghai;
use crate::wire::{ConductShape, Explained};
use crate::{AppError, ErrorCode};

/// Contacts to hold against the rules on conduct.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConductQuestion {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    contacts: Vec<ContactShape>,
    #[serde(default)]
    consented_hours: Option<ConsentShape>,
    rules: Option<String>,
    #[serde(default)]
    explain: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContactShape {
    at: String,
    channel: String,
    direction: String,
    #[serde(default)]
    duration_s: Option<u32>,
    #[serde(default)]
    connected: Option<bool>,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    lender: Option<String>,
    #[serde(default)]
    target: Option<TargetWord>,
    #[serde(default)]
    text: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TargetWord {
    Debtor,
    ThirdParty,
}

/// `"21:00-23:00"`, a list of these, or `{"from","to"}`.
#[derive(Deserialize)]
#[serde(untagged)]
enum ConsentShape {
    Text(String),
    Texts(Vec<ConsentShape>),
    Ends { from: String, to: String },
}

pub(super) fn conduct(question: ConductQuestion) -> Result<Explained<ConductShape>, AppError> {
    let contacts =
        question.contacts.iter().enumerate().map(ContactShape::read).collect::<Result<Vec<_>, _>>()?;
    let mut consented = Vec::new();
    if let Some(consent) = &question.consented_hours {
        consent.read(&mut consented)?;
    }
    under(question.rules.as_deref(), |rules| {
        let found = check(&contacts, &consented, &rules.set);
        let explained = question.explain.then(|| explain_conduct(&contacts, &found));
        let last = contacts.iter().map(|contact| contact.at.with_timezone(&shanghai()).date_naive()).max();
        Ok(Explained::new(ConductShape::new(&found, &rules.set, last), explained))
    })
}

impl ConsentShape {
    fn read(&self, into: &mut Vec<Hours>) -> Result<(), AppError> {
        let text = match self {
            Self::Texts(texts) => return texts.iter().try_for_each(|text| text.read(into)),
            Self::Text(text) => text.clone(),
            Self::Ends { from, to } => format!("{from}-{to}"),
        };
        let why =
            || AppError::field(ErrorCode::BadRequest, "consented_hours", "write hours as \"21:00-23:00\"");
        into.push(Hours::read(&text).ok_or_else(why)?);
        Ok(())
    }
}

impl ContactShape {
    fn read((place, shape): (usize, &Self)) -> Result<Contact, AppError> {
        let field = |name: &str| format!("contacts[{place}].{name}");
        let at = DateTime::parse_from_rfc3339(&shape.at).map_err(|_| {
            let message = "not an instant with its offset, such as 2026-11-21T22:30:00+08:00";
            AppError::field(ErrorCode::DateImpossible, &field("at"), message)
        })?;
        let way = match shape.channel.as_str() {
            "call" | "phone" | "voice" | "ai_call" | "ai_voice" | "robocall" | "voip" => ContactWay::Call,
            "sms" | "mms" | "im" | "im_chat" | "in_app" | "in_app_chat" | "chat" | "email" => {
                ContactWay::Written
            }
            "visit" | "visit_note" | "letter" | "post" | "posting" | "court_doc" | "other" => {
                ContactWay::Other
            }
            other => {
                let message = format!(
                    "{other} is none of call, sms, email, im_chat, in_app_chat, visit, letter, other"
                );
                return Err(AppError::field(ErrorCode::BadRequest, &field("channel"), message));
            }
        };
        let incoming = match shape.direction.as_str() {
            "incoming" | "in" | "inbound" => true,
            "outgoing" | "out" | "outbound" | "none" => false,
            other => {
                let message = format!("{other} is neither incoming nor outgoing");
                return Err(AppError::field(ErrorCode::BadRequest, &field("direction"), message));
            }
        };
        let duration_s = shape.duration_s.unwrap_or(0);
        Ok(Contact {
            at,
            way,
            incoming,
            duration_s,
            connected: shape.connected.unwrap_or(duration_s > 0),
            number: shape.number.clone(),
            lender: shape.lender.clone().unwrap_or_default(),
            lender_kind: None,
            target: match shape.target {
                Some(TargetWord::ThirdParty) => ContactTarget::ThirdParty,
                Some(TargetWord::Debtor) | None => ContactTarget::Debtor,
            },
            // The question says nothing of what was sold or agreed.
            card: false,
            agreed: false,
            text: shape.text.clone(),
        })
    }
}
