import BusinessCalendar
import Monetary
import Reconciling

/// What a statement books beyond what was booked of it: the target less what is there.
enum CashDifference {
    /// In order of remittance and currency; nothing for what is unchanged.
    ///
    /// - Throws: ``AmountError/overflow``.
    static func postings(_ target: [CashPosting], less before: [BookedCash])
        throws(AmountError) -> [CashPosting]
    {
        var sums: [Name: CashPosting] = [:]
        for posting in target { sums[Name(posting)] = posting }
        for booked in before {
            let name = Name(booked.posting)
            let sum = sums[name] ?? booked.posting.with(amount: 0, fee: 0)
            sums[name] = sum.with(
                amount: try sum.amount.minus(booked.posting.amount),
                fee: try sum.fee.minus(booked.posting.fee))
        }
        return sums.filter { $0.value.amount != 0 || $0.value.fee != 0 }
            .sorted { $0.key < $1.key }.map(\.value)
    }

    private struct Name: Hashable, Comparable {
        let remittance: String
        let currency: Currency

        init(_ posting: CashPosting) {
            remittance = posting.remittance
            currency = posting.currency
        }

        static func < (left: Name, right: Name) -> Bool {
            (left.remittance, left.currency) < (right.remittance, right.currency)
        }
    }
}

extension CashPosting {
    fileprivate func with(amount: Int64, fee: Int64) -> CashPosting {
        CashPosting(
            kind: kind, statement: statement, remittance: remittance, currency: currency,
            amount: amount, fee: fee)
    }
}
