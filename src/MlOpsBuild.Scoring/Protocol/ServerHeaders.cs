namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Headers that servers set.</summary>
public static class ServerHeaders
{
    /// <summary>The version that answered.</summary>
    public const string Version = "X-Model-Version";

    /// <summary>The request's id; kept when the caller sent one.</summary>
    public const string RequestId = "X-Request-Id";
}
