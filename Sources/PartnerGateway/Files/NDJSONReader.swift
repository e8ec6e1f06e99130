// Import records as NDJSON: one JSON object a line, every value a text.

package import Operations

/// Reads NDJSON records into the same table a CSV file gives.
///
/// A record may leave optional members out; numbers are refused, since amounts are texts.
/// Codes: FILE-001 not UTF-8 · FILE-013 not JSON, or not a flat object of texts.
package enum NDJSONReader {
    /// The records of a file; its columns are all members that occur, in order of appearance.
    ///
    /// - Throws: ``ImportRefused`` with the faults of the whole file.
    package static func read(_ bytes: [UInt8], file: String) throws(ImportRefused) -> ImportTable {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw ImportRefused(faults: [
                ImportFault(code: "FILE-001", file: file, line: 1, what: "the file is not UTF-8")
            ])
        }
        var columns: [String] = []
        var records: [(line: Int, members: [JSONMember])] = []
        var faults: [ImportFault] = []
        for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false)
            .enumerated()
        where line.contains(where: { $0 > 0x20 }) {
            do throws(ImportFault) {
                let members = try record(Array(line), number: index + 1, file)
                for member in members where !columns.contains(member.name) {
                    columns.append(member.name)
                }
                records.append((index + 1, members))
            } catch {
                faults.append(error)
            }
        }
        if !faults.isEmpty { throw ImportRefused(faults: faults) }
        return ImportTable(
            file: file, columns: columns, rows: records.map { row($0.line, $0.members, columns) })
    }

    private static func record(_ line: [UInt8], number: Int, _ file: String)
        throws(ImportFault) -> [JSONMember]
    {
        func fault(_ offset: Int, _ what: String) -> ImportFault {
            let place = TextPlace(offset: offset, in: line, firstLine: number)
            return ImportFault(
                code: "FILE-013", file: file, line: place.line, column: place.column, what: what)
        }
        let value: JSONValue
        do {
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

    private static func row(_ line: Int, _ members: [JSONMember], _ columns: [String])
        -> ImportRow
    {
        ImportRow(
            line: line,
            fields: columns.map { name in
                let member = members.first { $0.name == name }
                return ImportField(
                    text: member?.value.text ?? "", column: (member?.value.offset ?? 0) + 1)
            })
    }
}
