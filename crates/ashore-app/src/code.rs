//! The closed list of error codes that shells act on; `docs/codes.md` explains each.

use serde::Serialize;
use specta::Type;

/// Kind of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // docs/codes.md explains each in a sentence
pub enum ErrorCode {
    // what was typed
    FieldMissing,
    FieldTooLong,
    FieldUnknown,
    AmountNotANumber,
    AmountInWords,
    AmountTooManyDecimals,
    AmountOutOfRange,
    AmountNotPositive,
    RateNotANumber,
    RateOutOfRange,
    CountNotANumber,
    CountOutOfRange,
    DateImpossible,
    DateOrder,
    TermsRefused,
    DoesNotAmortise,
    ScheduleDoesNotTieOut,
    BadRequest,
    RulesUnreadable,
    // what it refers to
    NotFound,
    AlreadyVoided,
    AlreadyClosed,
    AlreadySettled,
    NothingOwed,
    NoPlan,
    AgreementNeedsRows,
    AgreementActive,
    AgreementRowsDiffer,
    AgreementNotActive,
    EvidenceMissing,
    // files
    FileUnreadable,
    FileTooLarge,
    AnchorRefused,
    // backups
    BackupDamaged,
    FolderNotEmpty,
    // the desktop
    NotNotified,
    // the vault
    NoVault,
    VaultExists,
    Locked,
    PassphraseTooShort,
    WrongSecret,
    RecoveryCodeMistyped,
    HeaderDamaged,
    HeaderTooWeak,
    DatabaseDamaged,
    AttachmentDamaged,
    NewerSchema,
    VaultInUse,
    ChainBroken,
    NoSpace,
    Io,
    Cancelled,
}

impl ErrorCode {
    /// Exit status of the command line for this refusal.
    #[must_use]
    pub const fn exit_status(self) -> u8 {
        match self {
            Self::WrongSecret
            | Self::RecoveryCodeMistyped
            | Self::HeaderDamaged
            | Self::HeaderTooWeak
            | Self::DatabaseDamaged
            | Self::NewerSchema
            | Self::VaultInUse
            | Self::NoVault
            | Self::VaultExists
            | Self::Locked => 3,
            Self::NoSpace | Self::Io => 4,
            Self::AttachmentDamaged
            | Self::ChainBroken
            | Self::Cancelled
            | Self::AnchorRefused
            | Self::BackupDamaged => 1,
            _ => 2,
        }
    }

    /// What may help, in a sentence each.
    #[must_use]
    pub fn hints(self) -> Vec<String> {
        let hint = match self {
            Self::AmountNotANumber | Self::AmountInWords => "Write the amount in digits, such as 12345.60.",
            Self::AmountTooManyDecimals => "Amounts end at the fen: two decimals at most.",
            Self::DateImpossible => "Write dates as 2026-11-21.",
            Self::WrongSecret => "The data is unchanged; try again, or use the recovery code.",
            Self::RecoveryCodeMistyped => "One character does not fit; compare it with what you wrote down.",
            Self::HeaderDamaged => {
                "keys.json cannot be read; restore it from a backup. The database is unchanged."
            }
            Self::DatabaseDamaged => {
                "Stop writing to this vault and restore the latest backup into a new folder."
            }
            Self::NewerSchema => "This vault was written by a newer Ashore; install that version.",
            Self::VaultInUse => "Another Ashore has this vault open; close it first.",
            Self::AgreementActive => {
                "One debt has one agreement: name the one it takes the place of, or record what became of that one."
            }
            Self::EvidenceMissing => "Attach the message, mail or text first, then name its record.",
            Self::NoSpace => "Free some space and try again; what was stored before is whole.",
            Self::NoVault => "Create one with `vault create`, or name another folder.",
            Self::AnchorRefused => {
                "Nothing was kept. Ask the authority again with the request file written here."
            }
            Self::BackupDamaged => "Use another backup of this vault; the vault itself was not touched.",
            Self::FolderNotEmpty => "Name a folder that is empty or does not exist yet.",
            Self::FileUnreadable => {
                "The file changed or vanished while it was read; nothing of it was stored."
            }
            _ => return Vec::new(),
        };
        vec![hint.to_owned()]
    }
}
