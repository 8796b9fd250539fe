use std::path::PathBuf;

use edgeproof_gallery::{
    convolution::{self, Filter},
    GalleryError, Picture,
};

use crate::context::{file, Context, Report};

/// Filters that have a name.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Named {
    Blur,
    Sharpen,
    Emboss,
    Outline,
}

#[derive(clap::Args, Debug)]
pub struct Args {
    /// PNG picture
    input: PathBuf,
    /// PNG file to write
    output: PathBuf,
    /// Filter
    #[arg(long, value_enum, default_value = "blur")]
    filter: Named,
    /// A filter of your own: a square of weights from -128 to 127, row by row, for instance 0,-1,0,-1,5,-1,0,-1,0
    #[arg(
        long,
        value_delimiter = ',',
        allow_hyphen_values = true,
        conflicts_with = "filter"
    )]
    weights: Vec<i8>,
    /// What the sum of your filter is divided by [default: the sum of its weights]
    #[arg(long, requires = "weights")]
    divisor: Option<u32>,
    /// What is added to each channel
    #[arg(long, default_value = "0", requires = "weights")]
    bias: u8,
}

impl Args {
    pub fn run(self, context: &Context) -> Result<Report, GalleryError> {
        let filter = self.filter()?;
        let picture = Picture::read(&self.input)?;
        let task = convolution::task(&picture, &filter)?;
        let mut session = context.open()?;
        let outcome = session.run(&task, "filter")?;
        convolution::filtered(&picture, &outcome).write(&self.output)?;
        let side = filter.side();
        let text = format!(
            "{}: {} x {} pixels through a filter of {side} x {side}",
            self.output.display(),
            picture.width,
            picture.height
        );
        Ok(session.report(text, file(&self.output)))
    }

    fn filter(&self) -> Result<Filter, GalleryError> {
        if !self.weights.is_empty() {
            let divisor = self
                .divisor
                .unwrap_or_else(|| Filter::natural_divisor(&self.weights));
            return Filter::new(self.weights.clone(), divisor, self.bias);
        }
        match self.filter {
            Named::Blur => {
                let row = [1i8, 6, 15, 20, 15, 6, 1];
                let weights = row
                    .iter()
                    .flat_map(|y| row.map(|x| (i32::from(x) * i32::from(*y) / 4) as i8));
                let weights: Vec<i8> = weights.collect();
                let divisor = Filter::natural_divisor(&weights);
                Filter::new(weights, divisor, 0)
            }
            Named::Sharpen => Filter::new(vec![-1, -1, -1, -1, 16, -1, -1, -1, -1], 8, 0),
            Named::Emboss => Filter::new(vec![-2, -1, 0, -1, 1, 1, 0, 1, 2], 1, 0),
            Named::Outline => Filter::new(vec![-1, -1, -1, -1, 8, -1, -1, -1, -1], 1, 0),
        }
    }
}
