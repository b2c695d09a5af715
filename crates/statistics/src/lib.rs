//! Samples, estimates, tests, mixed models, resampling, dose–response and power.
//!
//! The crate knows numbers, groups, clusters and units; it knows no laboratory.
//! Impossible data (one value, no variance, a missing value, a design that
//! leaves nothing free) give a typed [`StatisticsError`], never a number.
//!
//! The default for units measured in clusters is a random-intercept model by
//! REML with Kenward–Roger degrees of freedom:
//!
//! ```
//! use statistics::design::Design;
//! use statistics::mixed::{Method, MixedData, fit};
//! use statistics::DfMethod;
//!
//! let response = [10.1, 11.0, 12.2, 11.7, 14.9, 15.3, 13.8, 14.2];
//! let cluster = [0, 0, 1, 1, 2, 2, 3, 3];
//! let design = Design::treatment(&[0, 0, 0, 0, 1, 1, 1, 1], &["control", "treated"])?;
//! let model = fit(&MixedData::new(&response, &design, &cluster), Method::Reml)?;
//! let difference = model.contrast(&[0.0, 1.0], DfMethod::KenwardRoger, 0.95)?;
//! assert!((difference.df - 2.0).abs() < 1e-6); // four clusters, two groups
//! # Ok::<(), statistics::StatisticsError>(())
//! ```

pub mod adjust;
pub mod anova;
pub mod bootstrap;
pub mod clustered;
pub mod contrasts;
pub mod covariate;
pub mod design;
pub mod dist;
pub mod dose_response;
pub mod error;
pub mod estimate;
pub mod gatekeeping;
pub mod glmm;
pub mod groups;
pub mod least_squares;
pub mod linear;
pub mod meta;
pub mod mixed;
pub mod nested_curve;
pub mod order;
pub mod permutation;
pub mod power;
pub mod random;
pub mod rank;
pub mod receptor;
pub mod robust;
pub mod sample;
pub mod sequential;
pub mod spelling;
pub mod synergy;

pub use error::StatisticsError;
pub use estimate::{Alternative, Comparison, DfMethod, Interval};
pub use sample::Sample;

pub use groups::bayes;
pub use groups::effect;
pub use groups::equivalence;
pub use groups::normality;
pub use groups::surprise;
pub use groups::two_sample;
