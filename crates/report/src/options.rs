//! What a report is asked for, and what was written.

use crate::drawing::Colour;
use results::plan::{FigureFormat, JournalStyle};
use std::path::PathBuf;
use std::str::FromStr;

/// How to write a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenderOptions {
    /// Journal style instead of the planned one.
    pub style: Option<JournalStyle>,
    /// Figure formats instead of the planned ones.
    pub formats: Option<Vec<FigureFormat>>,
    /// Another results folder that is drawn beside this one, labelled.
    pub beside: Option<PathBuf>,
    /// Threads for rasterising; 0 for two. The files do not depend on it.
    pub threads: usize,
    /// How the figures look.
    pub figures: FigureOptions,
}

/// How the figures look, where that is left to the reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FigureOptions {
    /// Means of time courses as lines in bands instead of symbols with bars.
    pub bands: bool,
    /// What bars and bands of time courses reach; SEM if nothing is asked.
    pub errors: Option<Errors>,
    /// Names of conditions, with commas between them, in the order in which they are
    /// drawn; conditions that are not named follow.
    pub order: Option<String>,
    /// Colours of conditions.
    pub colours: Vec<ConditionColour>,
    /// Ends of axes.
    pub limits: Vec<Limits>,
}

/// What bars and bands of time courses reach around the mean over animals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Errors {
    /// Standard error of the mean.
    #[default]
    Sem,
    /// Standard deviation.
    Sd,
    /// Confidence interval (t) at the planned level.
    Ci,
}

/// The colour of one condition.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionColour {
    /// Name of the condition.
    pub condition: String,
    /// Its colour.
    pub colour: Colour,
}

impl FromStr for ConditionColour {
    type Err = String;

    /// `NAME=COLOUR`; a name may hold the sign itself.
    fn from_str(text: &str) -> Result<Self, String> {
        let Some((condition, colour)) = text.rsplit_once('=') else {
            return Err("found no \"=\"; accepted: NAME=COLOUR, e.g. \"control=black\"".to_owned());
        };
        Ok(Self { condition: condition.trim().to_owned(), colour: colour.trim().parse()? })
    }
}

/// An axis whose ends can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitedAxis {
    /// Time courses, % of baseline.
    Course,
    /// The outcome of slices and animals, in its unit.
    Outcome,
    /// Differences from the reference.
    Difference,
}

impl LimitedAxis {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Course, Self::Outcome, Self::Difference];

    /// Name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Course => "course",
            Self::Outcome => "outcome",
            Self::Difference => "difference",
        }
    }
}

/// Ends of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Which axis.
    pub axis: LimitedAxis,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl FromStr for Limits {
    type Err = String;

    /// `AXIS=LOW..HIGH`.
    fn from_str(text: &str) -> Result<Self, String> {
        let accepted = "accepted: AXIS=LOW..HIGH, e.g. course=50..250";
        let parts = text.split_once('=').and_then(|(axis, ends)| Some((axis, ends.split_once("..")?)));
        let Some((name, (low, high))) = parts else { return Err(format!("found no axis with two ends; {accepted}")) };
        let Some(axis) = LimitedAxis::ALL.into_iter().find(|axis| axis.name() == name.trim()) else {
            let names = LimitedAxis::ALL.map(LimitedAxis::name).join(", ");
            return Err(format!("there is no axis \"{}\"; accepted: {names}", name.trim()));
        };
        let number = |text: &str| {
            let value: Option<f64> = text.trim().replace('−', "-").parse().ok();
            let value = value.filter(|value| value.is_finite() && value.abs() <= 1e12);
            value.ok_or_else(|| format!("\"{}\" is no number for the end of an axis; {accepted}", text.trim()))
        };
        let (low, high) = (number(low)?, number(high)?);
        if high - low <= 1e-6 * low.abs().max(high.abs()) {
            return Err(format!("the axis would end at {high}, not above {low} where it begins"));
        }
        Ok(Self { axis, low, high })
    }
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportSummary {
    /// The page.
    pub html: PathBuf,
    /// The same as Markdown.
    pub markdown: PathBuf,
    /// Figure files and their source data, sorted.
    pub figures: Vec<PathBuf>,
    /// The answer in one paragraph, as on the page.
    pub answer: String,
    /// Warnings of the findings, as on the page.
    pub warnings: Vec<String>,
}

/// How far the drawing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// So many figures are about to be written.
    Figures(usize),
    /// One of them is on disk.
    Figure,
}

/// Who hears how far the drawing is, from any thread.
pub type Watch<'a> = dyn Fn(Drawing) + Sync + 'a;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_an_axis_and_two_ends() {
        assert_eq!("course=50..250".parse(), Ok(Limits { axis: LimitedAxis::Course, low: 50.0, high: 250.0 }));
        assert_eq!("difference=−40..10".parse::<Limits>().map(|limits| limits.low), Ok(-40.0));
        for (wrong, says) in [
            ("course", "AXIS=LOW..HIGH"),
            ("time=0..1", "course, outcome, difference"),
            ("course=a..1", "\"a\" is no number"),
            ("course=0..inf", "\"inf\" is no number"),
            ("outcome=5..5", "not above 5"),
            ("outcome=5..-5", "not above 5"),
        ] {
            let fault = wrong.parse::<Limits>().unwrap_err();
            assert!(fault.contains(says), "{wrong}: {fault}");
        }
    }

    #[test]
    fn the_last_sign_parts_name_and_colour() {
        let read: ConditionColour = "Ca = 2 mM=black".parse().unwrap();
        assert_eq!(read.condition, "Ca = 2 mM");
        assert!("control".parse::<ConditionColour>().unwrap_err().contains("NAME=COLOUR"));
        assert!("control=blak".parse::<ConditionColour>().unwrap_err().contains("vermillion"));
    }
}
