//! The only place that reads the time.

use chrono::{DateTime, FixedOffset, Local, NaiveDate, Utc};

use crate::AppError;

/// Where "now" comes from. Rules and dues live on the Shanghai calendar (UTC+8, no summer time).
#[derive(Debug, Clone, Copy, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A fixed instant: tests, and `--now`.
    Fixed(DateTime<FixedOffset>),
    /// Whatever is told when it is asked: a clock that somebody turns while the program runs.
    Told(fn() -> DateTime<FixedOffset>),
}

/// A moment from which it can be told how long something has lasted: turning the clock changes nothing about that.
#[must_use]
#[allow(clippy::disallowed_methods)] // the one place
pub fn moment() -> std::time::Instant {
    std::time::Instant::now()
}

/// Asia/Shanghai, on whose calendar dues fall.
#[must_use]
pub fn shanghai() -> FixedOffset {
    use chrono::Offset;
    // 8 h is within the range of offsets, so the fallback is never taken.
    FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| Utc.fix())
}

impl Clock {
    /// A clock that stands at an instant written as RFC 3339.
    ///
    /// # Errors
    /// The text is no instant, or not between 1990 and 2100.
    pub fn fixed(instant: &str) -> Result<Self, AppError> {
        crate::input::instant("--now", instant).map(Self::Fixed)
    }

    /// This instant, told in Shanghai time.
    #[must_use]
    #[allow(clippy::disallowed_methods)] // the one place
    pub fn now(self) -> DateTime<FixedOffset> {
        match self {
            Self::System => Utc::now().with_timezone(&shanghai()),
            Self::Fixed(at) => at.with_timezone(&shanghai()),
            Self::Told(ask) => ask().with_timezone(&shanghai()),
        }
    }

    /// This instant as the clock on the wall shows it here: a traveller's quiet hours are those of the place.
    #[must_use]
    #[allow(clippy::disallowed_methods)] // the one place
    pub fn here(self) -> DateTime<FixedOffset> {
        match self {
            Self::System => Local::now().fixed_offset(),
            Self::Fixed(at) => at,
            Self::Told(ask) => ask(),
        }
    }

    /// The civil day in Shanghai.
    #[must_use]
    pub fn today(self) -> NaiveDate {
        self.now().date_naive()
    }
}
