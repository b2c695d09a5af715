//! A plan in words, with the size of what it would leave: what `schaffer check`
//! prints.

use crate::evidence::solution;
use crate::exposure::exposure::exposure;
use crate::plan::animals::Regimen;
use crate::plan::plan::{Condition, Plan};
use crate::plan::schedule::Schedule;
use evidence::{Remark, RemarkKind};
use quantity::counted;
use std::fmt::Write;
use synapse::Homeostasis;
use synapse::PulseKind;

/// Fewer animals than these in a group make intervals rough.
const FEW_ANIMALS: u32 = 5;

impl Plan {
    /// What the user should know before running a condition: compounds that will
    /// change nothing, and solutions that are not likely to be made.
    pub fn warnings(&self, condition: &Condition) -> Vec<Remark> {
        let Some(induction) = self.inductions.first() else { return Vec::new() };
        let schedule = Schedule::new(&self.course, induction);
        let mut warnings = exposure(self, &schedule, condition).remarks();
        warnings.retain(|remark| {
            matches!(remark.kind, RemarkKind::NoEffect | RemarkKind::NothingToActOn | RemarkKind::Solubility)
        });
        warnings.extend(solution::beyond(self, condition));
        if self.synapse.late_phase.is_none() {
            let silent = condition.bath.iter().filter(|entry| entry.compound.acts_on_the_late_phase_only());
            warnings.extend(silent.map(|entry| {
                let text = format!(
                    "{} acts on the late phase only, and this experiment has none: state \
                     late_phase = \"stc_luboeinski_2021\" in [synapse].",
                    entry.compound.label
                );
                Remark::new(RemarkKind::NothingToActOn, text)
            }));
        }
        warnings
    }

    /// What the user should know of the design before running it: too few animals or
    /// slices for what they are compared for.
    pub fn design_warnings(&self) -> Vec<Remark> {
        let design = &self.design;
        let mut warnings = Vec::new();
        let mut warn = |text: String| warnings.push(Remark::new(RemarkKind::Unit, text));
        let compared = self.conditions.len() > 1;
        if design.animals == 1 {
            let what = if compared { ", no interval and no comparison" } else { " and no interval" };
            warn(format!(
                "1 animal {}: there is no variance between animals{what}; state animals = 2 or more",
                if design.within_animal { "in all" } else { "per condition" }
            ));
        } else if design.animals < FEW_ANIMALS {
            warn(format!(
                "{} animals {}: intervals and p-values will be rough; `schaffer power` says how many it takes",
                design.animals,
                if design.within_animal { "in all" } else { "per condition" }
            ));
        }
        if design.slices_per_animal == 1 && design.animals > 1 && !design.within_animal {
            warn(
                "1 slice from each animal: variances between animals and between slices cannot be told apart; \
                 state slices_per_animal = 2 or more if that matters"
                    .to_owned(),
            );
        }
        if !compared && self.inductions.len() == 1 {
            warn("1 condition under 1 induction: nothing is compared".to_owned());
        }
        warnings
    }

    /// The plan in words, one fact a line, for a run on `jobs` cores.
    pub fn describe(&self, jobs: usize) -> String {
        let mut page = String::new();
        // Writing into a String cannot fail.
        let _ = self.write_words(&mut page, jobs);
        page
    }

    /// Writes the words.
    fn write_words(&self, page: &mut String, jobs: usize) -> std::fmt::Result {
        self.write_course(page)?;
        self.write_groups(page)?;
        self.write_outcome(page)?;
        let prediction = self.prediction;
        match prediction.draws {
            0 => writeln!(page, "  prediction   none")?,
            n => writeln!(
                page,
                "  prediction   {n} sets of parameters with two draws of the constants each, {} a draw",
                counted(prediction.animals as usize, "animal")
            )?,
        }
        writeln!(
            page,
            "  expected     about {} on {jobs} {} with prediction, measuring and drawing, {}",
            seconds_in_words(
                self.expected_seconds(jobs) * (1.0 + self.prediction_share()) + self.seconds_after_recording()
            ),
            if jobs == 1 { "core" } else { "cores" },
            bytes_in_words(self.expected_bytes())
        )
    }

    /// Writes what is done to every slice.
    fn write_course(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "{}: {}", self.name, self.title)?;
        let stated: Vec<String> = self.preparation.iter().map(|(key, value)| format!("{key} {value}")).collect();
        if !stated.is_empty() {
            writeln!(page, "  preparation  {}", stated.join("; "))?;
        }
        let course = &self.course;
        writeln!(
            page,
            "  course       {} baseline, {} wash-in, induction, {} follow-up{}; a test pulse every {}",
            course.baseline,
            course.wash_in,
            course.follow_up,
            if course.wash_out { " with the drug washed out" } else { "" },
            course.test_interval
        )?;
        for (place, induction) in self.inductions.iter().enumerate() {
            let schedule = Schedule::new(course, induction);
            let test = schedule.pulses.iter().filter(|pulse| pulse.kind == PulseKind::Test).count();
            writeln!(page, "  induction    {}: {}", induction.name, induction.title)?;
            writeln!(
                page,
                "               {} induction and {test} test pulses in {} sweeps per slice",
                induction.len(),
                self.sweeps_per_slice(place)
            )?;
        }
        Ok(())
    }

    /// Writes the synapse, the conditions and who serves them.
    fn write_groups(&self, page: &mut String) -> std::fmt::Result {
        let changes = self.synapse.changes.iter().map(|change| format!("{} = {}", change.parameter, change.value));
        let changes: Vec<String> = changes.collect();
        let changes = if changes.is_empty() { "calibrated parameters".to_owned() } else { changes.join(", ") };
        writeln!(page, "  synapse      rule {}, {changes}", self.synapse.rule.in_words())?;
        if self.synapse.homeostasis == Homeostasis::Renormalised {
            writeln!(page, "  homeostasis  thresholds follow a test pulse of the slice's own parameters")?;
        }
        if self.synapse.late_phase.is_some() {
            writeln!(page, "  late phase   tag, proteins and capture (stc_luboeinski_2021)")?;
        }
        for (place, condition) in self.conditions.iter().enumerate() {
            let title = if place == 0 { "conditions" } else { "" };
            writeln!(page, "  {title:<12} {}", condition_in_words(condition))?;
            for warning in self.warnings(condition) {
                writeln!(page, "  warning      {warning}")?;
            }
        }
        let design = &self.design;
        writeln!(
            page,
            "  design       {} {}, {} from each: {} of {}",
            counted(design.animals as usize, "animal"),
            if design.within_animal { "in every condition" } else { "per condition" },
            counted(design.slices_per_animal as usize, "slice"),
            counted(self.slices(), "slice"),
            counted(self.animals(), "animal")
        )?;
        self.design_warnings().iter().try_for_each(|warning| writeln!(page, "  warning      {warning}"))
    }

    /// Writes how the outcome is taken.
    fn write_outcome(&self, page: &mut String) -> std::fmt::Result {
        let (analysis, statistics) = (&self.analysis, &self.statistics);
        let [low, high] = analysis.slope.shares().map(|share| share.percent());
        let slope = match analysis.slope.beyond_levels() {
            Some(rule) => rule.to_string(),
            None => format!("{low:.0}-{high:.0} %"),
        };
        writeln!(
            page,
            "  outcome      fEPSP slope {slope}, {} to {} after induction, against the last {} before",
            analysis.window[0], analysis.window[1], analysis.reference_window
        )?;
        writeln!(
            page,
            "  statistics   against \"{}\", {:?} adjustment, {:.0} % intervals",
            statistics.reference,
            statistics.adjust,
            statistics.interval.percent()
        )
    }
}

/// A condition in words.
fn condition_in_words(condition: &Condition) -> String {
    let given = |regimen: &Option<Regimen>| match regimen {
        None => String::new(),
        Some(regimen) => {
            let lasting =
                regimen.duration.map_or_else(|| "to the end".to_owned(), |duration| format!("for {duration}"));
            let again = if regimen.times > 1 {
                format!(", {} times every {}", regimen.times, regimen.every)
            } else {
                String::new()
            };
            format!(" from {} {lasting}{again}", regimen.start)
        }
    };
    let entries = condition.bath.iter().zip(&condition.regimens);
    let bath: Vec<String> = entries
        .map(|(entry, regimen)| format!("{} {}{}", entry.compound.name, entry.concentration, given(regimen)))
        .collect();
    let mut bath = if bath.is_empty() { "no drug".to_owned() } else { bath.join(" + ") };
    if !condition.animals.physiology.is_unstated() {
        bath = format!("{bath}; {}", condition.animals.physiology.in_words());
    }
    let solution = condition.solution.in_words();
    if !solution.is_empty() {
        bath = format!("{bath}; in {solution}");
    }
    let scenarios = condition.scenario.names();
    if scenarios.is_empty() {
        format!("{}: {bath}", condition.name)
    } else {
        format!("{}: {bath}, assuming {}", condition.name, scenarios.join(", "))
    }
}

/// A duration for people.
fn seconds_in_words(seconds: f64) -> String {
    match seconds {
        s if s < 1.0 => "a second".to_owned(),
        s if s < 100.0 => format!("{s:.0} s"),
        s if s < 6_000.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3_600.0),
    }
}

/// A size for people.
fn bytes_in_words(bytes: f64) -> String {
    if bytes < 1e9 { format!("{:.0} MB", (bytes / 1e6).max(1.0)) } else { format!("{:.1} GB", bytes / 1e9) }
}
