//! A small chart of how long things took, one bar each, as SVG, with the same numbers as a table.

use leptos::prelude::*;
use leptos::svg;

/// How many bars are drawn.
const BARS: usize = 40;
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 72.0;
/// From the left edge of the chart to the first bar: room for the scale.
const LEFT: f64 = 52.0;
const BASE: f64 = 64.0;
const TOP: f64 = 8.0;

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// How long it took, in milliseconds.
    pub value: u64,
    /// What it was, for the table and on hover.
    pub label: String,
    /// How it ended: `good`, `bad` or `unsure`, which is its colour.
    pub tone: &'static str,
}

/// A span of time, short: `840 ms`, `3.2 s`, `4 min 13 s`.
pub fn milliseconds(value: u64) -> String {
    if value < 1000 {
        format!("{value} ms")
    } else if value >= 120_000 {
        format!("{} min {} s", value / 60_000, value / 1000 % 60)
    } else {
        #[expect(clippy::cast_precision_loss, reason = "durations are far below 2^53")]
        let seconds = value as f64 / 1000.0;
        format!("{seconds:.1} s")
    }
}

/// The chart. `label` says to screen readers what it shows; the table beside it has the numbers.
#[component]
pub fn Chart(bars: Vec<Bar>, label: String) -> impl IntoView {
    let skipped = bars.len().saturating_sub(BARS);
    let count = bars.len() - skipped;
    let most = bars[skipped..]
        .iter()
        .map(|bar| bar.value)
        .max()
        .unwrap_or(0)
        .max(1);
    #[expect(
        clippy::cast_precision_loss,
        reason = "a few bars; durations are far below 2^53"
    )]
    let (slot, scale) = (
        (WIDTH - LEFT) / count.max(12) as f64,
        (BASE - TOP) / most as f64,
    );
    let drawn: Vec<AnyView> = bars
        .into_iter()
        .skip(skipped)
        .enumerate()
        .map(|(index, bar)| {
            #[expect(
                clippy::cast_precision_loss,
                reason = "a few bars; durations are far below 2^53"
            )]
            let (x, height) = (
                LEFT + slot * index as f64 + slot * 0.15,
                (bar.value as f64 * scale).max(1.5),
            );
            svg::rect()
                .attr("x", number(x))
                .attr("y", number(BASE - height))
                .attr("width", number((slot * 0.7).max(1.0)))
                .attr("height", number(height))
                .attr("rx", "1.5")
                .attr("class", format!("bar is-{}", bar.tone))
                .child(svg::title().child(bar.label))
                .into_any()
        })
        .collect();
    let line = |y: f64| {
        svg::line()
            .attr("x1", number(LEFT))
            .attr("x2", number(WIDTH))
            .attr("y1", number(y))
            .attr("y2", number(y))
            .attr("class", "chart-line")
    };
    let text = |y: f64, said: String| {
        svg::text()
            .attr("x", number(LEFT - 6.0))
            .attr("y", number(y + 3.5))
            .attr("class", "chart-text")
            .attr("text-anchor", "end")
            .child(said)
    };
    svg::svg()
        .attr("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
        .attr("class", "chart")
        .attr("role", "img")
        .attr("aria-label", label)
        .child((
            line(TOP),
            line(BASE),
            text(TOP, milliseconds(most)),
            text(BASE, "0".to_owned()),
            drawn,
        ))
}

fn number(value: f64) -> String {
    format!("{value:.2}")
}
