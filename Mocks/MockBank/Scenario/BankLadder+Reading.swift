// The ladder of a scenario file.

extension BankLadder {
    private static let days = ["specialMention", "substandard", "doubtful", "loss"]

    /// Reads `assetClasses`.
    init(_ root: Section) {
        self.init()
        let section = root.section(
            "assetClasses",
            allowed: BankLadder.days + [
                "nonAccrual", "chargedOff", "upgrade", "observationMonths", "observedFrom",
                "crossDefault",
            ])
        for (name, riskClass) in zip(BankLadder.days, RiskClass.allCases.dropFirst())
        where section.has(name) {
            steps[riskClass] = section.whole(name, default: nil, in: 1...3_650)
        }
        nonAccrual = section.optional("nonAccrual", "a class", RiskClass.init(rawValue:))
        chargedOff = section.optional("chargedOff", "a class", RiskClass.init(rawValue:))
        upgrade = section.choice("upgrade", default: .arrearsPaid) ?? .arrearsPaid
        observationMonths = section.whole("observationMonths", default: 0, in: 0...60) ?? 0
        observedFrom = section.choice("observedFrom", default: .substandard) ?? .substandard
        crossDefault = section.choice("crossDefault", default: Pull.none) ?? .none
    }
}
