//! The sweeps of one slice from its recording files, in mV, with stimulus times,
//! pathways and one clock.

use crate::error::StudyError;
use crate::file::file::{ChannelChoice, RecordingPart};
use crate::recordings::digitise::digitise;
use crate::recordings::gap_free;
use evidence::Remark;
use exchange::{Stated, TraceFile};
use recording::{Phase, Sweep};
use std::path::{Path, PathBuf};

/// Sweeps looked at to find stimuli and polarity of a file.
pub(super) const LOOKED_AT: usize = 40;
/// More files of one sweep than this need a clock.
const FEW_FILES: usize = 3;
/// More stimuli than this in a sweep make it part of an induction.
pub const TRAIN: usize = 4;

/// The keys of `[recording]` for one slice: its own before those of the study.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    own: RecordingPart,
}

impl Settings {
    /// Merges the keys of a slice with those of the study.
    pub fn new(study: &RecordingPart, slice: &RecordingPart) -> Self {
        let (s, d) = (slice.clone(), study.clone());
        Self {
            own: RecordingPart {
                channel: s.channel.or(d.channel),
                unit: s.unit.or(d.unit),
                gain: s.gain.or(d.gain),
                rate: s.rate.or(d.rate),
                interval: s.interval.or(d.interval),
                stimulus: s.stimulus.or(d.stimulus),
                pathways: s.pathways.or(d.pathways),
                test_pathway: s.test_pathway.or(d.test_pathway),
                step: s.step.or(d.step),
                salvage: s.salvage.or(d.salvage),
            },
        }
    }

    /// What a table does not say itself.
    fn stated(&self) -> Stated {
        Stated {
            unit: self.own.unit.clone(),
            rate_hz: self.own.rate.map(|rate| rate.hz()),
            interval_s: self.own.interval.map(|interval| interval.s()),
            salvage: self.own.salvage.unwrap_or(false),
            ..Stated::default()
        }
    }

    /// Stimuli after the first sample, ms, as stated.
    fn stimulus_ms(&self) -> Option<Vec<f64>> {
        self.own.stimulus.as_ref().map(|times| times.iter().map(|time| time.ms()).collect())
    }

    /// The pathway of the `k`-th sweep of a slice.
    fn pathway(&self, k: usize) -> String {
        match &self.own.pathways {
            Some(names) if !names.is_empty() => names[k % names.len()].clone(),
            _ => "S1".to_owned(),
        }
    }

    /// The pathway that is tetanised, if the study names pathways.
    pub fn test_pathway(&self) -> Option<String> {
        let first = || self.own.pathways.as_ref().and_then(|names| names.first().cloned());
        self.own.test_pathway.clone().or_else(first)
    }
}

/// Sweeps of one slice, before phases are known.
#[derive(Clone, Debug)]
pub struct SliceSweeps {
    /// The sweeps, in the order of their time.
    pub sweeps: Vec<Sweep>,
    /// Tags of all files, s since the start of the first.
    pub tags: Vec<(f64, String)>,
    /// Remarks for the reader.
    pub remarks: Vec<Remark>,
    /// What the sweeps hold.
    pub kind: Option<Kind>,
    /// When the clock of the sweeps began, as the first file with a date says it.
    pub started: Option<String>,
}

impl SliceSweeps {
    /// Adds a sweep with its pathway and phase; `test` counts the test sweeps.
    fn add(
        &mut self,
        source: &Source,
        settings: &Settings,
        values: &[f64],
        made: Made,
        test: &mut usize,
    ) -> Result<(), StudyError> {
        let note = source.file.note(made.sweep);
        let phase = note.and_then(|note| note.phase.as_deref());
        let train = made.stimulus_ms.len() > made.usual || phase.is_some_and(|phase| phase == "induction");
        let pathway = note.and_then(|note| note.pathway.clone()).unwrap_or_else(|| settings.pathway(*test));
        *test += usize::from(!train);
        let codes = digitise(values).map_err(|place| {
            let what = format!("sweep {}: sample {place} is no number: expected numbers only", made.sweep);
            StudyError::recording(source.file.path(), what)
        })?;
        self.sweeps.push(Sweep {
            index: u32::try_from(self.sweeps.len()).unwrap_or(u32::MAX),
            pathway: if train { settings.test_pathway().unwrap_or(pathway) } else { pathway },
            phase: if train { Phase::Induction } else { Phase::Baseline },
            start_s: made.start_s,
            stimulus_ms: made.stimulus_ms,
            rate_hz: source.file.rate_hz(),
            scale: codes.scale,
            offset: codes.offset,
            samples: codes.samples,
        });
        Ok(())
    }

    /// Takes note of what a sweep holds: potentials and currents do not mix.
    fn add_kind(&mut self, kind: Kind, path: &Path) -> Result<(), StudyError> {
        match self.kind {
            None => self.kind = Some(kind),
            Some(first) if (first == Kind::Current) != (kind == Kind::Current) => {
                let reason = "potentials and currents in one slice: expected one kind; set channel or unit";
                return Err(StudyError::recording(path, reason));
            }
            Some(_) => {}
        }
        Ok(())
    }
}

/// A sweep before it is stored.
struct Made {
    /// Start since the start of the recording, s.
    start_s: f64,
    /// Pulses after its first sample, ms.
    stimulus_ms: Vec<f64>,
    /// Its place in the file.
    sweep: usize,
    /// More pulses than this are an induction.
    usual: usize,
}

/// What a sweep holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Field potentials.
    Field,
    /// Potentials of a cell.
    Potential,
    /// Currents of a cell.
    Current,
}

/// An open recording with the channel that is read.
pub struct Source {
    /// The file.
    pub file: TraceFile,
    /// Place of its channel.
    pub channel: usize,
    /// Values are multiplied by this to become mV (or pA).
    pub factor: f64,
    /// Whether the values are currents.
    pub current: bool,
}

impl Source {
    /// Opens a recording.
    ///
    /// # Errors
    /// [`StudyError::Exchange`]; [`StudyError::Recording`] for an unknown channel
    /// or unit.
    pub fn open(path: &Path, settings: &Settings) -> Result<Self, StudyError> {
        let file = TraceFile::open_stated(path, &settings.stated())?;
        let names: Vec<&str> = file.channels().iter().map(|channel| channel.name.as_str()).collect();
        let listed = || names.iter().enumerate().map(|(k, n)| format!("{k} ({n})")).collect::<Vec<_>>().join(", ");
        let channel = match &settings.own.channel {
            None => 0,
            Some(ChannelChoice::Place(place)) if *place < names.len() => *place,
            Some(ChannelChoice::Name(name)) if names.contains(&name.as_str()) => {
                names.iter().position(|known| known == name).unwrap_or(0)
            }
            Some(choice) => {
                let asked = match choice {
                    ChannelChoice::Place(place) => place.to_string(),
                    ChannelChoice::Name(name) => format!("\"{name}\""),
                };
                return Err(StudyError::recording(path, format!("no channel {asked}: expected one of {}", listed())));
            }
        };
        let own = file.channels().get(channel).map_or("?", |channel| channel.unit.as_str());
        let unit = settings.own.unit.as_deref().unwrap_or(own);
        let Some((factor, current)) = factor_of(unit) else {
            let help = "set channel = another one of ".to_owned() + &listed() + ", or unit = \"mV\"";
            return Err(StudyError::recording(
                path,
                format!("channel {channel} is in {unit}: expected V, mV, uV, A, nA or pA; {help}"),
            ));
        };
        let factor = factor / settings.own.gain.unwrap_or(1.0);
        Ok(Self { file, channel, factor, current })
    }

    /// Refuses one of many files of one sweep that does not say when it began.
    fn timed(&self, files: usize, settings: &Settings) -> Result<(), StudyError> {
        let timeless = self.file.started().is_none() && settings.own.interval.is_none();
        if timeless && files > FEW_FILES && self.file.sweep_count() == 1 {
            let what = format!("one of {files} files of one sweep, and none says when it was recorded");
            let help = "state the time from one sweep to the next, e.g. interval = \"15 s\", in [recording]";
            return Err(StudyError::recording(self.file.path(), format!("{what}: {help}")));
        }
        Ok(())
    }

    /// One sweep in mV (or pA).
    ///
    /// # Errors
    /// [`StudyError::Exchange`].
    pub fn read(&self, sweep: usize, into: &mut Vec<f64>) -> Result<(), StudyError> {
        self.file.read_sweep(sweep, self.channel, into)?;
        if self.factor != 1.0 {
            into.iter_mut().for_each(|value| *value *= self.factor);
        }
        Ok(())
    }
}

/// Factor to mV or pA, and whether it is a current.
pub fn factor_of(unit: &str) -> Option<(f64, bool)> {
    Some(match unit.trim() {
        "V" | "volts" | "volt" => (1e3, false),
        "mV" | "millivolts" => (1.0, false),
        "uV" | "µV" | "μV" | "microvolts" => (1e-3, false),
        "pA" => (1.0, true),
        "nA" => (1e3, true),
        "A" | "amperes" => (1e12, true),
        _ => return None,
    })
}

/// Reads all sweeps of a slice.
///
/// # Errors
/// [`StudyError`] naming the file.
pub fn read(files: &[PathBuf], settings: &Settings) -> Result<SliceSweeps, StudyError> {
    let mut all = SliceSweeps { sweeps: Vec::new(), tags: Vec::new(), remarks: Vec::new(), kind: None, started: None };
    let (mut first_date, mut end_s, mut test) = (None, 0.0, 0);
    for path in files {
        let source = Source::open(path, settings)?;
        source.timed(files.len(), settings)?;
        let began = source.file.started_s();
        // The clock of the rig, else one file after the other.
        let offset_s = match (began, first_date) {
            (Some(now), Some(first)) if now > first => now - first,
            (Some(now), None) => {
                first_date = Some(now);
                all.started = source.file.started().filter(|_| end_s == 0.0).map(str::to_owned);
                0.0
            }
            _ => end_s,
        };
        all.tags.extend(source.file.tags().iter().map(|tag| (offset_s + tag.time_s, tag.text.clone())));
        let interval_s = settings.own.interval.map(|interval| interval.s());
        let mut values = Vec::new();
        let stated = settings.stimulus_ms();
        if let Some(pieces) = gap_free::pieces(&source.file, (source.channel, source.factor), stated.as_deref())? {
            source.read(0, &mut values)?;
            all.add_kind(kind_of(&source, &values), path)?;
            let rate_hz = source.file.rate_hz();
            end_s = offset_s + values.len() as f64 / rate_hz;
            for piece in pieces {
                let start_s = offset_s + piece.from as f64 / rate_hz;
                let made = Made { start_s, stimulus_ms: piece.stimulus_ms, sweep: 0, usual: TRAIN };
                all.add(&source, settings, &values[piece.from..piece.to], made, &mut test)?;
            }
            continue;
        }
        let stimuli = stimuli(&source, settings)?;
        for k in 0..source.file.sweep_count() {
            source.read(k, &mut values)?;
            if values.is_empty() {
                continue;
            }
            all.add_kind(kind_of(&source, &values), path)?;
            let rate_hz = source.file.rate_hz();
            let start_s = offset_s + interval_s.map_or_else(|| source.file.sweep_start_s(k), |step| k as f64 * step);
            end_s = start_s + interval_s.unwrap_or(values.len() as f64 / rate_hz);
            let stimulus_ms = own_stimuli(&source, k, &values, &stimuli);
            // A train that the study states is a test of its own, no induction.
            let usual = stated.as_ref().map_or(TRAIN, |stated| stated.len().max(TRAIN));
            let made = Made { start_s, stimulus_ms, sweep: k, usual };
            all.add(&source, settings, &values, made, &mut test)?;
        }
    }
    in_order(&mut all);
    Ok(all)
}

/// Resting level of a cell rather than of a field electrode, mV.
pub(crate) const INSIDE_MV: f64 = -30.0;

/// What a sweep holds, by its unit and its resting level.
fn kind_of(source: &Source, values: &[f64]) -> Kind {
    match values.first() {
        _ if source.current => Kind::Current,
        Some(rest) if *rest < INSIDE_MV => Kind::Potential,
        _ => Kind::Field,
    }
}

/// Sweeps by time; a file that was listed too early must not confuse the clock.
fn in_order(all: &mut SliceSweeps) {
    all.sweeps.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    for (index, sweep) in all.sweeps.iter_mut().enumerate() {
        sweep.index = u32::try_from(index).unwrap_or(u32::MAX);
    }
    all.tags.sort_by(|a, b| a.0.total_cmp(&b.0));
}

/// Stimuli of a file after the first sample, ms: as stated, or by the artefact.
fn stimuli(source: &Source, settings: &Settings) -> Result<Vec<f64>, StudyError> {
    if let Some(stated) = settings.stimulus_ms() {
        return Ok(stated);
    }
    if source.file.note(0).is_some_and(|note| !note.stimulus_ms.is_empty()) {
        return Ok(Vec::new());
    }
    let count = source.file.sweep_count();
    let step = count.div_ceil(LOOKED_AT).max(1);
    let mut looked = Vec::new();
    for k in (0..count).step_by(step) {
        let mut values = Vec::new();
        source.read(k, &mut values)?;
        looked.push(values);
    }
    let views: Vec<&[f64]> = looked.iter().map(Vec::as_slice).collect();
    let found = analysis::detect::detect(&views, source.file.rate_hz(), None);
    if found.stimulus_ms.is_empty() {
        let help = "state it, e.g. stimulus = [\"5 ms\"], in [recording]";
        return Err(StudyError::recording(source.file.path(), format!("no stimulus artefact stands out: {help}")));
    }
    Ok(found.stimulus_ms)
}

/// Stimuli of one sweep: what the file says of it, else those of the file; a sweep
/// with more artefacts than the others is a train.
fn own_stimuli(source: &Source, sweep: usize, values: &[f64], common: &[f64]) -> Vec<f64> {
    if let Some(note) = source.file.note(sweep)
        && !note.stimulus_ms.is_empty()
    {
        return note.stimulus_ms.clone();
    }
    let rate_hz = source.file.rate_hz();
    let seen = analysis::detect::stimuli(values, rate_hz);
    if seen.len() > TRAIN && seen.len() > 2 * common.len() && is_regular(&seen) {
        return seen.iter().map(|at| 1000.0 * *at as f64 / rate_hz).collect();
    }
    common.to_vec()
}

/// Whether artefacts come at intervals as a stimulator gives them, not as noise:
/// the most frequent interval, within 5 %, makes at least half of all.
fn is_regular(at: &[usize]) -> bool {
    let gaps: Vec<usize> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let alike = |gap: usize| gaps.iter().filter(|other| other.abs_diff(gap) * 20 <= gap).count();
    gaps.iter().map(|gap| alike(*gap)).max().is_some_and(|most| 2 * most >= gaps.len())
}
