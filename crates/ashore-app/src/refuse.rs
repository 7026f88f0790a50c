//! Every refusal of the crates below, mapped exhaustively to a code: a new variant does not compile unmapped.

use ashore_domain::{RateError, TermsError};
use ashore_engine::plan::PlanError;
use ashore_engine::{AmortiseError, CapError, RescheduleError, StatementError};
use ashore_vault::{BackupError, CreateError, OpenError, RekeyError, StageError, VaultError};

use crate::{AppError, ErrorCode as C};

impl From<VaultError> for AppError {
    fn from(error: VaultError) -> Self {
        use VaultError as E;
        let code = match &error {
            E::UnknownParty(_)
            | E::UnknownLoan(_)
            | E::UnknownPayment(_)
            | E::UnknownEvidence(_)
            | E::UnknownProposal(_)
            | E::UnknownAgreement(_)
            | E::UnknownLetter(_)
            | E::UnknownAttachment(_)
            | E::UnknownDeadline(_)
            | E::OfAnotherLoan { .. } => C::NotFound,
            E::AlreadyVoided(_) => C::AlreadyVoided,
            E::AlreadyClosed(_) => C::AlreadyClosed,
            E::AlreadySettled(_) => C::AlreadySettled,
            E::AttachmentRemoved(_) => C::NotFound,
            E::AlreadyRemoved(_)
            | E::AlreadyRecorded { .. }
            | E::AlreadyCorrected { .. }
            | E::AlreadySuperseded { .. } => C::BadRequest,
            E::FileNotStaged(_) | E::FileDiffers(_) => C::FileUnreadable,
            E::Unsound { .. } => C::BadRequest,
            E::Record(_) | E::DatabaseDamaged => C::DatabaseDamaged,
            E::ChainBroken(_) => C::ChainBroken,
            E::ObjectMissing(_) | E::ObjectDamaged(_) => C::AttachmentDamaged,
            E::NoSpace => C::NoSpace,
            E::Io { .. } | E::Database(_) => C::Io,
        };
        Self::new(code, error.to_string())
    }
}

impl From<OpenError> for AppError {
    fn from(error: OpenError) -> Self {
        use OpenError as E;
        let code = match &error {
            E::NoVault => C::NoVault,
            E::WrongSecret => C::WrongSecret,
            E::RecoveryCodeMistyped => C::RecoveryCodeMistyped,
            E::HeaderDamaged { .. } => C::HeaderDamaged,
            E::HeaderTooWeak => C::HeaderTooWeak,
            E::DatabaseDamaged => C::DatabaseDamaged,
            E::NewerSchema { .. } => C::NewerSchema,
            E::InUse => C::VaultInUse,
            E::NoSpace => C::NoSpace,
            E::Io { .. } | E::Database(_) => C::Io,
        };
        Self::new(code, error.to_string())
    }
}

impl From<BackupError> for AppError {
    fn from(error: BackupError) -> Self {
        use BackupError as E;
        let code = match error {
            E::Vault(inner) => return inner.into(),
            E::Unreadable(_) => return Self::field(C::FileUnreadable, "file", error.to_string()),
            E::WrongSecret => C::WrongSecret,
            E::RecoveryCodeMistyped => C::RecoveryCodeMistyped,
            E::Damaged(_) => C::BackupDamaged,
            E::Newer { .. } => C::NewerSchema,
            E::FolderNotEmpty => C::FolderNotEmpty,
            E::Stopped => C::Cancelled,
            E::NoSpace => C::NoSpace,
            E::Io { .. } => C::Io,
        };
        Self::new(code, error.to_string())
    }
}

impl From<CreateError> for AppError {
    fn from(error: CreateError) -> Self {
        use CreateError as E;
        let code = match &error {
            E::AlreadyThere | E::FolderNotEmpty => C::VaultExists,
            E::EmptyPassphrase => C::PassphraseTooShort,
            E::InUse => C::VaultInUse,
            E::NoSpace => C::NoSpace,
            E::Io { .. } | E::Database(_) => C::Io,
        };
        Self::new(code, error.to_string())
    }
}

impl From<RekeyError> for AppError {
    fn from(error: RekeyError) -> Self {
        use RekeyError as E;
        let code = match &error {
            E::WrongSecret => C::WrongSecret,
            E::RecoveryCodeMistyped => C::RecoveryCodeMistyped,
            E::EmptyPassphrase => C::PassphraseTooShort,
            E::NoSpace => C::NoSpace,
            E::Io { .. } => C::Io,
        };
        Self::new(code, error.to_string())
    }
}

impl From<TermsError> for AppError {
    fn from(error: TermsError) -> Self {
        if error == TermsError::LastDue {
            // A first due of the wrong century is likelier than that many terms.
            return Self::field(C::DateImpossible, "first_due", "the last due lies beyond 2100");
        }
        let message = error.to_string();
        // Every refusal of terms begins with its field's name.
        let (field, reason) = message.split_once(": ").unwrap_or(("loan", &message));
        Self::field(C::TermsRefused, field, reason)
    }
}

impl From<RateError> for AppError {
    fn from(error: RateError) -> Self {
        Self::field(C::RateOutOfRange, "rate", error.to_string())
    }
}

impl From<AmortiseError> for AppError {
    fn from(error: AmortiseError) -> Self {
        let message = error.to_string();
        let (field, reason) = message.split_once(": ").unwrap_or(("loan", &message));
        let code = match error {
            AmortiseError::Rows(_) | AmortiseError::RowBeforeDisbursement => C::ScheduleDoesNotTieOut,
            AmortiseError::PaymentBelowPrincipal { .. }
            | AmortiseError::PaymentTooLarge { .. }
            | AmortiseError::TooLarge => C::DoesNotAmortise,
        };
        Self::field(code, field, reason)
    }
}

impl From<StatementError> for AppError {
    fn from(error: StatementError) -> Self {
        match error {
            StatementError::Schedule(error) => error.into(),
            other => {
                let message = other.to_string();
                let (field, reason) = message.split_once(": ").unwrap_or(("loan", &message));
                Self::field(C::TermsRefused, field, reason)
            }
        }
    }
}

impl From<StageError> for AppError {
    fn from(error: StageError) -> Self {
        let code = match &error {
            StageError::Source(_) => C::FileUnreadable,
            StageError::NoSpace => C::NoSpace,
            StageError::Io { .. } => C::Io,
        };
        Self::field(code, "file", error.to_string())
    }
}

impl From<CapError> for AppError {
    fn from(error: CapError) -> Self {
        match error {
            CapError::Schedule(error) => error.into(),
            CapError::Statement(error) => error.into(),
            CapError::LegalTerms(error) => error.into(),
            CapError::ClaimNegative => Self::field(C::AmountOutOfRange, "claimed", "not below zero"),
            CapError::OutOfRange => {
                Self::field(C::RulesUnreadable, "rules", "a line has at most 12 decimals")
            }
        }
    }
}

impl From<PlanError> for AppError {
    fn from(error: PlanError) -> Self {
        let message = error.to_string();
        let (field, reason) = message.split_once(": ").unwrap_or(("plan", &message));
        Self::field(C::CountOutOfRange, field, reason)
    }
}

impl From<RescheduleError> for AppError {
    fn from(error: RescheduleError) -> Self {
        use RescheduleError as E;
        let code = match error {
            E::WaivedAboveOwed | E::Amount | E::TooLarge => C::AmountOutOfRange,
            E::TwoShapes | E::SettlementWithGrace => C::TermsRefused,
            E::Terms => C::CountOutOfRange,
            E::NeverRepaid => C::DoesNotAmortise,
            E::NothingLeft => C::NothingOwed,
        };
        let message = error.to_string();
        let (field, reason) = message.split_once(": ").unwrap_or(("terms", &message));
        Self::field(code, field, reason)
    }
}
