//! Which keys stand for which command: those that commands come with, and those that somebody gave
//! them instead.

use std::collections::BTreeMap;

use super::Chord;

/// The keys of every command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    /// Each command by its id, with the keys it comes with; in the order of the table of commands.
    commands: Vec<(&'static str, Vec<Chord>)>,
    /// What was set instead, also for ids that are no command of this version.
    own: BTreeMap<String, Vec<Chord>>,
}

/// Keys that cannot be given to a command, because they stand for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The id of the command that has them.
    pub by: &'static str,
}

impl Keymap {
    /// The keys that commands come with: each id with spellings of chords.
    pub fn new(
        commands: impl IntoIterator<Item = (&'static str, &'static [&'static str])>,
    ) -> Self {
        let read = |(id, keys): (&'static str, &'static [&'static str])| {
            (
                id,
                keys.iter().filter_map(|key| Chord::parse(key)).collect(),
            )
        };
        Self {
            commands: commands.into_iter().map(read).collect(),
            own: BTreeMap::new(),
        }
    }

    /// The keys of a command, the one to be shown first.
    pub fn chords(&self, id: &str) -> &[Chord] {
        match self.own.get(id) {
            Some(own) => own,
            None => self.usual(id),
        }
    }

    /// The keys a command comes with.
    fn usual(&self, id: &str) -> &[Chord] {
        let command = self.commands.iter().find(|(known, _)| *known == id);
        command.map_or(&[], |(_, chords)| chords)
    }

    /// The command that keys stand for. O(commands).
    pub fn command(&self, chord: &Chord) -> Option<&'static str> {
        let mut ids = self.commands.iter().map(|(id, _)| *id);
        ids.find(|id| self.chords(id).contains(chord))
    }

    /// Gives a command other keys than those it has.
    pub fn bind(&mut self, id: &str, chord: Chord) -> Result<(), Taken> {
        match self.command(&chord) {
            Some(by) if by != id => Err(Taken { by }),
            _ => {
                self.set(id, vec![chord]);
                Ok(())
            }
        }
    }

    /// Gives a command keys, and takes them from whichever had them.
    pub fn take(&mut self, id: &str, chord: &Chord) {
        while let Some(by) = self.command(chord).filter(|by| *by != id) {
            let left = self.chords(by).iter().filter(|own| *own != chord);
            let left = left.cloned().collect();
            self.set(by, left);
        }
        self.set(id, vec![chord.clone()]);
    }

    /// Gives a command the keys back that it came with; those that stand for another by now stay
    /// there.
    pub fn reset(&mut self, id: &str) {
        let usual = self.usual(id).to_vec();
        let free = |chord: &Chord| self.command(chord).is_none_or(|by| by == id);
        let free = usual.into_iter().filter(free).collect();
        self.set(id, free);
    }

    /// Gives every command the keys back that it came with.
    pub fn reset_all(&mut self) {
        self.own.clear();
    }

    /// Whether a command has other keys than it came with.
    pub fn is_changed(&self, id: &str) -> bool {
        self.own.contains_key(id)
    }

    /// Whether any command has.
    pub fn is_any_changed(&self) -> bool {
        !self.own.is_empty()
    }

    fn set(&mut self, id: &str, chords: Vec<Chord>) {
        if chords == self.usual(id) {
            self.own.remove(id);
        } else {
            self.own.insert(id.to_owned(), chords);
        }
    }

    /// What was set, for keeping: one command a line, its id and its keys.
    pub fn write(&self) -> String {
        let mut text = String::new();
        for (id, chords) in &self.own {
            text.push_str(id);
            for chord in chords {
                text.push(' ');
                text.push_str(&chord.to_string());
            }
            text.push('\n');
        }
        text
    }

    /// Takes what [`Keymap::write`] wrote; lines that say nothing are passed over.
    pub fn read(&mut self, text: &str) {
        self.own.clear();
        for line in text.lines() {
            let mut words = line.split(' ');
            let Some(id) = words.next().filter(|id| !id.is_empty()) else {
                continue;
            };
            self.set(id, words.filter_map(Chord::parse).collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keymap() -> Keymap {
        Keymap::new([
            ("undo", &["Mod+Z"][..]),
            ("redo", &["Mod+Shift+Z", "Mod+Y"]),
            ("tour", &[]),
        ])
    }

    fn chord(text: &str) -> Chord {
        Chord::parse(text).unwrap()
    }

    #[test]
    fn keys_that_are_taken_say_by_whom() {
        let mut keys = keymap();
        assert_eq!(keys.command(&chord("Mod+Y")), Some("redo"));
        assert_eq!(keys.bind("tour", chord("Mod+Y")), Err(Taken { by: "redo" }));
        assert_eq!(keys, keymap(), "nothing was changed");
        assert_eq!(keys.bind("tour", chord("Mod+J")), Ok(()));
        assert_eq!(keys.command(&chord("Mod+J")), Some("tour"));
        assert_eq!(keys.bind("tour", chord("Mod+J")), Ok(()), "its own");
    }

    #[test]
    fn taken_keys_leave_the_other_command_the_rest() {
        let mut keys = keymap();
        keys.take("tour", &chord("Mod+Y"));
        assert_eq!(keys.command(&chord("Mod+Y")), Some("tour"));
        assert_eq!(keys.chords("redo"), [chord("Mod+Shift+Z")]);
        keys.reset("redo");
        assert_eq!(keys.chords("redo"), [chord("Mod+Shift+Z")], "still taken");
        keys.reset("tour");
        keys.reset("redo");
        assert_eq!(keys, keymap());
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let mut keys = keymap();
        keys.take("tour", &chord("Mod+Z"));
        let mut again = keymap();
        again.read(&keys.write());
        assert_eq!(again, keys);
        assert!(again.chords("undo").is_empty() && again.is_changed("undo"));
        again.read("\nnonsense\u{0} ???\ngone-command Mod+K\n");
        assert_eq!(again.chords("undo"), [chord("Mod+Z")]);
        again.reset_all();
        assert!(!again.is_any_changed());
    }
}
