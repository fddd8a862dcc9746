//! The node types of Cognigy.AI that mean something to Flowdeck: what they do, and which of them belong
//! together. The names are those of `@cognigy/basic-nodes` as exports have them; types not named here are
//! kept, drawn and passed over.

/// Which sort of work a type does: decides how it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Where a conversation starts.
    Start,
    /// Where a chart ends, or a conversation is stopped.
    End,
    /// Tells the user something.
    Message,
    /// Asks the user something and waits.
    Question,
    /// Chooses among branches.
    Decision,
    /// The head of one branch.
    Branch,
    /// Runs code, calls a service, changes data.
    Action,
    /// Goes on elsewhere.
    Jump,
    /// Hands over to an agent or a model.
    Agent,
    /// Anything else.
    Other,
}

impl Family {
    /// The family of a type.
    pub fn of(type_name: &str) -> Self {
        match type_name {
            "start" => Self::Start,
            "end" | "stop" | "hangup" => Self::End,
            "say" | "sendText" | "adaptiveCard" | "datePicker" | "playAudio" | "image" => {
                Self::Message
            }
            "question" | "optionalQuestion" | "wait" => Self::Question,
            other if is_jump(other) => Self::Jump,
            "think" => Self::Jump,
            "code" | "httpRequest" | "addToContext" | "removeFromContext" | "resetContext"
            | "copySlotToContext" | "sleep" | "setSessionConfig" | "triggerFunction"
            | "debugMessage" | "log" | "setTranslation" | "switchLocale" | "overwriteAnalytics"
            | "trackGoal" | "emailNotification" | "sendData" | "executeCognigyNlu"
            | "regexSlotFiller" => Self::Action,
            "handover" | "handoverV2" | "llmPrompt" => Self::Agent,
            other if is_marker(other) => Self::Branch,
            other
                if !branches_of(other).is_empty()
                    || other == "lookup"
                    || other == "randomPaths" =>
            {
                if other == "aiAgentJob" {
                    Self::Agent
                } else {
                    Self::Decision
                }
            }
            other if other.starts_with("aiAgent") => Self::Agent,
            _ => Self::Other,
        }
    }

    /// The word that styles know its hue by: that of the nodes of flows that are most like it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End | Self::Action => "end",
            Self::Message => "action",
            Self::Question | Self::Agent => "intent",
            Self::Decision | Self::Branch => "condition",
            Self::Jump => "fallback",
            Self::Other => "unknown",
        }
    }
}

/// One sort of branch that a type has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The type of the node that heads it.
    pub marker: &'static str,
    /// How often it may come.
    pub count: Count,
}

/// How often a branch may come under one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Exactly once.
    One,
    /// Any number of times, or not at all.
    Any,
}

const fn one(marker: &'static str) -> Branch {
    Branch {
        marker,
        count: Count::One,
    }
}

const fn any(marker: &'static str) -> Branch {
    Branch {
        marker,
        count: Count::Any,
    }
}

/// The types whose branches are known, with those branches.
const BRANCHING: [(&str, &[Branch]); 7] = [
    ("if", &[one("then"), one("else")]),
    ("switch", &[any("case"), one("default")]),
    ("once", &[one("onFirstExecution"), one("afterwards")]),
    ("interval", &[one("onInterval"), one("elseInterval")]),
    ("optionalQuestion", &[one("onAnswer"), one("onQuestion")]),
    (
        "triggerFunction",
        &[one("onScheduled"), one("onSchedulingError")],
    ),
    (
        "aiAgentJob",
        &[one("aiAgentJobDefault"), any("aiAgentJobTool")],
    ),
];

/// The branches a type has; none for a type whose branches are not known, which may have any.
pub fn branches_of(type_name: &str) -> &'static [Branch] {
    BRANCHING
        .iter()
        .find(|(parent, _)| *parent == type_name)
        .map_or(&[], |(_, branches)| branches)
}

/// The type whose branches a marker heads, where it is one: `then` belongs to `if`.
pub fn parent_of(marker: &str) -> Option<&'static str> {
    BRANCHING
        .iter()
        .find(|(_, branches)| branches.iter().any(|branch| branch.marker == marker))
        .map(|(parent, _)| *parent)
}

/// Whether a type heads a branch and does nothing by itself.
pub fn is_marker(type_name: &str) -> bool {
    parent_of(type_name).is_some()
}

/// Whether a type goes on elsewhere.
pub fn is_jump(type_name: &str) -> bool {
    matches!(type_name, "goTo" | "executeFlow" | "aiAgentHandover")
}

/// Whether nothing in the same chain comes after a node of this type.
pub fn is_stop(type_name: &str) -> bool {
    matches!(type_name, "stop" | "goTo")
}

/// Whether a node of this type waits for the user before the conversation goes on.
pub fn waits(type_name: &str) -> bool {
    matches!(
        type_name,
        "question" | "optionalQuestion" | "wait" | "aiAgentJob"
    )
}

/// Whether a conversation may be sent to a node of this type from elsewhere, as the platform has it
/// unless somebody changes it.
pub fn is_entry(type_name: &str) -> bool {
    matches!(type_name, "start" | "question" | "optionalQuestion")
}
