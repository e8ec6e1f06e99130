import SQLStore

extension Catalogue {
    /// What keeps these tables from being distributed by shard, or from giving the same bytes on
    /// every engine; none is right.
    func faults(of tables: [Table]) -> [String] {
        let known = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) })
        let strange = Set(fields.map(\.table)).subtracting(known.keys)
        return strange.sorted().map { "\($0): a table that nothing describes" }
            + strangers.map { "\($0): a sequence or an exclusion" }
            + tables.flatMap(fieldFaults)
            + indexes.compactMap { index in known[index.table].flatMap { fault(index, $0) } }
            + indexes.flatMap(orderFaults)
            + references.compactMap { reference in
                guard let from = known[reference.table], let to = known[reference.other] else {
                    return "\(reference.table): refers to a table that nothing describes"
                }
                return fault(reference, from, to)
            }
    }

    private func fieldFaults(_ table: Table) -> [String] {
        let fields = fields.filter { $0.table == table.name }
        guard fields.map(\.name) == table.columns.map(\.name) else {
            return ["\(table.name): its columns are not those described"]
        }
        return zip(fields, table.columns).flatMap { field, column -> [String] in
            let place = "\(table.name).\(column.name)"
            let type =
                switch column.kind {
                case .int64: ("int8", "")
                case .text: ("text", "C")
                case .blob: ("bytea", "")
                }
            return [
                field.type == type.0 ? nil : "\(place): of type \(field.type)",
                field.collation == type.1 ? nil : "\(place): text is not in the order of bytes",
                field.mayBeNull == column.isNullable ? nil : "\(place): null is not as described",
                field.isComputed ? "\(place): a value that nobody wrote" : nil,
            ].compactMap(\.self)
        }
    }

    private func fault(_ index: Index, _ table: Table) -> String? {
        let lacking = Set(table.anchor).subtracting(index.columns)
        guard index.isUnique, !lacking.isEmpty else { return nil }
        return "\(table.name): the unique \(index.name) lacks \(lacking.sorted().joined())"
    }

    /// Nulls come first in one engine and last in the other.
    private func orderFaults(_ index: Index) -> [String] {
        fields.filter {
            $0.table == index.table && $0.mayBeNull && index.columns.contains($0.name)
        }.map { "\($0.table).\($0.name): ordered by \(index.name), and may be null" }
    }

    /// Distributed tables refer to their own shard or to a reference table; what lies on one node
    /// does not refer to what is spread over all.
    private func fault(_ reference: Reference, _ from: Table, _ to: Table) -> String? {
        let place = "\(from.name): the reference to \(to.name)"
        switch (from.tableClass.isSharded, to.tableClass.isSharded) {
        case (true, true):
            let pairs = zip(reference.columns, reference.key)
            if !pairs.contains(where: { $0 == ("shard", "shard") }) {
                return "\(place) does not pair the shards"
            }
            let lacks =
                !Set(from.anchor).isSubset(of: reference.columns)
                || !Set(to.anchor).isSubset(of: reference.key)
            return lacks ? "\(place) lacks an anchor" : nil
        case (true, false): return to.tableClass == .reference ? nil : "\(place) leaves the shard"
        case (false, true): return "\(place) looks into the shards"
        case (false, false):
            let leaves = from.tableClass == .reference && to.tableClass != .reference
            return leaves ? "\(place) is not on every node" : nil
        }
    }
}
