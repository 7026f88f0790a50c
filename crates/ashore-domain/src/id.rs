use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// A text that is no identifier of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct IdError;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        ///
        /// Opaque; 128 bits, handed in by whoever has a source of randomness.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The identifier made of these 16 bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The 16 bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::try_parse(text).map(Self).map_err(|_| IdError)
            }
        }
    )+};
}

ids! {
    /// A person or organisation around a loan.
    PartyId,
    /// One version of a letter.
    LetterId,
    /// One loan of the borrower.
    LoanId,
    /// One payment the borrower made.
    PaymentId,
    /// One evidence record.
    EvidenceId,
    /// One attached file.
    AttachmentId,
    /// One offer or counter-offer.
    ProposalId,
    /// One agreement.
    AgreementId,
    /// One entry of a case.
    CaseEntryId,
    /// One time limit.
    DeadlineId,
    /// One review.
    ReviewId,
    /// One file taken in with the records it holds.
    ImportId,
    /// One entry of the ledger of facts.
    FactId,
}
