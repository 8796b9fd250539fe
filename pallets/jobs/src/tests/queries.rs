use super::*;
use crate::MAX_SCAN;

#[test]
fn an_operator_finds_exactly_its_seats() {
    three_workers().execute_with(|| {
        let spec = usual_spec();
        let ids: Vec<_> = (0..4).map(|_| submit(REQUESTER, spec.clone())).collect();
        assert!(Jobs::assignments_of(&OPERATOR).is_empty());
        advance_to(DRAWN);
        let mut seats = Jobs::assignments_of(&OPERATOR);
        seats.sort_by_key(|(id, _)| *id);
        assert_eq!(seats.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids);
        assert_eq!(seats[0].1, job(ids[0]));
        assert!(Jobs::assignments_of(&OPERATOR_2).is_empty());
        advance_to(COMMIT_BY + 3);
        assert!(Jobs::assignments_of(&OPERATOR).is_empty());
        assert_eq!(Jobs::assignments_of(&OPERATOR_2).len(), 4);
    });
}

#[test]
fn a_requester_finds_its_jobs_page_by_page() {
    TestExt::new().execute_with(|| {
        let spec = usual_spec();
        for n in 0..10 {
            submit(if n % 3 == 0 { REQUESTER } else { OTHER }, spec.clone());
        }
        assert_ok!(Jobs::cancel(signed(REQUESTER), 3));
        assert_eq!(Jobs::jobs_of(&REQUESTER, 0, MAX_SCAN), [0, 3, 6, 9]);
        assert_eq!(Jobs::jobs_of(&REQUESTER, 1, 6), [3, 6]);
        assert_eq!(Jobs::jobs_of(&OTHER, 0, 2), [1]);
        assert!(Jobs::jobs_of(&OTHER, 10, u32::MAX).is_empty());
        assert!(Jobs::jobs_of(&OTHER, u64::MAX, u32::MAX).is_empty());
    });
}

#[test]
fn view_functions_show_what_is_stored() {
    one_worker().execute_with(|| {
        let id = revealed();
        assert_eq!(Jobs::job(id), Some(job(id)));
        assert_eq!(Jobs::receipt(id), None);
        advance(WINDOW + 1);
        assert_eq!(Jobs::job(id), None);
        assert_eq!(Jobs::receipt(id), Some(receipt(id)));
        assert_eq!(Jobs::program(usual_program()).unwrap().owner, STASH_3);
    });
}
