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

/// Identifiers of what is made in one go: each is the one before and one more, so that a great many go into the indexes at
/// one end. (RFC 9562, 6.2, method 2.)
pub(crate) struct Series(u128);

/// The first of them is made like any other.
///
/// # Errors
/// The machine has no randomness to give.
pub(crate) fn series(now: DateTime<FixedOffset>) -> Result<Series, AppError> {
    let first = u128::from_be_bytes(fresh(now)?);
    // Room to count: the highest of the 62 bits that end it is no longer random.
    Ok(Series(first & !(1 << 61)))
}

impl Series {
    pub(crate) const fn next(&mut self) -> [u8; 16] {
        let next = self.0;
        self.0 += 1;
        next.to_be_bytes()
    }
}

/// Reads an identifier out of a request.
pub(crate) fn parse<T: std::str::FromStr>(field: &str, text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| AppError::field(ErrorCode::NotFound, field, "nothing is known by this id"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_counts_and_stays_of_its_kind() {
        let now = DateTime::UNIX_EPOCH.fixed_offset();
        let mut ids = series(now).unwrap();
        let [first, second] = [ids.next(), ids.next()];
        assert!(first < second);
        for id in [first, second] {
            assert_eq!(uuid::Uuid::from_bytes(id).get_version_num(), 7);
            assert_eq!(uuid::Uuid::from_bytes(id).get_variant(), uuid::Variant::RFC4122);
        }
        assert_ne!(series(now).unwrap().next(), first);
    }
}
