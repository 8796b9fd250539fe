// The number of the first stage.
fn kernel(index: u32) -> u32 {
    return 0u;
}
