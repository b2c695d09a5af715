//! Arguments for how the figures of a report look.

use clap::{Args, ValueEnum};
use report::{ConditionColour, Errors, FigureOptions, Limits};
use results::plan::JournalStyle;

/// How the figures of a report look. They are of this drawing only: the experiment
/// file keeps its `[report]`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Figures")]
pub struct Look {
    /// Journal whose column widths and lettering to follow [default: that of the experiment].
    #[arg(long, value_enum, value_name = "JOURNAL")]
    pub style: Option<Journal>,
    /// Draw means of time courses as lines in bands instead of symbols with bars.
    #[arg(long)]
    pub bands: bool,
    /// What bars and bands of time courses reach [default: sem].
    #[arg(long, value_enum, value_name = "WHAT")]
    pub errors: Option<ErrorBars>,
    /// Conditions in the order to draw them in, with commas between; the others follow.
    #[arg(long, value_name = "NAME,…")]
    pub order: Option<String>,
    /// Colour of a condition, repeatable: #rrggbb, black, grey, blue, vermillion, green, purple, orange or sky.
    #[arg(long, value_name = "NAME=COLOUR")]
    pub colours: Vec<ConditionColour>,
    /// Ends of an axis, repeatable: course, outcome or difference, e.g. course=50..250.
    #[arg(long, value_name = "AXIS=LOW..HIGH", allow_hyphen_values = true)]
    pub limits: Vec<Limits>,
}

/// A journal whose figures are followed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Journal {
    /// The Journal of Neuroscience: columns of 85, 116 and 176 mm.
    Jneurosci,
    /// Nature: 89 and 183 mm, small letters for panels.
    Nature,
    /// eLife.
    Elife,
    /// Cell: 85, 114 and 174 mm.
    Cell,
}

/// What bars and bands reach around the mean over animals.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ErrorBars {
    /// Standard error of the mean.
    Sem,
    /// Standard deviation.
    Sd,
    /// Confidence interval.
    Ci,
}

impl Look {
    /// As the report takes it: the journal and the looks of the figures.
    pub fn asked(&self) -> (Option<JournalStyle>, FigureOptions) {
        let journal = self.style.map(|journal| match journal {
            Journal::Jneurosci => JournalStyle::Jneurosci,
            Journal::Nature => JournalStyle::Nature,
            Journal::Elife => JournalStyle::Elife,
            Journal::Cell => JournalStyle::Cell,
        });
        let errors = self.errors.map(|errors| match errors {
            ErrorBars::Sem => Errors::Sem,
            ErrorBars::Sd => Errors::Sd,
            ErrorBars::Ci => Errors::Ci,
        });
        let figures = FigureOptions {
            bands: self.bands,
            errors,
            order: self.order.clone(),
            colours: self.colours.clone(),
            limits: self.limits.clone(),
        };
        (journal, figures)
    }
}
