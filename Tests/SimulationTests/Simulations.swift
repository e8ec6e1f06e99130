import Testing

/// Whole installations: the platform's own program, three banks in processes of their own. One
/// after the other, since they share the machine.
@Suite(.serialized) struct Simulations {}
