mod bonding;
mod risk;
mod sequences;
mod slashes;
mod unbonding;
