//! Which payload belongs to which flow, as a workspace spells it.

use super::RawJson;
use crate::json::{parse, quote};

/// A payload and the flow it belongs to, both by document id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The payload.
    pub payload: String,
    /// The flow.
    pub flow: String,
}

impl Link {
    /// Reads an entry of `links`. One that says more than this version understands is none.
    pub fn read(raw: &RawJson) -> Option<Self> {
        let tree = parse(raw.as_str().into()).ok()?;
        let entry = tree.root();
        let text = |key: &str| Some(entry.get(key)?.as_str()?.into_owned());
        (entry.members().count() == 2).then_some(Self {
            payload: text("payload")?,
            flow: text("flow")?,
        })
    }

    /// How a workspace spells it.
    pub fn write(&self) -> RawJson {
        let (payload, flow) = (quote(&self.payload), quote(&self.flow));
        format!("{{\"payload\": {payload}, \"flow\": {flow}}}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_comes_back_and_what_says_more_is_left_alone() {
        let link = Link {
            payload: "1\"".to_owned(),
            flow: "2".to_owned(),
        };
        assert_eq!(Link::read(&link.write()), Some(link));
        for other in [
            "{\"payload\": \"1\", \"flow\": \"2\", \"since\": 3}",
            "{\"payload\": \"1\"}",
            "{\"payload\": 1, \"flow\": 2}",
            "[]",
        ] {
            assert_eq!(Link::read(&other.to_owned()), None);
        }
    }
}
