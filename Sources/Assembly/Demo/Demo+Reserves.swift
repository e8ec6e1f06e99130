import BusinessCalendar
import LendingRules

extension Demo {
    /// The words for who pays borrowers, the usual one first.
    package static let ways = DisbursementWay.Name.allCases.map(\.rawValue)

    /// What each bank has on deposit from the first date on, where shares are taken from deposits.
    func fillReserves(_ application: Application, on date: BusinessDate) async throws {
        guard options.disbursement == .reserve else { return }
        let rows = Demo.banks.map { "R1,\($0),deposit,20000000.00,USD\n" }
        let file = directory.input(date, "reserves")
        try OutputFile.write(
            Array(("id,party,kind,amount,currency\n" + rows.joined()).utf8), to: file)
        _ = try await application.importReserves(file)
    }
}
