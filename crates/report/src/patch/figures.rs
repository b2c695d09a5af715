//! The figures of whole-cell recordings: the course over time, firing against
//! current, average spontaneous currents with their decay, tonic current.

use crate::drawing::colour::{BLACK, Colour, GREY, hue};
use crate::drawing::{Fonts, Marker, Style};
use crate::error::ReportError;
use crate::figures::panels::{self, Panel, Series};
use crate::figures::scene::{Figure, LINE_ART_DPI, PanelTable};
use crate::numbers;
use crate::patch::sources::PatchSources;
use crate::patch::words::{Words, phase_word};
use crate::sources::csv::{Cell, Csv};
use analysis::patch::{AverageCurrent, FOLLOWED, Mean, Reading};
use recording::Phase;

/// The recorded phases in the order of time.
const PHASES: [Phase; 3] = [Phase::Baseline, Phase::WashIn, Phase::FollowUp];

/// Colour of a phase.
fn colour(phase: Phase) -> Colour {
    match phase {
        Phase::Baseline => BLACK,
        Phase::WashIn => hue(1),
        _ => hue(0),
    }
}

/// Draws every figure that the findings allow, in the order of the page.
pub(super) fn all(sources: &PatchSources, style: &Style, fonts: &Fonts) -> Result<Vec<Figure>, ReportError> {
    let mut drawn = Vec::new();
    for (words, panels, shared, csv) in
        [course(sources), firing(sources), averages(sources, "sIPSC"), averages(sources, "sEPSC"), tonic(sources)]
    {
        if panels.iter().all(|panel| panel.series.is_empty()) {
            continue;
        }
        let (svg, width_mm) = panels::draw(fonts, style, (words.title, words.alt), &panels, shared)?;
        drawn.push(Figure {
            slug: words.slug.to_owned(),
            title: words.title.to_owned(),
            legend: words.legend,
            alt: words.alt.to_owned(),
            svg,
            width_mm,
            dpi: LINE_ART_DPI,
            tables: vec![PanelTable { panel: String::new(), csv }],
            supplementary: false,
        });
    }
    Ok(drawn)
}

/// Names of the conditions in the order of the plan.
fn conditions(sources: &PatchSources) -> Vec<&str> {
    sources.manifest.conditions.iter().map(|condition| condition.name.as_str()).collect()
}

/// The curve of a condition: the reference is black with discs, each other one has a colour
/// and a shape of its own.
fn of_condition(sources: &PatchSources, name: &str, points: Vec<panels::Point>) -> Series {
    let reference = &sources.manifest.statistics.reference;
    let treated: Vec<&str> = conditions(sources).into_iter().filter(|other| other != reference).collect();
    let place = treated.iter().position(|other| *other == name);
    let marker = place.map_or(Marker::Circle, |place| Marker::treated(place).0);
    Series { marker, ..Series::curve(name, place.map_or(BLACK, hue), points) }
}

type Drawing = (Words, Vec<Panel>, bool, String);

fn course(sources: &PatchSources) -> Drawing {
    let points = &sources.findings.course;
    let rig = &sources.rig;
    let panel = |reading: Reading| {
        let series = conditions(sources).into_iter().filter_map(|name| {
            let own = points.iter().filter(|point| point.condition == name && point.reading == reading);
            let own: Vec<_> = own.map(|point| (point.minute, point.value.mean, point.value.sem)).collect();
            (!own.is_empty()).then(|| of_condition(sources, name, own))
        });
        Panel {
            heading: titled(reading).0.to_owned(),
            across: "Time (min)".to_owned(),
            up: titled(reading).1.to_owned(),
            span: Some((0.0, rig.end_min)),
            band: Some((rig.drug_on_min, rig.drug_off_min, "drug".to_owned())),
            series: series.collect(),
            ..Panel::default()
        }
    };
    let mut csv = Csv::new(&["condition", "minute", "reading", "mean", "sem", "n_cells"]);
    for point in points {
        let sem = point.value.sem.unwrap_or(f64::NAN);
        csv.row(&[
            Cell::Text(&point.condition),
            Cell::Number(point.minute),
            Cell::Text(point.reading.title()),
            Cell::Number(point.value.mean),
            Cell::Number(sem),
            Cell::Count(point.value.n_cells),
        ]);
    }
    let legend = format!(
        "Spontaneous IPSCs in stretches of {} s, glutamate receptors blocked, held at {} mV; mean ± SEM over cells. Grey: the drug flows. The holding current is the level between the events.",
        numbers::short(rig.stretch_s, 0),
        numbers::plain(rig.hold_mv, 0)
    );
    let words = Words {
        slug: "patch-course",
        title: "Spontaneous IPSCs before, in and after the drug",
        legend,
        alt: "Decay, amplitude and rate of spontaneous IPSCs and the holding current against time, with the time of the drug shaded.",
    };
    (words, FOLLOWED.map(panel).into(), false, csv.finish())
}

/// Heading and axis title of a reading.
fn titled(reading: Reading) -> (&'static str, &'static str) {
    match reading {
        Reading::IpscDecayMs => ("sIPSC decay", "Decay (ms)"),
        Reading::IpscPa => ("sIPSC amplitude", "Amplitude (pA)"),
        Reading::IpscHz => ("sIPSC rate", "Rate (Hz)"),
        _ => ("Holding current", "Current (pA)"),
    }
}

/// Abscissa, mean and standard error.
fn point(x: f64, value: &Mean) -> panels::Point {
    (x, value.mean, value.sem)
}

fn firing(sources: &PatchSources) -> Drawing {
    let points = &sources.findings.firing;
    let panel = |name: &str| {
        let series = PHASES.into_iter().filter_map(|phase| {
            let own = points.iter().filter(|point| point.condition == name && point.phase == phase);
            let own: Vec<_> = own.map(|p| point(p.current_pa, &p.rate_hz)).collect();
            // Later phases are smaller, so that curves that coincide show.
            let radius = if phase == Phase::Baseline {
                1.4
            } else if phase == Phase::WashIn {
                1.0
            } else {
                0.6
            };
            (!own.is_empty()).then(|| Series { radius, ..Series::curve(phase_word(phase), colour(phase), own) })
        });
        Panel {
            heading: name.to_owned(),
            across: "Injected current (pA)".to_owned(),
            up: "Firing rate (Hz)".to_owned(),
            series: series.collect(),
            ..Panel::default()
        }
    };
    let mut csv = Csv::new(&["condition", "phase", "current_pa", "rate_hz", "sem", "n_cells"]);
    for point in points {
        csv.row(&[
            Cell::Text(&point.condition),
            Cell::Text(phase_word(point.phase)),
            Cell::Number(point.current_pa),
            Cell::Number(point.rate_hz.mean),
            Cell::Number(point.rate_hz.sem.unwrap_or(f64::NAN)),
            Cell::Count(point.rate_hz.n_cells),
        ]);
    }
    let words = Words {
        slug: "patch-firing",
        title: "Firing against injected current",
        legend: "Spikes during steps of 500 ms, no blockers, at the end of each phase; mean ± SEM over cells."
            .to_owned(),
        alt: "Firing rate against injected current for each condition, at baseline, in the drug and after wash-out.",
    };
    (words, conditions(sources).into_iter().map(panel).collect(), true, csv.finish())
}

fn averages(sources: &PatchSources, current: &str) -> Drawing {
    let all: Vec<&AverageCurrent> = sources.findings.averages.iter().filter(|one| one.current == current).collect();
    let panel = |name: &str| {
        let (mut series, mut fits, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        for one in all.iter().filter(|one| one.condition == name) {
            let step = one.average.step_ms;
            let trace = one.average.pa.iter().enumerate().map(|(k, pa)| (k as f64 * step, *pa, None)).collect();
            series.push(Series::trace(phase_word(one.phase), colour(one.phase), trace));
            let Some(fit) = &one.average.fit else { continue };
            let line = fit.curve.iter().map(|[ms, pa]| (*ms, *pa, None));
            fits.push(Series { dashed: true, ..Series::trace("fit", GREY, line.collect()) });
            let tau = numbers::plain(fit.decay_ms, 1);
            notes.push(format!("{}: τ {tau} ms ({} cells)", phase_word(one.phase), one.n_cells));
        }
        series.append(&mut fits);
        Panel {
            heading: name.to_owned(),
            across: "Time after onset (ms)".to_owned(),
            up: "Current (pA)".to_owned(),
            level: Some(0.0),
            series,
            notes,
            ..Panel::default()
        }
    };
    let mut csv = Csv::new(&["condition", "phase", "time_ms", "current_pa", "n_cells"]);
    for one in &all {
        for (k, pa) in one.average.pa.iter().enumerate() {
            csv.row(&[
                Cell::Text(&one.condition),
                Cell::Text(phase_word(one.phase)),
                Cell::Number(k as f64 * one.average.step_ms),
                Cell::Number(*pa),
                Cell::Count(one.n_cells),
            ]);
        }
    }
    let inhibitory = current == "sIPSC";
    let words = Words {
        slug: if inhibitory { "patch-sipsc" } else { "patch-sepsc" },
        title: if inhibitory { "Average spontaneous IPSCs" } else { "Average spontaneous EPSCs" },
        legend: "Mean over cells of the averages of isolated events, aligned at their onset, at the end of each phase. Broken: the exponential fitted from 90 to 20 % of the peak.".to_owned(),
        alt: "Average spontaneous currents for each condition, at baseline, in the drug and after wash-out, with the fitted decay.",
    };
    (words, conditions(sources).into_iter().map(panel).collect(), true, csv.finish())
}

fn tonic(sources: &PatchSources) -> Drawing {
    let findings = &sources.findings;
    let names = conditions(sources);
    let mut panels = Vec::new();
    let mut csv = Csv::new(&["condition", "animal", "cell", "phase", "tonic_pa"]);
    for name in &names {
        let mut series = Vec::new();
        let places: Vec<(f64, String)> =
            PHASES.iter().enumerate().map(|(k, phase)| (k as f64, phase_word(*phase).to_owned())).collect();
        for (k, phase) in PHASES.into_iter().enumerate() {
            let own: Vec<_> =
                findings.cells.iter().filter(|cell| cell.condition == *name && cell.phase == phase).collect();
            // Cells side by side, so that equal values do not hide each other.
            let spread = |place: usize| 0.32 * ((place as f64 + 0.5) / own.len() as f64 - 0.5);
            let dots =
                own.iter().enumerate().map(|(n, cell)| (k as f64 + spread(n) - 0.18, cell.value, None)).collect();
            series.push(Series { joined: false, ..Series::curve("", colour(phase), dots) });
            let group = findings
                .groups
                .iter()
                .find(|group| group.condition == *name && group.phase == phase && group.reading == Reading::TonicPa);
            if let Some(group) = group {
                let mean = vec![(k as f64 + 0.25, group.mean, group.sem)];
                series.push(Series { joined: false, ..Series::curve("", colour(phase), mean) });
            }
            for cell in own {
                csv.row(&[
                    Cell::Text(&cell.condition),
                    Cell::Text(&cell.animal),
                    Cell::Count(cell.cell as usize),
                    Cell::Text(phase_word(cell.phase)),
                    Cell::Number(cell.value),
                ]);
            }
        }
        panels.push(Panel {
            heading: (*name).to_owned(),
            up: "Tonic current (pA)".to_owned(),
            names: places,
            level: Some(0.0),
            series,
            ..Panel::default()
        });
    }
    if findings.cells.is_empty() {
        panels.clear();
    }
    let words = Words {
        slug: "patch-tonic",
        title: "Tonic GABA-A current",
        legend: format!(
            "Holding current less that in picrotoxin, at the end of each phase, at {} mV; negative is inward. Small: cells; with bar: mean ± SEM.",
            numbers::plain(sources.rig.hold_mv, 0)
        ),
        alt: "Tonic current of every cell and its mean for each condition, at baseline, in the drug and after wash-out.",
    };
    (words, panels, true, csv.finish())
}
