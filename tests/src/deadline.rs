use std::{
    future::Future,
    time::{Duration, Instant},
};

/// Time between two looks at something that gives no event.
const LOOK: Duration = Duration::from_millis(100);

/// Waits for `event`, at most `limit`.
///
/// # Panics
/// When the time is over, saying what was awaited.
pub async fn within<T>(limit: Duration, what: &str, event: impl Future<Output = T>) -> T {
    match tokio::time::timeout(limit, event).await {
        Ok(value) => value,
        Err(_) => panic!("no {what} within {limit:?}"),
    }
}

/// Looks again and again until `look` finds something, at most `limit`.
///
/// # Panics
/// When the time is over, saying what was awaited.
pub async fn eventually<T, F: Future<Output = Option<T>>>(
    limit: Duration,
    what: &str,
    mut look: impl FnMut() -> F,
) -> T {
    let end = Instant::now() + limit;
    loop {
        if let Some(value) = look().await {
            return value;
        }
        assert!(Instant::now() < end, "no {what} within {limit:?}");
        tokio::time::sleep(LOOK).await;
    }
}
