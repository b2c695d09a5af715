//! The figures of a report, one file each. All draw from the same scene, so a
//! condition has the same colour, marker and name everywhere.

use crate::error::ReportError;
use crate::figures::model::{dose_band, mechanism, prediction, tornado};
use crate::figures::scene::{Figure, Scene};
use crate::figures::time_course::draw as time_course;
use crate::figures::{
    averaged_sweeps, beside, diagnostics, dose_response, estimation, further, interaction, potentiation, schematic,
    slice_grid,
};

/// Draws every figure that the findings allow, in the order of the page.
pub fn all(scene: &Scene) -> Result<Vec<Figure>, ReportError> {
    let mut figures = Vec::new();
    figures.extend(schematic::draw(scene)?);
    figures.extend(prediction::draw(scene)?);
    figures.extend(dose_band::draw(scene)?);
    figures.extend(beside::draw(scene)?);
    figures.extend(time_course::draw(scene)?);
    figures.extend(averaged_sweeps::draw(scene)?);
    figures.extend(potentiation::draw(scene)?);
    figures.extend(estimation::draw(scene)?);
    figures.extend(dose_response::draw(scene)?);
    figures.extend(interaction::draw(scene)?);
    figures.extend(mechanism::draw(scene)?);
    figures.extend(tornado::draw(scene)?);
    figures.extend(slice_grid::draw(scene)?);
    figures.extend(further::draw(scene)?);
    figures.extend(diagnostics::draw(scene)?);
    Ok(figures)
}
