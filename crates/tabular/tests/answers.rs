//! A table and a question in, an answer out.

use recording::table::Table;
use tabular::{Fault, Method, Question, answer};

/// Slices of six animals in two groups.
const SLICES: &[u8] = b"animal,slice,group,response\n\
    a,1,control,100\na,2,control,104\nb,1,control,98\nc,1,control,103\n\
    d,1,drug,120\nd,2,drug,126\ne,1,drug,118\nf,1,drug,131\n";

fn table(csv: &[u8]) -> Table {
    Table::from_csv(csv).expect("a table")
}

#[test]
fn slices_of_an_animal_count_once() {
    let answer = answer(&table(SLICES), &Question::new(Method::Welch)).expect("an answer");
    assert_eq!(answer.unit, "animal");
    assert_eq!(answer.outcome.units, [("control".to_owned(), 3), ("drug".to_owned(), 3)]);
    let difference = answer.outcome.rows[0].estimate.expect("a difference");
    assert!((difference - (372.0 - 303.0) / 3.0).abs() < 1e-12, "{difference}");
    assert!(answer.text().starts_with("Welch's t test\nExperimental unit: animal (n: control 3, drug 3)\n"));
    assert_eq!(answer.json()["method"], "welch");
}

#[test]
fn every_method_has_a_name_of_its_own() {
    let mut names = Method::ALL.map(Method::name);
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
}

#[test]
fn a_question_that_lacks_something_is_told_from_a_faulty_table() {
    let unbounded = answer(&table(SLICES), &Question::new(Method::Tost));
    assert!(matches!(unbounded, Err(Fault::Question(_))), "{unbounded:?}");
    let unknown = Question { reference: Some("vehicle".to_owned()), ..Question::new(Method::Welch) };
    let refused = answer(&table(SLICES), &unknown);
    assert!(matches!(refused, Err(Fault::NoReference { .. })), "{refused:?}");
}

#[test]
fn long_lists_stand_in_json_only() {
    let answer = answer(&table(b"p\n0.01\n0.04\n0.2\n"), &Question::new(Method::Adjust)).expect("an answer");
    assert_eq!(answer.json()["details"]["bonferroni"][0], 0.03);
    assert!(!answer.text().contains("bonferroni"));
}

/// `anova(lmer(y ~ group + (1 | animal)), ddf = "Satterthwaite")` of lmerTest 3.1-3 (F and its
/// denominator), on the data sets of `crates/statistics/tests/peers/agreement.R`.
#[test]
fn overall_f_has_the_denominator_of_lmertest_whatever_the_reference() {
    let sets: [(&[u8], f64, f64); 2] = [
        (include_bytes!("../../statistics/tests/peers/golden/nested_small.csv"), 0.418_542_354_2, 9.016_581_813),
        (include_bytes!("../../statistics/tests/peers/golden/nested_middle.csv"), 4.055_095_941, 19.477_275_25),
    ];
    for (csv, f, df2) in sets {
        for reference in ["a", "b", "c"] {
            let question = Question {
                df: statistics::DfMethod::Satterthwaite,
                reference: Some(reference.to_owned()),
                stated: vec![tabular::Choice::Df, tabular::Choice::Reference],
                ..Question::new(Method::Mixed)
            };
            let found = answer(&table(csv), &question).expect("an answer").outcome;
            let row = found.rows.iter().find(|row| row.term == "group").expect("the overall test");
            let (ours, ours_df2) = (row.statistic.expect("F"), row.df_denominator.expect("a denominator"));
            assert!((ours / f - 1.0).abs() < 1e-4, "{reference}: F {ours}");
            assert!((ours_df2 / df2 - 1.0).abs() < 1e-5, "{reference}: denominator {ours_df2}");
        }
    }
}
