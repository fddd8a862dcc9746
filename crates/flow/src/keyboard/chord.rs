//! One combination of keys.

use compact_str::{CompactString, ToCompactString};

/// Whose names of keys are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Platform {
    /// `Ctrl+Shift+Z`
    #[default]
    Other,
    /// `⇧⌘Z`
    Mac,
}

/// A key going down, as a browser tells it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Press<'a> {
    /// What the key writes, or its name.
    pub key: &'a str,
    /// Which key of the keyboard it is.
    pub code: &'a str,
    /// Whether Ctrl, or on a Mac the command key, is held.
    pub command: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// Whether Shift is held.
    pub shift: bool,
}

/// Keys that are pressed together. Equal when the same press is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord {
    command: bool,
    alt: bool,
    shift: bool,
    /// A letter in lower case, what another key writes, or the name of a key that writes nothing.
    key: CompactString,
}

/// Keys that only change what others do, and presses that are none.
const SILENT: [&str; 11] = [
    "Control",
    "Shift",
    "Alt",
    "Meta",
    "AltGraph",
    "CapsLock",
    "Fn",
    "Dead",
    "Process",
    "Unidentified",
    "",
];

impl Chord {
    fn new(command: bool, alt: bool, shift: bool, key: &str) -> Self {
        let mut letters = key.chars();
        let only = letters.next().filter(|_| letters.next().is_none());
        let (key, writes) = match only {
            Some(' ') => (CompactString::const_new("Space"), false),
            // With a sign, Shift is how it is typed; with a letter, it is a key of its own.
            Some(letter) => (
                letter.to_lowercase().to_compact_string(),
                !letter.is_alphabetic(),
            ),
            None => (CompactString::from(key), false),
        };
        Self {
            command,
            alt,
            shift: shift && !writes,
            key,
        }
    }

    /// The combination that a key going down completes; none while it is not complete.
    pub fn pressed(press: &Press<'_>) -> Option<Self> {
        if SILENT.contains(&press.key) {
            return None;
        }
        // With Alt a Mac writes another sign, and other scripts have other letters on the same keys.
        let foreign = press.alt || (press.command && !press.key.is_ascii());
        let of_code = || {
            let letter = press.code.strip_prefix("Key");
            letter.or_else(|| press.code.strip_prefix("Digit"))
        };
        let key = Some(press.key).filter(|key| !foreign || key.chars().count() > 1);
        let key = key.or_else(of_code).unwrap_or(press.key);
        Some(Self::new(press.command, press.alt, press.shift, key))
    }

    /// Reads how [`Chord`] is spelled: `Mod+Shift+Z`, `Alt+ArrowLeft`, `?`, `Mod++`.
    pub fn parse(text: &str) -> Option<Self> {
        let (before, key) = match text.strip_suffix('+') {
            Some(before) => (before, "+"),
            None => text.rsplit_once('+').unwrap_or(("", text)),
        };
        let (mut command, mut alt, mut shift) = (false, false, false);
        for word in before.split('+').filter(|word| !word.is_empty()) {
            let held = match word {
                "Mod" => &mut command,
                "Alt" => &mut alt,
                "Shift" => &mut shift,
                _ => return None,
            };
            *held = true;
        }
        let is_key = !SILENT.contains(&key) && !key.contains(char::is_whitespace);
        is_key.then(|| Self::new(command, alt, shift, key))
    }

    /// How the keys are called where somebody reads it.
    pub fn shown(&self, platform: Platform) -> String {
        let mac = platform == Platform::Mac;
        let names = if mac {
            ["⌥", "⇧", "⌘"]
        } else {
            ["Ctrl+", "Alt+", "Shift+"]
        };
        let held = if mac {
            [self.alt, self.shift, self.command]
        } else {
            [self.command, self.alt, self.shift]
        };
        let mut shown = String::new();
        for (name, held) in names.into_iter().zip(held) {
            if held {
                shown.push_str(name);
            }
        }
        let key = match self.key.as_str() {
            "ArrowLeft" => "←",
            "ArrowRight" => "→",
            "ArrowUp" => "↑",
            "ArrowDown" => "↓",
            "Escape" => "Esc",
            "Delete" if mac => "⌦",
            "Delete" => "Del",
            "Backspace" if mac => "⌫",
            "-" => "−",
            other => return shown + &titled(other),
        };
        shown + key
    }
}

/// A letter in upper case; a name as it is.
fn titled(key: &str) -> String {
    if key.chars().count() == 1 {
        key.to_uppercase()
    } else {
        key.to_owned()
    }
}

impl std::fmt::Display for Chord {
    /// The spelling that [`Chord::parse`] reads.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, held) in [
            ("Mod+", self.command),
            ("Alt+", self.alt),
            ("Shift+", self.shift),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        f.write_str(&titled(&self.key))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn press(key: &'static str, code: &'static str, held: &str) -> Option<Chord> {
        Chord::pressed(&Press {
            key,
            code,
            command: held.contains('c'),
            alt: held.contains('a'),
            shift: held.contains('s'),
        })
    }

    #[test]
    fn a_press_is_the_chord_it_is_written_as() {
        let cases = [
            ("z", "KeyZ", "c", "Mod+Z"),
            ("Z", "KeyZ", "cs", "Mod+Shift+Z"),
            ("?", "Slash", "s", "?"),
            ("+", "Equal", "s", "+"),
            ("+", "Equal", "cs", "Mod++"),
            ("ArrowLeft", "ArrowLeft", "as", "Alt+Shift+ArrowLeft"),
            (" ", "Space", "", "Space"),
            ("1", "Digit1", "", "1"),
            // What a Mac, a Greek and a Russian keyboard write on the same keys.
            ("ˇ", "KeyT", "as", "Alt+Shift+T"),
            ("ζ", "KeyZ", "c", "Mod+Z"),
            ("Я", "KeyZ", "cs", "Mod+Shift+Z"),
        ];
        for (key, code, held, written) in cases {
            let chord = press(key, code, held);
            assert_eq!(chord, Chord::parse(written), "{written}");
            assert_eq!(chord.unwrap().to_string(), written);
        }
    }

    #[test]
    fn keys_that_are_only_held_are_no_chord() {
        assert_eq!(press("Control", "ControlLeft", "c"), None);
        assert_eq!(press("Dead", "Quote", ""), None);
        for text in ["", "Mod+", "Hyper+A", "Ctrl+Z", "Mod+Control", "a b"] {
            let read = Chord::parse(text);
            // A trailing plus is the key of that name.
            assert_eq!(read.is_some(), text == "Mod+", "{text}: {read:?}");
        }
    }

    #[test]
    fn keys_are_called_as_the_platform_calls_them() {
        let shown = |text: &str| {
            let chord = Chord::parse(text).unwrap();
            (chord.shown(Platform::Other), chord.shown(Platform::Mac))
        };
        let both = |other: &str, mac: &str| (other.to_owned(), mac.to_owned());
        assert_eq!(shown("Mod+Shift+Z"), both("Ctrl+Shift+Z", "⇧⌘Z"));
        assert_eq!(shown("Alt+ArrowLeft"), both("Alt+←", "⌥←"));
        assert_eq!(shown("Delete"), both("Del", "⌦"));
        assert_eq!(shown("?"), both("?", "?"));
    }

    proptest! {
        #[test]
        fn a_spelling_is_read_as_what_it_spells(
            key in "[a-zA-Z0-9?+,./-]|F[1-9]|ArrowUp|Escape|é|Я",
            held in "[cas]{0,3}",
        ) {
            let chord = Chord::new(held.contains('c'), held.contains('a'), held.contains('s'), &key);
            prop_assert_eq!(Chord::parse(&chord.to_string()), Some(chord));
        }
    }
}
