//! Parties around loans: brands, lenders, guarantors, collectors.

mod add;
mod list;

pub use add::{AddPartyRequest, ContactPointForm};
pub use list::{PartyListView, PartyRecordView};
