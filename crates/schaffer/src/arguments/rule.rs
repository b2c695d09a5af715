//! What can be typed after `schaffer rule`.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Arguments of `rule`.
#[derive(Debug, Args)]
pub struct Rule {
    /// The rule; `schaffer rules` lists them.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Parameter set, or several with commas, or `all` [default: the first of the rule].
    #[arg(long, value_name = "SET", allow_hyphen_values = true)]
    pub set: Option<String>,
    /// A set of your own (TOML): `based_on`, `[parameters]`.
    #[arg(long, value_name = "FILE.toml", conflicts_with = "set")]
    pub parameters: Option<PathBuf>,
    /// pairs, bursts, pulses, clamp; for stc_luboeinski_2021 also STET, WTET, SLFS,
    /// WLFS, TBS, 3xTBS, HFS1 [default: the first that the rule takes].
    #[arg(long, value_name = "PROTOCOL")]
    pub protocol: Option<String>,
    /// Repetitions [default: 60 pairs, 100 bursts or clamped pulses, 900 pulses; 5 where a presentation or the paper has 5].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub n: Option<u32>,
    /// Repetition rates: "0.1 Hz,10 Hz" or "1 Hz..50 Hz step 1 Hz" [default: 1 Hz; 5 Hz for bursts; 1 to 50 Hz for pulses].
    #[arg(long, value_name = "LIST")]
    pub frequency: Option<String>,
    /// Postsynaptic minus presynaptic spike: "-40 ms,10 ms" or "-100 ms..100 ms step 5 ms".
    #[arg(long, value_name = "LIST", allow_hyphen_values = true)]
    pub dt: Option<String>,
    /// Postsynaptic spikes of a burst.
    #[arg(long, value_name = "N", default_value = "2", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub post: u32,
    /// Interval of the spikes of a burst.
    #[arg(long, value_name = "TIME", default_value = "11.5 ms")]
    pub post_interval: String,
    /// Which spike of a burst --dt is measured to.
    #[arg(long, value_enum, default_value = "last")]
    pub dt_to: DtTo,
    /// Holding potentials of the clamp: "-65 mV,-20 mV" or "-65 mV..0 mV step 5 mV".
    #[arg(long, value_name = "LIST", allow_hyphen_values = true)]
    pub voltage: Option<String>,
    /// Step of a rule on a grid instead of the published one.
    #[arg(long, value_name = "TIME")]
    pub step: Option<String>,
    /// Simulate this many noisy runs as well (graupner_brunel_2012, stc_luboeinski_2021).
    #[arg(long, value_name = "RUNS", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub simulate: Option<u32>,
    /// Seed of the noisy runs.
    #[arg(long, value_name = "N", default_value = "1")]
    pub seed: u64,
    /// The cell fires 5 ms after every presynaptic spike (stc_luboeinski_2021).
    #[arg(long)]
    pub post_spikes: bool,
    /// Follow the strength through the late phase to 8 h.
    #[arg(long)]
    pub late_phase: bool,
    /// Inductions, each as the protocol says (late phase).
    #[arg(long, value_name = "N", default_value = "1", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub trains: u32,
    /// Time from one induction to the next (late phase).
    #[arg(long, value_name = "TIME", default_value = "10 min")]
    pub train_interval: String,
    /// What starts protein synthesis (late phase).
    #[arg(long, value_enum, default_value = "drive")]
    pub proteins: Proteins,
    /// No protein synthesis (late phase).
    #[arg(long)]
    pub anisomycin: bool,
    /// PKA is blocked (late phase).
    #[arg(long)]
    pub pka_block: bool,
    /// Print as JSON, every number with all digits.
    #[arg(long)]
    pub json: bool,
    /// Write the rows to this file.
    #[arg(long, value_name = "FILE.csv")]
    pub csv: Option<PathBuf>,
    /// Draw the ratio to this file.
    #[arg(long, value_name = "FILE.svg")]
    pub plot: Option<PathBuf>,
    /// Replace files that exist.
    #[arg(long)]
    pub overwrite: bool,
}

/// Which spike of a burst Δt is measured to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DtTo {
    /// The first of the burst.
    First,
    /// The last of the burst.
    Last,
}

/// What starts protein synthesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Proteins {
    /// The PKA/CREB drive of the cell, which spaced trains raise.
    Drive,
    /// A large change of the synapse itself, as published for one synapse.
    OwnChange,
}
