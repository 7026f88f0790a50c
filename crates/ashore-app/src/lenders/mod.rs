//! Parties around loans: brands, lenders, guarantors, collectors, and what each of them is to a loan.

mod add;
mod around;
mod list;

pub use add::{AddPartyRequest, ContactPointForm};
pub use around::{
    LegitimacyAnswer, LegitimacyView, PartyPlaceForm, PartyPlaceView, SetLegitimacyRequest,
    SetLoanPartiesRequest,
};
pub use list::{PartyListView, PartyRecordView};
