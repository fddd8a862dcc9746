//! Whatever the bytes: opening gives a document with the same text or located reasons, and what
//! opens can be checked, edited and taken back.
#![no_main]

use flow::command::dialog::{delete, set_text};
use flow::document::Document;
use flow::rules::{Settings, check};
use flow::session::{Positions, Session};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let document = match Document::open(bytes) {
        Ok(document) => document,
        Err(errors) => {
            assert!(!errors.is_empty());
            assert!(errors.iter().all(|error| error.line >= 1 && error.column >= 1));
            return;
        }
    };
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    assert_eq!(document.text().as_bytes(), text);
    let problems = check(&document, &Settings::default());
    let mut session = Session::new(document, Positions::new());
    let mut commands: Vec<_> = problems
        .into_iter()
        .filter_map(|problem| problem.fix)
        .map(|fix| fix.command)
        .take(3)
        .collect();
    if let Some(flow) = session.document().dialog_flow() {
        commands.push(set_text("Rename", flow.name.at, "a \"new\" name\n"));
        if !flow.nodes.is_empty() {
            commands.push(delete(flow, &[0], &[]));
        }
    }
    for command in &commands {
        if session.apply(command) == Ok(true) {
            session.undo();
        }
        assert_eq!(session.document().text().as_bytes(), text);
    }
});
