//! The colours of all figures.

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

/// Hue of the curve at `position`; the hues repeat after six.
pub const fn hue(position: usize) -> Colour {
    HUES[position % HUES.len()]
}
