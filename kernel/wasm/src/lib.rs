//! The interpreter as wasm, as validators run it: for tests and measurements.
//!
//! A host writes an encoded [`Request`] to where [`reserve`] points, calls [`invoke`] and reads each [`word`].
#![cfg_attr(not(feature = "std"), no_std)]
// Exports, and one buffer that a single-threaded host shares.
#![allow(unsafe_code)]

extern crate alloc;

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

use alloc::vec::Vec;
use codec::{Decode, Encode};

/// An invocation: an encoded program, the number of a step, the index, and what the job and the step bring.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Request {
    pub program: Vec<u8>,
    pub step: u32,
    pub index: u32,
    /// Parameter words of the job.
    pub params: Vec<u32>,
    /// Input buffers of the step.
    pub inputs: Vec<Vec<u32>>,
}

impl Request {
    /// The words that the invocation returns; `None` for what is not a program or not one of its invocations.
    pub fn answer(&self) -> Option<Vec<u32>> {
        let program = edgeproof_kernel::Verified::from_bytes(&self.program).ok()?;
        let inputs: Vec<&[u32]> = self.inputs.iter().map(Vec::as_slice).collect();
        let mut reader = edgeproof_kernel::Slices(&inputs);
        let step = usize::try_from(self.step).ok()?;
        let output = program.invoke(step, self.index, &self.params, &mut reader).ok()?;
        Some(output.words().to_vec())
    }
}

#[cfg(target_family = "wasm")]
mod exports {
    use super::{Request, Vec};
    use codec::DecodeAll;
    use core::{cell::UnsafeCell, panic::PanicInfo};

    #[global_allocator]
    static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

    #[panic_handler]
    fn panic(_: &PanicInfo<'_>) -> ! {
        core::arch::wasm32::unreachable()
    }

    struct Shared<T>(UnsafeCell<T>);

    // SAFETY: wasm without threads.
    unsafe impl<T> Sync for Shared<T> {}

    static REQUEST: Shared<Vec<u8>> = Shared(UnsafeCell::new(Vec::new()));
    static ANSWER: Shared<Vec<u32>> = Shared(UnsafeCell::new(Vec::new()));

    /// Where the host writes a request of this many bytes.
    #[no_mangle]
    extern "C" fn reserve(bytes: u32) -> *mut u8 {
        // SAFETY: the host calls one export at a time, and none is called by another.
        let request = unsafe { &mut *REQUEST.0.get() };
        request.clear();
        request.resize(bytes as usize, 0);
        request.as_mut_ptr()
    }

    /// Answers the request and returns how many words there are; -1 for a refusal.
    #[no_mangle]
    extern "C" fn invoke() -> i32 {
        // SAFETY: as in `reserve`.
        let (request, answer) = unsafe { (&*REQUEST.0.get(), &mut *ANSWER.0.get()) };
        let words = Request::decode_all(&mut &request[..])
            .ok()
            .and_then(|request| request.answer());
        match words {
            Some(words) => {
                *answer = words;
                answer.len() as i32
            }
            None => -1,
        }
    }

    /// The nth word of the answer; 0 beyond.
    #[no_mangle]
    extern "C" fn word(n: u32) -> u32 {
        // SAFETY: as in `reserve`.
        let answer = unsafe { &*ANSWER.0.get() };
        answer.get(n as usize).copied().unwrap_or(0)
    }
}
