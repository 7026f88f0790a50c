//! Long annexes stay whole across pages.

use ashore_documents::Align;

use crate::paper::{document, fonts, table, text_of};

#[test]
fn rows_with_digests_come_out_whole_over_many_pages() {
    let columns = [
        ("编号", Align::Center, 0),
        ("时间", Align::Left, 0),
        ("内容", Align::Left, 1),
        ("SHA-256", Align::Code, 0),
    ];
    let digest = |n: usize| format!("{n:04x}{}", "0123456789abcdef".repeat(4))[..64].to_owned();
    let rows = (1..=80).map(|n| {
        vec![
            format!("E{n}"),
            "2026-11-22 10:00".into(),
            format!("第 {n} 通来电，对方要求当天还款"),
            digest(n),
        ]
    });
    let found = text_of(&document(vec![table(&columns, rows.collect())]).pdf(fonts()).unwrap());
    for n in 1..=80 {
        assert!(found.contains(&digest(n)), "the digest of row {n}");
        assert!(found.contains(&format!("第{n}通来电")), "row {n}");
    }
}
