import Foundation
import Monetary

/// Looks at the store's rows and the banks' books for what must never be: more lent than a limit
/// allows, a share funded twice or not at all, a loan lost. Knows none of the platform's code.
struct QuotaAudit: Sendable {
    private struct Loan {
        let agreement: String
        let principal: Int64
        let isDisbursed: Bool
        let isDeclined: Bool
    }

    private struct Request {
        let loan: String
        let lender: String
        let amount: Int64
        let isRefused: Bool
        let isGivenBack: Bool
    }

    private let day: QuotaDay
    private let loans: [String: Loan]
    private let requests: [String: Request]
    private let shares: [(loan: String, lender: String, amount: Int64)]
    private let kept: [[String]]

    /// Reads the store.
    init(_ day: QuotaDay) async throws {
        func rows(_ sql: String) async throws -> [[String]] {
            try await day.installation.rows(sql)
        }
        self.day = day
        loans = Dictionary(
            uniqueKeysWithValues: try await rows(
                "SELECT loan, agreement, principal, state FROM loan"
            ).map { row in
                (
                    row[0],
                    Loan(
                        agreement: row[1], principal: Int64(row[2]) ?? 0,
                        isDisbursed: row[3] == "6", isDeclined: row[3] == "7")
                )
            })
        requests = Dictionary(
            uniqueKeysWithValues: try await rows(
                "SELECT request_key, loan, lender, amount, state FROM funding_request"
            ).map { row in
                (
                    row[0],
                    Request(
                        loan: row[1], lender: row[2], amount: Int64(row[3]) ?? 0,
                        isRefused: row[4] == "7", isGivenBack: ["7", "9"].contains(row[4]))
                )
            })
        shares = try await rows("SELECT loan, lender, amount FROM funding_share")
            .map { ($0[0], $0[1], Int64($0[2]) ?? 0) }
        kept = try await rows("SELECT agreement, party, span, used FROM limit_use")
    }
}

extension QuotaAudit {
    /// Limits of which more is taken than there is.
    var overdrawn: [String] {
        day.quotas.compactMap { quota in
            let live = live(quota)
            return live > quota.minorUnits ? "\(quota): \(live) are taken" : nil
        }
    }

    /// Limits whose use is kept as another figure, or with room left for what was turned away.
    var misjudged: [String] {
        day.quotas.flatMap { quota in
            let used = kept.filter { $0.prefix(3) == [quota.agreement, quota.party, "0"] }
                .compactMap { Int64($0[3]) }
            let (live, largest) = (live(quota), day.loans.map { $0.share(of: quota) }.max() ?? 0)
            return [
                used == [live] ? nil : "\(quota): \(used) are kept, \(live) are taken",
                everTaken(quota) > quota.minorUnits - largest
                    ? nil : "\(quota): \(everTaken(quota)) leave more than \(largest)",
            ].compactMap(\.self)
        }
    }

    /// Shares that count: of loans that were not declined, neither refused nor given back.
    private func live(_ quota: Quota) -> Int64 {
        if quota.party == "platform" {
            return shares.filter { share in
                share.lender == quota.party && counts(loan: share.loan, for: quota)
                    && loans[share.loan]?.isDeclined == false
            }.reduce(0) { $0 + $1.amount }
        }
        return requests.values.filter {
            $0.lender == quota.party && counts(loan: $0.loan, for: quota) && !$0.isGivenBack
        }.reduce(0) { $0 + $1.amount }
    }

    /// Shares that were taken when the loans came in, or from lenders who refused them, whatever
    /// became of them.
    private func everTaken(_ quota: Quota) -> Int64 {
        let over =
            quota.party == "platform"
            ? requests.values.filter { $0.isRefused && counts(loan: $0.loan, for: quota) } : []
        return day.loans.filter { loans[$0.id] != nil }.reduce(0) { $0 + $1.share(of: quota) }
            + over.reduce(0) { $0 + $1.amount }
    }

    private func counts(loan: String, for quota: Quota) -> Bool {
        quota.agreement.isEmpty || loans[loan]?.agreement == quota.agreement
    }

    /// Loans that are neither booked nor left out, or both, or came to no end.
    func lost() throws -> [String] {
        let rejected = try day.rejected()
        let known = loans.keys + rejected
        var found = known.count == Set(known).count ? [] : ["a loan is booked and left out"]
        if Set(known) != Set(day.loans.map(\.id)) {
            found.append("\(day.loans.count) loans came, of \(Set(known).count) is known")
        }
        return found
            + loans.filter { !$0.value.isDisbursed && !$0.value.isDeclined }
            .map { "\($0.key) came to no end" }
    }

    /// Shares that are not once in their bank's book, and payouts not once in the clearing's.
    func doubled() async throws -> [String] {
        var found: [String] = []
        for bank in day.installation.banks {
            let book = Dictionary(grouping: try await bank.book().requests, by: \.key)
            let ours = requests.filter { $0.value.lender == bank.name }
            found += Set(book.keys).symmetricDifference(ours.keys).map { "\(bank.name): \($0)" }
            for (key, request) in ours where !isOnce(request, in: book[key] ?? []) {
                found.append("\(bank.name): \(key) is \(book[key] ?? [])")
            }
        }
        let paid = Dictionary(
            grouping: (try await day.installation.clearing.book().payouts ?? [])
                .filter { $0.state == "paid" }, by: \.loan)
        let disbursed = loans.filter(\.value.isDisbursed)
        found += Set(paid.keys).symmetricDifference(disbursed.keys).map { "payout of \($0)" }
        return found
            + disbursed.filter { loan, terms in
                paid[loan]?.map { minorUnits($0.amount) } != [terms.principal]
            }.map { "payout of \($0.key)" }
    }

    private func isOnce(_ request: Request, in book: [BankBook.Request]) -> Bool {
        guard book.count == 1, let entry = book.first else { return false }
        return entry.executions == (request.isRefused ? 0 : 1)
            && minorUnits(entry.amount ?? "") == request.amount
    }

    private func minorUnits(_ text: String) -> Int64 {
        (try? AmountText.parse(text, decimals: 2)) ?? -1
    }
}
