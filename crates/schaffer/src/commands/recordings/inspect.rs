//! `schaffer inspect`: what is in a recording file.

use crate::arguments::files::Inspect;
use crate::commands::recordings::source::Source;
use crate::failure::Failure;
use crate::output::{columns, headed, print, print_json};
use exchange::{ExchangeError, Inspection, Stated};

/// Prints the header of a recording file, and with `--stats` its samples in
/// numbers.
pub fn inspect(arguments: &Inspect) -> Result<(), Failure> {
    let stated = Stated {
        unit: arguments.unit.clone(),
        rate_hz: arguments.rate_hz,
        interval_s: arguments.interval_s,
        salvage: arguments.salvage,
        ..Stated::default()
    };
    let file = Source::of(&arguments.file)?;
    let found = exchange::inspect_stated(file.path(), &stated, arguments.stats);
    let mut inspection = found.map_err(|error| failure(&error, &file))?;
    inspection.file = file.named(&inspection.file);
    if arguments.json { print_json(&inspection) } else { print(&described(&inspection)) }
}

fn failure(error: &ExchangeError, file: &Source) -> Failure {
    let text = file.named(&error.to_string());
    if error.is_missing() { Failure::no_input(text) } else { Failure::faulty_input(text) }
}

/// The header in words.
fn described(file: &Inspection) -> String {
    let unknown = || String::from("–");
    let line = |name: &str, value: String| [name.to_owned(), value];
    let mut lines = vec![
        line("file", format!("{} ({} bytes)", file.file, file.bytes)),
        line("format", format(file)),
        line("creator", if file.creator.is_empty() { unknown() } else { file.creator.clone() }),
        line("date", file.date.clone().unwrap_or_else(unknown)),
        line("protocol", file.protocol.clone().unwrap_or_else(unknown)),
        line("sampling", sampling(file)),
        line("sweeps", sweeps(file)),
    ];
    if !file.comment.is_empty() {
        lines.push(line("comment", file.comment.clone()));
    }
    for (place, channel) in file.channels.iter().enumerate() {
        lines.push(line(&format!("channel {place}"), format!("{} ({})", channel.name, channel.unit)));
    }
    for (place, output) in file.axon.iter().flat_map(|axon| &axon.outputs).enumerate() {
        let level = output.holding.map_or_else(unknown, |level| level.to_string());
        lines.push(line(&format!("holding {place}"), format!("{level} {} ({})", output.unit, output.name)));
    }
    for column in &file.columns {
        let unit = column.unit.as_ref().map(|unit| format!(" ({unit})")).unwrap_or_default();
        let cells = format!("{} {}, {} missing", column.filled, column.kind, column.missing);
        lines.push(line("column", format!("{}{unit}: {cells}", column.name)));
    }
    let tags = file.tags.iter().map(|tag| line("tag", format!("{} s: {}", tag.time_s, tag.comment)));
    lines.extend(tags);
    for list in file.axon.iter().flat_map(|axon| &axon.user_lists) {
        let values: Vec<String> = list.values.iter().map(f64::to_string).collect();
        lines.push(line("user list", values.join(", ")));
    }
    lines.extend(file.remarks.iter().map(|remark| line("remark", remark.clone())));
    let mut page = columns(&lines);
    if file.statistics.is_some() {
        page.push('\n');
        page.push_str(&statistics(file));
    }
    page
}

fn format(file: &Inspection) -> String {
    let version = if file.version.is_empty() { String::new() } else { format!(" {}", file.version) };
    let mode = file.axon.as_ref().map(|axon| format!(", {}", axon.mode.words())).unwrap_or_default();
    format!("{}{version}{mode}", file.format)
}

fn sampling(file: &Inspection) -> String {
    let rate = file.rate_hz.map_or_else(|| String::from("no rate"), |rate_hz| format!("{rate_hz} Hz"));
    match &file.axon {
        Some(axon) => format!("{rate}, {} samples of {:?}", axon.samples, axon.sample_kind),
        None => rate,
    }
}

fn sweeps(file: &Inspection) -> String {
    let points = || file.sweeps.iter().map(|sweep| sweep.points);
    let length = match (points().min(), points().max()) {
        (Some(shortest), Some(longest)) if shortest < longest => format!("{shortest} to {longest}"),
        (Some(length), _) => length.to_string(),
        _ => String::from("0"),
    };
    match file.sweep_count {
        1 => format!("1 of {length} points"),
        count => format!("{count} of {length} points, {} s apart", file.sweep_interval_s),
    }
}

/// A row for each sweep and channel.
fn statistics(file: &Inspection) -> String {
    let head = ["sweep", "channel", "n", "mean", "sd", "min", "max", "first five", "last five"].map(str::to_owned);
    let five = |values: &[f64]| values.iter().map(f64::to_string).collect::<Vec<_>>().join(" ");
    let rows = file.statistics.iter().flatten().map(|row| {
        let (sweep, channel, n) = (row.sweep.to_string(), row.channel.to_string(), row.n.to_string());
        let [mean, sd, min, max] = [row.mean, row.sd, row.min, row.max].map(|value| value.to_string());
        [sweep, channel, n, mean, sd, min, max, five(&row.first5), five(&row.last5)]
    });
    headed(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}
