package import BusinessCalendar
package import LendingRules
import Monetary
package import Reconciling

/// The layout of exchanged files: partner protocol v1, or a partner's own by configuration.
package protocol DetailFileFormat: Sendable {
    /// Our files of a date for a partner, manifest first; a date without lines has header lines.
    func render(_ lines: DetailLines, for party: PartyID, on date: BusinessDate) throws
        -> [FileContent]
    /// A partner's manifest.
    ///
    /// - Throws: ``UnreadableFile`` with position.
    func manifest(_ bytes: [UInt8]) throws -> PartnerManifest
    /// The records of a file in the order of its lines.
    ///
    /// - Throws: ``UnreadableFile`` with position.
    func records(_ file: FileContent, layout: FileLayout) throws -> [Record]
}

/// What a partner says it sends for a date.
package struct PartnerManifest: Hashable, Sendable {
    package let date: BusinessDate
    package let party: PartyID
    package let files: [File]

    /// One file with its control totals.
    package struct File: Hashable, Sendable {
        /// With its suffix.
        package let name: String
        /// Lower-case hexadecimal.
        package let sha256: String
        package let entry: ManifestEntry

        package init(name: String, sha256: String, entry: ManifestEntry) {
            self.name = name
            self.sha256 = sha256
            self.entry = entry
        }
    }

    package init(date: BusinessDate, party: PartyID, files: [File]) {
        self.date = date
        self.party = party
        self.files = files
    }
}

/// A partner's file that cannot be used; the previous version, if any, stays in force.
package struct UnreadableFile: CodedError, Hashable {
    package let code: String
    package let file: String
    /// From 1; 0 when the fault is the whole file's.
    package let line: Int
    package let column: Int
    package let what: String

    package init(code: String, file: String, line: Int, column: Int = 0, what: String) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.what = what
    }

    package var sentence: String {
        "\(finding); ask the partner for a corrected file"
    }

    /// What is wrong where, without what to do.
    package var finding: String { "\(what) (\(place))" }

    /// `file:line:column` as far as it is known.
    private var place: String {
        let parts = line == 0 ? [] : column == 0 ? [line] : [line, column]
        return ([file] + parts.map(String.init)).joined(separator: ":")
    }

    package var exit: ExitKind { .badInput }
}

extension UnreadableFile {
    /// The fault of a file behind an error of matching it; nil for an error that is no file's.
    init?(_ error: any Error, file: String) {
        switch error {
        case let fault as UnreadableFile: self = fault
        case let error as ReconcilingError:
            self.init(code: error.code, file: file, line: 0, what: "\(error)")
        case is AmountError:
            self.init(
                code: "RECON-002", file: file, line: 0,
                what: "its amounts are too large to be held against ours")
        default: return nil
        }
    }
}
