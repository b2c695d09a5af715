//! The numbers that a text says.

use regex::Regex;
use std::sync::LazyLock;

/// A number as it is printed.
pub struct Number {
    /// Sign and digits.
    pub text: String,
    /// Its value, in the unit that is printed.
    pub value: f64,
    /// Digits after the point.
    pub decimals: i32,
    /// Whether a sign is printed.
    pub signed: bool,
    /// What a value in the unit of the findings or the plan is multiplied by.
    pub scales: &'static [f64],
    /// Where it stands in its line.
    pub place: usize,
    unit: String,
}

impl Number {
    /// With its unit.
    pub fn as_printed(&self) -> String {
        format!("{} {}", self.text, self.unit).trim_end().to_owned()
    }
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let unit = r"(?: ?(%|nM|µM|mM|h|s|ms|min|kHz)(?:[^\w]|$))?";
    Regex::new(&format!(r"([−+]?[0-9][0-9,]*(?:\.[0-9]+)?){unit}")).expect("a pattern of this file")
});

static EXEMPT: LazyLock<Regex> = LazyLock::new(|| {
    let links = r"\]\([^)]*\)";
    let digests = r"SHA-256|\b[0-9a-f]{12,64}\b";
    let versions = r"schaffer [0-9]+\.[0-9]+\.[0-9]+";
    let places =
        r"Figures? S?[0-9]+[a-z]?|^\| (?:[1-9]|10) \| [A-Z]|ARRIVE [0-9.]+: the Essential 10|See Figure [0-9]+";
    let items_of_pages = r"^\s+(?:[1-9]|10)\s{2}[A-Z]";
    let years = r"\([A-Z]\w+ (?:and \w+|et al\.),? [0-9]{4}";
    let limit = r"> 1,000|[<>] 0\.[09]+1?\b|smallest possible p [0-9.]*[0-9]";
    Regex::new(&[links, digests, versions, places, items_of_pages, years, limit].join("|"))
        .expect("a pattern of this file")
});

/// The numbers of a line; names such as `hfs-1x100`, `IC50` and `1/2` are none.
pub fn numbers(line: &str) -> impl Iterator<Item = Number> {
    let mut found = Vec::new();
    for hit in NUMBER.captures_iter(line) {
        let (Some(whole), Some(digits)) = (hit.get(0), hit.get(1)) else { continue };
        let before = line[..whole.start()].chars().next_back();
        let after = line[digits.end()..].chars().next();
        let in_a_name = |c: char| c.is_alphanumeric() || ['_', '.', '/', '^', '-'].contains(&c);
        let unit = hit.get(2).map_or("", |unit| unit.as_str());
        let spaced_unit = !unit.is_empty();
        let goes_on = after.is_some_and(|c| c.is_alphanumeric() || c == '-') && !spaced_unit;
        if before.is_some_and(in_a_name) || goes_on {
            continue;
        }
        let text = digits.as_str().trim_end_matches(',');
        let plain = text.replace('−', "-").replace(['+', ','], "");
        let Ok(value) = plain.parse::<f64>() else { continue };
        found.push(Number {
            decimals: plain.split_once('.').map_or(0, |(_, after)| after.len() as i32),
            signed: text.starts_with(['+', '−']),
            scales: scales(unit),
            place: digits.start(),
            unit: unit.to_owned(),
            text: text.to_owned(),
            value,
        });
    }
    found.into_iter()
}

/// Findings hold shares and percentages, µM, and times in the unit of the key.
fn scales(unit: &str) -> &'static [f64] {
    const MINUTE_OF_SECOND: f64 = 1.0 / 60.0;
    match unit {
        "%" => &[1.0, 100.0],
        "nM" | "ms" => &[1.0, 1000.0],
        "mM" | "kHz" => &[1.0, 0.001],
        "h" => &[1.0, MINUTE_OF_SECOND, MINUTE_OF_SECOND / 60.0],
        "min" => &[1.0, 60.0, MINUTE_OF_SECOND],
        "s" => &[1.0, 60.0, 0.001],
        _ => &[1.0],
    }
}

/// Text of a page without what is exempt.
pub fn prose(page: &str) -> String {
    let mut kept = String::new();
    let mut evidence = false;
    for line in page.lines() {
        if line.starts_with("## ") {
            evidence = line == "## What this rests on";
        }
        if !evidence {
            kept.push_str(&EXEMPT.replace_all(&line.replace('\\', ""), " "));
            kept.push('\n');
        }
    }
    kept
}

/// What a drawing writes, without marks on axes and scale bars, which are numbers alone
/// or with a unit.
pub fn drawn_words(svg: &str) -> String {
    let text = Regex::new(r"(?s)<text[^>]*>([^<]*)</text>").expect("a pattern of this file");
    let mark = Regex::new(r"^[−+]?[0-9.,]+ ?(%|ms|mV|pA|nM|µM|mM|min|h|s)?$").expect("a pattern of this file");
    let words = text.captures_iter(svg).map(|hit| hit[1].trim().replace("&gt;", ">").replace("&lt;", "<"));
    let words = words.filter(|one| !mark.is_match(one));
    words.map(|one| EXEMPT.replace_all(&one, " ").into_owned()).collect::<Vec<_>>().join("\n")
}

/// Some words to either side of a place.
pub fn around(line: &str, place: usize) -> String {
    let mut low = place.saturating_sub(60);
    while !line.is_char_boundary(low) {
        low -= 1;
    }
    let mut high = (place + 60).min(line.len());
    while !line.is_char_boundary(high) {
        high += 1;
    }
    line[low..high].to_owned()
}
