import LendingRules
import Monetary

/// One file of `parties/` as far as it could be read.
struct PartyDraft {
    enum Kind: String, CaseIterable {
        case platform, bank, clearing, guarantor, spv

        /// Whether shares of loans may be its.
        var lends: Bool { self == .platform || self == .bank }
    }

    let name: Located<String>?
    let kind: Located<Kind>?
    let settings: PartySettings?
    /// Over all agreements of the party.
    let limits: [LimitDraft]
    let assetClasses: AssetClassDraft

    /// Reads amounts with the decimals of the platform's currency.
    init(_ section: Section, decimals: Int) {
        name = section.value("party", .identifier)
        let title = section.value("name", .title)
        kind = section.value("kind", .choice("kind of party"))
        section.forbidSecrets()
        let role = PartyDraft.role(kind?.value, section, decimals: decimals)
        let limits =
            kind?.value.lends == false
            ? [] : PartyDraft.limits(of: name, section, decimals: decimals)
        self.limits = limits
        let assetClasses = kind?.value.lends == false ? .none : AssetClassDraft(section)
        self.assetClasses = assetClasses
        let facts = PartyFactsDraft(kind?.value, section, decimals: decimals)
        section.finish()
        guard let name, let title, kind != nil else {
            settings = nil
            return
        }
        let known = facts.facts(PartyID(name.value))
        settings = role.map {
            PartySettings(
                id: PartyID(name.value), name: title.value, role: $0,
                limits: limits.flatMap { $0.limits(figures: known.figures) }, facts: known,
                assetClasses: assetClasses.versions)
        }
    }

    private static func limits(
        of party: Located<String>?, _ section: Section, decimals: Int
    ) -> [LimitDraft] {
        section.sections("limits", isRequired: false)
            .compactMap { LimitDraft(of: party, $0, decimals: decimals) }
    }

    /// Keys of an unknown kind are checked as a bank's: most parties are one.
    private static func role(_ kind: Kind?, _ section: Section, decimals: Int)
        -> PartySettings.Role?
    {
        switch kind {
        case .platform: .platform
        case .guarantor: .guarantor
        case .spv: .spv
        case .clearing: ClearingSettings(section, decimals: decimals).map { .clearing($0) }
        case .bank, nil: BankSettings(section, decimals: decimals).map { .bank($0) }
        }
    }
}

extension ClearingSettings {
    fileprivate init?(_ section: Section, decimals: Int) {
        let endpoint = section.value("endpoint", .endpoint)
        let signing = section.section("signing").flatMap { SigningSettings($0) }
        let timeouts = section.sectionOrEmpty("timeouts").flatMap { TimeoutSettings($0) }
        let line = section.line(to: endpoint)
        let account = section.value("account", .identifier)
        let start = section.optional("from", .date)
        let fee = section.sectionOrEmpty("fee")
        let fixed = fee?.value(
            "fixed", .amount(decimals: decimals, isZeroAllowed: true), default: "0")
        let rate = fee?.optional("rate", .share)
        fee?.finish()
        let transit = section.value("transitDays", .whole(0...10, "days"), default: "1")
        let late = section.value("lateDays", .whole(1...30, "days"), default: "3")
        let deadline = section.value("filesDeadlineDays", .whole(0...30, "days"), default: "1")
        let payouts = section.sectionOrEmpty("payouts").flatMap { PayoutSettings($0) }
        guard let endpoint, let signing, let timeouts, let line, let account, let fixed,
            let transit,
            let late, let deadline, let payouts
        else { return nil }
        self.init(
            endpoint: endpoint.value, signing: signing, timeouts: timeouts, line: line,
            account: PartyID(account.value), from: start?.value, feeFixed: fixed.value,
            feeRate: rate?.value,
            transitDays: transit.value, lateDays: late.value, filesDeadlineDays: deadline.value,
            payouts: payouts)
    }
}

extension PayoutSettings {
    fileprivate init?(_ section: Section) {
        let tries = section.value("tries", .whole(1...30, "tries"), default: "3")
        let settle = section.value("settleSeconds", .whole(0...86_400, "seconds"), default: "60")
        let askLimit = section.value("askLimit", .whole(1...100, "questions"), default: "3")
        section.finish()
        guard let tries, let settle, let askLimit else { return nil }
        self.init(
            tries: tries.value, settleSeconds: settle.value, askLimit: askLimit.value)
    }
}

extension BankSettings {
    fileprivate init?(_ section: Section, decimals: Int) {
        let endpoint = section.value("endpoint", .endpoint)
        let signing = section.section("signing").flatMap { SigningSettings($0) }
        let timeouts = section.sectionOrEmpty("timeouts").flatMap { TimeoutSettings($0) }
        let line = section.line(to: endpoint)
        let inFlight = section.value("inFlight", .whole(1...4_096, "requests"), default: "64")
        let batch = section.value("batch", .whole(1...1_000, "requests"), default: "1")
        let settle = section.value("settleSeconds", .whole(0...86_400, "seconds"), default: "60")
        let computation = section.value(
            "computation", Rule<LenderComputation.Name>.choice("way of computing"))
        let tolerance = section.value(
            "toleranceMinorUnits", .whole(0...1_000, "minor units"), default: "1")
        let deadline = section.value("filesDeadlineDays", .whole(0...30, "days"), default: "1")
        let askLimit = section.value("askLimit", .whole(1...100, "questions"), default: "3")
        let inDoubt = section.valueOrNone("inDoubtDays", .whole(1...365, "days"))
        let window = section.valueOrNone("keyWindowDays", .whole(1...3_650, "days"))
        section.check(inDoubt, within: window)
        let settlement = section.sectionOrEmpty("settlement").flatMap {
            SettlementRules($0, decimals: decimals)
        }
        let disputes = section.sectionOrEmpty("breaks").flatMap { DisputeSettings($0) }
        guard let endpoint, let signing, let timeouts, let line, let inFlight, let batch,
            let settle,
            let computation,
            let tolerance, let deadline, let askLimit, let settlement, let disputes
        else { return nil }
        self.init(
            endpoint: endpoint.value, signing: signing, timeouts: timeouts, line: line,
            inFlight: inFlight.value, batch: batch.value, settleSeconds: settle.value,
            computation: computation.value,
            toleranceMinorUnits: Int64(tolerance.value), filesDeadlineDays: deadline.value,
            askLimit: askLimit.value,
            deadlines: RequestDeadlines(
                inDoubtDays: inDoubt?.value, keyWindowDays: window?.value),
            settlement: settlement, disputes: disputes)
    }
}

extension Section {
    /// How the line to an address is built; a part that is of no use there is reported.
    fileprivate func line(to endpoint: Located<String>?) -> LineSettings? {
        let isPlain = endpoint?.value.hasPrefix("http://") ?? false
        return sectionOrEmpty("line").flatMap { LineSettings($0, isPlain: isPlain) }
    }

    /// What is given up is reversed, which proves something only while the bank keeps the key.
    fileprivate func check(_ inDoubt: Located<Int>?, within window: Located<Int>?) {
        guard let inDoubt, let window, inDoubt.value > window.value else { return }
        findings.report(
            .contradiction, "a request is given up after \(inDoubt.value) days",
            key: inDoubt.key, at: inDoubt.place,
            allowed: "its bank keeps its key for \(window.value) (keyWindowDays), and what it no "
                + "longer knows it cannot reverse; give it up by then")
    }
}

extension TimeoutSettings {
    fileprivate init?(_ section: Section) {
        let connect = section.value(
            "connectMilliseconds", .whole(1...60_000, "milliseconds"), default: "2000")
        let firstByte = section.valueOrNone(
            "firstByteMilliseconds", .whole(1...600_000, "milliseconds"))
        let total = section.value(
            "totalMilliseconds", .whole(1...600_000, "milliseconds"), default: "10000")
        section.finish()
        guard let connect, let total else { return nil }
        if total.value < connect.value {
            section.findings.report(
                .contradiction, "the whole call has less time than its connecting",
                key: total.key, at: total.place,
                allowed: "it needs at least the \(connect.value) of connectMilliseconds")
        }
        self.init(
            connectMilliseconds: connect.value, firstByteMilliseconds: firstByte?.value,
            totalMilliseconds: total.value)
    }
}
