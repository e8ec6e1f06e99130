import Foundation
import LendingRules
import Operations
import PartnerGateway
import Settings

extension Application {
    /// `loans import FILE`; the first file makes the store.
    ///
    /// - Parameter keepGood: leaves rejected rows beside the file and imports the rest.
    /// - Throws: ``ImportRefused``, or what opening throws; of several the first by exit code.
    package static func importLoans(_ file: String, keepGood: Bool = false, _ launch: Launch)
        async throws -> Answer
    {
        let table = try table(of: file, launch) { try $0.table(keepGood: keepGood) }
        return try await answer(launch, for: .making) {
            try await $0.importLoans(table, keepGood: keepGood)
        }
    }

    /// `repayments import FILE`.
    ///
    /// - Parameter keepGood: leaves rejected rows beside the file and imports the rest.
    /// - Throws: ``ImportRefused``, or what opening throws; of several the first by exit code.
    package static func importRepayments(_ file: String, keepGood: Bool = false, _ launch: Launch)
        async throws -> Answer
    {
        let table = try table(of: file, launch) { try $0.table(keepGood: keepGood) }
        return try await answer(launch, for: .writing) {
            try await $0.importRepayments(table, keepGood: keepGood)
        }
    }

    /// `facts import FILE`, NDJSON alone.
    ///
    /// - Parameter keepGood: leaves rejected records beside the file and records the rest.
    /// - Throws: ``ImportRefused``, or what opening throws; of several the first by exit code.
    package static func importFacts(_ file: String, keepGood: Bool = false, _ launch: Launch)
        async throws -> Answer
    {
        let table = try table(of: file, launch) { try $0.records(keepGood: keepGood) }
        return try await answer(launch, for: .writing) {
            try await $0.importFacts(table, keepGood: keepGood)
        }
    }

    /// `reserves import FILE`; the first file makes the store.
    ///
    /// - Throws: ``ImportRefused``, or what opening throws; of several the first by exit code.
    package static func importReserves(_ file: String, _ launch: Launch) async throws -> Answer {
        let table = try table(of: file, launch) { try $0.table() }
        return try await answer(launch, for: .making) { try await $0.importReserves(table) }
    }

    /// Faults of the configuration come before those of the file, those before the store's.
    private static func table(
        of file: String, _ launch: Launch, _ read: (InputFile) throws -> ImportTable
    ) throws -> ImportTable {
        _ = try Settings.load(
            directory: launch.configDirectory, environment: ProcessInfo.processInfo.environment)
        return try read(InputFile.read(file))
    }

    func importLoans(_ file: String) async throws -> Answer {
        try await importLoans(InputFile.read(file).table(), keepGood: false)
    }

    func importRepayments(_ file: String) async throws -> Answer {
        try await importRepayments(InputFile.read(file).table(), keepGood: false)
    }

    func importReserves(_ file: String) async throws -> Answer {
        try await importReserves(InputFile.read(file).table())
    }

    func importFacts(_ file: String) async throws -> Answer {
        try await importFacts(InputFile.read(file).records(), keepGood: false)
    }

    private func importFacts(_ table: ImportTable, keepGood: Bool) async throws -> Answer {
        let summary = try await FactImport(
            store: stores.facts, snapshots: stores.snapshots, catalogue: catalogue,
            surroundings: surroundings, cutOff: cutOff
        ).run(table, dryRun: isDryRun, rejects: keepGood ? RejectedFile() : nil)
        return answer(summary, noun: "facts", keepGood: keepGood)
    }

    private func importReserves(_ table: ImportTable) async throws -> Answer {
        let summary = try await ReserveImport(
            store: stores.reserves, catalogue: catalogue, surroundings: surroundings
        ).run(table, dryRun: isDryRun)
        return answer(summary, noun: "movements", keepGood: false)
    }

    private func importLoans(_ table: ImportTable, keepGood: Bool) async throws -> Answer {
        let summary = try await LoanImport(
            store: stores.intake, catalogue: catalogue, surroundings: surroundings,
            cutOff: cutOff
        ).run(table, dryRun: isDryRun, rejects: keepGood ? RejectedFile() : nil)
        return answer(summary, noun: "loans", keepGood: keepGood)
    }

    private func importRepayments(_ table: ImportTable, keepGood: Bool) async throws -> Answer {
        let summary = try await RepaymentImport(
            store: stores.repayments, snapshots: stores.snapshots, platform: catalogue.platform,
            surroundings: surroundings, cutOff: cutOff
        ).run(table, dryRun: isDryRun, rejects: keepGood ? RejectedFile() : nil)
        return answer(summary, noun: "repayments", keepGood: keepGood)
    }

    private var cutOff: CutOff { CutOff(configuration.platform) }

    private func answer(_ summary: ImportSummary, noun: String, keepGood: Bool) -> Answer {
        let verb = isDryRun ? "would be imported" : "imported"
        let line =
            "\(summary.file): \(summary.imported) \(noun) \(verb), "
            + "\(summary.alreadyThere) were there already"
        var members = [
            Node.Member(name: "file", value: .text(summary.file)),
            Node.Member(name: "imported", value: .count(summary.imported)),
            Node.Member(name: "alreadyThere", value: .count(summary.alreadyThere)),
            Node.Member(name: "dryRun", value: .flag(isDryRun)),
        ]
        let warnings = summary.warnings.map(\.node) + summary.late.map(\.node)
        if !warnings.isEmpty {
            members.append(Node.Member(name: "warnings", value: .array(warnings)))
        }
        // A file may hold a million of them; the store keeps them all.
        let sentences = summary.warnings.map(\.sentence) + summary.late.map(\.sentence)
        let notes = sentences.prefix(20).map { "warning: \($0)" }
        let more = sentences.count - notes.count
        let told = notes + (more > 0 ? ["and \(more) warnings more"] : [])
        guard keepGood else {
            var answer = Answer(.object(members), lines: [line])
            answer.notes = told
            return answer
        }
        let isWritten = summary.rejected > 0 && !isDryRun
        let path = isWritten ? RejectedFile.path(of: summary.file) : nil
        members += [
            Node.Member(name: "rejected", value: .count(summary.rejected)),
            Node.Member(name: "rejectedFile", value: .optional(path)),
        ]
        var answer = Answer(
            .object(members),
            lines: [line, "\(summary.rejected) rejected" + (path.map { ", see \($0)" } ?? "")],
            exit: summary.rejected > 0 ? .findings : nil)
        answer.notes = told
        return answer
    }
}

extension LoanWarning {
    fileprivate var node: Node {
        .object([
            "loan": .text(loan.text), "pack": .text(finding.pack), "rule": .text(finding.rule),
            "source": .text(finding.source), "article": .optional(finding.article),
            "about": .optional(finding.about), "figure": .text(finding.figure),
            "limit": .text(finding.limit),
        ])
    }
}

extension LatePayment {
    fileprivate var node: Node {
        .object([
            "loan": .text(loan.text), "payment": .text(payment), "paidOn": .date(paidOn),
            "countsOn": .date(countsOn), "decision": .text(decision),
            "decidedOn": .date(decidedOn),
        ])
    }
}

/// Leaves the rejected rows of an import beside its file.
struct RejectedFile: Rejects {
    /// `FILE.rejected.csv`; what came by standard input lies in the working directory.
    static func path(of file: String) -> String {
        (file == "-" ? "stdin" : file) + ".rejected.csv"
    }

    func take(_ rows: [RejectedRow], of table: ImportTable) throws {
        if rows.isEmpty { return }
        let width = max(1, table.columns.count)
        let columns = table.columns.isEmpty ? ["record"] : table.columns
        var file = CSVWriter(
            columns: ["line", "reasons"] + columns.map(SpreadsheetText.safe))
        for row in rows {
            let missing = Array(repeating: "", count: max(0, width - row.fields.count))
            // People open it in a spreadsheet, and what is in it was refused.
            let texts = ([row.reasons] + row.fields.prefix(width)).map(SpreadsheetText.safe)
            file.row(["\(row.line)"] + texts + missing)
        }
        try OutputFile.write(file.bytes, to: RejectedFile.path(of: table.file))
    }
}

extension CutOff {
    /// The platform's own.
    init(_ platform: PlatformSettings) {
        self.init { platform.businessDate(ofUnixSeconds: $0 / 1_000_000) }
    }
}

/// An input file as bytes, under the name that messages show.
struct InputFile {
    let name: String
    let bytes: [UInt8]

    /// Bytes of an input at most; it is read whole.
    private static let bytesLimit = 512 << 20

    /// Reads a file, or standard input for `-`.
    ///
    /// - Throws: ``UnreadableInput`` when it cannot be read, ``OversizedInput``.
    static func read(_ path: String) throws -> InputFile {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        if (attributes?[.size] as? Int).map({ $0 > bytesLimit }) == true {
            throw OversizedInput(path: path, limit: bytesLimit)
        }
        let bytes: [UInt8]
        do {
            let handle =
                path == "-"
                ? FileHandle.standardInput
                : try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            bytes = try read(handle)
        } catch {
            throw UnreadableInput(path: path)
        }
        if bytes.count > bytesLimit { throw OversizedInput(path: path, limit: bytesLimit) }
        return InputFile(name: path, bytes: bytes)
    }

    /// All bytes, or one piece more than the limit.
    private static func read(_ handle: FileHandle) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count <= bytesLimit, let piece = try handle.read(upToCount: 1 << 20),
            !piece.isEmpty
        {
            bytes += piece
        }
        return bytes
    }

    /// The records of an NDJSON file.
    func records(keepGood: Bool = false) throws -> ImportTable {
        try NDJSONReader.read(bytes, file: name, keepGood: keepGood)
    }

    /// The records of a CSV or NDJSON file; NDJSON begins with a brace.
    ///
    /// - Parameter keepGood: sets records with a fault aside instead of refusing the file.
    func table(keepGood: Bool = false) throws -> ImportTable {
        let isNDJSON = bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
        return isNDJSON
            ? try NDJSONReader.read(bytes, file: name, keepGood: keepGood)
            : try CSVReader.read(bytes, file: name, keepGood: keepGood)
    }
}

/// An input file that is too large to be read whole.
struct OversizedInput: CodedError, Hashable {
    let path: String
    let limit: Int

    var code: String { "FILE-025" }
    var sentence: String {
        "\(path) has more than \(limit >> 20) MiB; check that it is the right file, or split it"
    }
    var exit: ExitKind { .badInput }
}
