/// Both sides' books of a round, held against each other share by share.
package struct ChaosComparison: Sendable {
    /// What a difference comes to.
    package enum Verdict: String, Sendable, CaseIterable {
        /// The bank has executed a share more than once and kept the money.
        case doubled
        /// One side has the share's money in the loan, and the other is sure that it is not.
        case lost
        /// Anything else.
        case unexplained
    }

    /// A share about which the books differ.
    package struct Difference: Hashable, Sendable {
        package let key: String
        package let verdict: Verdict
        package let text: String
        /// The bank's own mistake with the money, where the platform has found and named it.
        package let explanation: String?
    }

    /// What is compared loan by loan.
    package struct Loans: Sendable {
        package let all: [ChaosLoan]
        /// Those that the platform has disbursed.
        package let disbursed: Set<String>
        /// The payment channel's book; nil where borrowers are paid without one.
        package let payouts: [ChaosPayout]?
        /// Names of banks by place.
        package let banks: [String]

        package init(
            _ all: [ChaosLoan], disbursed: Set<String>, payouts: [ChaosPayout]?, banks: [String]
        ) {
            self.all = all
            self.disbursed = disbursed
            self.payouts = payouts
            self.banks = banks
        }
    }

    let ours: [String: ChaosShare]
    let theirs: [String: ChaosShare]
    private let mistakes: [String: String]
    private let named: Set<String>
    private let loans: Loans?

    /// - Parameters:
    ///   - mistakes: What banks say they got wrong with the money, by key.
    ///   - named: Keys that the platform tells people about: in doubt, contradicted, or in a break.
    ///   - loans: What was to be lent, and what became of it; nil compares shares alone.
    package init(
        ours: [ChaosShare], theirs: [ChaosShare], mistakes: [String: String], named: Set<String>,
        loans: Loans? = nil
    ) {
        func byKey(_ shares: [ChaosShare]) -> [String: ChaosShare] {
            Dictionary(shares.map { ($0.key, $0) }) { first, _ in first }
        }
        self.ours = byKey(ours)
        self.theirs = byKey(theirs)
        self.mistakes = mistakes
        self.named = named
        self.loans = loans
    }

    /// Every difference, in the order of the keys.
    package var differences: [Difference] {
        Set(ours.keys).union(theirs.keys).sorted().compactMap { key in
            guard let (verdict, text) = judged(ours[key], theirs[key]) else { return nil }
            let mistake = explanation(of: key).flatMap {
                ChaosExcuse.covers($0, verdict, own: ours[key]) ? $0 : nil
            }
            return Difference(key: key, verdict: verdict, text: text, explanation: mistake)
        } + twiceFunded + (loans.map(differences) ?? [])
    }

    /// The bank's mistake with a share, where the platform has found and named it.
    func explanation(of key: String) -> String? { named.contains(key) ? mistakes[key] : nil }

    private func judged(_ own: ChaosShare?, _ their: ChaosShare?) -> (Verdict, String)? {
        let text = "ours \(own.map(told) ?? "nothing"), theirs \(their.map(told) ?? "nothing")"
        let isKept = their?.isFunded ?? false
        if isKept, (their?.executions ?? 0) > 1 { return (.doubled, text) }
        guard let own else { return isKept ? (.lost, text) : (.unexplained, text) }
        guard own.isDecided else { return (.unexplained, text) }
        if own.isFunded != isKept { return (.lost, text) }
        guard let their else { return nil }
        if !their.isDecided { return (.unexplained, text) }
        let isSame = own.amount == their.amount && own.currency == their.currency
        return isSame || !isKept ? nil : (.unexplained, text)
    }

    /// Loans for which one bank holds money under several keys.
    private var twiceFunded: [Difference] {
        let kept = Dictionary(grouping: theirs.values.filter(\.isFunded)) {
            "\($0.loan) \($0.bank)"
        }
        return kept.values.filter { $0.count > 1 }.map { shares in
            let keys = shares.map(\.key).sorted()
            return Difference(
                key: keys[0], verdict: .doubled,
                text: "funded under " + keys.joined(separator: ", "),
                explanation: nil)
        }.sorted { $0.key < $1.key }
    }

    private func told(_ share: ChaosShare) -> String {
        let times = share.executions > 1 ? ", executed \(share.executions) times" : ""
        return "\(share.state) \(share.amount) \(share.currency)\(times)"
    }
}
