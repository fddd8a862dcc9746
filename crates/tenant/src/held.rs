//! What the tenant keeps of the documents it is sent: which members, with which defaults.

use crate::json::{Member, Shape};

const NODE: Shape = Shape::Object {
    members: &[
        Member::plain("id"),
        Member::plain("label"),
        Member::filled("properties", "{}"),
        Member::plain("type"),
    ],
    others: false,
};

const EDGE: Shape = Shape::Object {
    members: &[
        Member::filled("condition", "null"),
        Member::plain("id"),
        Member::plain("source"),
        Member::plain("target"),
    ],
    others: false,
};

const VARIABLE: Shape = Shape::Object {
    members: &[
        Member::plain("default"),
        Member::plain("name"),
        Member::plain("type"),
    ],
    others: false,
};

/// A dialog flow.
pub(crate) const DIALOG_FLOW: Shape = Shape::Object {
    members: &[
        Member::list("edges", &EDGE),
        Member::plain("entryPoint"),
        Member::plain("id"),
        Member::plain("name"),
        Member::list("nodes", &NODE),
        Member::list("variables", &VARIABLE),
        Member::plain("version"),
    ],
    others: false,
};

const CONDITION: Shape = Shape::Object {
    members: &[Member::filled("type", "\"expression\"")],
    others: true,
};

const TRANSITION: Shape = Shape::Object {
    members: &[
        Member::list("actions", &Shape::Any),
        Member::list("conditions", &CONDITION),
    ],
    others: true,
};

/// The transitions of a state.
pub(crate) const TRANSITIONS: Shape = Shape::List(&TRANSITION);
