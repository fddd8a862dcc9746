//! Every limit that a rule or a form checks, in one table, each with its source. The limits of
//! the reader itself are with the reader, in [`crate::json`].

/// The most nodes a dialog flow may have. Platform limit, dialog API: an upload with more is
/// refused.
pub const DIALOG_NODES: usize = 500;
/// From here on a dialog flow is near [`DIALOG_NODES`]. Flowdeck's own choice: nine tenths of it.
pub const DIALOG_NODES_NEAR: usize = 450;

/// How many further cycles of one loop are looked for, whatever a user asks for. Flowdeck's own
/// choice: a list that nobody reads to its end.
pub const CYCLES: usize = 1_000;
/// How many edges are walked in search of further cycles of one loop. Flowdeck's own choice: a
/// tenth of a second.
pub const CYCLE_STEPS: usize = 2_000_000;
/// How many declared names an unknown name is compared with. Flowdeck's own choice: comparing
/// takes time, and a flow has a few dozen.
pub const NAMES_COMPARED: usize = 1_000;

/// The most transitions a state may have. Platform limit, state API: the update is refused.
pub const STATE_TRANSITIONS: usize = 50;
/// The most conditions a transition may have. Platform limit, state API: the update is refused.
pub const TRANSITION_CONDITIONS: usize = 20;
/// The most actions a transition may have. Platform limit, state API: the update is refused.
pub const TRANSITION_ACTIONS: usize = 15;

/// How many names are compared in one run of a rule to find those that were meant; later problems
/// get no such fix. Flowdeck's own choice: some hundredths of a second.
pub const NEAREST_COMPARISONS: usize = 10_000;

/// The most bytes the value of a context variable may take. Platform limit, context API: 10 KiB.
pub const CONTEXT_VALUE_BYTES: usize = 10 * 1024;
/// The most bytes all variables of a context set may take together. Platform limit, context API:
/// 512 KiB.
pub const CONTEXT_BYTES: usize = 512 * 1024;
/// The most bytes a state variable may take. Platform limit, state API: 1 MiB.
pub const STATE_VALUE_BYTES: usize = 1024 * 1024;
/// How many bytes an update of state variables may safely take. The threshold that the platform's
/// documentation advises: 512 KiB.
pub const STATE_BYTES: usize = 512 * 1024;
/// How many objects may stand inside one another in a state variable. The depth to which the
/// platform promises to keep them.
pub const STATE_DEPTH: usize = 3;

/// What the names of state variables must not start with: the platform's own state. Platform
/// limit, state API.
pub const RESERVED_PREFIXES: [&str; 4] = ["_cognigy", "_session", "_user", "cognigy_"];

/// The most nodes a chart should have. The number that the vendor advises for its editor.
pub const CHART_NODES: usize = 100;
/// The most bytes the settings of a node of a chart may take. The vendor's limit for the body of a
/// request: 60 kB.
pub const CHART_NODE_BYTES: usize = 60_000;
/// The most characters the code of a code node may have. The vendor's limit for its editor.
pub const CHART_CODE_CHARACTERS: usize = 200_000;
/// The fewest characters a key or token has that no prefix gives away. Flowdeck's own choice: shorter
/// ones are hardly ever secret.
pub const SECRET_KEY: usize = 16;
/// The fewest characters that stand after `Bearer`. Flowdeck's own choice: words of a sentence that stand
/// there have no digits.
pub const SECRET_CREDENTIALS: usize = 10;
/// The fewest characters a password has. Flowdeck's own choice, to tell passwords from stand-ins.
pub const SECRET_PASSWORD: usize = 6;
/// How many bits each character of a key carries at least. Flowdeck's own choice: keys in hexadecimal
/// digits have more, words and names less.
pub const SECRET_ENTROPY: f64 = 3.0;
/// How many characters of something that looks like a secret are looked at. Flowdeck's own choice:
/// longer than any key.
pub const SECRET_LENGTH: usize = 512;

/// How many nodes or states a rehearsal enters in one turn; a flow that goes on without waiting is
/// stopped there. Flowdeck's own choice: no person follows a longer way.
pub const REHEARSAL_STEPS: usize = 1_000;
/// How many turns a rehearsal has. Flowdeck's own choice.
pub const REHEARSAL_TURNS: usize = 1_000;
/// How many conditions a rehearsal evaluates in one turn. Flowdeck's own choice: some tenths of a
/// second.
pub const REHEARSAL_CONDITIONS: usize = 100_000;
/// How many statements and actions a rehearsal runs in one turn. Flowdeck's own choice.
pub const REHEARSAL_STATEMENTS: usize = 10_000;
/// How many bytes one text may have that a rehearsal says or keeps. Flowdeck's own choice: 64 KiB.
pub const REHEARSAL_TEXT: usize = 64 * 1024;
/// How many bytes a rehearsal says and keeps in all. Flowdeck's own choice: 16 MiB.
pub const REHEARSAL_WRITTEN: usize = 16 * 1024 * 1024;
/// How many events the trace of one turn keeps; what happens after that still happens. Flowdeck's
/// own choice: a list that nobody reads to its end.
pub const REHEARSAL_EVENTS: usize = 10_000;
/// How many steps the evaluation of one expression takes in a rehearsal. Flowdeck's own choice.
pub const REHEARSAL_EVALUATION: u32 = 20_000;
/// How many characters of an input or an example are compared. Flowdeck's own choice: nobody says
/// more at once.
pub const SIMILARITY_CHARACTERS: usize = 500;
/// From which similarity on an input is recognised. Flowdeck's own choice: more than half of the
/// words and letters are shared.
pub const SIMILARITY_THRESHOLD: f64 = 0.55;

/// How many entries a ZIP archive may have. Flowdeck's own choice: a package of Cognigy.AI has about
/// forty a flow, so this is some thousand flows.
pub const ARCHIVE_ENTRIES: usize = 100_000;
/// How many bytes the path of an entry of a ZIP archive may have. Flowdeck's own choice: longer than any
/// file system takes as a name.
pub const ARCHIVE_PATH_BYTES: usize = 1_024;
/// How many folders may stand inside one another in a ZIP archive. Flowdeck's own choice.
pub const ARCHIVE_DEPTH: usize = 32;
/// How many bytes are unpacked of one ZIP archive in all. Flowdeck's own choice: 256 MiB, three times the
/// largest package that was heard of.
pub const ARCHIVE_BYTES: usize = 256 * 1024 * 1024;
/// How many times larger than packed an entry may be, from [`ARCHIVE_RATIO_FROM`] bytes on. Flowdeck's own
/// choice: exports pack to a tenth; what packs to less than a two-hundredth says nothing.
pub const ARCHIVE_RATIO: usize = 200;
/// From how many unpacked bytes on [`ARCHIVE_RATIO`] holds. Flowdeck's own choice: 1 MiB hurts nobody.
pub const ARCHIVE_RATIO_FROM: usize = 1024 * 1024;
/// How many bytes the charts of one package may have together, each language counted. Flowdeck's own
/// choice: 256 MiB.
pub const PACKAGE_CHART_BYTES: usize = 256 * 1024 * 1024;
/// How many languages a package may have. Flowdeck's own choice: more than Cognigy.AI offers.
pub const PACKAGE_LOCALES: usize = 200;
/// How many charts are made of one package, each language counted. Flowdeck's own choice.
pub const PACKAGE_CHARTS: usize = 20_000;
