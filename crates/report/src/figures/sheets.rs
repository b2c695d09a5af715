//! Figures that do not fit on one page: equal parts on as many sheets as they need.

use crate::figures::scene::Caption;

/// `items` in as few parts of at most `most` as hold them; the parts are about equal,
/// and all but the last a multiple of `columns`.
pub fn parts<T>(items: &[T], most: usize, columns: usize) -> Vec<&[T]> {
    let columns = columns.max(1);
    let rows = items.len().div_ceil(columns);
    let sheets = rows.div_ceil((most / columns).max(1)).max(1);
    items.chunks(rows.div_ceil(sheets).max(1) * columns).collect()
}

/// The caption of part `k` of `n`: its file is numbered, its title says which it is.
pub fn caption(caption: Caption, k: usize, n: usize) -> Caption {
    if n < 2 {
        return caption;
    }
    let Caption { slug, title, .. } = &caption;
    Caption { slug: format!("{slug}-{}", k + 1), title: format!("{title} (sheet {} of {n})", k + 1), ..caption }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_few_and_equal() {
        let items: Vec<usize> = (0..41).collect();
        let sizes = |most, columns| parts(&items, most, columns).iter().map(|part| part.len()).collect::<Vec<_>>();
        assert_eq!(sizes(50, 1), [41]);
        assert_eq!(sizes(40, 1), [21, 20]);
        assert_eq!(sizes(20, 4), [16, 16, 9]);
        assert_eq!(sizes(1, 1).len(), 41);
        assert!(parts::<u8>(&[], 3, 2).is_empty());
    }
}
