import BusinessCalendar
import LendingRules
import Operations
import TestSupport

/// A house with the disbursed loan L1 and L2, which is not, open on 2026-01-20.
enum TestServicing {
    static let openDate = SampleLoan.date("2026-01-20")

    static func house() async throws -> TestHouse {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1", firstDueOn: "2026-02-01"))
        _ = try await house.fund().run()
        try await house.book(LoanFile.row("L2", product: "equal-principal-loan"))
        house.store.write { $0.open = openDate }
        return house
    }
}

extension TestHouse {
    /// Records payments on the open date.
    func pay(_ rows: [String]...) async throws {
        _ = try await repaymentImport.run(PaymentFile.table(rows))
    }

    /// The facts of a loan by id.
    func facts(of loan: String) -> [String: LoanFact] {
        let facts = store.world.facts[LoanID(loan)] ?? []
        return Dictionary(facts.map { ($0.id, $0) }) { first, _ in first }
    }
}
