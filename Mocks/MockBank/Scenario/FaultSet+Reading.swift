// The faults of a scenario file or of the back door. Mocks/README.md explains each of them.

extension FaultSet {
    static let keys = ["transport", "money", "files"]

    /// Reads a fault set of its own, YAML or JSON; throws all faults at once.
    package init(yaml: String, file: String) throws(ScenarioFaults) {
        let faults = FaultCollector(file: file)
        let node = try Scenario.compose(yaml, file: file)
        self.init(Section(node, path: "", allowed: FaultSet.keys, faults))
        try faults.throwIfAny()
    }

    init(_ section: Section) {
        let connection = FaultSet.transport(section)
        transport = connection.filter { $0.kind != .resetUnread }
        unread = connection.filter { $0.kind == .resetUnread }
        money = FaultSet.money(section)
        checkNames(section)
        files = section.list("files", allowed: ["kind", "file", "probability", "budget", "days"])
            .compactMap(FileFaultRule.init)
    }

    /// The rules by which faults of requests strike.
    var rules: [(kind: String, rule: Rule)] {
        (transport + unread).map { ($0.kindName, $0.rule) } + money.map { ($0.kindName, $0.rule) }
    }

    private func checkNames(_ section: Section) {
        let names = rules.map(\.rule).filter(\.isNamed).map(\.name)
        for name in Set(names).sorted() where names.filter({ $0 == name }).count > 1 {
            section.faults.report(section.node, "two faults are named \"\(name)\"")
        }
    }
}

extension FileFaultRule {
    fileprivate init?(_ section: Section) {
        let kind: FileFaultKind? = section.choice("kind", default: nil)
        let names = FileLayout.offered.map(\.name)
        let file = section.value("file", "one of " + names.joined(separator: ", "), default: nil) {
            names.contains($0) ? $0 : nil
        }
        let probability = section.probability("probability", default: nil)
        let days = section.whole("days", default: 2, in: 1...30) ?? 2
        guard let kind, let file else { return nil }
        if !FileLayout.offered.contains(where: { $0.name == file && kind.canStrike($0) }) {
            section.faults.report(section.node, "\(kind.rawValue) cannot strike \(file)")
        }
        self.init(
            kind: kind, file: file, probability: probability, budget: section.budget, days: days)
    }
}

extension Section {
    var budget: Int? {
        has("budget") ? whole("budget", default: nil, in: 0...1_000_000) : nil
    }
}
