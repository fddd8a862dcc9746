//! Points, rectangles and the view transform. World coordinates are in canvas units (one unit is
//! one CSS pixel at 100 %), screen coordinates in CSS pixels from the canvas's top left corner.

/// A point or an offset.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// The point (x, y).
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// With rows for columns: mirrored at the diagonal.
    pub fn transposed(self) -> Self {
        Self::new(self.y, self.x)
    }

    /// The distance to `other`.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

impl std::ops::Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl std::ops::Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl std::ops::Mul<f64> for Point {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

/// An axis-parallel rectangle; `min` is the top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Top left corner.
    pub min: Point,
    /// Bottom right corner.
    pub max: Point,
}

impl Rect {
    /// The rectangle at `min` with this width and height.
    pub fn at(min: Point, width: f64, height: f64) -> Self {
        Self {
            min,
            max: Point::new(min.x + width, min.y + height),
        }
    }

    /// The smallest rectangle with both corners, whichever way round they are.
    pub fn spanning(a: Point, b: Point) -> Self {
        Self {
            min: Point::new(a.x.min(b.x), a.y.min(b.y)),
            max: Point::new(a.x.max(b.x), a.y.max(b.y)),
        }
    }

    /// Its width.
    pub fn width(self) -> f64 {
        self.max.x - self.min.x
    }

    /// Its height.
    pub fn height(self) -> f64 {
        self.max.y - self.min.y
    }

    /// Its middle.
    pub fn center(self) -> Point {
        (self.min + self.max) * 0.5
    }

    /// Whether the point is inside or on the border.
    pub fn contains(self, point: Point) -> bool {
        point.x >= self.min.x
            && point.x <= self.max.x
            && point.y >= self.min.y
            && point.y <= self.max.y
    }

    /// Whether the two share a point.
    pub fn intersects(self, other: Self) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }

    /// Whether `other` is entirely inside.
    pub fn encloses(self, other: Self) -> bool {
        self.contains(other.min) && self.contains(other.max)
    }

    /// The smallest rectangle around both.
    pub fn union(self, other: Self) -> Self {
        Self {
            min: Point::new(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            max: Point::new(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        }
    }

    /// With rows for columns: mirrored at the diagonal.
    pub fn transposed(self) -> Self {
        Self {
            min: self.min.transposed(),
            max: self.max.transposed(),
        }
    }

    /// Grown by `margin` on every side.
    pub fn grown(self, margin: f64) -> Self {
        let by = Point::new(margin, margin);
        Self {
            min: self.min - by,
            max: self.max + by,
        }
    }

    /// Moved by `offset`.
    pub fn moved(self, offset: Point) -> Self {
        Self {
            min: self.min + offset,
            max: self.max + offset,
        }
    }
}
