//! Ranks of decimal fractions are those of the whole numbers that they are tenths of:
//! rounding neither hides ties nor makes zeros into differences.
#![allow(clippy::unwrap_used)]

use proptest::collection::vec;
use proptest::prelude::*;
use statistics::anova::kruskal_wallis;
use statistics::order::{dunn, kendall, sign_test, smirnov, spearman};
use statistics::{Sample, effect, rank, two_sample};

/// Tenths, as a table with one decimal holds them.
fn tenths(values: &[i32]) -> Vec<f64> {
    values.iter().map(|v| format!("{}", f64::from(*v) / 10.0).parse().unwrap()).collect()
}

fn whole(values: &[i32]) -> Vec<f64> {
    values.iter().map(|v| f64::from(*v)).collect()
}

/// Means of neighbours, as averages of slices, with the largest number that went in.
fn means(values: &[f64]) -> (Vec<f64>, Vec<f64>) {
    values
        .chunks(3)
        .map(|c| (c.iter().sum::<f64>() / c.len() as f64, c.iter().fold(0.0, |m, v| v.abs().max(m))))
        .unzip()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn signed_ranks_of_tenths(pairs in vec((900_i32..1900, -9_i32..10), 4..14)) {
        let first: Vec<i32> = pairs.iter().map(|(first, _)| *first).collect();
        let second: Vec<i32> = pairs.iter().map(|(first, d)| first + d).collect();
        let exact = two_sample::differences(&whole(&first), &whole(&second)).unwrap();
        let rounded = two_sample::differences(&tenths(&first), &tenths(&second)).unwrap();
        prop_assert_eq!(rank::zero_differences(&rounded), rank::zero_differences(&exact));
        prop_assert_eq!(rank::wilcoxon_exact(&rounded), rank::wilcoxon_exact(&exact));
        prop_assert_eq!(rank::wilcoxon_normal(&rounded, true), rank::wilcoxon_normal(&exact, true));
        let (of_rounded, of_exact) = (sign_test(&rounded, 0.95), sign_test(&exact, 0.95));
        prop_assert_eq!(of_rounded, of_exact);
    }

    /// The same differences from a column that holds them already: what they were made
    /// from is not known, so it must be no larger than a few hundred times the differences.
    #[test]
    fn signed_ranks_of_a_column_of_differences(pairs in vec((50_i32..400, -9_i32..10), 4..14)) {
        let first: Vec<i32> = pairs.iter().map(|(first, _)| *first).collect();
        let second: Vec<i32> = pairs.iter().map(|(first, d)| first + d).collect();
        let exact = two_sample::differences(&whole(&first), &whole(&second)).unwrap();
        let rounded = two_sample::differences(&tenths(&first), &tenths(&second)).unwrap();
        let column = Sample::new(rounded.values()).unwrap();
        prop_assert_eq!(rank::wilcoxon_exact(&column), rank::wilcoxon_exact(&exact));
    }

    #[test]
    fn ranks_of_means_of_tenths(a in vec(1_i32..12, 9..19), b in vec(1_i32..12, 9..19)) {
        // Sums of three are whole; means of three tenths are not.
        let exact = |v: &[i32]| Sample::new(&v.chunks(3).map(|c| f64::from(c.iter().sum::<i32>() * 6 / c.len() as i32)).collect::<Vec<_>>()).unwrap();
        let rounded = |v: &[i32]| {
            let (values, scales) = means(&tenths(v));
            Sample::with_scales(&values, &scales).unwrap()
        };
        let (x, y, p, q) = (exact(&a), exact(&b), rounded(&a), rounded(&b));
        prop_assert_eq!(rank::mann_whitney_exact(&p, &q), rank::mann_whitney_exact(&x, &y));
        prop_assert_eq!(rank::are_tied(&p, &q), rank::are_tied(&x, &y));
        prop_assert_eq!(rank::brunner_munzel(&p, &q, 0.95), rank::brunner_munzel(&x, &y, 0.95));
        prop_assert_eq!(kruskal_wallis(&[p.clone(), q.clone()]), kruskal_wallis(&[x.clone(), y.clone()]));
        prop_assert_eq!(dunn(&[p.clone(), q.clone()]), dunn(&[x.clone(), y.clone()]));
        prop_assert_eq!(effect::cliffs_delta(&p, &q), effect::cliffs_delta(&x, &y));
        prop_assert_eq!(smirnov(&p, &q), smirnov(&x, &y));
    }

    #[test]
    fn correlations_of_sums_of_tenths(pairs in vec((1_i32..9, 1_i32..9, 1_i32..9), 4..20)) {
        let sums = |of: fn(&(i32, i32, i32)) -> (i32, i32)| -> (Vec<f64>, Vec<f64>) {
            let both = pairs.iter().map(of);
            both.map(|(a, b)| (f64::from(a) / 10.0 + f64::from(b) / 10.0, f64::from(a + b))).unzip()
        };
        let (x, exact_x) = sums(|(a, b, _)| (*a, *b));
        let (y, exact_y) = sums(|(_, b, c)| (*b, *c));
        prop_assert_eq!(spearman(&x, &y), spearman(&exact_x, &exact_y));
        prop_assert_eq!(kendall(&x, &y), kendall(&exact_x, &exact_y));
    }
}
