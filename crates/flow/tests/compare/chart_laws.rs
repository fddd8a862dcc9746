//! Laws of comparisons, on random charts and flows and random edits of them.

use flow::compare::{Comparison, Entry, Marks, Step, overlay};
use flow::diagram::Diagram;
use flow::difference::Difference;
use flow::document::Document;
use proptest::prelude::*;

use super::apply::{applied, said};
use super::charts::{Edit, chart, each, edit, edited, keeping_edit, open};
use super::flows;
use super::json::{layout, write};

/// An entry in words, seen from one side or from the other.
fn told(entry: &Entry, is_mirrored: bool) -> String {
    let marks: Vec<&str> = entry
        .marks
        .words()
        .map(|word| match (word, is_mirrored) {
            ("added", true) => "removed",
            ("removed", true) => "added",
            (word, _) => word,
        })
        .collect();
    let (old, new) = if is_mirrored {
        (&entry.new, &entry.old)
    } else {
        (&entry.old, &entry.new)
    };
    let mut fields: Vec<String> = entry
        .fields
        .iter()
        .map(|field| {
            let path: Vec<String> = field
                .path
                .iter()
                .map(|step| match step {
                    Step::Key(key) => key.clone(),
                    Step::Element(old, new) if is_mirrored => format!("{new:?} {old:?}"),
                    Step::Element(old, new) => format!("{old:?} {new:?}"),
                })
                .collect();
            let mut values = [
                (&field.before, &field.old_pointer),
                (&field.after, &field.new_pointer),
            ];
            if is_mirrored {
                values.reverse();
            }
            format!("{path:?} {values:?} {}", field.is_minor)
        })
        .collect();
    fields.sort();
    format!("{:?} {old:?} {new:?} {marks:?} {fields:?}", entry.about)
}

fn check_mirror(forth: &Comparison, back: &Comparison) -> Result<(), TestCaseError> {
    let all = |found: &Comparison, is_mirrored: bool| {
        let mut told: Vec<String> = found
            .entries
            .iter()
            .map(|entry| told(entry, is_mirrored))
            .collect();
        told.sort();
        told
    };
    prop_assert_eq!(all(forth, false), all(back, true));
    let pairs: Vec<_> = forth.cards.iter().collect();
    let mut mirrored: Vec<_> = back.cards.iter().map(|(old, new)| (new, old)).collect();
    mirrored.sort_unstable();
    prop_assert_eq!(pairs, mirrored);
    Ok(())
}

/// Every card that is new or gone is marked so, and the cards that are the same are paired.
fn check_overlay(found: &Comparison, old: &Document, new: &Document) -> Result<(), TestCaseError> {
    let (old, new) = (Diagram::of(old), Diagram::of(new));
    let overlay = overlay(found, &old, &new);
    let lone = |marks: &[Marks], mark: Marks| marks.iter().filter(|own| own.has(mark)).count();
    let removed = lone(&overlay.old.cards, Marks::REMOVED);
    let added = lone(&overlay.new.cards, Marks::ADDED);
    prop_assert_eq!(overlay.pairs.len() + removed, old.cards.len());
    prop_assert_eq!(overlay.pairs.len() + added, new.cards.len());
    for &(before, now) in &overlay.pairs {
        prop_assert_eq!(
            overlay.old.cards[before as usize],
            overlay.new.cards[now as usize]
        );
    }
    prop_assert_eq!(overlay.old.wires.len(), old.wires.len());
    prop_assert_eq!(overlay.new.wires.len(), new.wires.len());
    Ok(())
}

fn check(old: &Document, new: &Document) -> Result<Comparison, TestCaseError> {
    let found = Comparison::between(old, new);
    let (made, meant) = (applied(old, &found, new), said(new));
    prop_assert!(
        made == meant,
        "{}\n{}\n{:#?}",
        old.text(),
        new.text(),
        found
            .entries
            .iter()
            .map(|entry| told(entry, false))
            .collect::<Vec<_>>()
    );
    check_mirror(&found, &Comparison::between(new, old))?;
    check_overlay(&found, old, new)?;
    prop_assert!(Comparison::between(old, old).is_empty());
    Ok(found)
}

/// Whether every id that a dialog flow mentions is that of a node.
fn leads_somewhere(document: &Document) -> bool {
    let Some(flow) = document.dialog_flow() else {
        return true;
    };
    let is_node = |id: &str| flow.nodes.iter().any(|node| node.id.text == id);
    let ends = flow
        .edges
        .iter()
        .flat_map(|edge| [&edge.source, &edge.target]);
    ends.chain([&flow.entry_point])
        .all(|field| is_node(&field.text))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_comparison_leads_from_a_chart_to_what_edits_made_of_it(
        chart in chart(), edits in proptest::collection::vec(edit(), 0..8)
    ) {
        check(&open(&chart), &open(&edited(&chart, &edits)))?;
    }

    #[test]
    fn a_comparison_leads_from_any_chart_to_any_other(old in chart(), new in chart()) {
        check(&open(&old), &open(&new))?;
    }

    #[test]
    fn a_comparison_leads_from_a_chart_to_an_edited_copy_with_other_references(
        chart in chart(), edits in proptest::collection::vec(edit(), 0..4)
    ) {
        let copy = edited(&edited(&chart, &[Edit::Copy]), &edits);
        check(&open(&chart), &open(&copy))?;
    }

    #[test]
    fn what_is_moved_renamed_and_changed_is_neither_removed_nor_added(
        chart in chart(), edits in proptest::collection::vec(keeping_edit(), 1..8)
    ) {
        let found = check(&open(&chart), &open(&edited(&chart, &edits)))?;
        prop_assert_eq!(found.count(Marks::ADDED), 0);
        prop_assert_eq!(found.count(Marks::REMOVED), 0);
        let moves = edits.iter().filter(|edit| matches!(edit, Edit::Move(..))).count();
        let swaps = edits.iter().any(|edit| matches!(edit, Edit::SwapBranches(_)));
        // Nothing is moved where nobody moved anything. Of what changed places the lighter ones are told.
        prop_assert!(swaps || moves > 0 || found.count(Marks::MOVED) == 0);
    }

    #[test]
    fn what_comes_in_moves_nothing(
        chart in chart(),
        nodes in proptest::collection::vec((any::<prop::sample::Index>(), super::charts::node()), 1..5)
    ) {
        let edits: Vec<Edit> =
            nodes.into_iter().map(|(at, node)| Edit::Insert(at, node)).collect();
        let found = check(&open(&chart), &open(&edited(&chart, &edits)))?;
        prop_assert_eq!(found.count(Marks::ADDED), found.entries.len());
    }

    #[test]
    fn another_import_differs_in_nothing(chart in chart(), copies in any::<bool>()) {
        let again = if copies { Edit::Copy } else { Edit::Reimport };
        let mut chart = chart;
        // Copies are known by what they say, so that must differ.
        let mut number = 0;
        each(&mut chart, &mut |node| {
            number += 1;
            node.label = format!("{} {number}", node.label);
        });
        let found = check(&open(&chart), &open(&edited(&chart, &[again])))?;
        prop_assert_eq!(found.entries.len(), 0, "{:#?}", found.entries);
        prop_assert_eq!(found.renumbered, found.cards.iter().count());
    }

    #[test]
    fn flows_differ_exactly_where_their_difference_says_so(
        old in flows::flow(), new in flows::flow(), one in layout(), other in layout()
    ) {
        let open = |text: &str| Document::read(text.into()).unwrap();
        let (old, new) = (open(&write(&old, one)), open(&write(&new, other)));
        let found = Comparison::between(&old, &new);
        let difference = Difference::between(&old, &new).unwrap();
        prop_assert_eq!(found.is_empty(), difference.is_empty());
        // An id that names nothing on one side may name something on the other: no mirror shows that.
        if leads_somewhere(&old) && leads_somewhere(&new) {
            check_mirror(&found, &Comparison::between(&new, &old))?;
        }
        check_overlay(&found, &old, &new)?;
        prop_assert!(Comparison::between(&old, &old).is_empty());
    }
}
