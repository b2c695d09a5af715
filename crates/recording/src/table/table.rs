//! A small table of named columns.

use crate::error::table::TableError;

/// The values of one column; `None` is a missing value.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Numbers.
    F64(Vec<Option<f64>>),
    /// Whole numbers.
    I64(Vec<Option<i64>>),
    /// Text.
    Text(Vec<Option<String>>),
    /// Truth values.
    Bool(Vec<Option<bool>>),
}

impl Column {
    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::F64(values) => values.len(),
            Self::I64(values) => values.len(),
            Self::Text(values) => values.len(),
            Self::Bool(values) => values.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the values are, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::F64(_) => "numbers",
            Self::I64(_) => "whole numbers",
            Self::Text(_) => "text",
            Self::Bool(_) => "true or false",
        }
    }
}

impl From<Vec<f64>> for Column {
    /// NaN becomes a missing value.
    fn from(values: Vec<f64>) -> Self {
        Self::F64(values.into_iter().map(|x| (!x.is_nan()).then_some(x)).collect())
    }
}

impl From<Vec<i64>> for Column {
    fn from(values: Vec<i64>) -> Self {
        Self::I64(values.into_iter().map(Some).collect())
    }
}

impl From<Vec<String>> for Column {
    fn from(values: Vec<String>) -> Self {
        Self::Text(values.into_iter().map(Some).collect())
    }
}

impl From<Vec<&str>> for Column {
    fn from(values: Vec<&str>) -> Self {
        Self::Text(values.into_iter().map(|text| Some(text.to_owned())).collect())
    }
}

impl From<Vec<bool>> for Column {
    fn from(values: Vec<bool>) -> Self {
        Self::Bool(values.into_iter().map(Some).collect())
    }
}

/// Named columns of equal length, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    columns: Vec<(String, Column)>,
}

impl Table {
    /// A table without columns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a column.
    ///
    /// # Errors
    /// [`TableError::Twice`] or [`TableError::Length`].
    pub fn push(&mut self, name: &str, column: impl Into<Column>) -> Result<(), TableError> {
        let column = column.into();
        if self.column(name).is_some() {
            return Err(TableError::Twice(name.to_owned()));
        }
        if !self.columns.is_empty() && column.len() != self.rows() {
            let (expected, found) = (self.rows(), column.len());
            return Err(TableError::Length { column: name.to_owned(), expected, found });
        }
        self.columns.push((name.to_owned(), column));
        Ok(())
    }

    /// [`Table::push`] for a chain of columns.
    ///
    /// # Errors
    /// As [`Table::push`].
    pub fn with(mut self, name: &str, column: impl Into<Column>) -> Result<Self, TableError> {
        self.push(name, column)?;
        Ok(self)
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, column)| column.len())
    }

    /// Names of the columns, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// Columns with their names, in order.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Column)> {
        self.columns.iter().map(|(name, column)| (name.as_str(), column))
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|(known, _)| known == name).map(|(_, column)| column)
    }

    fn required(&self, name: &str) -> Result<&Column, TableError> {
        self.column(name).ok_or_else(|| TableError::NoColumn {
            asked: name.to_owned(),
            present: self.names().map(str::to_owned).collect(),
        })
    }

    /// The numbers of a column; whole numbers count as numbers.
    ///
    /// # Errors
    /// [`TableError::NoColumn`] or [`TableError::Kind`].
    pub fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>, TableError> {
        match self.required(name)? {
            Column::F64(values) => Ok(values.clone()),
            Column::I64(values) => Ok(values.iter().map(|x| x.map(|x| x as f64)).collect()),
            // A column of empty cells has no kind of its own.
            Column::Text(values) if values.iter().all(Option::is_none) => Ok(vec![None; values.len()]),
            other => Err(kind(name, "numbers", other)),
        }
    }

    /// The whole numbers of a column, none missing.
    ///
    /// # Errors
    /// [`TableError::NoColumn`], [`TableError::Kind`] or [`TableError::Gap`].
    pub fn whole_numbers(&self, name: &str) -> Result<Vec<i64>, TableError> {
        match self.required(name)? {
            Column::I64(values) => gapless(name, values),
            other => Err(kind(name, "whole numbers", other)),
        }
    }

    /// The texts of a column; numbers and truth values become the text that CSV
    /// shows, missing values the empty text. Names of animals may be numbers.
    ///
    /// # Errors
    /// [`TableError::NoColumn`].
    pub fn texts(&self, name: &str) -> Result<Vec<String>, TableError> {
        fn shown<T: ToString>(values: &[Option<T>]) -> Vec<String> {
            values.iter().map(|x| x.as_ref().map(T::to_string).unwrap_or_default()).collect()
        }
        Ok(match self.required(name)? {
            Column::F64(values) => shown(values),
            Column::I64(values) => shown(values),
            Column::Text(values) => shown(values),
            Column::Bool(values) => shown(values),
        })
    }

    /// The truth values of a column, none missing.
    ///
    /// # Errors
    /// [`TableError::NoColumn`], [`TableError::Kind`] or [`TableError::Gap`].
    pub fn truths(&self, name: &str) -> Result<Vec<bool>, TableError> {
        match self.required(name)? {
            Column::Bool(values) => gapless(name, values),
            other => Err(kind(name, "true or false", other)),
        }
    }
}

fn kind(column: &str, expected: &'static str, found: &Column) -> TableError {
    TableError::Kind { column: column.to_owned(), expected, found: found.kind().to_owned() }
}

fn gapless<T: Copy>(name: &str, values: &[Option<T>]) -> Result<Vec<T>, TableError> {
    let row = |(place, value): (usize, &Option<T>)| {
        value.ok_or_else(|| TableError::Gap { column: name.to_owned(), row: place + 1 })
    };
    values.iter().enumerate().map(row).collect()
}
