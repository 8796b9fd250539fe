// How light each pixel looks, 0 to 255: the weights of Rec. 709, rounded.

// One word per pixel: red, green, blue and alpha, red in the lowest byte.
@group(0) @binding(0) var<storage, read> picture: array<u32>;

fn kernel(index: u32) -> u32 {
    let pixel = picture[index];
    let red = pixel & 0xffu;
    let green = (pixel >> 8u) & 0xffu;
    let blue = (pixel >> 16u) & 0xffu;
    return (red * 13933u + green * 46871u + blue * 4732u + 32768u) >> 16u;
}
