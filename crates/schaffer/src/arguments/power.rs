//! What can be typed after `schaffer power`.

use crate::arguments::threads::threads;
use analysis::power::{Costs, PowerQuestion};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `power`.
#[derive(Debug, Args)]
pub struct Power {
    /// The experiment file: its design is what is planned.
    #[arg(value_name = "EXPERIMENT.toml")]
    pub experiment: PathBuf,
    /// Results of that experiment, for effect, variances and the slices kept
    /// [default: results/NAME if it is there; else the experiment is simulated].
    #[arg(long, value_name = "RESULTS_DIR")]
    pub from: Option<PathBuf>,
    /// True difference from the reference, percentage points of potentiation
    /// ("30 %") [default: those of the results].
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = points)]
    pub effect: Option<f64>,
    /// SD between animals, percentage points [default: that of the results].
    #[arg(long, value_name = "X", value_parser = deviation)]
    pub between_animal_sd: Option<f64>,
    /// SD between slices of an animal, percentage points [default: that of the results].
    #[arg(long, visible_alias = "within", value_name = "X", value_parser = deviation)]
    pub within_animal_sd: Option<f64>,
    /// SD of the effect between animals, percentage points; within animals only, where the
    /// SD between animals drops out [default: that of the results, or 0].
    #[arg(long, value_name = "X", value_parser = deviation)]
    pub effect_sd: Option<f64>,
    /// Share of the variance between animals (0 to 1): splits the total SD, or
    /// gives the SD that is not named.
    #[arg(long, value_name = "ICC", value_parser = share)]
    pub icc: Option<f64>,
    /// Two-sided level [default: 1 - interval of the experiment].
    #[arg(long, value_name = "LEVEL", value_parser = open_share)]
    pub alpha: Option<f64>,
    /// Power asked for [default: that of the experiment].
    #[arg(long, value_name = "POWER", value_parser = open_share)]
    pub power: Option<f64>,
    /// Price of an animal, for the cheapest design.
    #[arg(long, value_name = "X", requires = "cost_slice", value_parser = price)]
    pub cost_animal: Option<f64>,
    /// Price of a slice, in the same currency.
    #[arg(long, value_name = "X", requires = "cost_animal", value_parser = price)]
    pub cost_slice: Option<f64>,
    /// Simulated experiments.
    #[arg(long, value_name = "N", default_value = "2000", value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub simulations: u32,
    /// Seed of the simulated experiments.
    #[arg(long, value_name = "N", default_value = "0")]
    pub seed: u64,
    /// Threads, if the experiment has to be simulated [default: all cores].
    #[arg(long, short, value_name = "N", value_parser = threads())]
    pub jobs: Option<u16>,
    /// Print as JSON, every number with all digits.
    #[arg(long)]
    pub json: bool,
}

impl Power {
    /// The question without what the files say.
    pub fn question(&self) -> PowerQuestion {
        PowerQuestion {
            effect: self.effect,
            sd_animal: self.between_animal_sd,
            sd_slice: self.within_animal_sd,
            sd_effect: self.effect_sd,
            icc: self.icc,
            alpha: self.alpha,
            power: self.power,
            costs: self.cost_animal.zip(self.cost_slice).map(|(animal, slice)| Costs { animal, slice }),
            simulations: self.simulations as usize,
            seed: self.seed,
        }
    }
}

fn number(text: &str) -> Result<f64, String> {
    let text = text.trim().trim_end_matches('%').trim_end();
    text.parse::<f64>().ok().filter(|v| v.is_finite()).ok_or_else(|| String::from("expected a number"))
}

fn points(text: &str) -> Result<f64, String> {
    let value = number(text)?;
    if value == 0.0 { Err(String::from("no experiment finds a difference of zero")) } else { Ok(value) }
}

fn deviation(text: &str) -> Result<f64, String> {
    number(text).ok().filter(|v| *v >= 0.0).ok_or_else(|| String::from("expected a number, not below zero"))
}

fn price(text: &str) -> Result<f64, String> {
    number(text).ok().filter(|v| *v > 0.0).ok_or_else(|| String::from("expected a number above zero"))
}

fn share(text: &str) -> Result<f64, String> {
    text.parse::<f64>()
        .ok()
        .filter(|v| (0.0..=1.0).contains(v))
        .ok_or_else(|| String::from("expected a number from 0 to 1"))
}

fn open_share(text: &str) -> Result<f64, String> {
    share(text).ok().filter(|v| *v > 0.0 && *v < 1.0).ok_or_else(|| String::from("expected a number between 0 and 1"))
}
