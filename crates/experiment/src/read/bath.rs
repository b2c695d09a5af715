//! `bath` of a condition: which compound, how much, and when it flows.

use crate::plan::animals::Regimen;
use crate::plan::plan::Course;
use form::{At, Fault, Section};
use pharmacology::{BathCompound, Library, UnknownCompound};
use quantity::{Concentration, Time};

/// Highest concentration that is taken for a bath, µM; above it the unit is
/// probably wrong.
const HIGHEST_UM: f64 = 10_000.0;

/// Reads what is in the bath; nothing for a drug-free condition.
pub(super) fn read(
    table: &mut Section<'_>,
    library: &Library,
    course: Option<&Course>,
    remarks: &mut Vec<String>,
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

/// Reads one compound and its concentration.
fn read_compound(
    entry: &mut Section<'_>,
    library: &Library,
    bath: &[BathCompound],
    remarks: &mut Vec<String>,
) -> Option<BathCompound> {
    for (key, example) in
        [("compound", "e.g. compound = \"isopregnanolone\""), ("concentration", "e.g. concentration = \"3 uM\"")]
    {
        if !entry.has(key) {
            entry.missing(key, example);
        }
    }
    let name = entry.text("compound");
    let concentration = entry.quantity::<Concentration>("concentration");
    let name = name?;
    let compound = match library.lookup(&name) {
        Ok(found) => {
            remarks.extend(found.remark.map(|remark| format!("\"{}\": {remark}", name.value)));
            found.compound.clone()
        }
        Err(error) => {
            entry.page.note(unknown_compound(&name, &error));
            return None;
        }
    };
    if bath.iter().any(|other| other.compound.name == compound.name) {
        entry.page.note(
            Fault::at(name.span.clone(), format!("{} is in this bath twice", compound.name))
                .found("second time")
                .remedy("write one entry with the total concentration"),
        );
        return None;
    }
    let concentration = concentration?;
    if !(concentration.um() > 0.0 && concentration.um() <= HIGHEST_UM) {
        entry.page.note(
            Fault::at(concentration.span.clone(), "`concentration` is out of range")
                .found(format!("found {}", concentration.value))
                .accepts("accepted: above 0 and up to 10 mM")
                .remedy("a condition without the drug has no such entry in its bath"),
        );
        return None;
    }
    Some(BathCompound { compound, concentration: concentration.value })
}

/// The fault of a compound that is not in the library.
pub(super) fn unknown_compound(name: &At<String>, error: &UnknownCompound) -> Fault {
    let found = error.confusion.clone().unwrap_or_else(|| "not in the library".to_owned());
    Fault::at(name.span.clone(), format!("unknown compound \"{}\"", name.value))
        .found(found)
        .accepts(format!("known: {}", error.known.join(", ")))
        .suggests(&error.suggestions)
}
