//! Attached files are looked at inside the window: every kind, from the vault alone, with nothing in them acting.

use anyhow::ensure;
use fantoccini::Locator;
use serde_json::{Value, json};

use crate::support::{App, Desktop, Home, Role};

/// Half a second of silence.
fn wav() -> Vec<u8> {
    let samples = vec![128_u8; 4000];
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(36 + samples.len()).unwrap_or_default().to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(8000_u32.to_le_bytes());
    file.extend(8000_u32.to_le_bytes());
    file.extend(b"\x01\0\x08\0data");
    file.extend(u32::try_from(samples.len()).unwrap_or_default().to_le_bytes());
    file.extend(samples);
    file
}

/// Two pages with a bar each.
fn pdf() -> Vec<u8> {
    let content = "0.1 0.4 0.6 rg 40 700 300 40 re f";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
    ];
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = file.len();
    file.extend(b"xref\n0 5\n0000000000 65535 f \n");
    for place in &places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer<</Size 5/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

/// A picture of 8 by 8 points (BMP, one colour).
fn picture() -> Vec<u8> {
    let pixels = [0x30, 0x90, 0xC0].repeat(64);
    let mut file = b"BM".to_vec();
    file.extend(u32::try_from(54 + pixels.len()).unwrap_or_default().to_le_bytes());
    file.extend([0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 1, 0, 24, 0]);
    file.extend([0; 24]);
    file.extend(pixels);
    file
}

const MAIL: &str = "From: =?utf-8?B?56S65L6L6YeR6J6N?= <service@example.cn>\r\nTo: me@example.com\r\n\
Date: Tue, 17 Nov 2026 10:00:00 +0800\r\nSubject: =?utf-8?B?6L+Y5qy+5o+Q6YaS?=\r\nMIME-Version: 1.0\r\n\
Content-Type: text/html; charset=utf-8\r\n\r\n\
<h1>账单已出</h1><script>document.title='acted'</script><img src=\"https://example.invalid/seen.png\" onerror=\"document.title='acted'\">\
<p>应还 <b>1,234.50</b> 元</p><form action=\"https://example.invalid\"><button>领取优惠</button></form>";

pub(crate) struct Files {
    pub(crate) app: App,
    pub(crate) home: Home,
    record: String,
    pub(crate) files: Vec<Value>,
    _desktop: Desktop,
}

pub(crate) async fn attached(contents: &[(&str, Vec<u8>)]) -> anyhow::Result<Files> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::in_sample(&desktop, &home).await?;
    let mut handles = Vec::new();
    for (name, bytes) in contents {
        let file = home.path().join(name);
        std::fs::write(&file, bytes)?;
        home.choose(&file)?;
        handles.push(app.ask("choose_file", json!({})).await?["handle"].clone());
        std::fs::remove_file(&file)?;
    }
    let request = json!({ "direction": "incoming", "summary": "几样附件", "details": { "kind": "note", "body": "附件在下面" }, "files": handles });
    let record = app.ask("log_contact", json!({ "request": request })).await?;
    let files = record["files"].as_array().cloned().unwrap_or_default();
    let record = record["id"].as_str().unwrap_or_default().to_owned();
    Ok(Files { app, home, record, files, _desktop: desktop })
}

impl Files {
    pub(crate) async fn open(&self, index: usize) -> anyhow::Result<()> {
        let id = self.files[index]["id"].as_str().unwrap_or_default();
        self.app.go(&format!("/contacts/{}/files/{id}", self.record)).await
    }

    async fn look(&self, index: usize, shown: &str, name: &str) -> anyhow::Result<()> {
        self.open(index).await?;
        self.app.wait_until(name, shown).await?;
        self.app.screens(name).await?;
        self.app.expect_accessible(name).await
    }
}

#[tokio::test]
async fn every_kind_of_file_is_looked_at_inside_the_window() -> anyhow::Result<()> {
    let files = attached(&[
        ("现场照片.bmp", picture()),
        ("通话录音.wav", wav()),
        ("合同.pdf", pdf()),
        ("聊天记录.txt", "对方：下月十五号之前还清。\n我：先还一半，可以吗？".repeat(8).into_bytes()),
        ("账单.eml", MAIL.as_bytes().to_vec()),
        ("怪文件.bin", vec![0, 1, 2, 3, 0xFE, 0xFF]),
    ])
    .await?;
    let app = &files.app;
    app.go(&format!("/contacts/{}", files.record)).await?;
    app.wait_for_text("现场照片.bmp").await?;
    app.expect_accessible("09-contact-with-files").await?;
    files.look(0, "document.querySelector('img.picture')?.naturalWidth === 8", "09-file-picture").await?;
    // The engine's own controls never come to rest for a picture where the system has few decoders.
    files.open(1).await?;
    app.wait_until("the sound", "document.querySelector('audio')?.duration > 0.4").await?;
    files.open(2).await?;
    let drawn = "document.querySelectorAll('img.sheet').length === 2 && document.querySelector('img.sheet').naturalWidth === 1190";
    app.wait_until("the first page", drawn).await?;
    app.screens("09-file-pdf").await?;
    files.look(3, "document.querySelector('pre')?.textContent.includes('先还一半')", "09-file-text").await?;
    // The mail would act if it could: its script, its picture from elsewhere, its form.
    files.look(4, "document.querySelector('pre')?.textContent.includes('1,234.50')", "09-file-mail").await?;
    app.wait_for_text("还款提醒").await?;
    app.press(Role::Button, "看原来的排版").await?;
    let frame = app.client.wait().for_element(Locator::Css("[data-testid='mail-frame']")).await?;
    assert_eq!(frame.attr("sandbox").await?.as_deref(), Some(""), "nothing is allowed in it");
    app.screens("09-file-mail-formatted").await?;
    // What the frame was given: no script may look into it, ours neither.
    let given = "const done = arguments[0]; \
        fetch(document.querySelector('iframe').src).then((answer) => answer.text()).then(done, (why) => done(String(why)))";
    let inside = app.client.execute_async(given, vec![]).await?;
    let inside = inside.as_str().unwrap_or_default();
    ensure!(inside.contains("账单已出") && inside.contains("1,234.50"), "{inside}");
    for gone in ["<script", "example.invalid", "<form", "onerror"] {
        ensure!(!inside.contains(gone), "{gone} in {inside}");
    }
    let title = app.client.title().await?;
    ensure!(!title.contains("acted"), "{title}");
    files.app.stop().await
}

/// A file that nothing shows, and its copy.
#[tokio::test]
async fn what_nothing_shows_can_still_be_saved() -> anyhow::Result<()> {
    let files = attached(&[("怪文件.bin", vec![0, 1, 2, 3, 0xFE, 0xFF])]).await?;
    let app = &files.app;
    files.open(0).await?;
    app.wait_for_text("这里打不开这种文件").await?;
    // A copy is still to be had, byte for byte.
    let copy = files.home.path().join("copy.bin");
    files.home.choose(&copy)?;
    app.press(Role::Button, "存一份").await?;
    app.wait_for_text("已存到选的地方").await?;
    assert_eq!(std::fs::read(&copy)?, [0, 1, 2, 3, 0xFE, 0xFF]);
    files.app.stop().await
}

#[tokio::test]
async fn a_damaged_file_says_so_and_the_rest_is_safe() -> anyhow::Result<()> {
    let files = attached(&[("通话录音.wav", wav())]).await?;
    let mut open = vec![files.home.path().join("data")];
    let mut spoilt = 0;
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.parent().and_then(|p| p.parent()).is_some_and(|p| p.ends_with("objects")) {
                let mut bytes = std::fs::read(&path)?;
                if bytes.len() == wav().len() + 16 {
                    bytes[100] ^= 1;
                    std::fs::write(&path, bytes)?;
                    spoilt += 1;
                }
            }
        }
    }
    assert_eq!(spoilt, 1, "the stored object was found");
    files.open(0).await?;
    files.app.wait_until("what happened", "document.querySelector('[role=alert]') !== null").await?;
    files.app.screens("09-file-damaged").await?;
    files.app.expect_accessible("09-file-damaged").await?;
    files.app.stop().await
}
