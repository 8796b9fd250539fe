/// A point, a direction or a colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vector(pub f64, pub f64, pub f64);

impl Vector {
    pub(super) fn minus(self, other: Self) -> Self {
        Self(self.0 - other.0, self.1 - other.1, self.2 - other.2)
    }

    pub(super) fn times(self, factor: f64) -> Self {
        Self(self.0 * factor, self.1 * factor, self.2 * factor)
    }

    pub(super) fn cross(self, other: Self) -> Self {
        Self(
            self.1 * other.2 - self.2 * other.1,
            self.2 * other.0 - self.0 * other.2,
            self.0 * other.1 - self.1 * other.0,
        )
    }

    /// The vector of length 1 in this direction.
    pub(super) fn unit(self) -> Self {
        self.times(1.0 / (self.0 * self.0 + self.1 * self.1 + self.2 * self.2).sqrt())
    }

    pub(super) fn parts(self) -> [f64; 3] {
        [self.0, self.1, self.2]
    }
}
