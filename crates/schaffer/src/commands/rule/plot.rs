//! The figure of a rule: ratio over Δt, frequency, potential or time.

use crate::commands::rule::rows::Row;
use crate::failure::Failure;
use report::{CurveFigure, CurveSeries, draw_curves};
use synapse::rules::Rule;

/// Draws the rows as curves.
pub fn draw(rule: &Rule, rows: &[Row]) -> Result<String, Failure> {
    let differs = |name: &str| {
        let mut values: Vec<u64> = rows.iter().filter_map(|row| row.number(name)).map(f64::to_bits).collect();
        values.sort_unstable();
        values.dedup();
        values.len() > 1
    };
    let axes = [
        ("t_s", "Time (s)"),
        ("dt_ms", "Δt, post − pre (ms)"),
        ("voltage_mv", "Holding potential (mV)"),
        ("frequency_hz", "Frequency (Hz)"),
    ];
    let (across, title) = axes.into_iter().find(|(name, _)| differs(name)).unwrap_or(axes[3]);
    let mut series: Vec<CurveSeries> = Vec::new();
    let several_sets = rows.iter().any(|row| row.text("set") != rows[0].text("set"));
    for row in rows {
        let Some(ratio) = row.number("ratio") else { continue };
        let Some(x) = row.number(across) else { continue };
        let frequency = row.number("frequency_hz").filter(|_| across != "frequency_hz" && differs("frequency_hz"));
        let mut label = Vec::new();
        if several_sets {
            label.push(row.text("set").replace('_', " "));
        }
        label.extend(frequency.map(|hz| format!("{hz} Hz")));
        let label = label.join(", ");
        match series.iter_mut().find(|series| series.label == label) {
            Some(series) => series.points.push((x, ratio)),
            None => series.push(CurveSeries { label, points: vec![(x, ratio)] }),
        }
    }
    let figure = CurveFigure {
        title: format!("{} ({})", rule.name, rows.first().map_or("", |row| row.text("protocol"))),
        description: format!("Synaptic strength after / before. {}", rule.source),
        across: title.to_owned(),
        up: String::from("Strength after / before"),
        reference: Some(1.0),
        series,
    };
    Ok(draw_curves(&figure)?)
}
