fn main() {
    #[cfg(feature = "std")]
    {
        use substrate_wasm_builder::WasmBuilder;

        println!("cargo:rerun-if-env-changed=EDGEPROOF_NEXT_RUNTIME");
        WasmBuilder::init_with_defaults().build();
        // The version after this one, to which tests upgrade a running network.
        if std::env::var_os("EDGEPROOF_NEXT_RUNTIME").is_some() {
            WasmBuilder::init_with_defaults()
                .enable_feature("next-version")
                .set_file_name("next_runtime.rs")
                .build();
        }
    }
}
