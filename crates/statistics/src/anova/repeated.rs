//! Repeated measures: subjects measured under every condition, with or without
//! groups of subjects (split plot). Sums of squares of type III: groups count
//! equally, whatever their size.
//!
//! With C orthonormal contrasts of the k conditions, Z = YC per subject and S
//! the residual cross products of Z within groups:
//!   SS_error = tr S,  df = (N − g)(k − 1)
//!   Mauchly  W = det S / (tr S / p)^p,  p = k − 1
//!   GG       ε = (tr S)² / (p tr S²)                  (Greenhouse & Geisser 1959)
//!   HF       ε̃ = ((ν + 1) p ε − 2) / (p (ν − p ε)),  ν = N − g (Huynh & Feldt 1976,
//!            ν + 1 as corrected by Lecoutre 1991); above 1 it counts as 1 for p.

use crate::dist::{chi_squared, f};
use crate::error::{StatisticsError, require_count, require_finite};
use crate::estimate::FTest;
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// Departure from sphericity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Sphericity {
    /// Greenhouse–Geisser ε.
    pub greenhouse_geisser: f64,
    /// Huynh–Feldt ε as computed; may exceed 1.
    pub huynh_feldt: f64,
    /// Mauchly's W and its p value; `None` for two conditions or fewer subjects
    /// than the test needs.
    pub mauchly: Option<Mauchly>,
}

/// Mauchly's test of sphericity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mauchly {
    /// Statistic, at most 1.
    pub w: f64,
    /// P value of sphericity (second-order χ² approximation).
    pub p: f64,
}

/// A test within subjects.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WithinTerm {
    /// Sum of squares.
    pub ss: f64,
    /// Test under sphericity.
    pub test: FTest,
    /// P value with degrees of freedom times Greenhouse–Geisser ε.
    pub p_greenhouse_geisser: f64,
    /// P value with degrees of freedom times Huynh–Feldt ε, at most 1.
    pub p_huynh_feldt: f64,
}

/// Repeated-measures analysis of variance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RepeatedMeasures {
    /// Groups of subjects; `None` for one group.
    pub between: Option<(f64, FTest)>,
    /// Conditions.
    pub within: WithinTerm,
    /// Group × condition; `None` for one group.
    pub interaction: Option<WithinTerm>,
    /// Residual sum of squares within subjects.
    pub ss_error_within: f64,
    /// Residual sum of squares between subjects.
    pub ss_error_between: f64,
    /// Departure from sphericity.
    pub sphericity: Sphericity,
}

/// One group of subjects: `subjects[i][j]` is subject i under condition j.
///
/// # Errors
/// Fewer than two conditions or subjects, rows of different length, a value not
/// finite, no residual variance.
pub fn repeated_measures(subjects: &[Vec<f64>]) -> Result<RepeatedMeasures, StatisticsError> {
    mixed(&[subjects.to_vec()])
}

/// Several groups: `groups[g][i][j]` is subject i of group g under condition j.
///
/// # Errors
/// As [`repeated_measures`]; no group, a group without subjects, no more subjects
/// than groups.
pub fn mixed(groups: &[Vec<Vec<f64>>]) -> Result<RepeatedMeasures, StatisticsError> {
    let conditions = check(groups)?;
    let total: usize = groups.iter().map(Vec::len).sum();
    let df_subjects = (total - groups.len()) as f64;
    let p = (conditions - 1) as f64;
    let origin = groups[0][0][0];
    let sizes: Vec<f64> = groups.iter().map(|g| g.len() as f64).collect();
    let (ss_between, ss_error_between) = between_subjects(groups, &sizes, origin, total as f64);
    let transformed = contrasted(groups, conditions, origin);
    let means: Vec<DVector<f64>> = transformed
        .iter()
        .zip(&sizes)
        .map(|(z, n)| z.iter().fold(DVector::zeros(conditions - 1), |sum, v| sum + v) / *n)
        .collect();
    let mut products = DMatrix::zeros(conditions - 1, conditions - 1);
    for (z, mean) in transformed.iter().zip(&means) {
        for v in z {
            let rest = v - mean;
            products += &rest * rest.transpose();
        }
    }
    let ss_error_within = products.trace();
    let scale = transformed.iter().flatten().map(|v| v.norm_squared()).sum::<f64>();
    if ss_error_within <= 1e-26 * scale || ss_error_within == 0.0 {
        return Err(StatisticsError::ZeroVariance {
            what: "differences between conditions within subjects".to_owned(),
        });
    }
    let sphericity = sphericity(&products, df_subjects);
    let term = |ss: f64, df: f64| {
        let test = FTest::from_sums(ss, df, ss_error_within, df_subjects * p);
        let corrected = |epsilon: f64| f::upper(test.f, test.df1 * epsilon, test.df2 * epsilon);
        WithinTerm {
            ss,
            test,
            p_greenhouse_geisser: corrected(sphericity.greenhouse_geisser),
            p_huynh_feldt: corrected(sphericity.huynh_feldt.min(1.0)),
        }
    };
    // Unweighted mean of the group means and its variance factor.
    let count = groups.len() as f64;
    let unweighted = means.iter().fold(DVector::zeros(conditions - 1), |sum, m| sum + m) / count;
    let factor: f64 = sizes.iter().map(|n| 1.0 / (count * count * n)).sum();
    let within = term(unweighted.norm_squared() / factor, p);
    let several = groups.len() > 1;
    let weighted =
        means.iter().zip(&sizes).fold(DVector::zeros(conditions - 1), |sum, (m, n)| sum + m * *n) / total as f64;
    let ss_interaction: f64 = means.iter().zip(&sizes).map(|(m, n)| n * (m - &weighted).norm_squared()).sum();
    let between =
        several.then(|| (ss_between, FTest::from_sums(ss_between, count - 1.0, ss_error_between, df_subjects)));
    Ok(RepeatedMeasures {
        between,
        within,
        interaction: several.then(|| term(ss_interaction, (count - 1.0) * p)),
        ss_error_within,
        ss_error_between,
        sphericity,
    })
}

/// Sums of squares between groups and between the subjects of a group. Means × √k
/// of k conditions, so that sums of squares are on the scale of y.
fn between_subjects(groups: &[Vec<Vec<f64>>], sizes: &[f64], origin: f64, total: f64) -> (f64, f64) {
    let k = groups[0][0].len() as f64;
    let levels: Vec<Vec<f64>> = groups
        .iter()
        .map(|g| g.iter().map(|s| s.iter().map(|v| v - origin).sum::<f64>() / k.sqrt()).collect())
        .collect();
    let level_means: Vec<f64> = levels.iter().zip(sizes).map(|(l, n)| l.iter().sum::<f64>() / n).collect();
    let ss_error: f64 =
        levels.iter().zip(&level_means).map(|(l, m)| l.iter().map(|v| (v - m).powi(2)).sum::<f64>()).sum();
    let grand = level_means.iter().zip(sizes).map(|(m, n)| m * n).sum::<f64>() / total;
    let ss_between: f64 = level_means.iter().zip(sizes).map(|(m, n)| n * (m - grand).powi(2)).sum();
    (ss_between, ss_error)
}

/// Contrasts of the conditions of every subject, by group.
fn contrasted(groups: &[Vec<Vec<f64>>], conditions: usize, origin: f64) -> Vec<Vec<DVector<f64>>> {
    let contrasts = helmert(conditions);
    let of_subject = |s: &Vec<f64>| {
        let shifted = s.iter().map(|v| v - origin);
        &contrasts * DVector::from_iterator(conditions, shifted)
    };
    groups.iter().map(|g| g.iter().map(of_subject).collect()).collect()
}

/// Number of conditions of a usable data set.
fn check(groups: &[Vec<Vec<f64>>]) -> Result<usize, StatisticsError> {
    require_count("groups", groups.len(), 1)?;
    for (level, group) in groups.iter().enumerate() {
        if group.is_empty() {
            return Err(StatisticsError::EmptyLevel { what: "groups of subjects".to_owned(), level });
        }
    }
    let conditions = groups[0][0].len();
    require_count("conditions", conditions, 2)?;
    for (g, group) in groups.iter().enumerate() {
        for (i, subject) in group.iter().enumerate() {
            let what = format!("subject {} of group {}", i + 1, g + 1);
            if subject.len() != conditions {
                return Err(StatisticsError::LengthMismatch { what, expected: conditions, found: subject.len() });
            }
            require_finite(&what, subject)?;
        }
    }
    let total = groups.iter().map(Vec::len).sum();
    require_count("subjects", total, groups.len() + 1)?;
    Ok(conditions)
}

/// Orthonormal contrasts: row i compares condition i + 1 with those before it.
fn helmert(conditions: usize) -> DMatrix<f64> {
    DMatrix::from_fn(conditions - 1, conditions, |row, column| {
        let before = row as f64 + 1.0;
        let length = (before * (before + 1.0)).sqrt();
        match column.cmp(&(row + 1)) {
            std::cmp::Ordering::Less => -1.0 / length,
            std::cmp::Ordering::Equal => before / length,
            std::cmp::Ordering::Greater => 0.0,
        }
    })
}

fn sphericity(products: &DMatrix<f64>, df: f64) -> Sphericity {
    let p = products.nrows() as f64;
    let trace = products.trace();
    let squares: f64 = products.iter().map(|v| v * v).sum();
    let epsilon = if p == 1.0 { 1.0 } else { trace * trace / (p * squares) };
    // ν = pε makes the denominator 0: the correction is then without bound.
    let denominator = p * (df - p * epsilon);
    let huynh_feldt = if p == 1.0 {
        1.0
    } else if denominator > 0.0 {
        ((df + 1.0) * p * epsilon - 2.0) / denominator
    } else {
        f64::INFINITY
    };
    let testable = p > 1.0 && df >= p;
    let mauchly = testable.then(|| mauchly(products, df)).flatten();
    Sphericity { greenhouse_geisser: epsilon, huynh_feldt, mauchly }
}

/// W with the second-order χ² approximation of Box (Anderson 2003, Multivariate
/// Statistical Analysis, section 10.7). In the last factor Anderson has 3p, where
/// R and pingouin have 3k with k = p + 1 conditions; theirs is used, the p values
/// differ by less than 1e-4.
fn mauchly(products: &DMatrix<f64>, df: f64) -> Option<Mauchly> {
    let p = products.nrows() as f64;
    let scaled = products / (products.trace() / p);
    let w = scaled.determinant();
    if w <= 0.0 {
        return None;
    }
    let rho = 1.0 - (2.0 * p * p + p + 2.0) / (6.0 * p * df);
    let second = (p + 2.0) * (p - 1.0) * (p - 2.0) * (2.0 * p.powi(3) + 6.0 * p * p + 3.0 * (p + 1.0) + 2.0)
        / (288.0 * (df * p * rho).powi(2));
    let z = -df * rho * libm::log(w);
    let freedom = p * (p + 1.0) / 2.0 - 1.0;
    let first = chi_squared::upper(z, freedom);
    let p_value = first + second * (chi_squared::upper(z, freedom + 4.0) - first);
    Some(Mauchly { w, p: p_value.clamp(0.0, 1.0) })
}
