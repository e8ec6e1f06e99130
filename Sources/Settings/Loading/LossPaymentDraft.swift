import LendingRules
import Monetary

/// What a layer pays for, and how, as far as it could be read.
struct LossPaymentDraft {
    let lenders: [Located<String>]
    let cover: CoverDraft?
    private let way: LossProvision.Way
    private let covers: LossProvision.Covers
    private let share: Share?

    /// Nil when a part is missing; every key is read, also where the lenders' own shares stand in
    /// place of a payment.
    init?(_ section: Section, decimals: Int) {
        let isPayment = !section.isGiven("shares")
        lenders =
            section.isGiven("lenders")
            ? section.values("lenders", .identifier, isRequired: true) : []
        let way = LossPaymentDraft.way(section, isPayment: isPayment)
        let covered = Rule<LossProvision.Covers>.choice("part of a claim")
        let covers =
            isPayment
            ? section.value(
                "covers", covered, default: LossProvision.Covers.principal.rawValue)
            : section.optional("covers", covered)
        let share = section.optional("share", .share)
        let hasCover = section.isGiven("cover")
        cover =
            hasCover
            ? section.section("cover").flatMap { CoverDraft($0, decimals: decimals) } : nil
        guard let way, let covers, section.isRead("share", share), cover != nil || !hasCover,
            lenders.count == section.entryCount(of: "lenders")
        else { return nil }
        self.way = way
        self.covers = covers.value
        self.share = share?.value
    }

    /// Whether it takes over instalments, each when it is so many days past due.
    var isByInstalment: Bool { way == .compensation(.instalment) }

    /// The layer that a party gives.
    func provision(by provider: String, cover: CoverTerms? = nil) -> LossProvision {
        LossProvision(
            provider: PartyID(provider), lenders: lenders.map { PartyID($0.value) }, way: way,
            covers: covers, share: share, cover: cover ?? self.cover?.terms)
    }

    /// The keys `way` and `scope`.
    private static func way(_ section: Section, isPayment: Bool) -> LossProvision.Way? {
        let ways = Rule<LossWayName>.choice("way of paying for losses")
        let way = isPayment ? section.value("way", ways) : section.optional("way", ways)
        let scopes = Rule<CompensationScope>.choice("scope of a compensation")
        guard let way, way.value == .compensation else {
            let scope = section.optional("scope", scopes)
            if let way, let scope {
                section.findings.report(
                    .contradiction, "scope is named, and the way is \(way.value.rawValue)",
                    key: scope.key, at: scope.place,
                    allowed: "only a compensation moves claims, of a loan or of instalments")
            }
            return way.map { _ in .invocation }
        }
        let scope = section.value("scope", scopes, default: CompensationScope.loan.rawValue)
        return scope.map { .compensation($0.value) }
    }
}

/// The ways of paying for losses, as files name them.
enum LossWayName: String, CaseIterable {
    case invocation, compensation
}

/// The mapping `chargeOff` of an agreement.
enum ChargeOffDraft {
    /// Days past due at which loans are written off; nil where nothing is said, or nothing that
    /// can be read.
    static func days(_ section: Section) -> Located<Int>? {
        guard section.isGiven("chargeOff"), let own = section.section("chargeOff") else {
            return nil
        }
        let days = own.value("daysPastDue", .lossDays)
        own.finish()
        return days
    }
}

extension Rule where Value == Int {
    /// Days past due at which something is done about a loan.
    static var lossDays: Rule<Int> { .whole(1...3_650, "days") }
}

extension Rule where Value == LossTrigger {
    /// When a layer is asked.
    static var lossTrigger: Rule<LossTrigger> {
        let days = Rule<Int>.lossDays
        let allowed = "\(days.allowed), charge-off or instruction"
        return Rule(allowed) { (text) throws(Refusal) in
            switch text {
            case "charge-off": return .chargeOff
            case "instruction": return .instruction
            default: break
            }
            do throws(Refusal) {
                return .daysPastDue(try days.read(text))
            } catch {
                throw Refusal(
                    error.code == .outOfRange ? error.found : "\(Quoted.text(text)) is no trigger",
                    code: error.code, allowed: "it needs \(allowed)")
            }
        }
    }
}
