// Why a bank does not start, as `main` says it.

/// What is wrong before anything listens.
enum StartFault: Error {
    /// Exit 78: one line per fault.
    case scenario([String])
    /// Exit 78.
    case secret(String)
    /// Exit 74.
    case state(StateFault)
    /// Exit 64.
    case ports(String)

    var exitCode: Int32 {
        switch self {
        case .scenario, .secret: 78
        case .state: 74
        case .ports: 64
        }
    }

    var message: String {
        switch self {
        case .scenario(let lines): lines.map { "MOCK-001: " + $0 }.joined(separator: "\n")
        case .secret(let sentence): "MOCK-002: \(sentence)"
        case .state(let fault):
            "MOCK-003: \(fault); free the directory or the disk, then start again"
        case .ports(let sentence): "MOCK-004: \(sentence); begin lower"
        }
    }
}
