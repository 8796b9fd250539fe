//! Ports that somebody else holds. The SDK is silent about them: JSON-RPC goes to another port, the network shares the
//! port with the other node or listens nowhere, and metrics are not served.

use polkadot_sdk::{
    sc_network::{multiaddr::Protocol, Multiaddr},
    sc_service::Configuration,
};
use std::{
    io,
    net::{IpAddr, SocketAddr, TcpListener},
};

/// Fails when the node is told to listen where somebody listens already.
pub fn check(config: &Configuration) -> Result<(), String> {
    let rpc = config.rpc.addr.iter().flatten();
    // Of the two addresses of JSON-RPC, the one of IPv6 is a courtesy.
    let rpc = rpc
        .filter(|endpoint| !endpoint.is_optional)
        .map(|endpoint| (endpoint.listen_addr, "--rpc-port"));
    let network = config.network.listen_addresses.iter().filter_map(tcp);
    let network = network.map(|address| (address, "--port or --listen-addr"));
    let metrics = config.prometheus_config.iter();
    let metrics = metrics.map(|config| (config.port, "--prometheus-port"));
    for (address, option) in rpc.chain(network).chain(metrics) {
        if is_taken(address) {
            return Err(format!(
                "{address} is taken, perhaps by another node: end that program, or pass {option} with another \
                 port (0 lets the system choose)"
            ));
        }
    }
    Ok(())
}

/// Asks the system, which lets no two programs listen at one address unless both say that they share it.
fn is_taken(address: SocketAddr) -> bool {
    TcpListener::bind(address).is_err_and(|error| error.kind() == io::ErrorKind::AddrInUse)
}

fn tcp(address: &Multiaddr) -> Option<SocketAddr> {
    let mut parts = address.iter();
    let host = match parts.next()? {
        Protocol::Ip4(host) => IpAddr::V4(host),
        Protocol::Ip6(host) => IpAddr::V6(host),
        _ => return None,
    };
    match parts.next()? {
        Protocol::Tcp(port) => Some(SocketAddr::new(host, port)),
        _ => None,
    }
}
