use ashore_domain::{ContactPoint, Fact, Party, PartyId};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::PartyRecordView;
use crate::session::{App, Unlocked};
use crate::words::{ChannelProof, ContactChannel, LenderKind};
use crate::{AppError, id, input};

/// A party as the borrower knows it. With an id, the known party is described anew.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the domain's `Party` explains them
pub struct AddPartyRequest {
    #[serde(default)]
    pub id: Option<String>,
    pub name: String,
    #[serde(default)]
    pub legal_name: Option<String>,
    #[serde(default)]
    pub lender_kind: Option<LenderKind>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub contacts: Vec<ContactPointForm>,
    #[serde(default)]
    pub licence: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// A way to reach a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ContactPointForm {
    pub channel: ContactChannel,
    pub value: String,
    /// When somebody answers.
    #[serde(default)]
    pub hours: Option<String>,
    /// How it is known to be the party's own; absent means not verified.
    #[serde(default)]
    pub verified: Option<ChannelProof>,
    #[serde(default)]
    pub note: Option<String>,
}

impl App<Unlocked> {
    /// Records a party, or describes a known one anew.
    ///
    /// # Errors
    /// A field that cannot be read, or an unknown id.
    pub fn add_party(&mut self, request: &AddPartyRequest) -> Result<PartyRecordView, AppError> {
        let now = self.clock.now();
        let party_id = match &request.id {
            Some(text) => {
                let known: PartyId = id::parse("id", text)?;
                self.party_known(known)?
            }
            None => PartyId::from_bytes(id::fresh(now)?),
        };
        let contacts = request.contacts.iter().map(|point| {
            Ok(ContactPoint {
                channel: point.channel.into(),
                value: input::line("contacts.value", &point.value)?,
                hours: input::line_or_none("contacts.hours", point.hours.as_deref())?,
                verified: point.verified.map(Into::into),
                note: input::words_or_none("contacts.note", point.note.as_deref())?,
            })
        });
        let party = Party {
            id: party_id,
            name: input::line("name", &request.name)?,
            legal_name: input::line_or_none("legal_name", request.legal_name.as_deref())?,
            lender_kind: request.lender_kind.map(Into::into).unwrap_or_default(),
            aliases: request.aliases.iter().map(|a| input::line("aliases", a)).collect::<Result<_, _>>()?,
            contacts: contacts.collect::<Result<_, AppError>>()?,
            licence: input::line_or_none("licence", request.licence.as_deref())?,
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        let view = PartyRecordView::of(&party);
        self.state.vault.append(&[Fact::Party(party)], Vec::new(), now)?;
        Ok(view)
    }
}
