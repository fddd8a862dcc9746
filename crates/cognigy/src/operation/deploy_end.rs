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
    /// A request that makes the version before active, or the one that was to become active when there
    /// was none, to be copied; empty when there is neither. The token has to be put in.
    pub request: String,
}

impl Unknown {
    /// What there is to be done, as sentences: to check again and, where there is one, to send the
    /// request, with what it does.
    pub fn what_helps(&self) -> String {
        let does = match (&self.previous, &self.target) {
            _ if self.request.is_empty() => {
                return "Check again when the tenant answers. No version is known that could be made \
                        active by hand."
                    .to_owned();
            }
            (Some(previous), _) => format!("makes {previous} active, which was active before"),
            (None, target) => format!(
                "makes {} active, which is what was wanted; none is known to have been active before",
                target.as_deref().unwrap_or("the new version")
            ),
        };
        format!(
            "Check again when the tenant answers, or send the request below by hand. It {does}."
        )
    }
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
                "It is not known which version is active. To become active: {}; active before: {}. \
                 {} {}",
                unknown.target.as_deref().unwrap_or("none"),
                unknown.previous.as_deref().unwrap_or("none"),
                unknown.tried.join(" "),
                unknown.what_helps()
            ),
        }
    }
}
