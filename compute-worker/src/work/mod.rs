//! The work loop: from an assignment in the chain's state to its pay.
//!
//! Nothing is remembered that the chain's state and the journal do not say, so a worker that was killed anywhere goes
//! on where it was: on each best block it looks at its seats and does what is missing.

mod config;
mod decide;
mod engine;
mod report;
#[cfg(test)]
pub(crate) mod tests;

pub use config::WorkConfig;
pub use engine::Work;

use tokio::sync::watch;

/// Tells a running loop to come to an end.
#[derive(Clone, Debug)]
pub struct Drain(watch::Sender<bool>);

impl Drain {
    /// A handle that has not been used, and what the loop listens to.
    pub fn new() -> (Self, Draining) {
        let (sender, receiver) = watch::channel(false);
        (Self(sender), Draining(receiver))
    }

    /// No new execution begins; the loop ends when everything begun has been revealed and no game about it is played.
    pub fn start(&self) {
        self.0.send_replace(true);
    }
}

/// The loop's end of a [`Drain`].
#[derive(Clone, Debug)]
pub struct Draining(watch::Receiver<bool>);

impl Draining {
    pub(crate) fn is_on(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it starts; for ever when nobody can start it any more.
    pub(crate) async fn started(&mut self) {
        if self.0.wait_for(|on| *on).await.is_err() {
            std::future::pending().await
        }
    }
}
