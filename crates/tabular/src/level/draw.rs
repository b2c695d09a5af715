//! Drawing the table of one experiment.

use crate::level::scenario::{Kind, Scenario};
use recording::table::{Table, TableError};
use statistics::dist::normal;
use statistics::random::Stream;

/// Total SD of a value, and mean of all groups.
const SD: f64 = 10.0;
const MEAN: f64 = 100.0;
/// SD of ln of a skewed effect; its skewness is 3.3.
const SKEW: f64 = 0.8;
/// Doses of a series, and the EC₅₀ and Hill slope that it has.
const DOSES: [f64; 7] = [0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];
pub(crate) const EC50: f64 = 1.0;

/// Random numbers of mean 0 and SD 1.
struct Effects {
    stream: Stream,
    skewed: bool,
}

impl Effects {
    fn normal(&mut self) -> f64 {
        // Centred in its cell of 2⁻⁵³: never 0 or 1.
        let unit = ((self.stream.bits() >> 11) as f64 + 0.5) * (1.0 / (1_u64 << 53) as f64);
        normal::quantile(unit)
    }

    fn next(&mut self) -> f64 {
        let z = self.normal();
        if !self.skewed {
            return z;
        }
        let variance = SKEW * SKEW;
        let mean = libm::exp(0.5 * variance);
        (libm::exp(SKEW * z) - mean) / (mean * libm::expm1(variance).sqrt())
    }
}

/// Columns while they grow.
#[derive(Default)]
struct Columns {
    group: Vec<String>,
    animal: Vec<String>,
    slice: Vec<String>,
    /// Time or dose.
    along: Vec<f64>,
    response: Vec<f64>,
}

impl Columns {
    fn push(&mut self, group: usize, animal: usize, slice: usize, along: f64, response: f64) {
        self.group.push(["control", "treated"][group].to_owned());
        self.animal.push(format!("m{animal}"));
        self.slice.push(format!("s{slice}"));
        self.along.push(along);
        self.response.push(response);
    }
}

/// The table of one experiment; a pure function of its arguments.
pub(crate) fn draw(scenario: &Scenario, place: usize, seed: u64, replicate: u64) -> Result<Table, TableError> {
    let stream = Stream::new(seed, ((place as u64) << 40) | replicate);
    let mut effects = Effects { stream, skewed: scenario.skewed };
    let mut columns = Columns::default();
    match scenario.kind {
        Kind::Between => between(scenario, &mut effects, &mut columns),
        Kind::Within => within(scenario, &mut effects, &mut columns),
        Kind::Course => course(scenario, &mut effects, &mut columns),
        Kind::Dose => doses(scenario, &mut effects, &mut columns),
    }
    let table = Table::new().with("animal", columns.animal)?.with("response", columns.response)?;
    match scenario.kind {
        Kind::Between | Kind::Within => table.with("group", columns.group)?.with("slice", columns.slice),
        Kind::Course => table.with("group", columns.group)?.with("slice", columns.slice)?.with("time", columns.along),
        Kind::Dose => table.with("dose", columns.along),
    }
}

/// SDs of animals and slices.
fn sds(scenario: &Scenario, group: usize) -> (f64, f64) {
    let total = if group == 1 { SD * scenario.ratio } else { SD };
    (total * scenario.icc.sqrt(), total * (1.0 - scenario.icc).sqrt())
}

fn between(scenario: &Scenario, effects: &mut Effects, columns: &mut Columns) {
    let mut animal = 0;
    for group in 0..2 {
        let (sd_animal, sd_slice) = sds(scenario, group);
        for _ in 0..scenario.animals[group] {
            let level = MEAN + sd_animal * effects.next();
            for slice in 0..scenario.slices[animal % scenario.slices.len()] {
                columns.push(group, animal, slice, 0.0, level + sd_slice * effects.next());
            }
            animal += 1;
        }
    }
}

fn within(scenario: &Scenario, effects: &mut Effects, columns: &mut Columns) {
    let (sd_animal, sd_slice) = sds(scenario, 0);
    let mut turn = 0;
    for animal in 0..scenario.animals[0] {
        let level = MEAN + sd_animal * effects.next();
        for group in 0..2 {
            let own = level + SD * scenario.by_condition * effects.next();
            for slice in 0..scenario.slices[turn % scenario.slices.len()] {
                columns.push(group, animal, 10 * group + slice, 0.0, own + sd_slice * effects.next());
            }
            turn += 1;
        }
    }
}

fn course(scenario: &Scenario, effects: &mut Effects, columns: &mut Columns) {
    let (sd_animal, sd_slice) = sds(scenario, 0);
    let rest = (1.0 - scenario.phi * scenario.phi).sqrt();
    for group in 0..2 {
        for animal in 0..scenario.animals[group] {
            let level = MEAN + sd_animal * effects.next();
            let slope = SD * scenario.slope * effects.next();
            for slice in 0..scenario.slices[0] {
                let own = if scenario.slices[0] > 1 { 0.5 * sd_slice * effects.next() } else { 0.0 };
                let mut noise = effects.next();
                for time in 0..scenario.times {
                    if time > 0 {
                        noise = scenario.phi * noise + rest * effects.next();
                    }
                    let value = level + own + slope * time as f64 + sd_slice * noise;
                    columns.push(group, group * scenario.animals[0] + animal, slice, time as f64, value);
                }
            }
        }
    }
}

/// Responses of a curve whose top and EC₅₀ vary between animals: SDs of 30 % of the top
/// and of ln 1.5, noise of 8 % of the top.
fn doses(scenario: &Scenario, effects: &mut Effects, columns: &mut Columns) {
    for animal in 0..scenario.animals[0] {
        let top = MEAN * (1.0 + 0.3 * effects.next());
        let ec50 = EC50 * libm::exp(libm::log(1.5) * effects.next());
        for dose in DOSES {
            let value = top * dose / (dose + ec50) + 0.08 * MEAN * effects.next();
            columns.push(0, animal, 0, dose, value);
        }
    }
}
