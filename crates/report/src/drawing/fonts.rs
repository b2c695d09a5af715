//! Liberation Sans, embedded: its metrics decide where text may stand, and the
//! same outlines draw the PNG and PDF files.

use crate::drawing::unit::MM_PER_PT;
use resvg::usvg::fontdb;
use std::sync::Arc;
use ttf_parser::Face;

/// Families that an SVG file asks for, best first. All have the metrics of
/// Liberation Sans, so that measured labels fit in whichever is found.
pub const FAMILIES: &str = "Arial, Liberation Sans, Helvetica, sans-serif";

const REGULAR: &[u8] = include_bytes!("../../fonts/LiberationSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/LiberationSans-Bold.ttf");

/// Share of the font size that a capital letter is high.
pub const CAPITAL_HEIGHT: f64 = 0.716;
/// Line height as a multiple of the font size.
pub const LINE_HEIGHT: f64 = 1.15;

/// The two embedded faces.
pub struct Fonts {
    regular: Face<'static>,
    bold: Face<'static>,
    database: Arc<fontdb::Database>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self::embedded()
    }
}

impl Fonts {
    /// Loads the embedded faces.
    pub fn embedded() -> Self {
        let mut database = fontdb::Database::new();
        database.load_font_data(REGULAR.to_vec());
        database.load_font_data(BOLD.to_vec());
        database.set_sans_serif_family("Liberation Sans");
        Self {
            regular: Face::parse(REGULAR, 0).expect("invariant: the embedded regular face is a valid font"),
            bold: Face::parse(BOLD, 0).expect("invariant: the embedded bold face is a valid font"),
            database: Arc::new(database),
        }
    }

    /// The faces as the rasteriser and the PDF writer want them.
    pub fn database(&self) -> Arc<fontdb::Database> {
        Arc::clone(&self.database)
    }

    /// Width of `text` in mm at `pt` points. Kerning is left out: it only
    /// tightens, so a label never comes out wider than measured.
    pub fn width(&self, text: &str, pt: f64, bold: bool) -> f64 {
        let face = if bold { &self.bold } else { &self.regular };
        let em = f64::from(face.units_per_em());
        let units: f64 = text
            .chars()
            .map(|c| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).map_or(0.6 * em, f64::from))
            .sum();
        units / em * pt * MM_PER_PT
    }

    /// Widest of several texts, mm.
    pub fn widest<S: AsRef<str>>(&self, texts: impl IntoIterator<Item = S>, pt: f64, bold: bool) -> f64 {
        texts.into_iter().map(|text| self.width(text.as_ref(), pt, bold)).fold(0.0, f64::max)
    }

    /// Breaks `text` at spaces, but not between a number and its unit, into lines of at most `limit_mm`; a single word
    /// that is wider is broken where it must be.
    pub fn wrap(&self, text: &str, pt: f64, bold: bool, limit_mm: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in words(text) {
            let word = word.as_str();
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer, pt, bold) <= limit_mm {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = self.break_word(word, pt, bold, limit_mm, &mut lines);
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// Pushes all but the last piece of an over-long word; returns the last.
    fn break_word(&self, word: &str, pt: f64, bold: bool, limit_mm: f64, lines: &mut Vec<String>) -> String {
        let mut piece = String::new();
        for c in word.chars() {
            let mut longer = piece.clone();
            longer.push(c);
            if !piece.is_empty() && self.width(&longer, pt, bold) > limit_mm {
                lines.push(std::mem::take(&mut piece));
            }
            piece.push(c);
        }
        piece
    }
}

/// Words of `text`; a number and the word after it stay together.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut after_number = false;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let number = word.chars().all(|c| c.is_ascii_digit() || c == '.');
        match words.last_mut() {
            Some(last) if after_number && !number => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        after_number = number;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_metric_twin() {
        // Arial: advance 1139/2048 em for a digit, 1366 for `A`, 569 for a space.
        let fonts = Fonts::embedded();
        let em = 10.0 * MM_PER_PT;
        assert!((fonts.width("0", 10.0, false) - 1139.0 / 2048.0 * em).abs() < 1e-9);
        assert!((fonts.width("A ", 10.0, false) - (1366.0 + 569.0) / 2048.0 * em).abs() < 1e-9);
        assert!(fonts.width("wide", 10.0, true) > fonts.width("wide", 10.0, false));
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        let fonts = Fonts::embedded();
        let limit = fonts.width("ALLO 100", 7.0, false) + 0.1;
        assert_eq!(fonts.wrap("ALLO 100 nM", 7.0, false, limit), ["ALLO", "100 nM"]);
        let limit = fonts.width("CGP 55845 1", 7.0, false) + 0.1;
        assert_eq!(fonts.wrap("CGP 55845 1 µM", 7.0, false, limit), ["CGP 55845", "1 µM"]);
    }

    #[test]
    fn wrapped_lines_fit_and_lose_nothing() {
        let fonts = Fonts::embedded();
        let text = "epipregnanolone 3 µM + allopregnanolone 100 nM";
        for limit in [6.0, 12.0, 30.0, 200.0] {
            let lines = fonts.wrap(text, 7.0, false, limit);
            assert!(lines.iter().all(|line| fonts.width(line, 7.0, false) <= limit));
            let letters = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text));
        }
    }
}
