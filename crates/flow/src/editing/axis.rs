//! Scrolling through more rows, or columns, than a page can lay out.

/// No content is made longer than this, in pixels: browsers stop at 17 to 33 million.
const LONGEST: f64 = 8_000_000.0;

/// Equal units along one direction, seen through a window. Content that would be too long for a
/// browser is made shorter, and scrolling through it goes faster; what is in view keeps its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// How many units there are.
    pub count: f64,
    /// The size of each, in pixels.
    pub unit: f64,
    /// The size of the window, in pixels.
    pub window: f64,
}

impl Axis {
    /// The size of the content, in pixels; at least that of the window.
    pub fn length(self) -> f64 {
        (self.count * self.unit).min(LONGEST).max(self.window)
    }

    /// The unit at the start of the window, with its fraction, at a scroll position.
    pub fn first(self, scroll: f64) -> f64 {
        scroll * self.ratio() / self.unit
    }

    /// Where a unit starts in the content, in pixels, while it is scrolled to `scroll`.
    pub fn place(self, unit: f64, scroll: f64) -> f64 {
        scroll + (unit - self.first(scroll)) * self.unit
    }

    /// The unit at a place in the content.
    pub fn at(self, place: f64, scroll: f64) -> f64 {
        self.first(scroll) + (place - scroll) / self.unit
    }

    /// The scroll position at which `unit` is at the start of the window, as far as there is
    /// content.
    pub fn scroll_to(self, unit: f64) -> f64 {
        let furthest = (self.length() - self.window).max(0.0);
        (unit * self.unit / self.ratio()).clamp(0.0, furthest)
    }

    /// How many pixels of units go by for each pixel of scrolling.
    fn ratio(self) -> f64 {
        let full = self.count * self.unit;
        let (far, way) = (full - self.window, self.length() - self.window);
        if full > LONGEST && way > 0.0 {
            far / way
        } else {
            1.0
        }
    }
}

/// The whole number below a size or a place in pixels or units; 0 for a negative one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is out of range becomes the nearest that is in it"
)]
pub fn whole(value: f64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(left: f64, right: f64) -> bool {
        (left - right).abs() < 1e-6
    }

    #[test]
    fn short_content_scrolls_pixel_by_pixel() {
        let axis = Axis {
            count: 100.0,
            unit: 18.0,
            window: 360.0,
        };
        assert!(near(axis.length(), 1800.0));
        assert!(near(axis.first(180.0), 10.0));
        assert!(near(axis.place(12.0, 180.0), 216.0));
        assert!(near(axis.at(216.0, 180.0), 12.0));
        assert!(near(axis.scroll_to(10.0), 180.0));
        assert!(near(axis.scroll_to(99.0), 1440.0));
    }

    #[test]
    fn long_content_reaches_its_last_unit_at_full_size() {
        let axis = Axis {
            count: 5_000_000.0,
            unit: 18.0,
            window: 360.0,
        };
        let end = axis.length() - axis.window;
        assert!(axis.length() <= LONGEST);
        assert!(near(axis.first(end), 5_000_000.0 - 20.0));
        let bottom = axis.place(4_999_999.0, end) + axis.unit;
        assert!((bottom - axis.length()).abs() < 1e-3);
        let middle = axis.scroll_to(2_500_000.0);
        assert!((axis.first(middle) - 2_500_000.0).abs() < 1e-3);
        assert!(near(
            axis.place(10.0, middle) + axis.unit,
            axis.place(11.0, middle)
        ));
    }

    #[test]
    fn content_that_fits_does_not_scroll() {
        let axis = Axis {
            count: 3.0,
            unit: 18.0,
            window: 360.0,
        };
        assert!(near(axis.length(), 360.0) && near(axis.scroll_to(2.0), 0.0));
    }
}
