import LendingRules
import Monetary

/// The mapping `topUp` of a reserve: how often whoever gives it fills it up again.
struct TopUpDraft {
    let terms: CoverTopUp
    private let every: Located<CoverTopUp.Period>
    private let findings: Findings

    /// Nil when it is absent or cannot be read.
    init?(_ cover: Section, decimals: Int) {
        guard cover.isGiven("topUp"), let section = cover.section("topUp") else { return nil }
        let every = section.value(
            "every", Rule<CoverTopUp.Period>.choice("period of a top-up"))
        let atMost = section.optional(
            "atMost", .amount(decimals: decimals, isZeroAllowed: false))
        section.finish()
        guard let every, section.isRead("atMost", atMost) else { return nil }
        self.every = every
        findings = section.findings
        terms = CoverTopUp(every: every.value, atMost: atMost?.value)
    }

    /// Whether a reserve lasts longer than until it is filled up: one that is there anew by then
    /// begins full. Otherwise that is reported.
    func isShorter(than span: Located<CoverTerms.Span>) -> Bool {
        guard let length = span.value.period?.length, every.value.length >= length else {
            return true
        }
        findings.report(
            .contradiction, "the reserve is filled up every \(every.value.rawValue)",
            key: every.key, at: every.place,
            allowed: "there is another one, which is full, for each \(span.value.rawValue) "
                + "(\(span.place))")
        return false
    }
}

extension CoverTopUp.Period {
    /// Its place among periods, the shortest first.
    fileprivate var length: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension CoverTerms.Span {
    /// The calendar period for which there is a cover each; nil where it is for loans.
    fileprivate var period: CoverTopUp.Period? {
        switch self {
        case .year: .year
        case .quarter: .quarter
        case .month: .month
        case .pool, .partner, .vintageYear, .vintageQuarter, .vintageMonth: nil
        }
    }
}
