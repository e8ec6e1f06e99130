import Bookkeeping

/// `chart-of-accounts.yaml` as far as it could be read.
struct ChartDraft {
    let entries: [ChartOfAccounts.Entry]
    /// Of every account that stands there, readable or not.
    let numbers: Set<String>

    init(_ section: Section) {
        let sections = section.sections("accounts", isRequired: true)
        section.finish()
        var seen: Set<Int> = []
        var entries: [ChartOfAccounts.Entry] = []
        for account in sections {
            guard let (number, entry) = ChartDraft.entry(account) else { continue }
            if seen.insert(number.value).inserted {
                entries.append(entry)
            } else {
                section.findings.report(
                    .repeatedName, "account \(number.value) stands twice", key: number.key,
                    at: number.place, allowed: "keep one")
            }
        }
        self.entries = entries
        numbers = Set(sections.compactMap { $0.writtenText("number") })
        // A list that could not be read as a whole would only repeat its fault here.
        if !sections.isEmpty {
            ChartDraft.refuseGaps(sections, at: section.place(of: "accounts"), section.findings)
        }
    }

    private static func entry(_ section: Section)
        -> (number: Located<Int>, entry: ChartOfAccounts.Entry)?
    {
        let number = section.value("number", .whole(1_000...9_999))
        let name = section.value("name", .title)
        let kind = section.value("kind", Rule<ChartOfAccounts.Kind>.choice("kind of account"))
        section.finish()
        guard let number, let name, let kind else { return nil }
        let account = Account(Int32(number.value))
        if account.isMemorandum != (kind.value == .memorandum) {
            section.findings.report(
                .contradiction, "account \(account) is of kind \(kind.value.rawValue)",
                key: kind.key, at: kind.place,
                allowed: "memorandum accounts have the numbers from 9000 on, and only they")
        }
        return (
            number, ChartOfAccounts.Entry(account: account, name: name.value, kind: kind.value)
        )
    }

    /// An account whose name or kind is faulty is not missing too.
    private static func refuseGaps(_ sections: [Section], at place: Place, _ findings: Findings) {
        let numbers = Set(sections.compactMap { $0.writtenText("number") })
        for account in Account.required where !numbers.contains(account.description) {
            findings.report(
                .incompleteChart, "account \(account) is missing", key: "accounts", at: place,
                allowed: "the rules post to it: add an entry with number, name and kind")
        }
    }
}

extension Section {
    /// The text under a key as it stands, checked or not.
    fileprivate func writtenText(_ name: String) -> String? {
        if case .text(let text)? = written(name)?.content { text } else { nil }
    }
}
