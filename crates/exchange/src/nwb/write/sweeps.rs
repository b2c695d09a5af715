//! The sweeps as one series, and what is known of each.

use crate::nwb::write::content::{Content, is_simulated};
use crate::nwb::write::electrode::{ELECTRODES, PATCH};
use crate::nwb::write::error::NwbExportError;
use crate::nwb::write::signal::Signal;
use crate::nwb::write::writer::{Writer, number_attribute, samples, text_attribute};
use recording::{SliceRecording, Sweep};
use rust_hdf5::{H5Group, Result};

/// Path of the table of trials.
pub(crate) const TRIALS: &str = "/intervals/trials";

/// The sweeps in the order of time, with what they have in common.
pub(crate) struct Laid {
    /// Places of the sweeps of the slice.
    pub order: Vec<usize>,
    rate_hz: f64,
    /// Volts (or amperes) of a code and of code 0, if all sweeps have the same.
    scale: Option<(f64, f64)>,
    /// Whether the sweeps follow one another without a gap.
    gapless: bool,
    /// What is subtracted from all times, s.
    pub zero_s: f64,
}

impl Laid {
    /// Sets the sweeps of a slice in order; `zero_s` is subtracted from all times.
    pub fn of(slice: &SliceRecording, signal: Signal, zero_s: f64) -> std::result::Result<Self, NwbExportError> {
        let sweeps = &slice.sweeps;
        let mut order: Vec<usize> = (0..sweeps.len()).filter(|&place| !sweeps[place].samples.is_empty()).collect();
        order.sort_by(|&a, &b| sweeps[a].start_s.total_cmp(&sweeps[b].start_s));
        let Some(&first) = order.first() else {
            return Err(NwbExportError::NoSweep { slice: slice.key.to_string() });
        };
        let (first, mut gapless) = (&sweeps[first], true);
        let wrong = |sweep: &Sweep, found: String, expected| {
            let slice = slice.key.to_string();
            Err(NwbExportError::Sweeps { slice, sweep: sweep.index, found, expected })
        };
        for &place in &order {
            let sweep = &sweeps[place];
            if sweep.rate_hz != first.rate_hz {
                return wrong(sweep, format!("is sampled at {} Hz", sweep.rate_hz), "one rate for all sweeps");
            }
        }
        for pair in order.windows(2) {
            let (before, after) = (&sweeps[pair[0]], &sweeps[pair[1]]);
            let gap = (after.start_s - end_s(before)) * first.rate_hz;
            if gap < -0.5 {
                return wrong(
                    after,
                    format!("begins at {} s", after.start_s),
                    "a start after the end of the one before",
                );
            }
            gapless &= gap < 0.5;
        }
        let scale = (first.scale * signal.factor(), first.offset * signal.factor());
        let same = |&place: &usize| (sweeps[place].scale, sweeps[place].offset) == (first.scale, first.offset);
        let scale = order.iter().all(same).then_some(scale);
        Ok(Self { order, rate_hz: first.rate_hz, scale, gapless, zero_s })
    }

    /// The sweeps in the order of time.
    pub fn sweeps<'s>(&self, slice: &'s SliceRecording) -> impl Iterator<Item = &'s Sweep> {
        self.order.iter().map(|&place| &slice.sweeps[place])
    }
}

/// Time of the sample after the last, s.
pub(crate) fn end_s(sweep: &Sweep) -> f64 {
    sweep.start_s + sweep.samples.len() as f64 / sweep.rate_hz
}

/// Writes the series of samples, the trials and the phases.
pub(crate) fn write(writer: &Writer, content: &Content, laid: &Laid) -> Result<()> {
    series(writer, content, laid)?;
    let intervals = writer.root().group("intervals")?;
    trials(writer, &intervals, content, laid)?;
    phases(writer, &intervals, content, laid)
}

fn series(writer: &Writer, content: &Content, laid: &Laid) -> Result<()> {
    let (slice, signal) = (&content.slice, content.signal);
    let (name, kind, what) = match signal {
        Signal::Field => ("ElectricalSeriesFEPSP", "ElectricalSeries", "field potential in CA1 stratum radiatum"),
        Signal::VoltageClamp => ("VoltageClampSeries", "VoltageClampSeries", "current of a voltage-clamped cell"),
        Signal::CurrentClamp => ("CurrentClampSeries", "CurrentClampSeries", "membrane potential of a cell"),
    };
    let series = writer.typed(&writer.root().group("acquisition")?, name, "core", kind)?;
    let origin = if is_simulated(content.manifest) { "Simulated" } else { "Recorded" };
    let about = "all sweeps one behind the other; gaps between sweeps show in the timestamps";
    series.set_attr_string("description", &format!("{origin} {what}: {about}"))?;
    series.set_attr_string("comments", "one row of /intervals/trials for each sweep")?;
    // A column for each electrode of a field; clamp series have one dimension.
    let columns = usize::from(signal == Signal::Field);
    let (data, conversion, offset) = match laid.scale {
        Some((conversion, offset)) => {
            let codes: Vec<i16> = laid.sweeps(slice).flat_map(|sweep| sweep.samples.iter().copied()).collect();
            (samples(&series, "data", &codes, columns)?, conversion, offset)
        }
        None => {
            let values: Vec<f64> = laid
                .sweeps(slice)
                .flat_map(|sweep| sweep.values().map(|value| value * signal.factor()).collect::<Vec<_>>())
                .collect();
            (samples(&series, "data", &values, columns)?, 1.0, 0.0)
        }
    };
    number_attribute(&data, "conversion", conversion)?;
    number_attribute(&data, "offset", offset)?;
    number_attribute(&data, "resolution", if laid.scale.is_some() { conversion } else { -1.0 })?;
    text_attribute(&data, "unit", if signal == Signal::VoltageClamp { "amperes" } else { "volts" })?;
    match signal {
        Signal::Field => writer.rows_of(&series, "electrodes", "the field electrode", &[0], ELECTRODES)?,
        _ => {
            series.create_soft_link("electrode", PATCH)?;
            let holding = content.manifest.preparation.get("holding").map_or("not stated", String::as_str);
            series
                .set_attr_string("stimulus_description", &format!("test pulses to the fibres; holding: {holding}"))?;
        }
    }
    if laid.gapless {
        let start_s = laid.sweeps(slice).next().map_or(0.0, |sweep| sweep.start_s - laid.zero_s);
        let start = series.new_dataset::<f64>().scalar().create("starting_time")?;
        start.write_raw(&[start_s])?;
        number_attribute(&start, "rate", laid.rate_hz)?;
        return text_attribute(&start, "unit", "seconds");
    }
    let time = |sweep: &Sweep, sample: usize| sweep.start_s - laid.zero_s + sample as f64 / laid.rate_hz;
    let times: Vec<f64> =
        laid.sweeps(slice).flat_map(|sweep| (0..sweep.samples.len()).map(move |sample| time(sweep, sample))).collect();
    let stamps = samples(&series, "timestamps", &times, 0)?;
    number_attribute(&stamps, "interval", 1_i32)?;
    text_attribute(&stamps, "unit", "seconds")
}

fn trials(writer: &Writer, intervals: &H5Group, content: &Content, laid: &Laid) -> Result<()> {
    let (slice, zero_s) = (&content.slice, laid.zero_s);
    let numbers = |value: &dyn Fn(&Sweep) -> f64| laid.sweeps(slice).map(value).collect::<Vec<f64>>();
    let stimulus = |sweep: &Sweep| sweep.stimulus_ms.first().map_or(f64::NAN, |ms| sweep.start_s - zero_s + ms * 1e-3);
    let stimuli = numbers(&stimulus);
    let stimulated = stimuli.iter().any(|time| time.is_finite());
    let mut columns = vec!["start_time", "stop_time", "pathway", "phase", "condition", "pulses", "sweep"];
    if stimulated {
        columns.push("stim_time");
    }
    let about = "one row for each sweep";
    let table = writer.table(intervals, "trials", ("core", "TimeIntervals"), about, &columns, laid.order.len())?;
    writer.numbers(
        &table,
        "start_time",
        "Start time of epoch, in seconds",
        &numbers(&|sweep| sweep.start_s - zero_s),
    )?;
    writer.numbers(&table, "stop_time", "Stop time of epoch, in seconds", &numbers(&|sweep| end_s(sweep) - zero_s))?;
    let texts = |value: &dyn Fn(&'_ Sweep) -> String| laid.sweeps(slice).map(value).collect::<Vec<String>>();
    for (name, about, values) in [
        ("pathway", "stimulated pathway", texts(&|sweep| sweep.pathway.clone())),
        ("phase", "baseline, wash_in, induction or follow_up", texts(&|sweep| sweep.phase.name().to_owned())),
        ("condition", "condition of the slice", texts(&|_| slice.key.condition.clone())),
    ] {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        writer.texts(&table, name, about, &values)?;
    }
    let pulses: Vec<i64> = laid.sweeps(slice).map(|sweep| sweep.stimulus_ms.len() as i64).collect();
    writer.numbers(&table, "pulses", "stimulus pulses within the sweep", &pulses)?;
    let indices: Vec<i64> = laid.sweeps(slice).map(|sweep| i64::from(sweep.index)).collect();
    writer.numbers(&table, "sweep", "index of the sweep in the results", &indices)?;
    if stimulated {
        writer.numbers(&table, "stim_time", "time of the first stimulus pulse, in seconds", &stimuli)?;
    }
    Ok(())
}

/// Stretches of sweeps of one phase; nothing if there is one only.
fn phases(writer: &Writer, intervals: &H5Group, content: &Content, laid: &Laid) -> Result<()> {
    let mut phases: Vec<(&str, f64, f64)> = Vec::new();
    for sweep in laid.sweeps(&content.slice) {
        let (start_s, stop_s) = (sweep.start_s - laid.zero_s, end_s(sweep) - laid.zero_s);
        match phases.last_mut() {
            Some((name, _, end)) if *name == sweep.phase.name() => *end = stop_s,
            _ => phases.push((sweep.phase.name(), start_s, stop_s)),
        }
    }
    if phases.len() < 2 {
        return Ok(());
    }
    let (columns, about) = (["start_time", "stop_time", "label"], "phases of the experiment");
    let table = writer.table(intervals, "ltp_phases", ("core", "TimeIntervals"), about, &columns, phases.len())?;
    let starts: Vec<f64> = phases.iter().map(|phase| phase.1).collect();
    let stops: Vec<f64> = phases.iter().map(|phase| phase.2).collect();
    let labels: Vec<&str> = phases.iter().map(|phase| phase.0).collect();
    writer.numbers(&table, "start_time", "Start time of epoch, in seconds", &starts)?;
    writer.numbers(&table, "stop_time", "Stop time of epoch, in seconds", &stops)?;
    writer.texts(&table, "label", "phase", &labels)
}
