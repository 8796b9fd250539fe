//! `edgeproof status`.

use crate::{
    context::Context,
    failure::Failure,
    format::{count, exact, short},
    report::Report,
    table::{facts, table, Align},
};
use edgeproof_client::{JobState, NodeStatus, View};
use serde_json::{json, Value};
use std::collections::BTreeMap;

/// Jobs whose states are counted.
const RECENT: usize = 100;

