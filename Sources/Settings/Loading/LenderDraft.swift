import BusinessCalendar
import LendingRules
import Monetary

/// One entry of a list `lenders` as far as it could be read.
struct LenderDraft {
    let party: Located<String>
    /// Nothing where tiers say who lends what.
    let share: Share
    /// What the file says of its share although tiers do.
    let namedShare: Located<Share>?
    let rate: Located<AnnualRate>?
    let computation: Located<LenderComputation.Name>
    /// Conventions of a schedule of its own, where the file says so.
    let own: LenderComputation.OwnSchedule?

    init?(_ section: Section, hasTiers: Bool) {
        let party = section.value("party", .identifier)
        namedShare = hasTiers ? section.optional("share", .share) : nil
        let share = hasTiers ? Share.none : section.value("share", .share)?.value
        let isRateReadable = !section.isGiven("rate")
        let rate = section.optional("rate", .annualRate)
        let computation = section.value(
            "computation", Rule<LenderComputation.Name>.choice("way of computing"),
            default: LenderComputation.Name.scale.rawValue)
        let conventions = LenderDraft.conventions(section, computation)
        section.finish()
        guard let party, let share, let computation, isRateReadable || rate != nil,
            computation.value != .ownSchedule || conventions != nil
        else { return nil }
        self.party = party
        self.share = share
        self.rate = rate
        self.computation = computation
        own = conventions
    }

    /// The conventions of a schedule of its own, which nobody else has.
    private static func conventions(
        _ section: Section, _ computation: Located<LenderComputation.Name>?
    ) -> LenderComputation.OwnSchedule? {
        let keys = ["dayCount", "rounding", "instalmentRounding"]
        guard computation?.value == .ownSchedule else {
            for key in keys {
                guard let text = section.optional(key, .anything), let computation else { continue }
                section.findings.report(
                    .contradiction,
                    "\(key) is named, and the way of computing is \(computation.value.rawValue)",
                    key: text.key, at: text.place,
                    allowed: "it belongs to computation: own-schedule")
            }
            return nil
        }
        let dayCount = section.value(keys[0], Rule<DayCount>.choice("day count"))
        let usual = Rounding.halfEven.rawValue
        let rounding = section.value(keys[1], Rule<Rounding>.choice("rounding"), default: usual)
        let instalment = section.value(keys[2], Rule<Rounding>.choice("rounding"), default: usual)
        guard let dayCount, let rounding, let instalment else { return nil }
        return LenderComputation.OwnSchedule(
            dayCount: dayCount.value, rounding: rounding.value,
            instalmentRounding: instalment.value)
    }

    /// The lender under its agreement.
    var lender: LenderShare {
        let way: LenderComputation =
            switch computation.value {
            case .scale: .scale
            case .perInstalment: .perInstalment
            case .ownSchedule: own.map { .ownSchedule($0) } ?? .scale
            }
        return LenderShare(
            party: PartyID(party.value), share: share, rate: rate?.value, computation: way)
    }
}
