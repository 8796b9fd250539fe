use std::{io, path::PathBuf};

use edgeproof_engine::EngineError;
use edgeproof_kernel::JobError;

/// What can go wrong, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum GalleryError {
    #[error("{}: {error}", .path.display())]
    File { path: PathBuf, error: io::Error },
    #[error("{} is not a PNG picture: {reason}", .path.display())]
    NotPng { path: PathBuf, reason: String },
    #[error(
        "a picture of {width} x {height} is too large; its sides may have {maximum} pixels, its area 2^23"
    )]
    TooLarge { width: u32, height: u32, maximum: u32 },
    #[error("{0}")]
    Input(String),
    #[error("{program} has no buffer `{name}`, or not the shape that is asked of it")]
    Recipe { program: &'static str, name: String },
    #[error("{program}: {reason}")]
    Program { program: &'static str, reason: String },
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error("the job does not fit its program: {0}")]
    Job(#[from] JobError),
}

impl GalleryError {
    pub(crate) fn input(reason: impl Into<String>) -> Self {
        Self::Input(reason.into())
    }

    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::File { path, error }
    }
}
