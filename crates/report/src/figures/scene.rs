//! What all figures share: the sources, the style, the look of each condition.

use crate::drawing::{Appearance, Canvas, Colour, Fonts, Scale, Style, style};
use crate::error::ReportError;
use crate::numbers;
use crate::options::{Errors, FigureOptions, LimitedAxis, Limits};
use crate::sources::folder::Sources;
use analysis::findings::{Contrast, Group};
use results::plan::ConditionPlan;

/// Dots per inch that journals ask of line art, whatever its width.
pub const LINE_ART_DPI: u32 = 600;

/// Words of a list of groups in a legend; a longer one is left to the table of groups.
const LONGEST_LIST: usize = 36;

/// Source data of one panel.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelTable {
    /// Panel letter in lower case; empty when the figure has one panel.
    pub panel: String,
    /// The table as CSV.
    pub csv: String,
}

/// A finished figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// File name without extension.
    pub slug: String,
    /// Headline of the legend.
    pub title: String,
    /// The rest of the legend.
    pub legend: String,
    /// What a reader who cannot see the figure should know.
    pub alt: String,
    /// The drawing.
    pub svg: String,
    /// Final width, mm.
    pub width_mm: f64,
    /// Resolution of the PNG file.
    pub dpi: u32,
    /// Source data.
    pub tables: Vec<PanelTable>,
    /// Whether it belongs to the supplement.
    pub supplementary: bool,
}

/// What a figure is drawn from.
pub struct Scene<'a> {
    /// Manifest, findings and model internals.
    pub sources: &'a Sources,
    /// Look of the journal.
    pub style: Style,
    /// Embedded fonts.
    pub fonts: &'a Fonts,
    /// What the reader asked for.
    pub options: &'a FigureOptions,
    /// Name of the further outcome that is drawn; `None` for the primary one.
    pub further: Option<&'a str>,
    looks: Vec<Appearance>,
}

/// Words of a figure, before it is drawn.
pub struct Caption {
    /// File name without extension.
    pub slug: String,
    /// Headline of the legend.
    pub title: String,
    /// The rest of the legend.
    pub legend: String,
    /// Alternative text.
    pub alt: String,
}

impl<'a> Scene<'a> {
    /// Prepares a scene in `style`.
    pub fn new(sources: &'a Sources, style: Style, fonts: &'a Fonts, options: &'a FigureOptions) -> Self {
        let stated: Vec<(String, Colour)> =
            options.colours.iter().map(|stated| (stated.condition.clone(), stated.colour)).collect();
        let looks = style::appearances(&sources.manifest, &stated);
        Self { sources, style, fonts, options, further: None, looks }
    }

    /// What bars and bands of time courses reach.
    pub fn errors(&self) -> Errors {
        self.options.errors.unwrap_or_default()
    }

    /// `SEM`, `SD` or `95 % CI`.
    pub fn errors_in_words(&self) -> String {
        match self.errors() {
            Errors::Sem => "SEM".to_owned(),
            Errors::Sd => "SD".to_owned(),
            Errors::Ci => format!("{} CI", self.level()),
        }
    }

    fn limits(&self, axis: LimitedAxis) -> Option<&'a Limits> {
        self.options.limits.iter().find(|limits| limits.axis == axis)
    }

    /// `scale`, or the ends that were asked for.
    pub fn limited(&self, axis: LimitedAxis, scale: Scale) -> Scale {
        self.limits(axis).map_or(scale, |limits| Scale::Linear { low: limits.low, high: limits.high })
    }

    /// What a legend says of ends that were asked for.
    pub fn limits_in_words(&self, axis: LimitedAxis) -> String {
        let ends = |limits: &Limits| {
            let end = |value: f64| numbers::short(value, 3);
            let (low, high) = (end(limits.low), end(limits.high));
            format!(" The axis was asked to go from {low} to {high}; what lies beyond is drawn at its end.")
        };
        self.limits(axis).map_or_else(String::new, ends)
    }

    /// Names of the induction protocols, in the order of the plan.
    pub fn inductions(&self) -> Vec<&'a str> {
        self.sources.manifest.inductions.iter().map(|induction| induction.name.as_str()).collect()
    }

    /// Conditions in the order of the plan.
    pub fn conditions(&self) -> &'a [ConditionPlan] {
        &self.sources.manifest.conditions
    }

    /// Name of the reference condition.
    pub fn reference(&self) -> &'a str {
        &self.sources.manifest.statistics.reference
    }

    /// Colour and marker of a condition.
    pub fn look(&self, condition: &str) -> Appearance {
        let place = self.conditions().iter().position(|plan| plan.name == condition);
        place.map_or_else(Appearance::reference, |k| self.looks[k])
    }

    /// Summary of one group.
    pub fn group(&self, induction: &str, condition: &str) -> Option<&'a Group> {
        self.sources.findings.groups.iter().find(|group| group.induction == induction && group.condition == condition)
    }

    /// Primary contrast of one condition.
    pub fn contrast(&self, induction: &str, condition: &str) -> Option<&'a Contrast> {
        let contrasts = &self.sources.findings.contrasts;
        contrasts.iter().find(|contrast| contrast.induction == induction && contrast.condition == condition)
    }

    /// `16 (8)`: slices and animals of a group.
    pub fn n(&self, induction: &str, condition: &str) -> String {
        self.group(induction, condition)
            .map_or_else(|| "0 (0)".to_owned(), |group| format!("{} ({})", group.n_slices, group.n_animals))
    }

    /// A group as lists name it: its condition, after its induction where there are several.
    pub fn group_name(&self, induction: &str, condition: &str) -> String {
        if self.inductions().len() > 1 { format!("{induction}: {condition}") } else { condition.to_owned() }
    }

    /// `slices` or `virtual slices`.
    pub fn slices(&self) -> &'static str {
        if self.sources.findings.simulated { "virtual slices" } else { "slices" }
    }

    /// `animals` or `virtual animals`.
    pub fn animals(&self) -> &'static str {
        if self.sources.findings.simulated { "virtual animals" } else { "animals" }
    }

    /// `slice` or `virtual slice`.
    pub fn slice(&self) -> &'static str {
        if self.sources.findings.simulated { "virtual slice" } else { "slice" }
    }

    /// `animal` or `virtual animal`.
    pub fn animal(&self) -> &'static str {
        if self.sources.findings.simulated { "virtual animal" } else { "animal" }
    }

    /// Whether a comparison with the reference was planned.
    pub fn compares(&self) -> bool {
        self.conditions().len() > 1
    }

    /// The sentence on sample sizes that ends a legend.
    pub fn n_sentence(&self) -> String {
        let inductions = self.inductions();
        let parts: Vec<String> = inductions
            .iter()
            .map(|induction| {
                let groups: Vec<String> = self
                    .conditions()
                    .iter()
                    .filter_map(|condition| self.group(induction, &condition.name))
                    .map(|group| format!("{} {} ({})", group.condition, group.n_slices, group.n_animals))
                    .collect();
                let list = evidence::listed(&groups);
                if inductions.len() > 1 { format!("{induction}: {list}") } else { list }
            })
            .collect();
        let list = parts.join("; ");
        let (slices, animals) = (self.slices(), self.animals());
        if list.split_whitespace().count() > LONGEST_LIST {
            return format!("n = {slices} (N = {animals}) of each group: see the table of groups.");
        }
        format!("n = {slices} (N = {animals}): {list}.")
    }

    /// `95 %`.
    pub fn level(&self) -> String {
        numbers::level(self.sources.findings.interval)
    }

    /// What was measured, e.g. `fEPSP slope`.
    pub fn quantity(&self) -> &'a str {
        self.sources.manifest.analysis.rig.quantity()
    }

    /// Unit of the samples: `mV` or `pA`.
    pub fn unit(&self) -> &'a str {
        self.sources.manifest.analysis.rig.unit()
    }

    /// What 100 % is: the reference in words.
    pub fn reference_stretch(&self) -> String {
        let plan = &self.sources.manifest.analysis;
        match plan.rig.reference {
            Some([from, to]) => {
                format!("stretch from {} to {} min", numbers::short(from.min(), 1), numbers::short(to.min(), 1))
            }
            None => format!("{} before induction", plan.reference_window),
        }
    }

    /// Axis title of time courses.
    pub fn course_title(&self) -> String {
        format!("{} (% of baseline)", numbers::capitalised_word(self.quantity()))
    }

    /// Axis title of the outcome.
    pub fn outcome_title(&self) -> String {
        let outcome = &self.sources.findings.outcome;
        format!("{} ({})", numbers::capitalised(&outcome.name), outcome.unit)
    }

    /// Draws a figure.
    pub fn figure(
        &self,
        caption: Caption,
        (width, height): (f64, f64),
        tables: Vec<PanelTable>,
        paint: impl FnOnce(&mut Canvas),
    ) -> Result<Figure, ReportError> {
        // Whole tenths of a millimetre keep the size attribute short.
        let height = (height * 10.0).ceil() / 10.0;
        let caption = match self.further {
            None => caption,
            Some(name) => Caption {
                slug: format!("outcome-{}-{}", slug(name), caption.slug),
                title: format!("{}: {}", numbers::capitalised_word(name), caption.title),
                ..caption
            },
        };
        let svg = Canvas::draw(self.fonts, (width, height), (&caption.title, &caption.alt), paint)?;
        let Caption { slug, title, legend, alt } = caption;
        Ok(Figure { slug, title, legend, alt, svg, width_mm: width, dpi: LINE_ART_DPI, tables, supplementary: false })
    }
}

/// A name as part of a file name.
pub fn slug(name: &str) -> String {
    let text: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    text.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
