mod clauses;
mod draw;
mod fairness;
mod faults;
mod registry;
mod reputation;
mod seats;
mod sequences;
