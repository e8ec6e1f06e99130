extension Sample {
    static let faulty: [Sample] = faultyArrows + faultySizes + faultyDocs + faultyWords
    static let faultless: [Sample] = faultlessArrows + faultlessDocs + faultlessWords

    private static let faultySizes: [Sample] = [
        Sample(.fileSize, String(repeating: "\n", count: 601), "601 lines"),
        Sample(.fileSize, String(repeating: "\n", count: 401), "longFiles"),
        Sample(
            .functionSize, "func long() {" + String(repeating: "\n", count: 60) + "}",
            "61 lines"),
        Sample(.functionSize, "init() {" + String(repeating: "\n", count: 60) + "}", "61 lines"),
        Sample(.lineLength, String(repeating: "x", count: 101), "101 columns"),
    ]

    private static let faultyDocs: [Sample] = [
        Sample(.documented, "package func pay() {}", "func"),
        Sample(.documented, "// A comment.\npackage struct Money {}", "struct"),
        Sample(.documented, "@inlinable\npackage static func pay() {}", "func"),
        Sample(.documented, "/// Doc.\n\npublic enum Side {}", "enum"),
        Sample(.documented, "package let largest = 7", "let largest"),
        Sample(.documented, "struct A {\n    package final class func pay() {}\n}", "func pay"),
        Sample(.documented, "@frozen @usableFromInline package struct Money {}", "struct"),
        Sample(.documented, "package final class Ledger {}", "class Ledger"),
    ]

    private static let faultlessDocs: [Sample] = [
        Sample(.documented, "/// Pays.\n@inlinable\npackage func pay() {}", ""),
        Sample(.documented, "package import Monetary", ""),
        Sample(.documented, "let product = named(package: name)", ""),
        Sample(.documented, "struct Money {}", ""),
        Sample(.documented, "struct A {\n    package private(set) var total = 0\n}", ""),
        Sample(.documented, "    package static func < (a: A, b: A) -> Bool { true }", ""),
        Sample(.functionSize, "func short() {" + String(repeating: "\n", count: 59) + "}", ""),
        Sample(.fileSize, String(repeating: "\n", count: 400), ""),
    ]

    private static let faultyWords: [Sample] = [
        Sample(.bannedPhrases, in: "Tests/MonetaryTests/A.swift", "try! pay()", "try!"),
        Sample(.bannedPhrases, in: "Sources/colend/A.swift", "let a = b as! C", "as!"),
        Sample(.bannedPhrases, in: "Mocks/MockBank/A.swift", "fatalError()", "fatalError("),
        Sample(.bannedPhrases, in: "Sources/SQLStore/A.swift", "let a: Decimal", "Decimal"),
        Sample(.bannedPhrases, in: "Sources/Assembly/A.swift", "print(1)", "print("),
        Sample(.bannedPhrases, "let rate: Double", "Double"),
        Sample(.bannedPhrases, "func pay() async {}", "async"),
        Sample(.bannedPhrases, "let now = Date()", "Date("),
        Sample(.bannedPhrases, "let a = \"\\(try! b())\"", "try!"),
        Sample(.noFloatingLiterals, "let half = 0.5", "floating-point"),
        Sample(.noNotesToSelf, "let a = 1  // TODO: more", "TODO"),
        Sample(.noNotesToSelf, "/* FIXME */", "FIXME"),
        Sample(.names, "struct LoanManager {}", "LoanManager"),
        Sample(.names, "enum DateUtils {}", "DateUtils"),
        Sample(.names, in: "Sources/Monetary/MoneyHelper.swift", "", "file's noun"),
    ]

    private static let faultlessWords: [Sample] = [
        Sample(.bannedPhrases, "// try! Double\nlet a = \"fatalError( async\"", ""),
        Sample(.bannedPhrases, "func `never a Double, never async`() {}", ""),
        Sample(.bannedPhrases, "let a = try pay(), b = c as? D, e = BusinessDate(1)", ""),
        Sample(.bannedPhrases, in: "Sources/colend/A.swift", "print(1)", ""),
        Sample(.bannedPhrases, in: "Sources/Assembly/A.swift", "let seconds: Double", ""),
        Sample(.noFloatingLiterals, "let a = pair.0.1 + $0.1, b = 1...5, c = \"0.5\"", ""),
        Sample(.noFloatingLiterals, in: "Sources/Assembly/A.swift", "let a = 0.5", ""),
        Sample(.noNotesToSelf, "let a = \"TODO\"", ""),
        Sample(.names, "let files = FileManager.default", ""),
    ]
}
