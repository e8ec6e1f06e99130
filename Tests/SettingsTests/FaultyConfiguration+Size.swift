import Settings

extension FaultyConfiguration {
    /// A directory that is too large as a whole.
    static let sizes = [
        FaultyConfiguration(
            "more bytes than a directory may have", "platform.yaml",
            .bytes([UInt8](repeating: UInt8(ascii: "#"), count: ConfigurationSources.mostBytes)),
            """
            CONF-031: its files have more than 16 MiB together (Config); nothing of it was read; \
            a directory has at most 2000 files and 16 MiB
            """)
    ]
}
