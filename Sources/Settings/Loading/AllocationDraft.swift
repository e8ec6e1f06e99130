import LendingRules

/// The mapping `allocation` of an agreement as far as it could be read.
struct AllocationDraft {
    let terms: AllocationTerms?

    init(_ section: Section) {
        let order = section.value(
            "order", Rule<AllocationTerms.Order>.choice("order of allocation"),
            default: AllocationTerms.usual.order.rawValue)
        let pastDue = AllocationDraft.components("pastDue", section)
        let due = AllocationDraft.components("due", section)
        let inAdvance = AllocationDraft.components("inAdvance", section)
        let hasSerious = section.isGiven("seriouslyPastDue")
        let serious =
            hasSerious ? section.section("seriouslyPastDue").flatMap(AllocationDraft.serious) : nil
        section.finish()
        guard let order, let pastDue, let due, let inAdvance, serious != nil || !hasSerious else {
            terms = nil
            return
        }
        terms = AllocationTerms(
            order: order.value, pastDue: pastDue, due: due, inAdvance: inAdvance,
            seriouslyPastDue: serious)
    }

    private static func serious(_ section: Section) -> AllocationTerms.SeriousOrder? {
        let days = section.value("afterDays", .whole(0...3_650, "days"))
        let order = components("components", section, isRequired: true)
        section.finish()
        guard let days, let order else { return nil }
        return AllocationTerms.SeriousOrder(afterDays: days.value, components: order)
    }

    /// Every component once, in the order of the list; the usual order where there is no list.
    private static func components(
        _ name: String, _ section: Section, isRequired: Bool = false
    ) -> [ClaimComponent]? {
        guard isRequired || section.isGiven(name) else {
            let usual = ClaimComponent.allCases.map(\.rawValue).joined(separator: ", ")
            section.findings.note(
                SettingOrigin(
                    file: section.file, key: section.path(name), value: usual, source: .standard))
            return ClaimComponent.allCases
        }
        let named = section.values(
            name, Rule<ClaimComponent>.choice("component"), isRequired: true)
        guard !named.isEmpty, named.count == section.entryCount(of: name) else { return nil }
        var order: [ClaimComponent] = []
        for component in named {
            if order.contains(component.value) {
                section.findings.report(
                    .repeatedName, "the component \(component.value.rawValue) stands twice",
                    key: component.key, at: component.place, allowed: "keep one")
            } else {
                order.append(component.value)
            }
        }
        let missing = ClaimComponent.allCases.filter { !order.contains($0) }.map(\.rawValue)
        if !missing.isEmpty {
            section.findings.report(
                .contradiction, "\(missing.joined(separator: ", ")) would never be paid",
                key: section.path(name), at: section.place(of: name),
                allowed: "every component is named once: "
                    + ClaimComponent.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return order
    }
}

extension Drafts {
    /// Whoever takes what the others' computations leave lends itself, and on the scale.
    func checkResidueHolder(_ agreement: AgreementDraft, _ findings: Findings) {
        guard agreement.isLendersComplete, let platform = platform?.party else { return }
        let holder = agreement.residueHolder
        let name = holder?.value ?? platform.value
        guard let lender = agreement.lenders.first(where: { $0.party.value == name }) else {
            if let holder, name != platform.value {
                checkPart(holder, "what is left goes to", agreement, findings)
                return
            }
            let own = agreement.lenders.first { $0.computation.value != .scale }
            guard let named = holder ?? own?.party else { return }
            findings.report(
                .contradiction, "\(name) takes what is left and has no share", key: named.key,
                at: named.place, allowed: "name a lender as residueHolder")
            return
        }
        if lender.computation.value == .scale { return }
        findings.report(
            .contradiction,
            "\(name) takes what is left and is to compute \(lender.computation.value.rawValue)",
            key: lender.computation.key, at: lender.computation.place,
            allowed: "its part is what the others leave: computation: scale, or another "
                + "residueHolder")
    }
}
