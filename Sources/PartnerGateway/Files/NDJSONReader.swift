// Import records as NDJSON: one JSON object a line, every value a text.

package import Operations

/// Reads NDJSON records into the same table a CSV file gives.
///
/// A record may leave optional members out; numbers are refused, since amounts are texts.
/// Codes: FILE-001 not UTF-8 · FILE-013 not JSON, or not a flat object of texts ·
/// FILE-022 line too long · FILE-023 too many members.
package struct NDJSONReader {
    /// Bytes of a record at most.
    package static let lineBytesLimit = 1 << 20
    /// Names of members at most, over the whole file.
    package static let columnLimit = 256

    private let file: String
    private var columns: [String] = []
    private var known: Set<String> = []
    private var records: [(line: Int, members: [JSONMember])] = []
    private var faults: [ImportFault] = []
    private var rejected: [RejectedRow] = []

    /// The records of a file; its columns are all members that occur, in order of appearance. A
    /// field that a record does not have is empty and stands at column 0.
    ///
    /// - Parameter keepGood: whether records with a fault are left out, as
    ///   ``ImportTable/rejected``, instead of refusing the file.
    /// - Throws: ``ImportRefused`` with the faults of the whole file.
    package static func read(
        _ bytes: [UInt8], file: String, keepGood: Bool = false
    ) throws(ImportRefused) -> ImportTable {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw ImportRefused(faults: [
                ImportFault(code: "FILE-001", file: file, line: 1, what: "the file is not UTF-8")
            ])
        }
        var reader = NDJSONReader(file: file)
        reader.take(bytes, keepGood: keepGood)
        if !reader.faults.isEmpty { throw ImportRefused(faults: reader.faults) }
        return reader.table
    }

    private init(file: String) { self.file = file }

    private mutating func take(_ bytes: [UInt8], keepGood: Bool) {
        for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false)
            .enumerated()
        where line.contains(where: { $0 > 0x20 }) {
            do throws(ImportFault) {
                try take(line, number: index + 1)
            } catch {
                guard keepGood else {
                    faults.append(error)
                    if faults.count >= ImportRefused.limit { return }
                    continue
                }
                let text = String(decoding: line.prefix(RejectedRow.textLimit), as: UTF8.self)
                rejected.append(RejectedRow(line: index + 1, fields: [text], faults: [error]))
            }
        }
    }

    private mutating func take(_ line: ArraySlice<UInt8>, number: Int) throws(ImportFault) {
        guard line.count <= NDJSONReader.lineBytesLimit else {
            throw ImportFault(
                code: "FILE-022", file: file, line: number, column: 1,
                what: "the record is longer than \(NDJSONReader.lineBytesLimit) bytes")
        }
        let members = try record(Array(line), number: number)
        let new = members.filter { !known.contains($0.name) }
        guard known.count + new.count <= NDJSONReader.columnLimit else {
            throw ImportFault(
                code: "FILE-023", file: file, line: number, column: 1,
                what: "more than \(NDJSONReader.columnLimit) names of members")
        }
        for member in new {
            columns.append(member.name)
            known.insert(member.name)
        }
        records.append((number, members))
    }

    private func record(_ line: [UInt8], number: Int) throws(ImportFault) -> [JSONMember] {
        func fault(_ offset: Int, _ what: String) -> ImportFault {
            let place = TextPlace(offset: offset, in: line, firstLine: number)
            return ImportFault(
                code: "FILE-013", file: file, line: place.line, column: place.column, what: what)
        }
        let value: JSONValue
        do throws(JSONFault) {
            value = try JSONReader.read(line, firstLine: number)
        } catch {
            throw fault(error.offset, "this is not JSON: \(error.what)")
        }
        guard let members = value.members else {
            throw fault(0, "a record must be an object, not \(value.kind)")
        }
        for member in members where member.value.text == nil {
            throw fault(
                member.value.offset,
                "\(member.name) must be a text in quotes, not \(member.value.kind)")
        }
        return members
    }

    private var table: ImportTable {
        ImportTable(
            file: file, columns: columns, rows: records.map { row($0.line, $0.members) },
            rejected: rejected)
    }

    private func row(_ line: Int, _ members: [JSONMember]) -> ImportRow {
        ImportRow(
            line: line,
            fields: columns.map { name in
                let member = members.first { $0.name == name }
                return ImportField(
                    text: member?.value.text ?? "",
                    column: member.map { $0.value.offset + 1 } ?? 0)
            })
    }
}
