import LendingRules
import Operations
import TestSupport
import Testing

/// Versions of one product: which a loan is booked of, and by which arithmetic it is computed.
struct ProductVersionTests {
    private static func product(_ most: Int, from date: String?) -> Versioned<Product> {
        let plain = TestTerms.product("instalment-loan").terms
        let product = Product(
            name: plain.name, method: plain.method, dayCount: plain.dayCount,
            rounding: plain.rounding, instalmentRounding: plain.instalmentRounding,
            penalty: plain.penalty, materiality: 0, principal: plain.principal,
            instalments: 1...most, effectiveFrom: date.map { SampleLoan.date($0) })
        return Versioned(product, version: TestTerms.version(product.canonicalTerms))
    }

    private static func catalogue(_ products: [Versioned<Product>]) throws -> Catalogue {
        let terms = try TestTerms.catalogue()
        return Catalogue(
            platform: terms.platform, agreements: terms.agreements, products: products,
            calendars: TestTerms.calendars, partners: terms.partners)
    }

    @Test func `a loan is booked of the version in force on its date`() async throws {
        let (first, second) = (Self.product(3, from: nil), Self.product(6, from: "2026-01-02"))
        #expect(first.version != second.version)
        // In whatever order they are configured.
        let house = try TestHouse(catalogue: try Self.catalogue([second, first]))
        let long = LoanFile.row("L2", instalments: "6")
        let error = await #expect(throws: ImportRefused.self) { try await house.book(long) }
        #expect(error?.faults.map(\.code) == ["INTAKE-014"])
        try await house.book(LoanFile.row("L1"))
        house.store.write { $0.open = SampleLoan.date("2026-01-02") }
        try await house.book(long)
        let loans = house.store.world.loans
        #expect(loans[LoanID("L1")]?.record.productVersion == first.version)
        #expect(loans[LoanID("L2")]?.record.productVersion == second.version)
    }

    @Test func `a product that is not in force yet takes no loan, and says from when it does`()
        async throws
    {
        let house = try TestHouse(
            catalogue: try Self.catalogue([Self.product(3, from: "2026-03-01")]))
        let error = await #expect(throws: ImportRefused.self) {
            try await house.book(LoanFile.row("L1"))
        }
        #expect(error?.faults.map(\.code) == ["INTAKE-011"])
        #expect(
            error?.faults.first?.what
                == "product 'instalment-loan' is in force from 2026-03-01 on, and 2026-01-01 is "
                + "open")
    }

    @Test func `a loan of an unknown calculation version is computed by nobody`() throws {
        let product = Self.product(3, from: nil)
        let agreement = try #require(try TestTerms.catalogue().agreements.first)
        let library = TermsLibrary([
            TermsSnapshot(version: product.version, text: product.terms.canonicalTerms),
            TermsSnapshot(version: agreement.version, text: agreement.terms.canonicalTerms),
        ])
        func dossier(_ calculation: CalculationVersion) -> LoanDossier {
            let date = SampleLoan.date("2026-01-01")
            return LoanDossier(
                record: LoanRecord(
                    loan: LoanID("L1"), borrower: "B1", product: product.terms.name,
                    productVersion: product.version, agreement: agreement.terms.name,
                    agreementVersion: agreement.version, currency: SampleLoan.dollars,
                    principal: 100_00, rate: AnnualRate(units: 12_000_000), instalments: 3,
                    firstDueOn: nil, approvedAt: 0, bookedOn: date, region: "", grade: "",
                    channel: "", purpose: "", contentHash: "h", calculation: calculation),
                plan: SharePlan(shares: [PlannedShare(party: TestTerms.platform, amount: 100_00)]),
                disbursedOn: date, facts: [])
        }
        _ = try library.contract(of: dossier(.current), platform: TestTerms.platform)
        let error = #expect(throws: ContractFault.self) {
            try library.contract(
                of: dossier(CalculationVersion(2)), platform: TestTerms.platform)
        }
        #expect(
            error?.reason
                == "it is computed by calculation version 2, and this program knows 1")
    }
}
