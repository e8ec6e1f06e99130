import BusinessCalendar
import LendingRules
import Operations
import Reconciling

/// Which breaks a list shows.
package struct BreakFilter: Sendable {
    let partner: String?
    let state: String?
    let kind: String?
    let severity: String?
    /// Only open breaks that are at least so many business dates old.
    let age: Int?

    package init(
        partner: String? = nil, state: String? = nil, kind: String? = nil,
        severity: String? = nil, age: Int? = nil
    ) {
        self.partner = partner
        self.state = state
        self.kind = kind
        self.severity = severity
        self.age = age
    }
}

extension Application {
    /// The breaks a filter lets through, in party, first date and id order.
    ///
    /// - Throws: ``UsageFault`` USAGE-002 or USAGE-004.
    func breaks(_ filter: BreakFilter) async throws -> [KeptBreak] {
        let party = try filter.partner.map { try self.reconciledParty($0) }
        let state = try Application.word(BreakState.self, filter.state, "--state")
        let kind = try Application.word(BreakKind.self, filter.kind, "--kind")
        let severity = try Application.word(Severity.self, filter.severity, "--severity")
        let open = try await stores.days.status().open
        return try await stores.breaks.breaks(party: party, state: state).filter { kept in
            if kind != nil, kept.kind != kind { return false }
            if severity != nil, kept.severity != severity { return false }
            guard let age = filter.age else { return true }
            return BreakAge(kept, on: open, rules: catalogue.breakRules).map { $0.days >= age }
                ?? false
        }
    }

    /// One of a type's words.
    ///
    /// - Throws: ``UsageFault`` USAGE-004.
    static func word<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type, _ text: String?, _ option: String
    ) throws -> Word? where Word.RawValue == String {
        guard let text else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw UsageFault(code: "USAGE-004", "\(option) '\(text)' is none of \(words)")
    }
}
