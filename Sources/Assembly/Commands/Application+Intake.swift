import Foundation
package import Operations
import PartnerGateway
import Settings

extension Application {
    /// `loans import FILE`.
    package func importLoans(_ file: String) async throws -> Answer {
        let table = try InputFile.read(file).table()
        let summary = try await LoanImport(
            store: stores.intake, catalogue: catalogue, surroundings: surroundings
        ).run(table, dryRun: isDryRun)
        return answer(summary, noun: "loans")
    }

    /// `repayments import FILE`.
    package func importRepayments(_ file: String) async throws -> Answer {
        let table = try InputFile.read(file).table()
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
        if path == "-" {
            return InputFile(name: "-", bytes: [UInt8](FileHandle.standardInput.readDataToEndOfFile()))
        }
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
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

/// A file that is not there or cannot be read.
package struct UnreadableInput: CodedError, Hashable {
    package let path: String

    package var code: String { "IO-001" }
    package var sentence: String { "\(path) cannot be read; check the path and its permissions" }
    package var exit: ExitKind { .inputOutput }
}
