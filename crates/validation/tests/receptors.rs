//! The receptor scoreboard: it is read, performed and judged by its rule.

use pharmacology::Library;
use validation::Verdict;
use validation::receptors::{Published, Role, judged, outcomes, scores};

#[test]
fn the_rule_is_as_stated() {
    let mean = |sem| Published::Mean { mean: 10.0, sem, n: None };
    assert_eq!(judged(&mean(Some(1.0)), 12.0), Verdict::Pass);
    assert_eq!(judged(&mean(Some(1.0)), 13.9), Verdict::Near);
    assert_eq!(judged(&mean(Some(1.0)), 14.1), Verdict::Fail);
    assert_eq!(judged(&mean(None), 10.9), Verdict::Pass);
    assert_eq!(judged(&mean(None), 8.1), Verdict::Near);
    let range = Published::Range { low: 2.0, high: 4.0 };
    assert_eq!(
        [judged(&range, 3.9), judged(&range, 4.5), judged(&range, 5.5)],
        [Verdict::Pass, Verdict::Near, Verdict::Fail]
    );
    assert_eq!(judged(&Published::Above { above: 1.0 }, 0.9), Verdict::Fail);
    assert_eq!(judged(&Published::Below { below: 1.0 }, f64::NAN), Verdict::Fail);
}

#[test]
fn numbers_that_set_a_parameter_come_out_again() {
    let library = Library::embedded();
    let all = scores(&library, &outcomes(&library, &[]).expect("built in"));
    assert!(all.len() >= 80);
    let lost: Vec<&str> = all
        .iter()
        .filter(|score| score.outcome.role == Role::Parameter && score.verdict != Verdict::Pass)
        .map(|score| score.outcome.id.as_str())
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
    // Whatever does not pass says why.
    for score in all.iter().filter(|score| score.verdict == Verdict::Fail) {
        assert!(!score.outcome.note.is_empty(), "{} fails without a word", score.outcome.id);
    }
}

#[test]
fn a_user_adds_outcomes_and_is_told_what_is_wrong_with_them() {
    let library = Library::embedded();
    let own = r#"
[[outcome]]
id = "mine"
title = "ALLO 1 µM, decay"
role = "check"
assay = "factor"
receptor = "gaba_a_fast"
readout = "decay"
bath = [{ compound = "ALLO", concentration = "1 uM" }]
mean = 1.5
sem = 0.1
unit = "×"
source = "My own notebook, page 3"
"#;
    let all = outcomes(&library, &[("outcomes/mine.toml", own)]).expect("sound");
    let mine = scores(&library, &all[all.len() - 1..]).remove(0);
    assert_eq!((mine.outcome.id.as_str(), mine.verdict), ("mine", Verdict::Fail));
    let fails = |from: &str, to: &str| {
        let text = own.replace(from, to);
        outcomes(&library, &[("outcomes/mine.toml", &text)]).expect_err("faulty").to_string()
    };
    assert!(fails("gaba_a_fast", "gaba_a_quick").contains("outcomes/mine.toml:7:12: unknown receptor"));
    assert!(fails("\"ALLO\"", "\"ALLA\"").contains("unknown compound"));
    assert!(fails("mean = 1.5", "mean = 1.5\nabove = 1.0").contains("exactly one of"));
    assert!(fails("sem = 0.1", "sem = -0.1").contains("above zero"));
    assert!(fails("\"mine\"", "\"P01\"").contains("exists already"));
    assert!(fails("factor", "fraction").contains("unknown assay"));
}
