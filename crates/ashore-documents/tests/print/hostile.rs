//! Texts that would be markup, paths, code or tricks elsewhere are nothing but text here.

use ashore_documents::{Align, Block};

use crate::paper::{document, field, fonts, paragraph, squeezed, table, text_of};

const HOSTILE: [&str; 44] = [
    "#read(\"/etc/passwd\")",
    "#include \"/etc/hosts\"",
    "#import \"@preview/cetz:0.3.0\"",
    "#panic(\"停\")",
    "#set page(width: 1pt)",
    "#show: none",
    "#eval(\"1+1\")",
    "#image(\"/srv/a.png\")",
    "#sys.inputs",
    "#plugin(\"x.wasm\")",
    "-500.00",
    "--",
    "---",
    "...",
    "'单引号' \"双引号\"",
    "*粗体* _斜体_",
    "= 标题",
    "== 小标题",
    "- 列表",
    "+ 编号",
    "/ 术语: 解释",
    "$x^2$",
    "`代码`",
    "```rust fn main() {}```",
    "<label> @引用",
    "// 注释",
    "/* 注释 */",
    "\\u{1F600}",
    "~不断行~",
    "https://example.com/?a=1&b=2#c",
    "[方括号] {花括号} (圆括号)",
    "</svg><script>alert(1)</script>",
    "${jndi:ldap://x}",
    "'; DROP TABLE loan; --",
    "%s %n %x",
    "../../../../etc/passwd",
    "C:\\Windows\\System32",
    "{\"json\": [1, 2]}",
    "&lt;b&gt;&amp;",
    "1e400 NaN -0 ∞",
    "＃全角＃ ￥１２３",
    "𠮷野家 㐂 龘",
    "é ü ß Ж Ω",
    "第100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000期",
];

#[test]
fn every_hostile_text_comes_out_as_it_went_in() {
    let blocks = HOSTILE.iter().map(|text| paragraph(text)).collect();
    let found = text_of(&document(blocks).pdf(fonts()).unwrap());
    for text in HOSTILE {
        assert!(found.contains(&squeezed(text)), "{text:?} is missing in {found}");
    }
}

#[test]
fn and_so_in_every_other_place() {
    let mut blocks = Vec::new();
    for text in HOSTILE {
        let text = text.to_owned();
        blocks.push(Block::Heading { text: text.clone() });
        blocks.push(Block::Addressee { text: text.clone() });
        blocks.push(Block::Fields { fields: vec![field("姓名", &text)] });
        blocks.push(Block::Item { text: text.clone() });
        blocks.push(Block::Note { text: text.clone() });
        blocks.push(Block::Signature { lines: vec![text.clone()] });
        blocks
            .push(table(&[("名称", Align::Left, 1), ("值", Align::Right, 0)], vec![vec![text, "1".into()]]));
    }
    let found = text_of(&document(blocks).pdf(fonts()).unwrap());
    for text in HOSTILE {
        let times = found.matches(&squeezed(text)).count();
        assert!(times >= 7, "{text:?} stands {times} times only");
    }
}

#[test]
fn a_title_is_text_too() {
    for title in ["#read(\"/etc/passwd\")", "= 一\n= 二", "-500.00"] {
        let mut document = document(vec![paragraph("正文")]);
        document.title = title.to_owned();
        assert!(text_of(&document.pdf(fonts()).unwrap()).contains(&squeezed(title)));
    }
}

#[test]
fn what_has_no_shape_is_seen_in_print_and_in_plain_text() {
    let document = document(vec![paragraph("收款人\u{202E}张三\u{0}\u{200D}")]);
    let seen = "收款人[U+202E]张三[U+0000][U+200D]";
    assert!(text_of(&document.pdf(fonts()).unwrap()).contains(seen));
    assert!(document.plain_text().contains(seen));
}
