extension Table {
    /// What in this description keeps the table from being sharded or reproduced; none is right.
    package var faults: [String] {
        keyFaults + orderFaults + nameFaults + sharedAnchorFaults
    }

    /// Every unique key and reference contains the anchor, or it could not be checked in one shard.
    private var keyFaults: [String] {
        let unique = indexes.filter(\.isUnique).map(\.columns)
        let keys = [key] + uniques + unique + references.map(\.columns)
        return keys.filter { !Set(anchor).isSubset(of: $0) }
            .map { "\(name): the key (\($0.joined(separator: ", "))) lacks its anchor" }
    }

    /// Nulls sort differently in each engine, so what is ordered by always holds a value.
    private var orderFaults: [String] {
        let ordered = Set(key + uniques.joined() + indexes.flatMap(\.columns))
        return columns.filter { $0.isNullable && ordered.contains($0.name) }
            .map { "\(name).\($0.name): an ordered column may be null" }
    }

    private var nameFaults: [String] {
        let names = columns.map(\.name)
        let used = Set(
            key + anchor + uniques.joined() + indexes.flatMap(\.columns)
                + references.flatMap(\.columns))
        let doubled = Set(names).count == names.count ? [] : ["\(name): a column is named twice"]
        return doubled
            + used.subtracting(names).sorted().map { "\(name): there is no column \($0)" }
    }

    private var sharedAnchorFaults: [String] {
        switch tableClass {
        case .loanAnchored, .keyAnchored:
            anchor.first == "shard" ? [] : ["\(name): the anchor does not begin with the shard"]
        case .reference, .coordination:
            anchor.contains("shard") ? ["\(name): anchored by a shard"] : []
        }
    }
}
