// The number of the next stage.
@group(0) @binding(0) var<storage, read> stage: array<u32>;

fn kernel(index: u32) -> u32 {
    return stage[0] + 1u;
}
