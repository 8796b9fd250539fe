//! Matrix products: Freivalds' check, and the seeded products by which a worker proves its speed.

mod freivalds;
mod matrices;
mod seeded;
