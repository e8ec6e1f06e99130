import LendingRules
import Monetary

// What a close is asked to decide about claims.

extension FactDesk {
    /// Nil with a fault unless both are parties, and shares are parts.
    func order(
        _ reason: Assignment.Reason, _ subject: FactSubject, _ reader: inout RecordReader
    ) -> LoanFact.Kind? {
        let (from, to) = (reader.text("from"), reader.text("to"))
        if from == to {
            reader.fault("FACT-015", "to", "'\(to.prefix(40))' is who has the claims already")
        }
        let part = share("share", most: true, &reader)
        let ratio = share("priceRatio", most: false, &reader)
        guard reader.faults.isEmpty else { return nil }
        return .instructed(
            .assignment(
                AssignmentOrder(
                    reason: reason, from: PartyID(from), to: PartyID(to), share: part,
                    priceRatio: ratio, ground: reader.text("ground"))))
    }

    private func share(_ column: String, most isPart: Bool, _ reader: inout RecordReader) -> Share?
    {
        guard reader.present.contains(column) else { return nil }
        let text = reader.text(column)
        guard let share = try? Share(text), share.numerator > 0,
            !isPart || share.numerator <= share.denominator
        else {
            let what = isPart ? "a part such as 50% or 1/2" : "a part of the claims such as 98%"
            reader.fault("FACT-015", column, "\(column) '\(text.prefix(40))' is not \(what)")
            return nil
        }
        return share
    }
}
