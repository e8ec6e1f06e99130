import Foundation
import Operations
import Settings

extension Application {
    /// `config diff OLD NEW`: what another configuration changes, from when and for whom.
    ///
    /// - Throws: ``ConfigurationFaults`` with all faults of both directories.
    package static func compareConfigurations(_ old: String, _ new: String) throws -> Answer {
        let environment = ProcessInfo.processInfo.environment
        var (loaded, faults): ([Configuration], [ConfigurationFault]) = ([], [])
        for directory in [old, new] {
            do throws(ConfigurationFaults) {
                loaded.append(try Settings.load(directory: directory, environment: environment))
            } catch {
                faults += error.faults
            }
        }
        if !faults.isEmpty { throw ConfigurationFaults(faults) }
        let rows = ConfigurationDifference(from: loaded[0], to: loaded[1]).rows
        return Answer(
            .array(rows.map(\.node)), grids: rows.isEmpty ? [] : [grid(of: rows)],
            lines: [sentence(rows)], records: rows.map(\.record), columns: columns)
    }

    private static let columns = [
        "object", "key", "old", "new", "from", "until", "parties", "products",
    ]

    private static func grid(of rows: [ConfigurationDifference.Row]) -> Grid {
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

    private static func sentence(_ rows: [ConfigurationDifference.Row]) -> String {
        rows.isEmpty
            ? "nothing changes"
            : "loans that are booked keep the terms that they were booked under; limits hold for "
                + "all that comes"
    }
}

extension ConfigurationDifference.Row {
    fileprivate var node: Node {
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
    fileprivate var record: Node {
        .object([
            "object": .text(object), "key": .text(key), "old": .optional(old),
            "new": .optional(new), "from": .text(from ?? "at once"), "until": .optional(until),
            "parties": .text(parties.joined(separator: " ")),
            "products": .text(products.joined(separator: " ")),
        ])
    }
}
