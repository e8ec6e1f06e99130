// Draws that are not even: the long tail of a slow partner.
import Foundation

extension Draw {
    /// A standard normal value of two draws (Box and Muller 1958).
    static func normal(_ first: UInt64, _ second: UInt64) -> Double {
        func unit(_ draw: UInt64) -> Double { (Double(draw >> 11) + 0.5) / 9_007_199_254_740_992 }
        return (-2 * log(unit(first))).squareRoot() * cos(2 * .pi * unit(second))
    }

    /// `median · exp(sigma · normal)`, cut at `atMost`.
    static func lognormal(median: Int, sigma: Double, atMost: Int, _ normal: Double) -> Int {
        Int(min(Double(atMost), Double(median) * exp(sigma * normal)).rounded())
    }
}
