//! From the SVG document to PNG and PDF, both from one parsed tree and the
//! embedded fonts, so that the three files show the same.

use crate::drawing::fonts::Fonts;
use crate::error::ReportError;
use krilla::Document;
use krilla::geom::Size;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// CSS pixels per inch: the unit of a parsed tree.
const CSS_DPI: f64 = 96.0;

/// Parses an SVG document.
pub fn parse(fonts: &Fonts, figure: &str, svg: &str) -> Result<Tree, ReportError> {
    let options = Options { fontdb: fonts.database(), font_family: "Liberation Sans".to_owned(), ..Options::default() };
    Tree::from_str(svg, &options)
        .map_err(|fault| ReportError::Export { figure: figure.to_owned(), fault: fault.to_string() })
}

/// Vector PDF of one page; text stays text.
pub fn pdf(figure: &str, tree: &Tree) -> Result<Vec<u8>, ReportError> {
    let fault = |fault: String| ReportError::Export { figure: figure.to_owned(), fault };
    let points = 72.0 / CSS_DPI as f32;
    let (width, height) = (tree.size().width() * points, tree.size().height() * points);
    let size = Size::from_wh(width, height).ok_or_else(|| fault("the figure has no area".to_owned()))?;
    let mut document = Document::new();
    let mut page = document.start_page_with(PageSettings::new(size));
    let mut surface = page.surface();
    surface.draw_svg(tree, size, SvgSettings::default());
    surface.finish();
    page.finish();
    document.finish().map_err(|error| fault(format!("{error:?}")))
}

/// PNG on white at `dpi` dots per inch, which the file states.
pub fn png(figure: &str, tree: &Tree, dpi: u32) -> Result<Vec<u8>, ReportError> {
    let fault = |fault: String| ReportError::Export { figure: figure.to_owned(), fault };
    let scale = f64::from(dpi) / CSS_DPI;
    let width = (f64::from(tree.size().width()) * scale).round() as u32;
    let height = (f64::from(tree.size().height()) * scale).round() as u32;
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| fault("the figure has no area".to_owned()))?;
    pixmap.fill(Color::WHITE);
    resvg::render(tree, Transform::from_scale(scale as f32, scale as f32), &mut pixmap.as_mut());
    // The paper is white everywhere, so the alpha channel says nothing.
    let rgb: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let per_metre = (f64::from(dpi) / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header().map_err(|error| fault(error.to_string()))?;
    writer.write_image_data(&rgb).map_err(|error| fault(error.to_string()))?;
    writer.finish().map_err(|error| fault(error.to_string()))?;
    Ok(bytes)
}
