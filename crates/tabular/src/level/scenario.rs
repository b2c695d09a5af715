//! Experiments in which nothing differs.

/// What kind of experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Two groups of different animals.
    Between,
    /// Two conditions in every animal.
    Within,
    /// Two groups of animals followed over times.
    Course,
    /// Every animal gives all doses of one substance.
    Dose,
}

/// One experiment. SDs are shares of a total SD of 10 about a mean of 100.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Animals of the two groups; within animals the first number.
    pub(crate) animals: [usize; 2],
    /// Slices of the animals, over and over.
    pub(crate) slices: &'static [usize],
    /// Share of the variance between animals.
    pub(crate) icc: f64,
    /// SDs of the second group over those of the first.
    pub(crate) ratio: f64,
    /// SD of what a condition does differently in each animal.
    pub(crate) by_condition: f64,
    /// Skewed (log-normal) effects of animals and slices.
    pub(crate) skewed: bool,
    /// Times of a course, SD of the animals' slopes a step, correlation of neighbours.
    pub(crate) times: usize,
    pub(crate) slope: f64,
    pub(crate) phi: f64,
}

impl Scenario {
    const fn between(name: &'static str, animals: [usize; 2], slices: &'static [usize], icc: f64) -> Scenario {
        Scenario {
            name,
            kind: Kind::Between,
            animals,
            slices,
            icc,
            ratio: 1.0,
            by_condition: 0.0,
            skewed: false,
            times: 0,
            slope: 0.0,
            phi: 0.0,
        }
    }

    const fn within(name: &'static str, slices: &'static [usize], icc: f64, by_condition: f64) -> Scenario {
        Scenario { kind: Kind::Within, by_condition, ..Scenario::between(name, [6, 6], slices, icc) }
    }

    const fn course(name: &'static str, slices: &'static [usize], slope: f64, phi: f64) -> Scenario {
        Scenario { kind: Kind::Course, times: 6, slope, phi, ..Scenario::between(name, [6, 6], slices, 0.6) }
    }

    const fn with_ratio(self, ratio: f64) -> Scenario {
        Scenario { ratio, ..self }
    }

    const fn skewed(self) -> Scenario {
        Scenario { skewed: true, ..self }
    }
}

/// Even and uneven numbers of slices.
const EVEN: &[usize] = &[3];
const UNEVEN: &[usize] = &[1, 4, 2, 3];
const ONE: &[usize] = &[1];

/// All of them. The place of each is the key of its random numbers: add at the end.
pub(crate) const ALL: [Scenario; 23] = [
    Scenario::between("between, 4 v 4 animals, 3 slices, ICC 0", [4, 4], EVEN, 0.0),
    Scenario::between("between, 4 v 4 animals, 1-4 slices, ICC 0", [4, 4], UNEVEN, 0.0),
    Scenario::between("between, 8 v 8 animals, 1-4 slices, ICC 0", [8, 8], UNEVEN, 0.0),
    Scenario::between("between, 4 v 4 animals, 3 slices, ICC 0.3", [4, 4], EVEN, 0.3),
    Scenario::between("between, 4 v 4 animals, 1-4 slices, ICC 0.3", [4, 4], UNEVEN, 0.3),
    Scenario::between("between, 8 v 8 animals, 1-4 slices, ICC 0.3", [8, 8], UNEVEN, 0.3),
    Scenario::between("between, 8 v 8 animals, 1-4 slices, ICC 0.8", [8, 8], UNEVEN, 0.8),
    Scenario::between("between, 8 v 4 animals, 3 slices, ICC 0.3, SD 1:3", [8, 4], EVEN, 0.3).with_ratio(3.0),
    Scenario::between("between, 8 v 4 animals, 1-4 slices, ICC 0.3, SD 1:3", [8, 4], UNEVEN, 0.3).with_ratio(3.0),
    Scenario::between("between, 8 v 4 animals, 3 slices, ICC 0.3, SD 3:1", [8, 4], EVEN, 0.3).with_ratio(1.0 / 3.0),
    Scenario::between("between, 8 v 8 animals, 1 slice", [8, 8], ONE, 0.0),
    Scenario::between("between, 8 v 8 animals, 3 slices, ICC 0.3, skewed", [8, 8], EVEN, 0.3).skewed(),
    Scenario::between("between, 8 v 4 animals, 3 slices, ICC 0.3, skewed", [8, 4], EVEN, 0.3).skewed(),
    Scenario::within("within, 6 animals, 3 slices, animal:condition SD 0", EVEN, 0.3, 0.0),
    Scenario::within("within, 6 animals, 3 slices, animal:condition SD 4", EVEN, 0.3, 0.4),
    Scenario::within("within, 6 animals, 3 slices, animal:condition SD 8", EVEN, 0.3, 0.8),
    Scenario::within("within, 6 animals, 1-4 slices, animal:condition SD 8", UNEVEN, 0.3, 0.8),
    Scenario::within("within, 6 animals, 3 slices, animal:condition SD 8, skewed", EVEN, 0.3, 0.8).skewed(),
    Scenario::course("course, 6 v 6 animals, 6 times, equal slopes", ONE, 0.0, 0.0),
    Scenario::course("course, 6 v 6 animals, 6 times, slopes vary", ONE, 0.4, 0.0),
    Scenario::course("course, 6 v 6 animals, 2 slices, 6 times, slopes vary", &[2], 0.4, 0.0),
    Scenario::course("course, 6 v 6 animals, 6 times, AR(1) 0.6", ONE, 0.0, 0.6),
    Scenario {
        kind: Kind::Dose,
        ..Scenario::between("doses, 6 animals, 7 doses each, animals vary", [6, 6], ONE, 0.3)
    },
];
