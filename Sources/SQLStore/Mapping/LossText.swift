internal import BusinessCalendar
internal import LendingRules
internal import Monetary

/// Decisions and instructions about losses in one cell, words behind words; `-` stands for nothing:
/// `compensation harbor platform first-loss 3`, `invocation platform harbor first-loss -`,
/// `layer first-loss`, `assign buy-back harbor platform 1/1 - -`, at a price of 1,000.00 counted at
/// a cut-off `count pool-sale platform vehicle 100000 2026-06-30 autumn`, and
/// `correct L1.first-loss.harbor.2026-02-21`; the decision that one corrects stands behind it.
enum LossText {
    private static let nothing = "-"

    static func text(_ assignment: Assignment) -> String {
        let text = words(
            assignment.reason.rawValue, assignment.from.name, assignment.to.name,
            assignment.ground, assignment.throughInstalment.map(String.init) ?? "")
        return assignment.corrects.isEmpty ? text : "\(text) \(assignment.corrects)"
    }

    static func text(_ indemnity: Indemnity) -> String {
        words(
            indemnity.reason.rawValue, indemnity.payer.name, indemnity.payee.name,
            indemnity.ground, indemnity.corrects)
    }

    static func text(_ instruction: LossInstruction) -> String {
        switch instruction {
        case .layer(let name): words("layer", name)
        case .assignment(let order):
            if let counted = order.counted {
                words(
                    "count", order.reason.rawValue, order.from.name, order.to.name,
                    "\(counted.price)", "\(counted.cutOff)", order.ground)
            } else {
                words(
                    "assign", order.reason.rawValue, order.from.name, order.to.name,
                    order.share.map(\.description) ?? "",
                    order.priceRatio.map(\.description) ?? "", order.ground)
            }
        case .correction(let order): words("correct", order.decision)
        }
    }

    private static func words(_ words: String...) -> String {
        words.map { $0.isEmpty ? nothing : $0 }.joined(separator: " ")
    }

    /// The words of a cell, those that stand for nothing empty.
    private static func words(_ row: borrowing Row, _ column: Int) throws(StoreError) -> [String] {
        try row.text(column).split(separator: " ").map { $0 == nothing ? "" : String($0) }
    }

    private static func fault(_ row: borrowing Row, _ column: Int, _ expected: String)
        throws(StoreError) -> StoreError
    {
        .unexpectedValue(column: column, expected: expected, found: try row.text(column))
    }

    static func assignment(
        _ row: borrowing Row, _ column: Int, claims: ClaimAmounts, price: Int64
    ) throws(StoreError) -> Assignment {
        let words = try words(row, column)
        guard words.count == 5 || words.count == 6,
            let reason = Assignment.Reason(rawValue: words[0]),
            words[4].isEmpty || Int(words[4]) != nil
        else { throw try fault(row, column, "an assignment") }
        return Assignment(
            reason: reason, from: PartyID(words[1]), to: PartyID(words[2]), claims: claims,
            price: price, ground: words[3], throughInstalment: Int(words[4]),
            corrects: words.count == 6 ? words[5] : "")
    }

    static func indemnity(_ row: borrowing Row, _ column: Int, claims: ClaimAmounts)
        throws(StoreError) -> Indemnity
    {
        let words = try words(row, column)
        guard words.count == 5, let reason = Indemnity.Reason(rawValue: words[0]) else {
            throw try fault(row, column, "an indemnity")
        }
        return Indemnity(
            reason: reason, payer: PartyID(words[1]), payee: PartyID(words[2]),
            amounts: LossAmounts(principal: claims.principal, interest: claims.interest),
            ground: words[3], corrects: words[4])
    }

    static func instruction(_ row: borrowing Row, _ column: Int, claims: ClaimAmounts)
        throws(StoreError) -> LossInstruction
    {
        let words = try words(row, column)
        switch (words.first, words.count) {
        case ("layer", 2): return .layer(words[1])
        case ("correct", 2):
            return .correction(CorrectionOrder(decision: words[1], amounts: claims))
        case ("assign", 7):
            guard let reason = Assignment.Reason(rawValue: words[1]) else { break }
            return .assignment(
                AssignmentOrder(
                    reason: reason, from: PartyID(words[2]), to: PartyID(words[3]),
                    share: try share(row, column, words[4]),
                    priceRatio: try share(row, column, words[5]), ground: words[6]))
        case ("count", 7):
            guard let reason = Assignment.Reason(rawValue: words[1]), let price = Int64(words[4]),
                let cutOff = BusinessDate(words[5])
            else { break }
            return .assignment(
                AssignmentOrder(
                    reason: reason, from: PartyID(words[2]), to: PartyID(words[3]),
                    ground: words[6], counted: CountedPrice(price: price, cutOff: cutOff)))
        default: break
        }
        throw try fault(row, column, "an instruction")
    }

    private static func share(_ row: borrowing Row, _ column: Int, _ text: String)
        throws(StoreError) -> Share?
    {
        if text.isEmpty { return nil }
        guard let share = try? Share(text) else { throw try fault(row, column, "a share") }
        return share
    }
}
