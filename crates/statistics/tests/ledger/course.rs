//! Time courses: the last ten minutes, repeated measures, two-level and AR(1)
//! models of bins, cluster masses.

use crate::book::{Book, Side};
use crate::nested::{joint, model, nested_exemptions, profile, random_effects, two_groups_at};
use crate::reference::{Csv, codes, csv, sorted_codes};
use Side::{Python, R};
use statistics::anova::{RepeatedMeasures, mixed, repeated_measures};
use statistics::design::Design;
use statistics::mixed::{Method, MixedData, fit};
use statistics::permutation::{Arrangements, cluster_mass};
use std::collections::BTreeMap;

/// One slice's sweeps: group, animal, slice, times and responses.
type Slices = BTreeMap<String, (String, String, Vec<(f64, f64)>)>;

fn slices(table: &Csv) -> Slices {
    let (t, y) = (table.numbers("t"), table.numbers("y"));
    let (group, animal, slice) = (table.text("group"), table.text("animal"), table.text("slice"));
    let mut out = Slices::new();
    for i in 0..y.len() {
        let entry = out.entry(slice[i].clone()).or_insert_with(|| (group[i].clone(), animal[i].clone(), Vec::new()));
        entry.2.push((t[i], y[i]));
    }
    out
}

fn mean_over(sweeps: &[(f64, f64)], keep: impl Fn(f64) -> bool) -> f64 {
    let own: Vec<f64> = sweeps.iter().filter(|(t, y)| keep(*t) && !y.is_nan()).map(|(_, y)| *y).collect();
    own.iter().sum::<f64>() / own.len() as f64
}

pub fn course(book: &mut Book) {
    let table = csv("d_timecourse");
    let slices = slices(&table);
    let last = table.numbers("t").into_iter().fold(0.0, f64::max);
    let late = |t: f64| t > last - 10.0;
    let mut summary = vec![("group,animal,slice,y".to_owned())];
    for (i, name) in book.texts("slice_summary/slice").iter().enumerate() {
        let (group, animal, sweeps) = &slices[name];
        let (end, start) = (mean_over(sweeps, late), mean_over(sweeps, |t| t < 0.0));
        book.rel(R, &format!("slice_summary/last10_mean/{i}"), Some(end), 1e-12);
        book.rel(R, &format!("slice_summary/baseline_mean/{i}"), Some(start), 1e-12);
        book.rel(R, &format!("slice_summary/pct/{i}"), Some(100.0 * end / start), 1e-12);
        summary.push(format!("{group},{animal},{name},{end:?}"));
    }
    let key = "last10_nested";
    two_groups_at(book, key, Csv::parse(&summary.join("\n")), "y");
    bins_of_animals(book, &slices, last);
    bins_of_slices(book, &slices, last);
    masses(book, &slices, last as usize + 1);
    nested_exemptions(book);
    book.leave_out(
        "pingouin",
        "pingouin: weights groups by their size or prints rounded; the unweighted test is compared",
    );
    book.leave_out("F_pingouin", "pingouin weights groups by their size");
    book.leave_out(
        "cluster_permutation_mne",
        "MNE's Monte-Carlo p of the same clusters; all arrangements are compared",
    );
    for part in ["rm_anova_mixed_5bins/", "rm_anova_control_only/"] {
        book.leave_out(part, "intercept row: no question of an experiment");
    }
}

/// Bin by slice: mean of the sweeps in one of five bins.
fn bin(sweeps: &[(f64, f64)], last: f64, k: usize) -> f64 {
    let width = (last + 1.0) / 5.0;
    mean_over(sweeps, |t| t >= 0.0 && (t / width) as usize == k)
}

fn bins_of_animals(book: &mut Book, slices: &Slices, last: f64) {
    // An animal's bin is the mean of all its sweeps in it, slices pooled.
    let mut pooled: BTreeMap<(bool, &String), Vec<(f64, f64)>> = BTreeMap::new();
    for (group, animal, sweeps) in slices.values() {
        pooled.entry((group != "control", animal)).or_default().extend(sweeps);
    }
    let (listed, bins) = (book.texts("bins_animal/animal"), book.texts("bins_animal/bin"));
    for (i, (name, k)) in listed.iter().zip(&bins).enumerate() {
        let own = pooled.iter().find(|((_, a), _)| *a == name).map(|(_, s)| bin(s, last, k.parse().unwrap()));
        book.rel(R, &format!("bins_animal/y/{i}"), own, 1e-12);
    }
    let mut groups = vec![Vec::new(), Vec::new()];
    for ((drug, _), sweeps) in &pooled {
        groups[usize::from(*drug)].push((0..5).map(|k| bin(sweeps, last, k)).collect::<Vec<f64>>());
    }
    let alone = repeated_measures(&groups[0]).unwrap();
    let key = "rm_anova_control_only";
    book.rel(R, &format!("{key}/ss/1"), Some(alone.within.ss), 1e-9);
    book.rel(R, &format!("{key}/ss_err/1"), Some(alone.ss_error_within), 1e-9);
    book.rel(R, &format!("{key}/num_df/1"), Some(alone.within.test.df1), 0.0);
    book.rel(R, &format!("{key}/den_df/1"), Some(alone.within.test.df2), 0.0);
    book.rel(R, &format!("{key}/F/1"), Some(alone.within.test.f), 1e-9);
    book.rel(R, &format!("{key}/p/1"), Some(alone.within.test.p), 1e-9);
    sphericity(book, key, &alone, 1);
    book.rel(R, &format!("{key}/p_GG"), Some(alone.within.p_greenhouse_geisser), 1e-9);
    book.rel(R, &format!("{key}/p_HF"), Some(alone.within.p_huynh_feldt), 1e-9);

    let both = mixed(&groups).unwrap();
    let key = "rm_anova_mixed_5bins";
    let (ss, test) = both.between.unwrap();
    let interaction = both.interaction.unwrap();
    let rows = [
        (1, ss, both.ss_error_between, test),
        (2, both.within.ss, both.ss_error_within, both.within.test),
        (3, interaction.ss, both.ss_error_within, interaction.test),
    ];
    // Python lists the terms without the intercept: R alone is read here.
    for (row, ss, error, test) in rows {
        for (what, value, tolerance) in [
            ("ss", ss, 1e-9),
            ("ss_err", error, 1e-9),
            ("num_df", test.df1, 0.0),
            ("den_df", test.df2, 0.0),
            ("F", test.f, 1e-9),
            ("p", test.p, 1e-9),
        ] {
            book.rel(R, &format!("{key}/{what}/{row}"), Some(value), tolerance);
        }
    }
    sphericity(book, key, &both, 2);
    book.rel(Python, &format!("{key}/GG_eps_bin"), Some(both.sphericity.greenhouse_geisser), 1e-9);
    for (i, term) in [both.within, interaction].into_iter().enumerate() {
        book.rel(R, &format!("{key}/p_GG/{i}"), Some(term.p_greenhouse_geisser), 1e-9);
        book.rel(R, &format!("{key}/p_HF/{i}"), Some(term.p_huynh_feldt), 1e-9);
    }
}

fn sphericity(book: &mut Book, key: &str, ours: &RepeatedMeasures, terms: usize) {
    let mauchly = ours.sphericity.mauchly.unwrap();
    for i in 0..terms {
        book.rel(R, &format!("{key}/GG_eps/{i}"), Some(ours.sphericity.greenhouse_geisser), 1e-9);
        book.rel(R, &format!("{key}/HF_eps/{i}"), Some(ours.sphericity.huynh_feldt), 1e-9);
        book.rel(R, &format!("{key}/mauchly_W/{i}"), Some(mauchly.w), 1e-9);
        book.rel(R, &format!("{key}/mauchly_p/{i}"), Some(mauchly.p), 1e-9);
    }
}

fn bins_of_slices(book: &mut Book, slices: &Slices, last: f64) {
    let (mut y, mut group, mut animal, mut slice, mut bins) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (name, (g, a, sweeps)) in slices {
        for k in 0..5 {
            let value = bin(sweeps, last, k);
            if !value.is_nan() {
                y.push(value);
                group.push(g.clone());
                animal.push(a.clone());
                slice.push(name.clone());
                bins.push(k);
            }
        }
    }
    let drug = codes(&group, &["control", "drug"]);
    let ((cluster, labels), (nested, inner)) = (sorted_codes(&animal), sorted_codes(&slice));
    // Sum contrasts, as the reference.
    let sign: Vec<f64> = drug.iter().map(|g| 1.0 - 2.0 * *g as f64).collect();
    let part = |b: usize, k: usize| f64::from(i8::from(b == k) - i8::from(b == 4));
    let mut columns = vec![("(Intercept)".to_owned(), vec![1.0; y.len()]), ("group1".to_owned(), sign.clone())];
    for k in 0..4 {
        columns.push((format!("bin{}", k + 1), bins.iter().map(|&b| part(b, k)).collect()));
    }
    for k in 0..4 {
        let both = bins.iter().zip(&sign).map(|(&b, s)| s * part(b, k)).collect();
        columns.push((format!("group1:bin{}", k + 1), both));
    }
    let design = design(&columns);
    let data = MixedData::new(&y, &design, &cluster).with_nested(&nested);
    let found = fit(&data, Method::Reml).unwrap();
    let key = "lmm_group_x_bin_two_level";
    model(book, key, &data, &found);
    joint(book, key, &found, &["group", "bin", "group:bin"]);
    profile(book, key, &data, 2e-3);
    random_effects(book, key, &found, &labels, &inner);

    // The reference's AR(1) model has treatment contrasts.
    let mut columns = vec![
        ("(Intercept)".to_owned(), vec![1.0; y.len()]),
        ("groupdrug".to_owned(), drug.iter().map(|g| *g as f64).collect()),
    ];
    for (prefix, factor) in [("", None), ("groupdrug:", Some(&drug))] {
        for k in 1..5 {
            let value = |i: usize| f64::from(u8::from(bins[i] == k)) * factor.map_or(1.0, |d| d[i] as f64);
            columns.push((format!("{prefix}bin{k}"), (0..y.len()).map(value).collect()));
        }
    }
    let time: Vec<f64> = bins.iter().map(|b| *b as f64).collect();
    let design = self::design(&columns);
    let data = MixedData::new(&y, &design, &cluster).with_nested(&nested).with_autoregression(&time);
    let found = fit(&data, Method::Reml).unwrap();
    book.abs(R, "lme_ar1/logLik_REML", Some(found.log_likelihood), 1e-6);
    book.abs(R, "lme_ar1/phi", found.autocorrelation, 1e-4);
    book.rel(R, "lme_ar1/sigma", Some(found.sd_residual), 1e-4);
    let covariance = found.covariance();
    for (i, name) in found.names.iter().enumerate() {
        let se = covariance[i][i].sqrt();
        book.abs(R, &format!("lme_ar1/estimate/{name}"), Some(found.coefficients()[i]), 1e-4 * se);
        book.rel(R, &format!("lme_ar1/se/{name}"), Some(se), 1e-4);
    }
}

fn design(columns: &[(String, Vec<f64>)]) -> Design {
    let columns: Vec<(&str, Vec<f64>)> = columns.iter().map(|(name, c)| (name.as_str(), c.clone())).collect();
    Design::from_columns(&columns).unwrap()
}

fn masses(book: &mut Book, slices: &Slices, minutes: usize) {
    let mut pooled: BTreeMap<(bool, &String), Vec<(f64, f64)>> = BTreeMap::new();
    for (group, animal, sweeps) in slices.values() {
        pooled.entry((group != "control", animal)).or_default().extend(sweeps);
    }
    let course = |sweeps: &[(f64, f64)]| (0..minutes).map(|m| mean_over(sweeps, |t| t == m as f64)).collect();
    let mut rows: [Vec<Vec<f64>>; 2] = [Vec::new(), Vec::new()];
    for ((drug, _), sweeps) in &pooled {
        rows[usize::from(*drug)].push(course(sweeps));
    }
    for (key, entry) in [("cluster_permutation", 0.05), ("cluster_permutation_thr20", 0.2)] {
        let ours = cluster_mass(&rows[0], &rows[1], entry, Arrangements::default()).unwrap();
        book.rel(R, &format!("{key}/n_perm"), Some(ours.arrangements as f64), 0.0);
        book.rel(R, &format!("{key}/t_crit"), Some(ours.entry_t), 1e-10);
        book.rel(R, &format!("{key}/max_mass_quantile95"), Some(ours.mass_quantile_95), 1e-9);
        for (i, t) in ours.t.iter().enumerate() {
            book.abs(R, &format!("{key}/t_obs/{i}"), Some(*t), 1e-9 * (1.0 + t.abs()));
        }
        for (i, cluster) in ours.clusters.iter().enumerate() {
            book.rel(R, &format!("{key}/start_min/{i}"), Some(cluster.first as f64), 0.0);
            book.rel(R, &format!("{key}/end_min/{i}"), Some(cluster.last as f64), 0.0);
            book.rel(R, &format!("{key}/mass/{i}"), Some(cluster.mass), 1e-9);
            book.rel(R, &format!("{key}/p/{i}"), Some(cluster.p), 1e-12);
        }
    }
}
