namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Connection strings of online stores, told to a gateway that does not have the variables of whoever started it.</summary>
/// <param name="Values">By the name of the environment variable that holds each.</param>
public sealed record StoreConnections(IReadOnlyDictionary<string, string> Values);
