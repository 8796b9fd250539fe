use std::{
    fs::File,
    io::{BufReader, BufWriter},
    path::Path,
};

use crate::{task::bytes, GalleryError};

/// Most pixels on a side: what the programs declare.
pub const MAX_SIDE: u32 = 8_192;
/// Most pixels in all: four words of each fit in a buffer.
const MAX_AREA: u32 = 1 << 23;

/// A picture of one word per pixel: red, green, blue and alpha, red in the lowest byte. As a blob this is RGBA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub pixels: Vec<u32>,
}

impl Picture {
    /// `pixels` as they come out of a program, row by row.
    pub fn new(width: u32, height: u32, pixels: Vec<u32>) -> Self {
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Words of a buffer that holds a word per pixel.
    ///
    /// # Errors
    /// When a picture of this size is empty or larger than the programs take.
    pub fn area(width: u32, height: u32) -> Result<u32, GalleryError> {
        let area = width.saturating_mul(height);
        if area == 0 || width > MAX_SIDE || height > MAX_SIDE || area > MAX_AREA {
            return Err(GalleryError::TooLarge {
                width,
                height,
                maximum: MAX_SIDE,
            });
        }
        Ok(area)
    }

    /// Reads a PNG file of any colour type.
    ///
    /// # Errors
    /// When it cannot be read, or is larger than the programs take.
    pub fn read(path: &Path) -> Result<Self, GalleryError> {
        let not_png = |error: png::DecodingError| GalleryError::NotPng {
            path: path.into(),
            reason: error.to_string(),
        };
        let file = File::open(path).map_err(GalleryError::file(path))?;
        let mut decoder = png::Decoder::new(BufReader::new(file));
        decoder
            .set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
        let mut reader = decoder.read_info().map_err(not_png)?;
        let (width, height) = (reader.info().width, reader.info().height);
        Self::area(width, height)?;
        let size = reader.output_buffer_size().unwrap_or_default();
        let mut samples = vec![0; size];
        let frame = reader.next_frame(&mut samples).map_err(not_png)?;
        samples.truncate(frame.buffer_size());
        let pixels = match frame.color_type {
            png::ColorType::GrayscaleAlpha => samples
                .as_chunks()
                .0
                .iter()
                .map(|[grey, alpha]| u32::from_le_bytes([*grey, *grey, *grey, *alpha]))
                .collect(),
            _ => samples
                .as_chunks()
                .0
                .iter()
                .map(|rgba| u32::from_le_bytes(*rgba))
                .collect(),
        };
        Ok(Self::new(width, height, pixels))
    }

    /// Writes a PNG file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), GalleryError> {
        animation(std::slice::from_ref(self), 0, path)
    }

    /// Red, green and blue of every pixel.
    pub fn rgb(&self) -> Vec<u8> {
        let rgba = bytes(&self.pixels);
        rgba.as_chunks::<4>()
            .0
            .iter()
            .flat_map(|[r, g, b, _]| [*r, *g, *b])
            .collect()
    }
}

/// Writes pictures of one size as an animated PNG that browsers play forever; one picture is a plain PNG.
///
/// # Errors
/// When it cannot be written.
pub fn animation(frames: &[Picture], milliseconds: u16, path: &Path) -> Result<(), GalleryError> {
    let file = File::create(path).map_err(GalleryError::file(path))?;
    encode(frames, milliseconds, BufWriter::new(file)).map_err(|error| GalleryError::File {
        path: path.into(),
        error: error.into(),
    })
}

fn encode(frames: &[Picture], milliseconds: u16, file: BufWriter<File>) -> Result<(), png::EncodingError> {
    let (width, height) = frames.first().map_or((0, 0), |frame| (frame.width, frame.height));
    let colours = colours(frames);
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    match &colours {
        Some(colours) => {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(
                colours
                    .iter()
                    .flat_map(|colour| {
                        let [red, green, blue, _] = colour.to_le_bytes();
                        [red, green, blue]
                    })
                    .collect::<Vec<u8>>(),
            );
        }
        None => encoder.set_color(png::ColorType::Rgb),
    }
    if frames.len() > 1 {
        encoder.set_animated(u32::try_from(frames.len()).unwrap_or(u32::MAX), 0)?;
        encoder.set_frame_delay(milliseconds, 1000)?;
    }
    let mut writer = encoder.write_header()?;
    for frame in frames {
        let data = match &colours {
            Some(colours) => frame
                .pixels
                .iter()
                .map(|pixel| u8::try_from(colours.binary_search(pixel).unwrap_or(0)).unwrap_or(0))
                .collect(),
            None => frame.rgb(),
        };
        writer.write_image_data(&data)?;
    }
    writer.finish()
}

/// The colours of the pictures, ascending, if a palette holds them.
fn colours(frames: &[Picture]) -> Option<Vec<u32>> {
    let mut colours = Vec::new();
    for pixel in frames.iter().flat_map(|frame| &frame.pixels) {
        if let Err(place) = colours.binary_search(pixel) {
            if colours.len() == 256 {
                return None;
            }
            colours.insert(place, *pixel);
        }
    }
    Some(colours)
}
