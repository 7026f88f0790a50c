//! Mail as HTML that can do nothing.

use ammonia::Builder;

/// HTML without anything that acts or fetches, and how many pictures it wanted from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Harmless {
    /// Text with its headings, lists, tables and emphasis; nothing else.
    pub html: String,
    /// Pictures that were left out.
    pub pictures: usize,
}

/// Takes scripts, styles, links, forms, frames, pictures and every address out of `html`.
#[must_use]
pub fn harmless(html: &str) -> Harmless {
    let mut builder = Builder::default();
    builder
        .rm_tags(["img", "map", "area", "a", "picture", "source"])
        .rm_generic_attributes(["title", "lang"])
        .rm_tag_attributes("blockquote", ["cite"])
        .rm_tag_attributes("q", ["cite"])
        .rm_tag_attributes("del", ["cite"])
        .rm_tag_attributes("ins", ["cite"])
        .strip_comments(true);
    let lower = html.to_ascii_lowercase();
    Harmless { html: builder.clean(html).to_string(), pictures: lower.matches("<img").count() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn nothing_acts_and_nothing_is_fetched() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)><script>alert(1)</script></svg>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\"https://example.invalid/?q=1\" ping=\"https://example.invalid\">x</a>",
            "<base href=\"https://example.invalid/\">",
            "<meta http-equiv=refresh content=\"0;url=https://example.invalid\">",
            "<link rel=stylesheet href=\"https://example.invalid/x.css\">",
            "<div style=\"background:url(https://example.invalid/x)\">x</div>",
            "<style>@import 'https://example.invalid/x'; body{background:url(//example.invalid)}</style>",
            "<iframe src=\"https://example.invalid\"></iframe>",
            "<object data=\"x.swf\"></object><embed src=\"x\">",
            "<form action=\"https://example.invalid\"><input name=p><button>x</button></form>",
            "<video src=\"https://example.invalid/v\" autoplay></video><audio src=x></audio>",
            "<body onload=alert(1) background=\"https://example.invalid/b.png\">x</body>",
            "<table background=\"https://example.invalid/b\"><tr><td>x</td></tr></table>",
            "<blockquote cite=\"https://example.invalid\">x</blockquote>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<picture><source srcset=\"https://example.invalid/p\"><img srcset=\"https://example.invalid/p 2x\"></picture>",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
            "<p id=x class=y data-z=w onclick=alert(1)>x</p>",
            "<a xlink:href=\"data:text/html,x\">x</a>",
            "<template><script>alert(1)</script></template>",
        ] {
            let shown = harmless(hostile).html;
            let lower = shown.to_lowercase();
            for word in [
                "script", "onerror", "onload", "onclick", "href", "src", "http", "url(", "style", "<img",
                "<a", "<form", "<input", "<iframe", "cite",
            ] {
                assert!(!lower.contains(word), "{hostile} became {shown}");
            }
        }
    }

    #[test]
    fn what_is_read_stays() {
        let shown = harmless(
            "<h1>账单</h1><p>您好<b>王先生</b></p><table><tr><td colspan=2>1,234.50</td></tr></table><img src=\"https://example.invalid/1\"><IMG src=2>",
        );
        assert_eq!(
            shown.html,
            "<h1>账单</h1><p>您好<b>王先生</b></p><table><tbody><tr><td colspan=\"2\">1,234.50</td></tr></tbody></table>"
        );
        assert_eq!(shown.pictures, 2);
    }
}
