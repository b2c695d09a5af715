//! The one place that decides how figures look: journal widths, lettering and
//! line weights, and which condition has which colour and marker.

use crate::drawing::colour::{Colour, hue};
use crate::drawing::marker::{Appearance, Filling, Marker};
use results::Manifest;
use results::plan::JournalStyle;

/// How figures of one journal look. Lengths in mm, text in points at final size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Width of one text column.
    pub one_column: f64,
    /// Width of one and a half columns.
    pub one_and_half: f64,
    /// Full width of the page.
    pub two_columns: f64,
    /// Height that a figure may not exceed.
    pub max_height: f64,
    /// Axis titles and group names.
    pub label_pt: f64,
    /// Tick labels.
    pub tick_pt: f64,
    /// Notes inside a panel.
    pub small_pt: f64,
    /// Panel letters.
    pub letter_pt: f64,
    /// Whether panel letters are capitals.
    pub capital_letters: bool,
    /// Axis lines, points.
    pub axis_pt: f64,
    /// Lines that carry data, points.
    pub line_pt: f64,
    /// Lines of single slices, points.
    pub thin_pt: f64,
}

impl Style {
    /// Column widths and lettering by the author instructions: The Journal of
    /// Neuroscience 85/116/176 mm; Nature 89/183 mm, 5–7 pt, lower-case panel
    /// letters; Cell 85/114/174 mm; eLife prescribes no width.
    pub fn of(journal: JournalStyle) -> Self {
        let base = Self {
            one_column: 85.0,
            one_and_half: 116.0,
            two_columns: 176.0,
            max_height: 220.0,
            label_pt: 8.0,
            tick_pt: 7.0,
            small_pt: 6.5,
            letter_pt: 11.0,
            capital_letters: true,
            axis_pt: 0.75,
            line_pt: 1.0,
            thin_pt: 0.35,
        };
        match journal {
            JournalStyle::Jneurosci => base,
            JournalStyle::Nature => Self {
                one_column: 89.0,
                one_and_half: 120.0,
                two_columns: 183.0,
                max_height: 170.0,
                label_pt: 7.0,
                tick_pt: 6.0,
                small_pt: 6.0,
                letter_pt: 8.0,
                capital_letters: false,
                ..base
            },
            JournalStyle::Elife => Self { one_and_half: 140.0, label_pt: 8.0, ..base },
            JournalStyle::Cell => {
                Self { one_and_half: 114.0, two_columns: 174.0, label_pt: 7.0, tick_pt: 6.5, small_pt: 6.0, ..base }
            }
        }
    }

    /// Name of panel `k` (0 = first): A to Z, then AA, AB, ….
    pub fn letter(&self, k: usize) -> String {
        let first = if self.capital_letters { b'A' } else { b'a' };
        let one = |k: usize| char::from(first + u8::try_from(k % 26).unwrap_or(0));
        if k < 26 { one(k).to_string() } else { [one(k / 26 - 1), one(k)].iter().collect() }
    }
}

/// Colour and marker of every condition, in the order of the manifest. The
/// reference is black and open. Conditions with the same compounds share a hue,
/// darker with dose; marker and filling differ in any case. `stated` colours go first.
pub fn appearances(manifest: &Manifest, stated: &[(String, Colour)]) -> Vec<Appearance> {
    let key = |k: usize| -> String {
        let condition = &manifest.conditions[k];
        if condition.bath.is_empty() {
            return condition.name.clone();
        }
        let mut names: Vec<&str> = condition.bath.iter().map(|entry| entry.compound.as_str()).collect();
        names.sort_unstable();
        names.join("+")
    };
    let dose = |k: usize| manifest.conditions[k].bath.iter().map(|entry| entry.concentration_um).sum::<f64>();
    let reference = &manifest.statistics.reference;
    let treated: Vec<usize> =
        (0..manifest.conditions.len()).filter(|&k| manifest.conditions[k].name != *reference).collect();
    let mut keys: Vec<String> = Vec::new();
    for &k in &treated {
        if !keys.contains(&key(k)) {
            keys.push(key(k));
        }
    }
    let mut looks: Vec<Appearance> = manifest.conditions.iter().map(|_| Appearance::reference()).collect();
    for (position, &k) in treated.iter().enumerate() {
        let series_of = keys.iter().position(|other| *other == key(k)).unwrap_or(0);
        let mut series: Vec<usize> = treated.iter().copied().filter(|&other| key(other) == key(k)).collect();
        series.sort_by(|&a, &b| dose(a).total_cmp(&dose(b)));
        let rank = series.iter().position(|&other| other == k).unwrap_or(0);
        let shade = if series.len() < 2 { 0.0 } else { -0.45 + 0.8 * rank as f64 / (series.len() - 1) as f64 };
        let (marker, filling) = Marker::treated(position);
        // Open marks in a pale colour would be lost on paper.
        let shade = if filling == Filling::Full { shade } else { shade.max(0.0) };
        looks[k] = Appearance { colour: hue(series_of).shaded(shade), marker, filling };
    }
    for (look, condition) in looks.iter_mut().zip(&manifest.conditions) {
        if let Some((_, colour)) = stated.iter().find(|(name, _)| *name == condition.name) {
            look.colour = *colour;
        }
    }
    looks
}
