import BusinessCalendar
import LendingRules
import Monetary

/// What a product says of lines of credit; nothing where the import is the loan.
struct CreditLineDraft {
    /// How a line is used.
    enum Kind: String, Sendable, CaseIterable {
        case revolving
        case payLater = "pay-later"
    }

    let kind: Located<Kind>?
    let terms: LineTerms?
    let statement: StatementCycle?
    /// Whether every part of it could be read.
    let isReadable: Bool

    init(_ section: Section, decimals: Int) {
        guard section.isGiven("line"), let line = section.section("line") else {
            (kind, terms, statement) = (nil, nil, nil)
            isReadable = !section.isGiven("line")
            return
        }
        kind = line.value("kind", Rule<Kind>.choice("kind of line"))
        let limit = line.section("limit").flatMap {
            ProductDraft.range($0, .amount(decimals: decimals, isZeroAllowed: false))
        }
        let statements = kind?.value == .payLater ? StatementDraft(line) : nil
        line.finish()
        statement = statements?.cycle
        switch (kind?.value, limit) {
        case (.revolving?, let limit?): terms = LineTerms(kind: .revolving, limit: limit)
        case (.payLater?, let limit?):
            terms = statements?.terms.map { LineTerms(kind: .payLater($0), limit: limit) }
        default: terms = nil
        }
        isReadable = terms != nil
    }
}

/// How purchases are billed.
private struct StatementDraft {
    let cycle: StatementCycle?
    let terms: PayLaterTerms?

    init(_ section: Section) {
        let days = StatementCycle.days
        let day = section.value("statementDay", .whole(days))
        let dueDay = section.value("dueDay", .whole(days))
        let free = section.value(
            "interestFreeDays", .whole(PayLaterTerms.interestFreeLimits, "days"))
        let minimum = section.value("minimumPayment", .share, default: "100%")
        let offer = section.written("conversion") == nil ? nil : section.section("conversion")
        let conversion = offer.flatMap { ProductDraft.range($0, .whole(2...600)) }
        guard let day, let dueDay, let free, let minimum, (offer == nil) == (conversion == nil)
        else {
            (cycle, terms) = (nil, nil)
            return
        }
        let cycle = StatementCycle(day: day.value, minimumPayment: minimum.value)
        self.cycle = cycle
        terms = PayLaterTerms(
            dueDay: dueDay.value, interestFreeDays: free.value, conversion: conversion)
        let longest = PayLaterTerms.longestFreeDays(cycle, dueDay: dueDay.value)
        if longest > free.value {
            section.findings.report(
                .contradiction,
                "a purchase just after a statement would be free of interest for \(longest) days",
                key: free.key, at: free.place,
                allowed: "at most \(free.value) are named here; move dueDay nearer to "
                    + "statementDay")
        }
    }
}

extension CreditLineDraft {
    /// Purchases on statements need the method that bills them, and no other line has a use for it.
    func check(_ method: Located<ScheduleMethod>?, _ findings: Findings) {
        guard isReadable, let method else { return }
        if let kind, kind.value == .payLater, method.value != .statementCycle {
            findings.report(
                .contradiction, "purchases of a pay-later line are billed by statements",
                key: method.key, at: method.place, allowed: "use statement-cycle")
        }
        if method.value == .statementCycle, kind?.value != .payLater {
            findings.report(
                .contradiction, "statement-cycle has no statements to bill by", key: method.key,
                at: method.place, allowed: "it belongs to a product with line.kind: pay-later")
        }
    }
}
