/// What a line makes the platform owe the partner.
extension FileLayout {
    /// The net that a record of this file adds to what the platform owes the partner, minor units;
    /// nil for a file whose lines settle nothing, or restate another file's.
    ///
    /// A disbursement is owed by the partner; a repayment less its service fee is owed to it, and
    /// the price of a claim waived, recovered or taken over.
    /// - Throws: ``ReconcilingError/differenceOverflows(file:key:column:)``.
    package func due(of record: Record) throws(ReconcilingError) -> Int64? {
        guard let signs = FileLayout.dueSigns[name] else { return nil }
        let sum = zip(amountColumns, record.amounts).reduce(Int128(0)) {
            $0 + Int128($1.1) * Int128(signs.exceptions[$1.0.name] ?? signs.standard)
        }
        // Half the range, so that the difference of two always fits.
        guard let due = Int64(exactly: sum), due.magnitude < 1 << 62 else {
            throw .differenceOverflows(file: name, key: record.key, column: "due")
        }
        return due
    }

    /// Whether its lines settle anything of their own.
    var settles: Bool { FileLayout.dueSigns[name] != nil }

    /// By file: the sign of a column in what is due to the partner.
    private static let dueSigns: [String: (standard: Int, exceptions: [String: Int])] = [
        "disbursements": (-1, [:]), "repayments": (1, ["service_fee": -1]),
        "waivers": (0, ["price": 1]), "recoveries": (0, ["price": 1]),
        "transfers": (0, ["price": 1]), "compensations": (0, ["price": 1]),
        "buy-backs": (0, ["price": 1]), "corrections": (0, ["price": 1]),
    ]
}
