namespace MlOpsBuild.Scoring.Protocol;

/// <summary>How much callers may make a server hold.</summary>
public sealed record ServerLimits
{
    /// <summary>Largest body of one request, in bytes.</summary>
    /// <value>1 MiB.</value>
    public int BodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Bodies of all requests together, in bytes.</summary>
    /// <value>64 MiB.</value>
    public long BodyBytesTogether { get; init; } = 64 * 1024 * 1024;

    /// <summary>Open connections.</summary>
    /// <value>4096.</value>
    public int Connections { get; init; } = 4096;

    /// <summary>Time for a body to arrive, in seconds.</summary>
    /// <value>10.</value>
    public double BodySeconds { get; init; } = 10;

    /// <summary>Time for a model server to answer, in seconds.</summary>
    /// <value>10.</value>
    public double AnswerSeconds { get; init; } = 10;
}
