//! The draws of the posterior as a file.

use crate::draws::identity::model;
use crate::error::PosteriorError;
use crate::observation::Outputs;
use crate::search::{Campaign, Extent, Notebook, campaign, effective};
use crate::space::Space;
use serde::{Deserialize, Serialize};
use synapse::Parameters;

/// Version of the file.
const FORMAT: u32 = 1;

/// Fewest draws that give an interval.
const FEWEST: usize = 20;

/// Draws of the posterior of the parameters of the synapse.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posterior {
    /// Version of the file.
    pub format: u32,
    /// What the draws hold for: parameter table, priors and observations, as a checksum.
    pub model: String,
    /// Seed of the search.
    pub seed: u64,
    /// Animals of an arm.
    pub animals: u32,
    /// Sets that were simulated to find these.
    pub simulated: usize,
    /// Draws of equal weight that these are worth.
    pub effective: f64,
    /// Paths of the parameters.
    pub parameters: Vec<String>,
    /// Names of the outputs that were simulated.
    pub outputs: Vec<String>,
    /// Residual standard deviation of the response surface, per output.
    pub surface_sd: Vec<f64>,
    /// Standard deviation that other animals would give, per output.
    pub chance_sd: Vec<f64>,
    /// `draws[k]`: weight, parameters, outputs.
    pub draws: Vec<Vec<f64>>,
}

/// Rounds to seven significant digits: more are not known, and the file stays small.
fn rounded(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}

impl Posterior {
    /// Searches for draws.
    ///
    /// # Errors
    /// The shipped parameters cannot be simulated, or the observations cannot be read.
    pub fn search(extent: &Extent, notebook: &dyn Notebook) -> Result<Self, PosteriorError> {
        Self::of(&campaign(extent, notebook)?, extent)
    }

    /// The draws of a finished search.
    fn of(campaign: &Campaign, extent: &Extent) -> Result<Self, PosteriorError> {
        let space = Space::of_the_synapse();
        let paths: Vec<String> = space.specs().iter().map(|spec| spec.path.to_owned()).collect();
        let mut draws = Vec::with_capacity(campaign.draws.len());
        for draw in &campaign.draws {
            let Some(set) = space.parameters(&draw.u) else { continue };
            let values = paths.iter().map(|path| set.get(path).unwrap_or(f64::NAN));
            let row = std::iter::once(draw.weight).chain(values).chain(draw.eta.iter().copied());
            draws.push(row.map(rounded).collect());
        }
        Ok(Self {
            format: FORMAT,
            model: model()?,
            seed: extent.seed,
            animals: extent.animals,
            simulated: campaign.simulated,
            effective: rounded(effective(&campaign.draws)),
            parameters: paths,
            outputs: Outputs::that_set()?.names().to_vec(),
            surface_sd: campaign.surface_sd.iter().copied().map(rounded).collect(),
            chance_sd: campaign.chance_sd.iter().copied().map(rounded).collect(),
            draws,
        })
    }

    /// The draws that come with the program.
    ///
    /// # Errors
    /// None in a released program: a test reads them.
    pub fn shipped() -> Result<Self, PosteriorError> {
        Self::read("posterior.toml", include_str!("../../data/posterior.toml"))
    }

    /// Reads a file of draws. `file` appears in messages.
    ///
    /// # Errors
    /// It is no such file, holds for another model, has too few draws, or a draw lies
    /// outside the accepted range of a parameter.
    pub fn read(file: &str, text: &str) -> Result<Self, PosteriorError> {
        let fault = |what: String| PosteriorError::File { file: file.to_owned(), what };
        let read: Self = toml::from_str(text).map_err(|reason| fault(reason.to_string().trim_end().to_owned()))?;
        let own = model()?;
        if read.format != FORMAT {
            return Err(fault(format!("format = {}; this program reads format = {FORMAT}", read.format)));
        }
        if read.model != own {
            return Err(fault(format!(
                "it holds for another version of the model (model = \"{}\"; this program: \"{own}\"); \
                 `schaffer calibrate --posterior FILE.toml` makes one for this program",
                read.model
            )));
        }
        if read.draws.len() < FEWEST {
            return Err(fault(format!("{} draws; at least {FEWEST} are needed", read.draws.len())));
        }
        let width = 1 + read.parameters.len() + read.outputs.len();
        for (number, draw) in read.draws.iter().enumerate() {
            if draw.len() != width || draw.iter().any(|value| !value.is_finite()) || draw[0] < 0.0 {
                return Err(fault(format!(
                    "draw {}: found {} numbers; accepted: a weight of 0 or more, {} parameters, {} outputs, all finite",
                    number + 1,
                    draw.len(),
                    read.parameters.len(),
                    read.outputs.len()
                )));
            }
            let mut set = Parameters::default();
            for (path, value) in read.parameters.iter().zip(&draw[1..]) {
                set.set(path, *value).map_err(|reason| fault(format!("draw {}: {reason}", number + 1)))?;
            }
        }
        if read.draws.iter().map(|draw| draw[0]).sum::<f64>() <= 0.0 {
            return Err(fault("every draw has the weight 0".to_owned()));
        }
        Ok(read)
    }

    /// The file as text.
    ///
    /// # Errors
    /// A number that TOML cannot hold.
    pub fn to_text(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }

    /// Value of a parameter in every draw with the weights; none if it does not move.
    pub fn marginal(&self, path: &str) -> Option<Vec<(f64, f64)>> {
        let place = self.parameters.iter().position(|known| known == path)?;
        Some(self.draws.iter().map(|draw| (draw[1 + place], draw[0])).collect())
    }

    /// Places of `n` draws of equal weight: systematic resampling.
    pub(crate) fn resampled(&self, n: usize) -> Vec<usize> {
        let total: f64 = self.draws.iter().map(|draw| draw[0]).sum();
        let mut places = Vec::with_capacity(n);
        let (mut sum, mut place) = (0.0, 0);
        for k in 0..n {
            let at = (k as f64 + 0.5) / n as f64 * total;
            while place + 1 < self.draws.len() && sum + self.draws[place][0] < at {
                sum += self.draws[place][0];
                place += 1;
            }
            places.push(place);
        }
        places
    }
}
