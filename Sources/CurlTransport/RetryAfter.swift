// When a far side asks to be left alone for a while.

internal import CCurl

extension ExchangeResponse {
    /// Seconds of `Retry-After` of a 429 or 503 (RFC 9110 § 10.2.3); nil without a readable one.
    ///
    /// A date is held against the answer's own `Date`, so that neither clock need be right.
    package var retryAfterSeconds: Int? {
        guard status == 429 || status == 503, let text = value(of: "Retry-After") else {
            return nil
        }
        if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) {
            // Beyond an Int is beyond every bound.
            return Int(text) ?? .max
        }
        guard let date = value(of: "Date") else { return nil }
        let (until, from) = (curl_getdate(text, nil), curl_getdate(date, nil))
        guard until > 0, from > 0 else { return nil }
        return max(0, until - from)
    }
}
