//! Ports that somebody else holds.

use edgeproof_tests::{binary, Process};
use std::{net::TcpListener, process::Command, time::Duration};

#[test]
fn a_node_on_a_port_in_use_is_refused_with_the_option_that_chooses_another() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address");
    let port = address.port().to_string();
    let listen = format!("/ip4/127.0.0.1/tcp/{port}");
    let free = "/ip4/127.0.0.1/tcp/0";
    for (rpc, network, metrics, option) in [
        (port.as_str(), free, "0", "--rpc-port"),
        ("0", listen.as_str(), "0", "--listen-addr"),
        ("0", free, port.as_str(), "--prometheus-port"),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut node = Command::new(binary("edgeproof-node"));
        node.args(["--dev", "--rpc-port", rpc, "--listen-addr", network])
            .args(["--prometheus-port", metrics, "--base-path"])
            .arg(folder.path().join("data"));
        let mut process = Process::start(node, &folder.path().join("node.log"));
        assert!(!process.wait(Duration::from_secs(60)).success(), "{option}");
        let said = process.output();
        let error = said
            .lines()
            .find(|line| line.starts_with("error: "))
            .unwrap_or_default();
        assert!(error.starts_with(&format!("error: {address} is taken")), "{said}");
        assert!(error.contains(option), "{said}");
    }
}
