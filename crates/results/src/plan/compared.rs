//! `[statistics]` and `[report]` of experiment and study files: one grammar, and one
//! set of usual values.

use crate::plan::look::{FigureFormat, JournalStyle, ReportPlan};
use crate::plan::statistics::{Adjustment, ControlPathway, DegreesOfFreedom, StatisticsPlan, Variances};
use form::{At, Fault, Section};
use quantity::Fraction;
use std::ops::RangeInclusive;

/// What `[statistics]` says; what it leaves open is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedStatistics {
    /// Condition that the others are compared with.
    pub reference: Option<At<String>>,
    adjust: Option<Adjustment>,
    variances: Option<Variances>,
    df: Option<DegreesOfFreedom>,
    interval: Option<Fraction>,
    power: Option<Fraction>,
    equivalence_percent: Option<f64>,
    question: Option<String>,
}

/// Longest question, letters.
const LONGEST_QUESTION: usize = 300;

impl StatedStatistics {
    /// Reads `[statistics]`.
    pub fn read(mut section: Section<'_>) -> Self {
        let adjust = [("dunnett", Adjustment::Dunnett), ("holm", Adjustment::Holm), ("none", Adjustment::None)];
        let df =
            [("kenward-roger", DegreesOfFreedom::KenwardRoger), ("satterthwaite", DegreesOfFreedom::Satterthwaite)];
        let variances = [("by-group", Variances::ByGroup), ("equal", Variances::Equal)];
        let stated = Self {
            reference: section.text("reference"),
            adjust: section.choice("adjust", &adjust),
            variances: section.choice("variances", &variances),
            df: section.choice("df", &df),
            interval: share(&mut section, "interval", 0.5..=0.999),
            power: share(&mut section, "power", 0.5..=0.99),
            equivalence_percent: section.number("equivalence", 0.1..=1_000.0).map(|bound| bound.value),
            question: question(&mut section),
        };
        if stated.variances == Some(Variances::ByGroup) && stated.df == Some(DegreesOfFreedom::KenwardRoger) {
            section.page.note(
                Fault::at(section.value_span("df"), "`df` and `variances` do not go together")
                    .found("found df = \"kenward-roger\" with variances = \"by-group\"")
                    .accepts(
                        "accepted: variances = \"by-group\" with df = \"satterthwaite\", or variances = \"equal\"",
                    ),
            );
        }
        section.close();
        stated
    }

    /// The plan, with `first` as the reference where the file is silent.
    ///
    /// Variances are those of each group unless stated; Kenward and Roger's degrees of
    /// freedom belong to equal variances and state them.
    pub fn plan(&self, first: &str) -> StatisticsPlan {
        let variances = self.variances.unwrap_or(match self.df {
            Some(DegreesOfFreedom::KenwardRoger) => Variances::Equal,
            _ => Variances::ByGroup,
        });
        let df = self.df.unwrap_or(match variances {
            Variances::ByGroup => DegreesOfFreedom::Satterthwaite,
            Variances::Equal => DegreesOfFreedom::KenwardRoger,
        });
        StatisticsPlan {
            reference: self.reference.as_ref().map_or(first, |name| &name.value).to_owned(),
            adjust: self.adjust.unwrap_or(Adjustment::Dunnett),
            variances,
            df,
            interval: self.interval.unwrap_or(Fraction::from_percent(95.0)),
            power: self.power.unwrap_or(Fraction::from_percent(80.0)),
            equivalence_percent: self.equivalence_percent,
            question: self.question.clone(),
            control_pathway: ControlPathway::Compare,
        }
    }
}

/// Reads the question: a text of one line.
fn question(section: &mut Section<'_>) -> Option<String> {
    let text = section.text("question")?;
    let asked = text.value.trim();
    let unfit = form::unfit_line(asked, LONGEST_QUESTION);
    if let Some(reason) = &unfit {
        section.page.note(
            Fault::at(text.span.clone(), "`question` is no question")
                .found(format!("it {reason}"))
                .accepts(format!("accepted: one line of 1 to {LONGEST_QUESTION} letters")),
        );
    }
    unfit.is_none().then(|| asked.to_owned())
}

/// A share, as a number (0.95) or a text ("95 %").
fn share(section: &mut Section<'_>, key: &'static str, range: RangeInclusive<f64>) -> Option<Fraction> {
    let number =
        |section: &mut Section<'_>| section.number(key, range.clone()).map(|share| Fraction::from_value(share.value));
    let text = |section: &mut Section<'_>| {
        let fraction = section.quantity::<Fraction>(key)?;
        if !range.contains(&fraction.value.value()) {
            section.page.note(
                Fault::at(fraction.span.clone(), format!("`{key}` is out of range"))
                    .found(format!("found {}", fraction.value))
                    .accepts(format!("accepted: {} to {}", range.start(), range.end())),
            );
        }
        Some(fraction.value)
    };
    section.by_type(key, text, number)
}

impl Default for ReportPlan {
    fn default() -> Self {
        Self { style: JournalStyle::Jneurosci, formats: vec![FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png] }
    }
}

/// Reads `[report]`: the usual look where it is silent.
pub fn read_report(mut section: Section<'_>) -> ReportPlan {
    let mut plan = ReportPlan::default();
    let style = section.choice(
        "style",
        &[
            ("jneurosci", JournalStyle::Jneurosci),
            ("nature", JournalStyle::Nature),
            ("elife", JournalStyle::Elife),
            ("cell", JournalStyle::Cell),
        ],
    );
    plan.style = style.unwrap_or(plan.style);
    let choices = [("svg", FigureFormat::Svg), ("pdf", FigureFormat::Pdf), ("png", FigureFormat::Png)];
    if let Some(formats) = section.choices("formats", &choices) {
        plan.formats.clear();
        for format in formats {
            if !plan.formats.contains(&format) {
                plan.formats.push(format);
            }
        }
        if plan.formats.is_empty() {
            section.missing("formats", "at least one of \"svg\", \"pdf\", \"png\" to the list");
        }
    }
    section.close();
    plan
}
