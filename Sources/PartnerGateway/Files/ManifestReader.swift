// manifest.json as it is read: strictly, every fault with its place.

internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations
internal import Reconciling

/// Reads one manifest. Code FILE-011 for whatever is not the JSON of a manifest.
struct ManifestReader {
    let bytes: [UInt8]

    /// - Throws: ``UnreadableFile``, the first fault.
    func manifest() throws(UnreadableFile) -> PartnerManifest {
        let json = try json()
        let (text, offset) = try text(json, "date")
        guard let date = BusinessDate(text) else {
            throw fault("'\(text.prefix(20))' is no date such as 2026-01-31", at: offset)
        }
        let party = try self.text(json, "party").text
        return PartnerManifest(date: date, party: PartyID(party), files: try files(json))
    }

    /// Bytes of a manifest at most; one that lists every file of a date has a few thousand.
    private static let bytesLimit = 1 << 20

    private func json() throws(UnreadableFile) -> JSONValue {
        guard bytes.count <= ManifestReader.bytesLimit else {
            throw fault("a manifest has at most \(ManifestReader.bytesLimit) bytes", at: 0)
        }
        do throws(JSONFault) {
            return try JSONReader.read(bytes)
        } catch {
            throw fault(error.what, at: error.offset)
        }
    }

    private func files(_ json: JSONValue) throws(UnreadableFile) -> [PartnerManifest.File] {
        var files: [PartnerManifest.File] = []
        for item in try array(json, "files") {
            let (name, offset) = try text(item, "name")
            guard isFileName(name) else {
                throw fault("'\(name.prefix(60))' is no file name", at: offset)
            }
            guard !files.contains(where: { $0.name == name }) else {
                throw fault("'\(name)' is listed twice", at: offset)
            }
            files.append(try file(item, name))
        }
        return files
    }

    private func file(_ item: JSONValue, _ name: String) throws(UnreadableFile)
        -> PartnerManifest.File
    {
        guard let rows = item["rows"]?.integer, (0...Int64(Int32.max)).contains(rows) else {
            throw fault("'rows' of \(name) is no count", at: item.offset)
        }
        let (digest, offset) = try text(item, "sha256")
        guard digest.utf8.count == 64, digest.utf8.allSatisfy(isHexadecimal) else {
            throw fault("'sha256' of \(name) is no SHA-256", at: offset)
        }
        var totals: [ControlTotal] = []
        for total in try array(item, "totals") { totals.append(try self.total(total)) }
        return PartnerManifest.File(
            name: name, sha256: digest.lowercased(),
            entry: ManifestEntry(rows: Int(rows), totals: totals))
    }

    private func total(_ json: JSONValue) throws(UnreadableFile) -> ControlTotal {
        let column = try text(json, "column").text
        let (code, offset) = try text(json, "currency")
        guard let currency = Currency(code: code) else {
            throw fault("'\(code.prefix(10))' is no ISO 4217 currency", at: offset)
        }
        return ControlTotal(
            column: column, currency: currency, sum: try amount(json, "sum", currency),
            absolute: try amount(json, "absolute", currency))
    }

    private func amount(
        _ json: JSONValue, _ name: String, _ currency: Currency
    ) throws(UnreadableFile) -> Int64 {
        let (text, offset) = try text(json, name)
        do throws(AmountError) {
            return try Money(text, currency).minorUnits
        } catch {
            throw fault(
                "'\(text.prefix(40))' is no amount of \(currency)", at: offset)
        }
    }

    private func text(
        _ json: JSONValue, _ name: String
    ) throws(UnreadableFile) -> (text: String, offset: Int) {
        guard let value = json[name] else {
            throw fault("'\(name)' is missing", at: json.offset)
        }
        guard let text = value.text else {
            throw fault("'\(name)' is \(value.kind), not a string", at: value.offset)
        }
        return (text, value.offset)
    }

    private func array(_ json: JSONValue, _ name: String) throws(UnreadableFile) -> [JSONValue] {
        if let elements = json[name]?.elements { return elements }
        throw fault("'\(name)' is no array", at: json[name]?.offset ?? json.offset)
    }

    private func fault(_ what: String, at offset: Int) -> UnreadableFile {
        let place = TextPlace(offset: offset, in: bytes)
        return UnreadableFile(
            code: "FILE-011", file: PartnerManifest.fileName, line: place.line,
            column: place.column, what: what)
    }
}

/// Letters, digits, `.`, `_` and `-`, not beginning with a point: nothing that leaves a directory.
private func isFileName(_ name: String) -> Bool {
    (1...100).contains(name.utf8.count) && name.utf8.first != UInt8(ascii: ".")
        && name.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [45, 46, 95].contains(byte)
        }
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte) || (65...70).contains(byte)
}
