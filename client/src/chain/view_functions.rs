//! Questions that the runtime answers itself.

use super::{ClientError, View};
use subxt::{
    ext::{codec::Decode, codec::Encode, frame_decode, scale_decode::IntoVisitor},
    view_functions::Payload,
};

/// Bytes that name a view function; its arguments follow.
const NAME: usize = 32;

impl View {
    /// Calls a view function of the runtime. subxt 0.51 leaves out the length of the arguments and the envelope of the answer,
    /// so every call of its own traps; here both are added.
    pub(super) async fn ask<P: Payload>(&self, question: P) -> Result<P::ReturnType, ClientError> {
        let functions = self.at().view_functions();
        let encoded = functions
            .encode_args(&question)
            .map_err(|error| self.failed(error))?;
        let (name, arguments) = encoded
            .split_at_checked(NAME)
            .ok_or_else(|| ClientError::Incompatible("a view function has no name".into()))?;
        let call = [name, &arguments.to_vec().encode()].concat();
        let answer = functions
            .call_raw(Some(&call))
            .await
            .map_err(|error| self.failed(error))?;
        let refused = |what: &str| {
            let function = question.function_name();
            ClientError::Incompatible(format!("the view function {function} {what}"))
        };
        let value = match answer.split_first() {
            Some((0, value)) => Vec::<u8>::decode(&mut &*value).map_err(|_| refused("answers nonsense"))?,
            _ => return Err(refused("is unknown to the chain")),
        };
        let metadata = self.at().metadata_ref();
        frame_decode::view_functions::decode_view_function_response(
            question.pallet_name(),
            question.function_name(),
            &mut &*value,
            metadata,
            metadata.types(),
            P::ReturnType::into_visitor(),
        )
        .map_err(|_| refused("answers something else"))
    }
}
