namespace MlOpsBuild.Online;

/// <summary>Keys of a feature view whose values are asked for.</summary>
/// <param name="View">The view.</param>
/// <param name="Keys">The keys.</param>
public sealed record OnlineQuestion(string View, IReadOnlyList<string> Keys);
