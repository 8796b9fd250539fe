// The mean of each cluster's points, rounded. A cluster without points stays where it was.

// x, y, z and number of each cluster and group, groups of a cluster beside each other.
@group(0) @binding(0) var<storage, read> sums: array<u32>;
// x, y, z and the number of members per cluster.
@group(0) @binding(1) var<storage, read> centres: array<u32>;

struct Params {
    groups: u32,
}
@group(0) @binding(2) var<uniform> params: Params;
const MAX_GROUPS = 256u;

fn kernel(index: u32) -> vec4<u32> {
    var sum = vec4<u32>(0u);
    for (var group = 0u; group < params.groups; group++) {
        let at = (index * params.groups + group) * 4u;
        sum += vec4<u32>(sums[at], sums[at + 1u], sums[at + 2u], sums[at + 3u]);
    }
    let members = sum.w;
    if members == 0u {
        return vec4<u32>(centres[index * 4u], centres[index * 4u + 1u], centres[index * 4u + 2u], 0u);
    }
    let half = members / 2u;
    return vec4<u32>((sum.x + half) / members, (sum.y + half) / members, (sum.z + half) / members, members);
}
