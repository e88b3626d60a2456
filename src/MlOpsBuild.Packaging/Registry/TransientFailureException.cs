namespace MlOpsBuild.Packaging.Registry;

/// <summary>The registry or the way to it failed in a manner that may pass.</summary>
internal sealed class TransientFailureException : HttpRequestException
{
    /// <param name="kind">What happened; failures of one kind are counted together.</param>
    /// <param name="answered">Whether the registry answered at all.</param>
    /// <param name="retryAfter">How long it asks to be left alone.</param>
    public TransientFailureException(string kind, bool answered, TimeSpan? retryAfter = null)
        : base(kind) => (Answered, RetryAfter) = (answered, retryAfter);

    /// <summary>Whether the registry answered at all.</summary>
    public bool Answered { get; }

    /// <summary>How long the registry asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; }
}
