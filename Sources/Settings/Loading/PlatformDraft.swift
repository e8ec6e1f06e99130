import BusinessCalendar
import LendingRules
import Monetary

/// `platform.yaml` as far as it could be read.
struct PlatformDraft {
    let party: Located<String>?
    let currency: Located<Currency>?
    let settings: PlatformSettings?
    let assetClasses: AssetClassDraft

    init(_ section: Section) {
        party = section.value("party", .identifier)
        let name = section.value("name", .title)
        let zone = section.value("zone", .zone)
        let cutOff = section.value("cutOff", .timeOfDay)
        let firstDate = section.value("firstDate", .date)
        currency = section.value("currency", .currency)
        let breaks = section.sectionOrEmpty("breaks").flatMap { BreakSettings($0) }
        let fullFiles = section.value(
            "fullFiles", Rule<FullFileDates>.choice("choice of dates"), default: "monthly")
        let changes = section.value(
            "changes", Rule<ChangeControl>.choice("choice of persons"), default: "single")
        assetClasses = AssetClassDraft(section)
        section.finish()
        guard let party, let name, let zone, let cutOff, let firstDate, let currency, let breaks,
            let fullFiles, let changes
        else {
            settings = nil
            return
        }
        settings = PlatformSettings(
            party: PartyID(party.value), name: name.value, zone: zone.value, cutOff: cutOff.value,
            firstDate: firstDate.value, currency: currency.value, breaks: breaks,
            fullFiles: fullFiles.value, changes: changes.value, assetClasses: assetClasses.versions)
    }
}
