mod truth;
#[test]
fn all() {
    let text = std::fs::read_to_string("/work/shared/recordings/abf_truth.json").unwrap();
    let all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    let mut bad = 0;
    for (name, known) in &all {
        let p = std::path::Path::new("/work/shared/recordings/abf").join(name);
        let p = if p.exists() { p } else { std::path::Path::new("/work/shared/recordings/abf_derived").join(name) };
        let r = std::panic::catch_unwind(|| {
            let abf = exchange::abf::Abf::open(&p).unwrap_or_else(|e| panic!("{e}"));
            eprintln!("{name}: {:?} {:?} {:?}", abf.remarks(), abf.date(), abf.outputs().iter().map(|o| o.holding).collect::<Vec<_>>());
            truth::compare(&abf, known)
        });
        eprintln!("{name}: {}", if r.is_ok() { "ok" } else { bad += 1; "BAD" });
    }
    assert_eq!((bad, all.len()), (0, 17));
}
