//! Registering and removing programs.

use crate::{program, Config, Error, Event, Pallet, ProgramCode, ProgramInfo, Programs};
use edgeproof_primitives::{ProgramId, MAX_PROGRAM_BYTES};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_register_program(
        owner: T::AccountId,
        code: BoundedVec<u8, ConstU32<MAX_PROGRAM_BYTES>>,
    ) -> DispatchResult {
        let id = ProgramId(edgeproof_proofs::blob_root(&code));
        ensure!(!Programs::<T>::contains_key(id), Error::<T>::ProgramExists);
        let facts = program::verify::<T>(&code)?;

        let rules = T::Rules::get();
        let bytes: u32 = code.len().saturated_into();
        let deposit = rules
            .program_deposit
            .saturating_add(rules.byte_deposit.saturating_mul(bytes.into()));
        Self::hold_program_deposit(&owner, deposit)?;

        let info = ProgramInfo {
            owner: owner.clone(),
            deposit,
            bytes,
            operations: facts.operations,
            peak_memory: facts.peak_memory,
            inputs: facts.inputs,
            outputs: facts.outputs,
            params: facts.params,
            references: 0,
        };
        let operations = info.operations;
        Programs::<T>::insert(id, info);
        ProgramCode::<T>::insert(id, code);
        Self::deposit_event(Event::ProgramRegistered {
            program: id,
            owner,
            operations,
            deposit,
        });
        Ok(())
    }

    pub(crate) fn do_remove_program(who: T::AccountId, id: ProgramId) -> DispatchResult {
        let info = Programs::<T>::get(id).ok_or(Error::<T>::UnknownProgram)?;
        ensure!(info.owner == who, Error::<T>::NotOwner);
        ensure!(info.references == 0, Error::<T>::ProgramInUse);
        Programs::<T>::remove(id);
        ProgramCode::<T>::remove(id);
        Self::return_program_deposit(&info.owner, info.deposit);
        Self::deposit_event(Event::ProgramRemoved {
            program: id,
            deposit: info.deposit,
        });
        Ok(())
    }

    /// Notes that a live job runs the program.
    pub(crate) fn take_program_reference(id: ProgramId) -> DispatchResult {
        Programs::<T>::try_mutate(id, |info| {
            let info = info.as_mut().ok_or(Error::<T>::UnknownProgram)?;
            info.references = info.references.checked_add(1).ok_or(Error::<T>::TooManyJobs)?;
            Ok(())
        })
    }

    /// Notes that a job that ran the program has ended.
    pub(crate) fn drop_program_reference(id: ProgramId) {
        Programs::<T>::mutate(id, |info| {
            if let Some(info) = info {
                info.references = info.references.saturating_sub(1);
            }
        });
    }
}
