import LendingRules

/// Which loans a limit counts, as far as it could be read.
struct LimitScopeDraft {
    let scope: LimitScope
    /// The product that it names.
    let product: Located<String>?

    init?(_ section: Section) {
        let each = section.optional("each", Rule<LimitDimension>.choice("dimension of a limit"))
        let named: [(LimitDimension, Located<String>?)] = [
            (.borrower, section.optional("borrower", .named("borrower"))),
            (.region, section.optional("region", .region)),
            (.grade, section.optional("grade", .named("grade"))),
            (.product, section.optional("product", .identifier)),
        ]
        product = named.first { $0.0 == .product }?.1
        let names = ["each"] + LimitDimension.allCases.map(\.rawValue)
        let given = names.filter(section.isGiven)
        if given.count > 1 {
            section.findings.report(
                .contradiction,
                "the limit tells loans apart by \(given.joined(separator: " and "))",
                key: section.path(given[1]), at: section.place(of: given[1]),
                allowed: "it counts each value of one, or one value: keep one of them")
            return nil
        }
        if let each {
            scope = .each(each.value)
        } else if let (dimension, value) = named.first(where: { $0.1 != nil }), let value {
            scope = .one(dimension, value.value)
        } else if given.isEmpty {
            scope = .all
        } else {
            return nil
        }
    }

    /// As it stands behind the span; empty where all loans count.
    var words: String {
        switch scope {
        case .all: ""
        case .each(let dimension): " for each \(dimension.rawValue)"
        case .one(let dimension, let subject): " for \(dimension.rawValue) \(subject)"
        }
    }
}

extension Rule where Value == String {
    /// What a loan may say of itself.
    fileprivate static func named(_ noun: String) -> Rule<String> {
        Rule(
            "a \(noun) as loans say it: up to 64 characters without spaces at its ends", noun: noun
        ) { text in
            let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
            let isTrimmed = text.first != " " && text.last != " "
            return isPlain && isTrimmed && (1...64).contains(text.count) ? text : nil
        }
    }
}
