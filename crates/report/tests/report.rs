//! The whole report from synthetic experiments: complete, self-contained, the
//! same bytes every time, and refusing what it cannot read.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fixture;

use fixture::*;
use report::{RenderOptions, ReportError, write};
use results::plan::{FigureFormat, Regimen};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A folder that stays after the test, for looking at.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("report").join(name);
    let _ = std::fs::remove_dir_all(&path);
    path
}

fn svg_only(threads: usize) -> RenderOptions {
    RenderOptions { formats: Some(vec![FigureFormat::Svg]), threads, ..RenderOptions::default() }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files: Vec<PathBuf> = vec![folder.join("report.html"), folder.join("report.md")];
    files.extend(std::fs::read_dir(folder.join("figures")).unwrap().map(|entry| entry.unwrap().path()));
    files.iter().map(|path| (path.display().to_string(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn every_experiment_gets_all_formats_of_all_figures() {
    for (recipe, expected) in [
        (
            isopregnanolone(),
            vec![
                "schematic",
                "time-course",
                "averaged-sweeps",
                "potentiation",
                "estimation",
                "dose-response",
                "mechanism",
                "slices",
            ],
        ),
        (allopregnanolone(), vec!["interaction", "mechanism-hfs-2x100", "mechanism-tbs", "slices", "dose-response"]),
        (square(), vec!["interaction", "time-course", "slices"]),
        (crowded(), vec!["time-course-hfs-2x100", "slices-1", "slices-2"]),
    ] {
        let folder = folder(recipe.name);
        lay_out(&recipe, &folder);
        let summary = write(&folder, &RenderOptions::default()).unwrap();
        for slug in expected {
            for extension in ["svg", "pdf", "png"] {
                let path = folder.join("figures").join(format!("{slug}.{extension}"));
                assert!(summary.figures.contains(&path) && path.exists(), "{} is missing", path.display());
            }
        }
        for path in &summary.figures {
            let bytes = std::fs::read(path).unwrap();
            match path.extension().unwrap().to_str().unwrap() {
                "pdf" => assert!(bytes.starts_with(b"%PDF-")),
                "svg" => {
                    let svg = String::from_utf8(bytes).unwrap();
                    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{} holds no number", path.display());
                    assert!(svg.contains("<text "), "text of {} is no text", path.display());
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_column_has_600_dots_per_inch_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(&isopregnanolone(), folder.path());
    write(folder.path(), &RenderOptions::default()).unwrap();
    let png = std::fs::read(folder.path().join("figures/potentiation.png")).unwrap();
    let word = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
    // 85 mm at 600 dpi; IHDR starts at byte 16.
    assert_eq!(word(16), 2008);
    let at = png.windows(4).position(|window| window == b"pHYs").unwrap();
    assert_eq!(word(at + 4), 23622);
}

#[test]
fn line_art_has_600_dots_per_inch_at_any_width() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(&square(), folder.path());
    write(folder.path(), &RenderOptions { formats: Some(vec![FigureFormat::Png]), ..Default::default() }).unwrap();
    let png = std::fs::read(folder.path().join("figures/slices.png")).unwrap();
    // 176 mm at 600 dpi.
    assert_eq!(u32::from_be_bytes([png[16], png[17], png[18], png[19]]), 4157);
}

/// The text between `from` and the next `to`.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap() + from.len();
    &text[start..start + text[start..].find(to).unwrap()]
}

#[test]
fn a_page_is_in_order_for_readers_of_every_kind() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(&crowded(), folder.path());
    let html = read(&write(folder.path(), &svg_only(1)).unwrap().html);
    // Headings go down one level at a time, from one h1 on.
    let levels: Vec<u8> = html
        .match_indices("<h")
        .filter_map(|(at, _)| html[at + 2..].chars().next()?.to_digit(10).map(|level| level as u8))
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert_eq!(levels[0], 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    // A keyboard reaches the text at once, and whatever scrolls.
    let body = between(&html, "<body>", "</body>");
    assert!(body.trim_start().starts_with("<a class=\"skip\" href=\"#text\">"));
    assert!(body.contains("<main id=\"text\""));
    for (scrolls, of) in [("<div class=\"scroll\"", "tables"), ("<div class=\"drawing", "figures")] {
        for (at, _) in body.match_indices(scrolls) {
            let tag = &body[at..at + body[at..].find('>').unwrap()];
            assert!(tag.contains("tabindex=\"0\"") && tag.contains("aria-label=\""), "{of}: {tag}");
        }
    }
    assert_eq!(body.matches("<svg ").count(), body.matches("role=\"img\"").count());
    let ids: Vec<&str> = body.split(" id=\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect();
    let distinct: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "an anchor stands twice: {ids:?}");
    // Contents fold, the dark of the night is met.
    assert!(body.contains("<details class=\"contents\">"));
    assert!(html.contains("@media (prefers-color-scheme: dark)"));
}

#[test]
fn the_policy_of_a_page_names_its_style_sheet_and_allows_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(&crowded(), folder.path());
    let html = read(&write(folder.path(), &svg_only(1)).unwrap().html);
    let policy = between(&html, "Content-Security-Policy\" content=\"", "\"").replace("&#x27;", "'");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe"));
    // Attributes of style would be blocked.
    assert!(!between(&html, "<body>", "</body>").contains(" style=\""));
    assert_eq!(html.matches("<style").count(), 1);
    let digest = recording::digest::sha256(between(&html, "<style>", "</style>").as_bytes());
    let named = between(&policy, "sha256-", "'");
    // Base 64 of 32 bytes: 43 letters and a sign; its first 24 bits are the first three bytes.
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let first = named.chars().take(4).fold(0, |word, c| word << 6 | letters.find(c).unwrap());
    assert_eq!(first, usize::from(digest[0]) << 16 | usize::from(digest[1]) << 8 | usize::from(digest[2]));
    assert_eq!(named.len(), 44);
}

#[test]
fn markup_in_names_is_text_in_both_formats() {
    let mut recipe = crowded();
    recipe.title = "<script>alert(1)</script> ![x](http://example.org/x.png) [y](javascript:z)";
    recipe.conditions[1].0 = "<5 nM> *b* `c` | &lt; \u{1}end";
    recipe.conditions[2].0 = "</title><img src=x onerror=alert(1)>";
    let folder = tempfile::tempdir().unwrap();
    lay_out(&recipe, folder.path());
    let summary = write(folder.path(), &svg_only(1)).unwrap();
    let html = read(&summary.html);
    for markup in ["<script", "<img", "<5 nM>", "\u{1}"] {
        assert!(!html.contains(markup), "the page holds {markup:?}");
    }
    // What a reader of Markdown makes of it: figures are its only images, files of the
    // folder its only links, and nothing is raw HTML.
    let text = read(&summary.markdown);
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut seen = String::new();
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => panic!("raw HTML: {raw}"),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                assert!(dest_url.starts_with("figures/"), "a link to {dest_url}");
            }
            Event::Start(tag @ (Tag::Emphasis | Tag::CodeBlock(_) | Tag::Strikethrough)) => panic!("{tag:?}"),
            Event::Code(code) => panic!("code: {code}"),
            Event::Text(words) => seen.push_str(&words),
            _ => {}
        }
    }
    for name in [recipe.title, "<5 nM> *b* `c` | &lt;", "</title><img src=x onerror=alert(1)>"] {
        assert!(seen.contains(name), "{name} is lost");
    }
}

#[test]
fn bytes_depend_on_the_findings_only() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (folder, threads) in [(&one, 1), (&two, 3)] {
        lay_out(&square(), folder.path());
        write(folder.path(), &RenderOptions { threads, ..RenderOptions::default() }).unwrap();
    }
    let bytes = |folder: &Path| contents(folder).into_values().collect::<Vec<_>>();
    assert_eq!(bytes(one.path()), bytes(two.path()));
}

#[test]
fn the_page_needs_nothing_from_outside() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(&isopregnanolone(), folder.path());
    let summary = write(folder.path(), &svg_only(1)).unwrap();
    let html = read(&summary.html);
    for outside in ["<script", " src=", "@import", "url(", "<link", "href=\"http", "href=\"//"] {
        assert!(!html.contains(outside), "the page holds {outside}");
    }
    for anchor in html.split("href=\"#").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]) {
        assert!(html.contains(&format!("id=\"{anchor}\"")), "#{anchor} leads nowhere");
    }
    for file in html.split("href=\"figures/").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]) {
        assert!(folder.path().join("figures").join(file).exists(), "figures/{file} does not exist");
    }
}

#[test]
fn markdown_links_to_files_that_exist() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(&allopregnanolone(), folder.path());
    let summary = write(folder.path(), &svg_only(1)).unwrap();
    let text = read(&summary.markdown);
    let links: Vec<&str> = text.split("](").skip(1).map(|rest| &rest[..rest.find(')').unwrap()]).collect();
    assert!(links.len() > 20);
    for link in links {
        assert!(folder.path().join(link).exists(), "{link} does not exist");
    }
    for line in text.lines().filter(|line| line.starts_with('|')) {
        assert!(line.trim_end().ends_with('|'), "broken row: {line}");
    }
}

#[test]
fn simulated_slices_are_called_predictions_and_recorded_ones_are_not() {
    for recipe in [isopregnanolone(), square()] {
        let folder = tempfile::tempdir().unwrap();
        lay_out(&recipe, folder.path());
        let summary = write(folder.path(), &svg_only(1)).unwrap();
        for text in [read(&summary.html), read(&summary.markdown)] {
            assert_eq!(text.contains("In-silico prediction"), recipe.simulated);
            assert_eq!(text.contains("virtual slices"), recipe.simulated);
        }
    }
}

/// Where the answer gives the estimate of a contrast, with its sign.
fn place_of(answer: &str, estimate: f64) -> usize {
    let number = format!("{estimate:+.1}").replace('-', "−");
    answer.find(&number).unwrap_or_else(|| panic!("{number} is not in {answer}"))
}

#[test]
fn the_answer_gives_effects_before_p_and_the_largest_first() {
    let folder = tempfile::tempdir().unwrap();
    let recipe = isopregnanolone();
    lay_out(&recipe, folder.path());
    let answer = write(folder.path(), &svg_only(1)).unwrap().answer;
    let mut contrasts = findings(&recipe).contrasts;
    contrasts.sort_by(|a, b| b.estimate.abs().total_cmp(&a.estimate.abs()));
    let [first, second] = [0, 1].map(|k| contrasts[k].estimate);
    let after = &answer[answer.find("Intervals are").unwrap()..];
    assert!(place_of(after, first) < place_of(after, second), "{answer}");
    assert!(after.find("[").unwrap() < after.find("p <").unwrap_or(usize::MAX), "{answer}");
}

#[test]
fn each_of_two_inductions_is_answered_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let recipe = allopregnanolone();
    lay_out(&recipe, folder.path());
    let answer = write(folder.path(), &svg_only(1)).unwrap().answer;
    let found = findings(&recipe).contrasts;
    let starts: Vec<usize> =
        recipe.inductions.iter().map(|one| answer.find(&format!("Under {one}, ")).unwrap()).collect();
    for (k, induction) in recipe.inductions.iter().enumerate() {
        let own = &answer[starts[k]..starts.get(k + 1).copied().unwrap_or(answer.len())];
        for contrast in found.iter().filter(|contrast| contrast.induction == *induction) {
            assert!(own.contains(&contrast.condition), "{induction}: {own}");
            place_of(own, contrast.estimate);
        }
    }
}

#[test]
fn a_group_below_its_baseline_is_depressed() {
    let folder = tempfile::tempdir().unwrap();
    let recipe = square();
    lay_out(&recipe, folder.path());
    let mut found = findings(&recipe);
    for group in &mut found.groups {
        group.mean = -group.mean.abs() - 20.0;
        (group.ci.low, group.ci.high) = (group.mean - 5.0, group.mean + 5.0);
    }
    std::fs::write(folder.path().join("findings.json"), serde_json::to_string(&found).unwrap()).unwrap();
    let answer = write(folder.path(), &svg_only(1)).unwrap().answer;
    assert!(answer.contains("was depressed by") && !answer.contains("potentiated"), "{answer}");
}

#[test]
fn bars_have_the_times_of_the_plan() {
    let folder = tempfile::tempdir().unwrap();
    let recipe = square();
    lay_out(&recipe, folder.path());
    let mut plan = manifest(&recipe);
    for condition in &mut plan.conditions {
        for entry in &mut condition.bath {
            entry.regimen = Some(Regimen { from_min: -30.0, lasting_min: Some(5.0), times: 2, every_min: Some(12.5) });
        }
    }
    std::fs::write(folder.path().join("manifest.toml"), toml::to_string(&plan).unwrap()).unwrap();
    let summary = write(folder.path(), &svg_only(1)).unwrap();
    let bars = read(&folder.path().join("figures/schematic.csv"));
    assert!(bars.contains(",-30,-25,") && bars.contains(",-17.5,-12.5,"), "{bars}");
    assert!(!bars.contains("wash-in"), "{bars}");
    for text in [read(&summary.html), read(&summary.markdown)] {
        assert!(text.contains("2 pulses of 5 min, one every 12.5 min"));
        assert!(!text.contains("to the end of the recording") && !text.contains("drug in the bath"));
    }
}

#[test]
fn an_exclusion_is_logged_and_none_is_said() {
    let recipe = square();
    let folder = tempfile::tempdir().unwrap();
    lay_out(&recipe, folder.path());
    let summary = write(folder.path(), &svg_only(1)).unwrap();
    assert!(read(&summary.html).contains("baseline drift 13.2 % exceeds 10 %"));
    let mut found = findings(&recipe);
    found.exclusions.clear();
    std::fs::write(folder.path().join("findings.json"), serde_json::to_string(&found).unwrap()).unwrap();
    let summary = write(folder.path(), &svg_only(1)).unwrap();
    for text in [read(&summary.html), read(&summary.markdown)] {
        assert!(text.contains("Excluded slices: none."));
    }
}

#[test]
fn names_are_text_and_never_markup() {
    let recipe = crowded();
    let folder = tempfile::tempdir().unwrap();
    lay_out(&recipe, folder.path());
    let summary = write(folder.path(), &svg_only(1)).unwrap();
    let html = read(&summary.html);
    assert!(html.contains("Blockers of receptors &amp; channels &lt;all of them&gt;"));
    assert!(!html.contains("<all of them>"));
}

#[test]
fn figures_of_an_earlier_report_do_not_stay() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(&isopregnanolone(), folder.path());
    write(folder.path(), &svg_only(1)).unwrap();
    assert!(folder.path().join("figures/dose-response.svg").exists());
    lay_out(&square(), folder.path());
    write(folder.path(), &svg_only(1)).unwrap();
    assert!(!folder.path().join("figures/dose-response.svg").exists());
}

#[test]
fn a_single_animal_per_group_still_makes_a_report() {
    let recipe = isopregnanolone();
    let folder = tempfile::tempdir().unwrap();
    lay_out(&recipe, folder.path());
    let mut found = findings(&recipe);
    for group in &mut found.groups {
        group.sd = f64::NAN;
        group.sem = f64::NAN;
        group.ci.low = f64::NAN;
        group.ci.high = f64::NAN;
        group.slices.truncate(1);
        group.animals.truncate(1);
    }
    found.contrasts.clear();
    found.animal_mean_contrasts.clear();
    found.estimation.clear();
    found.models.clear();
    found.required.clear();
    for course in &mut found.time_courses {
        course.sem = vec![f64::NAN; course.time_min.len()];
    }
    for curve in &mut found.dose_responses {
        curve.sem = vec![f64::NAN; curve.dose_um.len()];
    }
    std::fs::write(folder.path().join("findings.json"), serde_json::to_string(&found).unwrap()).unwrap();
    let summary = write(folder.path(), &svg_only(1)).unwrap();
    assert!(read(&summary.html).contains("The planned comparison could not be made"));
}

#[test]
fn unreadable_sources_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let fault = write(folder.path(), &svg_only(1)).unwrap_err();
    assert!(fault.to_string().contains("manifest.toml"), "{fault}");
    lay_out(&square(), folder.path());
    std::fs::write(folder.path().join("findings.json"), "{\"format\": 1}").unwrap();
    let fault = write(folder.path(), &svg_only(1)).unwrap_err();
    assert!(matches!(&fault, ReportError::Invalid { fault, .. } if fault.contains("line 1")), "{fault}");
    lay_out(&square(), folder.path());
    std::fs::write(folder.path().join("mechanism.csv"), "induction,condition\n").unwrap();
    let fault = write(folder.path(), &svg_only(1)).unwrap_err();
    assert!(fault.to_string().contains("no column 'quantity'"), "{fault}");
    let text = "induction,condition,quantity,unit,mean,sd\ntbs,control,spikes,,many,1\n";
    std::fs::write(folder.path().join("mechanism.csv"), text).unwrap();
    let fault = write(folder.path(), &svg_only(1)).unwrap_err();
    assert!(fault.to_string().contains("line 2: 'many' is no number"), "{fault}");
    let mut found = findings(&square());
    found.format = 9;
    std::fs::write(folder.path().join("findings.json"), serde_json::to_string(&found).unwrap()).unwrap();
    assert!(matches!(write(folder.path(), &svg_only(1)), Err(ReportError::Format { found: 9, .. })));
}
