mod bonding;
mod risk;
mod sequences;
mod unbonding;
