//! Marker shapes, so that groups differ without colour as well.

use crate::drawing::canvas::{Canvas, Stroke};
use crate::drawing::colour::{BLACK, Colour, WHITE};

/// Shape of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// Disc; the reference group.
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
}

impl Marker {
    /// Marker of the treated group at `position`; the circle stays with the reference.
    pub fn treated(position: usize) -> Self {
        [Self::Square, Self::Up, Self::Diamond, Self::Down, Self::Hexagon, Self::Star][position % 6]
    }

    /// Corners around the origin for a marker of nominal radius 1; empty for the circle.
    fn corners(self) -> Vec<(f64, f64)> {
        // Radii make the areas of all shapes look alike.
        let (n, radius, turn) = match self {
            Self::Circle => return Vec::new(),
            Self::Square => (4, 1.22, 0.125),
            Self::Up => (3, 1.32, 0.0),
            Self::Diamond => (4, 1.25, 0.0),
            Self::Down => (3, 1.32, 0.5),
            Self::Hexagon => (6, 1.08, 0.0),
            Self::Star => (10, 1.4, 0.0),
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

/// How the points of one group look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appearance {
    /// Colour of line and filling.
    pub colour: Colour,
    /// Shape.
    pub marker: Marker,
    /// White inside.
    pub open: bool,
}

impl Appearance {
    /// Black open circles.
    pub fn reference() -> Self {
        Self { colour: BLACK, marker: Marker::Circle, open: true }
    }

    /// Draws one marker of radius `radius` mm centred on (`x`, `y`) mm.
    pub fn draw(&self, canvas: &mut Canvas, x: f64, y: f64, radius: f64, edge_pt: f64) {
        let fill = if self.open { WHITE } else { self.colour };
        let edge = if self.open { self.colour } else { WHITE };
        let stroke = Stroke::new(edge, edge_pt);
        if self.marker == Marker::Circle {
            canvas.disc(x, y, radius, fill, 1.0);
            canvas.ring(x, y, radius, stroke);
            return;
        }
        let mut outline: Vec<(f64, f64)> =
            self.marker.corners().iter().map(|&(dx, dy)| (x + radius * dx, y + radius * dy)).collect();
        canvas.polygon(&outline, fill, 1.0);
        if let Some(&first) = outline.first() {
            outline.push(first);
            canvas.path(&outline, stroke);
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
