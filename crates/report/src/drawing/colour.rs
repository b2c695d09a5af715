//! The colours of all figures.

use std::str::FromStr;

/// An opaque colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Red, 0–255.
    pub red: u8,
    /// Green, 0–255.
    pub green: u8,
    /// Blue, 0–255.
    pub blue: u8,
}

impl Colour {
    const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Mixes towards white (`amount` < 0) or black (`amount` > 0); |amount| ≤ 1.
    pub fn shaded(self, amount: f64) -> Self {
        let target = if amount < 0.0 { 255.0 } else { 0.0 };
        let share = amount.abs().min(1.0);
        let mix = |channel: u8| (f64::from(channel) * (1.0 - share) + target * share).round() as u8;
        Self::new(mix(self.red), mix(self.green), mix(self.blue))
    }
}

/// Text, axes and the reference group.
pub const BLACK: Colour = Colour::new(0, 0, 0);
/// Paper.
pub const WHITE: Colour = Colour::new(255, 255, 255);
/// Reference lines and the reference group where it is only a backdrop.
pub const GREY: Colour = Colour::new(120, 120, 120);
/// Windows and bands.
pub const PALE: Colour = Colour::new(232, 232, 232);

/// Colours that remain distinct with a colour-vision deficiency (Okabe & Ito
/// 2008, Color Universal Design), without black and yellow: black is the
/// reference group, yellow vanishes in thin lines.
const HUES: [Colour; 6] = [
    Colour::new(0, 114, 178),
    Colour::new(213, 94, 0),
    Colour::new(0, 158, 115),
    Colour::new(204, 121, 167),
    Colour::new(230, 159, 0),
    Colour::new(86, 180, 233),
];

/// Hue of the curve at `position`: six hues, then the same darker, then paler.
pub fn hue(position: usize) -> Colour {
    let shade = [0.0, 0.4, -0.35][position / HUES.len() % 3];
    HUES[position % HUES.len()].shaded(shade)
}

/// Names by which a colour may be called.
const NAMES: [(&str, Colour); 8] = [
    ("black", BLACK),
    ("grey", GREY),
    ("blue", HUES[0]),
    ("vermillion", HUES[1]),
    ("green", HUES[2]),
    ("purple", HUES[3]),
    ("orange", HUES[4]),
    ("sky", HUES[5]),
];

impl FromStr for Colour {
    type Err = String;

    /// A name or `#rrggbb`.
    fn from_str(text: &str) -> Result<Self, String> {
        let named = NAMES.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)).map(|(_, colour)| *colour);
        let hex = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii());
        let channel = |at: usize| hex.and_then(|digits| u8::from_str_radix(&digits[at..at + 2], 16).ok());
        let coded = || Some(Self::new(channel(0)?, channel(2)?, channel(4)?));
        named.or_else(coded).ok_or_else(|| {
            let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
            format!("found no colour in \"{text}\"; accepted: #rrggbb, {}", names.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_a_name_or_six_digits() {
        assert_eq!("Blue".parse(), Ok(HUES[0]));
        assert_eq!("#D55e00".parse(), Ok(HUES[1]));
        for wrong in ["", "#fff", "#12345g", "#é2345", "blau", "0072b2"] {
            assert!(wrong.parse::<Colour>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn eighteen_curves_have_eighteen_colours() {
        for k in 0..18 {
            assert!((0..k).all(|other| hue(other) != hue(k)), "{k}");
        }
    }
}
