//! What an approved referendum may do, and how hard it is to approve.

use super::{origins::Origin, Rules};
use crate::*;
use polkadot_sdk::{
    frame_support::{dispatch::RawOrigin, traits::Get},
    pallet_referenda::{Curve, Track, TrackInfo, TracksInfo},
    sp_runtime::{str_array, Perbill},
};

/// Number of the track whose referenda may do everything.
pub const ROOT: u16 = 0;
/// Number of the track whose referenda set the governed values.
pub const PARAMETERS: u16 = 1;
/// Number of the track whose referenda spend TFUEL of the treasury.
pub const TREASURY: u16 = 2;

/// What a track asks for, in percent, at the beginning and at the end of its decision; a straight line joins both.
struct Bar {
    /// Ayes among the votes, weighed by conviction.
    approval: [u32; 2],
    /// THETA that voted aye or abstained, of all there is.
    support: [u32; 2],
}

const ROOT_BAR: Bar = Bar {
    approval: [100, 75],
    support: [50, 10],
};
const PARAMETERS_BAR: Bar = Bar {
    approval: [100, 60],
    support: [25, 5],
};
const TREASURY_BAR: Bar = Bar {
    approval: [100, 60],
    support: [10, 2],
};

fn falling([ceil, floor]: [u32; 2]) -> Curve {
    Curve::LinearDecreasing {
        length: Perbill::one(),
        floor: Perbill::from_percent(floor),
        ceil: Perbill::from_percent(ceil),
    }
}

/// The tracks: their periods and deposits are governed.
pub struct Tracks;

impl Tracks {
    fn track(
        id: u16,
        name: &str,
        max_deciding: u32,
        bar: Bar,
        deposit: Balance,
    ) -> Track<u16, Balance, BlockNumber> {
        let rules = Rules::get();
        Track {
            id,
            info: TrackInfo {
                name: str_array(name),
                max_deciding,
                decision_deposit: deposit,
                prepare_period: rules.prepare,
                decision_period: rules.decision,
                confirm_period: rules.confirm,
                min_enactment_period: rules.enactment,
                min_approval: falling(bar.approval),
                min_support: falling(bar.support),
            },
        }
    }
}

impl TracksInfo<Balance, BlockNumber> for Tracks {
    type Id = u16;
    type RuntimeOrigin = OriginCaller;

    fn tracks() -> impl Iterator<Item = Cow<'static, Track<u16, Balance, BlockNumber>>> {
        let (root, other) = (Rules::get().root_deposit, Rules::get().decision_deposit);
        [
            Self::track(ROOT, "root", 4, ROOT_BAR, root),
            Self::track(PARAMETERS, "parameters", 16, PARAMETERS_BAR, other),
            Self::track(TREASURY, "treasury", 16, TREASURY_BAR, other),
        ]
        .into_iter()
        .map(Cow::Owned)
    }

    fn track_for(origin: &OriginCaller) -> Result<u16, ()> {
        match origin {
            OriginCaller::system(RawOrigin::Root) => Ok(ROOT),
            OriginCaller::Origins(Origin::Parameters) => Ok(PARAMETERS),
            OriginCaller::Origins(Origin::Treasurer) => Ok(TREASURY),
            _ => Err(()),
        }
    }
}
