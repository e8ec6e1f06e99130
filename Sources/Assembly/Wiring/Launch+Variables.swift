import Settings

extension Launch {
    /// Variables of the command line's options, and of what it finds by itself.
    private static let options = ["CONFIG", "STORE", "OUTPUT", "COLOR", "USER", "MOCKS"]
        .map { "COLEND_" + $0 }

    /// Those of harnesses and of the build, which nobody is pointed to.
    private static let harness: Set = [
        "COLEND_HAZARD", "COLEND_CRASH_AT", "COLEND_STOP_AT", "COLEND_SEED", "COLEND_CASE",
        "COLEND_STRICT",
    ]
    private static let harnessPrefixes = ["COLEND_SOAK_", "COLEND_TEST_"]

    /// What a command says of its variables before it begins, a line each: one that is mistyped
    /// would otherwise count for nothing without a word.
    package var warnings: [String] {
        if suspects.keys.allSatisfy(Self.options.contains) { return [] }
        let configuration = try? Settings.load(directory: configDirectory, environment: variables)
        return unreadVariables(configuration).map { "warning: \($0)" }
    }

    /// Variables of this house that neither options nor a configuration read.
    func unreadVariables(_ configuration: Configuration?) -> [UnreadVariable] {
        UnreadVariable.all(in: suspects, configuration, options: Self.options)
    }

    private var suspects: [String: String] {
        variables.filter { name, value in
            name.hasPrefix("COLEND_") && !value.isEmpty && !Self.harness.contains(name)
                && !Self.harnessPrefixes.contains(where: name.hasPrefix)
        }
    }
}
