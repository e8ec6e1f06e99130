// manifest.json as it is written.

internal import BusinessCalendar
internal import LendingRules
internal import Monetary
package import Operations
internal import Reconciling

extension PartnerManifest {
    /// The name under which manifests travel.
    package static let fileName = "manifest.json"

    /// The manifest as JSON: the same content always gives the same bytes.
    package var wireBody: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 1_024)
        writer.object {
            $0.member("date", date.description)
            $0.member("party", party.name)
            $0.name("files")
            $0.array { writer in
                for file in files { file.write(to: &writer) }
            }
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}

extension PartnerManifest.File {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("name", name)
            $0.name("rows")
            $0.integer(entry.rows)
            $0.member("sha256", sha256)
            $0.name("totals")
            $0.array { writer in
                for total in entry.totals { total.write(to: &writer) }
            }
        }
    }
}

extension ControlTotal {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("column", column)
            $0.member("currency", currency.code)
            $0.member("sum", Money(minorUnits: sum, currency: currency).text)
            $0.member("absolute", Money(minorUnits: absolute, currency: currency).text)
        }
    }
}
