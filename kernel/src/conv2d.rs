//! The meaning of a convolution, as plain loops.

use crate::{limits, ops, Binary, Conv2d, ConvShape, ReadWords};

/// The input number under which a reader serves the images.
pub const CONV_INPUT: u8 = 0;
/// The input number under which a reader serves the filters.
pub const CONV_WEIGHTS: u8 = 1;

/// Bytes of one chunk of BLAKE3's tree.
const CHUNK_BYTES: u64 = 1024;

/// What follows from a [`ConvShape`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConvSizes {
    pub out_height: u32,
    pub out_width: u32,
    /// Channels of one group.
    pub group_channels: u32,
    /// Words of one output channel's filter.
    pub filter_words: u32,
    pub input_words: u64,
    pub weight_words: u64,
    pub out_words: u64,
}

impl ConvShape {
    /// The sizes, if the shape keeps the rules: nothing is 0 but padding, channels divide as documented, the filter
    /// fits into the padded image, and one element stays within [`limits::CONV_PRODUCTS`] and [`limits::CONV_CHUNKS`].
    pub fn sizes(&self) -> Option<ConvSizes> {
        let [kernel_height, kernel_width] = self.kernel;
        let [top, left, bottom, right] = self.padding;
        let whole = |x: u32, y: u32| x.checked_rem(y) == Some(0);
        if self.batch == 0
            || self.out_channels == 0
            || self.channels == 0
            || !whole(self.channels, 4)
            || !whole(self.channels, self.groups)
            || !whole(self.out_channels, self.groups)
        {
            return None;
        }
        let group_channels = self.channels.checked_div(self.groups)?;
        let taps = u64::from(kernel_height).checked_mul(u64::from(kernel_width))?;
        let products = taps.checked_mul(u64::from(group_channels))?;
        let chunks = u64::from(group_channels).div_ceil(CHUNK_BYTES).saturating_add(1);
        if products > limits::CONV_PRODUCTS || taps.saturating_mul(chunks) > limits::CONV_CHUNKS {
            return None;
        }
        let [down, across] = self.stride;
        let out_height = outputs(self.height, [top, bottom], kernel_height, self.dilation[0], down)?;
        let out_width = outputs(self.width, [left, right], kernel_width, self.dilation[1], across)?;
        let filter_words = u32::try_from(products.div_ceil(4)).ok()?;
        let volume = |factors: [u32; 4]| {
            factors
                .into_iter()
                .try_fold(1u64, |product, factor| product.checked_mul(u64::from(factor)))
        };
        Some(ConvSizes {
            out_height,
            out_width,
            group_channels,
            filter_words,
            input_words: volume([self.batch, self.height, self.width, self.channels])? / 4,
            weight_words: volume([self.out_channels, filter_words, 1, 1])?,
            out_words: volume([self.batch, out_height, out_width, self.out_channels])?,
        })
    }

    /// Operations of one element: a multiplication and an addition for each product.
    pub fn element_operations(&self) -> u64 {
        let group_channels = self.channels.checked_div(self.groups).unwrap_or(0);
        [self.kernel[0], self.kernel[1], group_channels, 2]
            .into_iter()
            .fold(1, |product: u64, factor| {
                product.saturating_mul(u64::from(factor))
            })
    }
}

/// Places along one axis where a filter of `taps` elements fits.
fn outputs(extent: u32, padding: [u32; 2], taps: u32, dilation: u32, stride: u32) -> Option<u32> {
    if extent == 0 || taps == 0 || dilation == 0 || padding.iter().any(|zeros| *zeros > limits::BUFFER_WORDS)
    {
        return None;
    }
    let [before, after] = padding.map(u64::from);
    let padded = u64::from(extent).checked_add(before)?.checked_add(after)?;
    let reach = u64::from(taps)
        .checked_sub(1)?
        .checked_mul(u64::from(dilation))?
        .checked_add(1)?;
    let places = padded.checked_sub(reach)?.checked_div(u64::from(stride))?;
    // Every coordinate of the padded image fits an i32, so that shaders may compute it.
    u32::try_from(places.checked_add(1)?)
        .ok()
        .filter(|_| i32::try_from(padded).is_ok())
}

/// Word `index` of the convolution: the sum, an `i32`, as bits.
///
/// # Errors
/// What the reader fails with.
pub fn conv2d_element<R: ReadWords>(
    convolution: &Conv2d,
    index: u32,
    reader: &mut R,
) -> Result<u32, R::Error> {
    let shape = &convolution.shape;
    let Some(sizes) = shape.sizes() else {
        return Ok(0);
    };
    let (pixel, channel) = split(index, shape.out_channels);
    let (row, x) = split(pixel, sizes.out_width);
    let (image, y) = split(row, sizes.out_height);
    let (group, _) = split(channel, shape.out_channels.checked_div(shape.groups).unwrap_or(1));
    let filter = channel.wrapping_mul(sizes.filter_words);
    let channels = sizes.group_channels;

    let mut sum = 0i32;
    for r in 0..shape.kernel[0] {
        let Some(input_y) = source(
            y,
            shape.stride[0],
            r,
            shape.dilation[0],
            shape.padding[0],
            shape.height,
        ) else {
            continue;
        };
        for s in 0..shape.kernel[1] {
            let Some(input_x) = source(
                x,
                shape.stride[1],
                s,
                shape.dilation[1],
                shape.padding[1],
                shape.width,
            ) else {
                continue;
            };
            let pixel = image
                .wrapping_mul(shape.height)
                .wrapping_add(input_y)
                .wrapping_mul(shape.width)
                .wrapping_add(input_x);
            let run = Run {
                input_word: pixel.wrapping_mul(shape.channels / 4),
                input_byte: group.wrapping_mul(channels),
                weight_word: filter,
                weight_byte: r
                    .wrapping_mul(shape.kernel[1])
                    .wrapping_add(s)
                    .wrapping_mul(channels),
            };
            sum = sum.wrapping_add(run.products(channels, reader)?);
        }
    }
    Ok(sum.cast_unsigned())
}

/// The channels of one group at one pixel, and the part of the filter that meets them. Bytes count from the words.
struct Run {
    input_word: u32,
    input_byte: u32,
    weight_word: u32,
    weight_byte: u32,
}

impl Run {
    fn products<R: ReadWords>(&self, channels: u32, reader: &mut R) -> Result<i32, R::Error> {
        let mut sum = 0i32;
        if channels.is_multiple_of(4) {
            for word in 0..channels / 4 {
                let x = reader.read_or_zero(
                    CONV_INPUT,
                    self.input_word
                        .wrapping_add(self.input_byte / 4)
                        .wrapping_add(word),
                )?;
                let w = reader.read_or_zero(
                    CONV_WEIGHTS,
                    self.weight_word
                        .wrapping_add(self.weight_byte / 4)
                        .wrapping_add(word),
                )?;
                sum = sum.wrapping_add(ops::dot4_i8(x, w));
            }
            return Ok(sum);
        }
        for byte in 0..channels {
            let at = self.input_byte.wrapping_add(byte);
            let x = reader.read_or_zero(CONV_INPUT, self.input_word.wrapping_add(at / 4))?;
            let from = self.weight_byte.wrapping_add(byte);
            let w = reader.read_or_zero(CONV_WEIGHTS, self.weight_word.wrapping_add(from / 4))?;
            let lane = |word, at| ops::binary(Binary::UnpackI8, word, at).cast_signed();
            sum = sum.wrapping_add(lane(x, at).wrapping_mul(lane(w, from)));
        }
        Ok(sum)
    }
}

/// The coordinate of the image that filter element `tap` meets at output `place`, unless it is padding.
fn source(place: u32, stride: u32, tap: u32, dilation: u32, before: u32, extent: u32) -> Option<u32> {
    place
        .wrapping_mul(stride)
        .wrapping_add(tap.wrapping_mul(dilation))
        .checked_sub(before)
        .filter(|at| *at < extent)
}

fn split(index: u32, length: u32) -> (u32, u32) {
    (
        index.checked_div(length).unwrap_or(0),
        index.checked_rem(length).unwrap_or(0),
    )
}
