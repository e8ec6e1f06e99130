package import Bookkeeping
package import BusinessCalendar
package import LendingRules
package import Monetary

/// Everything a configuration directory says, checked as a whole.
package struct Configuration: Sendable {
    package let platform: PlatformSettings
    /// In order of name; exactly one is the platform.
    package let parties: [PartySettings]
    /// In order of name and effective date; every name in them is known here.
    package let agreements: [Agreement]
    /// In order of name and effective date, a version without one first.
    package let products: [Product]
    /// In order of name.
    package let calendars: [HolidayCalendar]
    package let chart: ChartOfAccounts
    /// In order of name.
    package let rulePacks: [RulePack]
    /// In order of name.
    package let pools: [PoolPlan]
    /// Rules that warn and that an agreement breaks, in order of place.
    package let warnings: [ConfigurationFault]
    /// Every value with where it came from, in order of file and place.
    package let origins: [SettingOrigin]
    /// Every environment variable that gives one of them, or a secret that one of them names.
    package let variables: Set<String>
}

extension Configuration {
    /// The party of a name, or nil.
    package func party(_ id: PartyID) -> PartySettings? { parties.first { $0.id == id } }

    /// What loans, books and covers are held against.
    package var ruleBook: RuleBook {
        RuleBook(packs: rulePacks, parties: parties.map(\.facts))
    }

    /// By what each lender classes its claims: its own versions, or else those of the platform's
    /// file.
    package var assetRules: [PartyID: [DatedAssetRules]] {
        var rules: [PartyID: [DatedAssetRules]] = [:]
        for party in parties where party.lends {
            let versions = party.assetClasses.isEmpty ? platform.assetClasses : party.assetClasses
            if !versions.isEmpty { rules[party.id] = versions }
        }
        return rules
    }

    /// The party through which cash runs, or nil when there is none.
    package var clearing: PartySettings? { parties.first { $0.clearing != nil } }

    /// The first version of the product of a name, or nil.
    package func product(_ name: String) -> Product? { products.first { $0.name == name } }

    /// The order of products.
    static func precedes(_ left: Product, _ right: Product) -> Bool {
        if left.name != right.name { return left.name < right.name }
        guard let start = left.effectiveFrom, let other = right.effectiveFrom else {
            return left.effectiveFrom == nil && right.effectiveFrom != nil
        }
        return start < other
    }

    /// The calendar of a name, or nil.
    package func calendar(_ name: String) -> HolidayCalendar? {
        calendars.first { $0.name == name }
    }

    /// The version of an agreement in force on a date: the last one effective by then, or nil.
    package func agreement(_ name: String, on date: BusinessDate) -> Agreement? {
        agreements.last { $0.name == name && $0.effectiveFrom <= date }
    }
}

/// What holds for the whole installation, from `platform.yaml`.
package struct PlatformSettings: Hashable, Sendable {
    /// The party that runs this system.
    package let party: PartyID
    /// As people read it.
    package let name: String
    /// Time zone of the cut-off, a name of the tz database.
    package let zone: String
    /// From this time of day on, an event belongs to the next business date.
    package let cutOff: TimeOfDay
    /// The first business date of the books.
    package let firstDate: BusinessDate
    /// The currency of every product and agreement.
    package let currency: Currency
    package let breaks: BreakSettings
    /// When the balances and accruals sent to partners carry every loan.
    package let fullFiles: FullFileDates
    /// Who has to agree on a change of the configuration.
    package let changes: ChangeControl
    /// By what lenders class their claims that say nothing of it themselves.
    package let assetClasses: [DatedAssetRules]
}

/// How many persons a change of agreements, parties and the platform itself asks for.
package enum ChangeControl: String, Sendable, CaseIterable {
    /// Whoever can write the files.
    case single
    /// One who proposes and another who approves; files that both have not seen are refused.
    case twoPerson = "two-person"
}

/// On which dates files about every loan go out; on all others they are about loans that moved.
package enum FullFileDates: String, Sendable, CaseIterable {
    /// The last date of each month.
    case monthly
    case never
    case daily
}

/// An hour and minute of the day in the platform's zone.
package struct TimeOfDay: Hashable, Sendable {
    /// 0 to 23.
    package let hour: Int
    /// 0 to 59.
    package let minute: Int

    /// A time of day, or nil when the clock lacks it.
    package init?(hour: Int, minute: Int) {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        self.hour = hour
        self.minute = minute
    }

    /// Seconds since midnight.
    package var seconds: Int { (hour * 60 + minute) * 60 }
}
