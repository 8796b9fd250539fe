mod clauses;
mod draw;
mod fairness;
mod faults;
mod registry;
mod seats;
mod sequences;
mod survey;
