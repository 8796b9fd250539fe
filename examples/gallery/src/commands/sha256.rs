use edgeproof_gallery::{
    sha256::{self, hash},
    GalleryError,
};
use serde_json::json;

use crate::context::{Context, Report};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Text before the nonce, at most 47 bytes
    #[arg(long, default_value = "edgeproof ")]
    prefix: String,
    /// Zero bits to find at the beginning of the hash
    #[arg(long, default_value = "20", value_parser = clap::value_parser!(u32).range(0..=40))]
    difficulty: u32,
    /// Nonce to begin with
    #[arg(long, default_value = "0")]
    first: u32,
    /// Nonces of one job
    #[arg(long, default_value = "262144")]
    batch: u32,
}

impl Args {
    pub fn run(self, context: &Context) -> Result<Report, GalleryError> {
        let mut session = context.open()?;
        let mut first = self.first;
        loop {
            // The last batch ends with the last nonce.
            let nonces = self.batch.min((u32::MAX - first).max(1));
            let task = sha256::task(&self.prefix, first, nonces)?;
            let tried = u64::from(first - self.first);
            let outcome = session.run(&task, &format!("{tried} nonces tried, more"))?;
            let best = sha256::best(&outcome);
            if best.zeros >= self.difficulty {
                return Ok(self.found(session, best.nonce, best.zeros));
            }
            first = first
                .checked_add(nonces)
                .filter(|first| *first < u32::MAX)
                .ok_or_else(|| {
                    GalleryError::Input(
                        "no nonce of 32 bits reaches this difficulty; change the prefix".into(),
                    )
                })?;
        }
    }

    fn found(&self, session: crate::context::Session<'_>, nonce: u32, zeros: u32) -> Report {
        let text = sha256::text(&self.prefix, nonce);
        let hash = hash(&text);
        let lines = format!("{hash}  {text}\n{zeros} zero bits; check it: printf '%s' '{text}' | sha256sum");
        let value = json!({ "text": text, "nonce": nonce, "zeros": zeros, "sha256": hash });
        session.report(lines, value)
    }
}
