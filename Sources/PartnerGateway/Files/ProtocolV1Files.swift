// The detail files of partner protocol v1.

package import BusinessCalendar
package import LendingRules
internal import Monetary
package import Operations
package import Reconciling

/// Files as PROTOCOL lays them out, without a partner's own ways.
package struct ProtocolV1Files: DetailFileFormat {
    private let sender: PartyID

    /// - Parameter sender: the party whose files are rendered: the platform.
    package init(sender: PartyID) { self.sender = sender }

    /// The files of a date, manifest first; a date without lines has files with headers only.
    ///
    /// - Throws: ``AmountError/overflow`` when a control total exceeds 64 bits.
    package func render(
        _ lines: DetailLines, for party: PartyID, on date: BusinessDate
    ) throws -> [FileContent] {
        let files =
            [
                disbursements(lines.disbursements), inFlight(lines.inFlight), plans(lines.plans),
                repayments(lines.repayments), parts(lines.parts),
            ] + (FileLayout.ofFacts + FileLayout.laterFacts).map { facts($0, lines.facts) } + [
                balances(lines), accruals(lines.balances),
                statusChanges(lines), fees(lines.fees),
            ]
        let listed = try files.map { try $0.listing() }
        let manifest = PartnerManifest(date: date, party: sender, files: listed)
        return [FileContent(name: PartnerManifest.fileName, bytes: manifest.wireBody)]
            + zip(listed, files).map { FileContent(name: $0.name, bytes: $1.bytes) }
    }

    /// - Throws: ``UnreadableFile`` with position, code FILE-011.
    package func manifest(_ bytes: [UInt8]) throws -> PartnerManifest {
        try ManifestReader(bytes: bytes).manifest()
    }

    /// - Throws: ``UnreadableFile`` with position, codes FILE-001 to FILE-010.
    package func records(_ file: FileContent, layout: FileLayout) throws -> [Record] {
        try DetailFileReader.records(file, layout)
    }

    private func disbursements(_ lines: [DisbursementLine]) -> DetailFileWriter {
        var file = DetailFileWriter(
            .disbursements,
            columns: [
                "request_key", "loan_id", "partner_loan_no", "principal", "currency",
                "value_date", "reverses",
            ])
        for line in lines {
            file.row(
                [line.requestKey, line.loan.text, line.partnerReference], [line.principal],
                line.currency, [line.valueDate.description, line.reverses])
        }
        return file
    }

    private func repayments(_ lines: [RepaymentLine]) -> DetailFileWriter {
        var file = DetailFileWriter(
            .repayments,
            columns: [
                "payment_id", "loan_id", "principal", "overdue_principal", "interest",
                "overdue_interest", "penalty", "fee", "service_fee", "currency", "value_date",
                "reverses", "correction_of",
            ])
        for line in lines {
            let row = line.row
            let parts = row.components
            file.row(
                [row.line, row.loan.text],
                [
                    parts.principal, parts.overduePrincipal, parts.interest,
                    parts.overdueInterest, parts.allPenalty, parts.fee, row.serviceFee,
                ], line.currency,
                [row.valueDate.description, row.reverses, row.correctionOf])
        }
        return file
    }

    private func balances(_ detail: DetailLines) -> DetailFileWriter {
        var file = DetailFileWriter(
            .balances,
            columns: [
                "loan_id", "principal", "overdue_principal", "interest", "overdue_interest",
                "penalty_principal", "penalty_interest", "fee", "currency", "dpd", "class",
                "accrual",
            ])
        for line in detail.balances {
            let claims = line.claims
            file.row(
                [line.loan.text],
                [
                    claims.principal, claims.overduePrincipal, claims.interest,
                    claims.overdueInterest, claims.penalty, claims.penaltyOnInterest, claims.fee,
                ], line.currency,
                [
                    String(line.daysPastDue),
                    detail.className(of: line.loan, daysPastDue: line.daysPastDue),
                    line.accrualStatus.rawValue,
                ])
        }
        return file
    }
}
