//! Data sections of CFS as sweeps.

use crate::binary::rate::{Rated, back_to_back, most_common};
use crate::binary::source::Source;
use crate::binary::strided::{Stretch, Strided, StridedSweep};
use crate::cfs::header::{Channel, Header, InSection};
use crate::date::spelt;
use crate::error::abf::{Fault, Problem};
use crate::heading::{seconds, unit};
use crate::sweeps::head::{Head, SweepNote, TraceChannel};
use std::path::Path;

/// The head and the sections of a file; they begin `interval_s` apart, if stated.
pub(crate) fn open(path: &Path, source: Source, interval_s: Option<f64>) -> Result<(Head, Strided), Problem> {
    let header = Header::read(&source)?;
    let usable: Vec<usize> = (0..header.channels.len())
        .filter(|&place| header.channels[place].is_even && header.channels[place].stored.is_some())
        .collect();
    if usable.is_empty() {
        return Err(
            Fault::new(178, "the kind of every channel", "not evenly spaced", "a channel sampled in time").into()
        );
    }
    let (mut remarks, mut left_out) = (Vec::new(), Vec::new());
    let others = header.channels.len() - usable.len();
    if others > 0 {
        left_out.push(format!("{others} channels are left out: not evenly sampled numbers"));
    }
    let mut sweeps = Vec::new();
    for &at in &header.sections {
        let section = header.section(&source, at)?;
        sweeps.extend(rated(&header, &section, &usable)?);
    }
    let Some((rate_hz, mut sweeps, other)) = most_common(sweeps) else {
        return Err(Fault::new(56, "the data sections", "without samples", "samples").into());
    };
    left_out.extend(other);
    remarks.extend(back_to_back(&mut sweeps, rate_hz, interval_s));
    let named = |channel: &Channel| TraceChannel {
        name: channel.name.clone(),
        unit: unit(&channel.unit).map_or_else(|| crate::binary::text::label(&channel.unit), str::to_owned),
        stimulus: false,
    };
    let head = Head {
        format: "CFS",
        creator: String::new(),
        started: started(&header),
        comment: header.comment.clone(),
        channels: usable.iter().map(|&place| named(&header.channels[place])).collect(),
        rate_hz,
        remarks,
        left_out,
        ..Head::default()
    };
    Ok((head, Strided::new(path, source, sweeps)?))
}

/// A section, parted into as many sweeps as it has lengths and rates of channels.
fn rated(header: &Header, section: &[InSection], usable: &[usize]) -> Result<Vec<Rated>, Fault> {
    let mut parts: Vec<Rated> = Vec::new();
    for (place, &channel) in usable.iter().enumerate() {
        let (known, here) = (&header.channels[channel], &section[channel]);
        let Some(stored) = known.stored.filter(|_| here.points > 0) else {
            continue;
        };
        let unit_s = if known.x_unit.is_empty() { Some(1.0) } else { unit(&known.x_unit).and_then(seconds) };
        let rate_hz = 1.0 / (here.step * unit_s.unwrap_or(f64::NAN));
        if !(rate_hz.is_finite() && rate_hz > 0.0) {
            let found = format!("{} {}", here.step, known.x_unit);
            return Err(Fault::new(here.offset, "the sampling interval of a channel", found, "a time above zero"));
        }
        let (scale, zero, stride) = (here.scale, here.zero, known.stride.max(stored.bytes()));
        let stretch = Stretch { offset: here.offset, stride, stored, big_endian: false, scale, zero };
        let fits = |part: &&mut Rated| part.rate_hz == rate_hz && part.sweep.points == here.points;
        if let Some(part) = parts.iter_mut().find(fits) {
            part.sweep.traces[place] = Some(stretch);
            continue;
        }
        let mut traces = vec![None; usable.len()];
        traces[place] = Some(stretch);
        let sweep = StridedSweep { start_s: 0.0, points: here.points, note: SweepNote::default(), traces };
        parts.push(Rated { rate_hz, sweep });
    }
    Ok(parts)
}

/// `DD/MM/YY` and `hh:mm:ss`: years from 80 on are of the last century.
fn started(header: &Header) -> Option<String> {
    let numbers = |text: &str, marks: &[char]| {
        text.split(marks).map(|part| part.trim().parse::<u32>().ok()).collect::<Option<Vec<u32>>>()
    };
    let (date, time) = (numbers(&header.date, &['/', '-', '.'])?, numbers(&header.time, &[':', '.'])?);
    let (&[day, month, year], &[hour, minute, second]) = (&date[..], &time[..]) else {
        return None;
    };
    let year = if year >= 80 { 1900 + year } else { 2000 + year };
    let since_midnight_s = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    spelt(i32::try_from(year).ok()?, month, day, since_midnight_s * 1000)
}
