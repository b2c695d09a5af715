//! Prism-shaped tables of a small results folder: cells by hand.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use exchange::prism::{export, export_project};
use std::fs;
use std::path::Path;

const MANIFEST: &str = r#"
format = 1
program = "schaffer 0.1.0"
commit = ""
name = "small"
title = "Small"
origin = "simulated"
seed = "7"
input_sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
rate_hz = 10000.0
inductions = [{ name = "hfs", description = "100 Hz", pulses = 100, duration_s = 0.99 }]
conditions = [{ name = "control" }, { name = "ISO 3 µM, washed" }]

[timeline]
baseline_min = 20.0
wash_in_min = 0.0
follow_up_min = 60.0
test_interval_s = 20.0
wash_out = false

[design]
within_animal = true
animals = 2
slices_per_animal = 2

[preparation]

[analysis]
slope = { low = "20 %", high = "80 %" }
reference_window = "20 min"
window = ["50 min", "60 min"]
short_term_window = ["1 min", "5 min"]
bin = "2 min"

[analysis.exclude]

[statistics]
reference = "control"
adjust = "dunnett"
df = "kenward-roger"
interval = "95 %"
power = "80 %"

[report]
style = "jneurosci"
formats = ["svg"]
"#;

const SLICES: &str = "\
condition,animal,slice,baseline_slope_mv_per_ms,potentiation_percent,stp_percent,included,reason
control,A1,1,0.3,40.5,60,true,
control,A1,2,0.25,35,55,true,
control,A2,1,0.2,50,,true,
\"ISO 3 µM, washed\",A1,1,0.3,10,20,true,
\"ISO 3 µM, washed\",A2,1,0.3,90,20,false,baseline drift
";

const MEASURES: &str = "\
condition,animal,slice,pathway,sweep,time_min,slope_percent,kept
control,A1,1,S1,0,-0.5,100,true
control,A1,1,S1,1,0.5,150,true
control,A1,1,S1,2,1.5,130,true
control,A1,1,S1,3,1.9,900,false
control,A1,1,S1,4,2,120,true
control,A2,1,S1,0,1,160,true
\"ISO 3 µM, washed\",A1,1,S1,0,0.1,110,true
\"ISO 3 µM, washed\",A2,1,S1,0,0.1,190,true
";

fn folder(slices: &str, measures: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("manifest.toml", MANIFEST), ("slices.csv", slices), ("measures.csv", measures)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn said(folder: &Path) -> String {
    export(folder, &folder.join("prism")).unwrap_err().to_string()
}

#[test]
fn every_table() {
    let folder = folder(SLICES, MEASURES);
    let out = folder.path().join("prism");
    let written = export(folder.path(), &out).unwrap();
    assert_eq!((written.slices, written.excluded, written.files.len()), (4, 1, 7));
    assert_eq!(written.groups, ["control", "ISO 3 µM, washed"]);
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let iso = "\"ISO 3 µM, washed\"";
    assert_eq!(read("potentiation.csv"), format!("control,{iso}\n40.5,10\n35,\n50,\n"));
    assert_eq!(read("short_term.csv"), format!("control,{iso}\n60,20\n55,\n"));
    assert_eq!(read("potentiation_nested.csv"), format!("control,control,{iso},{iso}\n40.5,50,10,\n35,,,\n"));
    // Bins of 2 min: [-2, 0), [0, 2), [2, 4). The sweep that was not kept is out,
    // and so is the slice that was excluded.
    let three = |title: &str| [title; 3].join(",");
    let course = format!(
        "Time from induction (min),{},{}\n-1,100,,,,,\n1,140,,160,110,,\n3,120,,,,,\n",
        three("control"),
        three(iso)
    );
    assert_eq!(read("time_course.csv"), course);
    assert_eq!(read("excluded.csv"), format!("group,animal,slice,reason\n{iso},A2,1,baseline drift\n"));
    let legend = read("legend.csv");
    assert!(legend.contains("\npotentiation.csv,1,2,control,A1,2\n"), "{legend}");
    assert!(legend.contains(&format!("\ntime_course.csv,5,,{iso},A1,1\n")), "{legend}");
    // Again, over the first: the same bytes.
    export(folder.path(), &out).unwrap();
    assert_eq!(read("legend.csv"), legend);
}

/// One project with the same cells, in the elements that readers of `.pzfx` look for.
#[test]
fn a_project_of_prism() {
    let folder = folder(&SLICES.replace("A1,2", "\"<b> & A1\",2"), MEASURES);
    let out = folder.path().join("pzfx");
    let written = export_project(folder.path(), &out).unwrap();
    assert_eq!((written.slices, written.excluded, written.files.as_slice()), (4, 1, &[out.join("small.pzfx")][..]));
    let page = fs::read_to_string(&written.files[0]).unwrap();
    for (kind, count) in [("OneWay", 3), ("TwoWay", 1), ("XY", 1)] {
        assert_eq!(page.matches(&format!("TableType=\"{kind}\"")).count(), count, "{page}");
    }
    // The column of potentiation: two groups, three rows, one cell without a slice.
    let first = page.split("</Table>").next().unwrap();
    let cells = |text: &str| text.matches("<d>").count();
    assert_eq!((first.matches("<YColumn").count(), cells(first), first.matches("<d/>").count()), (2, 4, 2), "{first}");
    assert!(first.contains("<Title>ISO 3 µM, washed</Title>") && first.contains("<d>40.5</d>"));
    // Names are escaped, slices left out are told in the notes.
    assert!(page.contains("&lt;b&gt; &amp; A1") && !page.contains("<b>"), "{page}");
    assert!(page.contains("baseline drift"));
    export_project(folder.path(), &out).unwrap();
    assert_eq!(fs::read_to_string(&written.files[0]).unwrap(), page);
}

#[test]
fn control_pathways_are_groups_of_their_own() {
    let slices = "condition,animal,slice,pathway,potentiation_percent,included\n\
                  control,A1,1,S1,40,true\ncontrol,A1,1,S2,2,true\n";
    let measures = "condition,animal,slice,pathway,time_min,slope_percent,kept\n\
                    control,A1,1,S1,1,140,true\ncontrol,A1,1,S2,1,102,true\n";
    let two = folder(slices, measures);
    export(two.path(), &two.path().join("prism")).unwrap();
    let course = fs::read_to_string(two.path().join("prism/time_course.csv")).unwrap();
    assert!(course.contains("\"control, S1\",\"control, S2\"") && course.contains("\n1,140,102,"), "{course}");
    // Without the pathway of a slice, its sweeps would be mixed.
    let one = folder(SLICES, &MEASURES.replace("A2,1,S1", "A2,1,S2"));
    assert!(said(one.path()).contains("slices.csv: no column \"pathway\""));
}

#[test]
fn faults_name_file_and_row() {
    let unplanned = folder(&SLICES.replace("control,A2", "contrl,A2"), MEASURES);
    let error = said(unplanned.path());
    assert!(
        error.contains("slices.csv: row 3 belongs to condition \"contrl\": expected one of control, ISO"),
        "{error}"
    );
    let twice = folder(&SLICES.replace("control,A1,2", "control,A1,1"), MEASURES);
    assert!(said(twice.path()).contains("row 2 is slice 1 of animal A1, control again"));
    let missing = folder(&SLICES.replace("potentiation_percent", "p"), MEASURES);
    assert!(said(missing.path()).contains("slices.csv: no column \"potentiation_percent\""));
    fs::remove_file(missing.path().join("manifest.toml")).unwrap();
    assert!(said(missing.path()).contains("manifest.toml does not exist"));
}
