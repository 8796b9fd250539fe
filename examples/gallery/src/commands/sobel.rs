use std::path::PathBuf;

use edgeproof_gallery::{sobel, GalleryError, Picture};

use crate::context::{file, Context, Report};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// PNG picture
    input: PathBuf,
    /// PNG file to write
    output: PathBuf,
}

impl Args {
    pub fn run(self, context: &Context) -> Result<Report, GalleryError> {
        let picture = Picture::read(&self.input)?;
        let task = sobel::task(&picture)?;
        let mut session = context.open()?;
        let outcome = session.run(&task, "edges")?;
        sobel::edges(&picture, &outcome).write(&self.output)?;
        let text = format!(
            "{}: the edges of {} x {} pixels",
            self.output.display(),
            picture.width,
            picture.height
        );
        Ok(session.report(text, file(&self.output)))
    }
}
