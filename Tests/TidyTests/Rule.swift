/// A rule about single files; rules about the whole package are in `HouseTests`.
struct Rule: Sendable, CustomStringConvertible {
    let name: String
    let findings: @Sendable (SwiftSource) -> [Finding]

    var description: String { name }

    static let all: [Rule] =
        [.arrows, .fileSize, .functionSize, .lineLength, .documented, .names] + Rule.tokenRules
}
