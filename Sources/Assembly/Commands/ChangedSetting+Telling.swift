import Operations
import Settings

extension ChangedSetting {
    init(_ row: ConfigurationDifference.Row) {
        self.init(
            object: row.object, key: row.key, old: row.old, new: row.new, from: row.from,
            until: row.until, parties: row.parties, products: row.products)
    }

    static let columns = [
        "object", "key", "old", "new", "from", "until", "parties", "products",
    ]

    static func grid(of rows: [ChangedSetting]) -> Grid {
        var grid = Grid(columns: columns.map { .words($0) })
        for row in rows {
            grid.add([
                row.object, row.key, row.old ?? "", row.new ?? "", row.from ?? "at once",
                row.until ?? "", row.parties.joined(separator: " "),
                row.products.joined(separator: " "),
            ])
        }
        return grid
    }

    var node: Node {
        let touched = Node.object([
            "parties": .array(parties.map { .text($0) }),
            "products": .array(products.map { .text($0) }),
        ])
        return .object([
            "object": .text(object), "key": .text(key), "old": .optional(old),
            "new": .optional(new), "from": .text(from ?? "at once"), "until": .optional(until),
            "for": touched,
        ])
    }

    /// Without nesting, for CSV.
    var record: Node {
        .object([
            "object": .text(object), "key": .text(key), "old": .optional(old),
            "new": .optional(new), "from": .text(from ?? "at once"), "until": .optional(until),
            "parties": .text(parties.joined(separator: " ")),
            "products": .text(products.joined(separator: " ")),
        ])
    }
}
