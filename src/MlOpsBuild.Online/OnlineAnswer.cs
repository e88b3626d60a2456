namespace MlOpsBuild.Online;

/// <summary>What an online store has of some keys.</summary>
/// <param name="State">What it has of the view; null where nothing was ever written.</param>
/// <param name="Values">The value of each key, in the order of the question; null where the store has none.</param>
public sealed record OnlineAnswer(OnlineState? State, IReadOnlyList<OnlineValue?> Values);
