//! A chart of shares between nothing and all, one bar each, with a mark across it: confidence and
//! the least that is wanted, success and mean confidence. Plain SVG; a table beside it has the
//! numbers.

use leptos::prelude::*;
use leptos::svg;

/// How many bars are drawn.
const BARS: usize = 40;
const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 112.0;
const LEFT: f64 = 34.0;
const TOP: f64 = 8.0;
const BASE: f64 = 92.0;

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// From 0 to 1.
    pub value: f64,
    /// Where the mark is, from 0 to 1.
    pub mark: Option<f64>,
    /// What stands under it.
    pub short: String,
    /// What it is, on hover.
    pub label: String,
    /// Its colour: `good` or `bad`.
    pub tone: &'static str,
}

fn height(share: f64) -> f64 {
    BASE - share.clamp(0.0, 1.0) * (BASE - TOP)
}

fn number(value: f64) -> String {
    format!("{value:.2}")
}

fn text(x: f64, y: f64, anchor: &'static str, said: String) -> impl IntoView {
    svg::text()
        .attr("x", number(x))
        .attr("y", number(y))
        .attr("class", "chart-text")
        .attr("text-anchor", anchor)
        .child(said)
}

fn scale(share: f64, said: &'static str) -> impl IntoView {
    let y = height(share);
    (
        svg::line()
            .attr("x1", number(LEFT))
            .attr("x2", number(WIDTH))
            .attr("y1", number(y))
            .attr("y2", number(y))
            .attr("class", "chart-line"),
        text(LEFT - 6.0, y + 3.5, "end", said.to_owned()),
    )
}

/// The chart. `label` says to screen readers what it shows; `bar` and `mark` are its legend.
#[component]
pub fn ShareChart(
    shares: Vec<Share>,
    label: String,
    bar: &'static str,
    mark: &'static str,
) -> impl IntoView {
    let skipped = shares.len().saturating_sub(BARS);
    let count = shares.len() - skipped;
    #[expect(clippy::cast_precision_loss, reason = "a few bars")]
    let slot = (WIDTH - LEFT) / count.max(6) as f64;
    let labelled = count <= 16;
    let drawn: Vec<AnyView> = shares
        .into_iter()
        .skip(skipped)
        .enumerate()
        .map(|(index, share)| {
            #[expect(clippy::cast_precision_loss, reason = "a few bars")]
            let x = LEFT + slot * index as f64;
            let top = height(share.value).min(BASE - 1.5);
            let across = share.mark.map(|at| {
                svg::line()
                    .attr("x1", number(x + slot * 0.04))
                    .attr("x2", number(x + slot * 0.96))
                    .attr("y1", number(height(at)))
                    .attr("y2", number(height(at)))
                    .attr("class", "chart-mark")
            });
            let under = labelled.then(|| text(x + slot / 2.0, HEIGHT - 6.0, "middle", share.short));
            svg::g()
                .child((
                    svg::rect()
                        .attr("x", number(x + slot * 0.2))
                        .attr("y", number(top))
                        .attr("width", number((slot * 0.6).max(1.0)))
                        .attr("height", number(BASE - top))
                        .attr("rx", "2")
                        .attr("class", format!("bar is-{}", share.tone))
                        .child(svg::title().child(share.label)),
                    across,
                    under,
                ))
                .into_any()
        })
        .collect();
    view! {
        {svg::svg()
            .attr("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
            .attr("class", "chart")
            .attr("role", "img")
            .attr("aria-label", label)
            .child((scale(1.0, "1"), scale(0.5, "0.5"), scale(0.0, "0"), drawn))}
        <p class="chart-legend">
            <span class="legend-bar"></span>{bar}
            <span class="legend-mark"></span>{mark}
        </p>
    }
}
