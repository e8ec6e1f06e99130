// The partner's own loan number as a key: in the protocol's columns it may stand where our loan id
// belongs, and disbursements have a column for it.

extension PartnerDay {
    /// What the partner's lines call loans that none of our lines of the date is about, and the
    /// numbers beside them: each may be a number of its own.
    package var strangers: Set<String> {
        let ours = ourLoans
        var strangers: Set<String> = []
        for file in files {
            for record in file.theirs ?? [] {
                guard record.fits(file.layout) else { continue }
                let name = file.layout.loan(of: record)
                if file.layout.loanColumn == .absent || ours.contains(name) { continue }
                strangers.formUnion([name, record.loanNumber])
            }
        }
        return strangers.subtracting([""])
    }

    /// The numbers that the date's disbursements tell: by a request that both files have, theirs
    /// or the one they answered us with. In number and loan order.
    package var taughtNumbers: [LoanNumber] {
        var taught: Set<LoanNumber> = []
        for file in files where file.layout.loanNumberColumn != nil {
            var loans: [[String]: String] = [:]
            for record in file.ours where record.fits(file.layout) {
                let loan = file.layout.loan(of: record)
                loans[record.key] = loan
                taught.insert(LoanNumber(number: record.loanNumber, loan: loan))
            }
            for record in file.theirs ?? [] {
                guard let loan = loans[record.key] else { continue }
                taught.insert(LoanNumber(number: record.loanNumber, loan: loan))
            }
        }
        return taught.filter { !$0.number.isEmpty && !$0.loan.isEmpty }.sorted {
            ($0.number, $0.loan) < ($1.number, $1.loan)
        }
    }

    /// Reads the partner's lines that name a loan by a number of its own as lines of that loan.
    ///
    /// A name that a line of ours has is never taken for a number, nor is a number that was said
    /// of two loans.
    /// - Parameter known: numbers of earlier dates.
    package mutating func readOwnNumbers(_ known: [LoanNumber]) {
        let ours = ourLoans
        let numbers = OwnLoanNumbers(known + taughtNumbers)
        replaceTheirs { file in
            guard let theirs = file.theirs, file.layout.loanColumn != .absent else { return nil }
            return theirs.map { record in
                guard record.fits(file.layout) else { return record }
                let name = file.layout.loan(of: record)
                if ours.contains(name) { return record }
                for number in [name, record.loanNumber] {
                    guard let loan = numbers[number] else { continue }
                    return record.named(loan, by: number, in: file.layout)
                }
                return record
            }
        }
    }

    private var ourLoans: Set<String> {
        var loans: Set<String> = []
        for file in files {
            for record in file.ours where record.fits(file.layout) {
                loans.insert(file.layout.loan(of: record))
            }
        }
        return loans.subtracting([""])
    }
}
