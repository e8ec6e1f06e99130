import LendingRules
import Monetary

/// Of what a limit is a part, as files name it.
enum LimitBaseName: String, CaseIterable {
    case netTier1Capital = "net-tier-1-capital"
    case loanBook = "loan-book"
    case total
    case own

    /// The figure that a party reports; nil for what is counted.
    var figure: PartyFacts.Figure.Name? { PartyFacts.Figure.Name(rawValue: rawValue) }
}

/// How much a limit allows, as far as it could be read.
enum LimitSizeDraft {
    case amount(Int64)
    /// A part of something, which counts for a least amount where it is counted.
    case part(Share, of: Located<LimitBaseName>, least: Int64?)

    init?(_ section: Section, decimals: Int) {
        let amountRule = Rule<Int64>.amount(decimals: decimals, isZeroAllowed: false)
        let isPart = section.isGiven("atMost")
        let amount =
            isPart ? section.optional("amount", amountRule) : section.value("amount", amountRule)
        let share = section.optional("atMost", .concentration)
        let baseRule = Rule<LimitBaseName>.choice("base of a limit")
        let base =
            isPart ? section.value("of", baseRule) : section.optional("of", baseRule)
        let isCounted = base.map { $0.value.figure == nil } ?? false
        let least =
            isPart && isCounted
            ? section.value("leastBase", amountRule) : section.optional("leastBase", amountRule)
        let others = isPart ? ["amount"] : ["of"]
        let isOfFigure = base.map { $0.value.figure != nil } ?? !isPart
        let extra = others + (isOfFigure ? ["leastBase"] : [])
        if let name = extra.first(where: section.isGiven) {
            section.findings.report(
                .contradiction, LimitSizeDraft.fault(of: name, isPart: isPart),
                key: section.path(name), at: section.place(of: name),
                allowed: "a limit is an `amount`, or `atMost` a part `of` something, which has a "
                    + "`leastBase` where it is total or own")
            return nil
        }
        if !isPart {
            guard let amount else { return nil }
            self = .amount(amount.value)
            return
        }
        guard let share, let base, !isCounted || least != nil else { return nil }
        self = .part(share.value, of: base, least: least?.value)
    }

    private static func fault(of name: String, isPart: Bool) -> String {
        switch (name, isPart) {
        case ("amount", _): "the limit is an amount and a part"
        case ("leastBase", true): "a figure counts for what it is"
        default: "the limit is a part of nothing"
        }
    }

    /// What is counted as it moves is counted when it is outstanding.
    func check(_ span: Located<LimitSpan>, _ scope: LimitScopeDraft, _ findings: Findings) {
        guard case .part(_, let base, _) = self, base.value.figure == nil else { return }
        if span.value != .outstanding {
            findings.report(
                .contradiction, "the limit is a part of what is outstanding", key: span.key,
                at: span.place,
                allowed: "of total and own only what is outstanding is a part, not what is "
                    + "booked in a \(span.value.rawValue)")
        }
        if base.value == .own, scope.scope == .all {
            findings.report(
                .contradiction, "all of the party's own loans are the whole of them",
                key: base.key, at: base.place,
                allowed: "say which part: each, borrower, region, grade or product")
        }
    }

    /// As it stands behind the loans that count; empty for an amount.
    var words: String {
        if case .part(_, let base, _) = self { " of \(base.value.rawValue)" } else { "" }
    }
}

extension Rule where Value == Share {
    /// A share that can be computed of any amount.
    fileprivate static var concentration: Rule<Share> {
        let share = Rule<Share>.share
        return Rule(share.allowed) { (text) throws(Refusal) in
            let value = try share.read(text)
            if value.denominator <= 10_000_000_000 { return value }
            throw Refusal(
                "\(Quoted.text(text)) is too fine", code: .outOfRange,
                allowed: "its denominator may be 10000000000 at most")
        }
    }
}
