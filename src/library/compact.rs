//! A date in eight bytes, as it is kept of each article of a large library.
//!
//! Owns: how it is packed: as local minutes. Refuses: dates some thousand years away, which nobody published anything on.
//! Tests: at the foot.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::article::{Basis, Precision, When};

const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// A date, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compact {
    /// Of local civil time, since 1970.
    minutes: i32,
    /// Minutes east of UTC; [`NO_ZONE`] where none is stated.
    zone: i16,
    precision: Precision,
    /// `None`: there is no date.
    basis: Option<Basis>,
}

const NO_ZONE: i16 = i16::MIN;
/// Where none is stated, dates are those of Vietnam.
const VIETNAM: i16 = 7 * 60;

impl Compact {
    const NONE: Self = Self { minutes: 0, zone: NO_ZONE, precision: Precision::Year, basis: None };

    /// Minutes since 1970, UTC, as [`When::minutes`] has them, of a date that is this precise at least and does not rest on the file alone.
    pub fn stated(self, least: Precision) -> Option<i64> {
        let stated = self.basis.is_some_and(|basis| basis != Basis::FileTime) && self.precision >= least;
        stated.then(|| self.minutes()).flatten()
    }

    /// Minutes since 1970, UTC, as [`When::minutes`] has them.
    pub fn minutes(self) -> Option<i64> {
        let zone = if self.zone == NO_ZONE { VIETNAM } else { self.zone };
        self.basis.map(|_| i64::from(self.minutes) - i64::from(zone))
    }

    /// The date that was packed.
    pub fn when(self) -> Option<When> {
        let (basis, minutes) = (self.basis?, i64::from(self.minutes));
        let date: Date = EPOCH.date().checked_add(jiff::Span::new().days(minutes.div_euclid(1440))).ok()?;
        let of_day = minutes.rem_euclid(1440);
        let at = date.at((of_day / 60) as i8, (of_day % 60) as i8, 0, 0);
        let zone = (self.zone != NO_ZONE).then_some(self.zone);
        Some(When { at, precision: self.precision, zone, basis })
    }
}

impl From<Option<When>> for Compact {
    fn from(when: Option<When>) -> Self {
        let packed = when.and_then(|when| {
            let days = i64::from(when.at.date().since(EPOCH.date()).ok()?.get_days());
            let minutes = days * 1440 + i64::from(when.at.hour()) * 60 + i64::from(when.at.minute());
            Some(Self {
                minutes: i32::try_from(minutes).ok()?,
                zone: when.zone.unwrap_or(NO_ZONE),
                precision: when.precision,
                basis: Some(when.basis),
            })
        });
        packed.unwrap_or(Self::NONE)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_come_back_as_they_were() {
        let all = [
            (date(2026, 9, 22).at(23, 59, 0, 0), Precision::Minute, Some(7 * 60), Basis::Stated),
            (date(1969, 12, 31).at(0, 1, 0, 0), Precision::Minute, Some(-150), Basis::FileTime),
            (date(1900, 2, 28).at(0, 0, 0, 0), Precision::Day, None, Basis::Inferred),
            (date(2400, 1, 1).at(0, 0, 0, 0), Precision::Year, None, Basis::Stated),
        ];
        for (at, precision, zone, basis) in all {
            let when = Some(When { at, precision, zone, basis });
            let packed = Compact::from(when);
            assert_eq!(packed.when(), when);
            assert_eq!(packed.minutes(), when.map(When::minutes));
            let stated = when.filter(|w| w.basis != Basis::FileTime && w.precision >= Precision::Day);
            assert_eq!(packed.stated(Precision::Day), stated.map(When::minutes));
        }
        let far = When {
            at: date(9999, 1, 1).at(0, 0, 0, 0),
            precision: Precision::Day,
            zone: None,
            basis: Basis::Stated,
        };
        assert_eq!([None, Some(far)].map(|when| Compact::from(when).when()), [None, None]);
        assert_eq!(size_of::<Compact>(), 8);
    }
}
