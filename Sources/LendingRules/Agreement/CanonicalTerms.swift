import BusinessCalendar
import Monetary

/// Canonical terms taken apart: one `key value…` a line, keys may repeat.
struct CanonicalTerms {
    private var values: [String: [[String]]] = [:]

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
                .map(String.init)
            values[words[0], default: []].append(Array(words.dropFirst()))
        }
    }

    func lines(_ key: String) -> [[String]] { values[key] ?? [] }

    func words(_ key: String, count: Int) -> [String]? {
        guard let line = values[key]?.first, values[key]?.count == 1, line.count == count else {
            return nil
        }
        return line
    }

    func word(_ key: String) -> String? { words(key, count: 1)?[0] }
}

extension Agreement {
    /// The agreement of a canonical text, or nil when it is not one.
    package init?(canonicalTerms text: String) {
        let terms = CanonicalTerms(text)
        guard let name = terms.word("agreement"),
            let effectiveFrom = terms.word("effective-from").flatMap({ BusinessDate($0) }),
            let currency = terms.word("currency").flatMap({ Currency(code: $0) }),
            let platform = terms.word("platform"),
            let refusal = terms.word("on-refusal").flatMap(RefusalRule.init(rawValue:)),
            let backdateDays = terms.word("backdate-days").flatMap({ Int($0) }),
            let coolingOffDays = terms.word("cooling-off-days").flatMap({ Int($0) }),
            let settlement = terms.words("settlement", count: 2), let lag = Int(settlement[0]),
            let disbursement = DisbursementWay(terms.lines("disbursement")),
            let fundingMode = FundingMode(terms.lines("funding-mode"))
        else { return nil }
        let lenders = terms.lines("lender").compactMap(LenderShare.init(words:))
        let fees = terms.lines("service-fee").compactMap(ServiceFee.init(words:))
        guard lenders.count == terms.lines("lender").count,
            fees.count == terms.lines("service-fee").count
        else { return nil }
        self.init(
            name: name, effectiveFrom: effectiveFrom, currency: currency,
            products: terms.lines("products").first ?? [], lenders: lenders,
            platform: PartyID(platform), serviceFees: fees, onRefusal: refusal,
            backdateDays: backdateDays, coolingOffDays: coolingOffDays,
            settlement: SettlementTerms(lagDays: lag, calendar: settlement[1]),
            disbursement: disbursement,
            fallback: (terms.lines("fallback").first ?? []).map { PartyID($0) },
            acceptsParts: terms.word("partial-acceptance") == "true", fundingMode: fundingMode)
    }
}

extension DisbursementWay {
    /// The way of the lines that name one; none is the usual way.
    fileprivate init?(_ lines: [[String]]) {
        guard let words = lines.first else {
            self = .reimburse
            return
        }
        guard lines.count == 1, let name = words.first.flatMap(Name.init(rawValue:)),
            words.count <= 2
        else { return nil }
        self.init(name, payer: words.count == 2 ? PartyID(words[1]) : nil)
    }
}

extension FundingMode {
    /// The mode of the lines that name one; none is the usual one.
    fileprivate init?(_ lines: [[String]]) {
        guard let words = lines.first else {
            self = .beforePayout
            return
        }
        guard lines.count == 1, words.count == 2, let name = Name(rawValue: words[0]),
            let days = Int(words[1])
        else { return nil }
        self.init(name, transferDays: days)
    }
}

extension LenderShare {
    fileprivate init?(words: [String]) {
        guard words.count == 2, let share = try? Share(words[1]) else { return nil }
        self.init(party: PartyID(words[0]), share: share)
    }
}

extension ServiceFee {
    fileprivate init?(words: [String]) {
        guard words.count == 3, let rate = try? Share(words[2]) else { return nil }
        self.init(payer: PartyID(words[0]), payee: PartyID(words[1]), rate: rate)
    }
}

extension Product {
    /// The product of a canonical text, or nil when it is not one.
    package init?(canonicalTerms text: String) {
        let terms = CanonicalTerms(text)
        func numbers(_ key: String) -> [Int64]? {
            terms.words(key, count: 2).map { $0.compactMap { Int64($0) } }.flatMap {
                $0.count == 2 ? $0 : nil
            }
        }
        guard let name = terms.word("product"),
            let method = terms.word("method").flatMap(ScheduleMethod.init(rawValue:)),
            let dayCount = terms.word("day-count").flatMap(DayCount.init(rawValue:)),
            let rounding = terms.word("rounding").flatMap(Rounding.init(rawValue:)),
            let instalmentRounding = terms.word("instalment-rounding")
                .flatMap(Rounding.init(rawValue:)),
            let penalty = numbers("penalty"),
            let materiality = terms.word("materiality").flatMap({ Int64($0) }),
            let principal = numbers("principal"), principal[0] <= principal[1],
            let instalments = numbers("instalments"), instalments[0] <= instalments[1]
        else { return nil }
        self.init(
            name: name, method: method, dayCount: dayCount, rounding: rounding,
            instalmentRounding: instalmentRounding,
            penalty: PenaltyTerms(
                multipleThousandths: penalty[0], graceDays: Int(penalty[1])),
            materiality: materiality, principal: principal[0]...principal[1],
            instalments: Int(instalments[0])...Int(instalments[1]))
    }
}
