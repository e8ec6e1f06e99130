/// Why two record sets could not be compared; all of it comes from outside input.
package enum ReconcilingError: Error, Hashable, Sendable {
    /// A record's number of columns is not its layout's.
    case misfit(file: String, side: Side, line: Int)
    /// `ours − theirs` of a column does not fit in 64-bit minor units.
    case differenceOverflows(file: String, key: [String], column: String)
    /// A column's control total does not fit in 64-bit minor units.
    case totalOverflows(file: String, column: String, currency: String)

    /// The stable code shown to people.
    package var code: String {
        switch self {
        case .misfit: "RECON-001"
        case .differenceOverflows: "RECON-002"
        case .totalOverflows: "RECON-003"
        }
    }
}
