namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>What goes wrong with one request: an answer instead of the work, no answer, or both the work and no answer.</summary>
internal sealed record HostFault(HostAnswer? Answer, bool Works, bool Cuts)
{
    public static HostFault None { get; } = new(null, Works: true, Cuts: false);

    public static HostFault Cut { get; } = new(null, Works: false, Cuts: true);

    public static HostFault LostAnswer { get; } = new(null, Works: true, Cuts: true);

    /// <summary>A proxy's page instead of the host's answer.</summary>
    public static HostFault Page { get; } = new(new(200) { Page = "<html><title>Sign in</title></html>" }, Works: false, Cuts: false);

    public static HostFault Failure(int status, IReadOnlyDictionary<string, string>? headers)
    {
        var message = status switch
        {
            403 => "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
            429 => "API rate limit exceeded",
            _ => $"The server answers {status} for the test",
        };
        return new(
            HostAnswer.Message(status, message) with { Headers = new(headers ?? new Dictionary<string, string>()) }, Works: false,
            Cuts: false);
    }
}
