//! `schaffer bench b1`: the comparison model, with one row per synapse on demand.

use crate::arguments::bench::BenchB1;
use crate::commands::bench::clock::Clock;
use crate::commands::bench::file::unwritable;
use crate::failure::Failure;
use crate::output::{print, print_json};
use recording::atomic::Growing;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};
use synapse::published::b1::{self as comparison, Conductances, MINUTES, SHORTCUTS, TEST_PULSES, Trajectory};

/// Synapses that are computed before their rows are written.
const AT_A_TIME: u64 = 256;

/// What was run, and how long it took.
#[derive(Serialize)]
struct Summary {
    model: &'static str,
    slices: u64,
    synapses_per_slice: u64,
    potentiated: u64,
    sum_of_rho: f64,
    cpu_s: Option<f64>,
    wall_s: f64,
    shortcuts: [&'static str; 4],
}

/// Runs the model.
pub fn b1(arguments: &BenchB1) -> Result<(), Failure> {
    let (slices, synapses) = match arguments.synapses {
        Some(synapses) => (arguments.slices, synapses),
        None => (1, comparison::conditions().len() as u64),
    };
    let fifteen = comparison::conditions();
    let conductances = |id: u64| match arguments.conditions15 {
        true => fifteen[id as usize],
        false => comparison::synapse(id),
    };
    let mut table = arguments.out.as_deref().map(Table::create).transpose()?;
    let clock = Clock::start();
    let (mut potentiated, mut sum_of_rho) = (0, 0.0);
    let all = slices * synapses;
    for first in (0..all).step_by(AT_A_TIME as usize) {
        let ids = first..all.min(first + AT_A_TIME);
        let batch: Vec<Conductances> = ids.clone().map(conductances).collect();
        let trajectories = comparison::simulate(&batch);
        for trajectory in &trajectories {
            potentiated += u64::from(trajectory.rho_end > 0.5);
            sum_of_rho += trajectory.rho_end;
        }
        if let Some(table) = &mut table {
            table.rows(ids, &batch, &trajectories)?;
        }
    }
    let (cpu, wall) = (clock.cpu(), clock.wall());
    if let Some(table) = table {
        table.finish()?;
    }
    let summary = Summary {
        model: "B1",
        slices,
        synapses_per_slice: synapses,
        potentiated,
        sum_of_rho,
        cpu_s: cpu.map(|time| time.as_secs_f64()),
        wall_s: wall.as_secs_f64(),
        shortcuts: SHORTCUTS,
    };
    if arguments.json { print_json(&summary) } else { print(&in_words(&summary)) }
}

/// The summary for people.
fn in_words(summary: &Summary) -> String {
    let plural = if summary.slices == 1 { "" } else { "s" };
    let mut lines = vec![format!(
        "B1: {} slice{plural} of {} synapses; {} with rho above 0.5 at the end, sum of rho {:.5}",
        summary.slices, summary.synapses_per_slice, summary.potentiated, summary.sum_of_rho
    )];
    let synapses = (summary.slices * summary.synapses_per_slice) as f64;
    lines.push(match summary.cpu_s {
        Some(cpu) => {
            format!("CPU {cpu:.4} s ({:.1} µs per synapse), wall {:.4} s", 1e6 * cpu / synapses, summary.wall_s)
        }
        None => format!("wall {:.4} s ({:.1} µs per synapse)", summary.wall_s, 1e6 * summary.wall_s / synapses),
    });
    lines.push("shortcuts of the integration:".to_owned());
    lines.extend(summary.shortcuts.iter().map(|shortcut| format!("  {shortcut}")));
    lines.join("\n")
}

/// The rows of all synapses.
struct Table {
    path: PathBuf,
    file: Growing,
}

impl Table {
    /// Begins the file with the names of the columns.
    fn create(path: &Path) -> Result<Self, Failure> {
        let file = Growing::create(path).map_err(|fault| unwritable(path, &fault))?;
        let mut table = Self { path: path.to_owned(), file };
        let mut names = String::from(
            "id,gAMPA_nS,gNMDA_nS,gGABA_nS,rho_end,cmax_base_uM,cmax_hfs_uM,\
             t_above_p_hfs_ms,t_above_d_hfs_ms,t_above_d_test_ms",
        );
        (0..MINUTES).for_each(|minute| names.push_str(&format!(",rho_{minute}min")));
        (0..TEST_PULSES).for_each(|pulse| names.push_str(&format!(",epsp_{pulse}")));
        table.line(&names)?;
        Ok(table)
    }

    fn rows(
        &mut self,
        ids: std::ops::Range<u64>,
        synapses: &[Conductances],
        trajectories: &[Trajectory],
    ) -> Result<(), Failure> {
        for ((id, synapse), course) in ids.zip(synapses).zip(trajectories) {
            let mut row = format!("{id},{},{},{}", synapse.ampa_ns, synapse.nmda_ns, synapse.gaba_ns);
            row.push_str(&format!(
                ",{:.12},{:.9},{:.9},{:.6},{:.6},{:.6}",
                course.rho_end,
                course.peak_baseline_um,
                course.peak_trains_um,
                course.above_potentiation_ms,
                course.above_depression_ms,
                course.above_depression_test_ms
            ));
            course.rho_minutes.iter().for_each(|rho| row.push_str(&format!(",{rho:.12}")));
            course.epsp_mv.iter().for_each(|epsp| row.push_str(&format!(",{epsp:.9}")));
            self.line(&row)?;
        }
        Ok(())
    }

    fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.file, "{text}").map_err(|fault| unwritable(&self.path, &fault))
    }

    fn finish(self) -> Result<(), Failure> {
        self.file.finish().map_err(|fault| unwritable(&self.path, &fault))
    }
}
