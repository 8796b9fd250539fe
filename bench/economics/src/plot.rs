//! Mean profit of collusion over the bond, and over the share of colluders: lines are the formula, dots the simulation.

use std::{ops::Range, path::Path};

use anyhow::{anyhow, Result};
use plotters::prelude::*;

use crate::{
    formula,
    grid::USUAL_SHARE,
    setting::{Assurance, Setting, LEVELS},
    simulate::simulate,
    strategy::Strategy,
};

/// What a lie brings from outside in the plot.
const GAIN: f64 = 0.3;
const COLOURS: [RGBColor; 3] = [
    RGBColor(0x1b, 0x7a, 0xb8),
    RGBColor(0xd1, 0x6b, 0x12),
    RGBColor(0x3c, 0x8d, 0x3c),
];

/// One diagram: what is on the horizontal axis, and what a point there means.
struct Panel {
    title: &'static str,
    axis: &'static str,
    range: Range<f64>,
    dots: usize,
    /// A corner without lines.
    legend: SeriesLabelPosition,
    setting: fn(Assurance, f64) -> Setting,
}

const PANELS: [Panel; 2] = [
    Panel {
        title: "30 % collude, a lie brings 0.3 F",
        axis: "bond of a seat, in fees",
        range: 2.0..40.0,
        dots: 20,
        legend: SeriesLabelPosition::LowerLeft,
        setting: |assurance, bond| Setting::together(Assurance { bond, ..assurance }, USUAL_SHARE, GAIN),
    },
    Panel {
        title: "bond of 20 fees, a lie brings 0.3 F",
        axis: "share of the workers that collude",
        range: 0.1..0.9,
        dots: 17,
        legend: SeriesLabelPosition::LowerRight,
        setting: |assurance, colluding| Setting::together(assurance, colluding, GAIN),
    },
];

/// `count` values from one end of a range to the other.
fn spread(range: &Range<f64>, count: usize) -> impl Iterator<Item = f64> {
    let (start, step) = (range.start, (range.end - range.start) / (count - 1) as f64);
    (0..count).map(move |number| start + step * number as f64)
}

/// Writes the plot as SVG, simulating `games` games for each dot.
pub fn draw(path: &Path, games: u32, seed: u64) -> Result<()> {
    let root = SVGBackend::new(path, (1_200, 480)).into_drawing_area();
    root.fill(&WHITE).map_err(explain)?;
    for (area, panel) in root.split_evenly((1, 2)).iter().zip(&PANELS) {
        panel.draw(area, games, seed).map_err(explain)?;
    }
    root.present().map_err(explain)
}

/// The library's errors live no longer than what they are about.
fn explain(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("{error}")
}

impl Panel {
    fn draw<'a, Backend: DrawingBackend + 'a>(
        &self,
        area: &DrawingArea<Backend, plotters::coord::Shift>,
        games: u32,
        seed: u64,
    ) -> Result<(), DrawingAreaErrorKind<Backend::ErrorType>> {
        let mut chart = ChartBuilder::on(area)
            .caption(self.title, ("sans-serif", 18))
            .margin(12)
            .x_label_area_size(40)
            .y_label_area_size(60)
            .build_cartesian_2d(self.range.clone(), -4.0..1.5)?;
        chart
            .configure_mesh()
            .disable_mesh()
            .x_desc(self.axis)
            .y_desc("mean profit over honesty, in fees")
            .draw()?;
        chart.draw_series(LineSeries::new(
            spread(&self.range, 2).map(|x| (x, 0.0)),
            BLACK.stroke_width(2),
        ))?;
        for (level, colour) in LEVELS.into_iter().zip(COLOURS) {
            let expected = |x| (x, formula::profit(Strategy::Collusion, &(self.setting)(level, x)));
            // Each dot has games of its own, or all would be off to the same side.
            let played = |(seed, x)| {
                let outcome = simulate(Strategy::Collusion, (self.setting)(level, x), games, seed);
                (x, outcome.mean)
            };
            let inside = |(_, y): &(f64, f64)| (-4.0..1.5).contains(y);
            chart
                .draw_series(LineSeries::new(
                    spread(&self.range, 200).map(expected).filter(inside),
                    colour.stroke_width(2),
                ))?
                .label(level.name)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], colour.stroke_width(2)));
            chart.draw_series(
                (seed..)
                    .zip(spread(&self.range, self.dots))
                    .map(played)
                    .filter(inside)
                    .map(|dot| Circle::new(dot, 3, colour.filled())),
            )?;
        }
        chart
            .configure_series_labels()
            .position(self.legend.clone())
            .background_style(WHITE.mix(0.8))
            .border_style(BLACK)
            .draw()
    }
}
