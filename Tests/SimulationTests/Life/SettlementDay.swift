import BusinessCalendar

/// What people do about settlements after the close of a date: one approves what waits for two,
/// another feeds in the statement of the account.
struct SettlementDay: Sendable {
    let date: BusinessDate

    func live(in installation: Installation, by hand: inout Hand) async throws {
        for draft in try await settlements("draft", in: installation) {
            try await hand.perform(.approve(draft.id), in: installation)
        }
        let lines = try await settlements("instructed", in: installation).flatMap(lines)
        if lines.isEmpty { return }
        let header = "bank_ref,amount,currency,value_date,remittance\n"
        let file = try installation.write(
            header + lines.map { $0 + "\n" }.joined(), "\(date)-statement.csv")
        try await hand.perform(.confirm(file), in: installation)
    }

    /// By its id a settlement is paid, paid in part, or paid and returned.
    private func lines(of settlement: SettlementListed) -> [String] {
        let id = settlement.id
        func line(_ reference: String, _ amount: String) -> String {
            "\(reference)-\(id),\(amount),\(settlement.currency),\(date),settlement \(id)"
        }
        let out = settlement.amount
        let back = out.hasPrefix("-") ? String(out.dropFirst()) : "-" + out
        switch id.utf8.reduce(0, { ($0 * 31 + Int($1)) % 1_000 }) % 4 {
        case 0: return [line("PART", back.hasPrefix("-") ? "-0.01" : "0.01")]
        case 1: return [line("PAID", back), line("BACK", out)]
        default: return [line("PAID", back)]
        }
    }

    private func settlements(_ state: String, in installation: Installation) async throws
        -> [SettlementListed]
    {
        try await installation.colend(["settlement", "show", "--state", state]).done()
            .answer([SettlementListed].self)
    }
}

/// A line of `settlement show`, as far as the harness reads it.
private struct SettlementListed: Decodable {
    let id: String
    let amount: String
    let currency: String
}
