import Foundation
import Operations
import PartnerGateway
import Settings

extension Application {
    /// `loans import FILE`; the first file makes the store.
    ///
    /// - Throws: ``ImportRefused``, or what opening throws; of several the first by exit code.
    package static func importLoans(_ file: String, _ launch: Launch) async throws -> Answer {
        let table = try table(of: file, launch)
        return try await answer(launch, for: .making) { try await $0.importLoans(table) }
    }

    /// `repayments import FILE`.
    ///
    /// - Throws: ``ImportRefused``, or what opening throws; of several the first by exit code.
    package static func importRepayments(_ file: String, _ launch: Launch) async throws -> Answer {
        let table = try table(of: file, launch)
        return try await answer(launch, for: .writing) {
            try await $0.importRepayments(table)
        }
    }

    /// Faults of the configuration come before those of the file, those before the store's.
    private static func table(of file: String, _ launch: Launch) throws -> ImportTable {
        _ = try Settings.load(
            directory: launch.configDirectory, environment: ProcessInfo.processInfo.environment)
        return try InputFile.read(file).table()
    }

    func importLoans(_ file: String) async throws -> Answer {
        try await importLoans(InputFile.read(file).table())
    }

    func importRepayments(_ file: String) async throws -> Answer {
        try await importRepayments(InputFile.read(file).table())
    }

    private func importLoans(_ table: ImportTable) async throws -> Answer {
        let summary = try await LoanImport(
            store: stores.intake, catalogue: catalogue, surroundings: surroundings
        ).run(table, dryRun: isDryRun)
        return answer(summary, noun: "loans")
    }

    private func importRepayments(_ table: ImportTable) async throws -> Answer {
        let summary = try await RepaymentImport(
            store: stores.repayments, snapshots: stores.snapshots, surroundings: surroundings,
            cutOff: CutOff { [platform = configuration.platform] in
                platform.businessDate(ofUnixSeconds: $0 / 1_000_000)
            }
        ).run(table, dryRun: isDryRun)
        return answer(summary, noun: "repayments")
    }

    private func answer(_ summary: ImportSummary, noun: String) -> Answer {
        let verb = isDryRun ? "would be imported" : "imported"
        return Answer(
            .object([
                "file": .text(summary.file), "imported": .count(summary.imported),
                "alreadyThere": .count(summary.alreadyThere), "dryRun": .flag(isDryRun),
            ]),
            lines: [
                "\(summary.file): \(summary.imported) \(noun) \(verb), "
                    + "\(summary.alreadyThere) were there already"
            ])
    }
}

/// An input file as bytes, under the name that messages show.
struct InputFile {
    let name: String
    let bytes: [UInt8]

    /// Reads a file, or standard input for `-`.
    ///
    /// - Throws: ``UnreadableInput`` when it cannot be read.
    static func read(_ path: String) throws -> InputFile {
        do {
            let data =
                path == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data()
                : try Data(contentsOf: URL(fileURLWithPath: path))
            return InputFile(name: path, bytes: [UInt8](data))
        } catch {
            throw UnreadableInput(path: path)
        }
    }

    /// The records of a CSV or NDJSON file; NDJSON begins with a brace.
    func table() throws -> ImportTable {
        let isNDJSON = bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
        return isNDJSON
            ? try NDJSONReader.read(bytes, file: name) : try CSVReader.read(bytes, file: name)
    }
}
