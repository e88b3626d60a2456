namespace MlOpsBuild.Tracking.Rest;

/// <summary>A registered model as the server has it.</summary>
/// <param name="Tags">Its tags.</param>
/// <param name="Aliases">Its aliases, and the server's number of the version that each names.</param>
internal sealed record FoundModel(IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, string> Aliases);
