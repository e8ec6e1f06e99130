import LendingRules
import Monetary

/// One entry of a list `tiers` as far as it could be read.
struct TierDraft {
    /// Tiers beyond these are refused, and slices of a tier.
    static let mostTiers = TierSpace.mostTiers
    static let mostSlices = 8

    let name: Located<String>
    let conditions: FundingConditions
    /// Products that are asked for, as the file names them.
    let products: [Located<String>]
    let slices: [SliceDraft]
    /// Where the list of slices stands.
    let slicesKey: String
    let slicesPlace: Place

    init?(_ section: Section, decimals: Int) {
        let name = section.value("name", .identifier)
        let asked = TierConditions(section, decimals: decimals)
        let slices = section.sections("slices", isRequired: true)
            .map { SliceDraft($0, decimals: decimals) }
        section.finish()
        slicesKey = section.path("slices")
        slicesPlace = section.place(of: "slices")
        let read = slices.compactMap { $0 }
        if slices.count > TierDraft.mostSlices {
            section.findings.report(
                .outOfRange, "there are \(slices.count) slices", key: slicesKey, at: slicesPlace,
                allowed: "a tier has at most \(TierDraft.mostSlices)")
            return nil
        }
        guard let name, let asked, !read.isEmpty,
            read.count == section.entryCount(of: "slices")
        else { return nil }
        self.name = name
        conditions = asked.conditions
        products = asked.products
        self.slices = read
    }

    var tier: FundingTier {
        FundingTier(name: name.value, conditions: conditions, slices: slices.map(\.slice))
    }
}

/// The keys `when` and `otherwise` of a tier.
private struct TierConditions {
    let conditions: FundingConditions
    let products: [Located<String>]

    init?(_ section: Section, decimals: Int) {
        let otherwise = section.optional("otherwise", .yesOrNo)
        let when = section.isGiven("when") ? section.section("when") : nil
        let asked = when.flatMap { TierConditions(when: $0, decimals: decimals) }
        guard section.isRead("otherwise", otherwise) else { return nil }
        let takesAll = otherwise?.value ?? false
        guard takesAll != section.isGiven("when") else {
            section.findings.report(
                .contradiction,
                takesAll
                    ? "the tier has conditions, and takes every loan otherwise"
                    : "the tier does not say which loans it takes",
                key: section.key, at: section.place,
                allowed: "it needs when, or otherwise: true for every loan that is left")
            return nil
        }
        if takesAll {
            (conditions, products) = (.any, [])
        } else if let asked {
            self = asked
        } else {
            return nil
        }
    }

    private init?(when section: Section, decimals: Int) {
        let principal = section.bounds(
            "amount", .amount(decimals: decimals, isZeroAllowed: true), within: 0...Int64.max)
        let instalments = section.bounds("instalments", .whole(1...600), within: 1...600)
        let grades = section.words("grades", .loanWord)
        let regions = section.words("regions", .loanWord)
        let products = section.words("products", .identifier)
        let channels = section.words("channels", .loanWord)
        section.finish()
        guard let principal, let instalments, let grades, let regions, let products, let channels
        else { return nil }
        let conditions = FundingConditions(
            principal: principal.range, instalments: instalments.range, grades: grades.set,
            regions: regions.set, products: products.set, channels: channels.set)
        guard conditions != .any else {
            section.findings.report(
                .contradiction, "the tier asks nothing of a loan", key: section.key,
                at: section.place, allowed: "otherwise: true takes every loan that is left")
            return nil
        }
        self.conditions = conditions
        self.products = products.all
    }
}

/// A range that may be absent.
private struct Bounds<Number: Comparable> {
    let range: ClosedRange<Number>?
}

/// A list of words that may be absent.
private struct Words {
    let all: [Located<String>]
    let set: Set<String>?
}

extension Section {
    /// A mapping of `from` and `to`, either of which may be absent; nil when it cannot be read.
    fileprivate func bounds<Number>(
        _ name: String, _ rule: Rule<Number>, within widest: ClosedRange<Number>
    ) -> Bounds<Number>? {
        guard isGiven(name) else { return Bounds(range: nil) }
        guard let section = section(name) else { return nil }
        let from = section.optional("from", rule)
        let to = section.optional("to", rule)
        section.finish()
        guard section.isRead("from", from), section.isRead("to", to) else { return nil }
        let low = from?.value ?? widest.lowerBound
        let high = to?.value ?? widest.upperBound
        guard low <= high, from != nil || to != nil else {
            findings.report(
                .contradiction,
                from == nil ? "neither from nor to is named" : "to is below from",
                key: to?.key ?? section.key, at: to?.place ?? section.place,
                allowed: from == nil
                    ? "it needs one of them" : "it needs at least the value of from")
            return nil
        }
        return Bounds(range: low...high)
    }

    /// A list of words, each once; nil when it cannot be read.
    fileprivate func words(_ name: String, _ rule: Rule<String>) -> Words? {
        guard isGiven(name) else { return Words(all: [], set: nil) }
        let words = values(name, rule, isRequired: true)
        guard !words.isEmpty, words.count == entryCount(of: name) else { return nil }
        var seen: Set<String> = []
        for word in words where !seen.insert(word.value).inserted {
            findings.report(
                .repeatedName, "\(word.value) stands twice", key: word.key, at: word.place,
                allowed: "keep one")
        }
        return Words(all: words, set: seen)
    }
}

extension Rule where Value == String {
    /// A grade, region or channel as loans name it, where agreements ask for it.
    static var loanWord: Rule<String> {
        Rule("a word of up to 40 characters without spaces", noun: "word") { text in
            let isPlain = text.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace
            }
            return isPlain && (1...40).contains(text.count) ? text : nil
        }
    }
}
