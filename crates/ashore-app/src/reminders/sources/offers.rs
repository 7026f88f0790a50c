use ashore_domain::ReminderKind;

use super::{Item, Told, Wanted};
use crate::AppError;
use crate::session::{App, Unlocked};

/// Offers with a last day that nobody has answered and no agreement has overtaken. A spoken yes is an answer: what it
/// waits for then is the writing.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Told, AppError> {
    let mut items = Vec::new();
    for file in wanted.files {
        for offer in &file.proposals {
            let Some(last_day) = offer.expires_on.filter(|day| wanted.covers(*day)) else { continue };
            let answered = file.proposals.iter().any(|other| other.in_reply_to == Some(offer.id))
                || app.case_of(file)?.accepted(offer.id).is_some();
            let agreed = file.agreements.iter().any(|agreement| {
                agreement.proposal == Some(offer.id) || agreement.agreed_on >= offer.made_at.date_naive()
            });
            if !answered && !agreed {
                items.push(Item {
                    name: file.name().to_owned(),
                    loan: Some(file.id()),
                    ..Item::new(ReminderKind::OfferExpiry, offer.id, last_day, offer.made_at)
                });
            }
        }
    }
    Ok(items.into())
}
