//! Three workers that ask differently in two regions: who gets which job, what quotes say of it, and what a loss costs.

use edgeproof_client::{AccountId, Client, QuoteRequest};
use edgeproof_primitives::{
    Clause, Demands, JobId, Outcome, Price, Quote, Reason, Region, TfuelBalance, UNIT,
};
use edgeproof_tests::{ended, short_program, signer, Chain, Cli, Node, PreparedJob, Stage, Worker};

/// Planck of TFUEL per giga-operation.
const MILLI: TfuelBalance = UNIT / 1_000;

/// A running worker and those who own it.
struct Member {
    worker: Worker,
    stash: AccountId,
    operator: AccountId,
    /// Its own data, apart from the blobs that all share.
    _stage: Stage,
}

async fn member(node: &Node, shared: &Stage, stash: &str, region: &str, ask: TfuelBalance) -> Member {
    let operator = format!("{stash}//operator");
    Worker::offer(node, stash, &operator, region, ask).await;
    let stage = Stage::default();
    let environment = Cli::new(node, &shared.blobs()).with("EDGEPROOF_KEY", operator.as_str());
    Member {
        worker: Worker::run(&environment, &stage),
        stash: signer(stash).account(),
        operator: signer(&operator).account(),
        _stage: stage,
    }
}

fn regions(codes: &[&str]) -> Demands {
    let codes = codes.iter().map(|code| Region::new(code).expect("two letters"));
    Demands {
        regions: codes.collect::<Vec<_>>().try_into().expect("few regions"),
        ..Demands::default()
    }
}

/// Posts the job with other demands.
async fn post(client: &Client, job: &PreparedJob, demands: Demands, execution: u32) -> JobId {
    let mut spec = job.spec.clone();
    spec.demands = demands;
    spec.deadlines.execution = execution;
    let posted = client.submit_job(&signer("//Alice"), &spec).await;
    posted.expect("the job is valid").value
}

async fn quote(client: &Client, job: &PreparedJob, demands: Demands, price_cap: TfuelBalance) -> Quote {
    let request = QuoteRequest {
        requester: signer("//Alice").account(),
        operations: job.program.operations(),
        demands,
        assurance: job.spec.assurance,
        execution: job.spec.deadlines.execution,
        price_cap: Some(price_cap),
    };
    let view = client.best().await.expect("a block");
    view.quote(&request).await.expect("the chain would take the job")
}

/// TFUEL of an account that is free, in planck.
async fn free(client: &Client, who: &AccountId) -> TfuelBalance {
    let view = client.best().await.expect("a block");
    view.balances(who).await.expect("a balance").tfuel.free
}

fn fees(quote: &Quote) -> Vec<TfuelBalance> {
    quote.prices.iter().map(|price: &Price| price.fee).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_demand_routes_as_its_quote_says_and_a_lost_winner_costs_the_requester_nothing() {
    let (node, shared) = (Node::start(Chain::Test), Stage::default());
    let client = node.client().await;
    let mut cheapest = member(&node, &shared, "//Bob", "FR", MILLI).await;
    let german = member(&node, &shared, "//Charlie", "DE", 2 * MILLI).await;
    let dearest = member(&node, &shared, "//Dave", "DE", 3 * MILLI).await;
    let job = short_program(&shared.store());
    let registered = client.register_program(&signer("//Alice"), &job.code).await;
    registered.expect("a valid program");

    let anywhere = quote(&client, &job, Demands::default(), UNIT).await;
    let [low, middle, high] = [fees(&anywhere)[0], fees(&anywhere)[2], fees(&anywhere)[4]];
    assert!(low < middle && middle < high, "{anywhere:?}");
    let in_germany = quote(&client, &job, regions(&["DE"]), UNIT).await;
    assert_eq!((in_germany.survey.fitting, fees(&in_germany)[0]), (2, middle));
    let strictest = in_germany.survey.strictest().expect("one is excluded");
    assert_eq!((strictest.clause, strictest.only), (Clause::Region, 1));
    let too_little = quote(&client, &job, regions(&["DE"]), low).await;
    assert!(too_little.prices.is_empty(), "{too_little:?}");
    let clauses = too_little.survey.excluded.iter().map(|count| count.clause);
    assert_eq!(clauses.collect::<Vec<_>>(), [Clause::TooDear, Clause::Region]);

    let execution = job.spec.deadlines.execution;
    let mut posted = Vec::new();
    for (demands, winner, fee) in [
        (Demands::default(), &cheapest, low),
        (regions(&["DE"]), &german, middle),
        (regions(&["US", "FR"]), &cheapest, low),
    ] {
        posted.push((post(&client, &job, demands, execution).await, winner, fee));
    }
    for (id, winner, fee) in posted {
        let receipt = ended(&client, id).await;
        assert_eq!(receipt.outcome, Outcome::Succeeded, "{:?}", receipt.reason);
        assert_eq!(receipt.workers.to_vec(), [winner.operator]);
        assert_eq!(receipt.paid + receipt.burned, fee, "what the quote said");
        let drawn_by = receipt.posted_at + anywhere.timing.draw;
        assert!(
            receipt.drawn_at.is_some_and(|drawn| drawn <= drawn_by),
            "{receipt:?}"
        );
    }

    cheapest.worker.kill();
    let before = [
        free(&client, &cheapest.stash).await,
        free(&client, &german.stash).await,
    ];
    let id = post(&client, &job, Demands::default(), 5).await;
    let receipt = ended(&client, id).await;
    assert_eq!(
        (receipt.outcome, receipt.reason),
        (Outcome::Succeeded, Reason::WindowPassed)
    );
    assert_eq!(receipt.workers.to_vec(), [german.operator], "the next cheapest");
    assert_eq!(receipt.paid + receipt.burned, middle, "paid once");
    let after = [
        free(&client, &cheapest.stash).await,
        free(&client, &german.stash).await,
    ];
    assert_eq!(after, [before[0], before[1] + receipt.paid]);

    let nowhere = post(&client, &job, regions(&["JP"]), execution).await;
    let why = client.best().await.expect("a block").why_waits(nowhere).await;
    let why = why.expect("the node answers").expect("it waits");
    assert!(!why.can_be_drawn());
    assert_eq!(
        why.survey.strictest().map(|count| (count.clause, count.all)),
        Some((Clause::Region, 3))
    );
    let view = client.best().await.expect("a block");
    let lost = view
        .why_not(&dearest.operator, 10)
        .await
        .expect("the node answers");
    assert_eq!(lost.iter().map(|why| why.job).collect::<Vec<_>>(), [nowhere]);
    client
        .cancel_job(&signer("//Alice"), nowhere)
        .await
        .expect("nobody holds it");
    assert_eq!(ended(&client, nowhere).await.reason, Reason::CancelledByRequester);
}
