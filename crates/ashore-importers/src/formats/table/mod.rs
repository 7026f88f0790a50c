//! Statements of payments: one table however it is kept, one row at a time.

mod biff;
mod cell;
mod columns;
mod csv;
mod row;
mod workbook;

pub(crate) use columns::suggested;
pub(crate) use csv::separator;

use crate::count::Counting;
use crate::statement::{by_header, column_name};
use crate::{
    Container, Format, Mapping, Outline, OutlineSheet, ReadError, Reason, Refusal, Request, Source,
    Statement, Warning,
};

/// A header row stands within so many; preambles have two dozen lines.
const MOST_PREAMBLE: usize = 200;
/// Rows shown to whoever maps the columns.
const SHOWN: usize = 8;

/// Reads a table in whatever it is kept.
pub(crate) fn read<S: Source>(
    request: &Request,
    container: Container,
    source: &mut S,
    out: &mut Counting<'_>,
) -> Result<(), ReadError> {
    let mut table =
        Table { mapping: request.mapping.as_ref(), container, told: false, outline: Outline::default() };
    match container {
        Container::Csv => csv::read(source, &mut table, out)?,
        Container::Xls | Container::Xlsx => workbook::read(source, &mut table, out)?,
    }
    if table.told {
        return Ok(());
    }
    // Nothing was understood: say what it looks like, so that somebody can.
    table.tell(Statement::Other, out)?;
    let missing = request.mapping.as_ref().and_then(|mapping| {
        let names: Vec<String> = table
            .outline
            .sheets
            .iter()
            .flat_map(|sheet| &sheet.columns)
            .map(|name| column_name(name))
            .collect();
        mapping.columns().find(|column| !names.contains(&column_name(column))).map(ToOwned::to_owned)
    });
    out.outline(table.outline)?;
    Err(missing.map_or(Refusal::MappingNeeded, Refusal::ColumnMissing).into())
}

/// The table as a whole: its sheets come one by one.
pub(super) struct Table<'a> {
    mapping: Option<&'a Mapping>,
    container: Container,
    told: bool,
    outline: Outline,
}

impl Table<'_> {
    fn tell(&mut self, statement: Statement, out: &mut Counting<'_>) -> Result<(), ReadError> {
        if self.told {
            return Ok(());
        }
        self.told = true;
        out.format(Format::Table { container: self.container, statement })
    }

    /// A sheet that begins.
    pub(super) fn sheet(&self, name: Option<String>) -> Sheet {
        Sheet { name, before: Vec::new(), body: None, outside: None, year: None }
    }
}

/// One sheet, row by row.
pub(super) struct Sheet {
    name: Option<String>,
    /// Rows before the header.
    before: Vec<(u64, Vec<String>)>,
    body: Option<row::Body>,
    /// First and last row of what is not the table, not reported yet.
    outside: Option<(u64, u64)>,
    /// Year and month that a title names, for days without a year.
    year: Option<(i32, u32)>,
}

impl Sheet {
    /// Takes the next row.
    pub(super) fn row(
        &mut self,
        number: u64,
        cells: Vec<String>,
        table: &mut Table<'_>,
        out: &mut Counting<'_>,
    ) -> Result<(), ReadError> {
        if cells.iter().all(|cell| cell::trimmed(cell).is_empty()) {
            return Ok(());
        }
        let Some(body) = &mut self.body else { return self.before_header(number, cells, table, out) };
        match body.row(&cells) {
            Ok(transaction) => {
                self.report_outside(out)?;
                out.item(crate::Item::Transaction(Box::new(transaction)))
            }
            Err(row::Outside::Note) => {
                let first = self.outside.map_or(number, |(first, _)| first);
                self.outside = Some((first, number));
                Ok(())
            }
            Err(row::Outside::Header) => Ok(()),
            Err(row::Outside::Total) => out.missing(self.place(number), Reason::Total),
            Err(row::Outside::Unreadable(reason)) => out.left_out(self.place(number), reason),
        }
    }

    fn place(&self, row: u64) -> crate::Place {
        crate::Place::Row { sheet: self.name.clone(), row }
    }

    fn before_header(
        &mut self,
        number: u64,
        cells: Vec<String>,
        table: &mut Table<'_>,
        out: &mut Counting<'_>,
    ) -> Result<(), ReadError> {
        if self.before.len() >= MOST_PREAMBLE {
            return Ok(());
        }
        self.year = self.year.or_else(|| cells.iter().find_map(|cell| cell::year_and_month(cell)));
        let found = match table.mapping {
            Some(mapping) if mapping.sheet.is_some() && mapping.sheet != self.name => None,
            Some(mapping) => columns::located(mapping, &cells).map(|columns| (Statement::Other, columns)),
            None => {
                let statement = by_header(&cells).unwrap_or(Statement::Other);
                suggested(&cells, statement).and_then(|mapping| {
                    let columns = columns::located(&mapping, &cells)?;
                    if statement == Statement::Other {
                        table.outline.suggestion = Some(Box::new(mapping));
                    }
                    Some((statement, columns))
                })
            }
        };
        let Some((statement, columns)) = found else {
            self.before.push((number, cells));
            return Ok(());
        };
        table.tell(statement, out)?;
        if let (Some((first, _)), Some((last, _))) = (self.before.first(), self.before.last()) {
            out.warning(Warning::Preamble { first: *first, last: *last })?;
        }
        if statement == Statement::Other
            && table.mapping.is_none()
            && let Some(mapping) = &table.outline.suggestion
        {
            out.warning(Warning::MappingSuggested(mapping.clone()))?;
            // Whoever knows better can say so.
            let (name, columns) = (self.name.clone(), cells.clone());
            let sheet = OutlineSheet { name, columns, rows: Vec::new(), header_row: number };
            out.outline(Outline { sheets: vec![sheet], suggestion: Some(mapping.clone()) })?;
        }
        if let Some((year, _)) = self.year.filter(|_| columns.days_lack_year) {
            out.warning(Warning::YearInferred { year })?;
        }
        self.body = Some(row::Body::new(statement, columns, cells, self.year));
        Ok(())
    }

    fn report_outside(&mut self, out: &mut Counting<'_>) -> Result<(), ReadError> {
        match self.outside.take() {
            Some((first, last)) => out.warning(Warning::Preamble { first, last }),
            None => Ok(()),
        }
    }

    /// The sheet is over.
    pub(super) fn end(mut self, table: &mut Table<'_>, out: &mut Counting<'_>) -> Result<(), ReadError> {
        if self.body.is_none() {
            // The first of the widest rows is what looks most like a header.
            let widest = self.before.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
            let header = self.before.iter().position(|(_, cells)| cells.len() == widest).unwrap_or_default();
            let mut rows = self.before.into_iter().skip(header);
            if let Some((header_row, columns)) = rows.next() {
                let rows = rows.take(SHOWN).map(|(_, cells)| cells).collect();
                table.outline.sheets.push(OutlineSheet { name: self.name, columns, rows, header_row });
            }
            return Ok(());
        }
        self.report_outside(out)
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_forms;
