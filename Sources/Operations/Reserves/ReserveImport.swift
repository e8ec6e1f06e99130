import BusinessCalendar
package import LendingRules
import Monetary

/// Records what lenders paid into their deposits, or were paid back of them: all of a file, or
/// nothing.
///
/// A party's id is recorded once for ever; the same file again records nothing.
package struct ReserveImport: Sendable {
    private let store: any ReserveStore
    private let catalogue: Catalogue
    private let surroundings: Surroundings

    /// The columns of a file.
    package static let columns = ["id", "party", "kind", "amount", "currency"]

    package init(
        store: any ReserveStore, catalogue: Catalogue, surroundings: Surroundings
    ) {
        self.store = store
        self.catalogue = catalogue
        self.surroundings = surroundings
    }

    /// Checks the whole table, then records it on the open date.
    ///
    /// - Throws: ``ImportRefused`` with every fault, ``ReserveRefused`` when a deposit would hold
    ///   less than loans have drawn on it; nothing is recorded then.
    package func run(_ table: ImportTable, dryRun: Bool = false) async throws -> ImportSummary {
        let columns = try table.columnIndex(required: ReserveImport.columns, optional: [])
        let date = try await store.openDate()
        var desk = ReserveDesk(
            partners: catalogue.partners.map(\.party), currencies: catalogue.currencies,
            date: date)
        for row in table.rows {
            desk.take(
                RecordReader(file: table.file, columns: columns, row: row, idColumn: "id"))
        }
        let known = try await store.known(desk.movements)
        let fresh = desk.unrecorded(known)
        if !desk.faults.isEmpty {
            throw ImportRefused(faults: desk.faults.sorted { $0.line < $1.line })
        }
        if !dryRun, !fresh.isEmpty { try await record(fresh, on: date) }
        return ImportSummary(
            file: table.file, imported: fresh.count,
            alreadyThere: desk.movements.count - fresh.count)
    }

    private func record(_ movements: [ReserveMovement], on date: BusinessDate) async throws {
        surroundings.crashPoint(.reservesBeforeRecording)
        let short = try await store.record(
            movements,
            movements.flatMap {
                ReserveEntries.rows(
                    of: $0, platform: catalogue.platform,
                    shard: surroundings.shard($0.party.name))
            }, on: date)
        surroundings.crashPoint(.reservesAfterRecording)
        if !short.isEmpty { throw ReserveRefused(shortages: short) }
    }
}

/// Where entries of deposits stand: dated the open date, in the shard of the lender's name.
enum ReserveEntries {
    static func rows(of movement: ReserveMovement, platform: PartyID, shard: UInt16)
        -> [LedgerRow]
    {
        movement.postings(platform: platform).map {
            LedgerRow(
                date: movement.bookedOn, shard: shard, kind: .deposit, agreement: "", posting: $0)
        }
    }
}

/// Reads the records of a file one by one, collecting every fault on the way.
struct ReserveDesk {
    private let partners: [PartyID]
    private let currencies: [Currency]
    private let date: BusinessDate
    /// In file order.
    private(set) var movements: [ReserveMovement] = []
    private(set) var faults: [ImportFault] = []
    private var readers: [Name: RecordReader] = [:]

    private struct Name: Hashable {
        let party: PartyID
        let id: String

        init(_ movement: ReserveMovement) {
            party = movement.party
            id = movement.id
        }
    }

    init(partners: [PartyID], currencies: [Currency], date: BusinessDate) {
        self.partners = partners
        self.currencies = currencies
        self.date = date
    }

    mutating func take(_ record: RecordReader) {
        var reader = record
        if let movement = read(&reader) {
            let name = Name(movement)
            if let earlier = readers[name] {
                reader.fault(
                    "INTAKE-009", "id",
                    "movement \(movement.id) stands twice, first on line \(earlier.row.line)")
            } else {
                readers[name] = reader
                movements.append(movement)
            }
        }
        faults += reader.faults
    }

    private func read(_ reader: inout RecordReader) -> ReserveMovement? {
        let id = reader.identifier("id")
        let party = partners.first { $0.name == reader.text("party") }
        if party == nil {
            reader.fault(
                "RESERVE-001", "party",
                "'\(reader.text("party").prefix(40))' is no partner bank; configured: "
                    + partners.map(\.name).joined(separator: ", "))
        }
        let sign: Int64? = ["deposit": 1, "withdrawal": -1][reader.text("kind")]
        if sign == nil {
            reader.fault(
                "RESERVE-002", "kind",
                "kind '\(reader.text("kind").prefix(40))' is none of deposit, withdrawal")
        }
        let currency = currency(&reader)
        let amount = reader.amount("amount", currency)
        guard let id, let party, let sign, let currency, let amount else { return nil }
        return ReserveMovement(
            party: party, id: id, currency: currency, amount: sign * amount, bookedOn: date)
    }

    /// Money in a currency that no loan is lent in would be seen nowhere again.
    private func currency(_ reader: inout RecordReader) -> Currency? {
        guard let currency = reader.currency("currency") else { return nil }
        if currencies.contains(currency) { return currency }
        reader.fault(
            "RESERVE-004", "currency",
            "no agreement lends in \(currency); configured: "
                + currencies.map(\.code).joined(separator: ", "))
        return nil
    }

    /// Those that are not recorded yet; one that is recorded with other content is a fault.
    mutating func unrecorded(_ known: [ReserveMovement]) -> [ReserveMovement] {
        let recorded = Dictionary(known.map { (Name($0), $0) }) { first, _ in first }
        return movements.filter { movement in
            guard let earlier = recorded[Name(movement)] else { return true }
            let isSame =
                earlier.amount == movement.amount && earlier.currency == movement.currency
            if !isSame, var reader = readers[Name(movement)] {
                reader.fault(
                    "INTAKE-010", "id",
                    "movement \(movement.id) is recorded already with other content")
                faults += reader.faults
            }
            return false
        }
    }
}

/// Why withdrawals were not recorded.
package struct ReserveRefused: CodedError, Hashable {
    /// In party order.
    package let shortages: [LimitShortage]

    package var code: String { "RESERVE-003" }
    package var sentence: String {
        let lines = shortages.map { short in
            let currency = short.slot.key.currency
            func text(_ amount: Int64) -> String {
                AmountText.format(amount, decimals: currency.exponent)
            }
            return "loans have left \(text(short.left)) \(currency) of \(short.slot.key.party)'s "
                + "deposit of \(text(short.limit)), and the file pays \(text(short.asked)) more "
                + "back than it takes in"
        }
        return lines.joined(separator: "; ") + "; nothing was recorded: withdraw less"
    }
    package var exit: ExitKind { .badInput }
}
