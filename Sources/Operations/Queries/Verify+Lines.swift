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
        do throws(ContractFault) {
            let bench = try LineBench(line, terms)
            var seen: Set<BusinessDate> = []
            for note in line.notes.map(\.record) {
                if note.currency != line.record.currency {
                    return Divergence(
                        .lines, on: note.bookedOn, at: note.loan.text,
                        "it is in another currency than its line \(line.record.line)")
                }
                guard seen.insert(note.bookedOn).inserted else { continue }
                let used = try bench.atBest(on: note.bookedOn).used(on: note.bookedOn)
                if used <= line.record.limit { continue }
                return Divergence(
                    .lines, on: note.bookedOn, at: line.record.line.text,
                    "with note \(note.loan) \(used) of the limit of "
                        + "\(line.record.limit) are lent")
            }
        } catch {
            return Divergence(
                .lines, on: line.record.bookedOn, at: error.loan.text, error.reason)
        }
        return nil
    }
}

extension LineBench {
    /// The line at the end of a date, without what facts of the date may have added after a note
    /// was booked.
    fileprivate func atBest(on date: BusinessDate) -> LineBench {
        var bench = known(on: date)
        bench.leaveOut { fact in
            guard fact.bookingDate == date else { return false }
            if case .reversal = fact.kind { return true }
            return fact.changesPlan
        }
        return bench
    }
}
