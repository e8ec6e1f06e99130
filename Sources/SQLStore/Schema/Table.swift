/// A table, described once and rendered for each engine.
///
/// What can be distributed by `shard` stays distributable because every key contains the anchor;
/// `faults` finds a description that breaks this.
package struct Table: Hashable, Sendable {
    /// Where the rows of a table belong.
    package enum Class: Hashable, Sendable {
        /// To a loan: anchored by (shard, loan), or by shard alone where loans are added up.
        case loanAnchored
        /// To an outside key that must be unique for ever: anchored by (shard, key).
        case keyAnchored
        /// To everyone: parties, agreements, terms.
        case reference
        /// To a business day or a partner: days, steps, files, settlements.
        case coordination

        /// Whether the rows are spread by shard when the store lies on several nodes.
        package var isSharded: Bool { self == .loanAnchored || self == .keyAnchored }
    }

    /// Whether a table takes part in the digest.
    package enum Role: Hashable, Sendable {
        /// The outcome of the business: the same after a crash and a resumption, byte for byte.
        case business
        /// How the outcome came about: attempts, evidence, leases, wall times.
        case operational
    }

    /// An index besides the keys.
    package struct Index: Hashable, Sendable {
        /// The index's name.
        package let name: String
        /// Its columns in order.
        package let columns: [String]
        /// Which rows it holds, as a condition that queries repeat word for word; nil means all.
        package let condition: String?
        /// Whether no two of its rows may agree in all its columns.
        package let isUnique: Bool

        /// Describes an index over all rows, or over those under a condition.
        package init(
            name: String, columns: [String], condition: String? = nil, isUnique: Bool = false
        ) {
            self.name = name
            self.columns = columns
            self.condition = condition
            self.isUnique = isUnique
        }
    }

    /// A reference from the anchor and more columns to another table's key.
    package struct Reference: Hashable, Sendable {
        /// The referring columns.
        package let columns: [String]
        /// The table referred to, by its whole key.
        package let table: String
        /// The columns of its key.
        package let key: [String]
    }

    /// The table's name.
    package let name: String
    /// Where its rows belong.
    package let tableClass: Class
    /// Whether it takes part in the digest.
    package let role: Role
    /// All columns, in the order in which rows are written and digested.
    package let columns: [Column]
    /// The natural key.
    package let key: [String]
    /// Further unique keys, over all rows.
    package let uniques: [[String]]
    /// Further indexes; those that are unique hold under a condition.
    package let indexes: [Index]
    /// References to other tables.
    package let references: [Reference]
    /// The columns that say where a row belongs; part of every key.
    package let anchor: [String]
    /// Whether rows are small enough to live in the key's own tree.
    package let isNarrow: Bool
    /// Whether the digest of a store without rows of it is as if there were no such table.
    package let isUnseenWhenEmpty: Bool

    /// Describes a table; without `anchor` the key's first column is the anchor.
    package init(
        _ name: String, _ tableClass: Class, _ role: Role, _ columns: [Column], key: [String],
        anchor: [String]? = nil, uniques: [[String]] = [], indexes: [Index] = [],
        references: [Reference] = [], isNarrow: Bool = true, isUnseenWhenEmpty: Bool = false
    ) {
        self.name = name
        self.tableClass = tableClass
        self.role = role
        self.columns = columns
        self.key = key
        self.anchor = anchor ?? Array(key.prefix(1))
        self.uniques = uniques
        self.indexes = indexes
        self.references = references
        self.isNarrow = isNarrow
        self.isUnseenWhenEmpty = isUnseenWhenEmpty
    }
}

extension Table: CustomStringConvertible {
    /// The table's name.
    package var description: String { name }
}
