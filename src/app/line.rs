//! A line of text that is being typed.
//!
//! Owns: the text in NFC, whatever an input method sends; the cursor, which moves by grapheme.
//! Refuses: control characters and line breaks, also from a paste.

use tui_input::{Input, InputRequest};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::action::Action;

/// A line of text.
#[derive(Debug, Clone, Default)]
pub struct Line {
    input: Input,
    /// The text is a proposal: what is typed takes its place.
    offered: bool,
}

impl Line {
    /// A line with the cursor at its end.
    pub fn of(text: &str) -> Self {
        Self { input: Input::new(text.to_owned()), offered: false }
    }

    /// A line that may be taken as it is, or edited; typing begins another.
    pub fn offering(text: &str) -> Self {
        Self { offered: true, ..Self::of(text) }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The text before the cursor.
    pub fn before(&self) -> &str {
        let text = self.input.value();
        let at = text.char_indices().nth(self.input.cursor()).map_or(text.len(), |c| c.0);
        &text[..at]
    }

    /// Puts the cursor after so many bytes.
    pub fn put_cursor(&mut self, at: usize) {
        let text = self.input.value();
        let chars = text.char_indices().take_while(|c| c.0 < at).count();
        self.input.handle(InputRequest::SetCursor(chars));
    }

    /// Writes at the cursor.
    pub fn insert(&mut self, text: &str) {
        if std::mem::take(&mut self.offered) {
            self.input = Input::default();
        }
        let text = text.replace(['\n', '\r', '\t'], " ");
        // Combining marks arrive alone from some input methods: cleaning would not hurt them, but NFC is made of the whole line below.
        for c in crate::text::clean(&text).0.chars().filter(|c| !c.is_control()) {
            self.input.handle(InputRequest::InsertChar(c));
        }
        if !is_nfc(self.text()) {
            let before: String = self.before().nfc().collect();
            let after: String = self.text()[self.before().len()..].nfc().collect();
            let cursor = before.chars().count();
            self.input = Input::new(before + &after).with_cursor(cursor);
        }
    }

    /// Edits or moves the cursor; `false` where the action is not about that.
    pub fn edit(&mut self, action: Action) -> bool {
        let request = match action {
            Action::CursorLeft => InputRequest::GoToPrevChar,
            Action::CursorRight => InputRequest::GoToNextChar,
            Action::WordLeft => InputRequest::GoToPrevWord,
            Action::WordRight => InputRequest::GoToNextWord,
            Action::CursorStart => InputRequest::GoToStart,
            Action::CursorEnd => InputRequest::GoToEnd,
            Action::DeleteBack => InputRequest::DeletePrevChar,
            Action::DeleteForward => InputRequest::DeleteNextChar,
            Action::DeleteWord => InputRequest::DeletePrevWord,
            Action::DeleteLine => {
                *self = Self::of(&self.text()[self.before().len()..]);
                self.input.handle(InputRequest::GoToStart);
                return true;
            }
            _ => return false,
        };
        self.offered = false;
        self.input.handle(request);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: &str, pieces: &[&str], actions: &[Action], expect: &str, before: &str) {
        let mut line = Line::of(start);
        for piece in pieces {
            line.insert(piece);
        }
        for action in actions {
            assert!(line.edit(*action));
        }
        assert_eq!((line.text(), line.before()), (expect, before));
    }

    #[test]
    fn what_input_methods_send_becomes_nfc() {
        check("", &["e", "\u{302}", "\u{301}"], &[], "ế", "ế");
        check("", &["Trie\u{302}\u{300}u Tie\u{302}n"], &[], "Triều Tiên", "Triều Tiên");
        check("x", &["đ", "a\u{300}"], &[Action::DeleteBack], "xđ", "xđ");
    }

    #[test]
    fn lines_are_edited() {
        check("khe ngần", &[], &[Action::DeleteWord], "khe ", "khe ");
        check("khe", &[], &[Action::CursorLeft], "khe", "kh");
        check("khe", &[], &[Action::CursorStart, Action::DeleteForward], "he", "");
        check("khe", &[], &[Action::CursorLeft, Action::DeleteLine], "e", "");
    }

    #[test]
    fn pastes_are_tamed() {
        check("", &["a\nb\u{1b}[31mc\u{7}"], &[], "a bc", "a bc");
    }
}
