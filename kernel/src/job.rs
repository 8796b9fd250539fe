//! Checks of a job against its program.

use alloc::vec::Vec;
use core::fmt;

use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

use crate::{limits, Verified};

/// Parameter words that the program does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum ParamError {
    Count { expected: u8, found: u32 },
    AboveMaximum { param: u8, value: u32, maximum: u32 },
}

/// A job that the program does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum JobError {
    InputCount {
        expected: u8,
        found: u32,
    },
    /// Lengths in words.
    InputLength {
        input: u8,
        expected: u32,
        found: u32,
    },
    Param(ParamError),
}

impl From<ParamError> for JobError {
    fn from(error: ParamError) -> Self {
        Self::Param(error)
    }
}

impl Verified {
    /// Checks the number and the largest values of a job's parameter words.
    ///
    /// # Errors
    /// The first word that the program does not take.
    pub fn check_params(&self, params: &[u32]) -> Result<(), ParamError> {
        let maxima = self.params();
        if params.len() != maxima.len() {
            return Err(ParamError::Count {
                expected: small(maxima.len()),
                found: count(params.len()),
            });
        }
        for (param, (value, maximum)) in (0u8..).zip(params.iter().zip(maxima)) {
            if value > maximum {
                return Err(ParamError::AboveMaximum {
                    param,
                    value: *value,
                    maximum: *maximum,
                });
            }
        }
        Ok(())
    }

    /// Checks a job: the words of each input blob, and its parameter words.
    ///
    /// # Errors
    /// The first input or parameter word that the program does not take.
    pub fn check_job(&self, input_words: &[u32], params: &[u32]) -> Result<(), JobError> {
        let expected: Vec<u32> = self.input_words();
        if input_words.len() != expected.len() {
            return Err(JobError::InputCount {
                expected: small(expected.len()),
                found: count(input_words.len()),
            });
        }
        for (input, (found, expected)) in (0u8..).zip(input_words.iter().zip(expected)) {
            if *found != expected {
                return Err(JobError::InputLength {
                    input,
                    expected,
                    found: *found,
                });
            }
        }
        Ok(self.check_params(params)?)
    }
}

/// A count that the verifier has bounded by [`limits::BLOBS`] or [`limits::PARAMS`].
fn small(count: usize) -> u8 {
    const { assert!(limits::BLOBS < 256 && limits::PARAMS < 256) };
    u8::try_from(count).unwrap_or(u8::MAX)
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl fmt::Display for ParamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count { expected, found } => {
                write!(f, "{found} parameter words where the program takes {expected}")
            }
            Self::AboveMaximum {
                param,
                value,
                maximum,
            } => {
                write!(
                    f,
                    "parameter word {param} is {value}, above the declared maximum {maximum}"
                )
            }
        }
    }
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InputCount { expected, found } => {
                write!(f, "{found} input blobs where the program takes {expected}")
            }
            Self::InputLength {
                input,
                expected,
                found,
            } => {
                write!(
                    f,
                    "input {input} has {found} words where the program takes exactly {expected}"
                )
            }
            Self::Param(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ParamError {}
impl core::error::Error for JobError {}
