//! Names of files outside the vault. A name that came with a foreign file is stored as it was, and never used as it is.

use ashore_domain::FileRef;

/// A name for a file in a pack or an export: letters, digits and a little more of its own name, or only its ending when
/// masked. What calls it puts a number before, so no two are alike and none is a device.
pub(super) fn safe_name(file: &FileRef, masked: bool) -> String {
    let kept = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let (stem, ending) = file.name.rsplit_once('.').unwrap_or((&file.name, ""));
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let stem: String =
        if masked { String::new() } else { stem.chars().filter(|c| kept(*c)).take(40).collect() };
    let stem = if stem.is_empty() { "file".to_owned() } else { stem };
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

/// A name to propose where the user saves a file: its own, without anything that leads elsewhere, hides its kind, or is a
/// device on some system.
#[must_use]
pub fn proposed_name(name: &str) -> String {
    const MOST: usize = 80;
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    let plain: String = name
        .chars()
        .map(|sign| match sign {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            sign => sign,
        })
        .filter(|sign| {
            !sign.is_control()
                && !matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        })
        .collect();
    let plain = plain.trim_matches(|sign: char| matches!(sign, '.' | '-' | '_' | ' '));
    let (stem, ending) = plain.rsplit_once('.').map_or((plain, None), |(stem, ending)| (stem, Some(ending)));
    let stem: String = stem.chars().take(MOST).collect();
    let device =
        stem.split('.').next().unwrap_or_default().trim_end_matches(|sign: char| sign.is_ascii_digit());
    let stem = match () {
        () if stem.is_empty() => "file".to_owned(),
        () if DEVICES.contains(&device.to_ascii_lowercase().as_str()) => format!("_{stem}"),
        () => stem,
    };
    match ending {
        Some(ending) => format!("{stem}.{}", ending.chars().take(16).collect::<String>()),
        None => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ashore_domain::AttachmentId;

    #[test]
    fn no_name_leads_anywhere() {
        for (name, proposed, packed) in [
            ("录音 一.amr", "录音 一.amr", "录音一.amr"),
            ("../../.ssh/authorized_keys", "ssh_authorized_keys", "file.sshautho"),
            ("..\\..\\x.bat", "x.bat", "x.bat"),
            ("/etc/passwd", "etc_passwd", "etcpasswd"),
            ("CON", "_CON", "CON"),
            ("com1.txt", "_com1.txt", "com1.txt"),
            ("nul.tar.gz", "_nul.tar.gz", "nultar.gz"),
            ("contract.pdf", "contract.pdf", "contract.pdf"),
            ("a\nb\r\0.txt", "ab.txt", "ab.txt"),
            ("x\u{202e}gnp.exe", "xgnp.exe", "xgnp.exe"),
            ("-rf", "rf", "-rf"),
            ("", "file", "file"),
            ("...", "file", "file"),
            ("C:\\x|y?.png", "C__x_y_.png", "Cxy.png"),
        ] {
            assert_eq!(proposed_name(name), proposed, "{name:?}");
            let file = FileRef {
                attachment: AttachmentId::from_bytes([0; 16]),
                name: name.to_owned(),
                mime: String::new(),
                bytes: 0,
                sha256: [0; 32],
                original: true,
                derived_from: None,
            };
            assert_eq!(safe_name(&file, false), packed, "{name:?}");
            assert!(safe_name(&file, true).starts_with("file"));
        }
        assert!(proposed_name(&"长".repeat(500)).chars().count() <= 97);
    }
}
