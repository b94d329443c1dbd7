//! What others have tried, and what becomes of it here.

use std::sync::Arc;

use super::{Outline, prose};
use crate::model::Html;
use crate::source::{Content, Place, SourceFile};

fn read(markdown: &str) -> Html {
    let file = SourceFile { path: "incidents/x/incident.md".to_owned(), content: Content::of(Vec::new()) };
    prose(markdown, &Place::file(&Arc::new(file)), Outline::Page, "u1").html
}

/// Strings that have made other programs run scripts.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](java&#x09;script:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](<java&#10;script:alert(1)>)",
    "[x](&#1;javascript:alert(1))",
    "[x](< javascript:alert(1)>)",
    "[x](javascript%3Aalert(1))",
    "[x](/javascript:alert(1))",
    "[x](./javascript:alert(1).html)",
    "[x](/%0ajavascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![x\" onerror=\"alert(1)](/assets/a.png)",
    "![x](/assets/a.png\"onerror=\"alert(1))",
    "![x](/assets/a.png \"t\\\" onload=\\\"alert(1)\")",
    "[x](https://a.example/\"onmouseover=\"alert(1))",
    "[x](https://a.example '\"onmouseover=\"alert(1)')",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "[x]\n\n[x]: <JAVASCRIPT:alert(1)>",
    "# Head {#id onclick=alert(1)}",
    "# \"><script>alert(1)</script>",
    "```\"><script>alert(1)</script>\nx\n```",
    "a[^\"onclick=alert(1)]\n\n[^\"onclick=alert(1)]: b",
    "[x](#\"onclick=\"alert(1))",
    "[x](\\\\evil.example/a)",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "|<script>|\n|-|\n|<img onerror=x>|",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
];

/// The tags of `html`, without what stands between them.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|it| it.split('>').next().unwrap_or(it)).collect()
}

#[test]
fn attacks_are_inert() {
    for attack in ATTACKS {
        let html = read(attack).at("");
        for tag in tags(&html) {
            let tag = tag.to_lowercase();
            let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap();
            assert!(!matches!(name, "script" | "svg" | "iframe" | "!--"), "{attack} gave {html}");
            // With the quoted values taken out, no attribute but ours is left.
            let bare: String = tag.split('"').step_by(2).collect();
            assert!(!bare.contains(" on") && !bare.contains("/on"), "{attack} gave {html}");
            for scheme in ["javascript:", "vbscript:", "data:", "file:"] {
                assert!(!tag.contains(&format!("=\"{scheme}")), "{attack} gave {html}");
            }
            assert!(!tag.contains("=\"//") && !tag.contains("=\"\\"), "{attack} gave {html}");
        }
        assert!(!html.contains(Html::ROOT), "{attack} left a mark");
    }
}
