//! Values that are on a tenant beside those that are to be sent there: what stays, what changes, what
//! somebody else changed meanwhile.

use std::collections::BTreeMap;

use cognigy::wire::same;
use leptos::prelude::*;
use serde_json::Value;

/// How many characters of a value are shown.
const SHOWN: usize = 120;

/// Where a value is, and its name. In a context names are unique and a value says itself how far it
/// reaches, so there the place is empty and the value is `{value, scope}`.
pub type Place = (String, String);

/// Values by their place.
pub type Values = BTreeMap<Place, Value>;

/// The names of values that differ between two readings.
pub fn changed_between(before: &Values, now: &Values) -> Vec<Place> {
    let differs = |place: &Place| match (before.get(place), now.get(place)) {
        (Some(before), Some(now)) => !same(before, now),
        (None, None) => false,
        _ => true,
    };
    let mut places: Vec<Place> = before.keys().chain(now.keys()).cloned().collect();
    places.sort();
    places.dedup();
    places.into_iter().filter(differs).collect()
}

/// Places in words: `itemCount (session), locale (user)`.
pub fn place_words(places: &[Place]) -> String {
    let words: Vec<String> = places
        .iter()
        .map(|(place, key)| match place.as_str() {
            "" => key.clone(),
            place => format!("{key} ({place})"),
        })
        .collect();
    if words.is_empty() {
        "none".to_owned()
    } else {
        words.join(", ")
    }
}

/// A value, and how far it reaches where it says so itself.
fn shown(value: Option<&Value>, scoped: bool) -> AnyView {
    let Some(value) = value else {
        return ().into_any();
    };
    let text = if scoped { &value["value"] } else { value }.to_string();
    let text: String = if text.chars().count() > SHOWN {
        text.chars().take(SHOWN).chain(['…']).collect()
    } else {
        text
    };
    let scope = value["scope"].as_str().filter(|_| scoped);
    let scope = scope.map(|scope| view! { <span class="value-place">{scope.to_owned()}</span> });
    view! { <bdi class="is-code">{text}</bdi>{scope} }.into_any()
}

/// The table.
pub fn value_table(there: Option<&Values>, sent: &Values, label: &'static str) -> AnyView {
    let none = Values::new();
    let known = there.is_some();
    let there = there.unwrap_or(&none);
    let mut places: Vec<&Place> = there.keys().chain(sent.keys()).collect();
    places.sort();
    places.dedup();
    let rows = places.into_iter().map(|place| {
        let (old, new) = (there.get(place), sent.get(place));
        let (kind, words) = match (old, new) {
            _ if !known => ("plain", "is sent"),
            (None, _) => ("added", "new"),
            (Some(_), None) => ("plain", "stays"),
            (Some(old), Some(new)) if same(old, new) => ("plain", "same"),
            (Some(_), Some(_)) => ("changed", "changes"),
        };
        view! {
            <tr data-change=kind>
                <td><bdi class="value-key">{place.1.clone()}</bdi><span class="value-place">{place.0.clone()}</span></td>
                <td>{shown(old, place.0.is_empty())}</td>
                <td>{shown(new, place.0.is_empty())}</td>
                <td class="value-word">{words}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-scroll is-tall" tabindex="0" role="region" aria-label=label>
            <table class="small-table values">
                <thead><tr>
                    <th scope="col">"Name"</th><th scope="col">"On the tenant"</th>
                    <th scope="col">"To be sent"</th><th scope="col"><span class="visually-hidden">"What happens"</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
