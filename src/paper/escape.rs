//! Text that cannot become markup.

/// Text that Markdown takes as it stands.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let first = at == 0 && matches!(c, '#' | '>' | '-' | '+' | '=');
        if first || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Text that HTML takes as it stands.
pub fn entities(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// One line of text: line breaks and tabs become blanks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_lose_their_meaning() {
        assert_eq!(escaped("# a *b* <i>"), "\\# a \\*b\\* \\<i>");
        assert_eq!(entities("<b>&\""), "&lt;b&gt;&amp;&quot;");
    }
}
