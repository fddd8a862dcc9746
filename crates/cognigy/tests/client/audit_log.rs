//! The audit log: chained, exported, and telling when it was tampered with.

use cognigy::audit::{Fault, FaultKind, GENESIS, Head, NewEntry, verify};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Making, Reply, World};

fn world(entries: usize) -> World {
    let world = World::new(|_| Reply::Silence);
    for index in 0..entries {
        let entry = NewEntry {
            action: "TEST",
            subject: "thing",
            body: json!({"index": index, "text": "ä\u{2028}\"", "number": 1e21}),
            reference: (index > 0).then_some(1),
        };
        world.run(world.tools.audit.append(entry)).unwrap();
    }
    world
}

fn export(entries: usize) -> String {
    let world = world(entries);
    world.run(world.tools.audit.export()).unwrap()
}

fn fault(text: &str) -> (u64, FaultKind) {
    let Fault { entry, kind, .. } = verify(text, None).unwrap_err();
    (entry, kind)
}

#[test]
fn an_untouched_log_is_whole() {
    for entries in [0, 1, 50] {
        let text = export(entries);
        let verified = verify(&text, None).unwrap();
        assert_eq!(verified.head.size, entries as u64);
        assert!(verified.has_head);
        assert!(verify(&text.replace('\n', "\r\n"), Some(&verified.head)).is_ok());
    }
    assert_eq!(verify("", None).unwrap().head, Head::empty());
}

#[test]
fn entries_have_the_agreed_shape() {
    let world = world(2);
    let lines = world.memory.lines.borrow();
    let mut entry: Value = serde_json::from_str(&lines[1]).unwrap();
    let first: Value = serde_json::from_str(&lines[0]).unwrap();
    assert_eq!(entry["prev"], first["hash"]);
    assert_eq!(first["prev"], GENESIS);
    let hash = entry.as_object_mut().unwrap().remove("hash").unwrap();
    assert_eq!(
        hash,
        cognigy::canonical::sha256(&cognigy::canonical::canonical(&entry))
    );
    assert_eq!(
        entry
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>(),
        [
            "action",
            "at",
            "body",
            "connection",
            "operator",
            "prev",
            "ref",
            "seq",
            "subject"
        ]
    );
    assert_eq!(entry["at"], "2026-03-01T12:00:00.000Z");
}

/// The lines of a log of ten, without the last, which holds the head.
fn ten() -> Vec<String> {
    let text = export(10);
    text.lines().take(10).map(str::to_owned).collect()
}

#[test]
fn what_was_done_to_an_entry_is_named() {
    let with = |change: fn(&mut Vec<String>)| {
        let mut lines = ten();
        change(&mut lines);
        fault(&lines.join("\n"))
    };
    assert_eq!(
        with(|lines| lines[3] = lines[3].replace("thing", "thinh")),
        (4, FaultKind::Changed)
    );
    assert_eq!(
        with(|lines| lines[3] = lines[3].replace(",\"", ", \"")),
        (4, FaultKind::Changed)
    );
    assert_eq!(with(|lines| lines[3].truncate(40)), (4, FaultKind::Changed));
    assert_eq!(with(|lines| drop(lines.remove(3))), (4, FaultKind::Removed));
    assert_eq!(with(|lines| drop(lines.remove(0))), (1, FaultKind::Removed));
    assert_eq!(with(|lines| lines.swap(3, 7)), (4, FaultKind::Reordered));
    assert_eq!(
        with(|lines| lines.insert(5, lines[2].clone())),
        (3, FaultKind::Repeated)
    );
    assert_eq!(
        with(|lines| lines[3] = lines[3].replacen('{', "{\"seq\":4,", 1)),
        (4, FaultKind::Changed),
        "a key that stands twice"
    );
}

/// Makes the hash of a changed entry anew.
fn rehashed(line: &str, change: impl Fn(&mut Value)) -> String {
    let mut entry: Value = serde_json::from_str(line).unwrap();
    change(&mut entry);
    entry.as_object_mut().unwrap().remove("hash");
    let hash = cognigy::canonical::sha256(&cognigy::canonical::canonical(&entry));
    entry["hash"] = json!(hash);
    cognigy::canonical::canonical(&entry)
}

#[test]
fn a_hash_that_was_made_anew_shows_in_the_next_entry() {
    let mut lines = ten();
    lines[3] = rehashed(&lines[3], |entry| entry["subject"] = json!("other"));
    assert_eq!(fault(&lines.join("\n")), (4, FaultKind::Rewritten));
    let mut lines = ten();
    lines[0] = rehashed(&lines[0], |entry| entry["prev"] = json!("00"));
    assert_eq!(fault(&lines.join("\n")), (1, FaultKind::Changed));
}

#[test]
fn a_cut_log_shows_against_any_head_that_was_kept() {
    let whole = export(10);
    let head = verify(&whole, None).unwrap().head;
    let lines: Vec<&str> = whole.lines().collect();
    let without = |gone: std::ops::Range<usize>| {
        let kept = lines
            .iter()
            .enumerate()
            .filter(|(index, _)| !gone.contains(index));
        kept.map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        fault(&without(8..10)),
        (9, FaultKind::CutOff),
        "its own head is left"
    );
    let cut = without(8..11);
    assert!(verify(&cut, None).is_ok(), "without a head nobody can tell");
    let cut = verify(&cut, Some(&head)).unwrap_err();
    assert_eq!((cut.entry, cut.kind), (9, FaultKind::CutOff));
    // Written anew from entry nine on, and one further.
    let mut anew: Vec<String> = lines[..8].iter().map(|line| (*line).to_owned()).collect();
    for seq in 9..=11_u64 {
        let before: Value = serde_json::from_str(anew.last().unwrap()).unwrap();
        anew.push(rehashed(&anew[7].clone(), |entry| {
            entry["seq"] = json!(seq);
            entry["prev"] = before["hash"].clone();
        }));
    }
    let anew = anew.join("\n");
    assert!(verify(&anew, None).is_ok());
    assert_eq!(
        verify(&anew, Some(&head)).unwrap_err().kind,
        FaultKind::OtherHead
    );
    let longer = export(12);
    let grown = verify(&longer, Some(&head));
    assert!(grown.is_ok(), "a log that went on is whole: {grown:?}");
}

#[test]
fn every_fault_is_a_sentence() {
    use FaultKind::{Changed, CutOff, OtherHead, Removed, Reordered, Repeated, Rewritten};
    let kinds = [
        Changed, Rewritten, Removed, Reordered, Repeated, CutOff, OtherHead,
    ];
    let sentences: Vec<String> = kinds
        .map(|kind| {
            Fault {
                line: 7,
                entry: 6,
                kind,
            }
            .to_string()
        })
        .to_vec();
    insta::assert_snapshot!("audit_faults", sentences.join("\n"));
}

#[test]
fn a_new_session_goes_on_where_the_last_one_ended() {
    let first = world(3);
    let second = World::new(|_| Reply::Silence);
    *second.memory.lines.borrow_mut() = first.memory.lines.borrow().clone();
    let entry = NewEntry {
        action: "NEXT",
        subject: "s",
        body: Value::Null,
        reference: None,
    };
    assert_eq!(second.run(second.tools.audit.append(entry)), Ok(4));
    let text = second.run(second.tools.audit.export()).unwrap();
    assert_eq!(verify(&text, None).unwrap().head.size, 4);
}

#[test]
fn entries_written_at_once_stand_in_a_row() {
    let world = World::new(|_| Reply::Silence);
    let entries = (0..20).map(|_| {
        let entry = NewEntry {
            action: "A",
            subject: "s",
            body: Value::Null,
            reference: None,
        };
        Box::pin(world.tools.audit.append(entry)) as _
    });
    let numbers = world.run(crate::support::together(entries.collect()));
    assert!(numbers.iter().all(Result::is_ok));
    let text = world.run(world.tools.audit.export()).unwrap();
    assert_eq!(verify(&text, None).unwrap().head.size, 20);
}

#[test]
fn a_refused_line_is_handed_back_and_leaves_no_gap() {
    let world = world(2);
    world.memory.lines_left.set(Some(0));
    let entry = || NewEntry {
        action: "LOST",
        subject: "s",
        body: Value::Null,
        reference: None,
    };
    let lost = world.run(world.tools.audit.append(entry())).unwrap_err();
    assert!(lost.line.contains("LOST"));
    world.memory.lines_left.set(None);
    assert_eq!(world.run(world.tools.audit.append(entry())), Ok(3));
}

#[test]
fn values_are_kept_in_clear_only_when_the_operator_wants_it() {
    for clear_values in [false, true] {
        let making = Making {
            clear_values,
            ..Making::default()
        };
        let world = World::made(making, |_| Reply::Silence);
        let kept = |value: &str| world.tools.audit.kept_value(&json!(value));
        assert_eq!(kept("a") == json!("a"), clear_values);
        assert_eq!(kept("a"), kept("a"));
        assert_ne!(kept("a"), kept("b"));
    }
}

#[test]
fn it_can_be_searched() {
    let world = world(12);
    let found = world
        .run(world.tools.audit.search("test \"INDEX\":11"))
        .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["seq"], 12);
}

proptest! {
    /// No byte can be changed without it being noticed, and never is a later entry blamed.
    #[test]
    fn no_byte_changes_unnoticed(at in 0_usize..10_000, byte in b' '..=b'~') {
        let lines = ten();
        let mut text = lines.join("\n").into_bytes();
        let at = at % text.len();
        prop_assume!(text[at] != byte && text[at].is_ascii() && text[at] != b'\n');
        let line = text[..at].split(|byte| *byte == b'\n').count() as u64;
        text[at] = byte;
        let found = verify(std::str::from_utf8(&text).unwrap(), None).unwrap_err();
        prop_assert!(found.line as u64 <= line, "{found:?}");
        prop_assert_eq!(found.kind, FaultKind::Changed);
    }
}

#[test]
fn a_log_that_lost_or_changed_its_end_does_not_go_through_the_head_that_was_kept() {
    let lines = ten();
    let head = Head::of(&lines[..6]);
    assert_eq!(head.size, 6);
    assert_eq!(Head::from_json(&head.to_json()), Some(head.clone()));
    assert_eq!(head.to_string(), format!("6:{}", head.hash));
    assert_eq!(Head::from_json(&json!({"size": -1, "hash": ""})), None);
    // As it was then, and longer.
    assert!(head.is_on_the_way_of(&lines[..6]));
    assert!(head.is_on_the_way_of(&lines));
    assert!(Head::empty().is_on_the_way_of(&[]));
    assert!(!head.is_on_the_way_of(&lines[..5]));
    let mut other = lines.clone();
    other[5] = rehashed(&lines[5], |entry| entry["subject"] = json!("other"));
    assert!(!head.is_on_the_way_of(&other));
    let whole = ten().join("\n");
    let verified = verify(&whole, Some(&head)).unwrap();
    assert_eq!(
        verified.to_string(),
        format!(
            "10 entries in an unbroken chain: none was changed, removed or moved. The head is {}",
            verified.head
        )
    );
}
