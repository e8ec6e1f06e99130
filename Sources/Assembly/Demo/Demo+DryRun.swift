extension Demo {
    /// What a run would do; nothing is started or written.
    ///
    /// - Throws: ``UsageFault`` USAGE-005, or ``OutputFault`` IO-002 for a directory that is no
    ///   demo's.
    package func rehearse() throws -> Answer {
        try checkLimits()
        let isReplaced = try !directory.content().isEmpty
        let sentence =
            "\(options.loans) loans would live through \(options.days) business days in "
            + directory.path + (isReplaced ? ", replacing the demo there" : "")
        return Answer(
            .object([
                "dryRun": .flag(true), "loans": .count(options.loans),
                "days": .count(options.days), "directory": .text(directory.path),
                "replaces": .flag(isReplaced),
            ]), lines: [sentence])
    }

    func checkLimits() throws(UsageFault) {
        guard (1...100_000).contains(options.loans), (1...3_650).contains(options.days) else {
            throw UsageFault(code: "USAGE-005", "--loans takes 1 to 100000, --days 1 to 3650")
        }
    }
}
