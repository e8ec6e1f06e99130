/// What another configuration changes, for whom and from when.
package struct ConfigurationDifference: Hashable, Sendable {
    /// One setting that has another value.
    package struct Row: Hashable, Sendable {
        /// Such as `agreement trio` or `party harbor`; never a file, which may be renamed.
        package let object: String
        /// Elements of lists by name: `lenders[harbor].share`.
        package let key: String
        /// Nil where the setting is not there.
        package let old: String?
        package let new: String?
        /// The first business date on which it holds; nil is at once.
        package let from: String?
        /// The first date on which it holds no longer, where a later version undoes it.
        package var until: String?
        /// In order of name.
        package let parties: [String]
        package let products: [String]
    }

    /// By object and date, in the order of the README's keys.
    package let rows: [Row]

    /// Compares what is in force: whoever gave a value, and in whatever file it stands.
    package init(from old: Configuration, to new: Configuration) {
        let reach = Reach(old, new)
        let (before, after) = (old.objects, new.objects)
        let names = Set(before.keys).union(after.keys).sorted()
        rows = names.flatMap { name -> [Row] in
            let versions = (before[name] ?? [], after[name] ?? [])
            return name.file == .agreement || name.file == .product
                ? Difference.ofVersions(name, versions.0, versions.1, reach)
                : Difference.of(name, versions.0.last, versions.1.last, from: nil, reach)
        }
    }
}

/// The comparison of one object's versions.
private enum Difference {
    typealias Row = ConfigurationDifference.Row

    /// Of each date on which a version begins, what holds then against what held.
    static func ofVersions(
        _ name: ConfigurationObject.Name, _ old: [ConfigurationObject],
        _ new: [ConfigurationObject], _ reach: Reach
    ) -> [Row] {
        var rows: [Row] = []
        // Rows that hold on the date before, by place in `rows`.
        var standing: [Change: Int] = [:]
        for date in Set((old + new).map(\.effectiveFrom)).sorted() {
            let found = of(
                name, old.last { $0.effectiveFrom <= date }, new.last { $0.effectiveFrom <= date },
                from: date.isEmpty ? nil : date, reach)
            var next: [Change: Int] = [:]
            for row in found {
                if let index = standing[Change(row)] {
                    next[Change(row)] = index
                } else {
                    next[Change(row)] = rows.count
                    rows.append(row)
                }
            }
            for (change, index) in standing where next[change] == nil { rows[index].until = date }
            standing = next
        }
        return rows
    }

    private struct Change: Hashable {
        let key: String
        let old: String?
        let new: String?

        init(_ row: Row) { (key, old, new) = (row.key, row.old, row.new) }
    }

    static func of(
        _ name: ConfigurationObject.Name, _ old: ConfigurationObject?,
        _ new: ConfigurationObject?, from date: String?, _ reach: Reach
    ) -> [Row] {
        // Of what is new or gone as a whole, only what somebody wrote.
        let isWhole = old == nil || new == nil
        let keys = (new?.settings ?? []).map(\.key) + (old?.settings ?? []).map(\.key)
        var seen: Set<String> = []
        let unlike = keys.filter { key in
            guard seen.insert(key).inserted, key != "effectiveFrom" else { return false }
            let (left, right) = (old?.setting(key), new?.setting(key))
            // Elements that come or go have rows of their own.
            let isOrder = (left ?? right)?.elements.isEmpty == false
            if isOrder, left?.elements != right?.elements { return false }
            return isWhole ? (left ?? right)?.isWritten == true : left?.meaning != right?.meaning
        }
        let places = Dictionary(unlike.map { ($0, name.file.order(of: $0)) }) { $1 }
        return unlike.sorted { (places[$0] ?? 0, $0) < (places[$1] ?? 0, $1) }.map { key in
            let touched = reach.touched(by: name, key)
            return Row(
                object: name.description, key: key, old: old?.setting(key)?.value,
                new: new?.setting(key)?.value, from: date, until: nil,
                parties: touched.parties, products: touched.products)
        }
    }
}
