//! Two or more groups of independent units.

use crate::outcome::{Found, Kind, Outcome, Row};
use crate::question::{Method, Question};
use crate::table::data::{Data, Wanted};
use crate::words::{difference_words, f_words, n_words, p_words, short};
use recording::table::Table;
use serde_json::json;
use statistics::normality::Centre;
use statistics::{Sample, StatisticsError};
use statistics::{anova, effect, normality, rank, two_sample};

/// Welch, Student, Mann–Whitney and Brunner–Munzel: the second group against
/// the reference.
pub(crate) fn two(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted::GROUPS)?;
    let groups = data.groups(question)?;
    groups.require_two(&data, question.method)?;
    let refused = data.refused(question.method, &groups.names);
    let units = groups.counts();
    let n = n_words(&units, data.unit_name());
    let samples = groups.samples().map_err(&refused)?;
    let (reference, other) = (&samples[0], &samples[1]);
    let term = format!("{} - {}", groups.names[1], groups.names[0]);
    let outcome = match question.method {
        Method::Welch | Method::Student => means(question, term, reference, other, &n),
        Method::MannWhitney => ranks(question, term, reference, other, &n),
        _ => superiority(question, &groups.names, reference, other, &n),
    };
    let outcome = outcome.map_err(&refused)?;
    Ok((data, Outcome { units, ..outcome }))
}

fn means(q: &Question, term: String, x: &Sample, y: &Sample, n: &str) -> Result<Outcome, StatisticsError> {
    let welch = q.method == Method::Welch;
    let test = if welch { two_sample::welch } else { two_sample::student };
    let c = test(y, x, q.level)?;
    let title = if welch { "Welch's t test" } else { "Student's t test" };
    let mut row = Row::comparison(&term, &c).with("means", [x.mean(), y.mean()]).with("sds", [x.sd(), y.sd()]);
    if let Ok(g) = effect::hedges_g(y, x, q.level) {
        row = row.with("hedges_g", g.g).with("hedges_g_low", g.g_low).with("hedges_g_high", g.g_high);
    }
    let sentence = difference_words(&format!("The difference {term}"), title, &c, n);
    Ok(Outcome { title: title.to_owned(), rows: vec![row], sentence, ..Outcome::default() })
}

fn ranks(q: &Question, term: String, x: &Sample, y: &Sample, n: &str) -> Result<Outcome, StatisticsError> {
    let normal = rank::mann_whitney_normal(y, x, false)?;
    let corrected = rank::mann_whitney_normal(y, x, true)?;
    // The test stands without the shift, which takes all differences.
    let shift = rank::hodges_lehmann(y, x, q.level);
    let exact = rank::mann_whitney_exact(y, x);
    let p = exact.as_ref().map_or(corrected.p, |exact| exact.p);
    let kind = if exact.is_ok() { "exact" } else { "normal approximation" };
    let mut row = Row {
        statistic: Some(normal.statistic),
        p: Some(p),
        estimate: shift.as_ref().ok().map(|shift| shift.estimate),
        ci_low: shift.as_ref().ok().map(|shift| shift.low),
        ci_high: shift.as_ref().ok().map(|shift| shift.high),
        kind: Some(Kind::U),
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
    let test = format!("Mann-Whitney U = {}, {kind} {}; {n}", short(normal.statistic), p_words(p));
    let mut warnings = Vec::new();
    let sentence = match &shift {
        Ok(shift) => format!(
            "The shift {term} was {} (Hodges-Lehmann; {} % CI {} to {}; {test}).{beside}",
            short(shift.estimate),
            short(100.0 * q.level),
            short(shift.low),
            short(shift.high)
        ),
        Err(why) => {
            warnings.push(format!("no shift is given: {why}"));
            format!("The groups were compared by ranks, {term} ({test}).{beside}")
        }
    };
    let title = "Mann-Whitney test".to_owned();
    Ok(Outcome { title, rows: vec![row], warnings, sentence, ..Outcome::default() })
}

/// Where the exact p is not what other programs print, which is which. SciPy counts
/// without ties if one sample has 8 values at most; R is told by `exact`.
fn beside_exact(x: &Sample, y: &Sample, corrected: f64) -> String {
    const SCIPY_COUNTS: usize = 8;
    let tied = rank::are_tied(x, y);
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

fn superiority(q: &Question, names: &[String], x: &Sample, y: &Sample, n: &str) -> Result<Outcome, StatisticsError> {
    let b = rank::brunner_munzel(x, y, q.level)?;
    // The limits are those of t, which knows no bounds; a probability has them.
    let (low, high) = (b.low.max(0.0), b.high.min(1.0));
    let row = Row {
        estimate: Some(b.probability),
        statistic: Some(b.statistic),
        df: Some(b.df),
        p: Some(b.p),
        ci_low: Some(low),
        ci_high: Some(high),
        kind: Some(Kind::T),
        ..Row::new(format!("P({} < {})", names[0], names[1]))
    }
    .with("p_normal", b.p_normal)
    .with("t_low", b.low)
    .with("t_high", b.high);
    let sentence = format!(
        "A value of {} exceeded one of {} with probability {} ({} % CI {} to {}; Brunner-Munzel, t({}) = {}, {}; {n}).",
        names[1],
        names[0],
        short(b.probability),
        short(100.0 * q.level),
        short(low),
        short(high),
        short(b.df),
        short(b.statistic),
        p_words(b.p)
    );
    Ok(Outcome { title: "Brunner-Munzel test".to_owned(), rows: vec![row], sentence, ..Outcome::default() })
}

/// Shapiro–Wilk of each group and of all residuals; tests of equal spread.
pub(crate) fn assumptions(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted::GROUPS)?;
    let groups = data.groups(question)?;
    let needed = if question.method == Method::Shapiro { 1 } else { 2 };
    let words = if needed == 1 { "at least one" } else { "at least two" };
    groups.require(&data, question.method, words, |found| found >= needed)?;
    let refused = data.refused(question.method, &groups.names);
    let samples = groups.samples().map_err(&refused)?;
    let units = groups.counts();
    let n = n_words(&units, data.unit_name());
    let mut outcome = Outcome { units, ..Outcome::default() };
    if question.method == Method::Shapiro {
        outcome.title = "Shapiro-Wilk test".to_owned();
        let residuals: Vec<f64> = samples.iter().flat_map(|s| s.values().iter().map(|v| v - s.mean())).collect();
        let mut named: Vec<(String, Sample)> = groups.names.iter().cloned().zip(samples).collect();
        if named.len() > 1 {
            named.push(("residuals".to_owned(), Sample::new(&residuals).map_err(&refused)?));
        }
        for (name, sample) in named {
            let test = normality::shapiro_wilk(&sample).map_err(&refused)?;
            let (statistic, p) = (Some(test.w), Some(test.p));
            outcome.rows.push(Row { statistic, p, kind: Some(Kind::W), ..Row::new(name) });
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
            outcome.rows.push(Row { statistic, df, p, kind: Some(Kind::ChiSquared), ..Row::new("Bartlett") });
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
pub(crate) fn several(table: &Table, question: &Question) -> Found {
    let data = Data::new(table, question, Wanted::GROUPS)?;
    let groups = data.groups(question)?;
    groups.require(&data, question.method, "at least two", |found| found >= 2)?;
    let refused = data.refused(question.method, &groups.names);
    let samples = groups.samples().map_err(&refused)?;
    let units = groups.counts();
    let n = n_words(&units, data.unit_name());
    let name = data.group[0].clone();
    let (title, row, words) = match question.method {
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
            let (statistic, df, p) = (Some(k.h), Some(k.df), Some(k.p));
            let row = Row { statistic, df, p, kind: Some(Kind::H), ..Row::new(name) };
            ("Kruskal-Wallis test", row, format!("H({}) = {}, {}", short(k.df), short(k.h), p_words(k.p)))
        }
    };
    let told = if row.p.is_some_and(|p| p < 0.05) { "differed" } else { "did not detectably differ" };
    let sentence = format!("The groups {told} ({title}, {words}; {n}).");
    let means: Vec<f64> = samples.iter().map(Sample::mean).collect();
    let rows = vec![row.with("means", json!(means))];
    Ok((data, Outcome { title: title.to_owned(), units, rows, sentence, ..Outcome::default() }))
}
