//! The forest figure of `schaffer stats meta`.
#![allow(clippy::unwrap_used)]

use std::process::Command;

fn schaffer(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_schaffer")).args(arguments).output().unwrap()
}

#[test]
fn cohorts_mean_prediction_and_heterogeneity_are_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let (table, figure) = (folder.path().join("cohorts.csv"), folder.path().join("forest.svg"));
    let rows = "cohort,difference,se\n2023,-30.1,9.2\n2024,-12.4,6.1\n2025,-25.0,7.7\nBonn,-4.2,8.8\n";
    std::fs::write(&table, rows).unwrap();
    let (table, figure) = (table.to_str().unwrap(), figure.to_str().unwrap());
    let asked = ["stats", "meta", table, "--response", "difference", "--se", "se", "--group", "cohort", "--json"];
    let said = schaffer(&[&asked[..], &["--forest", figure]].concat());
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let svg = std::fs::read_to_string(figure).unwrap();
    for text in [">2023<", ">Bonn<", ">Mean<", ">Prediction<", "I²", "τ²", "difference"] {
        assert!(svg.contains(text), "{text}");
    }
    // The numbers of the figure are those of the answer.
    let answer: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    let mean = answer["results"][0]["estimate"].as_f64().unwrap();
    assert!(svg.contains(&format!("{mean:.1}").replace('-', "−")), "{mean}");
    let refused = schaffer(&["stats", "welch", table, "--forest", figure]);
    assert_eq!(refused.status.code(), Some(2));
}
