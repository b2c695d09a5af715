//! `bath` of a condition: which compound, how much, and when it flows.

use crate::plan::animals::Regimen;
use crate::plan::course::Course;
use crate::read::compound::read_compound;
use evidence::Remark;
use form::{Fault, Section};
use pharmacology::{BathCompound, Library};
use quantity::Time;

/// Reads what is in the bath; nothing for a drug-free condition.
pub(super) fn read(
    table: &mut Section<'_>,
    library: &Library,
    course: Option<&Course>,
    remarks: &mut Vec<Remark>,
) -> (Vec<BathCompound>, Vec<Option<Regimen>>) {
    let mut bath: Vec<BathCompound> = Vec::new();
    let mut regimens = Vec::new();
    for mut entry in table.sections("bath", "`bath`") {
        let compound = read_compound(&mut entry, library, &bath, remarks);
        let regimen = read_regimen(&mut entry, course);
        entry.close();
        if let Some(compound) = compound {
            bath.push(compound);
            regimens.push(regimen);
        }
    }
    (bath, regimens)
}

/// Reads when a compound flows; `None` for the usual course, from the end of the
/// baseline on.
fn read_regimen(entry: &mut Section<'_>, course: Option<&Course>) -> Option<Regimen> {
    let start = entry.quantity::<Time>("start");
    let duration = entry.quantity::<Time>("duration");
    let times = entry.count("times", 1..=10_000);
    let every = entry.quantity::<Time>("every");
    if !["start", "duration", "times", "every"].iter().any(|key| entry.has(key)) {
        return None;
    }
    let course = course?;
    let recorded = Time::from_min(course.baseline.min() + course.wash_in.min() + course.follow_up.min());
    if let Some(start) = start.as_ref().filter(|start| start.ms() >= recorded.ms()) {
        entry.page.note(
            Fault::at(start.span.clone(), "the drug would flow after the end of the recording")
                .found(format!("found {}", start.value))
                .remedy(format!("`start` counts from the start of the recording, which lasts {recorded}")),
        );
    }
    if let Some(duration) = duration.as_ref().filter(|duration| duration.ms() <= 0.0) {
        let fault =
            Fault::at(duration.span.clone(), "`duration` must be above 0").found(format!("found {}", duration.value));
        entry.page.note(fault);
    }
    let times = times.map_or(1, |times| u32::try_from(times.value).unwrap_or(u32::MAX));
    if times > 1 {
        for (key, example) in
            [("duration", "duration = \"5 min\""), ("every", "every = \"20 min\", from start to start")]
        {
            if !entry.has(key) {
                entry.missing(key, example);
            }
        }
        if let (Some(duration), Some(every)) = (&duration, &every)
            && every.ms() <= duration.ms()
        {
            entry.page.note(
                Fault::at(every.span.clone(), "one application begins before the last has ended")
                    .found(format!("every {}, each {} long", every.value, duration.value))
                    .remedy("`every` runs from start to start and is longer than `duration`"),
            );
        }
    }
    Some(Regimen {
        start: start.map_or(course.baseline, |start| start.value),
        duration: duration.map(|duration| duration.value),
        every: every.map_or(recorded, |every| every.value),
        times,
    })
}
