//! Marker shapes and fillings, so that groups differ without colour as well.

use crate::drawing::canvas::{Canvas, Stroke};
use crate::drawing::colour::{BLACK, Colour, WHITE};

/// Shape of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// Disc; open, it is the reference group.
    Circle,
    /// Square on its side.
    Square,
    /// Triangle that points up.
    Up,
    /// Square on its corner.
    Diamond,
    /// Triangle that points down.
    Down,
    /// Hexagon.
    Hexagon,
    /// Star with five points.
    Star,
    /// Upright cross.
    Plus,
    /// Cross on its corner.
    Cross,
    /// Two triangles that touch.
    Hourglass,
}

/// What is inside the outline of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filling {
    /// The colour.
    Full,
    /// Paper.
    Open,
    /// Paper with a dot of the colour.
    Dotted,
    /// The colour on the left, paper on the right.
    Half,
}

/// Shapes of treated groups; the circle comes last, as open it is the reference.
const SHAPES: [Marker; 10] = [
    Marker::Square,
    Marker::Up,
    Marker::Diamond,
    Marker::Down,
    Marker::Hexagon,
    Marker::Star,
    Marker::Plus,
    Marker::Cross,
    Marker::Hourglass,
    Marker::Circle,
];

/// Fillings of treated groups, in the order in which they are used up.
const FILLINGS: [Filling; 4] = [Filling::Full, Filling::Open, Filling::Dotted, Filling::Half];

impl Marker {
    /// Marker and filling of the treated group at `position`. The first 39 differ from
    /// each other and from the reference, an open circle, even in black and white.
    pub fn treated(position: usize) -> (Self, Filling) {
        let pairs = FILLINGS.iter().flat_map(|filling| SHAPES.iter().map(move |shape| (*shape, *filling)));
        let free: Vec<(Self, Filling)> = pairs.filter(|pair| *pair != (Self::Circle, Filling::Open)).collect();
        free[position % free.len()]
    }

    /// Corners around the origin for a marker of nominal radius 1; empty for the circle.
    pub fn corners(self) -> Vec<(f64, f64)> {
        // Radii make the areas of all shapes look alike.
        let (n, radius, turn) = match self {
            Self::Circle => return Vec::new(),
            Self::Square => (4, 1.22, 0.125),
            Self::Up => (3, 1.32, 0.0),
            Self::Diamond => (4, 1.25, 0.0),
            Self::Down => (3, 1.32, 0.5),
            Self::Hexagon => (6, 1.08, 0.0),
            Self::Star => (10, 1.4, 0.0),
            Self::Plus => return cross(0.0),
            Self::Cross => return cross(0.125),
            Self::Hourglass => return vec![(-1.05, -1.15), (1.05, -1.15), (-1.05, 1.15), (1.05, 1.15)],
        };
        (0..n)
            .map(|k| {
                let angle = std::f64::consts::TAU * (f64::from(k) / f64::from(n) + turn);
                let r = if self == Self::Star && k % 2 == 1 { 0.5 * radius } else { radius };
                (r * libm::sin(angle), -r * libm::cos(angle))
            })
            .collect()
    }
}

/// Corners of a cross of arms of equal length, turned by a share of a full turn.
fn cross(turn: f64) -> Vec<(f64, f64)> {
    let (long, thin) = (1.35, 0.45);
    let angle = std::f64::consts::TAU * turn;
    let (sin, cos) = (libm::sin(angle), libm::cos(angle));
    let upright = [
        (-thin, -long),
        (thin, -long),
        (thin, -thin),
        (long, -thin),
        (long, thin),
        (thin, thin),
        (thin, long),
        (-thin, long),
        (-thin, thin),
        (-long, thin),
        (-long, -thin),
        (-thin, -thin),
    ];
    upright.iter().map(|(x, y)| (x * cos - y * sin, x * sin + y * cos)).collect()
}

/// The part of a polygon left of the vertical line through the origin.
fn left_half(corners: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept = Vec::new();
    for (k, &(x, y)) in corners.iter().enumerate() {
        let (next_x, next_y) = corners[(k + 1) % corners.len()];
        if x <= 0.0 {
            kept.push((x, y));
        }
        if (x < 0.0) != (next_x < 0.0) && x != next_x {
            let share = x / (x - next_x);
            kept.push((0.0, y + share * (next_y - y)));
        }
    }
    kept
}

/// A circle as a polygon, for its half.
fn round() -> Vec<(f64, f64)> {
    let at = |k: u32| std::f64::consts::TAU * f64::from(k) / 32.0;
    (0..32).map(|k| (libm::sin(at(k)), -libm::cos(at(k)))).collect()
}

/// How the points of one group look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appearance {
    /// Colour of line and filling.
    pub colour: Colour,
    /// Shape.
    pub marker: Marker,
    /// What is inside.
    pub filling: Filling,
}

impl Appearance {
    /// Black open circles.
    pub fn reference() -> Self {
        Self { colour: BLACK, marker: Marker::Circle, filling: Filling::Open }
    }

    /// Whether the outline carries the colour.
    pub fn is_outlined(&self) -> bool {
        self.filling != Filling::Full
    }

    /// Draws one marker of radius `radius` mm centred on (`x`, `y`) mm.
    pub fn draw(&self, canvas: &mut Canvas, x: f64, y: f64, radius: f64, edge_pt: f64) {
        let place = |corners: Vec<(f64, f64)>| -> Vec<(f64, f64)> {
            corners.iter().map(|&(dx, dy)| (x + radius * dx, y + radius * dy)).collect()
        };
        let fill = if self.is_outlined() { WHITE } else { self.colour };
        let edge = if self.is_outlined() { self.colour } else { WHITE };
        let stroke = Stroke::new(edge, edge_pt);
        let mut outline = place(self.marker.corners());
        if outline.is_empty() {
            canvas.disc(x, y, radius, fill, 1.0);
        } else {
            canvas.polygon(&outline, fill, 1.0);
        }
        match self.filling {
            Filling::Dotted => canvas.disc(x, y, 0.42 * radius, self.colour, 1.0),
            Filling::Half => {
                let whole = if outline.is_empty() { round() } else { self.marker.corners() };
                canvas.polygon(&place(left_half(&whole)), self.colour, 1.0);
            }
            Filling::Full | Filling::Open => {}
        }
        if let Some(&first) = outline.first() {
            outline.push(first);
            canvas.path(&outline, stroke);
        } else {
            canvas.ring(x, y, radius, stroke);
        }
    }

    /// Draws one small, translucent point of the group, without an edge.
    pub fn draw_faint(&self, canvas: &mut Canvas, x: f64, y: f64, radius: f64) {
        if self.marker == Marker::Circle {
            canvas.disc(x, y, radius, self.colour, 0.4);
        } else {
            let outline: Vec<(f64, f64)> =
                self.marker.corners().iter().map(|&(dx, dy)| (x + radius * dx, y + radius * dy)).collect();
            canvas.polygon(&outline, self.colour, 0.45);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_groups_have_forty_marks_without_colour() {
        let mut marks = vec![(Marker::Circle, Filling::Open)];
        for position in 0..39 {
            let mark = Marker::treated(position);
            assert!(!marks.contains(&mark), "{position}: {mark:?}");
            marks.push(mark);
        }
    }

    #[test]
    fn half_a_shape_has_half_its_area() {
        let area = |corners: &[(f64, f64)]| {
            let next = |k: usize| corners[(k + 1) % corners.len()];
            (0..corners.len()).map(|k| corners[k].0 * next(k).1 - next(k).0 * corners[k].1).sum::<f64>().abs() / 2.0
        };
        for shape in SHAPES.into_iter().filter(|shape| *shape != Marker::Hourglass) {
            let whole = if shape == Marker::Circle { round() } else { shape.corners() };
            assert!((area(&left_half(&whole)) / area(&whole) - 0.5).abs() < 1e-9, "{shape:?}");
        }
    }
}
