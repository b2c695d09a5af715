//! The tables of a results folder, written as slices are measured.

use crate::conclude::course::put_rows_away;
use crate::error::AnalysisError;
use crate::folder::tables;
use crate::measure::measures::Measured;
use recording::table::{CsvStream, ParquetStream};
use results::Entry;
use results::plan::AnalysisPlan;
use std::path::Path;

/// Slices whose rows are held back, to be written at once.
const AT_A_TIME: usize = 64;

/// `measures.parquet`, `measures.csv` and `slices.csv` under way; each appears
/// whole when the ledger is closed, or not at all.
pub(crate) struct Ledger {
    parquet: ParquetStream,
    csv: CsvStream,
    slices: CsvStream,
    waiting: Vec<Measured>,
    entered: Vec<Measured>,
    bin_min: f64,
    unit: String,
    keep_rows: bool,
}

impl Ledger {
    /// Begins the tables in a results folder, of samples in the unit of the plan;
    /// slices come back with their rows if `keep_rows`.
    pub(crate) fn open(results: &Path, plan: &AnalysisPlan, keep_rows: bool) -> Result<Self, AnalysisError> {
        Ok(Self {
            parquet: ParquetStream::create(&Entry::Measures.within(results))?,
            csv: CsvStream::create(&Entry::MeasuresCsv.within(results))?,
            slices: CsvStream::create(&Entry::Slices.within(results))?,
            waiting: Vec::with_capacity(AT_A_TIME),
            entered: Vec::new(),
            bin_min: plan.bin.min(),
            unit: plan.rig.unit().to_owned(),
            keep_rows,
        })
    }

    /// Enters the next slice.
    pub(crate) fn enter(&mut self, measured: Measured) -> Result<(), AnalysisError> {
        self.waiting.push(measured);
        if self.waiting.len() < AT_A_TIME { Ok(()) } else { self.write() }
    }

    /// Completes the tables and gives the slices back.
    pub(crate) fn close(mut self) -> Result<Vec<Measured>, AnalysisError> {
        self.write()?;
        self.parquet.finish()?;
        self.csv.finish()?;
        self.slices.finish()?;
        Ok(self.entered)
    }

    fn write(&mut self) -> Result<(), AnalysisError> {
        let rows = tables::measures(&self.waiting, &self.unit)?;
        self.parquet.add(&rows)?;
        self.csv.add(&rows)?;
        self.slices.add(&tables::slices(&self.waiting, &self.unit)?)?;
        for mut measured in self.waiting.drain(..) {
            if !self.keep_rows {
                put_rows_away(&mut measured, self.bin_min);
            }
            self.entered.push(measured);
        }
        Ok(())
    }
}
