//! The scoreboard in words: rules, rows, settings.

use report::{ScoreGroup, ScoreLine};
use validation::physiology::PhysiologyRow;
use validation::{Options, ReferenceRow, Role, Row, Verdict};

/// When a row passes.
pub fn rule() -> Vec<String> {
    [
        "A mean passes within its stated tolerance, or else within twice the standard error of the difference; it is \
         near within twice that distance.",
        "A range passes with the simulated mean inside; it is near if the 95 % interval of the mean reaches into it.",
        "A difference whose size is published passes if its 95 % interval, animal by animal, lies above 0, at least \
         half of the size lies inside the 95 % prediction interval for an experiment of the published n, and it is at \
         most twice the size; it is near if the interval lies above 0 and a quarter of the size is reached.",
        "A direction or an order without sizes passes if the 95 % interval of every difference lies above 0, and fails \
         otherwise.",
        "A quantity of physiology passes inside its published range.",
        "A rule passes if every point of its curve lies within the stated share of the published value, and is near \
         within twice that.",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// How the outcomes were simulated.
pub fn settings(options: &Options) -> String {
    let changed: Vec<String> = options.changes.iter().map(|(path, value)| format!("{path} = {value}")).collect();
    let changed = if changed.is_empty() { String::new() } else { format!(" Changed: {}.", changed.join(", ")) };
    format!(
        "{} virtual animals with one slice each per group, seed {}; measured like recordings.{changed}",
        options.animals, options.seed
    )
}

/// Physiology, rows of one role, and the rules, as the page and the text show them.
pub fn groups(physiology: &[PhysiologyRow], rows: &[Row], rules: &[ReferenceRow]) -> Vec<ScoreGroup> {
    let of = |wanted: Role, heading: &str, lead: &str| {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.role == wanted).collect();
        let lines = rows.iter().flat_map(|row| lines(row)).collect();
        let counts = counts(rows.iter().flat_map(|row| &row.checks).map(|check| check.verdict));
        ScoreGroup { heading: heading.to_owned(), lead: lead.to_owned(), counts, lines }
    };
    let references = ScoreGroup {
        heading: "Rules".to_owned(),
        lead: "Published plasticity rules, run alone, against the values of their source.".to_owned(),
        counts: counts(rules.iter().map(|row| row.verdict)),
        lines: rules.iter().map(reference_line).collect(),
    };
    let quantities = ScoreGroup {
        heading: "Physiology".to_owned(),
        lead: "The mean cell without plasticity.".to_owned(),
        counts: counts(physiology.iter().map(|row| row.verdict)),
        lines: physiology.iter().map(physiology_line).collect(),
    };
    let groups = [
        quantities,
        of(Role::Calibration, "Calibration", "Parameters were set on these outcomes."),
        of(Role::Validation, "Validation", "No parameter was set on these outcomes."),
        references,
    ];
    groups.into_iter().filter(|group| !group.lines.is_empty()).collect()
}

/// `5 pass, 1 near, 2 fail`.
fn counts(verdicts: impl Iterator<Item = Verdict>) -> String {
    let verdicts: Vec<Verdict> = verdicts.collect();
    let count = |wanted: Verdict| verdicts.iter().filter(|verdict| **verdict == wanted).count();
    format!("{} pass, {} near, {} fail.", count(Verdict::Pass), count(Verdict::Near), count(Verdict::Fail))
}

fn lines(row: &Row) -> Vec<ScoreLine> {
    let line = |(place, check): (usize, &validation::Check)| {
        let first = |text: String| if place == 0 { text } else { String::new() };
        ScoreLine {
            id: first(row.id.clone()),
            title: first(row.title.clone()),
            source: first(row.source.clone()),
            evidence: first(row.evidence.in_words().to_owned()),
            note: first(row.note.clone()),
            published: check.published.clone(),
            simulated: check.simulated.clone(),
            verdict: check.verdict.word().to_owned(),
        }
    };
    row.checks.iter().enumerate().map(line).collect()
}

/// A curve of a rule in one line: its points, both ways, and how far they are apart.
fn reference_line(row: &ReferenceRow) -> ScoreLine {
    let reference = &row.reference;
    let points =
        |values: &mut dyn Iterator<Item = f64>| values.map(|value| format!("{value:.4}")).collect::<Vec<_>>().join(" ");
    let published = points(&mut reference.points.iter().map(|point| point.published));
    let found = points(&mut row.found.iter().copied());
    ScoreLine {
        id: reference.id.clone(),
        title: reference.title.clone(),
        source: reference.source.clone(),
        evidence: reference.evidence.in_words().to_owned(),
        note: reference.note.clone(),
        published: format!("{} {published}", reference.quantity),
        simulated: format!(
            "{found}; largest distance {:.1e}, accepted {:.0e}",
            row.largest_distance, reference.tolerance
        ),
        verdict: row.verdict.word().to_owned(),
    }
}

/// A quantity of physiology in one line.
fn physiology_line(row: &PhysiologyRow) -> ScoreLine {
    let unit = if row.unit.is_empty() { String::new() } else { format!(" {}", row.unit) };
    ScoreLine {
        id: row.id.to_owned(),
        title: row.title.to_owned(),
        source: row.source.to_owned(),
        evidence: row.evidence.in_words().to_owned(),
        note: String::new(),
        published: format!("{} to {}{unit}", row.range[0], row.range[1]),
        simulated: format!("{:.2}{unit}", row.value),
        verdict: row.verdict.word().to_owned(),
    }
}

/// A line of the scoreboard with its verdict in colour; `None` for a line without one.
pub fn coloured(line: &str) -> Option<String> {
    let colours = [("pass  ", 32), ("near  ", 33), ("FAIL  ", 31)];
    let (verdict, colour) = colours.into_iter().find(|(verdict, _)| line.starts_with(verdict))?;
    Some(format!("\u{1b}[{colour}m{}\u{1b}[0m{}", verdict.trim_end(), &line[verdict.trim_end().len()..]))
}

/// The scoreboard for people.
pub fn text(groups: &[ScoreGroup], options: &Options) -> String {
    let verdict = |name: &str| if name == "fail" { "FAIL".to_owned() } else { name.to_owned() };
    let mut page = String::new();
    for group in groups {
        page.push_str(&format!("{}: {} {}\n\n", group.heading, group.lead, group.counts));
        for line in &group.lines {
            if !line.id.is_empty() {
                page.push_str(&format!("{} {}\n     {} [{}]\n", line.id, line.title, line.source, line.evidence));
            }
            page.push_str(&format!("{}  {}; simulated {}\n", verdict(&line.verdict), line.published, line.simulated));
        }
        page.push('\n');
    }
    page.push_str(&settings(options));
    for line in rule() {
        page.push_str(&format!("\n{line}"));
    }
    page
}
