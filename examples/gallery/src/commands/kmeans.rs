use std::{fs, path::PathBuf};

use edgeproof_gallery::{
    kmeans::{self, Points},
    GalleryError,
};
use serde_json::json;

use crate::context::{Context, Report};

/// Pixels on a side of a plot.
const PLOT: u32 = 480;

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Table of one to three numbers per row
    points: PathBuf,
    /// Clusters
    #[arg(short = 'k', long, default_value = "5")]
    clusters: u32,
    #[arg(long, default_value = "20")]
    rounds: u32,
    /// Decides where clusters begin
    #[arg(long, default_value = "1")]
    seed: u64,
    /// PNG file to write with the points in colours
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
    /// File to write with the cluster of each point, a line each
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
}

impl Args {
    pub fn run(self, context: &Context) -> Result<Report, GalleryError> {
        let file = |path: &PathBuf| {
            let path = path.clone();
            move |error| GalleryError::File { path, error }
        };
        let text = fs::read_to_string(&self.points).map_err(file(&self.points))?;
        let points = Points::parse(&text)?;
        let seeds = kmeans::seeds(points.grid(), self.clusters, self.seed)?;
        let task = kmeans::task(points.grid(), &seeds, self.rounds)?;
        let mut session = context.open()?;
        let outcome = session.run(&task, "clusters")?;
        let (clusters, nearest) = (kmeans::clusters(&outcome), kmeans::nearest(&outcome));
        if let Some(path) = &self.plot {
            kmeans::plot(points.grid(), nearest, &clusters, PLOT).write(path)?;
        }
        if let Some(path) = &self.labels {
            let lines: String = nearest.iter().map(|cluster| format!("{cluster}\n")).collect();
            fs::write(path, lines).map_err(file(path))?;
        }
        let rows = clusters.iter().zip(0u32..).map(|(cluster, number)| {
            let centre = points.in_units(&cluster.centre);
            let members = nearest.iter().filter(|cluster| **cluster == number).count();
            (centre, members)
        });
        let rows: Vec<(Vec<f64>, usize)> = rows.collect();
        let lines = rows.iter().map(|(centre, members)| {
            let parts: Vec<String> = centre.iter().map(|part| format!("{part:.4}")).collect();
            format!("{members:>6} points around {}", parts.join(", "))
        });
        let text = format!(
            "{}\n{} points, {} rounds, on a grid of {:.2e}",
            lines.collect::<Vec<_>>().join("\n"),
            points.grid().len(),
            self.rounds,
            points.step()
        );
        let value = rows
            .iter()
            .map(|(centre, members)| json!({ "centre": centre, "points": members }));
        let value = json!({ "clusters": value.collect::<Vec<_>>() });
        Ok(session.report(text, value))
    }
}
