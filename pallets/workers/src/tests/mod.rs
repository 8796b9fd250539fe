mod clauses;
mod draw;
mod fairness;
mod registry;
mod seats;
mod sequences;
