// The keys of a scenario file. Mocks/README.md explains each of them.
import Yams

extension Scenario {
    private static let keys = [
        "party", "currency", "startDate", "lenderComputation", "ownSchedule", "serviceFeePercent",
        "smallShareFees", "penalty", "earlyRepayments", "allocation", "roundingTolerance",
        "filesReadyAfterDays", "fullFiles", "assetClasses",
        "settleSeconds",
        "keyWindowDays",
        "answerDelayMilliseconds", "signing", "pending", "refuse", "faults",
        "calendar", "callbacks", "clockSkewSeconds", "tls", "deduplicates",
    ]

    /// Reads a scenario; throws all of its faults at once, `file` names it in messages.
    package init(yaml: String, file: String) throws(ScenarioFaults) {
        let node = try Scenario.compose(yaml, file: file)
        let faults = FaultCollector(file: file)
        let root = Section(node, path: "", allowed: Scenario.keys, faults)
        let rules = Scenario.rules(root)
        let secretNames = KeyNames(root)
        startDate =
            root.value("startDate", "a date", default: Day("2026-01-01"), Day.init)
            ?? Day(number: 0)
        filesReadyAfterDays = root.whole("filesReadyAfterDays", default: 0, in: 0...30) ?? 0
        settleSeconds = root.whole("settleSeconds", default: 60, in: 0...86_400) ?? 60
        keyWindowDays =
            root.has("keyWindowDays")
            ? root.whole("keyWindowDays", default: nil, in: 1...3_650) : nil
        answerDelayMilliseconds =
            root.whole("answerDelayMilliseconds", default: 0, in: 0...600_000) ?? 0
        let pendingKeys = root.section(
            "pending", allowed: ["probability", "queries", "afterMilliseconds"])
        pending = pendingKeys.probability("probability", default: .never)
        pendingQueries = pendingKeys.whole("queries", default: 1, in: 0...1_000) ?? 1
        pendingAfterMilliseconds =
            pendingKeys.has("afterMilliseconds")
            ? pendingKeys.whole("afterMilliseconds", default: nil, in: 0...600_000) : nil
        calendar = BankCalendar(root)
        callbacks = CallbackRules(root)
        deduplicates = root.flag("deduplicates", default: true)
        clockSkewSeconds = root.clockSkew
        tls = TLSRules(root)
        refuse = Scenario.refusals(root, rules?.currency)
        self.faults = FaultSet(
            root.section("faults", allowed: FaultSet.keys))
        try faults.throwIfAny()
        guard let rules else { throw ScenarioFaults(messages: ["\(file):1:1: no rules"]) }
        self.rules = rules
        self.secretNames = secretNames
    }

    static func compose(_ yaml: String, file: String) throws(ScenarioFaults) -> Node {
        do {
            guard let node = try Yams.compose(yaml: yaml) else {
                throw ScenarioFaults(messages: ["\(file):1:1: the file is empty"])
            }
            return node
        } catch let faults as ScenarioFaults {
            throw faults
        } catch let error as YamlError {
            throw ScenarioFaults(messages: [file + error.placed])
        } catch {
            throw ScenarioFaults(messages: ["\(file):1:1: \(error)"])
        }
    }

    private static func rules(_ root: Section) -> BankRules? {
        let party = root.value("party", "a name of a-z, 0-9 and -", default: nil) { name in
            name.utf8.allSatisfy { $0 == 45 || (48...57).contains($0) || (97...122).contains($0) }
                && !name.isEmpty ? name : nil
        }
        let currency = root.value("currency", "a known ISO 4217 code", default: nil) {
            Currency($0)
        }
        let computation: LenderComputation? = root.choice("lenderComputation", default: nil)
        let own = root.section(
            "ownSchedule", allowed: ["rounding", "instalmentRounding", "dayCount"])
        let ownRounding = OwnRounding(
            interest: own.optional("rounding", "a rounding", Rounding.init(rawValue:)),
            instalment: own.optional(
                "instalmentRounding", "a rounding", Rounding.init(rawValue:)),
            dayCount: own.optional(
                "dayCount", "a day count", LoanTerms.DayCount.init(rawValue:)))
        let conditions = conditions(root)
        guard let party, let currency, let computation, let conditions else { return nil }
        return BankRules(
            party: party, currency: currency, computation: computation, ownRounding: ownRounding,
            conditions: conditions,
            fullFiles: root.choice("fullFiles", default: .monthly) ?? .monthly,
            ladder: root.has("assetClasses") ? BankLadder(root) : nil)
    }

    private static func conditions(_ root: Section) -> Conditions? {
        let penalty = root.section(
            "penalty",
            allowed: ["multiple", "onInterest", "onInterestOf", "graceDays", "forgivesGrace"])
        let multiple = penalty.multiple("multiple", default: Exact("1.5"))
        let onInterest = penalty.multiple("onInterest", default: .zero)
        let grace = penalty.whole("graceDays", default: 0, in: 0...365)
        let tolerance = root.whole("roundingTolerance", default: 1, in: 0...100)
        let fee = root.percentage("serviceFeePercent", default: Exact("0"))
        let smallShareFees = root.list("smallShareFees", allowed: ["shareUpTo", "percent"])
            .compactMap { section -> SmallShareFee? in
                guard let share = section.percentage("shareUpTo", default: nil),
                    let percent = section.percentage("percent", default: nil)
                else { return nil }
                return SmallShareFee(shareUpTo: share, percent: percent)
            }
        guard let multiple, let onInterest, let grace, let tolerance, let fee else { return nil }
        var conditions = Conditions(
            penaltyMultiple: multiple, graceDays: grace, roundingTolerance: Int64(tolerance),
            serviceFeePercent: fee)
        conditions.smallShareFees = smallShareFees
        conditions.penaltyOnInterest = onInterest
        conditions.penaltyOnInterestOf = penalty.values("onInterestOf", "a method") {
            RepaymentMethod(rawValue: $0)
        }
        conditions.forgivesGrace = penalty.flag("forgivesGrace", default: false)
        conditions.earlyRepayments = root.earlyRepayments
        root.readAllocation(into: &conditions)
        return conditions
    }

    private static func refusals(_ root: Section, _ currency: Currency?) -> [RefusalRule] {
        let conditions = ["amountAbove", "instalmentsAbove", "rateAbove", "probability"]
        return root.list("refuse", allowed: conditions + ["reasonCode", "reason"]).map { rule in
            if !conditions.contains(where: rule.has) {
                rule.faults.report(rule.node, "a rule needs one of \(conditions)")
            }
            return RefusalRule(
                amountAbove: rule.optional("amountAbove", "an amount") {
                    currency?.minorUnits($0)
                },
                instalmentsAbove: rule.optional("instalmentsAbove", "a whole number") { Int($0) },
                rateAbove: rule.optional("rateAbove", "a rate in percent", Exact.init),
                probability: rule.optional("probability", "0…1", Probability.init),
                reasonCode: rule.value("reasonCode", "a code", default: nil) { $0 } ?? "",
                reason: rule.value("reason", "a sentence", default: nil) { $0 } ?? "")
        }
    }
}

extension LenderComputation: CaseIterable {
    package static let allCases: [LenderComputation] = [.scale, .perInstalment, .ownSchedule]
}

extension Section {
    func multiple(_ name: String, default fallback: Exact?) -> Exact? {
        value(name, "a decimal 0…100 with at most 3 decimals", default: fallback) { text in
            Exact(text).flatMap { $0.scale <= 1_000 && $0.units <= 100 * $0.scale ? $0 : nil }
        }
    }

    fileprivate var earlyRepayments: [EarlyRepayment] {
        list("earlyRepayments", allowed: ["method", "effect", "feePercent"]).compactMap { rule in
            let effect: EarlyRepayment.Effect? = rule.choice("effect", default: nil)
            let fee = rule.percentage("feePercent", default: .zero)
            let method = rule.optional("method", "a method", RepaymentMethod.init(rawValue:))
            guard let effect, let fee else { return nil }
            return EarlyRepayment(method: method, effect: effect, feePercent: fee)
        }
    }

    fileprivate func readAllocation(into conditions: inout Conditions) {
        let section = section("allocation", allowed: ["order", "components"])
        let order: AllocationOrder? = section.choice("order", default: .byInstalment)
        conditions.isByComponent = order == .byComponent
        let names = Claim.allCases.map(\.rawValue).joined(separator: ", ")
        let claims = section.values("components", "one of " + names) { Claim(rawValue: $0) }
        if section.has("components"), Set(claims).count != Claim.allCases.count {
            faults.report(section.child("components"), "allocation.components names all: " + names)
        } else if !claims.isEmpty {
            conditions.order = claims
        }
    }

    func percentage(_ name: String, default fallback: Exact?) -> Exact? {
        value(name, "a percentage 0…100", default: fallback) { text in
            Exact(text).flatMap { value in value.units <= 100 * value.scale ? value : nil }
        }
    }

    func probability(_ name: String, default fallback: Probability?) -> Probability {
        value(
            name, "a probability 0…1 in millionths, or a percentage", default: fallback,
            Probability.init) ?? .never
    }
}

private enum AllocationOrder: String, CaseIterable {
    case byInstalment = "by-instalment"
    case byComponent = "by-component"
}
