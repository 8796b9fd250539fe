// The nearest centre of each point; the first of equally near ones.

// x, y, z per point, each below 2^15.
@group(0) @binding(0) var<storage, read> points: array<u32>;
// x, y, z and the number of members per cluster.
@group(0) @binding(1) var<storage, read> centres: array<u32>;

struct Params {
    clusters: u32,
}
@group(0) @binding(2) var<uniform> params: Params;
const MAX_CLUSTERS = 64u;

fn kernel(index: u32) -> u32 {
    let x = points[index * 3u];
    let y = points[index * 3u + 1u];
    let z = points[index * 3u + 2u];
    var nearest = 0u;
    var least = 0xffffffffu;
    for (var cluster = 0u; cluster < params.clusters; cluster++) {
        // A difference wraps if it is negative, and so does its square: to the right value, below 2^30.
        let dx = x - centres[cluster * 4u];
        let dy = y - centres[cluster * 4u + 1u];
        let dz = z - centres[cluster * 4u + 2u];
        let distance = dx * dx + dy * dy + dz * dz;
        if distance < least {
            least = distance;
            nearest = cluster;
        }
    }
    return nearest;
}
