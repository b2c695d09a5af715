//! Analyses of variance against R and the certified values of NIST StRD
//! (Statistical Reference Datasets, <https://www.itl.nist.gov/div898/strd/>).
#![allow(clippy::unwrap_used)]

mod reference;

use reference::*;
use statistics::anova::{
    self, FTest, SumsOfSquares, kruskal_wallis, mixed, one_way, repeated_measures, two_way, two_way_robust,
};
use statistics::error::Part;
use statistics::normality::bartlett;
use statistics::order::dunn;
use statistics::{Sample, StatisticsError};

fn groups(values: &[f64], labels: &[String], names: &[&str]) -> Vec<Sample> {
    names
        .iter()
        .map(|name| {
            let own: Vec<f64> = values.iter().zip(labels).filter(|(_, l)| l == name).map(|(v, _)| *v).collect();
            Sample::new(&own).unwrap()
        })
        .collect()
}

fn check_groups(what: &str, groups: &[Sample], r: &serde_json::Value) {
    let ours = one_way(groups).unwrap();
    close(what, ours.test.f, number(r, "anova/F"), 1e-10);
    close(what, ours.test.p, number(r, "anova/p"), 1e-9);
    close(what, ours.ss_between, number(r, "anova/ss/0"), 1e-10);
    close(what, ours.ss_within, number(r, "anova/ss/1"), 1e-10);
    close(what, ours.test.df1, number(r, "anova/df/0"), 0.0);
    close(what, ours.test.df2, number(r, "anova/df/1"), 0.0);
    close(what, ours.eta_squared, number(r, "anova/eta2"), 1e-10);
    close(what, ours.omega_squared, number(r, "anova/omega2"), 1e-9);
    close(what, ours.epsilon_squared, number(r, "anova/epsilon2"), 1e-9);
    let ours = anova::welch(groups).unwrap();
    close(what, ours.f, number(r, "welch_anova/stat"), 1e-10);
    close(what, ours.df2, number(r, "welch_anova/df/1"), 1e-10);
    close(what, ours.p, number(r, "welch_anova/p"), 1e-9);
    if let Some(theirs) = r.get("bartlett") {
        let ours = bartlett(groups).unwrap();
        close(what, ours.k_squared, number(theirs, "stat"), 1e-10);
        close(what, ours.p, number(theirs, "p"), 1e-9);
    }
    if let Some(theirs) = r.get("dunn_kw") {
        for (i, pair) in dunn(groups).unwrap().iter().enumerate() {
            close(what, pair.z, number(theirs, &format!("z/{i}")), 1e-10);
            close(what, pair.p, number(theirs, &format!("p/{i}")), 1e-9);
        }
    }
    let ours = kruskal_wallis(groups).unwrap();
    close(what, ours.h, number(r, "kruskal/stat"), 1e-10);
    close(what, ours.df, number(r, "kruskal/df"), 0.0);
    close(what, ours.p, number(r, "kruskal/p"), 1e-9);
}

#[test]
fn several_groups_match_r() {
    let names = ["control", "ALLO", "ISO", "ALLO_ISO"];
    let table = csv("f_flat");
    let flat = groups(&table.numbers("y"), &table.text("group"), &names);
    check_groups("f_flat", &flat, &reference("R", "f_flat"));
    for name in ["b_factorial", "b2_balanced"] {
        let table = csv(name);
        let r = reference("R", name);
        let (y, labels) = (table.numbers("y"), table.text("group"));
        check_groups(name, &groups(&y, &labels, &names), at(&r, "slices_naive_kgroups"));
        let (means, labels, _, _) = cluster_means(name);
        check_groups(name, &groups(&means, &labels, &names), at(&r, "animal_means_kgroups"));
    }
    let table = csv("c_dose");
    let doses: Vec<String> = table.numbers("dose").iter().map(f64::to_string).collect();
    let names = ["0", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"];
    let by_dose = groups(&table.numbers("y"), &doses, &names);
    check_groups("c_dose", &by_dose, at(&reference("R", "c_dose"), "dunnett_vs_dose0"));
}

/// Mean, group and the two factors of every cluster of a factorial set.
fn cluster_means(name: &str) -> (Vec<f64>, Vec<String>, Vec<usize>, Vec<usize>) {
    let table = csv(name);
    let (clusters, levels) = sorted_codes(&table.text("animal"));
    let (y, group) = (table.numbers("y"), table.text("group"));
    let (a, b) = (table.numbers("allo"), table.numbers("iso"));
    let mut out = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for k in 0..levels.len() {
        let rows: Vec<usize> = (0..y.len()).filter(|&i| clusters[i] == k).collect();
        out.0.push(rows.iter().map(|&i| y[i]).sum::<f64>() / rows.len() as f64);
        out.1.push(group[rows[0]].clone());
        out.2.push(a[rows[0]] as usize);
        out.3.push(b[rows[0]] as usize);
    }
    out
}

#[test]
fn robust_test_of_two_levels_is_the_contrast_over_its_own_error() {
    // Cells of equal size n: HC3 variance of a mean = s²/(n − 1) per cell.
    let y = [1.0, 2.0, 4.0, 3.0, 9.0, 6.0, 2.0, 2.5, 1.0, 8.0, 5.0, 7.5];
    let a = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
    let b = [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1];
    let cells: Vec<Sample> = y.chunks(3).map(|c| Sample::new(c).unwrap()).collect();
    let m: Vec<f64> = cells.iter().map(Sample::mean).collect();
    let variance: f64 = cells.iter().map(|c| c.variance() / 2.0).sum();
    let ours = two_way_robust(&y, &a, &b).unwrap();
    close("a", ours.a.f, (m[0] + m[1] - m[2] - m[3]).powi(2) / variance, 1e-12);
    close("ab", ours.interaction.f, (m[0] - m[1] - m[2] + m[3]).powi(2) / variance, 1e-12);
    assert_eq!((ours.b.df1, ours.b.df2), (1.0, 8.0));
    assert!(two_way_robust(&y[..4], &a[..4], &b[..4]).is_err());
}

#[test]
fn two_factors_match_r() {
    for name in ["b_factorial", "b2_balanced"] {
        let r = reference("R", name);
        let (means, _, a, b) = cluster_means(name);
        // Rows: (intercept,) first factor, second factor, interaction, residual.
        for (kind, key, shift) in [
            (SumsOfSquares::TypeI, "typeI", 0),
            (SumsOfSquares::TypeII, "typeII", 0),
            (SumsOfSquares::TypeIII, "typeIII", 1),
        ] {
            let r = at(&r, &format!("twoway_animal_means/{key}"));
            check_two_way(key, &two_way(&means, &a, &b, kind).unwrap(), r, shift);
        }
        let ours = two_way(&means, &a, &b, SumsOfSquares::TypeII).unwrap();
        let eta = numbers(&r, "twoway_partial_eta2_typeII/eta2p");
        for (term, eta) in [ours.a, ours.b, ours.interaction].iter().zip(eta) {
            close(name, term.partial_eta_squared, eta, 1e-9);
        }
        let robust = two_way_robust(&means, &a, &b).unwrap();
        let hc3 = at(&r, "twoway_animal_means_HC3_typeIII");
        for (i, term) in [robust.a, robust.b, robust.interaction].iter().enumerate() {
            close("HC3", term.f, number(hc3, &format!("F/{}", i + 1)), 1e-9);
            close("HC3", term.p, number(hc3, &format!("p/{}", i + 1)), 1e-8);
        }
        let table = csv(name);
        let level = |column: &str| -> Vec<usize> { table.numbers(column).iter().map(|v| *v as usize).collect() };
        let y = table.numbers("y");
        let ours = two_way(&y, &level("allo"), &level("iso"), SumsOfSquares::TypeIII).unwrap();
        check_two_way(name, &ours, at(&r, "crossed_two_way_slices_naive"), 1);
    }
}

fn check_two_way(what: &str, ours: &anova::TwoWay, r: &serde_json::Value, shift: usize) {
    for (i, term) in [ours.a, ours.b, ours.interaction].iter().enumerate() {
        let row = i + shift;
        close(what, term.ss, number(r, &format!("ss/{row}")), 1e-10);
        close(what, term.test.f, number(r, &format!("F/{row}")), 1e-10);
        close(what, term.test.p, number(r, &format!("p/{row}")), 1e-9);
    }
    close(what, ours.ss_residual, number(r, &format!("ss/{}", 3 + shift)), 1e-10);
    close(what, ours.df_residual, number(r, &format!("df/{}", 3 + shift)), 0.0);
}

#[test]
fn unbalanced_two_way_orders_of_type_one_add_up_and_type_three_is_of_cell_means() {
    // Unequal cells, three by two.
    let a = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 0, 1, 2];
    let b = [0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 1, 0, 1, 0];
    let y: Vec<f64> = (0..15).map(|i| f64::from((i * 37) % 23) + a[i as usize] as f64).collect();
    let one = two_way(&y, &a, &b, SumsOfSquares::TypeI).unwrap();
    let total = Sample::new(&y).unwrap().sum_of_squares();
    close("sum", one.a.ss + one.b.ss + one.interaction.ss + one.ss_residual, total, 1e-12);
    let two = two_way(&y, &a, &b, SumsOfSquares::TypeII).unwrap();
    close("last main effect", one.b.ss, two.b.ss, 1e-10);
    let swapped = two_way(&y, &b, &a, SumsOfSquares::TypeIII).unwrap();
    let three = two_way(&y, &a, &b, SumsOfSquares::TypeIII).unwrap();
    close("order of factors", three.a.ss, swapped.b.ss, 1e-10);
    close("one interaction", three.interaction.ss, two.interaction.ss, 1e-10);
    // Two levels of b: type III is the contrast of unweighted cell means.
    let cell = |i: usize, j: usize| -> Vec<f64> { (0..15).filter(|&k| a[k] == i && b[k] == j).map(|k| y[k]).collect() };
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    let (mut difference, mut factor) = (0.0, 0.0);
    for i in 0..3 {
        for j in 0..2 {
            let values = cell(i, j);
            difference += if j == 0 { mean(&values) } else { -mean(&values) } / 3.0;
            factor += 1.0 / (9.0 * values.len() as f64);
        }
    }
    close("contrast", three.b.ss, difference * difference / factor, 1e-10);
}

/// Cluster × bin table of the time course, as the reference lists it.
fn bins() -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let r = reference("R", "d_timecourse");
    let table = at(&r, "bins_animal");
    let y = numbers(table, "y");
    let text = |key: &str| -> Vec<String> {
        at(table, key).as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
    };
    let (cluster, group, bin) = (text("animal"), text("group"), text("bin"));
    let rows = |wanted: &str| {
        let mut names: Vec<&String> =
            cluster.iter().zip(&group).filter(|(_, g)| *g == wanted).map(|(c, _)| c).collect();
        names.sort();
        names.dedup();
        names
            .iter()
            .map(|name| {
                (0..5)
                    .map(|k| {
                        let at = (0..y.len()).find(|&i| cluster[i] == **name && bin[i] == k.to_string()).unwrap();
                        y[at]
                    })
                    .collect()
            })
            .collect::<Vec<Vec<f64>>>()
    };
    (rows("control"), rows("drug"))
}

#[test]
fn repeated_measures_match_r() {
    let (control, drug) = bins();
    let r = reference("R", "d_timecourse");
    let alone = at(&r, "rm_anova_control_only");
    let ours = repeated_measures(&control).unwrap();
    assert!(ours.between.is_none() && ours.interaction.is_none());
    close("ss", ours.within.ss, number(alone, "ss/1"), 1e-9);
    close("error", ours.ss_error_within, number(alone, "ss_err/1"), 1e-9);
    close("F", ours.within.test.f, number(alone, "F/1"), 1e-9);
    close("p", ours.within.test.p, number(alone, "p/1"), 1e-9);
    check_sphericity(&ours, alone);
    close("GG", ours.within.p_greenhouse_geisser, number(alone, "p_GG"), 1e-9);
    close("HF", ours.within.p_huynh_feldt, number(alone, "p_HF"), 1e-9);

    let both = at(&r, "rm_anova_mixed_5bins");
    let ours = mixed(&[control, drug]).unwrap();
    let (ss, test) = ours.between.unwrap();
    close("group", ss, number(both, "ss/1"), 1e-9);
    close("between error", ours.ss_error_between, number(both, "ss_err/1"), 1e-9);
    close("group F", test.f, number(both, "F/1"), 1e-9);
    close("group p", test.p, number(both, "p/1"), 1e-9);
    check_sphericity(&ours, both);
    for (row, term) in [(2, ours.within), (3, ours.interaction.unwrap())] {
        close("ss", term.ss, number(both, &format!("ss/{row}")), 1e-9);
        close("F", term.test.f, number(both, &format!("F/{row}")), 1e-9);
        close("df", term.test.df2, number(both, &format!("den_df/{row}")), 0.0);
        close("p", term.test.p, number(both, &format!("p/{row}")), 1e-9);
        let corrected = number(both, &format!("p_GG/{}", row - 2));
        close("p GG", term.p_greenhouse_geisser, corrected, 1e-9);
        close("p HF", term.p_huynh_feldt, number(both, &format!("p_HF/{}", row - 2)), 1e-9);
    }
}

fn check_sphericity(ours: &anova::RepeatedMeasures, r: &serde_json::Value) {
    close("GG eps", ours.sphericity.greenhouse_geisser, number(r, "GG_eps/0"), 1e-9);
    close("HF eps", ours.sphericity.huynh_feldt, number(r, "HF_eps/0"), 1e-9);
    let mauchly = ours.sphericity.mauchly.unwrap();
    close("W", mauchly.w, number(r, "mauchly_W/0"), 1e-9);
    close("p", mauchly.p, number(r, "mauchly_p/0"), 1e-9);
}

#[test]
fn two_conditions_are_the_paired_t_test() {
    let rows = vec![vec![1.0, 3.0], vec![2.0, 2.5], vec![0.5, 4.0], vec![1.5, 1.0]];
    let ours = repeated_measures(&rows).unwrap();
    let (x, y): (Vec<f64>, Vec<f64>) = rows.iter().map(|r| (r[0], r[1])).unzip();
    let t = statistics::two_sample::paired(&x, &y, 0.95).unwrap();
    close("F = t²", ours.within.test.f, t.statistic * t.statistic, 1e-12);
    close("p", ours.within.test.p, t.p, 1e-12);
    close("p GG", ours.within.p_greenhouse_geisser, t.p, 1e-12);
    assert!(ours.sphericity.mauchly.is_none());
}

#[test]
fn unequal_groups_count_equally_within_subjects() {
    // Condition effect +1 in the large group, −1 in the small one: no effect on
    // average of the groups, although the large group has three times the subjects.
    let subject = |effect: f64, e: f64| vec![e, e + effect + 0.1 * e, 2.0 * e];
    let large: Vec<Vec<f64>> = [-0.3, 0.1, 0.2, -0.1, 0.4, -0.3].iter().map(|e| subject(1.0, *e)).collect();
    let small: Vec<Vec<f64>> = [-0.2, 0.2].iter().map(|e| subject(-1.0, *e)).collect();
    let ours = mixed(&[large, small]).unwrap();
    assert!(ours.within.test.p > 0.9, "{:?}", ours.within.test);
    assert!(ours.interaction.unwrap().test.p < 1e-6);
}

/// Certified one-way analyses: 9 treatments of `replicates` values around 1.4
/// plus an offset (Simon & Lesage 1989). The certified F is the number of
/// replicates, whatever the offset.
fn simon_lesage(replicates: usize, offset: f64) -> Vec<Sample> {
    (0..9)
        .map(|treatment| {
            let alternate = |k: usize| match (k, k % 2) {
                (0, _) => 0.0,
                (_, 1) => -0.1,
                _ => 0.1,
            };
            let centre = 0.4 + alternate(treatment);
            let values: Vec<f64> = (0..replicates).map(|k| offset + centre + alternate(k)).collect();
            Sample::new(&values).unwrap()
        })
        .collect()
}

#[test]
fn certified_one_way_sets() {
    // SmLs01–03, 04–06, 07–09. The data of the last three are given to one
    // decimal at 1e12, where doubles are 1.2e-4 apart: no more digits exist.
    for (offset, tolerance) in [(1.0, 1e-13), (1e6, 1e-8), (1e12, 3e-2)] {
        for replicates in [21, 201, 2001] {
            let ours = one_way(&simon_lesage(replicates, offset)).unwrap();
            let what = format!("offset {offset}, {replicates} replicates");
            close(&what, ours.test.f, replicates as f64, tolerance);
            let within = 9.0 * 0.01 * (replicates - 1) as f64;
            close(&what, ours.ss_within, within, tolerance);
        }
    }
    // SiRstv: resistivity of silicon wafers on five instruments.
    let instruments = [
        [196.3052, 196.1240, 196.1890, 196.2569, 196.3403],
        [196.3042, 196.3825, 196.1669, 196.3257, 196.0422],
        [196.1303, 196.2005, 196.2889, 196.0343, 196.1811],
        [196.2795, 196.1748, 196.1494, 196.1485, 195.9885],
        [196.2119, 196.1051, 196.1850, 196.0052, 196.2090],
    ];
    let samples: Vec<Sample> = instruments.iter().map(|v| Sample::new(v).unwrap()).collect();
    let ours = one_way(&samples).unwrap();
    close("SiRstv F", ours.test.f, 1.180_462_374_402_55, 1e-11);
    close("SiRstv between", ours.ss_between, 5.114_626_160_000_00e-2, 1e-11);
    close("SiRstv within", ours.ss_within, 2.166_365_600_000_00e-1, 1e-11);
    close("SiRstv R²", ours.eta_squared, 1.909_990_390_511_29e-1, 1e-11);
    // AtmWtAg: atomic weight of silver, seven constant leading digits.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/nist");
    let text = std::fs::read_to_string(format!("{folder}/AtmWtAg.csv")).unwrap();
    let of = |wanted: &str| -> Vec<f64> {
        let own = text.lines().filter_map(|l| l.split_once(',')).filter(|(instrument, _)| *instrument == wanted);
        own.map(|(_, y)| y.parse().unwrap()).collect()
    };
    let samples = [Sample::new(&of("1")).unwrap(), Sample::new(&of("2")).unwrap()];
    let ours = one_way(&samples).unwrap();
    close("AtmWtAg F", ours.test.f, 1.594_673_356_779_30e1, 1e-8);
    close("AtmWtAg between", ours.ss_between, 3.638_341_875_000_00e-9, 1e-8);
    close("AtmWtAg within", ours.ss_within, 1.049_517_291_666_67e-8, 1e-8);
    close("AtmWtAg R²", ours.eta_squared, 2.574_265_445_383_21e-1, 1e-8);
}

#[test]
fn kruskal_wallis_of_two_groups_is_the_squared_normal_deviate() {
    // Without ties H = z² of the rank-sum test without continuity correction.
    let a = Sample::new(&[1.0, 4.0, 6.0, 7.5]).unwrap();
    let b = Sample::new(&[2.0, 8.0, 9.0, 10.0, 11.0]).unwrap();
    let ours = kruskal_wallis(&[a, b]).unwrap();
    // U = 3 of 20 pairs; variance n₁n₂(N + 1)/12.
    let z = (3.0 - 10.0) / (4.0_f64 * 5.0 * 10.0 / 12.0).sqrt();
    close("H", ours.h, z * z, 1e-12);
}

#[test]
fn impossible_designs_are_refused() {
    use StatisticsError as E;
    let sample = |v: &[f64]| Sample::new(v).unwrap();
    let constant = sample(&[1.0, 1.0]);
    assert!(matches!(one_way(&[sample(&[1.0, 2.0])]), Err(E::TooFew { .. })));
    assert!(matches!(one_way(&[sample(&[1.0]), sample(&[2.0])]), Err(E::TooFew { .. })));
    assert!(matches!(one_way(&[constant.clone(), sample(&[2.0, 2.0])]), Err(E::ZeroVariance { .. })));
    let good = sample(&[1.0, 3.0, 2.0]);
    match anova::welch(&[good.clone(), constant.clone()]) {
        Err(E::Of { part: Part::Group, index: 1, problem }) => assert!(matches!(*problem, E::ZeroVariance { .. })),
        other => panic!("{other:?}"),
    }
    let few = anova::welch(&[good, sample(&[2.0])]).unwrap_err();
    assert_eq!(few.to_string(), "group 2: values: 1 given, at least 2 needed");
    assert!(matches!(kruskal_wallis(&[constant.clone(), constant]), Err(E::ZeroVariance { .. })));
    let y = [1.0, 2.0, 3.0, 4.0, 5.0];
    let kind = SumsOfSquares::TypeIII;
    assert!(matches!(two_way(&y, &[0; 5], &[0, 1, 0, 1, 0], kind), Err(E::OneLevel { .. })));
    assert!(matches!(two_way(&y, &[0, 0, 2, 2, 0], &[0, 1, 0, 1, 0], kind), Err(E::EmptyLevel { level: 1, .. })));
    match two_way(&y, &[0, 0, 1, 1, 1], &[0, 1, 0, 0, 0], kind) {
        Err(E::EmptyLevel { what, level: 1 }) => assert!(what.contains("level 1"), "{what}"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(two_way(&y, &[0, 1], &[0, 1, 0, 1, 0], kind), Err(E::LengthMismatch { .. })));
    let four = [1.0, 2.0, 3.0, 5.0];
    assert!(matches!(two_way(&four, &[0, 0, 1, 1], &[0, 1, 0, 1], kind), Err(E::TooFew { .. })));
    assert!(matches!(two_way(&[1.0, f64::NAN], &[0, 1], &[0, 1], kind), Err(E::NotFinite { index: 1, .. })));
    assert!(two_way(&y, &[0, 1, usize::MAX - 1, 0, 1], &[0, 1, 0, 1, 0], kind).is_err());
    assert!(matches!(repeated_measures(&[]), Err(E::EmptyLevel { .. })));
    assert!(matches!(repeated_measures(&[vec![1.0, 2.0]]), Err(E::TooFew { .. })));
    assert!(matches!(
        repeated_measures(&[vec![1.0, 2.0], vec![1.0]]),
        Err(E::LengthMismatch { expected: 2, found: 1, .. })
    ));
    assert!(matches!(repeated_measures(&[vec![1.0, 2.0], vec![3.0, 4.0]]), Err(E::ZeroVariance { .. })));
    assert!(matches!(mixed(&[]), Err(E::TooFew { .. })));
}

#[test]
fn the_f_test_of_a_perfect_fit_is_infinite() {
    let test = FTest::from_sums(1.0, 2.0, 0.0, 5.0);
    assert!(test.f.is_infinite() && test.p == 0.0);
}
