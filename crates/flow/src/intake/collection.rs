//! Files that came together, on their way to entries: the loose ones, or those of one archive. Each step
//! reads one file or makes one chart.

mod source;

use std::collections::{BTreeMap, VecDeque};

use super::folder::{Folder, join};
use super::package::{Joined, Parts};
use super::plan::{self, Plan, Role, name_of};
use super::zip::{Archive, Reason, Refusal, is_archive};
use super::{Content, Entry, File, Taken};
use crate::document::DocumentKind;
use crate::json::{MAX_ERRORS, ReadError, decode_text};
use crate::limits::PACKAGE_CHART_BYTES;
use crate::rules::chart_index::{KnownFlow, Origin};
use source::{Contents, Source};

/// What is said of an archive with nothing in it.
const NOTHING: &str =
    "The ZIP archive holds no JSON documents and no package of Cognigy.AI. Nothing was opened.";
/// What is said of the settings of the command line of Cognigy, which are not shown: they may hold a key.
const SETTINGS: &str = "These are settings of the command line of Cognigy, and no document. They may hold a key, so \
                        they were not read. Open the folder with the flows instead.";

/// Files that came together.
#[derive(Debug)]
pub(super) struct Collection {
    source: Source,
    plan: Plan,
    folders: Vec<Folder>,
    packages: Vec<Package>,
    tasks: VecDeque<Task>,
    entries: Vec<Entry>,
    /// What is wrong with parts of packages, by path, with the number of the file.
    broken: BTreeMap<String, (usize, Vec<ReadError>)>,
    flows: Vec<KnownFlow>,
    skipped: usize,
}

/// A package on its way.
#[derive(Debug)]
struct Package {
    /// The file it came of.
    number: usize,
    /// What stands before the paths of its parts.
    inside: String,
    parts: Parts,
    joined: Joined,
    /// How many bytes its charts have so far.
    written: usize,
}

/// What is to be done.
#[derive(Clone, Copy, Debug)]
enum Task {
    /// Open the archive.
    Open,
    /// Read what is said about a flow.
    Config { member: usize, folder: usize },
    /// Read a document.
    Text { member: usize },
    /// Read a part of a package.
    Part { member: usize, package: usize },
    /// Find out how the parts of a package belong together.
    Join { package: usize },
    /// Make the text of a chart.
    Chart { package: usize, index: usize },
}

impl Collection {
    /// Files by themselves, each with its number.
    pub(super) fn loose(files: Vec<(usize, File)>) -> Self {
        let mut collection = Self::new(Source::Loose(files));
        collection.lay_plans();
        collection
    }

    /// A file that is an archive.
    pub(super) fn archive(number: usize, file: File) -> Self {
        let mut collection = Self::new(Source::Closed(number, file));
        collection.tasks.push_back(Task::Open);
        collection
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            plan: Plan::default(),
            folders: Vec::new(),
            packages: Vec::new(),
            tasks: VecDeque::new(),
            entries: Vec::new(),
            broken: BTreeMap::new(),
            flows: Vec::new(),
            skipped: 0,
        }
    }

    /// How many steps are known to be left.
    pub(super) fn left(&self) -> usize {
        self.tasks.len()
    }

    /// Does one step; false when nothing was left to do.
    pub(super) fn step(&mut self) -> bool {
        let Some(task) = self.tasks.pop_front() else {
            return false;
        };
        if let Err(refusal) = self.carry_out(task) {
            self.refuse(task, &refusal);
        }
        true
    }

    /// Hands over what came of the files.
    pub(super) fn finish(mut self, taken: &mut Taken) {
        for (path, (number, errors)) in std::mem::take(&mut self.broken) {
            let content = Content::Rejected { kind: None, errors };
            self.push(number, path, Origin::default(), content);
        }
        taken.entries.append(&mut self.entries);
        taken.flows.append(&mut self.flows);
        taken
            .flows
            .extend(self.folders.iter().flat_map(Folder::known));
        taken.skipped += self.skipped;
    }

    fn carry_out(&mut self, task: Task) -> Result<(), Refusal> {
        match task {
            Task::Open => self.open(),
            Task::Config { member, folder } => self.read_config(member, folder),
            Task::Text { member } => self.read_text(member),
            Task::Part { member, package } => self.read_part(member, package),
            Task::Join { package } => self.join(package),
            Task::Chart { package, index } => self.make_chart(package, index),
        }
    }

    /// Nothing of an archive or package is opened. What came of other files stays.
    fn refuse(&mut self, task: Task, refusal: &Refusal) {
        let (number, path) = match (&self.source, task) {
            (Source::Closed(number, file), _) => (*number, file.path.clone()),
            (Source::Open(contents), _) => (contents.number, contents.path.clone()),
            (Source::Loose(_), Task::Join { package } | Task::Chart { package, .. }) => {
                let package = &self.packages[package];
                (package.number, package.parts.base().to_owned())
            }
            // Only archives are refused otherwise.
            (Source::Loose(_), _) => return,
        };
        let kind = (!self.packages.is_empty()).then_some(DocumentKind::Package);
        self.entries.retain(|entry| entry.file != number);
        self.broken.retain(|_, (own, _)| *own != number);
        if let (Source::Loose(_), Task::Join { package: own } | Task::Chart { package: own, .. }) =
            (&self.source, task)
        {
            self.tasks
                .retain(|task| !matches!(task, Task::Chart { package, .. } if *package == own));
            self.flows.retain(|flow| flow.root != path);
        } else {
            self.tasks.clear();
            self.flows.clear();
            self.folders.clear();
            self.skipped = 0;
        }
        let errors = vec![ReadError::whole(refusal.to_string())];
        self.push(
            number,
            path,
            Origin::default(),
            Content::Rejected { kind, errors },
        );
    }

    fn open(&mut self) -> Result<(), Refusal> {
        let Source::Closed(number, file) = &mut self.source else {
            return Ok(());
        };
        let archive = Archive::open(std::mem::take(&mut file.bytes))?;
        let (number, path, named) = (*number, file.path.clone(), file.named);
        let contents = Contents::new(number, path.clone(), archive);
        self.source = Source::Open(Box::new(contents));
        self.lay_plans();
        let is_empty = self.tasks.is_empty() && self.entries.is_empty() && self.skipped == 0;
        if is_empty && named {
            self.reject(number, path, NOTHING);
        } else if is_empty {
            self.skipped = 1;
        }
        Ok(())
    }

    /// Decides what each file is, and puts down what is to be done: first what is said about others.
    fn lay_plans(&mut self) {
        let members = self.source.members();
        let (base, in_archive) = match &self.source {
            Source::Open(contents) => (contents.path.clone(), true),
            Source::Loose(_) | Source::Closed(..) => (String::new(), false),
        };
        let plan = Plan::of(&members, in_archive);
        let is_alone = in_archive && plan.packages.len() == 1;
        for at in &plan.folders {
            self.folders.push(Folder::new(at, &base));
        }
        for prefix in &plan.packages {
            let inside = join(&base, prefix.trim_end_matches('/'));
            let shown = if is_alone {
                base.clone()
            } else {
                inside.clone()
            };
            self.packages.push(Package {
                number: usize::MAX,
                inside,
                parts: Parts::new(shown),
                joined: Joined::default(),
                written: 0,
            });
        }
        let (mut texts, mut parts) = (Vec::new(), Vec::new());
        let mut refused = Vec::new();
        for (member, role) in plan.roles.iter().enumerate() {
            match role {
                Role::Text | Role::Chart { .. } => texts.push(Task::Text { member }),
                Role::Config { folder } => {
                    let folder = *folder;
                    self.tasks.push_back(Task::Config { member, folder });
                    if members[member].named {
                        texts.push(Task::Text { member });
                    } else {
                        self.skipped += 1;
                    }
                }
                Role::Part { package, folder } => {
                    let own = &mut self.packages[*package];
                    own.number = own.number.min(self.source.number(member));
                    if own.parts.count(folder.as_deref()) {
                        let package = *package;
                        parts.push(Task::Part { member, package });
                    }
                }
                Role::Other => self.skipped += 1,
                Role::Ignored => {}
                Role::Refused(why) => refused.push((member, *why)),
            }
        }
        self.tasks.extend(texts);
        self.tasks.extend(parts);
        let packages = 0..self.packages.len();
        self.tasks
            .extend(packages.map(|package| Task::Join { package }));
        for (member, why) in refused {
            let (number, path) = (self.source.number(member), self.source.shown(member));
            self.reject(number, path, why);
        }
        self.plan = plan;
    }

    fn read_config(&mut self, member: usize, folder: usize) -> Result<(), Refusal> {
        let path = self.source.path(member).to_owned();
        let bytes = self.source.peek(member)?;
        self.folders[folder].add(&path, &bytes);
        Ok(())
    }

    fn read_text(&mut self, member: usize) -> Result<(), Refusal> {
        let bytes = self.source.take(member)?;
        let (number, shown) = (self.source.number(member), self.source.shown(member));
        let named = self.source.is_named(member);
        let path = self.source.path(member);
        if is_archive(&bytes) {
            self.reject(number, shown, plan::NESTED);
            return Ok(());
        }
        let has_key = || bytes.windows(8).any(|window| window == b"\"apiKey\"");
        if name_of(path) == "config.json" && has_key() {
            if named {
                self.reject(number, shown, SETTINGS);
            } else {
                self.skipped += 1;
            }
            return Ok(());
        }
        let origin = match &self.plan.roles[member] {
            Role::Chart { folder } => self.folders[*folder].origin(path),
            _ => Origin::default(),
        };
        let content = match decode_text(&bytes) {
            Ok(text) => Content::Text(text.into()),
            Err(error) => Content::Rejected {
                kind: None,
                errors: vec![error],
            },
        };
        self.entries.push(Entry {
            file: number,
            path: shown,
            named,
            origin,
            content,
        });
        Ok(())
    }

    fn read_part(&mut self, member: usize, package: usize) -> Result<(), Refusal> {
        let bytes = self.source.take(member)?;
        let Role::Part { folder, .. } = &self.plan.roles[member] else {
            return Ok(());
        };
        let name = name_of(self.source.path(member));
        let parts = &mut self.packages[package].parts;
        if let Err(errors) = parts.add(folder.as_deref(), name, &bytes) {
            let (number, shown) = (self.packages[package].number, self.source.shown(member));
            self.broken.insert(shown, (number, errors));
        }
        Ok(())
    }

    fn join(&mut self, package: usize) -> Result<(), Refusal> {
        let own = &mut self.packages[package];
        own.joined = own.parts.join().map_err(Refusal::whole)?;
        self.flows.extend(own.parts.known());
        self.skipped += own.joined.homeless;
        let charts = (0..own.joined.texts.len()).map(|index| Task::Chart { package, index });
        // Before what is left to do of other packages.
        for (at, task) in charts.enumerate() {
            self.tasks.insert(at, task);
        }
        let (number, base) = (own.number, own.parts.base().to_owned());
        let facts = Content::Package(own.parts.facts());
        let mistakes: Vec<(String, String)> = (own.joined.mistakes.drain(..))
            .map(|(path, message)| (join(&own.inside, &path), message))
            .collect();
        self.push(number, base, Origin::default(), facts);
        for (path, message) in mistakes {
            let (_, errors) = self.broken.entry(path).or_insert((number, Vec::new()));
            if errors.len() < MAX_ERRORS {
                errors.push(ReadError::whole(message));
            }
        }
        Ok(())
    }

    fn make_chart(&mut self, package: usize, index: usize) -> Result<(), Refusal> {
        let own = &mut self.packages[package];
        let content = match own.parts.text(&mut own.joined, index) {
            Ok(text) => {
                own.written += text.len();
                if own.written > PACKAGE_CHART_BYTES {
                    return Err(Refusal::whole(Reason::Charts));
                }
                Content::Text(text.into())
            }
            Err(error) => Content::Rejected {
                kind: Some(DocumentKind::Chart),
                errors: vec![error],
            },
        };
        let text = &own.joined.texts[index];
        let (number, path, origin) = (own.number, text.path.clone(), text.origin.clone());
        self.push(number, path, origin, content);
        Ok(())
    }

    fn push(&mut self, file: usize, path: String, origin: Origin, content: Content) {
        self.entries.push(Entry {
            file,
            path,
            named: false,
            origin,
            content,
        });
    }

    fn reject(&mut self, file: usize, path: String, why: &str) {
        let (kind, errors) = (None, vec![ReadError::whole(why)]);
        self.push(
            file,
            path,
            Origin::default(),
            Content::Rejected { kind, errors },
        );
    }
}
