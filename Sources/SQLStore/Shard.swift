private import Crypto
private import Operations

/// The slice of the book an anchor belongs to: the first 12 bits of SHA-256 over its UTF-8, 0…4095.
///
/// The only place that computes it. The anchor is the loan id for everything of a loan, and the key
/// itself for keys. Worked: `shard(of: "LC00001")` is 2361.
package func shard(of anchor: String) -> Int64 {
    var hasher = SHA256()
    var anchor = anchor
    anchor.withUTF8 { hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    return hasher.finalize().withUnsafeBytes { Int64($0[0]) << 4 | Int64($0[1]) >> 4 }
}

/// The number of shards: 2¹².
package let shardCount = Int64(Surroundings.shardCount)
