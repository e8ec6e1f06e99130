import BusinessCalendar

/// What people do about settlements on a date: before its close one feeds in by hand what the
/// account's statement of the eve shows of them, after it another approves what waits for two.
///
/// On every other date nobody feeds in anything: the end of the day takes the statement itself.
struct SettlementDay: Sendable {
    let date: BusinessDate

    /// Before the close.
    func confirm(in installation: Installation, by hand: inout Hand) async throws {
        guard date.dayOfMonth % 2 == 0 else { return }
        let eve = date.adding(days: -1)
        guard let statement = try await installation.clearing.statement(of: eve) else { return }
        let rows = statement.split(separator: "\n")
        let lines = Set(rows.dropFirst().filter { $0.contains("S2026") }).sorted()
        if lines.isEmpty { return }
        let file = try installation.write(
            ([String(rows[0])] + lines.map(String.init)).map { $0 + "\n" }.joined(),
            "\(date)-statement.csv")
        try await hand.perform(.confirm(file), in: installation)
    }

    /// After the close.
    func approve(in installation: Installation, by hand: inout Hand) async throws {
        for draft in try await settlements("draft", in: installation) {
            try await hand.perform(.approve(draft.id), in: installation)
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
}
