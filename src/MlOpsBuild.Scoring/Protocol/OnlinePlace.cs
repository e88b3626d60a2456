namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Where a gateway finds the newest values of feature views.</summary>
/// <param name="Folder">The folder of those that are files.</param>
/// <param name="Prefix">Pipeline and environment: the names under which servers of others keep them.</param>
/// <param name="Variables">Environment variables with connection strings that the gateway was given.</param>
public sealed record OnlinePlace(string Folder, string Prefix, IReadOnlyList<string> Variables);
