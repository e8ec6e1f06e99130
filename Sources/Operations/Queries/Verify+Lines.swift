import BusinessCalendar
import LendingRules

extension Verify {
    /// Every note has its line, and no note took its line beyond the limit when it was booked.
    ///
    /// What was booked on the same date counts in favour: payments may have come before, reversals
    /// and changes of plan after the note.
    func checkLines() async throws -> Divergence? {
        var open = Set(try await source.linesOfNotes())
        var terms: TermsLibrary?
        var last: LoanID?
        while true {
            let lines = try await source.lines(after: last, limit: Verify.page)
            guard let end = lines.last else { break }
            let library: TermsLibrary
            if let terms { library = terms } else { library = try await read() }
            terms = library
            for line in lines {
                open.remove(line.record.line)
                if let found = check(line, library) { return found }
            }
            last = end.record.line
        }
        guard let stray = open.min() else { return nil }
        let day = try await source.closedDays().last?.date ?? BusinessDate(dayNumber: 0)
        return Divergence(.lines, on: day, at: stray.text, "notes name a line that is not there")
    }

    private func read() async throws -> TermsLibrary {
        TermsLibrary(try await snapshots.snapshots())
    }

    private func check(_ line: LineSubject, _ terms: TermsLibrary) -> Divergence? {
        for note in line.notes {
            let date = note.record.bookedOn
            if note.record.currency != line.record.currency {
                return Divergence(
                    .lines, on: date, at: note.record.loan.text,
                    "it is in another currency than its line \(line.record.line)")
            }
            do throws(ContractFault) {
                let then = LineSubject(
                    record: line.record,
                    notes: line.notes.compactMap { $0.known(on: date)?.atBest(on: date) })
                let used = try LineBench(then, terms).used(on: date)
                if used <= line.record.limit { continue }
                return Divergence(
                    .lines, on: date, at: line.record.line.text,
                    "with note \(note.record.loan) \(used) of the limit of "
                        + "\(line.record.limit) are lent")
            } catch {
                return Divergence(.lines, on: date, at: error.loan.text, error.reason)
            }
        }
        return nil
    }
}

extension FactSubject {
    /// The note without what facts of the date may have added after another was booked.
    fileprivate func atBest(on date: BusinessDate) -> FactSubject {
        guard let dossier else { return self }
        let facts = dossier.facts.filter { fact in
            if fact.bookingDate < date { return true }
            if case .reversal = fact.kind { return false }
            return !fact.changesPlan
        }
        return FactSubject(
            record: record, state: state,
            dossier: LoanDossier(
                record: record, plan: dossier.plan, disbursedOn: dossier.disbursedOn,
                facts: facts))
    }
}
