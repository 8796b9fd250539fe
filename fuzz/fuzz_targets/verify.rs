//! Decoding and verifying take any bytes; what is accepted survives encoding and answers every question about itself.
#![no_main]

use codec::Encode;
use edgeproof_kernel::Verified;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(verified) = Verified::from_bytes(bytes) else {
        return;
    };
    assert_eq!(verified.program().encode(), bytes, "one encoding per program");
    let params = verified.params().to_vec();
    assert_eq!(verified.operations_with(&params), Ok(verified.operations()));
    assert!(verified.peak_bytes() > 0);
    let length = verified.trace_length();
    for position in [0, length / 2, length - 1] {
        let execution = verified.execution(position).expect("within the trace");
        assert_eq!(verified.position(&execution), Some(position));
        let step = verified.step(execution.step).expect("there");
        for input in 0..step.inputs().len() {
            assert!(verified.source(&execution, input).is_some());
        }
    }
    assert_eq!(verified.execution(length), None);
    for output in 0..verified.program().outputs.len() {
        assert!(verified.output_position(output).is_some_and(|position| position < length));
    }
});
