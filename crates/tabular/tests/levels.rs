//! Whether the usual methods keep their level; the counts of `schaffer stats check-level`.

use tabular::level::{Cell, Survey, survey};

/// Highest error of the first kind that a usual method may have.
const HIGHEST: f64 = 0.06;

fn cells(replicates: u32, only: &str) -> Vec<Cell> {
    survey(&Survey { replicates, seed: 1, only: Some(only.to_owned()) })
}

/// Usual methods reject no more than 6 %, Monte-Carlo error allowed for.
fn keeps_level(cells: &[Cell]) {
    assert!(!cells.is_empty());
    for cell in cells {
        let error = cell.type_i_error.unwrap_or(f64::NAN);
        let n = f64::from(cell.experiments);
        let allowed = HIGHEST + 2.5 * (HIGHEST * (1.0 - HIGHEST) / n).sqrt();
        assert!(error <= allowed, "{}: {}: {error} of {n}, at most {allowed}", cell.design, cell.method);
        assert!(cell.refused == 0, "{}: {} experiments refused", cell.design, cell.refused);
        if let Some(coverage) = cell.coverage {
            assert!(coverage >= 1.0 - allowed, "{}: coverage {coverage}", cell.design);
        }
    }
}

#[test]
fn usual_methods_keep_their_level() {
    keeps_level(&cells(120, "(usual)"));
}

#[test]
fn the_check_sees_a_test_that_does_not() {
    // Without animal:condition a drug that acts differently in each animal is "found".
    let cells = cells(300, "mixed --random animal");
    let worst = cells.iter().find(|cell| cell.design.ends_with("animal:condition SD 8")).expect("the design");
    assert!(worst.type_i_error.is_some_and(|error| error > 0.12), "{worst:?}");
}

#[test]
fn numbers_depend_on_the_seed_alone() {
    let of = |seed| survey(&Survey { replicates: 30, seed, only: Some("1 slice".to_owned()) });
    assert_eq!(of(3), of(3));
    assert_ne!(of(3), of(4));
}

/// `just levels`.
#[test]
#[ignore = "minutes: two thousand experiments of each design"]
fn usual_methods_keep_their_level_to_a_hundredth() {
    keeps_level(&cells(2000, "(usual)"));
}
