namespace MlOpsBuild.TestKit;

/// <summary>What <see cref="FaultyProxy"/> does to requests instead of passing them on faithfully.</summary>
/// <param name="Method">Whose requests: a method such as PATCH, or * for any.</param>
public sealed record ProxyFault(string Method)
{
    /// <summary>A part of the request's path; empty matches any.</summary>
    public string Path { get; init; } = "";

    /// <summary>How many matching requests pass before.</summary>
    public int Skip { get; init; }

    /// <summary>How many matching requests are hit.</summary>
    public int Times { get; init; } = 1;

    /// <summary>
    /// Cuts the connection when so many bytes of the request's body were passed on; 0 cuts before the registry hears of it.
    /// </summary>
    public long? CutUploadAfter { get; init; }

    /// <summary>Cuts the connection when so many bytes of the answer's body were passed on.</summary>
    public long? CutDownloadAfter { get; init; }

    /// <summary>Lets the registry act and cuts the connection instead of passing on its answer.</summary>
    public bool LosesAnswer { get; init; }

    /// <summary>Changes this byte of the request's body.</summary>
    public long? CorruptUploadAt { get; init; }

    /// <summary>Changes this byte of the answer's body.</summary>
    public long? CorruptDownloadAt { get; init; }

    /// <summary>Answers with this status; the registry does not hear of the request.</summary>
    public int? Status { get; init; }

    /// <summary>The answer's Retry-After header.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The answer's body.</summary>
    public string Body { get; init; } = "";
}
