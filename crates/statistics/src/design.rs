//! Design matrices: what the fixed part of a model is made of.

use crate::error::{StatisticsError, require_count, require_finite};

/// A fixed-effect design matrix, rows = observations, columns = parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    rows: usize,
    names: Vec<String>,
    /// Row-major values.
    values: Vec<f64>,
}

impl Design {
    /// A design from named columns of equal length.
    ///
    /// # Errors
    /// No column, no row, columns of different length, a value not finite.
    pub fn from_columns(columns: &[(&str, Vec<f64>)]) -> Result<Design, StatisticsError> {
        require_count("columns of the design", columns.len(), 1)?;
        let rows = columns[0].1.len();
        require_count("rows of the design", rows, 1)?;
        for (name, column) in columns {
            if column.len() != rows {
                return Err(StatisticsError::LengthMismatch {
                    what: format!("design column \"{name}\""),
                    expected: rows,
                    found: column.len(),
                });
            }
            require_finite(&format!("design column \"{name}\""), column)?;
        }
        let mut values = Vec::with_capacity(rows * columns.len());
        for row in 0..rows {
            values.extend(columns.iter().map(|(_, column)| column[row]));
        }
        let names = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        Ok(Design { rows, names, values })
    }

    /// One column of ones.
    ///
    /// # Errors
    /// No row.
    pub fn intercept(rows: usize) -> Result<Design, StatisticsError> {
        Design::from_columns(&[("intercept", vec![1.0; rows])])
    }

    /// Intercept (mean of level 0) and one difference from level 0 per further
    /// level; `level[i]` in `0..names.len()`.
    ///
    /// # Errors
    /// Fewer than two levels, a level without observation, a level out of range.
    pub fn treatment(level: &[usize], names: &[&str]) -> Result<Design, StatisticsError> {
        check_levels(level, names)?;
        let mut columns = vec![("intercept", vec![1.0; level.len()])];
        for (k, name) in names.iter().enumerate().skip(1) {
            columns.push((name, indicator(level, k)));
        }
        Design::from_columns(&columns)
    }

    /// One column per level: each parameter is the mean of a level, so contrasts
    /// are written as weights of means.
    ///
    /// # Errors
    /// As [`Design::treatment`].
    pub fn cell_means(level: &[usize], names: &[&str]) -> Result<Design, StatisticsError> {
        check_levels(level, names)?;
        let columns: Vec<(&str, Vec<f64>)> =
            names.iter().enumerate().map(|(k, name)| (*name, indicator(level, k))).collect();
        Design::from_columns(&columns)
    }

    /// The design with one more column.
    ///
    /// # Errors
    /// Wrong length or a value not finite.
    pub fn with_column(mut self, name: &str, column: &[f64]) -> Result<Design, StatisticsError> {
        if column.len() != self.rows {
            return Err(StatisticsError::LengthMismatch {
                what: format!("design column \"{name}\""),
                expected: self.rows,
                found: column.len(),
            });
        }
        require_finite(&format!("design column \"{name}\""), column)?;
        let old = self.names.len();
        let mut values = Vec::with_capacity(self.rows * (old + 1));
        for (row, added) in column.iter().enumerate() {
            values.extend_from_slice(&self.values[row * old..(row + 1) * old]);
            values.push(*added);
        }
        self.values = values;
        self.names.push(name.to_owned());
        Ok(self)
    }

    /// Number of observations.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of parameters.
    pub fn columns(&self) -> usize {
        self.names.len()
    }

    /// Names of the parameters.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// One row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.names.len()..(row + 1) * self.names.len()]
    }
}

fn indicator(level: &[usize], k: usize) -> Vec<f64> {
    level.iter().map(|&l| f64::from(u8::from(l == k))).collect()
}

fn check_levels(level: &[usize], names: &[&str]) -> Result<(), StatisticsError> {
    if names.len() < 2 {
        return Err(StatisticsError::OneLevel { what: "factor".to_owned() });
    }
    let mut seen = vec![false; names.len()];
    for &l in level {
        match seen.get_mut(l) {
            Some(flag) => *flag = true,
            None => {
                return Err(StatisticsError::OutOfRange {
                    what: "level of the factor".to_owned(),
                    value: l as f64,
                    low: 0.0,
                    high: names.len() as f64 - 1.0,
                });
            }
        }
    }
    match seen.iter().position(|s| !s) {
        Some(empty) => Err(StatisticsError::EmptyLevel { what: "factor".to_owned(), level: empty }),
        None => Ok(()),
    }
}
