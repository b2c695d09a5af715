//! Every parameter of the synapse as a table.

use crate::plan::plan::Plan;
use recording::table::line;
use synapse::Parameters;

/// All parameters as CSV: path, symbol, value, unit, default, range, evidence, source, meaning.
pub(crate) fn parameter_table(plan: &Plan) -> String {
    let mut table =
        line::line(["parameter", "symbol", "value", "unit", "default", "low", "high", "evidence", "source", "meaning"]);
    for spec in Parameters::specs() {
        let value = plan.synapse.parameters.get(spec.path);
        let numbers = [value, Some(spec.default), Some(spec.low), Some(spec.high)].map(line::number);
        let [value, default, low, high] = &numbers;
        let evidence = spec.evidence.to_string();
        table.push_str(&line::line([
            spec.path,
            spec.symbol,
            value,
            spec.unit,
            default,
            low,
            high,
            &evidence,
            spec.source,
            spec.meaning,
        ]));
    }
    table
}
