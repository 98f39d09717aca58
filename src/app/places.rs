//! Marks of places: a letter for each, as long as the program runs.

use super::App;
use super::action::Action;
use super::event::Effects;
use super::status::Notice;
use super::words::Msg;
use crate::keys::{Code, Key};

impl App {
    /// Asks for the letter of a place.
    pub(super) fn ask_letter(&mut self, action: Action) {
        if action == Action::MarkPlace && self.here().is_some() {
            self.placing = Some(action);
            self.tell(Notice::info(Msg::MarkWhich));
        } else if action == Action::GoToPlace && !self.nav.places.is_empty() {
            self.placing = Some(action);
            let letters: Vec<String> = self.nav.places.keys().map(ToString::to_string).collect();
            self.tell(Notice::info(Msg::GoWhich).with("letters", letters.join(" ")));
        } else {
            // Hands that know the key have typed its letter already: it is no command.
            self.placing = Some(action);
            if action == Action::MarkPlace {
                self.tell(Notice::info(Msg::NothingOpen));
            } else {
                self.tell_no_places();
            }
        }
    }

    fn tell_no_places(&mut self) {
        let key = self.key(Action::MarkPlace);
        self.tell(Notice::info(Msg::NoPlaces).with("key", key));
    }

    /// The key after that question. Twice the key that goes leads back from where it led, as in vim.
    pub(super) fn take_letter(&mut self, asked: Action, key: Key) -> Effects {
        if key == Key::plain(Code::Esc) {
            return Vec::new();
        }
        let again = asked == Action::GoToPlace && self.keys.map.action(&self.scopes(), &[key]) == Some(asked);
        if again {
            return self.jump_back();
        }
        let Some(letter) = key.text().filter(|c| c.is_alphanumeric()) else {
            self.tell(Notice::info(Msg::LetterWanted));
            return Vec::new();
        };
        match asked {
            Action::MarkPlace => {
                let Some(spot) = self.here() else {
                    self.tell(Notice::info(Msg::NothingOpen));
                    return Vec::new();
                };
                self.nav.places.insert(letter, spot);
                let (key, letter) = (self.key(Action::GoToPlace), letter.to_string());
                self.tell(Notice::info(Msg::PlaceMarked).with("letter", letter).with("key", key));
                Vec::new()
            }
            _ => self.go_to_letter(letter),
        }
    }

    fn go_to_letter(&mut self, letter: char) -> Effects {
        let Some(spot) = self.nav.places.get(&letter).cloned() else {
            if self.nav.places.is_empty() {
                self.tell_no_places();
            } else {
                self.tell(Notice::info(Msg::NoSuchPlace).with("letter", letter.to_string()));
            }
            return Vec::new();
        };
        match self.here() {
            Some(here) if here == spot => return Vec::new(),
            Some(here) => self.nav.leave(here),
            None => {}
        }
        self.go_to(Some(spot), Msg::NothingBack)
    }
}
