package import BusinessCalendar
package import LendingRules

/// A line of credit with its notes, as it is known at the end of a date.
package struct LineStanding: Hashable, Sendable {
    package let record: LineRecord
    package let date: BusinessDate
    /// In loan order.
    package let notes: [NoteStanding]
    /// What of the limit is lent, minor units.
    package let used: Int64
    /// The last statement that closed by the date; nil where none has anything on it, or the line
    /// has no statements.
    package let statement: LineStatement?

    /// What may still be lent, minor units.
    package var free: Int64 { max(0, record.limit - used) }
}

/// One note of a line.
package struct NoteStanding: Hashable, Sendable {
    package let record: LoanRecord
    package let state: LoanState
    package let disbursedOn: BusinessDate?
    /// What counts against the limit, minor units.
    package let lent: Int64
    package let daysPastDue: Int
    /// What is past due or due on the date, penalties included; minor units.
    package let due: Int64
    /// The next instalment and what is missing of it besides cash that waits; nil when none is
    /// left.
    package let nextDueOn: BusinessDate?
    package let nextAmount: Int64
    /// What ends it on the date; minor units.
    package let payoff: Int64
}

/// What a pay-later line asks for on one due date.
package struct LineStatement: Hashable, Sendable {
    /// Purchases of the day are on it.
    package let closedOn: BusinessDate
    package let dueOn: BusinessDate
    /// Purchases since the statement before, minor units.
    package let purchases: Int64
    /// What of all that was billed has been paid, or given back by merchants, since it closed.
    package let paid: Int64
    /// What is still to be paid at least by the due date, past due amounts included.
    package let minimum: Int64
    /// What ends everything on it.
    package let total: Int64
}

extension LineStanding {
    /// The line at the end of a date, from what was booked by then.
    ///
    /// - Throws: ``ContractFault`` when a note's contract cannot be put together.
    package init(_ subject: LineSubject, _ terms: TermsLibrary, on date: BusinessDate)
        throws(ContractFault)
    {
        let bench = try LineBench(subject, terms).known(on: date)
        record = subject.record
        self.date = date
        used = try bench.used(on: date)
        var notes: [NoteStanding] = []
        for note in bench.notes { notes.append(try NoteStanding(note, on: date)) }
        self.notes = notes
        statement = LineStatement(bench.notes, notes, on: date)
    }
}

extension NoteStanding {
    fileprivate init(_ note: LineNote, on date: BusinessDate) throws(ContractFault) {
        record = note.record
        state = note.state
        disbursedOn = note.contract?.disbursedOn
        lent = try note.lent(on: date)
        let owed = try note.owed(on: date)
        due = owed?.due.reduce(0) { $0 + $1.amount } ?? 0
        nextDueOn = owed?.next?.dueOn
        nextAmount = owed?.billed ?? 0
        payoff = owed?.payoff.total ?? 0
        if let contract = note.contract, owed != nil {
            daysPastDue = try ContractFault.naming(note.loan) { () throws(ServicingError) in
                try contract.position(facts: note.facts, at: date).daysPastDue
            }
        } else {
            daysPastDue = 0
        }
    }
}

extension LineStatement {
    fileprivate init?(_ notes: [LineNote], _ standings: [NoteStanding], on date: BusinessDate) {
        let last = notes.max { ($0.record.bookedOn, $0.loan) < ($1.record.bookedOn, $1.loan) }
        guard let product = last?.product, let terms = product.line?.payLater,
            let cycle = product.conventions.statement
        else { return nil }
        let closed = cycle.closing(before: date.adding(days: 1))
        let counted = terms.firstDue(of: closed, cycle)
        let dueOn = product.conventions.holidays?.shifted(counted) ?? counted
        let billed = zip(notes, standings).filter { note, _ in
            note.isLent && note.statement.map { $0 <= closed } ?? false
        }
        if billed.isEmpty { return nil }
        closedOn = closed
        self.dueOn = dueOn
        purchases = billed.reduce(0) { $0 + ($1.0.statement == closed ? $1.0.record.principal : 0) }
        paid = billed.reduce(0) { $0 + $1.0.paid(after: closed) }
        minimum = billed.reduce(0) { sum, pair in
            let isNext = pair.1.nextDueOn.map { $0 <= dueOn } ?? false
            return sum + pair.1.due + (isNext ? pair.1.nextAmount : 0)
        }
        total = billed.reduce(0) { $0 + $1.1.payoff }
    }
}

extension LineNote {
    /// Whether it was paid out, and not undone.
    fileprivate var isLent: Bool { contract != nil && !facts.contains(where: \.undoesLoan) }

    /// Repayments that count from after a date and stand.
    fileprivate func paid(after date: BusinessDate) -> Int64 {
        var reversed: Set<String> = []
        for fact in facts {
            if case .reversal(let payment) = fact.kind { reversed.insert(payment) }
        }
        return facts.reduce(0) { sum, fact in
            guard case .repayment(let amount) = fact.kind, fact.valueDate > date,
                !reversed.contains(fact.id)
            else { return sum }
            return sum + amount
        }
    }
}
