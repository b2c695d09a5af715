//! All measures of one recording file, without a study: what `schaffer measure`
//! prints. What is not stated is read from the sweeps themselves and reported.

use crate::error::StudyError;
use crate::file::file::{ChannelChoice, RecordingPart};
use crate::recordings::sweeps::{LOOKED_AT, Settings, Source};
use analysis::detect::{Detection, detect};
use analysis::evoked::{self, Evoked, Method, SpikeWindows};
use analysis::input_output::{self, InputOutput};
use analysis::pulses::{Pulse, PulseReader};
use analysis::resistance::{Resistance, Step, resistance};
use analysis::sweep::{BEFORE_NEXT_MS, RESPONSE_MS};
use analysis::waveform::{Polarity, Trace};
use results::plan::SlopeRule;
use serde::Serialize;
use std::path::Path;

/// What the user states; `None` is read from the sweeps.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Channel.
    pub channel: Option<ChannelChoice>,
    /// Unit of the values.
    pub unit: Option<String>,
    /// Sampling rate of tables without times.
    pub rate: Option<quantity::Frequency>,
    /// Stimuli, ms after the first sample.
    pub stimulus_ms: Option<Vec<f64>>,
    /// Baseline window, ms after the stimulus.
    pub baseline: Option<[f64; 2]>,
    /// Peak window.
    pub peak: Option<[f64; 2]>,
    /// Where slopes are looked for: the steepest stretch, and levels not before its begin.
    pub search: Option<[f64; 2]>,
    /// How far back levels are looked for.
    pub levels_from: Option<f64>,
    /// Area window.
    pub area: Option<[f64; 2]>,
    /// Direction of the response.
    pub polarity: Option<Polarity>,
    /// Windows of the population spike.
    pub spike: Option<SpikeWindows>,
    /// Ways to take the slope.
    pub slopes: Vec<SlopeRule>,
    /// Stimulus intensity of each sweep.
    pub intensities: Option<Vec<f64>>,
    /// Voltage step for resistances.
    pub step: Option<Step>,
}

/// One response.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Sweep, from 0.
    pub sweep: usize,
    /// Its name, if the file has one.
    pub name: Option<String>,
    /// Start of the sweep, s.
    pub start_s: f64,
    /// Pulse within the sweep, from 0.
    pub pulse: usize,
    /// Its time after the first sample, ms.
    pub stimulus_ms: f64,
    /// The measures.
    #[serde(flatten)]
    pub evoked: Evoked,
}

/// Ratios of two pulses of one sweep; what is left of the first response is subtracted
/// from the second, and both are taken at the same times after their pulse.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PairedPulse {
    /// Sweep.
    pub sweep: usize,
    /// Interval, ms.
    pub interval_ms: f64,
    /// Second over first amplitude.
    pub amplitude_ratio: Option<f64>,
    /// Second over first slope, over the rising phase of the averaged first response.
    pub slope_ratio: Option<f64>,
}

/// One way to take the slope over all sweeps, first pulse.
#[derive(Clone, Debug, Serialize)]
pub struct MethodSummary {
    /// The method.
    pub method: String,
    /// Sweeps with a slope.
    pub n: usize,
    /// Sweeps without.
    pub missing: usize,
    /// Mean slope.
    pub mean: Option<f64>,
    /// Standard deviation.
    pub sd: Option<f64>,
}

/// All measures of a file.
#[derive(Clone, Debug, Serialize)]
pub struct FileMeasures {
    /// The file.
    pub file: String,
    /// Its format.
    pub format: String,
    /// Channel measured.
    pub channel: usize,
    /// Its name.
    pub channel_name: String,
    /// Unit of the values.
    pub unit: String,
    /// Sampling rate, Hz.
    pub rate_hz: f64,
    /// What the sweeps show by themselves.
    pub detection: Detection,
    /// Whether the stimulus was stated by the user.
    pub stimulus_stated: bool,
    /// One row for each sweep and pulse.
    pub rows: Vec<Row>,
    /// Sweeps that could not be measured, with the reason.
    pub failed: Vec<(usize, String)>,
    /// Paired pulses.
    pub paired_pulses: Vec<PairedPulse>,
    /// The slope by every method.
    pub methods: Vec<MethodSummary>,
    /// Input–output curve of the amplitude, if intensities were given.
    pub input_output: Option<InputOutput>,
    /// Resistances by sweep, if a step was given.
    pub resistances: Vec<(usize, Resistance)>,
}

/// Measures a file.
///
/// # Errors
/// [`StudyError`] naming the file.
pub fn measure_file(path: &Path, choices: &Choices) -> Result<FileMeasures, StudyError> {
    // The unit is printed, not converted: any unit will do.
    let part = RecordingPart {
        channel: choices.channel.clone(),
        unit: Some("mV".to_owned()),
        rate: choices.rate,
        ..RecordingPart::default()
    };
    let source = Source::open(path, &Settings::new(&part, &RecordingPart::default()))?;
    let rate_hz = source.file.rate_hz();
    let count = source.file.sweep_count();
    let detection = look(&source, choices)?;
    let stimuli = choices.stimulus_ms.clone().unwrap_or_else(|| detection.stimulus_ms.clone());
    if stimuli.is_empty() && choices.step.is_none() {
        let help = "state it with --stimulus, ms after the first sample";
        return Err(StudyError::recording(path, format!("no stimulus artefact stands out: {help}")));
    }
    let channel = source.file.channels().get(source.channel);
    let mut all = FileMeasures {
        file: path.display().to_string(),
        format: source.file.format().to_owned(),
        channel: source.channel,
        channel_name: channel.map_or_else(String::new, |c| c.name.clone()),
        unit: choices
            .unit
            .clone()
            .or_else(|| channel.map(|c| own_unit(path, source.channel, &c.unit)))
            .unwrap_or_default(),
        rate_hz,
        stimulus_stated: choices.stimulus_ms.is_some(),
        rows: Vec::with_capacity(count * stimuli.len()),
        failed: Vec::new(),
        paired_pulses: Vec::new(),
        methods: Vec::new(),
        input_output: None,
        resistances: Vec::new(),
        detection,
    };
    let methods = methods(&stimuli, &all.detection, choices);
    let mut values = Vec::new();
    for sweep in 0..count {
        source.read(sweep, &mut values)?;
        measure_sweep(&mut all, &source, sweep, &values, (&stimuli, &methods));
        if let Some(found) = choices.step.as_ref().and_then(|step| resistance(&values, rate_hz, step)) {
            all.resistances.push((sweep, found));
        }
    }
    all.paired_pulses = paired_pulses(&source, &stimuli, &all.detection, choices)?;
    all.methods = summaries(&all.rows, &choices.slopes);
    all.input_output = input_output(&all, choices, path)?;
    Ok(all)
}

/// Unit as in the file: the door was told mV so that it does not object to others.
fn own_unit(path: &Path, channel: usize, shown: &str) -> String {
    let file = exchange::TraceFile::open(path).ok();
    let unit = file.and_then(|file| file.channels().get(channel).map(|c| c.unit.clone()));
    unit.unwrap_or_else(|| if shown == "mV" { "?".to_owned() } else { shown.to_owned() })
}

fn look(source: &Source, choices: &Choices) -> Result<Detection, StudyError> {
    let count = source.file.sweep_count();
    let mut looked = Vec::new();
    for sweep in (0..count).step_by(count.div_ceil(LOOKED_AT).max(1)) {
        let mut values = Vec::new();
        source.read(sweep, &mut values)?;
        looked.push(values);
    }
    let views: Vec<&[f64]> = looked.iter().map(Vec::as_slice).collect();
    let rate_hz = source.file.rate_hz();
    let said = || source.file.note(0).map(|note| note.stimulus_ms.clone()).filter(|times| !times.is_empty());
    let stated: Option<Vec<usize>> = choices
        .stimulus_ms
        .clone()
        .or_else(said)
        .map(|times| times.iter().map(|ms| (ms * rate_hz / 1000.0).round() as usize).collect());
    Ok(detect(&views, rate_hz, stated.as_deref()))
}

/// The windows of each pulse.
fn methods(stimuli: &[f64], seen: &Detection, choices: &Choices) -> Vec<Method> {
    (0..stimuli.len())
        .map(|k| {
            let next = stimuli.get(k + 1).map_or(f64::INFINITY, |next| next - stimuli[k] - BEFORE_NEXT_MS);
            let end = RESPONSE_MS[1].min(next);
            let artefact = seen.artefact_ms;
            let search = choices.search.unwrap_or([artefact.max(1.2), end]);
            Method {
                polarity: choices.polarity.unwrap_or_else(|| seen.direction()),
                baseline: choices.baseline.unwrap_or([-10.0, -0.2]),
                peak: choices.peak.unwrap_or([2.2_f64.max(artefact + 0.5).min(end), end]),
                search_from: choices.levels_from.unwrap_or(search[0]),
                search,
                area: choices.area.unwrap_or([search[0], end]),
                slopes: choices.slopes.clone(),
                volley: seen.volley_ms,
                spike: choices.spike,
            }
        })
        .collect()
}

fn measure_sweep(
    all: &mut FileMeasures,
    source: &Source,
    sweep: usize,
    values: &[f64],
    (stimuli, methods): (&[f64], &[Method]),
) {
    for (pulse, (stimulus_ms, method)) in stimuli.iter().zip(methods).enumerate() {
        let at = stimulus_ms * all.rate_hz / 1000.0;
        let snapped = if (at - at.round()).abs() < 1e-6 { at.round() } else { at };
        let trace = Trace { mv: values, rate_hz: all.rate_hz, stimulus: snapped };
        match evoked::measure(&trace, method) {
            Ok(evoked) => {
                let name = source.file.note(sweep).and_then(|note| note.name.clone());
                let start_s = source.file.sweep_start_s(sweep);
                all.rows.push(Row { sweep, name, start_s, pulse, stimulus_ms: *stimulus_ms, evoked });
            }
            Err(reason) => all.failed.push((sweep, format!("pulse {pulse}: {reason}"))),
        }
    }
}

/// The ratios of the first two pulses of every sweep; none without a second pulse.
fn paired_pulses(
    source: &Source,
    stimuli: &[f64],
    seen: &Detection,
    choices: &Choices,
) -> Result<Vec<PairedPulse>, StudyError> {
    let [first, second, ..] = *stimuli else { return Ok(Vec::new()) };
    let (rate_hz, count) = (source.file.rate_hz(), source.file.sweep_count());
    let (mut sum, mut alike) = (Vec::new(), 0_usize);
    let mut values = Vec::new();
    for sweep in 0..count {
        source.read(sweep, &mut values)?;
        if sum.is_empty() {
            sum = vec![0.0; values.len()];
        }
        if sum.len() == values.len() {
            sum.iter_mut().zip(&values).for_each(|(sum, value)| *sum += value);
            alike += 1;
        }
    }
    sum.iter_mut().for_each(|sum| *sum /= alike.max(1) as f64);
    let at: Vec<f64> = stimuli.iter().map(|ms| (ms * rate_hz / 1000.0).round()).collect();
    let polarity = choices.polarity.unwrap_or_else(|| seen.direction());
    let reader = PulseReader::new(&sum, rate_hz, &at, polarity);
    let mut all = Vec::with_capacity(count);
    for sweep in 0..count {
        source.read(sweep, &mut values)?;
        let pulses = reader.as_ref().and_then(|reader| reader.read(&values));
        let ratio = |of: fn(&Pulse) -> f64| match pulses.as_deref() {
            Some([one, two, ..]) => Some(of(two) / of(one)).filter(|ratio| ratio.is_finite()),
            _ => None,
        };
        let (amplitude_ratio, slope_ratio) = (ratio(|pulse| pulse.amplitude), ratio(|pulse| pulse.slope));
        all.push(PairedPulse { sweep, interval_ms: second - first, amplitude_ratio, slope_ratio });
    }
    Ok(all)
}

fn summaries(rows: &[Row], slopes: &[SlopeRule]) -> Vec<MethodSummary> {
    let first: Vec<&Row> = rows.iter().filter(|row| row.pulse == 0).collect();
    slopes
        .iter()
        .enumerate()
        .map(|(k, rule)| {
            let values: Vec<f64> = first.iter().filter_map(|row| row.evoked.slopes[k].value).collect();
            let n = values.len();
            let mean = (n > 0).then(|| values.iter().sum::<f64>() / n as f64);
            let sd = mean
                .filter(|_| n > 1)
                .map(|m| (values.iter().map(|v| (v - m) * (v - m)).sum::<f64>() / (n as f64 - 1.0)).sqrt());
            MethodSummary { method: rule.to_string(), n, missing: first.len() - n, mean, sd }
        })
        .collect()
}

fn input_output(all: &FileMeasures, choices: &Choices, path: &Path) -> Result<Option<InputOutput>, StudyError> {
    let Some(intensities) = &choices.intensities else { return Ok(None) };
    let first: Vec<&Row> = all.rows.iter().filter(|row| row.pulse == 0).collect();
    let sweeps = first.iter().map(|row| row.sweep + 1).max().unwrap_or(0);
    if intensities.len() != sweeps {
        let reason = format!("{} intensities for {sweeps} sweeps: expected one for each", intensities.len());
        return Err(StudyError::recording(path, reason));
    }
    let pairs: Vec<(f64, f64)> = first.iter().map(|row| (intensities[row.sweep], row.evoked.amplitude.abs())).collect();
    Ok(input_output::curve(&pairs))
}
