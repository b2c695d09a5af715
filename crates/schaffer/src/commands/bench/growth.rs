//! `schaffer bench growth`: computing time against the number of synapses and of
//! slices, for the full model and for B1, as a figure with its data.

use crate::arguments::bench::BenchGrowth;
use crate::commands::bench::clock::Clock;
use crate::commands::bench::file::unwritable;
use crate::failure::Failure;
use crate::output::{headed, print};
use recording::atomic;
use report::growth::{Series, draw};
use synapse::published::b1 as comparison;
use synapse::{Modulation, Parameters, Pulse, PulseKind, SliceIdentity, SweepWindow, simulate_slice};

/// Synapses of each slice while slices grow.
const SYNAPSES: u32 = 20;
/// Numbers per decade.
const STEPS: [u32; 2] = [1, 3];
/// Time that measuring one point takes at least, s; short tasks are repeated.
const LEAST_S: f64 = 0.1;

/// Measures, prints and draws.
pub fn growth(arguments: &BenchGrowth) -> Result<(), Failure> {
    let synapses = numbers(16, arguments.largest);
    let slices = numbers(1, arguments.largest);
    let all = [
        series("synapses", "full model", &synapses, |n| full_model(n, 1))?,
        series("synapses", "B1", &synapses, |n| b1(n, 1))?,
        series("slices", "full model", &slices, |n| full_model(SYNAPSES, n))?,
        series("slices", "B1", &slices, |n| b1(SYNAPSES, n))?,
    ];
    print(&table(&all))?;
    let (svg, csv) = draw(&all)?;
    let folder = &arguments.out;
    atomic::folder(folder).map_err(|fault| unwritable(folder, &fault))?;
    for (name, text) in [("growth.svg", svg), ("growth.csv", csv)] {
        let path = folder.join(name);
        atomic::write(&path, text.as_bytes()).map_err(|fault| unwritable(&path, &fault))?;
    }
    Ok(())
}

/// `first` and the round numbers from there to `largest`.
fn numbers(first: u32, largest: u32) -> Vec<u32> {
    let round = (0..7).flat_map(|power| STEPS.map(|step| step * 10_u32.pow(power)));
    let mut numbers: Vec<u32> = round.filter(|n| *n > first && *n <= largest).collect();
    numbers.insert(0, first);
    numbers
}

/// Times of a task for all numbers.
fn series(
    grows: &str,
    model: &str,
    numbers: &[u32],
    task: impl Fn(u32) -> Result<(), Failure>,
) -> Result<Series, Failure> {
    // What is done once in a process should not count.
    task(numbers[0])?;
    let mut points = Vec::with_capacity(numbers.len());
    for &n in numbers {
        let (clock, mut repeats) = (Clock::start(), 0.0);
        while repeats < 1.0 || clock.seconds() < LEAST_S {
            task(n)?;
            repeats += 1.0;
        }
        points.push((f64::from(n), clock.seconds() / repeats));
    }
    let exponent = match points[..] {
        [.., from, _, to] => libm::log(to.1 / from.1) / libm::log(to.0 / from.0),
        _ => f64::NAN,
    };
    Ok(Series { grows: grows.to_owned(), model: model.to_owned(), points, exponent })
}

fn b1(synapses: u32, slices: u32) -> Result<(), Failure> {
    for slice in 0..u64::from(slices) {
        let first = slice * u64::from(synapses);
        let own: Vec<_> = (first..first + u64::from(synapses)).map(comparison::synapse).collect();
        std::hint::black_box(comparison::simulate(&own));
    }
    Ok(())
}

/// Slices of the full model through three test pulses, a theta burst and three
/// test pulses.
fn full_model(synapses: u32, slices: u32) -> Result<(), Failure> {
    let mut parameters = Parameters::default();
    let set = parameters.set("spines.number", f64::from(synapses));
    set.map_err(|fault| Failure::unexpected(fault.to_string()))?;
    let pulse = |t_ms: f64, kind| Pulse { t_ms, kind };
    let tests = |from_s: u32| (0..3).map(move |k| pulse(1e3 * f64::from(from_s + 20 * k), PulseKind::Test));
    let burst =
        (0..40).map(|k| pulse(60_000.0 + 200.0 * f64::from(k / 4) + 10.0 * f64::from(k % 4), PulseKind::Induction));
    let pulses: Vec<Pulse> = tests(1).chain(burst).chain(tests(80)).collect();
    let window = SweepWindow { before_ms: 5.0, after_ms: 45.0, rate_hz: 10_000.0 };
    for slice in 0..u64::from(slices) {
        let identity = SliceIdentity { seed: 1, animal: slice / 2, slice };
        let drug = |_| Modulation::default();
        simulate_slice(&parameters, identity, &pulses, &drug, &window, &mut |sweep| {
            std::hint::black_box(sweep);
        })
        .map_err(|fault| Failure::unexpected(fault.to_string()))?;
    }
    Ok(())
}

fn table(series: &[Series]) -> String {
    let mut rows = vec![["grows", "model", "number", "time", "per unit"].map(str::to_owned)];
    for one in series {
        for (number, seconds) in &one.points {
            rows.push([
                one.grows.clone(),
                one.model.clone(),
                format!("{number}"),
                format!("{seconds:.5} s"),
                format!("{:.1} µs", 1e6 * seconds / number),
            ]);
        }
        let exponent = format!("exponent {:.3} over the last decade", one.exponent);
        rows.push([one.grows.clone(), one.model.clone(), String::new(), exponent, String::new()]);
    }
    headed(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_grow_by_round_steps() {
        assert_eq!(numbers(16, 1_000), [16, 30, 100, 300, 1_000]);
        assert_eq!(numbers(1, 10), [1, 3, 10]);
    }
}
