//! The quantities themselves, with the units that programs ask for.

use crate::define::quantity;
use crate::dimension::Dimension;

quantity!(
    /// A duration, or a time since a stated origin; not negative. Kept in ms.
    Time,
    Dimension::Time
);

impl Time {
    /// From seconds.
    pub const fn from_s(s: f64) -> Self {
        Self(s * 1e3)
    }

    /// From milliseconds.
    pub const fn from_ms(ms: f64) -> Self {
        Self(ms)
    }

    /// From minutes.
    pub const fn from_min(min: f64) -> Self {
        Self(min * 6e4)
    }

    /// From hours.
    pub const fn from_h(h: f64) -> Self {
        Self(h * 3.6e6)
    }

    /// In seconds.
    pub const fn s(self) -> f64 {
        self.0 / 1e3
    }

    /// In milliseconds.
    pub const fn ms(self) -> f64 {
        self.0
    }

    /// In minutes.
    pub const fn min(self) -> f64 {
        self.0 / 6e4
    }

    /// In hours.
    pub const fn h(self) -> f64 {
        self.0 / 3.6e6
    }
}

quantity!(
    /// Events or samples per second; not negative. Kept in Hz.
    Frequency,
    Dimension::Frequency
);

impl Frequency {
    /// From hertz.
    pub const fn from_hz(hz: f64) -> Self {
        Self(hz)
    }

    /// In hertz.
    pub const fn hz(self) -> f64 {
        self.0
    }
}

quantity!(
    /// Amount of substance per volume; not negative. Kept in µM.
    Concentration,
    Dimension::Concentration
);

impl Concentration {
    /// From micromolar.
    pub const fn from_um(um: f64) -> Self {
        Self(um)
    }

    /// From nanomolar.
    pub const fn from_nm(nm: f64) -> Self {
        Self(nm / 1e3)
    }

    /// From millimolar.
    pub const fn from_mm(mm: f64) -> Self {
        Self(mm * 1e3)
    }

    /// In micromolar.
    pub const fn um(self) -> f64 {
        self.0
    }

    /// In nanomolar.
    pub const fn nm(self) -> f64 {
        self.0 * 1e3
    }

    /// In millimolar.
    pub const fn mm(self) -> f64 {
        self.0 / 1e3
    }
}

quantity!(
    /// Electrical potential, of either sign. Kept in mV.
    Voltage,
    Dimension::Voltage
);

impl Voltage {
    /// From millivolts.
    pub const fn from_mv(mv: f64) -> Self {
        Self(mv)
    }

    /// In millivolts.
    pub const fn mv(self) -> f64 {
        self.0
    }
}

quantity!(
    /// Electrical current, of either sign. Kept in pA.
    Current,
    Dimension::Current
);

impl Current {
    /// From picoamperes.
    pub const fn from_pa(pa: f64) -> Self {
        Self(pa)
    }

    /// In picoamperes.
    pub const fn pa(self) -> f64 {
        self.0
    }
}

quantity!(
    /// Electrical conductance; not negative. Kept in nS.
    Conductance,
    Dimension::Conductance
);

impl Conductance {
    /// From nanosiemens.
    pub const fn from_ns(ns: f64) -> Self {
        Self(ns)
    }

    /// In nanosiemens.
    pub const fn ns(self) -> f64 {
        self.0
    }
}

quantity!(
    /// Temperature, not below absolute zero. Kept in °C.
    Temperature,
    Dimension::Temperature
);

impl Temperature {
    /// From degrees Celsius.
    pub const fn from_celsius(celsius: f64) -> Self {
        Self(celsius)
    }

    /// In degrees Celsius.
    pub const fn celsius(self) -> f64 {
        self.0
    }
}

quantity!(
    /// A part of a whole, written as a percentage; not negative, may exceed
    /// 100 %. Kept as a value: 40 % is 0.4.
    Fraction,
    Dimension::Fraction
);

impl Fraction {
    /// From a percentage: `40.0` is 40 %.
    pub const fn from_percent(percent: f64) -> Self {
        Self(percent / 100.0)
    }

    /// From a value: `0.4` is 40 %.
    pub const fn from_value(value: f64) -> Self {
        Self(value)
    }

    /// As a percentage.
    pub const fn percent(self) -> f64 {
        self.0 * 100.0
    }

    /// As a value: 40 % gives `0.4`.
    pub const fn value(self) -> f64 {
        self.0
    }
}

quantity!(
    /// Age of an animal since birth (P0); not negative. Kept in days. Written
    /// `P42`, `42 days`, `8 weeks` or `3 months` (a month is 30.4375 days).
    Age,
    Dimension::Age
);

impl Age {
    /// From postnatal days: `42.0` is P42.
    pub const fn from_postnatal_days(days: f64) -> Self {
        Self(days)
    }

    /// In postnatal days.
    pub const fn postnatal_days(self) -> f64 {
        self.0
    }

    /// In weeks.
    pub const fn weeks(self) -> f64 {
        self.0 / 7.0
    }
}

quantity!(
    /// Length; not negative. Kept in µm.
    Length,
    Dimension::Length
);

impl Length {
    /// From micrometres.
    pub const fn from_um(um: f64) -> Self {
        Self(um)
    }

    /// In micrometres.
    pub const fn um(self) -> f64 {
        self.0
    }
}

quantity!(
    /// Rate of change of a potential, of either sign. Kept in mV/ms, that is V/s.
    Slope,
    Dimension::Slope
);

impl Slope {
    /// From millivolts per millisecond.
    pub const fn from_mv_per_ms(mv_per_ms: f64) -> Self {
        Self(mv_per_ms)
    }

    /// In millivolts per millisecond.
    pub const fn mv_per_ms(self) -> f64 {
        self.0
    }
}
