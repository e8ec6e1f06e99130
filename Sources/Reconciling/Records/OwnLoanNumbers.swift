/// A partner's own number of a loan.
package struct LoanNumber: Hashable, Sendable {
    package let number: String
    /// Our id of the loan.
    package let loan: String

    package init(number: String, loan: String) {
        self.number = number
        self.loan = loan
    }
}

/// The loans that a partner's own numbers stand for.
struct OwnLoanNumbers {
    private var loans: [String: Set<String>] = [:]

    init(_ known: [LoanNumber]) {
        for one in known where !one.number.isEmpty && !one.loan.isEmpty {
            loans[one.number, default: []].insert(one.loan)
        }
    }

    /// The loan of a number; nil when nobody said so, or when it was said of several loans.
    subscript(number: String) -> String? {
        guard let found = loans[number], found.count == 1 else { return nil }
        return found.first
    }
}

extension Record {
    /// The record as one of the loan that the partner's own number stands for.
    func named(_ loan: String, by number: String, in layout: FileLayout) -> Record {
        var (key, fields) = (key, fields)
        switch layout.loanColumn {
        case .key(let position): key[position] = loan
        case .field(let position): fields[position] = loan
        case .absent: return self
        }
        return Record(
            key: key, amounts: amounts, currency: currency, valueDate: valueDate, fields: fields,
            line: line, loanNumber: loanNumber, readBy: number)
    }
}
