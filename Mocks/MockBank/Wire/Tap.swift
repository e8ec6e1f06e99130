// The last handler before the socket: lets bytes out slowly, or others than HTTP would write.
import NIOCore

/// Passes everything on unless a pace is set; then bytes leave a few at a time.
final class Tap: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    /// Nil is as fast as it goes.
    var pace: Pace?
    private var waiting: [(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)] = []
    private var isDripping = false
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    /// Lets bytes out that no HTTP handler has seen.
    func writeRaw(_ bytes: ByteBuffer) -> EventLoopFuture<Void>? {
        guard let context else { return nil }
        let promise = context.eventLoop.makePromise(of: Void.self)
        write(context: context, data: wrapOutboundOut(bytes), promise: promise)
        flush(context: context)
        return promise.futureResult
    }

    func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        if pace == nil, waiting.isEmpty { return context.write(data, promise: promise) }
        waiting.append((unwrapOutboundIn(data), promise))
    }

    func flush(context: ChannelHandlerContext) {
        if waiting.isEmpty { return context.flush() }
        if !isDripping { drip(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        for (_, promise) in waiting { promise?.fail(ChannelError.ioOnClosedChannel) }
        waiting = []
    }

    private func drip(_ context: ChannelHandlerContext) {
        guard let pace, !waiting.isEmpty, context.channel.isActive else {
            isDripping = false
            return
        }
        isDripping = true
        var left = pace.bytes
        while left > 0, !waiting.isEmpty {
            let take = min(left, waiting[0].bytes.readableBytes)
            left -= take
            if let slice = waiting[0].bytes.readSlice(length: take), take > 0 {
                context.write(wrapOutboundOut(slice), promise: nil)
            }
            if waiting[0].bytes.readableBytes > 0 { continue }
            let (empty, promise) = waiting.removeFirst()
            context.write(wrapOutboundOut(empty), promise: promise)
        }
        context.flush()
        let held = NIOLoopBound((tap: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(pace.everyMilliseconds))) {
            held.value.tap.drip(held.value.context)
        }
    }
}
