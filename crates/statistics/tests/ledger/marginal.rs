//! Marginal means of a mixed model, their pairs and comparisons with the first,
//! against emmeans.

use crate::book::{Book, Side};
use crate::nested::{METHODS, contrast, unit};
use Side::R;
use statistics::adjust::{Adjustment, adjust};
use statistics::mixed::MixedFit;
use statistics::{Comparison, DfMethod, contrasts};

/// Marginal means of `levels` groups under a treatment design, their pairs and
/// comparisons with the first.
pub fn marginal(book: &mut Book, key: &str, model: &MixedFit, levels: usize) {
    let mean = |k: usize| -> Vec<f64> { (0..levels).map(|j| f64::from(u8::from(j == 0 || j == k))).collect() };
    let means: Vec<Vec<f64>> = (0..levels).map(mean).collect();
    for (method, _, name) in METHODS {
        let base = format!("{key}/emmeans/{name}");
        for (i, weights) in means.iter().enumerate() {
            let c = contrast(model, weights, method);
            book.rel(R, &format!("{base}/emmean/{i}"), Some(c.estimate), 1e-5);
            book.rel(R, &format!("{base}/se/{i}"), Some(c.se), 1e-5);
            book.rel(R, &format!("{base}/df/{i}"), Some(c.df), 1e-4);
            book.rel(R, &format!("{base}/lwr/{i}"), Some(c.ci_low), 1e-5);
            book.rel(R, &format!("{base}/upr/{i}"), Some(c.ci_high), 1e-5);
        }
        let mut pairs = Vec::new();
        for i in 0..levels {
            for j in i + 1..levels {
                pairs.push((0..levels).map(|k| means[i][k] - means[j][k]).collect::<Vec<f64>>());
            }
        }
        let single: Vec<Comparison> = pairs.iter().map(|w| contrast(model, w, method)).collect();
        family(book, &format!("{base}/pairs"), &single);
        let replaced = model.singular && method == DfMethod::Satterthwaite;
        let tukey = contrasts::tukey(model, &means, method, 0.95).unwrap();
        for (i, c) in single.iter().enumerate() {
            let own = tukey[i].adjusted;
            // Of two means Tukey's is the t test.
            let (p, low, high) = if replaced {
                (c.p, c.ci_low, c.ci_high)
            } else {
                (own.p_adjusted, -own.ci_high_adjusted, -own.ci_low_adjusted)
            };
            // R's ptukey is good to 1e-4, its qtukey to 4e-4.
            book.abs(R, &format!("{base}/pairs/p_tukey/{i}"), Some(p), 1.3e-4);
            let reach = 4e-4 * (high - low);
            book.abs(R, &format!("{base}/pairs/ci_tukey_lwr/{i}"), Some(low), reach);
            book.abs(R, &format!("{base}/pairs/ci_tukey_upr/{i}"), Some(high), reach);
        }
        let against: Vec<Vec<f64>> = (1..levels).map(|k| unit(levels, k)).collect();
        let single: Vec<Comparison> = against.iter().map(|w| contrast(model, w, method)).collect();
        family(book, &format!("{base}/vs_control"), &single);
        let dunnett = contrasts::dunnett(model, &against, method, 0.95).unwrap();
        for (i, c) in single.iter().enumerate() {
            let p = if replaced { c.p } else { dunnett[i].p_adjusted };
            book.abs(R, &format!("{base}/vs_control/p_dunnett_exact/{i}"), Some(p), 1e-6);
            book.abs(R, &format!("{base}/vs_control/p_mvt_mc/{i}"), Some(p), 2e-3);
        }
    }
}

fn family(book: &mut Book, base: &str, single: &[Comparison]) {
    let p: Vec<f64> = single.iter().map(|c| c.p).collect();
    for (i, c) in single.iter().enumerate() {
        book.abs(R, &format!("{base}/estimate/{i}"), Some(c.estimate), 1e-5 * c.se);
        book.rel(R, &format!("{base}/se/{i}"), Some(c.se), 1e-5);
        book.rel(R, &format!("{base}/df/{i}"), Some(c.df), 1e-4);
        book.abs(R, &format!("{base}/t/{i}"), Some(c.statistic), 1e-5 * (1.0 + c.statistic.abs()));
        book.rel(R, &format!("{base}/p_none/{i}"), Some(c.p), 1e-4);
        book.abs(R, &format!("{base}/ci_none_lwr/{i}"), Some(c.ci_low), 1e-4 * c.se);
        book.abs(R, &format!("{base}/ci_none_upr/{i}"), Some(c.ci_high), 1e-4 * c.se);
    }
    for (key, method) in [
        ("p_holm", Adjustment::Holm),
        ("p_bh", Adjustment::BenjaminiHochberg),
        ("p_bonferroni", Adjustment::Bonferroni),
        ("p_sidak", Adjustment::Sidak),
    ] {
        for (i, value) in adjust(&p, method).unwrap().iter().enumerate() {
            book.rel(R, &format!("{base}/{key}/{i}"), Some(*value), 1e-4);
        }
    }
}
