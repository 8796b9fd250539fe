use std::path::PathBuf;

use edgeproof_gallery::{
    mandelbrot::{self, View},
    GalleryError,
};

use crate::context::{file, Context, Report};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// PNG file to write
    output: PathBuf,
    #[arg(long, default_value = "640")]
    width: u32,
    #[arg(long, default_value = "480")]
    height: u32,
    /// Real and imaginary part of the middle
    #[arg(
        long,
        value_delimiter = ',',
        num_args = 1,
        allow_hyphen_values = true,
        default_value = "-0.65,0"
    )]
    centre: Vec<f64>,
    /// Extent of the picture along its width; less looks closer
    #[arg(long, default_value = "3.2")]
    across: f64,
    /// Rounds after which a point counts as inside
    #[arg(long, default_value = "1000")]
    rounds: u32,
}

impl Args {
    pub fn run(self, context: &Context) -> Result<Report, GalleryError> {
        let [real, imaginary] = self.centre[..] else {
            return Err(GalleryError::Input(
                "the middle is two numbers, for instance -0.65,0".into(),
            ));
        };
        let view = View {
            width: self.width,
            height: self.height,
            centre: (real, imaginary),
            across: self.across,
            rounds: self.rounds,
        };
        let task = mandelbrot::task(&view)?;
        let mut session = context.open()?;
        let outcome = session.run(&task, "Mandelbrot set")?;
        mandelbrot::picture(&view, &outcome).write(&self.output)?;
        let text = format!(
            "{}: the Mandelbrot set around {real}, {imaginary}, {} across, four samples for each of {} x {} pixels",
            self.output.display(),
            self.across,
            self.width,
            self.height
        );
        Ok(session.report(text, file(&self.output)))
    }
}
