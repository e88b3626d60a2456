namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Which connection strings a gateway has; none of them is ever given back.</summary>
/// <param name="Names">Names of environment variables, in order.</param>
public sealed record KnownConnections(IReadOnlyList<string> Names);
