// Manifests from partners, good and bad.

import LendingRules
import Operations
import PartnerGateway
import Reconciling
import Testing

@Suite struct ManifestTests {
    private let format = ProtocolV1Files(sender: PartyID("platform"))
    private static let digest = String(repeating: "aB", count: 32)

    private static func manifest(
        date: String = "\"2026-01-03\"", name: String = "repayments.csv", rows: String = "1",
        sha256: String = digest, sum: String = "\"7.00\"", currency: String = "USD",
        twice: Bool = false
    ) -> String {
        let file = """
            {"name":"\(name)","rows":\(rows),"sha256":"\(sha256)","totals":[{"column":"principal",\
            "currency":"\(currency)","sum":\(sum),"absolute":"7.00"}]}
            """
        let files = twice ? "\(file),\(file)" : file
        return "{\"date\":\(date),\"party\":\"harbor\",\"files\":[\(files)]}"
    }

    @Test func `a manifest is read, its digest in lower case`() throws {
        let manifest = try format.manifest(Array(Self.manifest().utf8))
        #expect(manifest.party == Samples.harbor)
        #expect(manifest.date == Samples.date)
        #expect(
            manifest.files == [
                PartnerManifest.File(
                    name: "repayments.csv", sha256: Self.digest.lowercased(),
                    entry: ManifestEntry(
                        rows: 1,
                        totals: [
                            ControlTotal(
                                column: "principal", currency: Samples.usd, sum: 700,
                                absolute: 700)
                        ]))
            ])
    }

    @Test(arguments: [
        "", "{}", "[]", String(manifest().dropLast()), manifest(date: "20260103"),
        manifest(date: "\"2026-02-30\""), manifest(name: "../colend.db"), manifest(name: ".x"),
        manifest(name: "a/b.csv"), manifest(name: ""), manifest(rows: "-1"),
        manifest(rows: "1.5"), manifest(rows: "\"1\""), manifest(sha256: "ab"),
        manifest(sha256: String(repeating: "g", count: 64)), manifest(sum: "7.00"),
        manifest(sum: "\"7.001\""), manifest(currency: "XXX"), manifest(twice: true),
    ])
    func `a manifest that is not to the letter is refused with its place`(text: String) {
        let fault = #expect(throws: UnreadableFile.self) {
            try format.manifest(Array(text.utf8))
        }
        #expect(fault?.code == "FILE-011")
        #expect(fault?.file == "manifest.json")
        #expect(fault?.line == 1)
        #expect((fault?.column ?? 0) >= 1)
    }
}
