//! What a file is, by its content.

/// Media type of a file that begins with `head` (a few hundred bytes suffice). The name is only asked when the
/// content says nothing, because names lie more often than bytes.
#[must_use]
pub fn media_type(head: &[u8], name: &str) -> &'static str {
    // A recorded call of an older phone; its first bytes look like a script's.
    if head.starts_with(b"#!AMR") {
        return "audio/amr";
    }
    if let Some(kind) = infer::get(head) {
        return kind.mime_type();
    }
    let extension = name.rsplit_once('.').map(|(_, ext)| ext.to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "eml" => "message/rfc822",
        "mbox" => "application/mbox",
        "xml" => "application/xml",
        "json" => "application/json",
        "csv" => "text/csv",
        "html" | "htm" => "text/html",
        _ if std::str::from_utf8(head).is_ok_and(|text| !head.is_empty() && !text.contains('\0')) => {
            "text/plain"
        }
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn content_speaks_before_the_name() {
        for (head, name, expected) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "note.txt", "image/png"),
            (b"%PDF-1.7\n", "contract", "application/pdf"),
            (b"#!AMR\n\x3c", "call.amr", "audio/amr"),
            (b"From: a@example.com\r\n", "mail.eml", "message/rfc822"),
            (b"plain words", "x.unknown", "text/plain"),
            (b"\x00\x01\x02\x03", "x", "application/octet-stream"),
            (b"", "empty", "application/octet-stream"),
        ] {
            assert_eq!(media_type(head, name), expected, "{name}");
        }
    }
}
