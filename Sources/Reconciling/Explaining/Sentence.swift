import BusinessCalendar
import Monetary

/// Says a break and its cause in one line of English, amounts with their currency's decimals.
struct Sentence {
    private let found: Break
    private let layout: FileLayout
    private let partner: String
    private let loan: String?

    init(_ found: Break, layout: FileLayout, partner: String, loan: String?) {
        self.found = found
        self.layout = layout
        self.partner = partner
        self.loan = loan
    }

    /// Worked: `repayments P, ours-only: ours principal 10.00 USD on 2026-02-28, theirs none; first
    /// at principal: ours 10.00, theirs none, difference 10.00; likely cause: …`
    func text(for verdict: Explainer.Verdict) -> String {
        var parts = [subject]
        if let first = found.firstDivergence { parts.append("first at " + divergence(first)) }
        if let number = found.theirs?.record.readBy, !number.isEmpty {
            parts.append("\(partner) names the loan by its own number \(number)")
        }
        let named = verdict.detail ?? verdict.related.map(\.text).joined(separator: ", ")
        parts.append("likely cause: " + cause(verdict.cause, named))
        return parts.joined(separator: "; ")
    }

    /// The break's name and both records, as far as it has any.
    private var subject: String {
        let name = "\(layout.name) \(found.key.joined(separator: "/")), \(found.kind.rawValue)"
        return switch found.kind {
        case .missingFile: "\(found.key.joined(separator: "/")), \(found.kind.rawValue)"
        case .controlTotal, .balanceChain, .groupSum: name
        default: name + ": ours \(describe(found.ours)), theirs \(describe(found.theirs))"
        }
    }

    private func describe(_ line: Line?) -> String {
        guard let record = line?.record else { return "none" }
        if layout.amountColumns.isEmpty {
            return zip(layout.fieldColumns, record.fields).map { "\($0) \($1)" }
                .joined(separator: ", ")
        }
        let amounts = zip(layout.amountColumns, record.amounts).filter { $0.1 != 0 }.map {
            "\($0.0.name) \(Money(minorUnits: $0.1, currency: record.currency).text)"
        }
        let money = amounts.isEmpty ? "nothing" : amounts.joined(separator: " + ")
        let date = record.valueDate.map { " on \($0)" } ?? ""
        return "\(money) \(record.currency.code)\(date)"
    }

    private func divergence(_ difference: Difference) -> String {
        switch difference.values {
        case .amount(let ours, let theirs, let minorUnits):
            "\(sides(difference.column, amount(ours), amount(theirs))), difference "
                + amount(minorUnits)
        case .count(let ours, let theirs):
            sides(difference.column, ours.map(String.init), theirs.map(String.init))
        case .date(let ours, let theirs):
            sides(difference.column, ours?.description, theirs?.description)
        case .text(let ours, let theirs):
            sides(difference.column, ours, theirs)
        case .currency(let ours, let theirs):
            sides(difference.column, ours.code, theirs.code)
        }
    }

    private func sides(_ column: String, _ ours: String?, _ theirs: String?) -> String {
        let names = sideNames
        return "\(column): \(names.0) \(ours ?? "none"), \(names.1) \(theirs ?? "none")"
    }

    /// What is held against what.
    private var sideNames: (String, String) {
        switch found.kind {
        case .controlTotal: ("file", "manifest")
        case .balanceChain: ("earlier balance and lines", "closing balance")
        case .groupSum: ("its line", "the parts")
        default: ("ours", "theirs")
        }
    }

    private func amount(_ minorUnits: Int64) -> String {
        AmountText.format(minorUnits, decimals: found.currency?.exponent ?? 0)
    }

    private func amount(_ minorUnits: Int64?) -> String? { minorUnits.map(amount) }
}

extension Sentence {
    /// What the cause means here, with the partner's, the loan's and other breaks' names.
    private func cause(_ cause: Cause, _ named: String) -> String {
        let who = found.kind == .duplicateOurs ? "us" : partner
        let balance = "balance of \(loan ?? "the loan")"
        return switch cause {
        case .leftOutOfFile: "\(partner) has it and left it out of the file"
        case .notBookedByPartner: "not booked by \(partner), its \(balance) lacks it"
        case .notBookedByUs: "booked by \(partner) and not by us"
        case .strayLine: "in \(partner)'s file alone, nothing of ours moved"
        case .writtenTwice: "written twice by \(who), booked once"
        case .bookedTwice: "booked twice by \(who), the \(balance) differs by it"
        case .afterCutOff: "dated after \(partner)'s cut-off"
        case .withinWindow: "dated by \(partner) within the days agreed"
        case .expectedLater: "not booked by \(partner) yet, it may come within the days agreed"
        case .arrivedLate: "the line of another date arrived, it closes \(named)"
        case .misprinted: "misprinted in the file, booked right: the \(balance) agrees"
        case .bookedDifferently: "\(partner) booked this amount, its \(balance) is off by it"
        case .allocatedDifferently: "\(partner) allocated the same total to other columns"
        case .feeComputedDifferently: "only the service fee differs, computed or printed otherwise"
        case .partnerRounding: "\(partner) rounds in its own way"
        case .misprintedBalance: "misprinted balance, every line of \(loan ?? "the loan") agrees"
        case .followsFrom: "follows from \(named)"
        case .otherBucket: "the same amount stands in another bucket at \(partner)"
        case .ownLadder: "\(partner) classifies by a ladder of its own"
        case .otherCurrency: "booked or printed in another currency"
        case .otherThanAgreed: "other than the request on which \(partner) agreed"
        case .interestMethod: "\(partner) computes interest by a method of its own"
        case .otherInstalment: "\(partner) laid the payment on other instalments"
        case .misprintedDetail: "misprinted, what it is a detail of agrees"
        case .brokenChain:
            "\(partner)'s balance does not follow from its own earlier one and its own lines"
        case .brokenGroup: "the parts in \(partner)'s file do not add up to its own line"
        case .fileNotAsSent: "the file is not the one \(partner)'s manifest describes"
        case .notSent: "\(partner) has not sent the file"
        case .refusedFile: "what \(partner) sent could not be used: \(named)"
        // Cash and funding say these in their own words.
        case .reversalRefused, .inTransit, .missingAtChannel, .feeDiffers, .notOnStatement,
            .unknownReceipt,
            .transferDiffers, .payoutReturned, .paidInPart, .sentBack, .notInstructed, .changedLine:
            cause.rule
        case .unknown: "unknown, nothing in the day's files explains it"
        }
    }
}
