// One pass of the path tracer: adds SAMPLES paths through each pixel to what earlier passes have gathered.
//
// Numbers are fixed point with 14 fractional bits (ONE is 1.0) unless a comment says otherwise. The room is at most
// 4 long, so a coordinate has 17 bits and its product with a direction fits in 32. Radiance has 12 fractional bits.

// The scene, see scene.rs: HEADER words, then SPHERE words per sphere.
@group(0) @binding(0) var<storage, read> scene: array<i32>;
// Per pixel red, green, blue, each a sum over samples, and the number of samples.
@group(0) @binding(1) var<storage, read> gathered: array<u32>;

struct Params {
    width: u32,
    height: u32,
    spheres: u32,
    seed: u32,
}
@group(0) @binding(2) var<uniform> params: Params;

const MAX_SPHERES = 24u;
const SAMPLES = 4u;
const BOUNCES = 8u;

const ONE = 16384;
const FAR = 0x7fffffff;
// How far from a surface a path starts again: below a pixel, above the rounding of a hit.
const STEP_OFF = 12;

const HEADER = 64u;
const SPHERE = 8u;
// Words of the header.
const CAMERA = 0u;
const FORWARD = 3u;
const RIGHT = 6u;
const UP = 9u;
const LENS = 12u;
const FOCUS = 13u;
const ROOM_LOW = 14u;
const ROOM_HIGH = 17u;
const LIGHT = 20u; // centre x, centre z, half width, half depth, area / pi
const LIGHT_COLOUR = 25u; // radiance, 12 fractional bits
const WALLS = 32u; // left, right, floor, ceiling, back, front: material, red, green, blue

const MATTE = 0;
const METAL = 1;
const GLASS = 2;
const POLISHED = 3;
const CHECKERED = 4;

fn next(state: u32) -> u32 {
    return state * 747796405u + 2891336453u;
}

// The random word of a generator's state: PCG-RXS-M-XS.
fn word(state: u32) -> u32 {
    let mixed = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (mixed >> 22u) ^ mixed;
}

// The nth of a sequence that fills a square evenly in any four dimensions at once, which halves the grain: multiples
// of the roots of x^5 = x + 1, from a start of the pixel's own.
fn even(start: u32, n: u32) -> vec4<u32> {
    let starts = vec4<u32>(start, start * 0x9e3779b1u, start * 0x85ebca77u, start * 0xc2b2ae3du);
    return starts + vec4<u32>(3679390609u, 3152041523u, 2700274805u, 2313257605u) * n;
}

// 0 <= x < ONE
fn fraction(state: u32) -> i32 {
    return i32(word(state) >> 18u);
}

fn dot3(a: vec3<i32>, b: vec3<i32>) -> i32 {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

fn scaled(v: vec3<i32>, by: i32) -> vec3<i32> {
    return (v * by) >> vec3<u32>(14u);
}

// 1 / sqrt(m) with 15 fractional bits, for 1 <= m < 4 with 14: a parabola, then Newton's method twice.
fn rsqrt(m: u32) -> u32 {
    let guess = 43760u - ((m * 13458u) >> 14u) + ((((m * m) >> 14u) * 1678u) >> 14u);
    let better = (guess * (98304u - ((((guess * guess) >> 15u) * m) >> 14u))) >> 16u;
    return (better * (98304u - ((((better * better) >> 15u) * m) >> 14u))) >> 16u;
}

// The root of an integer, to 14 significant bits.
fn root(x: u32) -> u32 {
    let even_zeros = countLeadingZeros(x | 1u) & 30u;
    let m = (x << even_zeros) >> 16u;
    return (m * rsqrt(m)) >> (14u + (even_zeros >> 1u));
}

// The vector of length ONE in the direction of `v`, which is not zero.
fn unit(v: vec3<i32>) -> vec3<i32> {
    let size = abs(v);
    let bits = countLeadingZeros(u32(max(size.x, max(size.y, size.z))));
    // Largest component of 15 bits.
    let w = (v << vec3<u32>(bits - 1u)) >> vec3<u32>(16u);
    let square = u32(dot3(w, w));
    let even_zeros = countLeadingZeros(square) & 30u;
    let inverse = i32(rsqrt((square << even_zeros) >> 16u));
    return (w * inverse) >> vec3<u32>(16u - (even_zeros >> 1u));
}

// sin(x * pi / 2) for 0 <= x <= 1
fn sine(x: i32) -> i32 {
    let square = (x * x) >> 14u;
    let tail = 1306 - ((square * 77) >> 14u);
    let rest = 10583 - ((square * tail) >> 14u);
    return (x * (25736 - ((square * rest) >> 14u))) >> 14u;
}

// A random point of the unit sphere: its height is uniform, and so is the angle around the axis.
fn on_sphere(height: u32, angle: u32) -> vec3<i32> {
    let z = i32(height >> 17u) - ONE;
    let radius = i32(root(u32(ONE * ONE - z * z)));
    let turn = i32(angle >> 18u);
    let a = sine(turn);
    let b = sine(ONE - turn);
    let quadrant = angle & 3u;
    let swapped = (quadrant & 1u) == 1u;
    let x = select(b, -a, swapped);
    let y = select(a, b, swapped);
    let sign = select(1, -1, quadrant >= 2u);
    return vec3<i32>((x * radius) >> 14u, (y * radius) >> 14u, z) * vec3<i32>(sign, sign, 1);
}

// Light reflected by a dielectric at this cosine, after Schlick; 0.04 head on.
fn fresnel(cosine: i32) -> i32 {
    let x = ONE - clamp(cosine, 0, ONE);
    let square = (x * x) >> 14u;
    let fifth = (((square * square) >> 14u) * x) >> 14u;
    return 655 + ((15729 * fifth) >> 14u);
}

fn word3(at: u32) -> vec3<i32> {
    return vec3<i32>(scene[at], scene[at + 1u], scene[at + 2u]);
}

fn kernel(index: u32) -> vec4<u32> {
    var spheres: array<i32, 192>;
    for (var i = 0u; i < params.spheres; i++) {
        for (var j = 0u; j < SPHERE; j++) {
            spheres[i * SPHERE + j] = scene[HEADER + i * SPHERE + j];
        }
    }
    let room_low = word3(ROOM_LOW);
    let room_high = word3(ROOM_HIGH);
    let light_colour = word3(LIGHT_COLOUR);

    let pixel_x = i32(index % params.width);
    let pixel_y = i32(index / params.width);
    let done = gathered[index * 4u + 3u];
    var sum = vec3<u32>(gathered[index * 4u], gathered[index * 4u + 1u], gathered[index * 4u + 2u]);
    let start = word(next(index ^ word(params.seed)));
    var random = word(next(index ^ word(next(done ^ word(next(params.seed))))));

    for (var sample = 0u; sample < SAMPLES; sample++) {
        // Through a random point of the pixel; -ONE to ONE from left to right.
        random = next(random);
        let u = ((pixel_x * ONE + fraction(random)) * 2) / i32(params.width) - ONE;
        random = next(random);
        let v = (i32(params.height) * ONE - (pixel_y * ONE + fraction(random)) * 2) / i32(params.width);
        let aim = word3(FORWARD) + scaled(word3(RIGHT), u) + scaled(word3(UP), v);
        // A thin lens: from a random point of it to the point in focus.
        random = next(random);
        let angle = word(random);
        random = next(random);
        let disc = on_sphere(0x80000000u, angle);
        let reach = (scene[LENS] * i32(root(word(random) >> 4u))) >> 14u;
        let offset = scaled(word3(RIGHT), (disc.x * reach) >> 14u) + scaled(word3(UP), (disc.y * reach) >> 14u);
        var origin = word3(CAMERA) + offset;
        var direction = unit(scaled(aim, scene[FOCUS]) - offset);

        // What one unit of light at the path's end adds to the pixel.
        var throughput = vec3<i32>(ONE);
        var radiance = vec3<i32>(0);
        var sees_light = true;
        for (var bounce = 0u; bounce < BOUNCES; bounce++) {
            // The room's walls.
            let ahead = select(origin - room_low, room_high - origin, direction > vec3<i32>(0));
            let steep = max(abs(direction), vec3<i32>(1));
            let walls = (ahead << vec3<u32>(14u)) / steep;
            var distance = min(walls.x, min(walls.y, walls.z));
            var wall = select(select(4u, 2u, walls.y == distance), 0u, walls.x == distance);
            let along = select(select(direction.z, direction.y, wall == 2u), direction.x, wall == 0u);
            // The front wall follows the back wall, the ceiling the floor: low, then high.
            wall = wall + select(0u, 1u, along > 0);

            // The nearest sphere.
            var sphere = MAX_SPHERES;
            for (var i = 0u; i < params.spheres; i++) {
                let at = i * SPHERE;
                let centre = vec3<i32>(spheres[at], spheres[at + 1u], spheres[at + 2u]) - origin;
                let nearest = dot3(centre, direction) >> 14u;
                let aside = centre - scaled(direction, nearest);
                let radius = spheres[at + 3u];
                let size = abs(aside);
                if max(size.x, max(size.y, size.z)) < radius {
                    let square = radius * radius - dot3(aside, aside);
                    if square > 0 {
                        let half = i32(root(u32(square)));
                        let entry = nearest - half;
                        let hit = select(nearest + half, entry, entry > STEP_OFF);
                        if hit > STEP_OFF && hit < distance {
                            distance = hit;
                            sphere = i;
                        }
                    }
                }
            }

            var point = origin + scaled(direction, distance);
            var normal = vec3<i32>(0);
            var material = MATTE;
            var colour = vec3<i32>(0);
            var fuzz = 0;
            if sphere < MAX_SPHERES {
                let at = sphere * SPHERE;
                let centre = vec3<i32>(spheres[at], spheres[at + 1u], spheres[at + 2u]);
                normal = unit(point - centre);
                point = centre + scaled(normal, spheres[at + 3u]);
                material = spheres[at + 4u] & 0xff;
                fuzz = spheres[at + 4u] >> 8u;
                colour = vec3<i32>(spheres[at + 5u], spheres[at + 6u], spheres[at + 7u]);
            } else {
                let side = select(1, -1, along > 0);
                normal = select(vec3<i32>(0), vec3<i32>(side * ONE), vec3<u32>(wall >> 1u) == vec3<u32>(0u, 1u, 2u));
                material = scene[WALLS + wall * 4u];
                colour = word3(WALLS + wall * 4u + 1u);
                if wall == 3u {
                    let from_light = abs(point.xz - vec2<i32>(scene[LIGHT], scene[LIGHT + 1u]));
                    if from_light.x < scene[LIGHT + 2u] && from_light.y < scene[LIGHT + 3u] {
                        if sees_light {
                            let shown = min(light_colour, vec3<i32>(select(12288, 65535, bounce == 0u)));
                            radiance += (throughput * shown + 8192) >> vec3<u32>(14u);
                        }
                        break;
                    }
                }
                if material == CHECKERED {
                    material = POLISHED;
                    let odd = (((point.x + 65536) / 6554) + ((point.z + 65536) / 6554)) & 1;
                    colour = select(colour, colour >> vec3<u32>(2u), odd == 1);
                }
            }
            // Towards the side from which the path comes.
            let inwards = dot3(direction, normal) > 0;
            let facing = select(normal, -normal, inwards);
            let cosine = -(dot3(direction, facing) >> 14u);

            random = next(random);
            let choice = fraction(random);
            var chosen = even(start, done + sample);
            if bounce > 0u {
                let x = next(random);
                let y = next(x);
                let z = next(y);
                random = next(z);
                chosen = vec4<u32>(word(x), word(y), word(z), word(random));
            }
            let scatter = on_sphere(chosen.x, chosen.y);
            let mirrored = direction + scaled(facing, cosine * 2);
            let diffuse = material == MATTE || (material == POLISHED && choice >= fresnel(cosine));

            if material == GLASS {
                // Refractive index 1.5.
                let ratio = select(10923, 24576, inwards);
                let sine2 = (((ratio * ratio) >> 14u) * (ONE - ((cosine * cosine) >> 14u))) >> 14u;
                let beyond = i32(root(u32(max(ONE - sine2, 0)) << 14u));
                let reflects = sine2 >= ONE || choice < fresnel(select(cosine, beyond, inwards));
                let bent = scaled(direction, ratio) + scaled(facing, ((ratio * cosine) >> 14u) - beyond);
                direction = unit(select(bent, mirrored, reflects));
                if !reflects {
                    throughput = (throughput * colour) >> vec3<u32>(14u);
                }
                origin = point + scaled(select(-facing, facing, reflects), STEP_OFF);
                sees_light = true;
            } else if diffuse {
                throughput = (throughput * colour) >> vec3<u32>(14u);
                origin = point + scaled(facing, STEP_OFF);
                sees_light = false;
                // Light that arrives straight from a random point of the lamp.
                let lamp_x = scene[LIGHT] + ((scene[LIGHT + 2u] * (i32(chosen.z >> 17u) - ONE)) >> 14u);
                let lamp_z = scene[LIGHT + 1u] + ((scene[LIGHT + 3u] * (i32(chosen.w >> 17u) - ONE)) >> 14u);
                let towards = vec3<i32>(lamp_x, room_high.y, lamp_z) - origin;
                let ray = unit(towards);
                let cosines = (max(dot3(ray, facing) >> 14u, 0) * max(ray.y, 0)) >> 14u;
                if cosines > 0 {
                    let quarter = towards >> vec3<u32>(2u);
                    let square = u32(dot3(quarter, quarter));
                    let limit = i32(root(square)) * 4 - STEP_OFF * 2;
                    var lit = true;
                    for (var i = 0u; i < params.spheres; i++) {
                        let at = i * SPHERE;
                        let centre = vec3<i32>(spheres[at], spheres[at + 1u], spheres[at + 2u]) - origin;
                        let nearest = dot3(centre, ray) >> 14u;
                        let aside = centre - scaled(ray, nearest);
                        let radius = spheres[at + 3u];
                        let size = abs(aside);
                        if nearest > 0 && nearest < limit && max(size.x, max(size.y, size.z)) < radius {
                            if dot3(aside, aside) < radius * radius {
                                lit = false;
                                break;
                            }
                        }
                    }
                    if lit {
                        let share = min((u32(cosines) * u32(scene[LIGHT + 4u])) / max(square >> 10u, 64u), 32767u);
                        let arrives = (vec3<u32>(light_colour) * share) >> vec3<u32>(14u);
                        radiance += vec3<i32>((vec3<u32>(throughput) * arrives + 8192u) >> vec3<u32>(14u));
                    }
                }
                direction = unit(facing + scatter + vec3<i32>(0, 0, 1));
            } else {
                if material == METAL {
                    throughput = (throughput * colour) >> vec3<u32>(14u);
                }
                direction = unit(mirrored + scaled(scatter, fuzz));
                origin = point + scaled(facing, STEP_OFF);
                sees_light = true;
            }
            if max(throughput.x, max(throughput.y, throughput.z)) < ONE / 64 { break; }
        }
        sum += vec3<u32>(min(radiance, vec3<i32>(65535)));
    }
    return vec4<u32>(sum, done + SAMPLES);
}
