//! How words of the domain travel between our two processes. The domain itself knows no wire form.

use ashore_domain::{CallStatus, Direction, EventTime, Money, Precision, TimeSource};
use chrono::{DateTime, FixedOffset, TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Direction")]
pub(crate) enum DirectionWire {
    Incoming,
    Outgoing,
    None,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "CallStatus")]
pub(crate) enum CallStatusWire {
    Answered,
    Missed,
    Rejected,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Precision")]
enum PrecisionWire {
    Second,
    Minute,
    Day,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "TimeSource")]
enum TimeSourceWire {
    Device,
    Carrier,
    User,
}

/// Milliseconds since 1970 and the offset in seconds.
#[derive(Serialize, Deserialize)]
struct InstantWire(i64, i32);

impl InstantWire {
    fn of(at: &DateTime<FixedOffset>) -> Self {
        Self(at.timestamp_millis(), at.offset().local_minus_utc())
    }

    fn instant<E: serde::de::Error>(&self) -> Result<DateTime<FixedOffset>, E> {
        FixedOffset::east_opt(self.1)
            .and_then(|offset| offset.timestamp_millis_opt(self.0).single())
            .ok_or_else(|| E::custom("no such instant"))
    }
}

#[derive(Serialize, Deserialize)]
struct EventTimeWire {
    at: InstantWire,
    #[serde(with = "PrecisionWire")]
    precision: Precision,
    #[serde(with = "TimeSourceWire")]
    source: TimeSource,
}

impl EventTimeWire {
    fn of(time: &EventTime) -> Self {
        Self { at: InstantWire::of(&time.at), precision: time.precision, source: time.source }
    }

    fn time<E: serde::de::Error>(self) -> Result<EventTime, E> {
        Ok(EventTime { at: self.at.instant()?, precision: self.precision, source: self.source })
    }
}

pub(crate) mod event_time {
    use super::{Deserialize, Deserializer, EventTime, EventTimeWire, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(time: &EventTime, out: S) -> Result<S::Ok, S::Error> {
        EventTimeWire::of(time).serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<EventTime, D::Error> {
        EventTimeWire::deserialize(from)?.time()
    }
}

pub(crate) mod maybe_event_time {
    use super::{Deserialize, Deserializer, EventTime, EventTimeWire, Serialize, Serializer};

    #[allow(clippy::ref_option)] // serde asks for this shape
    pub(crate) fn serialize<S: Serializer>(time: &Option<EventTime>, out: S) -> Result<S::Ok, S::Error> {
        time.as_ref().map(EventTimeWire::of).serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<EventTime>, D::Error> {
        Option::<EventTimeWire>::deserialize(from)?.map(EventTimeWire::time).transpose()
    }
}

pub(crate) mod maybe_instant {
    use super::{DateTime, Deserialize, Deserializer, FixedOffset, InstantWire, Serialize, Serializer};

    #[allow(clippy::ref_option)] // serde asks for this shape
    pub(crate) fn serialize<S: Serializer>(
        at: &Option<DateTime<FixedOffset>>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        at.as_ref().map(InstantWire::of).serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<DateTime<FixedOffset>>, D::Error> {
        Option::<InstantWire>::deserialize(from)?.map(|at| at.instant()).transpose()
    }
}

/// Fen; an amount beyond what may enter is refused on the way back in.
pub(crate) mod money {
    use super::{Deserialize, Deserializer, Money, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(amount: &Money, out: S) -> Result<S::Ok, S::Error> {
        amount.fen().serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Money, D::Error> {
        super::checked(i64::deserialize(from)?)
    }
}

pub(crate) mod maybe_money {
    use super::{Deserialize, Deserializer, Money, Serialize, Serializer};

    #[allow(clippy::ref_option)] // serde asks for this shape
    pub(crate) fn serialize<S: Serializer>(amount: &Option<Money>, out: S) -> Result<S::Ok, S::Error> {
        amount.map(Money::fen).serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Money>, D::Error> {
        Option::<i64>::deserialize(from)?.map(super::checked).transpose()
    }
}

fn checked<E: serde::de::Error>(fen: i64) -> Result<Money, E> {
    if fen.unsigned_abs() <= Money::MAX.fen().unsigned_abs() {
        Ok(Money::from_fen(fen))
    } else {
        Err(E::custom("the amount is too large"))
    }
}
