// Which kind of house a scenario describes.
import Yams

/// A scenario of either kind.
package enum Played: Sendable {
    case bank(Scenario)
    case clearing(ClearingScenario)

    /// Reads a scenario; `kind: clearing` is a clearing house, without `kind` it is a bank.
    package init(yaml: String, file: String) throws(ScenarioFaults) {
        let node = try Scenario.compose(yaml, file: file)
        if node.mapping?["kind"]?.scalar?.string == "clearing" {
            self = .clearing(try ClearingScenario(yaml: yaml, file: file))
        } else {
            self = .bank(try Scenario(yaml: yaml, file: file))
        }
    }

    var party: String {
        switch self {
        case .bank(let scenario): scenario.rules.party
        case .clearing(let scenario): scenario.party
        }
    }

    var tls: TLSRules? {
        switch self {
        case .bank(let scenario): scenario.tls
        case .clearing(let scenario): scenario.tls
        }
    }

    var secretNames: KeyNames {
        switch self {
        case .bank(let scenario): scenario.secretNames
        case .clearing(let scenario): scenario.secretNames
        }
    }

    func desk(seed: UInt64, secrets: KeyRing, directory: String) throws(StateFault) -> any Desk {
        switch self {
        case .bank(let scenario):
            try Bank(scenario, seed: seed, secrets: secrets, directory: directory)
        case .clearing(let scenario):
            try ClearingHouse(scenario, seed: seed, secrets: secrets, directory: directory)
        }
    }
}
