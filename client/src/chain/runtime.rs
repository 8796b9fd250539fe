//! Generated from the runtime's metadata (`scripts/metadata` writes the file). Types that the chain shares with its
//! clients are replaced by the shared ones.

#[allow(clippy::all, unused_qualifications)]
#[subxt::subxt(
    runtime_metadata_path = "metadata.scale",
    substitute_type(
        path = "edgeproof_primitives::hash::BlobHash",
        with = "::subxt::utils::Static<::edgeproof_primitives::BlobHash>"
    ),
    substitute_type(
        path = "edgeproof_primitives::hash::ProgramId",
        with = "::subxt::utils::Static<::edgeproof_primitives::ProgramId>"
    ),
    substitute_type(
        path = "edgeproof_primitives::hash::Commitment",
        with = "::subxt::utils::Static<::edgeproof_primitives::Commitment>"
    ),
    substitute_type(
        path = "edgeproof_primitives::job::JobSpec",
        with = "::subxt::utils::Static<::edgeproof_primitives::JobSpec>"
    ),
    substitute_type(
        path = "edgeproof_primitives::job::Assurance",
        with = "::subxt::utils::Static<::edgeproof_primitives::Assurance>"
    ),
    substitute_type(
        path = "edgeproof_primitives::job::Demands",
        with = "::subxt::utils::Static<::edgeproof_primitives::Demands>"
    ),
    substitute_type(
        path = "edgeproof_primitives::market::Quote",
        with = "::subxt::utils::Static<::edgeproof_primitives::Quote>"
    ),
    substitute_type(
        path = "edgeproof_primitives::market::QuoteError",
        with = "::subxt::utils::Static<::edgeproof_primitives::QuoteError>"
    ),
    substitute_type(
        path = "edgeproof_primitives::market::Waiting",
        with = "::subxt::utils::Static<::edgeproof_primitives::Waiting>"
    ),
    substitute_type(
        path = "edgeproof_primitives::market::WhyNot",
        with = "::subxt::utils::Static<::edgeproof_primitives::WhyNot>"
    ),
    substitute_type(
        path = "edgeproof_primitives::job::Attestation",
        with = "::subxt::utils::Static<::edgeproof_primitives::Attestation>"
    ),
    substitute_type(
        path = "edgeproof_primitives::job::RevealOpening",
        with = "::subxt::utils::Static<::edgeproof_primitives::RevealOpening>"
    ),
    substitute_type(
        path = "edgeproof_primitives::worker::Capability",
        with = "::subxt::utils::Static<::edgeproof_primitives::Capability>"
    ),
    substitute_type(
        path = "edgeproof_primitives::reputation::Evidence",
        with = "::subxt::utils::Static<::edgeproof_primitives::Evidence>"
    ),
    substitute_type(
        path = "edgeproof_primitives::receipt::Receipt<A>",
        with = "::subxt::utils::Static<::edgeproof_primitives::Receipt<A>>"
    ),
    substitute_type(
        path = "edgeproof_primitives::dispute::TraceOpening",
        with = "::subxt::utils::Static<::edgeproof_primitives::TraceOpening>"
    ),
    substitute_type(
        path = "edgeproof_primitives::dispute::Witness",
        with = "::subxt::utils::Static<::edgeproof_primitives::Witness>"
    ),
    substitute_type(
        path = "edgeproof_primitives::dispute::ElementProof",
        with = "::subxt::utils::Static<::edgeproof_primitives::ElementProof>"
    ),
    substitute_type(
        path = "edgeproof_primitives::dispute::ChunkProof",
        with = "::subxt::utils::Static<::edgeproof_primitives::ChunkProof>"
    ),
    substitute_type(
        path = "edgeproof_primitives::dispute::Move",
        with = "::subxt::utils::Static<::edgeproof_primitives::Move>"
    ),
    substitute_type(
        path = "edgeproof_primitives::dispute::Tree",
        with = "::subxt::utils::Static<::edgeproof_primitives::Tree>"
    ),
    substitute_type(
        path = "edgeproof_proofs::tree::opening::NodeOpening",
        with = "::subxt::utils::Static<::edgeproof_proofs::NodeOpening>"
    ),
    substitute_type(
        path = "edgeproof_proofs::tree::node::Node",
        with = "::subxt::utils::Static<::edgeproof_proofs::Node>"
    ),
    substitute_type(
        path = "edgeproof_proofs::chunks::MultiProof",
        with = "::subxt::utils::Static<::edgeproof_proofs::MultiProof>"
    )
)]
mod generated {}

pub(super) use generated::*;
