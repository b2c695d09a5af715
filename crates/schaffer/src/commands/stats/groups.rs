//! Two or more groups of independent units.

use super::Found;
use super::arguments::{Method, Stats};
use super::data::{Data, Wanted};
use super::outcome::{Outcome, Row, p_words, short};
use super::units::Groups;
use recording::table::Table;
use serde_json::json;
use statistics::normality::Centre;
use statistics::{Comparison, Sample, StatisticsError};
use statistics::{anova, effect, normality, rank, two_sample};

/// Names and numbers of the units.
pub fn counts(groups: &Groups) -> Vec<(String, usize)> {
    groups.names.iter().cloned().zip(groups.values.iter().map(Vec::len)).collect()
}

/// "n = 8 control, 9 drug animals".
pub fn n_words(units: &[(String, usize)], unit: &str) -> String {
    let parts: Vec<String> = units.iter().map(|(name, n)| format!("{n} {name}").trim().to_owned()).collect();
    format!("n = {} {unit}s", parts.join(", "))
}

/// The sentence of a difference.
pub fn difference_words(term: &str, test: &str, c: &Comparison, n: &str) -> String {
    format!(
        "{term} was {} ({} % CI {} to {}; {test}, t({}) = {}, {}; {n}).",
        short(c.estimate),
        short(100.0 * c.level),
        short(c.ci_low),
        short(c.ci_high),
        short(c.df),
        short(c.statistic),
        p_words(c.p)
    )
}

/// Welch, Student, Mann–Whitney and Brunner–Munzel: the second group against
/// the reference.
pub fn two(table: &Table, arguments: &Stats) -> Found {
    let data = Data::new(table, arguments, Wanted::GROUPS)?;
    let groups = data.groups(arguments)?;
    groups.require_two(&data, arguments.method)?;
    if arguments.method != Method::MannWhitney {
        groups.require_units(&data, arguments.method)?;
    }
    groups.require_more_than_one_each(&data, arguments.method)?;
    let refused = data.refused(arguments.method, &groups.names);
    let units = counts(&groups);
    let n = n_words(&units, data.unit_name());
    let samples = groups.samples().map_err(&refused)?;
    let (reference, other) = (&samples[0], &samples[1]);
    let term = format!("{} - {}", groups.names[1], groups.names[0]);
    let outcome = match arguments.method {
        Method::Welch | Method::Student => means(arguments, term, reference, other, &n),
        Method::MannWhitney => ranks(arguments, term, reference, other, &n),
        _ => superiority(arguments, &groups.names, reference, other, &n),
    };
    let outcome = outcome.map_err(&refused)?;
    Ok((data, Outcome { units, ..outcome }))
}

fn means(a: &Stats, term: String, x: &Sample, y: &Sample, n: &str) -> Result<Outcome, StatisticsError> {
    let welch = a.method == Method::Welch;
    let test = if welch { two_sample::welch } else { two_sample::student };
    let c = test(y, x, a.interval)?;
    let title = if welch { "Welch's t test" } else { "Student's t test" };
    let mut row = Row::comparison(&term, &c).with("means", [x.mean(), y.mean()]).with("sds", [x.sd(), y.sd()]);
    if let Ok(g) = effect::hedges_g(y, x, a.interval) {
        row = row.with("hedges_g", g.g).with("hedges_g_low", g.g_low).with("hedges_g_high", g.g_high);
    }
    let sentence = difference_words(&format!("The difference {term}"), title, &c, n);
    Ok(Outcome { title: title.to_owned(), rows: vec![row], sentence, ..Outcome::default() })
}

fn ranks(a: &Stats, term: String, x: &Sample, y: &Sample, n: &str) -> Result<Outcome, StatisticsError> {
    let normal = rank::mann_whitney_normal(y, x, false)?;
    let corrected = rank::mann_whitney_normal(y, x, true)?;
    let shift = rank::hodges_lehmann(y, x, a.interval)?;
    let exact = rank::mann_whitney_exact(y, x);
    let p = exact.as_ref().map_or(corrected.p, |exact| exact.p);
    let kind = if exact.is_ok() { "exact" } else { "normal approximation" };
    let mut row = Row {
        statistic: Some(normal.statistic),
        p: Some(p),
        estimate: Some(shift.estimate),
        ci_low: Some(shift.low),
        ci_high: Some(shift.high),
        ..Row::new(&term)
    }
    .with("p_kind", kind)
    .with("z", normal.z)
    .with("p_normal", normal.p)
    .with("p_normal_continuity", corrected.p)
    .with("probability_of_superiority", effect::common_language(y, x))
    .with("cliffs_delta", effect::cliffs_delta(y, x));
    if let Ok(exact) = &exact {
        row = row.with("p_less", exact.p_less).with("p_greater", exact.p_greater);
    }
    let beside = if exact.is_ok() { beside_exact(x, y, corrected.p) } else { String::new() };
    let sentence = format!(
        "The shift {term} was {} (Hodges-Lehmann; {} % CI {} to {}; Mann-Whitney U = {}, {kind} {}; {n}).{beside}",
        short(shift.estimate),
        short(100.0 * a.interval),
        short(shift.low),
        short(shift.high),
        short(normal.statistic),
        p_words(p)
    );
    Ok(Outcome { title: "Mann-Whitney test".to_owned(), rows: vec![row], sentence, ..Outcome::default() })
}

/// Where the exact p is not what other programs print, which is which. SciPy counts
/// without ties if one sample has 8 values at most; R is told by `exact`.
fn beside_exact(x: &Sample, y: &Sample, corrected: f64) -> String {
    const SCIPY_COUNTS: usize = 8;
    let all: Vec<f64> = x.values().iter().chain(y.values()).copied().collect();
    let tied = rank::midranks(&all).1 > 0.0;
    if !tied && x.n().min(y.n()) <= SCIPY_COUNTS {
        return String::new();
    }
    let why = if tied {
        "Values are tied: the exact p counts all arrangements of their midranks"
    } else {
        "The exact p counts all arrangements"
    };
    format!(
        " {why}; p normal continuity is the normal approximation with tie and continuity correction, {}: what SciPy's \
         mannwhitneyu chooses here by itself and R's wilcox.test gives with exact = FALSE.",
        p_words(corrected)
    )
}

fn superiority(a: &Stats, names: &[String], x: &Sample, y: &Sample, n: &str) -> Result<Outcome, StatisticsError> {
    let b = rank::brunner_munzel(x, y, a.interval)?;
    let row = Row {
        estimate: Some(b.probability),
        statistic: Some(b.statistic),
        df: Some(b.df),
        p: Some(b.p),
        ci_low: Some(b.low),
        ci_high: Some(b.high),
        ..Row::new(format!("P({} < {})", names[0], names[1]))
    }
    .with("p_normal", b.p_normal);
    let sentence = format!(
        "A value of {} exceeded one of {} with probability {} ({} % CI {} to {}; Brunner-Munzel, t({}) = {}, {}; {n}).",
        names[1],
        names[0],
        short(b.probability),
        short(100.0 * a.interval),
        short(b.low),
        short(b.high),
        short(b.df),
        short(b.statistic),
        p_words(b.p)
    );
    Ok(Outcome { title: "Brunner-Munzel test".to_owned(), rows: vec![row], sentence, ..Outcome::default() })
}

/// Shapiro–Wilk of each group and of all residuals; tests of equal spread.
pub fn assumptions(table: &Table, arguments: &Stats) -> Found {
    let data = Data::new(table, arguments, Wanted::GROUPS)?;
    let groups = data.groups(arguments)?;
    let refused = data.refused(arguments.method, &groups.names);
    let samples = groups.samples().map_err(&refused)?;
    let units = counts(&groups);
    let n = n_words(&units, data.unit_name());
    let mut outcome = Outcome { units, ..Outcome::default() };
    if arguments.method == Method::Shapiro {
        outcome.title = "Shapiro-Wilk test".to_owned();
        let residuals: Vec<f64> = samples.iter().flat_map(|s| s.values().iter().map(|v| v - s.mean())).collect();
        let mut named: Vec<(String, Sample)> = groups.names.iter().cloned().zip(samples).collect();
        if named.len() > 1 {
            named.push(("residuals".to_owned(), Sample::new(&residuals).map_err(&refused)?));
        }
        for (name, sample) in named {
            let test = normality::shapiro_wilk(&sample).map_err(&refused)?;
            outcome.rows.push(Row { statistic: Some(test.w), p: Some(test.p), ..Row::new(name) });
        }
        if let Some(Row { statistic: Some(w), p: Some(p), term, .. }) = outcome.rows.last() {
            let told = if *p < 0.05 { "deviated" } else { "did not detectably deviate" };
            outcome.sentence = format!(
                "The values ({term}) {told} from a normal distribution (Shapiro-Wilk W = {}, {}; {n}).",
                short(*w),
                p_words(*p)
            );
        }
    } else {
        outcome.title = "Tests of equal spread".to_owned();
        let median = normality::levene(&samples, Centre::Median).map_err(&refused)?;
        outcome.rows.push(Row::f("Brown-Forsythe (median)", &median));
        let mean = normality::levene(&samples, Centre::Mean).map_err(&refused)?;
        outcome.rows.push(Row::f("Levene (mean)", &mean));
        if let Ok(b) = normality::bartlett(&samples) {
            let (statistic, df, p) = (Some(b.k_squared), Some(b.df), Some(b.p));
            outcome.rows.push(Row { statistic, df, p, ..Row::new("Bartlett") });
        }
        let told = if median.p < 0.05 { "differed" } else { "did not detectably differ" };
        outcome.sentence = format!(
            "The spread of the groups {told} (Brown-Forsythe F({}, {}) = {}, {}; {n}).",
            short(median.df1),
            short(median.df2),
            short(median.f),
            p_words(median.p)
        );
    }
    Ok((data, outcome))
}

/// One-way analysis of variance, Welch's, Kruskal–Wallis.
pub fn several(table: &Table, arguments: &Stats) -> Found {
    let data = Data::new(table, arguments, Wanted::GROUPS)?;
    let groups = data.groups(arguments)?;
    groups.require(&data, arguments.method, "at least two", |found| found >= 2)?;
    groups.require_more_than_one_each(&data, arguments.method)?;
    let refused = data.refused(arguments.method, &groups.names);
    let samples = groups.samples().map_err(&refused)?;
    let units = counts(&groups);
    let n = n_words(&units, data.unit_name());
    let name = data.group[0].clone();
    let f_words = |f: &statistics::mixed::FTest| {
        format!("F({}, {}) = {}, {}", short(f.df1), short(f.df2), short(f.f), p_words(f.p))
    };
    let (title, row, words) = match arguments.method {
        Method::Anova => {
            let one = anova::one_way(&samples).map_err(&refused)?;
            let row = Row::f(name, &one.test)
                .with("ss_between", one.ss_between)
                .with("ss_within", one.ss_within)
                .with("eta_squared", one.eta_squared)
                .with("omega_squared", one.omega_squared)
                .with("epsilon_squared", one.epsilon_squared);
            ("One-way analysis of variance", row, f_words(&one.test))
        }
        Method::WelchAnova => {
            let test = anova::welch(&samples).map_err(&refused)?;
            ("Welch's analysis of variance", Row::f(name, &test), f_words(&test))
        }
        _ => {
            let k = anova::kruskal_wallis(&samples).map_err(&refused)?;
            let row = Row { statistic: Some(k.h), df: Some(k.df), p: Some(k.p), ..Row::new(name) };
            ("Kruskal-Wallis test", row, format!("H({}) = {}, {}", short(k.df), short(k.h), p_words(k.p)))
        }
    };
    let told = if row.p.is_some_and(|p| p < 0.05) { "differed" } else { "did not detectably differ" };
    let sentence = format!("The groups {told} ({title}, {words}; {n}).");
    let means: Vec<f64> = samples.iter().map(Sample::mean).collect();
    let rows = vec![row.with("means", json!(means))];
    Ok((data, Outcome { title: title.to_owned(), units, rows, sentence, ..Outcome::default() }))
}
