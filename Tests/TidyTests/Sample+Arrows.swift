extension Sample {
    static let faultyArrows: [Sample] = [
        Sample(.arrows, "import Foundation", "may not import Foundation"),
        Sample(.arrows, "import Glibc", "Glibc"),
        Sample(.arrows, "import Dispatch", "Dispatch"),
        Sample(.arrows, "package import Bookkeeping", "Bookkeeping"),
        Sample(.arrows, "@preconcurrency internal import Portfolio", "Portfolio"),
        Sample(.arrows, "import struct Foundation.Date", "Foundation"),
        Sample(.arrows, "import BusinessCalendar; import Yams", "Yams"),
        Sample(.arrows, "#if canImport(Musl)\nimport Musl\n#endif", "Musl"),
        Sample(.arrows, in: "Sources/Reconciling/A.swift", "import LendingRules", "LendingRules"),
        Sample(.arrows, in: "Sources/LendingRules/A.swift", "import Portfolio", "Portfolio"),
        Sample(.arrows, in: "Sources/Operations/A.swift", "import SQLStore", "SQLStore"),
        Sample(.arrows, in: "Sources/Operations/A.swift", "import Crypto", "Crypto"),
        Sample(.arrows, in: "Sources/SQLStore/A.swift", "import GRDB", "GRDB"),
        Sample(.arrows, in: "Sources/SQLiteEngine/A.swift", "import Operations", "Operations"),
        Sample(.arrows, in: "Sources/PartnerGateway/A.swift", "import CCurl", "CCurl"),
        Sample(.arrows, in: "Sources/PartnerGateway/A.swift", "import SQLStore", "SQLStore"),
        Sample(.arrows, in: "Sources/Assembly/A.swift", "import NIOCore", "NIOCore"),
        Sample(.arrows, in: "Sources/colend/A.swift", "import Operations", "Operations"),
        Sample(.arrows, in: "Mocks/MockBank/A.swift", "import Monetary", "Monetary"),
        Sample(.arrows, in: "Tests/EndToEndTests/A.swift", "import Assembly", "Assembly"),
        Sample(.arrows, in: "Tests/MonetaryTests/A.swift", "import XCTest", "XCTest"),
        Sample(.arrows, in: "Tests/MonetaryTests/A.swift", "@testable import Monetary", "testable"),
        Sample(.arrows, in: "Sources/Cellar/A.swift", "", "no target"),
    ]

    static let faultlessArrows: [Sample] = [
        Sample(.arrows, "// import Foundation\nlet a = \"import Glibc\"", ""),
        Sample(.arrows, in: "Sources/Bookkeeping/A.swift", "package import Monetary", ""),
        Sample(.arrows, in: "Sources/SQLiteEngine/A.swift", "import GRDB\nimport SQLStore", ""),
        Sample(.arrows, in: "Sources/CurlTransport/A.swift", "import CCurl\nimport Glibc", ""),
        Sample(.arrows, in: "Mocks/MockBank/A.swift", "import NIOPosix\nimport Yams", ""),
        Sample(.arrows, in: "Tests/SettingsTests/A.swift", "import Settings\nimport Yams", ""),
        Sample(.arrows, in: "Tests/Support/A.swift", "import Monetary\nimport Testing", ""),
    ]
}
