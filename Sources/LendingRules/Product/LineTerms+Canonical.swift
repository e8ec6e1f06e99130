extension LineTerms {
    /// What a line of credit adds to a product's canonical text.
    var lines: [String] {
        let limits = "line-limit \(limit.lowerBound) \(limit.upperBound)"
        guard let terms = payLater else { return ["line revolving", limits] }
        let conversion = terms.conversion.map { ["conversion \($0.lowerBound) \($0.upperBound)"] }
        return ["line pay-later \(terms.dueDay) \(terms.interestFreeDays)", limits]
            + (conversion ?? [])
    }

    /// Nil where the lines say no such terms.
    init?(_ words: [String], of terms: CanonicalTerms) {
        guard let limit = terms.range("line-limit") else { return nil }
        if words == ["revolving"] {
            self.init(kind: .revolving, limit: limit)
            return
        }
        let numbers = words.dropFirst().compactMap { Int($0) }
        guard words.first == "pay-later", words.count == 3, numbers.count == 2 else { return nil }
        let conversion = terms.range("conversion")
        guard conversion != nil || terms.lines("conversion").isEmpty else { return nil }
        let payLater = PayLaterTerms(
            dueDay: numbers[0], interestFreeDays: numbers[1],
            conversion: conversion.map { Int($0.lowerBound)...Int($0.upperBound) })
        self.init(kind: .payLater(payLater), limit: limit)
    }
}
