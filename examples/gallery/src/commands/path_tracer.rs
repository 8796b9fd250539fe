use std::path::PathBuf;

use edgeproof_gallery::{
    path_tracer::{self, Scene, Settings, SAMPLES_PER_PASS},
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
    /// Paths of light per pixel; more take the grain away
    #[arg(long, default_value = "64")]
    samples: u32,
    /// Brightness
    #[arg(long, default_value = "0.9")]
    exposure: f64,
    /// Decides the grain
    #[arg(long, default_value = "1")]
    seed: u32,
}

impl Args {
    pub fn run(self, context: &Context) -> Result<Report, GalleryError> {
        let settings = Settings {
            width: self.width,
            height: self.height,
            samples: self.samples,
            exposure: self.exposure,
            seed: self.seed,
        };
        let scene = Scene::room();
        let task = path_tracer::task(&scene, &settings)?;
        let mut session = context.open()?;
        let outcome = session.run(&task, "light")?;
        path_tracer::picture(&settings, &outcome).write(&self.output)?;
        let text = format!(
            "{}: {} spheres, {} paths of light for each of {} x {} pixels",
            self.output.display(),
            scene.spheres.len(),
            self.samples.next_multiple_of(SAMPLES_PER_PASS),
            self.width,
            self.height
        );
        Ok(session.report(text, file(&self.output)))
    }
}
