import LendingRules
import Monetary

// The shares of a ratio change: `harbor:80%,platform:20%`.

extension FactDesk {
    /// Nil with a fault unless each lender of the loan stands once at most and all shares make one
    /// whole.
    func ratioChange(
        _ form: FactForm, _ subject: FactSubject, _ reader: inout RecordReader
    ) -> RatioChange? {
        let lenders = subject.dossier?.plan.shares.map(\.party) ?? []
        var parts: [RatioChange.Part] = []
        for word in reader.text("shares").split(separator: ",", omittingEmptySubsequences: false) {
            guard let part = part(word, &reader) else { return nil }
            if !lenders.contains(part.party) {
                refuse(
                    "'\(part.party.name.prefix(40))' is no lender of loan "
                        + "\(subject.record.loan), whose lenders are "
                        + lenders.map(\.name).joined(separator: ", "), &reader)
            }
            if parts.contains(where: { $0.party == part.party }) {
                refuse("\(part.party) stands twice", &reader)
            }
            parts.append(part)
        }
        guard reader.faults.isEmpty, isWhole(parts, &reader),
            let treatment = RatioChange.Treatment(rawValue: reader.text("treatment"))
        else { return nil }
        return RatioChange(parts: parts, treatment: treatment)
    }

    private func part(_ word: Substring, _ reader: inout RecordReader) -> RatioChange.Part? {
        let halves = word.split(separator: ":", omittingEmptySubsequences: false)
        if halves.count == 2, !halves[0].isEmpty, let share = try? Share(halves[1]) {
            return RatioChange.Part(party: PartyID(String(halves[0])), share: share)
        }
        refuse("'\(word.prefix(40))' is no party with a share such as harbor:80%", &reader)
        return nil
    }

    private func isWhole(_ parts: [RatioChange.Part], _ reader: inout RecordReader) -> Bool {
        guard let (weights, whole) = try? Share.weights(parts.map(\.share)) else {
            refuse("the shares have no common denominator", &reader)
            return false
        }
        let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
        if sum == Int128(whole) { return true }
        refuse("the shares make \(ShareText.format(sum, over: Int128(whole))), not 100%", &reader)
        return false
    }

    private func refuse(_ what: String, _ reader: inout RecordReader) {
        reader.fault("FACT-014", "shares", what)
    }
}
