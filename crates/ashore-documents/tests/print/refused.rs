use ashore_documents::{Align, FontError, Fonts, RenderError};

use crate::paper::{document, fonts, paragraph, table};

#[test]
fn without_a_chinese_font_nothing_is_printed() {
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(Fonts::in_folder(empty.path()).unwrap_err(), FontError::None);
}

#[test]
fn a_character_without_a_glyph_is_named_and_nothing_is_printed() {
    // Two places of the private area, where no installed font puts anything.
    let refusal = document(vec![paragraph("户名\u{F0000}与\u{F0001}")]).pdf(fonts()).unwrap_err();
    assert_eq!(refusal, RenderError::Font(FontError::Missing("\u{F0000}\u{F0001}".to_owned())));
}

#[test]
fn a_table_with_a_hole_is_refused_by_row() {
    let rows = vec![vec!["1".to_owned(), "2".to_owned()], vec!["3".to_owned()]];
    let columns = [("甲", Align::Left, 1), ("乙", Align::Left, 1)];
    let refusal = document(vec![table(&columns, rows)]).pdf(fonts()).unwrap_err();
    assert!(matches!(refusal, RenderError::Row { row: 2, found: 1, columns: 2, .. }), "{refusal}");
}
