import Settings
import Testing

struct FaultTests {
    @Test(arguments: FaultyConfiguration.all)
    func `a fault is told with its place and what is allowed`(faulty: FaultyConfiguration) throws {
        let contents = try #require(faulty.contents, "the sample lacks the text to replace")
        let faults = Sample.faults(of: contents, environment: faulty.environment)
        #expect(faults.map(\.description).joined(separator: "\n") == faulty.messages)
    }

    @Test func `every code but those of the contents of files is provoked by the table`() {
        let elsewhere: [FaultCode] = [
            .tooLarge, .secretUnavailable, .unusableKey, .noValidKey, .unusableFile, .notApproved,
        ]
        let cases = FaultyConfiguration.all
        let codes = Set(cases.flatMap { $0.messages.split(separator: "\n") }.map { $0.prefix(8) })
        for code in FaultCode.allCases where !elsewhere.contains(code) {
            #expect(codes.contains(code.rawValue[...]), "\(code)")
        }
    }

    @Test func `all faults of all files come at once, in order of place`() {
        var contents = Sample.minimal
        contents["platform.yaml"]?.replace("23:00", with: "25:00")
        contents["platform.yaml"]?.replace("currency: USD", with: "currency: USX")
        contents["parties/harbor.yaml"]?.replace("computation: scale", with: "computation: scales")
        contents["calendars/US.yaml"]?.replace("2026-05-25", with: "2026-05-32")
        let faults = Sample.faults(of: contents.mapValues { Array($0.utf8) })
        #expect(
            faults.map { "\($0.code.rawValue) \($0.place)" } == [
                "CONF-010 Config/calendars/US.yaml:7:5",
                "CONF-010 Config/parties/harbor.yaml:15:14",
                "CONF-010 Config/platform.yaml:5:9", "CONF-010 Config/platform.yaml:7:11",
            ])
    }
}
