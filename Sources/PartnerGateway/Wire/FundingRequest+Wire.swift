// The body of POST /v1/funding-requests.

internal import BusinessCalendar
internal import LendingRules
internal import Monetary
package import Operations

extension FundingRequest {
    /// The request as JSON: the same request always gives the same bytes, so that a second sending
    /// is the same content to the partner.
    package var wireBody: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 640)
        write(to: &writer)
        return writer.bytes
    }

    /// The same as one value among others.
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("key", key)
            $0.member("loan", loan.text)
            $0.member("lender", party.name)
            $0.member("amount", Money(minorUnits: amount, currency: currency).text)
            $0.member("currency", currency.code)
            $0.member("loanAmount", Money(minorUnits: loanAmount, currency: currency).text)
            $0.member("valueDate", valueDate.description)
            $0.member("expiresAt", Instant.text(expiresAt))
            $0.member("borrowerRef", borrowerRef)
            $0.name("terms")
            terms.write(to: &$0)
        }
    }
}

extension ScheduleTerms {
    /// The schedule input of INTERFACE, with every convention spelt out.
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("principal", Money(minorUnits: principal, currency: currency).text)
            $0.member("currency", currency.code)
            $0.member("annualRatePercent", rate.percentText())
            $0.member("method", method.rawValue)
            $0.name("instalments")
            $0.integer(instalments)
            $0.name("every")
            $0.object {
                $0.name("count")
                $0.integer(every.count)
                $0.member("unit", every.unit.rawValue)
            }
            $0.member("disbursedOn", disbursedOn.description)
            if let firstDueOn { $0.member("firstDueOn", firstDueOn.description) }
            $0.member("dayCount", dayCount.rawValue)
            $0.member("rounding", rounding.rawValue)
            $0.member("instalmentRounding", instalmentRounding.rawValue)
            if instalmentMultiple != 1 {
                let multiple = Money(minorUnits: instalmentMultiple, currency: currency)
                $0.member("instalmentMultiple", multiple.text)
            }
            writeConventions(to: &$0)
        }
    }
}
