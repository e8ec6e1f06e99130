/// Where one file holds the columns that are compared.
struct SideColumns: Sendable {
    let side: Side
    let names: [String]
    let key: [Int]
    let amounts: [Int]
    let dates: [Int]
    let fields: [Int]
    /// Nil when the file has no column `currency`.
    let currency: Int?
    /// Columns outside the key, in the file's order: what a break shows of a line.
    let others: [Int]
}

/// By which columns two files are compared, and where each file holds them.
struct MatchPlan: Sendable {
    let keyNames: [String]
    let amountNames: [String]
    let ours: SideColumns
    let theirs: SideColumns
    /// Whether equal bytes of two lines are equal content.
    let isSameLayout: Bool
    let tolerance: ExactAmount
    let windowDays: Int

    /// Both files' currencies are compared when both have them.
    var comparesCurrency: Bool { ours.currency != nil && theirs.currency != nil }

    func columns(of side: Side) -> SideColumns { side == .ours ? ours : theirs }

    /// - Throws: ``MatchFault`` for a column that is not in both files or has two uses.
    init(ours: HeaderLine, theirs: HeaderLine, options: MatchOptions) throws(MatchFault) {
        let headers = (ours, theirs)
        let given = options.given
        let amounts = try MatchPlan.named(options.amounts, or: .amounts(except: given), headers)
        let dates = try MatchPlan.named(
            options.date.map { [$0] }, or: .dates(except: given), headers)
        let apart = Set(amounts + dates + options.fields)
        let key = try MatchPlan.named(options.key, or: .all(except: apart), headers)
        if key.isEmpty {
            throw MatchFault(
                code: "MATCH-002", side: .ours, line: 1, column: 1,
                what: "no column is left to name a line by; name one with --key")
        }
        try MatchPlan.checkUses(key + amounts + dates + options.fields, ours)
        func place(_ header: HeaderLine, _ side: Side) throws(MatchFault) -> SideColumns {
            func positions(_ names: [String]) throws(MatchFault) -> [Int] {
                var positions: [Int] = []
                for name in names { positions.append(try header.position(of: name, side)) }
                return positions
            }
            let keyed = Set(key)
            return SideColumns(
                side: side, names: header.names, key: try positions(key),
                amounts: try positions(amounts), dates: try positions(dates),
                fields: try positions(options.fields),
                currency: header.names.firstIndex(of: "currency"),
                others: header.names.indices.filter { !keyed.contains(header.names[$0]) })
        }
        self.ours = try place(ours, .ours)
        self.theirs = try place(theirs, .theirs)
        keyNames = key
        amountNames = amounts
        isSameLayout = ours.names == theirs.names
        tolerance = options.tolerance
        windowDays = options.windowDays
    }

    /// Columns that are taken without being named.
    private enum Unnamed {
        case amounts(except: Set<String>)
        case dates(except: Set<String>)
        case all(except: Set<String>)

        func contains(_ name: String) -> Bool {
            switch self {
            case .amounts(let except):
                MatchOptions.protocolAmounts.contains(name) && !except.contains(name)
            case .dates(let except):
                MatchOptions.protocolDates.contains(name) && !except.contains(name)
            case .all(let except): !except.contains(name)
            }
        }

        var option: String {
            switch self {
            case .amounts: "--amount"
            case .dates: "--date"
            case .all: "--key"
            }
        }
    }

    /// The columns that were named, or those of a sort in our order; of these, what only one file
    /// has must be decided by name.
    private static func named(
        _ names: [String]?, or sort: Unnamed, _ headers: (ours: HeaderLine, theirs: HeaderLine)
    ) throws(MatchFault) -> [String] {
        if let names { return names }
        let found = headers.ours.names.filter(sort.contains)
        for (header, other, side) in [
            (headers.ours, headers.theirs, Side.ours), (headers.theirs, headers.ours, .theirs),
        ] {
            let alone = header.names.indices.first {
                sort.contains(header.names[$0]) && !other.names.contains(header.names[$0])
            }
            guard let alone else { continue }
            throw MatchFault(
                code: "MATCH-002", side: side, line: 1, column: header.columns[alone],
                what: "column '\(header.names[alone].prefix(70))' is missing in the other file; "
                    + "name the columns that count with \(sort.option)")
        }
        return found
    }

    private static func checkUses(_ names: [String], _ ours: HeaderLine) throws(MatchFault) {
        for (index, name) in names.enumerated() where names[..<index].contains(name) {
            throw MatchFault(
                code: "MATCH-001", side: .ours, line: 1,
                column: ours.names.firstIndex(of: name).map { ours.columns[$0] } ?? 1,
                what: "column '\(name.prefix(70))' is given two uses")
        }
    }
}

extension HeaderLine {
    /// - Throws: ``MatchFault`` MATCH-002.
    fileprivate func position(of name: String, _ side: Side) throws(MatchFault) -> Int {
        if let position = names.firstIndex(of: name) { return position }
        throw MatchFault(
            code: "MATCH-002", side: side, line: 1, column: 1,
            what: "column '\(name.prefix(70))' is missing; the file has "
                + names.prefix(20).joined(separator: ","))
    }
}
