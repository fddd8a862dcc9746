//! The picture of a graph in a report, with a mark on each card and wire that has problems. Where
//! cards stand and how they look is decided in [`crate::picture`].

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{FileReport, Outcome, ReportedProblem};
use crate::diagram::{Diagram, Owner};
use crate::document::Document;
use crate::geometry::{Point, Rect};
use crate::kept::kept_in;
use crate::open_document::OpenDocument;
use crate::picture::{Colours, Picture, of_the_page, short, svg};
use crate::problem::Severity;

/// Graphs with more cards than this have no picture in a report: nobody could read it.
pub const MAX_CARDS: usize = 400;

/// The picture of a graph, or why there is none.
#[derive(Clone, Debug)]
pub enum Drawing {
    /// The picture.
    Drawn(Box<Drawn>),
    /// The graph has more cards than [`MAX_CARDS`].
    TooLarge {
        /// How many it has.
        cards: usize,
    },
}

/// A picture that problems can be marked in.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The SVG but for its closing tag.
    svg: String,
    /// How wide and high it is.
    size: (f64, f64),
    /// Where each problem is seen, by its fingerprint.
    places: BTreeMap<u64, (Owner, Rect)>,
}

/// What is marked on one card or wire.
struct Mark {
    area: Rect,
    /// The worst of the problems that were not acknowledged; none when all were.
    worst: Option<Severity>,
    count: usize,
}

impl FileReport {
    /// Adds the picture of a document that is not open: cards stand where the file says, else where
    /// the layout puts them. Documents that are no graph get none.
    pub fn draw(&mut self, document: Document) {
        let cards = Diagram::of(&document).cards.len();
        if cards > MAX_CARDS {
            self.drawing = Some(Drawing::TooLarge { cards });
            return;
        }
        let (positions, annotations) = kept_in(document.tree());
        let mut open = OpenDocument::unchecked(document, positions);
        open.set_annotations(annotations);
        open.set_file_name(&self.path);
        self.draw_as_shown(&open);
    }

    /// Adds the picture of a document as it is on the canvas.
    pub fn draw_as_shown(&mut self, open: &OpenDocument) {
        let cards = open.diagram().cards.len();
        if cards > MAX_CARDS {
            self.drawing = Some(Drawing::TooLarge { cards });
            return;
        }
        let Some(picture) = Picture::whole(open) else {
            return;
        };
        let mut svg = svg(&picture, &Colours::of_the_page());
        svg.truncate(svg.trim_end().trim_end_matches("</svg>").len());
        let (diagram, scene) = (open.diagram(), open.scene());
        let tree = open.document().tree();
        let place = |problem: &ReportedProblem| {
            let owner = diagram.owner_at(tree, problem.span.start)?;
            let area = match owner {
                Owner::Card(card) => scene.cards()[card as usize],
                Owner::Wire(wire) => around(scene.wires()[wire as usize].label_at()),
            };
            Some((problem.fingerprint, (owner, area)))
        };
        let bounds = picture.bounds();
        self.drawing = Some(Drawing::Drawn(Box::new(Drawn {
            svg,
            size: (bounds.width(), bounds.height()),
            places: self.problems().iter().filter_map(place).collect(),
        })));
    }

    /// The picture as SVG, with what is marked in it now; none when there is none.
    pub fn picture(&self) -> Option<String> {
        let (Some(Drawing::Drawn(drawn)), Outcome::Checked(problems)) =
            (&self.drawing, &self.outcome)
        else {
            return None;
        };
        Some(drawn.marked(problems))
    }
}

impl Drawn {
    /// How wide and high the picture is.
    pub(super) fn size(&self) -> (f64, f64) {
        self.size
    }

    /// About how many bytes the picture is.
    pub(super) fn weight(&self) -> usize {
        self.svg.len()
    }

    fn marked(&self, problems: &[ReportedProblem]) -> String {
        let mut marks: BTreeMap<Owner, Mark> = BTreeMap::new();
        for problem in problems {
            let Some(&(owner, area)) = self.places.get(&problem.fingerprint) else {
                continue;
            };
            let mark = marks.entry(owner).or_insert(Mark {
                area,
                worst: None,
                count: 0,
            });
            mark.count += 1;
            if problem.acknowledged.is_none() {
                let worst = mark
                    .worst
                    .map_or(problem.severity, |worst| worst.min(problem.severity));
                mark.worst = Some(worst);
            }
        }
        let mut svg = self.svg.clone();
        for (owner, mark) in &marks {
            write_mark(&mut svg, *owner, mark);
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// The plate that the words on a wire are on, near enough.
fn around(middle: Point) -> Rect {
    const HALF: Point = Point::new(14.0, 9.0);
    Rect::at(
        Point::new(middle.x - HALF.x, middle.y - HALF.y),
        2.0 * HALF.x,
        2.0 * HALF.y,
    )
}

/// A frame around a card, and a badge at its corner with a sign and a number. What the sign means
/// does not depend on its colour.
fn write_mark(svg: &mut String, owner: Owner, mark: &Mark) {
    let (sign, colour) = match mark.worst {
        Some(Severity::Error) => ("\u{2715}", "--error"),
        Some(Severity::Warning) => ("!", "--warning"),
        Some(Severity::Info) => ("i", "--info"),
        None => ("\u{2713}", "--text-muted"),
    };
    let colour = of_the_page(colour);
    let ink = of_the_page("--raised");
    let Rect { min, max } = mark.area;
    let words = if mark.count == 1 {
        sign.to_owned()
    } else {
        format!("{sign} {}", mark.count)
    };
    #[allow(clippy::cast_precision_loss, reason = "a handful of characters")]
    let width = 10.0 + 7.0 * words.chars().count() as f64;
    let (corner, frame) = match owner {
        Owner::Card(_) => (
            Point::new(max.x - width + 8.0, min.y - 9.0),
            format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"11\" fill=\"none\" \
                 stroke=\"{colour}\" stroke-width=\"2\"/>",
                short(min.x - 1.0),
                short(min.y - 1.0),
                short(max.x - min.x + 2.0),
                short(max.y - min.y + 2.0),
            ),
        ),
        Owner::Wire(_) => (
            Point::new((min.x + max.x - width) / 2.0, min.y - 18.0),
            String::new(),
        ),
    };
    // Writing into a string does not fail.
    writeln!(
        svg,
        "{frame}<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"18\" rx=\"9\" fill=\"{colour}\" \
         stroke=\"{ink}\" stroke-width=\"1.5\"/><text x=\"{}\" y=\"{}\" font-size=\"11\" \
         font-weight=\"700\" fill=\"{ink}\" text-anchor=\"middle\">{words}</text>",
        short(corner.x),
        short(corner.y),
        short(width),
        short(corner.x + width / 2.0),
        short(corner.y + 13.0),
    )
    .unwrap_or_default();
}
