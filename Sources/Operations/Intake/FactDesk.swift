import BusinessCalendar
import LendingRules
import Monetary

/// A record of a facts file that is sound by itself, before it is held against its loan.
struct FactDraft {
    let loan: LoanID
    var fact: LoanFact
    let contentHash: String
    /// To place what is wrong with it.
    var reader: RecordReader
}

/// Reads records of a facts file one by one, collecting every fault of their form on the way.
struct FactDesk {
    let subjects: [LoanID: FactSubject]
    private let known: [String: String]
    private let platform: PartyID
    /// Everybody who may have claims.
    let parties: [PartyID]
    private let date: BusinessDate
    private let cutOff: CutOff
    private let surroundings: Surroundings
    private(set) var drafts: [FactDraft] = []
    /// Takes what is about lines of credit.
    var lines: LineDesk
    private(set) var faults: [ImportFault] = []
    private(set) var alreadyThere = 0
    private var rows: [String: Int] = [:]

    init(
        subjects: [LoanID: FactSubject], lines: LineDesk, known: [String: String],
        catalogue: Catalogue, date: BusinessDate, cutOff: CutOff, surroundings: Surroundings
    ) {
        self.lines = lines
        self.subjects = subjects
        self.known = known
        platform = catalogue.platform
        parties =
            [catalogue.platform] + catalogue.partners.map(\.party) + catalogue.guarantors
        self.date = date
        self.cutOff = cutOff
        self.surroundings = surroundings
    }

    mutating func take(_ record: RecordReader) {
        var reader = record
        if isNew(&reader) {
            if lines.isAbout(reader) {
                lines.take(&reader, contentHash(reader))
            } else if let draft = read(&reader) {
                drafts.append(draft)
            }
        }
        faults += reader.faults
    }

    /// What is recorded with the same content is not looked at again: today's position and dates
    /// are not those under which it was judged.
    private mutating func isNew(_ reader: inout RecordReader) -> Bool {
        guard let id = reader.identifier("id") else { return false }
        if let earlier = rows[id] {
            reader.fault("INTAKE-009", "id", "fact \(id) stands twice, first on line \(earlier)")
            return false
        }
        rows[id] = reader.row.line
        guard let hash = known[id] else { return true }
        if hash == contentHash(reader) {
            alreadyThere += 1
        } else {
            reader.fault("INTAKE-010", "id", "fact \(id) is recorded already with other content")
        }
        return false
    }

    private func read(_ reader: inout RecordReader) -> FactDraft? {
        let form = FactForm.named(in: &reader)
        let subject = subject(&reader)
        let at = reader.instant("at")
        let valueDate = valueDate(&reader, subject)
        if let at, cutOff.businessDate(of: at) > date {
            reader.fault(
                "FACT-006", "at",
                "\(reader.text("at")) belongs to \(cutOff.businessDate(of: at)), after the open "
                    + "business date \(date)")
        }
        guard let form, let subject, let at, let valueDate, reader.faults.isEmpty,
            let kind = kind(form, subject, &reader), reader.faults.isEmpty
        else { return nil }
        return FactDraft(
            loan: subject.record.loan,
            fact: LoanFact(
                id: reader.text("id"), kind: kind, valueDate: valueDate, bookingDate: date,
                instant: at),
            contentHash: contentHash(reader), reader: reader)
    }

    private func subject(_ reader: inout RecordReader) -> FactSubject? {
        let id = reader.text("loan")
        guard let subject = subjects[LoanID(id)] else {
            reader.fault("INTAKE-016", "loan", "loan '\(id.prefix(70))' is not booked")
            return nil
        }
        if subject.dossier != nil { return subject }
        reader.fault(
            "INTAKE-017", "loan", "loan \(id) is not disbursed, it is \(subject.state.rawValue)")
        return nil
    }

    /// Never before the disbursement; in the future only what a close is to decide.
    private func valueDate(_ reader: inout RecordReader, _ subject: FactSubject?)
        -> BusinessDate?
    {
        let text = reader.text("valueDate")
        guard let claimed = BusinessDate(text) else {
            reader.fault(
                "INTAKE-008", "valueDate",
                "valueDate '\(text.prefix(40))' is no date such as "
                    + "2026-01-31")
            return nil
        }
        if let from = subject?.dossier?.disbursedOn, claimed < from {
            reader.fault(
                "INTAKE-018", "valueDate",
                "value date \(claimed) is before the disbursement on \(from)")
        } else if claimed > date, !FactForm.ofCloses.contains(reader.text("kind")) {
            reader.fault(
                "INTAKE-018", "valueDate",
                "value date \(claimed) is after the open business date \(date)")
        }
        return claimed
    }

    /// The content without the order of its fields, so that a rewritten record is the same one.
    private func contentHash(_ reader: RecordReader) -> String {
        surroundings.fingerprint(
            reader.present.sorted().map { "\($0)=\(reader.text($0))\n" }.joined())
    }
}

// MARK: - Kinds

extension FactDesk {
    private func kind(_ form: FactForm, _ subject: FactSubject, _ reader: inout RecordReader)
        -> LoanFact.Kind?
    {
        switch form.kind {
        case "reversal", "chargeback": return reversal(&reader)
        case "rate-change": return reader.rate("annualRatePercent").map { .rateChange($0) }
        case "due-date-change":
            return reader.date("nextDueOn").map { .dueDateChange(next: $0) }
        case "extension": return reader.count("instalments").map { .extended(by: $0) }
        case "restructure": return plan(&reader).map { .restructured($0) }
        case "ratio-change": return ratioChange(form, subject, &reader).map { .ratioChange($0) }
        case "compensation": return .instructed(.layer(reader.text("layer")))
        case "buy-back": return order(.buyBack, subject, &reader)
        case "transfer":
            let isSale = form.choice?.field == "reason" && reader.text("reason") == "sale"
            return order(isSale ? .sale : .substitution, subject, &reader)
        case "decision-correction": return correction(form, subject, &reader)
        case "refund": return amount("amount", subject, &reader).map { .refund(amount: $0) }
        case "recovery": return amount("amount", subject, &reader).map { .recovery(amount: $0) }
        case "collection-cost":
            return amount("amount", subject, &reader).map { .collectionCost(amount: $0) }
        case "waiver":
            let amounts = amounts(form, subject, &reader)
            return .waiver(amounts, borneBy: bearer(subject, &reader))
        case "charge-off":
            let isFull = form.choice?.values == ["full"]
            return .chargeOff(
                isFull ? .everything : amounts(form, subject, &reader), isFull: isFull)
        case "cancelled": return charge(subject, &reader).map { .cancelled($0) }
        case "payout-failed": return .payoutFailed
        default: return .payoutReturned
        }
    }

    private func reversal(_ reader: inout RecordReader) -> LoanFact.Kind? {
        let payment = reader.text("reverses")
        guard let whole = PartName.whole(of: payment) else { return .reversal(of: payment) }
        reader.fault(
            "INTAKE-019", "reverses",
            "payment '\(payment.prefix(70))' is a part of \(whole.prefix(64)), which is reversed "
                + "as a whole on its line")
        return nil
    }

    private func amount(
        _ column: String, _ subject: FactSubject, _ reader: inout RecordReader,
        isSigned: Bool = false
    ) -> Int64? {
        let currency = reader.currency("currency")
        if let currency, currency != subject.record.currency {
            reader.fault(
                "INTAKE-003", "currency",
                "currency \(currency) is not the loan's \(subject.record.currency)")
            return nil
        }
        return reader.amount(column, currency, isSigned: isSigned)
    }

    /// Each component that the record names.
    func amounts(
        _ form: FactForm, _ subject: FactSubject, _ reader: inout RecordReader,
        isSigned: Bool = false
    ) -> ClaimAmounts {
        let present = reader.present
        var amounts = ClaimAmounts()
        for name in form.anyOf where present.contains(name) && reader.faults.isEmpty {
            let amount = amount(name, subject, &reader, isSigned: isSigned) ?? 0
            switch name {
            case "principal": amounts.principal = amount
            case "interest": amounts.interest = amount
            case "fee": amounts.fee = amount
            default: amounts.penalty = amount
            }
        }
        return amounts
    }

    /// Nil for `shares`: each holder bears its own.
    private func bearer(_ subject: FactSubject, _ reader: inout RecordReader) -> PartyID? {
        let text = reader.text("borneBy")
        if text == "shares" { return nil }
        let lenders = subject.dossier?.plan.shares.map(\.party) ?? []
        let parties = lenders.contains(platform) ? lenders : [platform] + lenders
        if let party = parties.first(where: { $0.name == text }) { return party }
        reader.fault(
            "FACT-004", "borneBy",
            "borneBy '\(text.prefix(40))' is none of shares, "
                + parties.map(\.name).joined(separator: ", "))
        return nil
    }

    private func charge(_ subject: FactSubject, _ reader: inout RecordReader)
        -> CancellationCharge?
    {
        switch reader.text("charge") {
        case "none": return CancellationCharge.none
        case "interest": return .interest
        default: return amount("fee", subject, &reader).map { .fee($0) }
        }
    }

    private func plan(_ reader: inout RecordReader) -> Restructure? {
        let present = reader.present
        let count = reader.count("instalments")
        let rate = present.contains("annualRatePercent") ? reader.rate("annualRatePercent") : nil
        let firstDueOn = present.contains("firstDueOn") ? reader.date("firstDueOn") : nil
        guard let count, reader.faults.isEmpty else { return nil }
        return Restructure(
            instalments: count, rate: rate, firstDueOn: firstDueOn,
            capitalises: reader.text("capitalise") == "yes")
    }
}
