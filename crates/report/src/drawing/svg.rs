//! What plotters writes, turned into a file for a journal: size in millimetres,
//! title and description, text placed by its baseline, numbers without noise.

use crate::drawing::fonts::FAMILIES;

/// Rewrites the plotters document `raw` of `width` × `height` mm.
pub fn finish(raw: &str, width: f64, height: f64, title: &str, description: &str) -> String {
    let body = raw.find('\n').map_or("", |end| &raw[end + 1..]);
    let mut out = String::with_capacity(raw.len());
    let (columns, rows) = (units(width), units(height));
    out.push_str(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" \
         viewBox=\"0 0 {columns} {rows}\" font-family=\"{FAMILIES}\" stroke-linejoin=\"round\" role=\"img\">\n\
         <title>{}</title>\n<desc>{}</desc>\n",
        escape(title),
        escape(description)
    ));
    let mut lines = body.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("<text ") {
            out.push_str(&text_tag(line));
            // plotters puts the text on a line of its own, which would become spaces.
            if let Some(content) = lines.next() {
                out.push_str(content);
            }
            if lines.peek().is_some_and(|next| next.starts_with("</text>")) {
                out.push_str("</text>\n");
                lines.next();
            }
        } else {
            out.push_str(&line.replace(" opacity=\"1\"", "").replace(" \"/>", "\"/>"));
            out.push('\n');
        }
    }
    out
}

/// Canvas units (hundredths of a millimetre) of a length in mm.
pub fn units(mm: f64) -> i32 {
    (mm * 100.0).round() as i32
}

/// One opening text tag: the family stands once at the root, the vertical shift
/// of plotters is dropped because we give baselines, the size is rounded.
fn text_tag(line: &str) -> String {
    let mut tag =
        line.replace(" dy=\"-0.5ex\"", "").replace(" opacity=\"1\"", "").replace(" text-anchor=\"start\"", "");
    if let Some(start) = tag.find(" font-family=\"")
        && let Some(length) = tag[start + 14..].find('"')
    {
        tag.replace_range(start..start + 15 + length, "");
    }
    if let Some(start) = tag.find("font-size=\"").map(|at| at + 11)
        && let Some(length) = tag[start..].find('"')
        && let Ok(size) = tag[start..start + length].parse::<f64>()
    {
        tag.replace_range(start..start + length, &format!("{}", size.round()));
    }
    tag
}

/// Escapes text for XML content, which cannot hold control characters.
pub fn escape(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
