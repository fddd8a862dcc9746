//! Dividing a coloured text at the edges of what is underlined in it.

use crate::json::Span;
use crate::problem::Severity;

/// A run of a text that looks the same throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<C> {
    /// Where it is.
    pub span: Span,
    /// How it is coloured.
    pub colour: C,
    /// The worst mark on it.
    pub mark: Option<Severity>,
}

/// Divides coloured runs, which follow each other without gap, at the edges of marks, which may
/// overlap. Empty marks, and those outside the runs, are of no effect.
///
/// # Complexity
/// O((runs + marks) · overlapping marks).
pub fn divide<C: Copy>(runs: &[(Span, C)], marks: &[(Span, Severity)]) -> Vec<Segment<C>> {
    let mut edges: Vec<u32> = marks
        .iter()
        .flat_map(|(span, _)| [span.start, span.end])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let mut segments = Vec::with_capacity(runs.len() + edges.len());
    for &(run, colour) in runs {
        let mut start = run.start;
        let first = edges.partition_point(|&edge| edge <= run.start);
        let inner = edges[first..]
            .iter()
            .copied()
            .take_while(|&edge| edge < run.end);
        for end in inner.chain([run.end]) {
            let mark = marks
                .iter()
                .filter(|(span, _)| span.start <= start && end <= span.end)
                .map(|&(_, severity)| severity)
                .min();
            segments.push(Segment {
                span: Span::new(start, end),
                colour,
                mark,
            });
            start = end;
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use Severity::{Error, Warning};

    #[test]
    fn runs_are_cut_at_marks_and_the_worst_mark_wins() {
        let span = Span::new;
        let runs = [(span(0, 4), 'a'), (span(4, 9), 'b')];
        let marks = [(span(2, 6), Warning), (span(5, 6), Error)];
        let segments: Vec<_> = divide(&runs, &marks)
            .iter()
            .map(|part| (part.span.start, part.span.end, part.colour, part.mark))
            .collect();
        assert_eq!(
            segments,
            [
                (0, 2, 'a', None),
                (2, 4, 'a', Some(Warning)),
                (4, 5, 'b', Some(Warning)),
                (5, 6, 'b', Some(Error)),
                (6, 9, 'b', None),
            ]
        );
    }
}
