//! How a deployment can end: proved one way or the other, or honestly not known.

/// How a deployment ended.
#[derive(Clone, Debug, PartialEq)]
pub enum DeployEnd {
    /// The version that was to become active is: that was read back.
    NewActive {
        /// Its id.
        version_id: String,
        /// Whether what the platform exports was compared with what was sent too. Not for a version
        /// that was there before: its text was never held here.
        compared: bool,
    },
    /// What was active before is active: that was read back.
    PreviousActive {
        /// Its id; none when nothing was active before either.
        version_id: Option<String>,
        /// The id of the new version, when it was created all the same. Always none where the version
        /// was there before.
        created: Option<String>,
        /// Why the new one is not active.
        reason: String,
    },
    /// Which version is active could not be proved.
    Unknown(Unknown),
}

/// What there is to say when nothing is proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The new version, where it has an id.
    pub target: Option<String>,
    /// The version before, where there was one.
    pub previous: Option<String>,
    /// What was tried and what came of it, in order.
    pub tried: Vec<String>,
    /// A request that makes the version before active, or the new one when there was none, to be
    /// copied. The token has to be put in.
    pub request: String,
}

impl DeployEnd {
    /// How the audit log calls it.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::NewActive { .. } => "new_version_active",
            Self::PreviousActive { .. } => "previous_version_active",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Whether it is proved, one way or the other.
    pub fn is_proved(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }
}

impl std::fmt::Display for DeployEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NewActive {
                version_id,
                compared: true,
            } => write!(
                f,
                "The new version {version_id} is active. It was read back and compared."
            ),
            Self::NewActive {
                version_id,
                compared: false,
            } => write!(
                f,
                "Version {version_id} is active. That was read back; what it contains was not \
                 compared, because its text is not here."
            ),
            Self::PreviousActive {
                version_id: Some(id),
                reason,
                ..
            } => write!(
                f,
                "{reason} The version before, {id}, is active. That was read back."
            ),
            Self::PreviousActive {
                version_id: None,
                reason,
                ..
            } => write!(
                f,
                "{reason} No version is active, as before. That was read back."
            ),
            Self::Unknown(unknown) => write!(
                f,
                "It is not known which version is active. New: {}; before: {}. {} Check again, or \
                 send the request below by hand.",
                unknown.target.as_deref().unwrap_or("none"),
                unknown.previous.as_deref().unwrap_or("none"),
                unknown.tried.join(" ")
            ),
        }
    }
}
