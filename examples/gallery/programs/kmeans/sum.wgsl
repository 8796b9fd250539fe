// Sums over those of 256 points that belong to one cluster: x, y, z and their number.
// A kernel can only gather, so there is one sum for each cluster and each group of points.

@group(0) @binding(0) var<storage, read> points: array<u32>;
@group(0) @binding(1) var<storage, read> nearest: array<u32>;

struct Params {
    points: u32,
    groups: u32,
}
@group(0) @binding(2) var<uniform> params: Params;

const GROUP = 256u;

fn kernel(index: u32) -> vec4<u32> {
    let cluster = index / params.groups;
    let first = (index % params.groups) * GROUP;
    var sum = vec4<u32>(0u);
    for (var i = 0u; i < GROUP; i++) {
        let point = first + i;
        if point >= params.points { break; }
        if nearest[point] == cluster {
            sum += vec4<u32>(points[point * 3u], points[point * 3u + 1u], points[point * 3u + 2u], 1u);
        }
    }
    return sum;
}
