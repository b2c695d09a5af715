//! Arguments of the commands on what is built in: compounds, receptors, states,
//! protocols, rules.

use clap::Args;
use std::path::PathBuf;

/// Arguments of the commands that list what is built in.
#[derive(Debug, Args)]
pub struct Named {
    /// Name of one of them; without it all are listed.
    pub name: Option<String>,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `compounds`.
#[derive(Debug, Args)]
pub struct Records {
    /// Name of one of them; without it all are listed.
    pub name: Option<String>,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
    /// Folder with records of your own.
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
}

/// Arguments of `receptors`.
#[derive(Debug, Args)]
pub struct Receptors {
    /// Compound and concentration, e.g. "PS 100 uM"; several make a mixture. Without any: the scoreboard.
    #[arg(value_name = "COMPOUND CONCENTRATION")]
    pub bath: Vec<String>,
    /// A scenario that is assumed; may be given several times.
    #[arg(long, value_name = "NAME", requires = "bath")]
    pub scenario: Vec<String>,
    /// Share of α4βδ receptors in the tonic conductance, 0 to 1.
    #[arg(long, value_name = "SHARE", requires = "bath")]
    pub alpha4_delta: Option<f64>,
    /// GABA depolarises: its tonic current is inward.
    #[arg(long, requires = "bath")]
    pub depolarising: bool,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
    /// Folder with records and outcomes of your own.
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
}

/// Arguments of `states`.
#[derive(Debug, Args)]
pub struct States {
    /// Name of one of them; without it all are listed.
    #[arg(conflicts_with = "claims")]
    pub name: Option<String>,
    /// Print what stands for each claim and system of the literature.
    #[arg(long)]
    pub claims: bool,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
    /// Folder with records of your own.
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
}

/// Arguments of `rules`.
#[derive(Debug, Args)]
pub struct Rules {
    /// Name of one of them; without it all are listed.
    #[arg(conflicts_with = "parameters")]
    pub name: Option<String>,
    /// List every parameter of the synapse with unit, range, evidence and source.
    #[arg(long)]
    pub parameters: bool,
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}
