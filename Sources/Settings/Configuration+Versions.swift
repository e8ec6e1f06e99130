import BusinessCalendar
import LendingRules

extension Configuration {
    /// The version of each agreement and product that loans booked under it carry, in order of
    /// file: `agreements/trio.yaml version = 3f0c…`.
    package func versions(hash: ([UInt8]) -> [UInt8]) -> [SettingOrigin] {
        let files = Dictionary(grouping: origins, by: \.file)
        return files.keys.sorted().compactMap { path in
            func value(_ key: String) -> String? {
                files[path]?.first { $0.key == key }?.value
            }
            let version: TermsVersion? =
                switch ConfigurationFile(path: path) {
                case .agreement:
                    agreements.first {
                        $0.name == value("agreement")
                            && $0.effectiveFrom.description == value("effectiveFrom")
                    }?.version(hash: hash)
                case .product:
                    products.first {
                        $0.name == value("product")
                            && $0.effectiveFrom?.description == value("effectiveFrom")
                    }?.version(hash: hash)
                default: nil
                }
            return version.map {
                SettingOrigin(
                    file: path, key: "version", value: $0.description, source: .computed)
            }
        }
    }
}
