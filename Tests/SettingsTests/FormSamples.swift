import Settings

/// Samples that together use every key, and leave out every one that may be absent.
enum FormSamples {
    static let all: [String: [String: String]] = [
        "minimal": Sample.minimal, "classed": Sample.classed,
        "demonstration": Sample.demonstration, "insured": Sample.insured,
        "limited": Sample.limited(Sample.demonstration), "rotating": Sample.rotating,
        "transferring": Sample.transferring, "elaborate": Sample.elaborate, "lines": Sample.lines,
        "pooled": Sample.pooled, "ruled": Sample.ruled, "scoped": Sample.scoped, "sparse": sparse,
        "tiered": Sample.tiered,
    ]

    /// What the other samples say although it could be left out.
    static let sparse = {
        var contents = Sample.demonstration
        remove("breaks:", from: "platform.yaml", in: &contents)
        for key in ["timeouts:", "settlement:", "breaks:"] {
            remove(key, from: "parties/harbor.yaml", in: &contents)
        }
        for key in [
            "inFlight:", "settleSeconds:", "toleranceMinorUnits:", "filesDeadlineDays:",
            "askLimit:",
        ] { remove(key, from: "parties/harbor.yaml", in: &contents) }
        for key in ["timeouts:", "fee:", "transitDays:", "lateDays:", "payouts:"] {
            remove(key, from: "parties/clearing.yaml", in: &contents)
        }
        remove("filesDeadlineDays:", from: "parties/clearing.yaml", in: &contents)
        for key in ["serviceFees:", "backdateDays:", "coolingOffDays:"] {
            remove(key, from: "agreements/harbor-70-30.yaml", in: &contents)
        }
        for key in [
            "rounding:", "instalmentRounding:", "materiality:", "earlyRepayment:", "fees:",
        ] { remove(key, from: "products/equal-principal-loan.yaml", in: &contents) }
        remove("  graceDays:", from: "products/equal-principal-loan.yaml", in: &contents)
        remove("  onInterest:", from: "products/equal-principal-loan.yaml", in: &contents)
        remove("workingDays:", from: "calendars/US.yaml", in: &contents)
        contents["agreements/trio.yaml"] =
            Sample.elaborateAgreement
            .replacing(", included: true", with: "")
            .replacing("    rounding: half-up\n    instalmentRounding: up\n", with: "")
        contents["products/equal-principal-loan.yaml"]? += "rate: {minimum: 9, maximum: 36}\n"
        contents["products/pay-later.yaml"] =
            Sample.lines["products/pay-later.yaml"]?
            .replacing("  minimumPayment: \"10%\"\n", with: "")
        return contents
    }()

    /// Takes a key with all that is indented below it out of a file.
    private static func remove(
        _ key: String, from path: String, in contents: inout [String: String]
    ) {
        var isLeft = true
        let depth = key.prefix { $0 == " " }.count
        let lines = (contents[path] ?? "").split(separator: "\n").filter { line in
            if line.hasPrefix(key) {
                isLeft = false
            } else if line.prefix(while: { $0 == " " }).count <= depth {
                isLeft = true
            }
            return isLeft
        }
        contents[path] = lines.joined(separator: "\n") + "\n"
    }

    static func origins() throws -> [SettingOrigin] {
        try all.sorted { $0.key < $1.key }.flatMap { try Sample.load($0.value).origins }
    }
}
