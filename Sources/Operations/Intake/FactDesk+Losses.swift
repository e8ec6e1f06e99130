import LendingRules
import Monetary

// What a close is asked to decide about claims.

extension FactDesk {
    /// Nil with a fault unless claims go to another of the configured parties, and shares are
    /// parts.
    func order(
        _ reason: Assignment.Reason, _ subject: FactSubject, _ reader: inout RecordReader
    ) -> LoanFact.Kind? {
        let (from, to) = (reader.text("from"), reader.text("to"))
        if from == to {
            reader.fault("FACT-015", "to", "'\(to.prefix(40))' is who has the claims already")
        } else if !parties.contains(PartyID(to)) {
            reader.fault(
                "FACT-015", "to",
                "'\(to.prefix(40))' is no party of the configuration; its parties: "
                    + parties.map(\.name).joined(separator: ", "))
        }
        let part = share("share", atMost: 1, "a part such as 50% or 1/2", &reader)
        let ratio = share(
            "priceRatio", atMost: 2, "a part of the claims such as 98%, at most 200%", &reader)
        let ground = reader.present.contains("ground") ? reader.identifier("ground") : ""
        guard reader.faults.isEmpty, let ground else { return nil }
        return .instructed(
            .assignment(
                AssignmentOrder(
                    reason: reason, from: PartyID(from), to: PartyID(to), share: part,
                    priceRatio: ratio, ground: ground)))
    }

    /// A decision with amounts of either sign.
    func correction(
        _ form: FactForm, _ subject: FactSubject, _ reader: inout RecordReader
    ) -> LoanFact.Kind? {
        let amounts = amounts(form, subject, &reader, isSigned: true)
        guard reader.faults.isEmpty else { return nil }
        return .instructed(
            .correction(CorrectionOrder(decision: reader.text("decision"), amounts: amounts)))
    }

    /// Nil where the record has no such field; with a fault unless it is above zero and at most so
    /// many wholes.
    private func share(
        _ column: String, atMost most: Int64, _ meaning: String, _ reader: inout RecordReader
    ) -> Share? {
        guard reader.present.contains(column) else { return nil }
        let text = reader.text(column)
        guard let share = try? Share(text), share.numerator > 0,
            Int128(share.numerator) <= Int128(most) * Int128(share.denominator)
        else {
            reader.fault("FACT-015", column, "\(column) '\(text.prefix(40))' is not \(meaning)")
            return nil
        }
        return share
    }
}
