//! New identifiers: UUID v7, so that they sort by the time they were made.

use chrono::{DateTime, FixedOffset};

use crate::{AppError, ErrorCode};

/// Sixteen bytes nobody else has, made at `now`.
///
/// # Errors
/// The machine has no randomness to give.
pub(crate) fn fresh(now: DateTime<FixedOffset>) -> Result<[u8; 16], AppError> {
    let mut random = [0u8; 10];
    getrandom::fill(&mut random).map_err(|e| AppError::new(ErrorCode::Io, format!("no randomness: {e}")))?;
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().into_bytes())
}

/// Reads an identifier out of a request.
pub(crate) fn parse<T: std::str::FromStr>(field: &str, text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| AppError::field(ErrorCode::NotFound, field, "nothing is known by this id"))
}
