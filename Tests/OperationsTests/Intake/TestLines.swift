import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// A house with two lines of credit: R1, revolving, of 1,000.00 at 18.25 %, 0.05 % a day; B1,
/// pay-later, of 2,000.00, with statements on the 25th due on the 10th. From 2026-01-20 on harbor
/// lends half of each note instead of seven tenths.
enum TestLines {
    /// - Parameters:
    ///   - effect: What cash beyond what is due does to purchases that were converted.
    ///   - dueDay: On which statements fall due.
    ///   - minimumDays: Whose interest is owed of a drawdown that is repaid on its first day.
    static func house(
        _ effect: EarlyRepaymentEffect = .lowerInstalment, dueDay: Int = 10,
        holidays: HolidayShift? = nil, minimumDays: Int = 0, channel: TestChannel? = nil
    ) async throws -> TestHouse {
        let products = ["cash-line", "bill-line"]
        let shares = [(TestTerms.platform, "30%"), (TestTerms.harbor, "70%")]
        let later = [(TestTerms.platform, "50%"), (TestTerms.harbor, "50%")]
        let base = try TestTerms.catalogue(agreements: [
            try TestTerms.agreement("lines", products, shares),
            try TestTerms.agreement("lines", products, later, from: "2026-01-20"),
        ])
        let house = try TestHouse(
            channel: channel,
            catalogue: Catalogue(
                platform: base.platform, agreements: base.agreements,
                products: base.products + [
                    revolving(minimumDays), try payLater(effect, dueDay, holidays),
                ],
                calendars: Array(base.calendars.values), partners: base.partners))
        try await house.book(line("R1"), line("B1", product: "bill-line", limit: "2000.00"))
        return house
    }

    static func line(
        _ id: String, product: String = "cash-line", limit: String = "1000.00",
        instalments: String = "3", firstDueOn: String = ""
    ) -> [String] {
        LoanFile.row(
            id, product: product, principal: limit, rate: "18.25", instalments: instalments,
            firstDueOn: firstDueOn)
    }

    private static func revolving(_ minimumDays: Int) -> Versioned<Product> {
        product(
            "cash-line", .daily, LineTerms(kind: .revolving, limit: 100_00...5_000_00),
            minimumDays: minimumDays)
    }

    private static func payLater(
        _ effect: EarlyRepaymentEffect, _ dueDay: Int, _ holidays: HolidayShift?
    ) throws -> Versioned<Product> {
        let terms = PayLaterTerms(dueDay: dueDay, interestFreeDays: 59, conversion: 3...12)
        return product(
            "bill-line", .statementCycle,
            LineTerms(kind: .payLater(terms), limit: 100_00...5_000_00),
            ScheduleConventions(
                holidays: holidays,
                statement: StatementCycle(day: 25, minimumPayment: try Share("10%"))), effect)
    }

    private static func product(
        _ name: String, _ method: ScheduleMethod, _ line: LineTerms,
        _ conventions: ScheduleConventions = .usual,
        _ effect: EarlyRepaymentEffect = .lowerInstalment, minimumDays: Int = 0
    ) -> Versioned<Product> {
        let product = Product(
            name: name, method: method, dayCount: .actual365Fixed, rounding: .halfEven,
            instalmentRounding: .halfEven, conventions: conventions,
            penalty: PenaltyTerms(multipleThousandths: 1500, graceDays: 3),
            earlyRepayment: EarlyRepaymentTerms(effect: effect), minimumDays: minimumDays,
            materiality: 0, principal: 10_00...2_000_00, instalments: 1...24, line: line)
        return Versioned(product, version: TestTerms.version(product.canonicalTerms))
    }
}

extension TestHouse {
    /// Moves to another open date.
    func turn(to date: String) { store.write { $0.open = SampleLoan.date(date) } }

    /// A fact of a line on the open date.
    func fact(_ id: String, _ kind: String, _ rest: String, of line: String, on date: String? = nil)
        -> String
    {
        let day = date ?? "\(store.world.open)"
        return FactFile.line(id, kind, rest, loan: line, valueDate: day, at: "\(day)T10:00:00Z")
    }

    /// Draws, or buys where the line is B1, and funds it.
    func lend(_ id: String, _ amount: String, of line: String = "R1", _ rest: String = "")
        async throws
    {
        let kind = line == "B1" ? "purchase" : "drawdown"
        let words = "currency=USD amount=\(amount) \(rest)"
        try await take(
            fact(id, kind, words.trimmingCharacters(in: " "), of: line))
        _ = try await fund().run()
    }

    /// A payment on the open date.
    func row(_ id: String, _ loan: String, _ amount: String, reverses: String = "") -> [String] {
        PaymentFile.row(
            id, loan, amount, paidAt: "\(store.world.open)T10:00:00Z", reverses: reverses)
    }

    /// Repayments of a note by id, minor units.
    func paid(_ note: String) -> [String: Int64] {
        facts(of: note).compactMapValues { fact in
            if case .repayment(let amount) = fact.kind { amount } else { nil }
        }
    }

    /// A line at the end of a date.
    func standing(_ line: String, on date: String) async throws -> LineStanding {
        let terms = TermsLibrary(try await store.snapshots())
        let subject = try #require(try await store.lines([LoanID(line)])[LoanID(line)])
        return try LineStanding(subject, terms, on: SampleLoan.date(date))
    }

    /// What has fallen due of each note of a line.
    func due(_ line: String, on date: String) async throws -> [Int64] {
        try await standing(line, on: date).notes.map(\.due)
    }

    /// The faults of facts that are refused, as code and column.
    func refusal(of lines: String...) async -> [String] {
        await faults { _ = try await factImport.run(FactFile.table(lines)) }
    }

    /// The faults of payments that are refused.
    func refusal(paying rows: [String]...) async -> [String] {
        await faults { _ = try await repaymentImport.run(PaymentFile.table(rows)) }
    }

    /// The faults of loans that are refused.
    func refusal(booking rows: [String]...) async -> [String] {
        await faults { _ = try await loanImport.run(LoanFile.table(rows)) }
    }

    private func faults(_ body: () async throws -> Void) async -> [String] {
        do {
            try await body()
            return []
        } catch let refused as ImportRefused {
            return refused.faults.map { "\($0.code) \($0.what)" }
        } catch {
            return ["\(error)"]
        }
    }
}

extension String {
    fileprivate func trimmingCharacters(in character: Character) -> String {
        var text = self[...]
        while text.last == character { text = text.dropLast() }
        return String(text)
    }
}
