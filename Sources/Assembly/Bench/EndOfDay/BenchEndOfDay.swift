import BusinessCalendar
import Foundation
import LendingRules
import Operations
import Settings

/// `colend bench eod`: makes a book of loans, of which some repay on a date, and times the end of
/// that day: close, reconciliation and settlement as `colend eod` runs them.
package struct BenchEndOfDay: Sendable {
    private let loans: Int
    private let repaying: Int
    /// Nil for a store of its own that goes with the rest.
    private let store: String?

    /// - Parameter repaying: percent of the loans.
    /// - Throws: ``UsageFault`` for numbers that make no book.
    package init(_ launch: Launch, loans: Int, repaying: Int) throws(UsageFault) {
        let numbers = [("loans", loans, 1...10_000_000), ("repaying", repaying, 0...100)]
        for (name, number, range) in numbers where !range.contains(number) {
            throw UsageFault(
                code: "USAGE-025",
                "--\(name) \(number) is not within \(range.lowerBound) to \(range.upperBound)")
        }
        self.loans = loans
        self.repaying = repaying
        let place = launch.settings.first { $0.key == "option store" }
        store = place.map { $0.origin != "default" } ?? false ? launch.store : nil
    }

    /// Leaves nothing behind but what it wrote into a store that was named.
    ///
    /// - Throws: ``OutputFault`` when the named store is there already, or what the book's making
    ///   and its close throw.
    package func run() async throws -> Answer {
        let passing = try PassingDirectory("colend-bench-eod")
        do {
            let answer = try await measured(in: passing.path)
            await passing.remove()
            return answer
        } catch {
            await passing.remove()
            throw error
        }
    }

    private func measured(in directory: String) async throws -> Answer {
        for file in Scaffold.minimal(firstDate: BenchBook.firstDate).files {
            try OutputFile.write(Array(file.text.utf8), to: "\(directory)/Config/\(file.path)")
        }
        var launch = Launch(
            configDirectory: "\(directory)/Config", store: store ?? "sqlite:\(directory)/colend.db",
            isDryRun: false, isQuiet: true)
        launch.isSecluded = true
        launch.environment = Demo.variables
        if store != nil { try await OpenStore.requireEmpty(launch) }
        let application = try await Application.open(launch)
        defer { application.stores.close() }
        let book = BenchBook(
            application: application, loans: loans, repaying: repaying, directory: directory)
        let repayments = try await book.make()
        return try await time(book, repayments, launch)
    }

    private func time(_ book: BenchBook, _ repayments: Int, _ launch: Launch) async throws
        -> Answer
    {
        let times = StageTimes()
        ProcessMemory.forgetPeak()
        let begun = ContinuousClock.now
        let report = try await book.endOfDay(times).run(BenchBook.date)
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        let finding = BenchedDay(
            loans: loans, repayments: repayments, seconds: seconds, times: times,
            peakMemoryMiB: ProcessMemory.peakMiB,
            storeBytes: try await StoreSize.bytes(of: launch.store),
            isSettled: report.isMatched(on: BenchBook.date)
                && report.settlement.instructed.count == 1)
        return finding.answer
    }
}

extension EndOfDayReport {
    /// Whether every partner's files of a date agree with ours.
    fileprivate func isMatched(on date: BusinessDate) -> Bool {
        let outcomes = reconciliations.filter { $0.date == date }
        return !outcomes.isEmpty
            && outcomes.allSatisfy { $0.state == .reconciled && $0.breaks.isEmpty }
    }
}

/// What a timed day came to.
private struct BenchedDay {
    let loans: Int
    let repayments: Int
    let seconds: Double
    let times: StageTimes
    let peakMemoryMiB: Int
    let storeBytes: Int64
    /// Whether nothing differed and what was due was instructed.
    let isSettled: Bool

    private var phases: [(name: String, seconds: Double)] {
        [
            ("load", times.seconds(.load)), ("compute", times.computing),
            ("post", times.seconds(.post)), ("reconcile", times.seconds(.reconcile)),
            ("settle", times.seconds(.settle)),
        ]
    }

    var answer: Answer {
        func text(_ seconds: Double) -> String { String(format: "%.3f", seconds) }
        let perSecond = Int(Double(loans) / max(seconds, 1e-9))
        return Answer(
            .object([
                "loans": .count(loans), "repayments": .count(repayments),
                "seconds": .decimal(text(seconds)), "loansPerSecond": .count(perSecond),
                "phases": .object(
                    phases.map { Node.Member(name: $0.name, value: .decimal(text($0.seconds))) }),
                "peakMemoryMiB": .count(peakMemoryMiB), "storeBytes": .number(storeBytes),
            ]),
            lines: [
                "\(loans) loans, \(repayments) repayments: \(text(seconds)) s, \(perSecond) loans "
                    + "a second, \(peakMemoryMiB) MiB at most",
                phases.map { "\($0.name) \(text($0.seconds)) s" }.joined(separator: ", "),
            ],
            exit: isSettled ? nil : .findings)
    }
}
