//! A film is played inside the window, from the vault's pieces and no file; where no decoder is there, the page says so.

use anyhow::ensure;
use serde_json::json;

use crate::files::attached;
use crate::support::Role;

/// Each frame is shown for so many milliseconds.
const FRAME_MS: u16 = 200;
const FRAMES: u16 = 15;
/// One key frame of VP8, 16 by 16 points of one blue: what a picture in WebP of that size holds.
const FRAME: [u8; 40] = [
    0x90, 0x01, 0x00, 0x9d, 0x01, 0x2a, 0x10, 0x00, 0x10, 0x00, 0x02, 0xc0, 0x4c, 0x25, 0xa0, 0x02, 0x74,
    0xba, 0x00, 0x03, 0x98, 0x00, 0xfe, 0xbb, 0xb7, 0xf6, 0xa6, 0xc5, 0x54, 0xf3, 0xbb, 0xff, 0x85, 0x6b,
    0x7b, 0x3d, 0x81, 0xe4, 0xe8, 0x00,
];

/// An element of Matroska: its name, its length in eight bytes, its content.
fn element(name: u32, content: &[u8]) -> Vec<u8> {
    let name = name.to_be_bytes();
    let begin = name.iter().position(|byte| *byte != 0).unwrap_or_default();
    let mut bytes = name[begin..].to_vec();
    bytes.extend((content.len() as u64 | 1 << 56).to_be_bytes());
    bytes.extend_from_slice(content);
    bytes
}

fn number(name: u32, value: u64) -> Vec<u8> {
    element(name, &value.to_be_bytes())
}

fn all(parts: &[Vec<u8>]) -> Vec<u8> {
    parts.concat()
}

/// Three seconds of blue in WebM: one track, a cluster for each frame, and where to find each.
fn film() -> Vec<u8> {
    let head = element(
        0x1A45_DFA3,
        &all(&[
            number(0x4286, 1),
            number(0x42F7, 1),
            number(0x42F2, 4),
            number(0x42F3, 8),
            element(0x4282, b"webm"),
            number(0x4287, 2),
            number(0x4285, 2),
        ]),
    );
    let length = f64::from(FRAME_MS * FRAMES);
    let info = element(
        0x1549_A966,
        &all(&[
            number(0x002A_D7B1, 1_000_000),
            element(0x4489, &length.to_be_bytes()),
            element(0x4D80, b"test"),
            element(0x5741, b"test"),
        ]),
    );
    let picture = element(0xE0, &all(&[number(0xB0, 16), number(0xBA, 16)]));
    let track = all(&[
        number(0xD7, 1),
        number(0x73C5, 1),
        number(0x9C, 0),
        element(0x86, b"V_VP8"),
        number(0x83, 1),
        number(0x0023_E383, u64::from(FRAME_MS) * 1_000_000),
        picture,
    ]);
    let tracks = element(0x1654_AE6B, &element(0xAE, &track));
    let (mut clusters, mut places) = (Vec::new(), Vec::new());
    for n in 0..FRAMES {
        places.push(clusters.len());
        // Track 1, at the cluster's own time, a key frame.
        let block = [&[0x81, 0, 0, 0x80][..], &FRAME].concat();
        let at = number(0xE7, u64::from(n) * u64::from(FRAME_MS));
        clusters.extend(element(0x1F43_B675, &all(&[at, element(0xA3, &block)])));
    }
    // Numbers are always eight bytes long, so the length of the list is known before it is written.
    let cues = |before: usize| {
        let points: Vec<Vec<u8>> = (0..FRAMES)
            .zip(&places)
            .map(|(n, place)| {
                let found = all(&[number(0xF7, 1), number(0xF1, (before + place) as u64)]);
                let at = number(0xB3, u64::from(n) * u64::from(FRAME_MS));
                element(0xBB, &all(&[at, element(0xB7, &found)]))
            })
            .collect();
        element(0x1C53_BB6B, &points.concat())
    };
    let before = info.len() + tracks.len() + cues(0).len();
    [head, element(0x1853_8067, &[info, tracks, cues(before), clusters].concat())].concat()
}

/// A film of a codec that nobody has a decoder for.
fn unknown() -> Vec<u8> {
    let mut film = film();
    let at = film.windows(5).position(|bytes| bytes == b"V_VP8").unwrap_or_default();
    film[at..at + 5].copy_from_slice(b"V_XX9");
    film
}

/// What our own protocol answers: status, range, length, and the first and the last byte.
const ASK: &str = "const [url, range, method, done] = arguments; \
    fetch(url, { method, headers: range ? { range } : {} }).then(async (answer) => { \
        const bytes = new Uint8Array(await answer.arrayBuffer()); \
        done([answer.status, answer.headers.get('content-range'), bytes.length, bytes[0] ?? null, bytes[bytes.length - 1] ?? null]); \
    }, (why) => done(String(why)))";

#[tokio::test]
async fn a_film_is_played_from_the_vault_and_its_pieces_are_answered_right() -> anyhow::Result<()> {
    let film = film();
    let files = attached(&[("录屏.webm", film.clone()), ("录屏二.webm", unknown())]).await?;
    let app = &files.app;
    files.open(0).await?;
    let plays = "(() => { const v = document.querySelector('video'); return v && v.readyState >= 2 && Math.abs(v.duration - 3) < 0.05 && v.videoWidth === 16 })()";
    app.wait_until("the film with its length", plays).await?;
    // Nothing but the vault's pieces in memory is played.
    let source = app.client.execute("return document.querySelector('video').src", vec![]).await?;
    ensure!(source.as_str().is_some_and(|source| source.starts_with("blob:")), "{source}");
    let seek = "const done = arguments[0]; const v = document.querySelector('video'); \
        v.addEventListener('seeked', () => done(v.currentTime), { once: true }); v.currentTime = 2.2";
    let reached = app.client.execute_async(seek, vec![]).await?;
    ensure!(reached.as_f64().is_some_and(|at| (at - 2.2).abs() < 0.05), "{reached}");
    let play = "const done = arguments[0]; const v = document.querySelector('video'); v.muted = true; \
        v.addEventListener('ended', () => done(v.currentTime), { once: true }); v.play().catch((why) => done(String(why)))";
    let ended = app.client.execute_async(play, vec![]).await?;
    ensure!(ended.as_f64().is_some_and(|at| at > 2.9), "{ended}");

    let url = format!("ashore-file://localhost/{}", files.files[0]["id"].as_str().unwrap_or_default());
    let whole = film.len();
    let (first, last) = (film[0], film[whole - 1]);
    for (range, expected) in [
        (None, json!([200, null, whole, first, last])),
        (
            Some("bytes=0-".to_owned()),
            json!([206, format!("bytes 0-{}/{whole}", whole - 1), whole, first, last]),
        ),
        (Some("bytes=0-0".to_owned()), json!([206, format!("bytes 0-0/{whole}"), 1, first, first])),
        (Some("bytes=5-9".to_owned()), json!([206, format!("bytes 5-9/{whole}"), 5, film[5], film[9]])),
        (
            Some(format!("bytes={}-{}", whole - 2, whole + 99)),
            json!([206, format!("bytes {}-{}/{whole}", whole - 2, whole - 1), 2, film[whole - 2], last]),
        ),
        (
            Some("bytes=-3".to_owned()),
            json!([206, format!("bytes {}-{}/{whole}", whole - 3, whole - 1), 3, film[whole - 3], last]),
        ),
        (Some(format!("bytes={whole}-")), json!([416, format!("bytes */{whole}"), 0, null, null])),
        (Some("bytes=-0".to_owned()), json!([416, format!("bytes */{whole}"), 0, null, null])),
        (Some("lines=1-2".to_owned()), json!([200, null, whole, first, last])),
    ] {
        let asked = vec![json!(url), json!(range), json!("GET")];
        assert_eq!(app.client.execute_async(ASK, asked).await?, expected, "{range:?}");
    }
    let asked = vec![json!(url), json!(null), json!("HEAD")];
    assert_eq!(app.client.execute_async(ASK, asked).await?, json!([200, null, 0, null, null]));

    files.open(1).await?;
    app.wait_for_text("播放不了").await?;
    app.wait_for_text("存一份用播放器打开").await?;
    app.screens("09-file-no-decoder").await?;
    app.expect_accessible("09-file-no-decoder").await?;
    let copy = files.home.path().join("copy.webm");
    files.home.choose(&copy)?;
    app.press(Role::Button, "存一份").await?;
    app.wait_for_text("已存到选的地方").await?;
    assert_eq!(std::fs::read(&copy)?, unknown());
    files.app.stop().await
}
