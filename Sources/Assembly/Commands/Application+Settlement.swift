import BusinessCalendar
import Foundation
import LendingRules
import Monetary
package import Operations
import PartnerGateway
import Settings

extension Application {
    /// `settlement show`: settlements with where they stand and the statement lines that say so;
    /// of a single one all its lines and events.
    package func showSettlements(partner: String?, date: String?, state: String?) async throws
        -> Answer
    {
        let wanted = try state.map { try SettlementState(word: $0) }
        let settlements = try await settlements(of: partner, on: date).filter {
            try wanted == nil || $0.machine().state == wanted
        }
        let receipts = try await stores.settlement.receipts(settlements.flatMap(\.bankRefs))
        let nodes = try settlements.map { try $0.fullNode(receipts) }
        return Answer(
            .array(nodes),
            grids: try settlements.count == 1
                ? settlements[0].grids(receipts) : [Grid(of: settlements)],
            records: try settlements.map { try $0.node() }, columns: Settlement.columns)
    }

    /// Settlements of a partner and a settlement day, nil for all.
    func settlements(of partner: String?, on date: String?) async throws -> [Settlement] {
        let party = try partner.map { try self.counterparty($0) }
        let day = try Words.date(date, "--date")
        return try await stores.settlements.settlements().filter {
            (party == nil || $0.id.party == party) && (day == nil || $0.id.settlesOn == day)
        }
    }

    /// `settlement approve ID --as USER`.
    package static func approveSettlement(_ id: String, _ launch: Launch) async throws -> Answer {
        guard let person = try launch.person else {
            throw UsageFault(
                code: "SETTLE-005",
                "a person approves, and none is named; add --as USER, or set COLEND_USER")
        }
        return try await answer(launch, for: .writing) { application in
            let approved = try await ApproveSettlement(
                store: application.stores.settlement, platform: application.catalogue.platform,
                surroundings: application.surroundings
            ).run(id, by: person, dryRun: application.isDryRun)
            return Answer(try approved.node(), lines: [try approved.sentence()])
        }
    }

    /// `settlement instruct`: instructs what is approved.
    package func instructSettlements() async throws -> Answer {
        let instructed = try await settle.instruct(dryRun: isDryRun)
        return Answer(
            .array(try instructed.map { try $0.node() }),
            lines: instructed.isEmpty
                ? ["nothing that is approved can be instructed today"]
                : try instructed.map { try $0.sentence() },
            columns: Settlement.columns)
    }

    /// `settlement confirm --statement FILE`.
    ///
    /// - Throws: ``ImportRefused``, ``SettlementFault``, ``StatementFormatFault``, or what opening
    ///   throws; of several the first by exit code.
    package static func confirmSettlements(_ file: String, _ launch: Launch) async throws
        -> Answer
    {
        _ = try Settings.load(
            directory: launch.configDirectory, environment: ProcessInfo.processInfo.environment)
        let input = try InputFile.read(file)
        try StatementFormatFault.check(input)
        let table = try input.table()
        // Faults of the file come before those of the store, which alone knows the open date.
        _ = try StatementImport.read(table)
        return try await answer(launch, for: .writing) {
            let openDate = try await $0.stores.settlement.openDate()
            return try await $0.confirmSettlements(StatementImport.read(table, by: openDate))
        }
    }

    /// Takes statement lines in; those that are none of a settlement are reported and left.
    func confirmSettlements(_ lines: [CashReceipt]) async throws -> Answer {
        let report = try await ConfirmSettlements(
            store: stores.settlement, platform: catalogue.platform, surroundings: surroundings
        ).run(lines, dryRun: isDryRun)
        return Answer(
            .object([
                "taken": .count(report.taken.count), "alreadyThere": .count(report.alreadyThere),
                "settlements": .array(try report.settlements.map { try $0.node() }),
                "unknown": .array(report.unknown.map(\.node)), "dryRun": .flag(isDryRun),
            ]),
            lines: [
                "\(report.taken.count) lines \(isDryRun ? "would be " : "")taken in, "
                    + "\(report.alreadyThere) were there already"
            ] + (try report.settlements.map { try $0.sentence() })
                + report.unknown.map(\.sentence),
            exit: report.unknown.isEmpty ? nil : .findings)
    }
}

extension SettlementState {
    /// - Throws: ``UsageFault`` for a word that is no state.
    fileprivate init(word: String) throws {
        guard let state = SettlementState(rawValue: word) else {
            let words = SettlementState.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageFault(
                code: "USAGE-004", "no settlement is ever '\(word)'; use one of \(words)")
        }
        self = state
    }
}

extension UnknownReceipt {
    fileprivate var node: Node {
        .object([
            "bankRef": .text(receipt.bankRef),
            "amount": .amount(receipt.amount, receipt.currency),
            "currency": .text(receipt.currency.code), "valueDate": .date(receipt.valueDate),
            "remittance": .text(receipt.remittance), "reason": .text(reason),
        ])
    }

    fileprivate var sentence: String {
        "unknown receipt \(receipt.bankRef) of \(receipt.amount.text(receipt.currency)) "
            + "\(receipt.currency): \(reason)"
    }
}

/// A statement in a format that is not read.
package struct StatementFormatFault: CodedError, Hashable {
    package let file: String
    package let format: String

    package var code: String { "SETTLE-006" }
    package var sentence: String {
        "\(file) is a statement in \(format), which is not read yet; ask the bank for CSV with the "
            + "columns \(StatementImport.columns.joined(separator: ", ")) (\(file):1:1)"
    }
    package var exit: ExitKind { .badInput }

    /// - Throws: Itself for XML and MT940.
    static func check(_ input: InputFile) throws(StatementFormatFault) {
        let start = input.bytes.drop { $0 <= 0x20 || $0 >= 0x80 }
        let isXML = start.first == UInt8(ascii: "<")
        let isMT940 = [":20:", "{1:"].contains { start.starts(with: $0.utf8) }
        if isXML { throw StatementFormatFault(file: input.name, format: "XML (camt.053)") }
        if isMT940 { throw StatementFormatFault(file: input.name, format: "MT940") }
    }
}
