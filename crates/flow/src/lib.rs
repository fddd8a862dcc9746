//! The core of Flowdeck: documents, rules, expressions, commands, layout.
//!
//! Everything here is pure: no input or output, no clock, no randomness of its own. The browser
//! app, the `flowdeck` command and the tests call the same functions and get the same answers.

pub mod annotations;
pub mod checksum;
pub mod cognigy_script;
pub mod command;
pub mod compare;
pub mod diagram;
pub mod difference;
pub mod document;
pub mod editing;
pub mod expression;
pub mod fragment;
pub mod fuzzy;
pub mod geometry;
pub mod intake;
pub mod interaction;
pub mod json;
pub mod kept;
pub mod keyboard;
pub mod layout;
pub mod limits;
pub mod line_difference;
pub mod merge;
pub mod open_document;
pub mod payload;
pub mod picture;
pub mod placement;
pub mod problem;
pub mod rehearsal;
pub mod rename;
pub mod report;
pub mod review;
pub mod rules;
pub mod scene;
pub mod script;
pub mod search;
pub mod secrets;
pub mod session;
pub mod snippet;
pub mod storage;
pub mod view;
pub mod wire_form;
pub mod workspace;
