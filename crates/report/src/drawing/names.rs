//! Names of animals above small panels, the shortest that stay whole.

use crate::drawing::fonts::Fonts;

/// A name without what all `names` begin with, up to a border of words.
pub fn without_shared<'s>(animal: &'s str, names: &[&str]) -> &'s str {
    if names.iter().all(|name| *name == animal) {
        return animal;
    }
    let shared = |end: usize| names.iter().all(|name| name.as_bytes().starts_with(&animal.as_bytes()[..end]));
    let border = |(at, letter): (usize, char)| {
        (!letter.is_alphanumeric()).then_some(at + letter.len_utf8()).filter(|end| *end < animal.len() && shared(*end))
    };
    animal.char_indices().filter_map(border).next_back().map_or(animal, |end| &animal[end..])
}

/// `animal` and `tail` in `limit` mm of letters of `pt` points. A name that is too long loses
/// its beginning: the end tells animals apart.
pub fn fitting(fonts: &Fonts, pt: f64, (animal, tail): (&str, &str), limit: f64) -> String {
    let fits = |text: &str| fonts.width(text, pt, false) <= limit;
    let whole = format!("{animal}{tail}");
    if fits(&whole) {
        return whole;
    }
    let starts = animal.char_indices().skip(1).map(|(at, _)| at);
    let shorter = starts.map(|at| format!("…{}{tail}", animal[at..].trim_start())).find(|text| fits(text));
    shorter.unwrap_or_else(|| tail.trim_start().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_animals_apart_stays() {
        let names = ["CA3-CA1_control_01", "CA3-CA1_IgG_CA1_01", "CA3-CA1_IgG_CA1_02"];
        assert_eq!(names.map(|name| without_shared(name, &names)), ["control_01", "IgG_CA1_01", "IgG_CA1_02"]);
        assert_eq!(without_shared("A01", &["A01", "A01"]), "A01");
        let fonts = Fonts::embedded();
        let of = |animal, limit| fitting(&fonts, 5.0, (animal, " s1 ×"), limit);
        assert_eq!(of("IgG_CA1_01", 40.0), "IgG_CA1_01 s1 ×");
        let (first, second) = (of("IgG_CA1_01", 12.0), of("IgG_CA1_02", 12.0));
        assert!(first.starts_with('…') && first.ends_with("01 s1 ×") && first != second, "{first}, {second}");
    }
}
