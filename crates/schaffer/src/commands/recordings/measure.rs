//! `schaffer measure`: every response of recording files, by every method asked for.

use crate::arguments::recordings::{Direction, Measure};
use crate::commands::recordings::source::Source;
use crate::failure::Failure;
use crate::output::{columns, headed, page, print, print_json};
use crate::progress::Steps;
use analysis::evoked::SpikeWindows;
use analysis::resistance::Step;
use analysis::waveform::Polarity;
use recording::table::line::{line, number as cell};
use results::plan::SlopeRule;
use study::file::ChannelChoice;
use study::traces::{Choices, FileMeasures, Row, measure_file};

/// Prints the measures of files.
pub fn measure(arguments: &Measure) -> Result<(), Failure> {
    let choices = choices(arguments)?;
    let mut all = Vec::new();
    let steps = Steps::new("measuring", arguments.files.len(), "files");
    for file in &arguments.files {
        let file = Source::of(file)?;
        let found = measure_file(file.path(), &choices);
        let mut found = match (found, &file) {
            (Err(error), Source::Held(_)) => return Err(Failure::faulty_input(file.named(&error.to_string()))),
            (found, _) => found?,
        };
        found.file = file.named(&found.file);
        all.push(found);
        steps.done();
    }
    steps.finish();
    match (arguments.json, arguments.csv) {
        (true, _) => print_json(&all),
        (false, true) => page(&csv(&all)),
        (false, false) => print(&all.iter().map(in_words).collect::<Vec<_>>().join("\n")),
    }
}

fn choices(arguments: &Measure) -> Result<Choices, Failure> {
    let usage = |reason: String| Failure::usage(reason);
    let mut slopes: Vec<SlopeRule> = Vec::new();
    for text in &arguments.slope {
        if text == "all" {
            slopes.extend(SlopeRule::levels());
            slopes.push(SlopeRule::Maximum { width_ms: 1.0, within_ms: None });
        } else {
            slopes.push(text.parse().map_err(|fault: results::plan::SlopeRuleError| usage(fault.to_string()))?);
        }
    }
    let range = |name: &str, text: &Option<String>| text.as_deref().map(|text| window(name, text)).transpose();
    Ok(Choices {
        channel: arguments
            .channel
            .as_ref()
            .map(|text| text.parse().map_or_else(|_| ChannelChoice::Name(text.clone()), ChannelChoice::Place)),
        unit: arguments.unit.clone(),
        rate: arguments
            .rate
            .as_ref()
            .map(|text| text.parse())
            .transpose()
            .map_err(|fault: quantity::QuantityError| usage(format!("--rate: {fault}")))?,
        stimulus_ms: if arguments.stimulus.is_empty() { None } else { Some(arguments.stimulus.clone()) },
        baseline: range("baseline", &arguments.baseline)?,
        peak: range("peak", &arguments.peak)?,
        search: range("search", &arguments.search)?,
        levels_from: arguments.levels_from,
        area: range("area", &arguments.area)?,
        polarity: arguments.polarity.map(|polarity| match polarity {
            Direction::Negative => Polarity::Negative,
            Direction::Positive => Polarity::Positive,
        }),
        spike: arguments.spike.as_deref().map(spike).transpose()?,
        slopes,
        intensities: if arguments.intensities.is_empty() { None } else { Some(arguments.intensities.clone()) },
        step: arguments.step.as_deref().map(step).transpose()?,
    })
}

/// `4..20` as two numbers.
fn window(name: &str, text: &str) -> Result<[f64; 2], Failure> {
    let wrong = || Failure::usage(format!("--{name} {text}: expected two times in ms, e.g. 4..20 or -10..-1"));
    let (from, to) = text.split_once("..").ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    match (number(from), number(to)) {
        (Some(from), Some(to)) if from < to => Ok([from, to]),
        _ => Err(wrong()),
    }
}

/// `2.5..5.5@1.5..9`: the trough, and where the peaks around it are looked for.
fn spike(text: &str) -> Result<SpikeWindows, Failure> {
    let (trough, around) = text.split_once('@').ok_or_else(|| {
        Failure::usage(format!("--spike {text}: expected the trough and the span around it, e.g. 2.5..5.5@1.5..9"))
    })?;
    let (trough, [before_from, after_to]) = (window("spike", trough)?, window("spike", around)?);
    Ok(SpikeWindows { trough, before_from, after_to })
}

/// `10..60@-5`: a step of −5 mV from 10 to 60 ms.
fn step(text: &str) -> Result<Step, Failure> {
    let wrong = || Failure::usage(format!("--step {text}: expected times and size, e.g. 10..60@-5 (ms, mV)"));
    let (span, size) = text.split_once('@').ok_or_else(wrong)?;
    let [from_ms, to_ms] = window("step", span)?;
    let mv = size.trim().parse::<f64>().ok().filter(|mv| mv.is_finite() && *mv != 0.0).ok_or_else(wrong)?;
    Ok(Step { from_ms, to_ms, mv })
}

/// One line for each measure, with its method and window.
fn csv(all: &[FileMeasures]) -> String {
    let titles = [
        "file",
        "channel",
        "sweep",
        "name",
        "pulse",
        "stimulus_ms",
        "measure",
        "method",
        "from_ms",
        "to_ms",
        "value",
        "unit",
    ];
    let mut page = line(titles);
    for file in all {
        let channel = file.channel.to_string();
        for row in &file.rows {
            let name = row.name.as_deref().unwrap_or_default();
            let [sweep, pulse] = [row.sweep.to_string(), row.pulse.to_string()];
            let stimulus_ms = row.stimulus_ms.to_string();
            let head = [&file.file, &channel, &sweep, name, &pulse, &stimulus_ms];
            for (measure, method, window, value, unit) in lines(row, &file.unit) {
                let [from, to] = window.map_or_else(Default::default, |w| w.map(|t| t.to_string()));
                let value = cell(value);
                page.push_str(&line(head.into_iter().chain([measure, &method, &from, &to, &value, &unit])));
            }
        }
        for (sweep, found) in &file.resistances {
            let sweep = sweep.to_string();
            let head = [&file.file, &channel, &sweep, "", "0", ""];
            let [from, to] = found.steady_ms.map(|ms| ms.to_string());
            let [series, input] = [found.series_mohm, found.input_mohm].map(|mohm| mohm.to_string());
            let series = ["series resistance", "step over peak current", "", "", &series, "MΩ"];
            let input = ["input resistance", "step over steady current", &from, &to, &input, "MΩ"];
            page.extend([series, input].map(|measure| line(head.into_iter().chain(measure))));
        }
    }
    page
}

type Line = (&'static str, String, Option<[f64; 2]>, Option<f64>, String);

fn lines(row: &Row, unit: &str) -> Vec<Line> {
    let e = &row.evoked;
    let (own, ms) = (unit.to_owned(), "ms".to_owned());
    let extreme = format!("{} extreme", e.polarity);
    let mut lines: Vec<Line> = vec![
        ("baseline", "mean".to_owned(), Some(e.baseline_window_ms), Some(e.baseline), own.clone()),
        ("baseline sd", "sample SD".to_owned(), Some(e.baseline_window_ms), Some(e.baseline_sd), own.clone()),
        ("amplitude", extreme.clone(), Some(e.peak_window_ms), Some(e.amplitude), own.clone()),
        ("peak time", extreme, Some(e.peak_window_ms), Some(e.peak_ms), ms.clone()),
    ];
    for slope in &e.slopes {
        lines.push(("slope", slope.method.clone(), slope.window_ms, slope.value, format!("{unit}/ms")));
    }
    lines.push(("area", "trapezoid".to_owned(), Some(e.area_window_ms), e.area, format!("{unit}*ms")));
    lines.push(("latency", "20-80 % line to baseline".to_owned(), None, e.latency_ms, ms.clone()));
    lines.push(("rise", "20-80 %".to_owned(), None, e.rise_ms, ms.clone()));
    lines.push(("decay", "peak to 1/e".to_owned(), None, e.decay_ms, ms.clone()));
    lines.push(("fibre volley", "peak to line of feet".to_owned(), None, e.volley, own.clone()));
    if let Some(spike) = e.pop_spike {
        lines.push(("population spike", "trough to tangent".to_owned(), None, Some(spike.amplitude), own));
        lines.push(("population spike latency", "trough".to_owned(), None, Some(spike.latency_ms), ms));
    }
    lines
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.4}"))
}

fn in_words(file: &FileMeasures) -> String {
    let stimuli: Vec<String> = file.detection.stimulus_ms.iter().map(|ms| format!("{ms:.2}")).collect();
    let by = if file.stimulus_stated { "stated" } else { "seen by the artefact" };
    let mut page = format!(
        "{}: {}, channel {} ({}), {} Hz, {} responses; stimulus at {} ms ({by})\n",
        file.file,
        file.format,
        file.channel,
        file.channel_name,
        file.rate_hz,
        file.rows.len(),
        stimuli.join(", "),
    );
    if let Some(first) = file.rows.first() {
        let e = &first.evoked;
        let span = |w: [f64; 2]| format!("{} to {} ms", w[0], w[1]);
        page.push_str(&format!(
            "windows after the stimulus: baseline {}, {} peak {}, area {}\n",
            span(e.baseline_window_ms),
            e.polarity,
            span(e.peak_window_ms),
            span(e.area_window_ms)
        ));
    }
    let head = ["sweep", "pulse", "baseline", "amplitude", "peak ms", "slopes", "area", "volley"].map(str::to_owned);
    let methods: Vec<String> = file.methods.iter().map(|m| m.method.clone()).collect();
    page.push_str(&format!("unit {}; slopes per ms, in this order: {}\n", file.unit, methods.join("; ")));
    let rows = file.rows.iter().map(|row| {
        let e = &row.evoked;
        let slopes: Vec<String> = e.slopes.iter().map(|slope| number(slope.value)).collect();
        [
            row.name.clone().unwrap_or_else(|| row.sweep.to_string()),
            row.pulse.to_string(),
            number(Some(e.baseline)),
            number(Some(e.amplitude)),
            number(Some(e.peak_ms)),
            slopes.join(" "),
            number(e.area),
            number(e.volley),
        ]
    });
    page.push_str(&headed(&std::iter::once(head).chain(rows).collect::<Vec<_>>()));
    let summary: Vec<[String; 4]> = file
        .methods
        .iter()
        .map(|m| [m.method.clone(), format!("n = {}", m.n), number(m.mean), format!("SD {}", number(m.sd))])
        .collect();
    if summary.len() > 1 {
        page.push_str("\nslope by method (first pulse, all sweeps):\n");
        page.push_str(&columns(&summary));
    }
    for (sweep, reason) in &file.failed {
        page.push_str(&format!("sweep {sweep} not measured: {reason}\n"));
    }
    page
}
