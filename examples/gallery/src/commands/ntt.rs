use edgeproof_gallery::{
    ntt::{self, MAX_DIGITS},
    GalleryError,
};
use rand::{rngs::StdRng, Rng, SeedableRng};
use serde_json::json;

use crate::context::{Context, Report};

/// Digits of a number that a line shows whole.
const SHOWN: usize = 60;

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Two numbers in decimal digits [default: random ones]
    #[arg(num_args = 2, value_names = ["LEFT", "RIGHT"])]
    factors: Vec<String>,
    /// Digits of random numbers
    #[arg(long, default_value = "20000", conflicts_with = "factors")]
    digits: usize,
    /// Decides the random numbers
    #[arg(long, default_value = "1", conflicts_with = "factors")]
    seed: u64,
}

impl Args {
    pub fn run(self, context: &Context) -> Result<Report, GalleryError> {
        let [left, right] = self.two()?;
        let task = ntt::multiplication(&left, &right)?;
        let mut session = context.open()?;
        let outcome = session.run(&task, "product")?;
        let product = ntt::product(&outcome);
        let text = format!("{} x {} = {}", short(&left), short(&right), short(&product));
        let value = json!({ "left": left, "right": right, "product": product });
        Ok(session.report(text, value))
    }

    fn two(&self) -> Result<[String; 2], GalleryError> {
        if let [left, right] = &self.factors[..] {
            return Ok([left.clone(), right.clone()]);
        }
        if self.digits == 0 || self.digits > MAX_DIGITS {
            return Err(GalleryError::Input(format!("1 to {MAX_DIGITS} digits")));
        }
        let mut random = StdRng::seed_from_u64(self.seed);
        Ok([(); 2].map(|()| {
            let digits = (0..self.digits).map(|place| random.random_range(u32::from(place == 0)..10));
            digits.filter_map(|digit| char::from_digit(digit, 10)).collect()
        }))
    }
}

/// A number, or its ends and how many digits it has.
fn short(number: &str) -> String {
    match (number.get(..8), number.get(number.len().saturating_sub(8)..)) {
        (Some(first), Some(last)) if number.len() > SHOWN => {
            format!("{first}..{last} ({} digits)", number.len())
        }
        _ => number.into(),
    }
}
