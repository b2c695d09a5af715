//! Source data of a panel: the means and every slice.

use crate::figures::time_course::panel_of::Panel;
use crate::sources::csv::{Cell, Csv};
use analysis::findings::CourseSpread;

/// Columns of the table.
const COLUMNS: [&str; 14] = [
    "induction",
    "condition",
    "series",
    "animal",
    "slice",
    "time_min",
    "percent_of_baseline",
    "sem",
    "sd",
    "ci_low",
    "ci_high",
    "slices_p5",
    "slices_p95",
    "n_animals",
];

/// One row per bin and series.
pub fn table(panel: &Panel) -> String {
    let mut csv = Csv::new(&COLUMNS);
    for course in &panel.courses {
        let (induction, condition) = (Cell::Text(&course.induction), Cell::Text(&course.condition));
        for (k, &time) in course.time_min.iter().enumerate() {
            let number = |values: &[f64]| Cell::Number(values.get(k).copied().unwrap_or(f64::NAN));
            let n = course.n_animals.get(k).copied().unwrap_or(0);
            let spread = course.spread.as_ref();
            let of = |list: fn(&CourseSpread) -> &Vec<f64>| number(spread.map_or(&[], |spread| list(spread)));
            csv.row(&[
                induction,
                condition,
                Cell::Text("mean over animals"),
                Cell::Text(""),
                Cell::Text(""),
                Cell::Number(time),
                number(&course.mean),
                number(&course.sem),
                of(|spread| &spread.sd),
                of(|spread| &spread.ci_low),
                of(|spread| &spread.ci_high),
                of(|spread| &spread.slices_low),
                of(|spread| &spread.slices_high),
                Cell::Count(n),
            ]);
        }
        let none = Cell::Text("");
        for slice in &course.slices {
            for (&time, value) in course.time_min.iter().zip(&slice.percent) {
                csv.row(&[
                    induction,
                    condition,
                    Cell::Text("slice"),
                    Cell::Text(&slice.animal),
                    Cell::Count(slice.slice as usize),
                    Cell::Number(time),
                    Cell::Number(value.unwrap_or(f64::NAN)),
                    none,
                    none,
                    none,
                    none,
                    none,
                    none,
                    none,
                ]);
            }
        }
    }
    csv.finish()
}
