//! Handwritten digits: a small int8 network as a program of the kernel language.
//!
//! The program names shapes only; weights and images are the job's input blobs, as with any real model. The data
//! and the arithmetic are described in `README.md`.

mod network;
mod program;
mod render;
mod test_set;

pub use network::{Network, CLASSES, HIDDEN, PIXELS};
pub use program::program;
pub use render::{beside, render};
pub use test_set::{accuracy, labels, TestSet, IMAGES};

/// The blobs of the job that reads `set` with `network`, in the order of the program's inputs.
pub fn inputs(network: &Network, set: &TestSet) -> Vec<Vec<u8>> {
    [
        set.images,
        network.hidden_weights,
        network.hidden_requant,
        network.output_weights,
        network.output_bias,
    ]
    .map(<[u8]>::to_vec)
    .into()
}
