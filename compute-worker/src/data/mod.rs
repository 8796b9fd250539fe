//! Questions about the data of jobs: this worker shows chunks that are demanded, and judges whether blobs can be had
//! when it is drawn for that.

mod decide;
mod engine;
mod search;
#[cfg(test)]
mod tests;

pub(crate) use engine::DataAnswers;
