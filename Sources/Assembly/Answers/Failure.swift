package import Operations
import Settings

/// An error as it is printed on standard error, with the exit code it means.
package struct Failure: Sendable {
    /// `CODE: sentence`, one for each fault.
    package let lines: [String]
    package let exit: ExitKind

    /// Maps any error of the house; one without a code of its own is GEN-001.
    package init(_ error: any Error) {
        switch error {
        case let refused as ImportRefused:
            let more = refused.count - refused.faults.count
            lines =
                refused.faults.map(Failure.line)
                + (more > 0 ? ["INTAKE-000: \(more) more faults are not shown"] : [])
                + Failure.booked(refused.booked)
            exit = .badInput
        case let faults as ConfigurationFaults:
            lines = faults.faults.map(\.description)
            exit = .configuration
        case let fault as ConfigurationFault:
            lines = [fault.description]
            exit = .configuration
        case let coded as any CodedError:
            lines = [Failure.line(coded)]
            exit = coded.exit
        default:
            lines = ["GEN-001: \(error); this is a fault of the program, please report it"]
            exit = .failed
        }
    }

    /// What a refusal could not take back.
    private static func booked(_ count: Int) -> [String] {
        guard count > 0 else { return [] }
        return [
            "LIMIT-001: \(count) loans of the file were booked before another import took the room "
                + "of the rest; import it again when there is room"
        ]
    }

    private static func line(_ error: any CodedError) -> String {
        "\(error.code): \(error.sentence)"
    }
}

extension Failure {
    /// The process's exit code.
    package var exitCode: Int32 { exit.rawValue }
}

extension Answer {
    /// The process's exit code when it is not 0.
    package var exitCode: Int32? { exit?.rawValue }
}
