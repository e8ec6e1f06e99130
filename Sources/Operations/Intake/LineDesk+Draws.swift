import BusinessCalendar
import LendingRules
import Monetary

// Drawdowns and purchases: a note for each, as far as the line has room.

extension LineDesk {
    /// Books what is drawn and bought, in the order of facts, after the facts of the file that
    /// change what is lent.
    mutating func book(after facts: [NewFact]) {
        for new in facts {
            for line in benches.keys where benches[line]?.note(new.loan) != nil {
                benches[line]?.add(new.fact, to: new.loan)
            }
        }
        var lent: [LoanID: Int64] = [:]
        for draft in records.sorted(by: LineFactDraft.precedes)
        where ["drawdown", "purchase"].contains(draft.kind) {
            var draft = draft
            if let booking = booking(&draft), draft.reader.faults.isEmpty,
                hasRoom(booking, &lent, &draft)
            {
                bookings.append(booking)
                drawn[booking.record.loan] = draft.reader
                keys.append(
                    NewKey(
                        id: draft.id, loan: booking.record.loan, contentHash: draft.contentHash))
            }
            faults += draft.reader.faults
        }
    }

    private mutating func booking(_ draft: inout LineFactDraft) -> LoanBooking? {
        guard let line = benches[draft.line]?.record,
            let product = planner.product(line.product, &draft.reader),
            checkKind(product.terms, &draft), let name = name(line, &draft),
            let agreement = planner.agreement(
                named: line.agreement, product.terms, line.currency, &draft.reader)
        else { return nil }
        checkDate(line, agreement.terms, &draft)
        let present = draft.reader.present
        let count =
            present.contains("instalments")
            ? draft.reader.count("instalments") : line.instalments
        let given = present.contains("firstDueOn") ? draft.reader.date("firstDueOn") : nil
        guard let count, draft.reader.faults.isEmpty else { return nil }
        let record = LoanRecord(
            loan: name, borrower: line.borrower, product: line.product,
            productVersion: product.version, agreement: agreement.terms.name,
            agreementVersion: agreement.version, currency: line.currency,
            principal: draft.amount, rate: line.rate, instalments: count,
            firstDueOn: product.terms.firstDue(of: draft.valueDate) ?? given,
            approvedAt: draft.at, bookedOn: date, region: line.region, grade: line.grade,
            channel: line.channel, purpose: line.purpose, contentHash: draft.contentHash,
            line: line.line)
        return planner.booking(
            of: record, product.terms, agreement.terms, line: line.limit, &draft.reader)
    }

    private func checkKind(_ product: Product, _ draft: inout LineFactDraft) -> Bool {
        let kind = product.line.map { $0.payLater == nil ? "drawdown" : "purchase" }
        if kind == draft.kind { return true }
        let taken = kind.map { "takes a \($0)" } ?? "is no line any more"
        draft.reader.fault(
            "FACT-010", "kind",
            "line \(draft.line) of \(product.name) \(taken), no \(draft.kind)")
        return false
    }

    /// The note's name; it stands in keys and paths as the ids of loans do.
    private mutating func name(_ line: LineRecord, _ draft: inout LineFactDraft) -> LoanID? {
        let name = line.note(of: draft.id)
        if name.text.utf8.count > RecordReader.idLength {
            draft.reader.fault(
                "INTAKE-002", "id",
                "the note's id \(name) is longer than \(RecordReader.idLength) characters; "
                    + "shorten the fact's")
            return nil
        }
        guard taken.insert(name).inserted else {
            draft.reader.fault(
                "INTAKE-010", "id",
                "loan \(name) is booked already with other content, and the note would be named so")
            return nil
        }
        return name
    }

    /// A purchase of some days ago is on the statement of its day, but not of any day, and never
    /// from before its line.
    private func checkDate(
        _ line: LineRecord, _ agreement: Agreement, _ draft: inout LineFactDraft
    ) {
        let approved = cutOff.businessDate(of: line.approvedAt)
        if draft.valueDate < approved {
            draft.reader.fault(
                "INTAKE-018", "valueDate",
                "value date \(draft.valueDate) is before \(approved), when line \(line.line) was "
                    + "approved")
        }
        let allowed = agreement.backdateDays
        if date.days(since: draft.valueDate) <= allowed { return }
        draft.reader.fault(
            "FACT-007", "valueDate",
            "value date \(draft.valueDate) is more than \(allowed) days before the open business "
                + "date \(date); \(date.adding(days: -allowed)) is the earliest")
    }

    /// What is lent and what is asked for stay within the limit.
    private func hasRoom(
        _ booking: LoanBooking, _ lent: inout [LoanID: Int64], _ draft: inout LineFactDraft
    ) -> Bool {
        guard let bench = benches[draft.line] else { return false }
        do throws(ContractFault) {
            let used: Int64
            if let known = lent[draft.line] {
                used = known
            } else {
                used = try bench.used(on: date)
            }
            let limit = bench.record.limit
            if Int128(used) + Int128(draft.amount) <= Int128(limit) {
                lent[draft.line] = used + draft.amount
                return true
            }
            func text(_ amount: Int64) -> String {
                AmountText.format(amount, decimals: bench.record.currency.exponent)
            }
            draft.reader.fault(
                ImportFault.noLineRoom, "amount",
                "line \(draft.line) has a limit of \(text(limit)) \(bench.record.currency), "
                    + "\(text(used)) of it is lent, \(text(draft.amount)) is asked for")
        } catch {
            draft.reader.fault("INTAKE-005", "loan", error.uncomputed)
        }
        return false
    }

    /// Faults of what lenders have no room for or do not lend.
    func faults(_ refused: [LoanRefusal]) -> [ImportFault] {
        refused.flatMap { loan -> [ImportFault] in
            guard var reader = drawn[loan.loan],
                let booking = bookings.first(where: { $0.record.loan == loan.loan })
            else { return [] }
            for (code, _, what) in loan.why.faults(of: booking.record) {
                reader.fault(code, "amount", what)
            }
            return reader.faults
        }
    }
}

extension Product {
    /// When a purchase of a date falls due first; nil where the import or the period says.
    fileprivate func firstDue(of date: BusinessDate) -> BusinessDate? {
        guard let terms = line?.payLater, let cycle = conventions.statement else { return nil }
        return terms.firstDue(of: date, cycle)
    }
}
